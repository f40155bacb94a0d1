"""Random questions to a timetable, and how long it takes to answer them."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from lens_routes.timetable.ask.walks import CHANGE_WITHIN_M
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.search.raptor import earliest
from lens_routes.timetable.search.shortest import Shortest

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.timetable.build.changes import Changes
    from lens_routes.timetable.network.network import Network
    from lens_routes.timetable.network.timetable import Timetable

HORIZON_S = 24 * 3600
SEED = 42


class Question(NamedTuple):
    """From a station to another, by number, leaving at a POSIX time that is a whole minute."""

    origin: int
    destination: int
    depart: int


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
    # By day, so that the runs of two days at a time are in memory.
    return sorted(asked, key=lambda question: question.depart)


@lru_cache(1)
def shortest_of(network: Network) -> Shortest:
    """Return the least seconds between stops, all laid out: no query pays for that, either."""
    shortest = Shortest(network, CHANGE_WITHIN_M)
    shortest.to({}, 0)
    return shortest


@lru_cache(2)
def _of_day(network: Network, day: dt.date) -> Timeline:
    timeline = Timeline(network, day)
    # What a query does not pay for: the runs of a day are laid out once.
    for stop in range(network.stop_count):
        timeline.boards(stop)
    return timeline


def timeline_of(network: Network, question: Question, timetable: Timetable) -> Timeline:
    """Return the runs around the day of a question, all laid out."""
    zone = ZoneInfo(timetable.meta.zones[0])
    return _of_day(network, dt.datetime.fromtimestamp(question.depart, zone).date())


def at_stop(network: Network, station: int) -> dict[int, int]:
    """Return the stops of a station, where one is without walking."""
    return dict.fromkeys(network.meant(station), 0)


def answer(timeline: Timeline, changes: Changes, question: Question) -> list[Any]:
    """Return the journeys that arrive earliest, by rides."""
    network = timeline.network
    return earliest(
        timeline,
        changes,
        at_stop(network, question.origin),
        at_stop(network, question.destination),
        question.depart,
        until=question.depart + HORIZON_S,
        shortest=shortest_of(network),
    )


def timed_ms(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that some work takes.

    Other programs on a loaded machine do not count.
    """
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1e3


def spread(times_ms: list[float]) -> dict[str, float]:
    """Return the median and the slow end of some times."""
    ordered = sorted(times_ms)
    return {
        "median ms": round(statistics.median(ordered), 2),
        "95 in 100 ms": round(ordered[int(0.95 * len(ordered))], 2),
        "slowest ms": round(ordered[-1], 2),
    }
