"""The hops between two calls that one can take within a window of time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
    """All hops of a window, and the runs they are of.

    Parameters
    ----------
    timeline
        The runs to ride.
    window
        POSIX times between which hops begin and end.
    """

    def __init__(self, timeline: Timeline, window: tuple[int, int]) -> None:
        self.runs: list[Run] = []
        self._zero, self._until = window[0], window[1] - window[0]
        self._hops = sorted(self._all(timeline))

    def _all(self, timeline: Timeline) -> Iterator[Hop]:
        network = timeline.network
        for number in range(network.pattern_count):
            pattern = network.pattern(number)
            for lane in timeline.lanes(number):
                # None overtakes another: what is over before the window, or begins after it.
                begin = bisect_left(lane.columns[-1], self._zero)
                end = bisect_right(lane.columns[0], self._zero + self._until)
                for row in range(begin, end):
                    departs, arrives = lane.departures[row], lane.arrivals[row]
                    run = len(self.runs)
                    self.runs.append(
                        Run(number, lane, row, pattern.stops, pattern.board, pattern.drop)
                    )
                    for position in range(len(departs) - 1):
                        depart = departs[position] - self._zero
                        arrive = arrives[position + 1] - self._zero
                        if depart >= 0 and arrive <= self._until:
                            yield Hop(depart, arrive, run, position)

    def reachable(
        self,
        ready: Mapping[int, int],
        change: Callable[[int], Sequence[tuple[int, int, int]]],
    ) -> list[Hop]:
        """Return the hops that one can take at all, by departure.

        Parameters
        ----------
        ready
            By stop, the seconds since the window began after which one can be there.
        change
            Gives (stop, seconds, …) of each change possible at a stop.
        """
        known = dict(ready)
        aboard: set[int] = set()
        found = []
        for hop in self._hops:
            run = self.runs[hop.run]
            if hop.run not in aboard:
                first = known.get(run.stops[hop.position])
                if not run.board[hop.position] or first is None or first > hop.depart:
                    continue
                aboard.add(hop.run)
            found.append(hop)
            if run.drop[hop.position + 1]:
                for stop, seconds, _ in change(run.stops[hop.position + 1]):
                    moment = hop.arrive + seconds
                    known[stop] = min(known.get(stop, moment), moment)
        return found
