"""The speed bars of the timetable: importing, opening, a query, a profile of a day."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys import read_timetable
from journeys_sample import (
    HORIZON_S,
    answer,
    at_stop,
    questions,
    shortest_of,
    spread,
    timed_ms,
    timeline_of,
)
from lens_routes.geo import distance_m
from lens_routes.timetable.ask.walks import CHANGE_WITHIN_M, NearStops
from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.search.bags import Foot
from lens_routes.timetable.search.query import Ends, depart_at, depart_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from journeys_sample import Question
    from lens_routes.timetable.network.timetable import Timetable

    BBox = tuple[float, float, float, float]

COLD_RUNS = 7
PROFILES = 100
#: Journeys from door to door, and the longest walk to the first stop: a straight line, metres.
DOORS, WALK_M = 100, 1900.0

_IMPORT = """
import datetime as dt, json, resource, sys, time
from pathlib import Path
begin = time.process_time()
from lens_routes.timetable.feeds.install import compiled
from lens_routes.timetable.network import store
timetable = compiled(Path(sys.argv[1]), name="x", source="", bbox=None,
                     now=dt.datetime.now(dt.UTC), report=lambda *_: None)
store.save(timetable, Path(sys.argv[2]))
seconds = time.process_time() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, peak / (1e6 if sys.platform == "darwin" else 1e3)]))
"""
_OPEN = """
import sys, time
from pathlib import Path
begin = time.process_time()
from lens_routes.timetable.network import store
from lens_routes.timetable.network.network import Network
network = Network([store.load(Path(sys.argv[1]))])
print((time.process_time() - begin) * 1e3)
"""


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
        timeline = timeline_of(network, question, timetable)
        times_ms.append(timed_ms(lambda q=question, t=timeline: answer(t, changes, q)))
        found += bool(answer(timeline, changes, question))
    yield {"what": f"{len(asked)} queries, {found} with an answer", **spread(times_ms)}
    times_ms = []
    for question in asked[:: max(1, len(asked) // PROFILES)]:
        timeline = timeline_of(network, question, timetable)
        window = (question.depart, question.depart + HORIZON_S - 1)
        ends = Ends(*(dict.fromkeys(at_stop(network, end), Foot(0, 0)) for end in question[:2]))
        times_ms.append(
            timed_ms(lambda t=timeline, e=ends, w=window: depart_within(t, changes, e, w))
        )
    yield {"what": f"{len(times_ms)} profiles of 24 hours", **spread(times_ms)}
    yield from _doors(network, timetable, asked)


def _doors(
    network: Network, timetable: Timetable, asked: Sequence[Question]
) -> Iterator[dict[str, Any]]:
    """Yield how long journeys from door to door take: all that nothing beats, walking counted.

    The doors are at the stations asked for, the walks straight lines times 1.3: what a search
    over the streets adds is measured with the streets.
    """
    stops = NearStops(network)

    def around(stop: int, within_m: float) -> dict[int, Foot]:
        point = network.point(stop)
        near = stops.within(point, within_m) if point else []
        return {other: _foot(metres) for other, _, metres in near}

    near = cache(lambda stop: around(stop, CHANGE_WITHIN_M))
    changes = Changes(
        network,
        walks=lambda stop: {other: foot.seconds for other, foot in near(stop).items()},
        afoot=lambda stop, other: near(stop)[other],
    )
    shortest = shortest_of(network)
    times_ms: list[float] = []
    window_ms: list[float] = []
    counts: list[int] = []
    for question in asked[:: max(1, len(asked) // DOORS)]:
        timeline = timeline_of(network, question, timetable)
        points = [network.point(stop) for stop in question[:2]]
        if points[0] is None or points[1] is None:
            continue
        whole = _foot(distance_m(points[0], points[1]))
        ends = Ends(
            around(question.origin, WALK_M),
            around(question.destination, WALK_M),
            whole if whole.seconds <= 2 * 3600 else None,
        )
        depart = question.depart
        times_ms.append(
            timed_ms(lambda t=timeline, e=ends, d=depart: depart_at(t, changes, e, d, shortest))
        )
        counts.append(len(depart_at(timeline, changes, ends, depart, shortest)))
        window_ms.append(
            timed_ms(
                lambda t=timeline, e=ends, d=depart: depart_within(
                    t, changes, e, (d, d + 7200), shortest
                )
            )
        )
    yield {
        "what": f"{len(times_ms)} queries from door to door",
        **spread(times_ms),
        "median journeys": statistics.median(counts),
    }
    yield {"what": f"{len(window_ms)} windows of 2 hours from door to door", **spread(window_ms)}


def _foot(metres: float) -> Foot:
    return Foot(math.ceil(1.3 * metres / 1.25), round(13 * metres))


def _fresh(program: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout
