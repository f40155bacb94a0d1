"""The next departures from a stop."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from lens_routes.timetable.ask.journey import Ride, ride
from lens_routes.timetable.search.raptor import Ridden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens_routes.timetable.network.timeline import Timeline


def departures(
    timeline: Timeline, stops: Iterable[int], after: int, *, until: int, count: int
) -> list[Ride]:
    """Return the next rides from *stops*, each to its terminus, by time.

    Parameters
    ----------
    timeline
        The runs of the days in question.
    stops
        Numbers of the network.
    after, until
        POSIX times: the first and the last departure wanted.
    count
        How many are wanted at most.

    The same train in two feeds is shown once.
    """
    network = timeline.network
    leaving: list[tuple[int, Ridden]] = []
    for stop in stops:
        for pattern, position in network.boardings(stop):
            end = len(network.pattern(pattern).stops) - 1
            for lane in timeline.lanes(pattern):
                column = lane.columns[position]
                first = bisect_left(column, after)
                for row in range(first, min(len(column), first + count)):
                    if column[row] > until:
                        break
                    ridden = Ridden(pattern, lane, row, position, end, None)
                    leaving.append((column[row], ridden))
    leaving.sort(key=lambda item: item[0])
    shown: dict[tuple[object, ...], Ride] = {}
    for _, ridden in leaving:
        one = ride(network, ridden)
        shown.setdefault((one.depart, one.line, one.destination.name, one.arrive), one)
        if len(shown) == count:
            break
    return list(shown.values())
