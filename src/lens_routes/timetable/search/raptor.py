"""RAPTOR: the earliest arrival by number of rides.

D. Delling, T. Pajor, R. F. Werneck, "Round-Based Public Transit Routing", ALENEX 2012. A round
rides every line that can be boarded where the round before arrived. Of each run it is known from
where on it was ridden, so that no part of one is ridden twice (S. Witt, "Trip-Based Public Transit
Routing", ESA 2015).
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lens_routes.timetable.build.changes import Changes
    from lens_routes.timetable.network.timeline import Lane, Timeline
    from lens_routes.timetable.search.shortest import Shortest

#: Later than everything.
NEVER = sys.maxsize
#: No journey takes longer, seconds.
HORIZON_S = 24 * 3600
#: With so many stops to go on from, it pays to ask from which of them one is there in time.
MANY_STOPS = 200


class Ridden(NamedTuple):
    """One ride of a journey: a run of a lane from one position to another, and the ride before."""

    pattern: int
    lane: Lane
    row: int
    board: int
    alight: int
    before: Ridden | None


class Found(NamedTuple):
    """A journey found: POSIX times of leaving the origin and reaching the destination.

    ``walked_dm`` are the decimetres on foot, where the search counts them.
    """

    leave: int
    arrive: int
    rides: int
    last: Ridden
    walked_dm: int = 0


class Search:
    """A search for the earliest arrivals, at one destination if it is given one.

    Parameters
    ----------
    timeline
        The runs to ride.
    changes
        How to change between them.
    egress
        Seconds from a stop to the destination, for the stops it can be reached from.
    until
        POSIX time by which the destination must be reached.
    shortest
        What tells, where the destination is not near, which stops lead there in time.

    Attributes
    ----------
    least
        By stop, the least seconds to the destination.
    """

    def __init__(
        self,
        timeline: Timeline,
        changes: Changes,
        egress: Mapping[int, int],
        until: int,
        shortest: Shortest | None = None,
    ) -> None:
        self._timeline = timeline
        self._network = timeline.network
        self._changes = changes
        self._egress = egress
        self._shortest = shortest
        self.least = [min(egress.values(), default=0)] * self._network.stop_count
        # By stop: when one alights, and when one can board.
        self._arrive = [NEVER] * self._network.stop_count
        self._ready = [NEVER] * self._network.stop_count
        # By number of a run: its first position that was ridden from.
        self._ridden: list[int] = []
        self._best = until + 1
        self._last: Ridden | None = None

    def run(self, depart: int, access: Mapping[int, int]) -> Iterator[Found]:
        """Yield the journeys that leave at *depart*, each better than those with fewer rides.

        Parameters
        ----------
        depart
            POSIX time.
        access
            Seconds from the origin to stops.
        """
        fresh: dict[int, Ridden | None] = {}
        for stop, seconds in access.items():
            self._ready[stop] = depart + seconds
            fresh[stop] = None
        for rides in range(1, self._network.wishes.max_rides + 1):
            if self._shortest and len(fresh) >= MANY_STOPS:
                within_s = self._best - depart
                self.least, self._shortest = self._shortest.to(self._egress, within_s), None
            if not fresh:
                return
            best = self._best
            fresh = self._change(self._ride(fresh))
            if self._last is not None and self._best < best:
                yield Found(depart, self._best, rides, self._last)

    def arrivals(self, depart: int, access: Mapping[int, int]) -> Sequence[int]:
        """Return when one alights earliest at each stop, `NEVER` where one does not; as `run`."""
        for _ in self.run(depart, access):
            pass
        return self._arrive

    def _ride(self, fresh: Mapping[int, Ridden | None]) -> dict[int, Ridden]:
        """Board the first run of every lane that nobody rode from there, and ride it.

        Returns the ride that reached each stop which is reached earlier than before.
        """
        timeline, ridden, ends = self._timeline, self._ridden, self._timeline.ends
        reached: dict[int, Ridden] = {}
        for stop, before in fresh.items():
            time = self._ready[stop]
            places = timeline.boards(stop)
            if len(ridden) < len(ends):
                ridden += ends[len(ridden) :]
            latest = self._best - self.least[stop]
            for first, column, position in places:
                row = bisect_left(column, time)
                run = first + row
                end = ridden[run]
                if position < end and column[row] < latest:
                    self._alight(reached, run, position, end, before)
                    # Nor is any later run of the lane worth riding from here on.
                    while position < ridden[run]:
                        ridden[run] = position
                        run += 1
        return reached

    def _alight(
        self, reached: dict[int, Ridden], run: int, board: int, end: int, before: Ridden | None
    ) -> None:
        """Ride a run between two positions, and alight where that is earlier than before."""
        egress, arrive, least = self._egress, self._arrive, self.least
        number, lane = self._timeline.lane_of[run]
        row = run - lane.first
        pattern = self._network.pattern(number)
        stops, drop = pattern.stops, pattern.drop
        arrivals = lane.arrivals[row]
        for i in range(board + 1, end + 1):
            time = arrivals[i]
            if time >= self._best:
                return
            stop = stops[i]
            if time < arrive[stop] and time + least[stop] < self._best and drop[i]:
                arrive[stop] = time
                ride = reached[stop] = Ridden(number, lane, row, board, i, before)
                if stop in egress and time + egress[stop] < self._best:
                    self._best = time + egress[stop]
                    self._last = ride

    def _change(self, reached: Mapping[int, Ridden]) -> dict[int, Ridden | None]:
        """Walk from the stops reached to where one can board, earlier than before."""
        arrive, ready, least = self._arrive, self._ready, self.least
        fresh: dict[int, Ridden | None] = {}
        for stop, ride in reached.items():
            time = arrive[stop]
            for other, seconds in self._changes.at(stop):
                moment = time + seconds
                if moment < ready[other] and moment + least[other] < self._best:
                    ready[other] = moment
                    fresh[other] = ride
        return fresh


def foremost(places: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the first position of each pattern."""
    queue: dict[int, int] = {}
    for pattern, position in places:
        if position < queue.get(pattern, NEVER):
            queue[pattern] = position
    return queue


def earliest(
    timeline: Timeline,
    changes: Changes,
    access: Mapping[int, int],
    egress: Mapping[int, int],
    depart: int,
    *,
    until: int,
    shortest: Shortest | None = None,
) -> list[Found]:
    """Return the journeys that arrive earliest, by ascending rides, each later one earlier.

    Parameters
    ----------
    timeline, changes
        What to ride and how to change.
    access, egress
        Seconds from the origin to stops, and from stops to the destination.
    depart, until
        POSIX times: when one can leave, and by when one must be there.
    shortest
        What tells which stops lead to a destination in time; see `Search`.
    """
    return list(Search(timeline, changes, egress, until, shortest).run(depart, access))
