"""Whether the answers are right: compared with nigiri, the engine of MOTIS, and brute force."""

from __future__ import annotations

import csv
import datetime as dt
import io
import statistics
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys import read_timetable
from journeys_sample import HORIZON_S, Question, answer, questions, timed_ms, timeline_of
from lens_routes.errors import NotInstalledError
from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.timetable.network.timetable import Timetable

    BBox = tuple[float, float, float, float]


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
    for question, their in zip(asked, theirs, strict=True):
        timeline = timeline_of(network, question, timetable)
        our_ms.append(timed_ms(lambda q=question, t=timeline: answer(t, changes, q)))
        found = answer(timeline, changes, question)
        ours = (found[-1].arrive, found[-1].rides) if found else None
        if ours != their:
            differing.append((question, ours, their))
    ratio = statistics.median(our_ms) / statistics.median(their_ms)
    yield {
        "queries": len(asked),
        "equal": len(asked) - len(differing),
        "differing": len(differing),
        "our median ms": round(statistics.median(our_ms), 3),
        "nigiri's": round(statistics.median(their_ms), 3),
        "ratio": round(ratio, 1),
    }
    for question, ours, their in differing[:20]:
        yield {
            "from": timetable.text(timetable.stop_id[question.origin]),
            "to": timetable.text(timetable.stop_id[question.destination]),
            "depart": dt.datetime.fromtimestamp(question.depart, dt.UTC).isoformat(),
            "ours": ours,
            "nigiri's": their,
        }


def compare_brute_force(
    feed: Path, bbox: BBox | None, count: int, change_s: int
) -> Iterator[dict[str, Any]]:
    """Yield how many answers equal those of the tests' brute force, for every number of rides."""
    from tests.timetable.brute_force import BruteForce

    timetable = read_timetable(feed, bbox)
    network = Network([timetable])
    brute = BruteForce(feed, bbox)
    changes = Changes(network, change_s, rules=False)
    asked = questions(network, timetable, count)
    equal = answered = 0
    for question in asked:
        names = [timetable.text(timetable.stop_id[stop]) for stop in question[:2]]
        expected = brute.ask(*names, question.depart, change_s)
        found = answer(timeline_of(network, question, timetable), changes, question)
        answered += bool(expected)
        equal += [(one.rides, one.arrive) for one in found] == expected
    yield {"queries": len(asked), "with an answer": answered, "equal": equal}


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
        begin = time.process_time()
        found = ng.route(loaded, query)
        times_ms.append((time.process_time() - begin) * 1e3)
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
