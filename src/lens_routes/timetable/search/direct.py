"""All rides of a service day from one stop to another without a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens_routes.timetable.network.timeline import Timeline

#: A service day ends at four in the morning: what runs later is the next one's first.
NIGHT_S = 28 * 3600


def direct(timeline: Timeline, origin: int, destination: int) -> list[tuple[int, int]]:
    """Return the POSIX (departure, arrival) of the rides between two stops, or their stations.

    In order of departure, from the beginning of the timeline's day.
    """
    network = timeline.network
    goals = set(network.meant(network.station(destination)))
    found: set[tuple[int, int]] = set()
    for stop in network.meant(network.station(origin)):
        for number, board in network.boardings(stop):
            pattern = network.pattern(number)
            alight = next(
                (
                    i
                    for i in range(board + 1, len(pattern.stops))
                    if pattern.stops[i] in goals and pattern.drop[i]
                ),
                None,
            )
            if alight is None or not pattern.board[board]:
                continue
            for lane in timeline.lanes(number):
                for departs, arrives in zip(lane.departures, lane.arrivals, strict=True):
                    if 0 <= departs[board] - timeline.begin < NIGHT_S:
                        found.add((departs[board], arrives[alight]))
    return sorted(found)
