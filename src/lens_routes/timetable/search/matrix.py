"""Journeys between all pairs of places for every departure of a day, in one pass.

The connection scan of J. Dibbelt, T. Pajor, B. Strasser, D. Wagner, "Connection Scan Algorithm",
ACM Journal of Experimental Algorithmics 23 (2018), in its profile form: every hop between two
calls is looked at once, the latest departure first, and all destinations at once as a vector.

What a vector holds for each destination is one number that puts the best journey first: the
arrival, then the fewest rides, then the least walking. Where the rides are limited, it is as many
vectors one behind the other: the best with one ride to go, with two, and so on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.timetable.network.hops import Hop, Hops
from lens_routes.timetable.network.wishes import MOST_RIDES
from lens_routes.timetable.search.raptor import Ridden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from lens_routes.timetable.build.changes import Changes
    from lens_routes.timetable.network.timeline import Timeline

    Keys = npt.NDArray[np.int64]

_WALK_BITS, _TIME_SHIFT = 17, 23
_WALK_MASK = (1 << _WALK_BITS) - 1
_A_RIDE = 1 << _WALK_BITS
#: Later than every journey, and far from overflowing when a walk is added.
NEVER = 1 << 60


def arrives_at(keys: Keys) -> Keys:
    """Return when journeys arrive."""
    return keys >> _TIME_SHIFT


def walked_s(keys: Keys) -> Keys:
    """Return the seconds on foot of journeys."""
    return keys & _WALK_MASK


def rides_in(keys: Keys) -> Keys:
    """Return the number of rides of journeys."""
    return keys >> _WALK_BITS & (1 << _TIME_SHIFT - _WALK_BITS) - 1


class _Departures:
    """What can be boarded at a stop, the latest departure first, and how good it is.

    ``keys[k]`` is the best of all departures that are not earlier than ``-late[k]``.
    """

    def __init__(self) -> None:
        self.late: list[int] = []
        self.keys: list[Keys] = []
        self.hops: list[list[Hop]] = []

    def add(self, hop: Hop, keys: Keys) -> None:
        if not self.late:
            self._append(hop, keys)
        elif (keys < self.keys[-1]).any():
            better = np.minimum(keys, self.keys[-1])
            if self.late[-1] == -hop.depart:
                self.keys[-1] = better
                self.hops[-1].append(hop)
            else:
                self._append(hop, better)

    def _append(self, hop: Hop, keys: Keys) -> None:
        self.late.append(-hop.depart)
        self.keys.append(keys)
        self.hops.append([hop])

    def at(self, time: int) -> Keys | None:
        """Return how good it is to be ready for boarding at a time."""
        index = bisect_right(self.late, -time) - 1
        return self.keys[index] if index >= 0 else None


class Steps(NamedTuple):
    """The journeys between two places: later departures arrive later; the times are the window's.

    ``keys[k]`` belongs to leaving at ``leaves[k]``.
    """

    leaves: list[int]
    arrives: list[int]
    keys: list[int]


class Matrix:
    """The best journeys between all pairs of places that begin and end within a window.

    Parameters
    ----------
    timeline
        The runs to ride.
    changes
        How to change between them.
    between
        The seconds on foot to other stops from one, as far as they are part of `changes`.
    ends
        For each place the seconds on foot between it and the stops near it.
    window
        POSIX times between which journeys begin and end.
    ahead_s
        How long before the departure one wants to be at the first stop.
    """

    def __init__(
        self,
        timeline: Timeline,
        changes: Changes,
        between: Callable[[int], Mapping[int, int]],
        ends: Sequence[Mapping[int, int]],
        window: tuple[int, int],
        ahead_s: int = 0,
    ) -> None:
        self._network = timeline.network
        self._changes = changes
        self._between = between
        self._ends = ends
        self._zero, self._until = window[0], window[1] - window[0]
        self._ahead_s = ahead_s
        # Of unlimited rides there are always as many to go.
        most = timeline.network.wishes.max_rides
        self._layers = most if most < MOST_RIDES else 1
        self._limited = most < MOST_RIDES
        self._onward: dict[int, list[tuple[int, int, int]]] = {}
        self._egress = self._all_egress()
        self._boards: dict[int, _Departures] = {}
        self._leaves: dict[int, tuple[list[int], Keys]] = {}
        self._steps: dict[tuple[int, int], Steps] = {}
        ready: dict[int, int] = {}
        for walks in ends:
            for stop, seconds in walks.items():
                ready[stop] = min(ready.get(stop, NEVER), seconds + ahead_s)
        hops = Hops(timeline, window, ready, self._change)
        self._runs = hops.runs
        self._scan(hops.hops)

    def _all_egress(self) -> dict[int, Keys]:
        egress: dict[int, Keys] = {}
        places = len(self._ends)
        for place, walks in enumerate(self._ends):
            for stop, seconds in walks.items():
                keys = egress.setdefault(
                    stop, np.full(places * self._layers, NEVER, dtype=np.int64)
                )
                keys[place::places] = (seconds << _TIME_SHIFT) + seconds
        return egress

    def _change(self, stop: int) -> list[tuple[int, int, int]]:
        """Return (stop, seconds, seconds of them on foot) of each change possible at a stop."""
        known = self._onward.get(stop)
        if known is None:
            same = set(self._network.meant(self._network.station(stop)))
            walks = self._between(stop)
            known = self._onward[stop] = [
                # Within no time one could change back and forth without end.
                (other, max(1, seconds), 0 if other in same else walks.get(other, 0))
                for other, seconds in self._changes.at(stop)
            ]
        return known

    def _scan(self, hops: Sequence[Hop]) -> None:
        beyond: dict[int, Keys] = {}
        for hop in reversed(hops):
            run = self._runs[hop.run]
            keys = beyond.get(hop.run)
            if run.drop[hop.position + 1]:
                for _, _, here in self._ways_on(run.stops[hop.position + 1], hop.arrive):
                    keys = here if keys is None else np.minimum(keys, here)
                if keys is not None:
                    beyond[hop.run] = keys
            if keys is not None and run.board[hop.position]:
                stop = run.stops[hop.position]
                self._boards.setdefault(stop, _Departures()).add(hop, keys + _A_RIDE)

    def _ways_on(self, stop: int, arrive: int) -> Iterator[tuple[int | None, int, Keys]]:
        """Yield (stop, walk, keys) of what one may do having alighted; None: walk there."""
        egress = self._egress.get(stop)
        if egress is not None:
            yield None, 0, egress + (arrive << _TIME_SHIFT)
        for other, seconds, walk in self._change(stop):
            board = self._boards.get(other)
            keys = board.at(arrive + seconds) if board else None
            if keys is not None:
                yield other, walk, self._one_less(keys) + walk

    def _one_less(self, keys: Keys) -> Keys:
        """Return the keys of boarding as those of the ride before, which leaves a ride less."""
        if not self._limited:
            return keys
        places = len(self._ends)
        return np.concatenate([np.full(places, NEVER, dtype=np.int64), keys[:-places]])

    def _from(self, place: int) -> tuple[list[int], Keys]:
        """Return when to leave a place, ascending, and the best keys from then on."""
        known = self._leaves.get(place)
        if known is None:
            found: list[tuple[int, Keys]] = []
            for stop, seconds in self._ends[place].items():
                board = self._boards.get(stop)
                if board is not None:
                    early = seconds + self._ahead_s
                    found += [
                        (-late - early, keys + seconds)
                        for late, keys in zip(board.late, board.keys, strict=True)
                        if -late >= early
                    ]
            found.sort(key=lambda item: item[0])
            keys = np.array([keys for _, keys in found], dtype=np.int64)
            keys = keys.reshape(len(found), len(self._ends) * self._layers)
            keys = np.minimum.accumulate(keys[::-1], axis=0)[::-1]
            known = self._leaves[place] = [leave for leave, _ in found], keys
        return known

    def steps(self, origin: int, destination: int) -> Steps:
        """Return every journey worth taking between two places; POSIX times."""
        known = self._steps.get((origin, destination))
        if known is None:
            leaves, table = self._from(origin)
            column = table[:, self._whole(destination)]
            useful = np.flatnonzero(self._useful(column)).tolist()
            keys = [int(column[k]) for k in useful]
            known = self._steps[origin, destination] = Steps(
                [leaves[k] + self._zero for k in useful],
                [(key >> _TIME_SHIFT) + self._zero for key in keys],
                keys,
            )
        return known

    def all_steps(self, origin: int) -> tuple[Keys, Keys, Keys]:
        """Return what `steps` does for all other destinations: which, when to leave, the keys.

        By destination, then by departure; arrivals and departures in POSIX times.
        """
        leaves, table = self._from(origin)
        places = len(self._ends)
        table = table[:, (self._layers - 1) * places :]
        useful = self._useful(table)
        useful[:, origin] = False
        destination, number = np.nonzero(useful.T)
        leave = np.array(leaves, dtype=np.int64)[number] + self._zero
        keys: Keys = table[number, destination]
        return destination, leave, keys + (self._zero << _TIME_SHIFT)

    def _useful(self, table: Keys) -> npt.NDArray[np.bool_]:
        """Tell which departures are worth taking: in time, and the last of those as good."""
        useful = np.asarray(table >> _TIME_SHIFT <= self._until)
        useful[:-1] &= table[1:] != table[:-1]
        return useful

    def _whole(self, destination: int) -> int:
        """Return where a vector holds a destination with all rides still to go."""
        return (self._layers - 1) * len(self._ends) + destination

    def rides(self, origin: int, destination: int, leave: int) -> list[Ridden]:
        """Return the rides of the journey of `steps` that leaves at a POSIX time, in order."""
        steps = self.steps(origin, destination)
        key = steps.keys[bisect_left(steps.leaves, leave)]
        for stop, seconds in self._ends[origin].items():
            board, boarding = self._boards.get(stop), leave - self._zero + seconds + self._ahead_s
            if board is None or -boarding not in board.late:
                continue
            keys = board.keys[board.late.index(-boarding)]
            index = self._whole(destination)
            if keys[index] + seconds == key:
                return self._trace(stop, int(keys[index]), index)
        raise LookupError(f"no journey leaves at {leave}")

    def _trace(self, start: int, key: int, index: int) -> list[Ridden]:
        """Return the rides of a key from a stop on; *index* is its place in the vectors."""
        found: list[Ridden] = []
        stop: int | None = start
        while stop is not None:
            board = self._boards[stop]
            # The latest departure that is as good: to wait is for the place one comes from.
            late = next(k for k, keys in enumerate(board.keys) if keys[index] == key)
            stop, key, ridden = next(
                way
                for hop in board.hops[late]
                for way in self._alightings(hop, key - _A_RIDE, index)
            )
            found.append(ridden._replace(before=found[-1] if found else None))
            index -= len(self._ends) if self._limited else 0
        return found

    def _alightings(
        self, hop: Hop, key: int, index: int
    ) -> Iterator[tuple[int | None, int, Ridden]]:
        """Yield where to alight from a run for a journey of a key, and how it goes on."""
        run = self._runs[hop.run]
        arrives = run.lane.arrivals[run.row]
        for position in range(hop.position + 1, len(run.stops)):
            if not run.drop[position]:
                continue
            arrive = arrives[position] - self._zero
            for stop, walk, keys in self._ways_on(run.stops[position], arrive):
                if keys[index] == key:
                    ridden = Ridden(run.pattern, run.lane, run.row, hop.position, position, None)
                    yield stop, key - walk, ridden
