"""The hops between two calls that one can take within a window of time."""

from __future__ import annotations

from bisect import bisect_left
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lens_routes.timetable.network.timeline import Lane, Timeline


class Run(NamedTuple):
    """A run of a lane, and the stops of its pattern where one can board and alight."""

    pattern: int
    lane: Lane
    row: int
    stops: list[int]
    board: list[bool]
    drop: list[bool]


class Hop(NamedTuple):
    """A vehicle's way between two calls; seconds since the window began."""

    depart: int
    arrive: int
    run: int
    position: int


class Hops:
    """All hops that one can take at all in a window, by departure, and the runs they are of.

    Only what can be reached is laid out: within an hour that is little of a country.

    Parameters
    ----------
    timeline
        The runs to ride.
    window
        POSIX times between which hops begin and end.
    ready
        By stop, the seconds since the window began after which one can be there.
    change
        Gives (stop, seconds, …) of each change possible at a stop.
    """

    def __init__(
        self,
        timeline: Timeline,
        window: tuple[int, int],
        ready: Mapping[int, int],
        change: Callable[[int], Sequence[tuple[int, int, int]]],
    ) -> None:
        self._timeline, self._window, self._change = timeline, window, change
        self.runs: list[Run] = []
        self.hops: list[Hop] = []
        boarded = self._boarded(ready)
        # In the order of patterns, however they were reached.
        for number in sorted(boarded, key=lambda one: (timeline.lane_of[one][0], one)):
            self._add(number, boarded[number])
        self.hops.sort()

    def _boarded(self, ready: Mapping[int, int]) -> dict[int, int]:
        """Return by number of a run the first position that it can be ridden from."""
        timeline, until = self._timeline, self._window[1]
        boarded: dict[int, int] = {}
        soonest = {stop: self._window[0] + seconds for stop, seconds in ready.items()}
        queue = [(time, stop) for stop, time in soonest.items()]
        heapify(queue)
        while queue:
            time, stop = heappop(queue)
            if time > soonest[stop]:
                continue
            for first, column, position in timeline.boards(stop):
                for row in range(bisect_left(column, time), len(column)):
                    end = boarded.get(first + row, timeline.ends[first + row])
                    # Whoever was aboard before could board all later runs there, too.
                    if position >= end or column[row] > until:
                        break
                    boarded[first + row] = position
                    for other, moment in self._reached(first + row, position, end):
                        if moment < soonest.get(other, until + 1):
                            soonest[other] = moment
                            heappush(queue, (moment, other))
        return boarded

    def _reached(self, number: int, board: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where one can board, and when, having ridden a run between two positions."""
        pattern, lane = self._timeline.lane_of[number]
        arrivals = lane.arrivals[number - lane.first]
        one = self._timeline.network.pattern(pattern)
        for i in range(board + 1, end + 1):
            if one.drop[i]:
                for other, seconds, _ in self._change(one.stops[i]):
                    yield other, arrivals[i] + seconds

    def _add(self, number: int, board: int) -> None:
        """Add the hops of a run from a position on."""
        pattern, lane = self._timeline.lane_of[number]
        row, zero = number - lane.first, self._window[0]
        one = self._timeline.network.pattern(pattern)
        departs, arrives = lane.departures[row], lane.arrivals[row]
        self.hops += [
            Hop(departs[i] - zero, arrives[i + 1] - zero, len(self.runs), i)
            for i in range(board, len(departs) - 1)
            if arrives[i + 1] <= self._window[1]
        ]
        self.runs.append(Run(pattern, lane, row, one.stops, one.board, one.drop))
