"""The speed bars of the timetable, and a comparison with nigiri, the engine of MOTIS."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from journeys import HORIZON_S, read_timetable
from lens_routes.errors import NotInstalledError
from lens_routes.timetable.changes import Changes
from lens_routes.timetable.network import Network
from lens_routes.timetable.search import earliest, profile
from lens_routes.timetable.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.timetable.timetable import Timetable

    BBox = tuple[float, float, float, float]

SEED = 42
COLD_RUNS = 7
PROFILES = 100

_IMPORT = """
import datetime as dt, json, resource, sys, time
from pathlib import Path
begin = time.perf_counter()
from lens_routes.timetable import store
from lens_routes.timetable.install import compiled
timetable = compiled(Path(sys.argv[1]), name="x", source="", bbox=None,
                     now=dt.datetime.now(dt.UTC), report=lambda *_: None)
store.save(timetable, Path(sys.argv[2]))
seconds = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, peak / (1e6 if sys.platform == "darwin" else 1e3)]))
"""
_OPEN = """
import sys, time
from pathlib import Path
begin = time.perf_counter()
from lens_routes.timetable import store
from lens_routes.timetable.network import Network
network = Network([store.load(Path(sys.argv[1]))])
print((time.perf_counter() - begin) * 1e3)
"""


class Question(NamedTuple):
    """From a station to another, by number, leaving at a POSIX time that is a whole minute."""

    origin: int
    destination: int
    depart: int


def measure_bars(
    feed: Path, bbox: BBox | None, count: int, change_s: int
) -> Iterator[dict[str, Any]]:
    """Yield the measured figures: importing, opening, a query, a profile of 24 hours."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "feed.lrt"
        seconds, peak_mb = json.loads(_fresh(_IMPORT, str(feed), str(kept)))
        yield {"what": "import the whole feed", "s": round(seconds, 2), "peak MB": round(peak_mb)}
        opening = [float(_fresh(_OPEN, str(kept))) for _ in range(COLD_RUNS)]
        opened_ms = round(statistics.median(opening), 1)
        yield {"what": "open it in a cold process", "median ms": opened_ms}
    timetable = read_timetable(feed, bbox)
    network = Network([timetable])
    changes = Changes(network, change_s, rules=False)
    asked = questions(network, timetable, count)
    yield {
        "what": "searched in",
        "stops": timetable.meta.stops,
        "most runs a day": max(timetable.meta.days),
    }
    times_ms, found = [], 0
    for question in asked:
        timeline = _timeline(network, question, timetable)
        begin = time.perf_counter()
        found += bool(_earliest(timeline, changes, question))
        times_ms.append((time.perf_counter() - begin) * 1e3)
    yield {"what": f"{len(asked)} queries, {found} with an answer", **_spread(times_ms)}
    times_ms = []
    for question in asked[:PROFILES]:
        timeline = _timeline(network, question, timetable)
        begin = time.perf_counter()
        window = (question.depart, question.depart + HORIZON_S - 1)
        ends = (_at(network, question.origin), _at(network, question.destination))
        for _ in profile(timeline, changes, *ends, window, until=window[1] + HORIZON_S):
            pass
        times_ms.append((time.perf_counter() - begin) * 1e3)
    yield {"what": f"{len(times_ms)} profiles of 24 hours", **_spread(times_ms)}


def compare_nigiri(
    feed: Path, bbox: BBox | None, count: int, change_s: int
) -> Iterator[dict[str, Any]]:
    """Yield how answers and times compare with nigiri's, and the queries that differ."""
    try:
        import pynigiri  # noqa: F401
    except ImportError:
        raise NotInstalledError("pynigiri is not installed.", "Run: pip install pynigiri") from None
    if change_s != 120:
        raise NotInstalledError("nigiri changes in two minutes.", "Leave out --transfer-seconds.")
    with tempfile.TemporaryDirectory() as folder:
        path = _prepared(feed, bbox, Path(folder) / "feed.zip")
        timetable = read_timetable(path)
        network = Network([timetable])
        asked = questions(network, timetable, count)
        theirs, their_ms = _ask_nigiri(path, timetable, asked)
    changes = Changes(network, change_s, rules=False)
    our_ms, differing = [], []
    for question, answer in zip(asked, theirs, strict=True):
        timeline = _timeline(network, question, timetable)
        begin = time.perf_counter()
        found = _earliest(timeline, changes, question)
        our_ms.append((time.perf_counter() - begin) * 1e3)
        ours = (found[-1].arrive, found[-1].rides) if found else None
        if ours != answer:
            differing.append((question, ours, answer))
    ratio = statistics.median(our_ms) / statistics.median(their_ms)
    yield {
        "queries": len(asked),
        "equal": len(asked) - len(differing),
        "differing": len(differing),
        "our median ms": round(statistics.median(our_ms), 3),
        "nigiri's": round(statistics.median(their_ms), 3),
        "ratio": round(ratio, 1),
    }
    for question, ours, answer in differing[:20]:
        yield {
            "from": timetable.text(timetable.stop_id[question.origin]),
            "to": timetable.text(timetable.stop_id[question.destination]),
            "depart": dt.datetime.fromtimestamp(question.depart, dt.UTC).isoformat(),
            "ours": ours,
            "nigiri's": answer,
        }


def questions(network: Network, timetable: Timetable, count: int) -> list[Question]:
    """Return random questions between stations, at random minutes of all the days covered."""
    chance = random.Random(SEED)  # noqa: S311  # a sample, no secret
    stations = sorted(
        {network.station(s) for s in range(network.stop_count) if network.boardings(s)}
    )
    zone = ZoneInfo(timetable.meta.zones[0])
    asked = []
    for _ in range(count):
        a, b = chance.sample(stations, 2)
        day = timetable.meta.first_day + dt.timedelta(
            days=chance.randrange(len(timetable.meta.days) - 1)
        )
        midnight = dt.datetime.combine(day, dt.time(), zone)
        depart = round(midnight.timestamp()) + 60 * chance.randrange(4 * 60, 23 * 60)
        asked.append(Question(a, b, depart))
    return asked


@cache
def _of_day(network: Network, day: dt.date) -> Timeline:
    timeline = Timeline(network, day)
    # What a query does not pay for: the runs of a day are laid out once.
    for number in range(sum(len(t.pattern_zone) for t in network.timetables)):
        timeline.lanes(number)
    return timeline


def _timeline(network: Network, question: Question, timetable: Timetable) -> Timeline:
    zone = ZoneInfo(timetable.meta.zones[0])
    return _of_day(network, dt.datetime.fromtimestamp(question.depart, zone).date())


def _at(network: Network, station: int) -> dict[int, int]:
    return dict.fromkeys(network.meant(station), 0)


def _earliest(timeline: Timeline, changes: Changes, question: Question) -> list[Any]:
    network = timeline.network
    return earliest(
        timeline,
        changes,
        _at(network, question.origin),
        _at(network, question.destination),
        question.depart,
        until=question.depart + HORIZON_S,
    )


def _ask_nigiri(
    path: Path, timetable: Timetable, asked: list[Question]
) -> tuple[list[tuple[int, int] | None], list[float]]:
    import pynigiri as ng

    config, finalize = ng.LoaderConfig(), ng.FinalizeOptions()
    config.link_stop_distance = 0
    finalize.adjust_footpaths = False
    finalize.merge_dupes_intra_src = finalize.merge_dupes_inter_src = False
    first, last = timetable.meta.first_day, timetable.meta.last_day + dt.timedelta(days=2)
    source = ng.TimetableSource("f", str(path), config)
    loaded = ng.load_timetable([source], first.isoformat(), last.isoformat(), finalize)
    answers: list[tuple[int, int] | None] = []
    times_ms = []
    for question in asked:
        ends = [
            loaded.find_location(timetable.text(timetable.stop_id[stop])) for stop in question[:2]
        ]
        query = ng.Query()
        query.start, query.destination = ([ng.Offset(end, 0, 0)] for end in ends)
        query.start_match_mode = query.dest_match_mode = ng.LocationMatchMode.ONLY_CHILDREN
        query.start_time = question.depart // 60
        query.max_travel_time = HORIZON_S // 60
        begin = time.perf_counter()
        found = ng.route(loaded, query)
        times_ms.append((time.perf_counter() - begin) * 1e3)
        reached = [(_minutes(j.arrival_time) * 60, j.transfers + 1) for j in found]
        reached = [one for one in reached if one[0] <= question.depart + HORIZON_S]
        answers.append(min(reached, default=None))
    return answers, times_ms


def _minutes(value: Any) -> int:
    return int(value() if callable(value) else value)


def _prepared(feed: Path, bbox: BBox | None, path: Path) -> Path:
    """Write a feed with the trips that touch a box, as `read_timetable` keeps them.

    Stops are named by their ids: between stops of one name nigiri walks, and our contract does not.
    """

    def rows(source: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(source.read(name).decode("utf-8-sig"))))

    west, south, east, north = bbox or (-180.0, -90.0, 180.0, 90.0)
    with zipfile.ZipFile(feed) as source, zipfile.ZipFile(path, "w") as target:
        stops = [{**row, "stop_name": row["stop_id"]} for row in rows(source, "stops.txt")]
        inside = {
            row["stop_id"]
            for row in stops
            if west <= float(row["stop_lon"]) <= east and south <= float(row["stop_lat"]) <= north
        }
        calls = rows(source, "stop_times.txt")
        trips = {row["trip_id"] for row in calls if row["stop_id"] in inside}
        changed = {
            "stops.txt": stops,
            "stop_times.txt": [row for row in calls if row["trip_id"] in trips],
            "trips.txt": [row for row in rows(source, "trips.txt") if row["trip_id"] in trips],
        }
        for name in source.namelist():
            if name not in changed:
                target.writestr(name, source.read(name))
        for name, kept in changed.items():
            text = io.StringIO()
            writer = csv.DictWriter(text, kept[0].keys())
            writer.writeheader()
            writer.writerows(kept)
            target.writestr(name, text.getvalue())
    return path


def _fresh(program: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def _spread(times_ms: list[float]) -> dict[str, float]:
    ordered = sorted(times_ms)
    return {
        "median ms": round(statistics.median(ordered), 2),
        "95 in 100 ms": round(ordered[int(0.95 * len(ordered))], 2),
        "slowest ms": round(ordered[-1], 2),
    }
