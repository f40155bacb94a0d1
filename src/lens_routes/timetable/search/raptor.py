"""RAPTOR: the earliest arrival by number of rides; run again for earlier departures, a profile.

D. Delling, T. Pajor, R. F. Werneck, "Round-Based Public Transit Routing", ALENEX 2012. A round
rides every line that can be boarded where the round before arrived. Labels stay between runs, so
that a run for an earlier departure looks only for what is better than leaving later (rRAPTOR).
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lens_routes.timetable.build.changes import Changes
    from lens_routes.timetable.network.timeline import Lane, Timeline

#: Later than everything.
NEVER = sys.maxsize


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
    """A search towards one destination, run for departures from the latest to the earliest.

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
    most_rides
        The most rides a journey may have; None for as many as the network's wishes allow.
    """

    def __init__(
        self,
        timeline: Timeline,
        changes: Changes,
        egress: Mapping[int, int],
        until: int,
        most_rides: int | None = None,
    ) -> None:
        self._timeline = timeline
        self._network = timeline.network
        self._changes = changes
        self._egress = egress
        self._least_egress = min(egress.values(), default=0)
        self._most_rides = timeline.network.wishes.max_rides if most_rides is None else most_rides
        stops = self._network.stop_count
        # By round and stop: when one alights, when one can board, and the ride one did it by.
        self._arrive = [[NEVER] * stops]
        self._ready = [[NEVER] * stops]
        self._via: list[list[Ridden | None]] = [[None] * stops]
        self._best = [until + 1]

    def run(
        self, leave: int, starts: Iterable[tuple[int, int]], first: Iterable[tuple[int, int]]
    ) -> Iterator[Found]:
        """Yield the journeys that leave at *leave* and are better than all found before.

        Parameters
        ----------
        leave
            POSIX time; not later than that of any run before.
        starts
            (stop, POSIX time from which one can board there).
        first
            (pattern, position) of the boardings to try.
        """
        for stop, time in starts:
            if time < self._ready[0][stop]:
                # Being there is not arriving there: from an arrival one may change to other stops.
                for ready, via in zip(self._ready, self._via, strict=True):
                    if time < ready[stop]:
                        ready[stop], via[stop] = time, None
        queue = foremost(first)
        for rides in range(1, self._most_rides + 1):
            if not queue:
                return
            if rides == len(self._best):
                self._add_round()
            reached, last = self._ride(rides, queue)
            if last is not None:
                yield Found(leave, self._best[rides], rides, last)
            queue = self._change(rides, reached)

    def arrivals(
        self, leave: int, starts: Iterable[tuple[int, int]], first: Iterable[tuple[int, int]]
    ) -> Sequence[int]:
        """Return when one alights earliest at each stop, `NEVER` where one does not; as `run`."""
        for _ in self.run(leave, starts, first):
            pass
        return self._arrive[-1]

    def _add_round(self) -> None:
        self._arrive.append(self._arrive[-1].copy())
        self._ready.append(self._ready[-1].copy())
        self._via.append(self._via[-1].copy())
        self._best.append(self._best[-1])

    def _ride(self, rides: int, queue: dict[int, int]) -> tuple[dict[int, Ridden], Ridden | None]:
        """Ride every pattern of *queue* from its position on.

        Returns the ride that reached each stop earlier than before, and the one that reached the
        destination earlier than before, if one did.
        """
        network, timeline, egress = self._network, self._timeline, self._egress
        ready, via = self._ready[rides - 1], self._via[rides - 1]
        arrive = self._arrive[rides]
        limit = self._best[rides] - self._least_egress
        reached: dict[int, Ridden] = {}
        last: Ridden | None = None
        for number, start in queue.items():
            pattern = network.pattern(number)
            stops, drop, board = pattern.stops, pattern.drop, pattern.board
            end = len(stops)
            for lane in timeline.lanes(number):
                count = row = len(lane.runs)
                columns = lane.columns
                boarded = 0
                before: Ridden | None = None
                arrivals: list[int] = []
                departures: list[int] = []
                for i in range(start, end):
                    stop = stops[i]
                    if row < count:
                        time = arrivals[i]
                        if time < limit and time < arrive[stop] and drop[i]:
                            arrive[stop] = time
                            ride = Ridden(number, lane, row, boarded, i, before)
                            reached[stop] = ride
                            if stop in egress and time + egress[stop] < self._best[rides]:
                                self._best[rides] = time + egress[stop]
                                limit = self._best[rides] - self._least_egress
                                last = ride
                    time = ready[stop]
                    if time < limit and board[i] and (row == count or time <= departures[i]):
                        earliest = bisect_left(columns[i], time)
                        if earliest < row:
                            row, boarded, before = earliest, i, via[stop]
                            arrivals, departures = lane.arrivals[row], lane.departures[row]
        for later in range(rides + 1, len(self._best)):
            self._best[later] = min(self._best[later], self._best[rides])
        return reached, last

    def _change(self, rides: int, reached: dict[int, Ridden]) -> dict[int, int]:
        """Walk from the stops reached to where one can board, and return the next queue."""
        later_arrive = self._arrive[rides + 1 :]
        later = list(zip(self._ready[rides:], self._via[rides:], strict=True))
        ready = self._ready[rides]
        arrive = self._arrive[rides]
        limit = self._best[rides] - self._least_egress
        marked: set[int] = set()
        for stop, ride in reached.items():
            time = arrive[stop]
            for others in later_arrive:
                others[stop] = min(others[stop], time)
            for other, seconds in self._changes.at(stop):
                moment = time + seconds
                if moment < ready[other] and moment < limit:
                    marked.add(other)
                    for times, rides_by in later:
                        if times[other] <= moment:
                            break
                        times[other], rides_by[other] = moment, ride
        return foremost(place for stop in marked for place in self._network.boardings(stop))


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
    most_rides: int | None = None,
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
    most_rides
        The most rides a journey may have; None for as many as the network's wishes allow.
    """
    search = Search(timeline, changes, egress, until, most_rides)
    starts = [(stop, depart + seconds) for stop, seconds in access.items()]
    first = [place for stop in access for place in timeline.network.boardings(stop)]
    return list(search.run(depart, starts, first))


def profile(
    timeline: Timeline,
    changes: Changes,
    access: Mapping[int, int],
    egress: Mapping[int, int],
    window: tuple[int, int],
    *,
    until: int,
    most_rides: int | None = None,
) -> Iterator[Found]:
    """Yield every journey leaving within *window* that no later one equals, the latest first.

    Better means leaving later, arriving earlier or riding less often. The parameters are those of
    `earliest`; *window* is the first and the last POSIX time of leaving.
    """
    search = Search(timeline, changes, egress, until, most_rides)
    events: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for stop, seconds in access.items():
        for pattern, position in timeline.network.boardings(stop):
            for lane in timeline.lanes(pattern):
                column = lane.columns[position]
                begin = bisect_left(column, window[0] + seconds)
                for row in range(begin, len(column)):
                    if column[row] - seconds > window[1]:
                        break
                    events[column[row] - seconds].append((stop, pattern, position))
    for leave in sorted(events, reverse=True):
        places = events[leave]
        starts = [(stop, leave + access[stop]) for stop, _, _ in places]
        yield from search.run(leave, starts, [(p, i) for _, p, i in places])
