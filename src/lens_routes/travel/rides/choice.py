"""Which journey to take between two places, and when to walk instead.

Somebody who may leave at a time *t* is there at a time that only depends on *t*, and never gets
there earlier by leaving later: the planner of tours relies on that. So a preference is not a price
that is weighed anew at every moment. It decides once which journeys are worth knowing: of two of
which one lies within the other in time, the one with less trouble stays.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.timetable.network.wishes import Preference

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    Figures = npt.NDArray[np.int64]


class Trouble(NamedTuple):
    """How much later one would rather arrive, to be spared something.

    Parameters
    ----------
    walk
        Seconds later for each second less on foot.
    ride_s
        Seconds later not to have to ride at all.
    change_s
        Seconds later for each change less.
    """

    walk: float
    ride_s: float
    change_s: float

    def of(self, walk_s: Figures, rides: Figures) -> npt.NDArray[np.float64]:
        """Return the trouble of journeys with one ride or more, in seconds."""
        trouble: npt.NDArray[np.float64] = (
            self.walk * walk_s + self.ride_s + self.change_s * (rides - 1)
        )
        return trouble


#: Without a preference one waits a minute for every minute less on foot, which costs the day less,
#: but not to ride one stop, and five minutes to be spared a change; our choice, and what
#: ``--prefer`` changes.
USUAL = Trouble(1.0, 300.0, 300.0)
TROUBLES = {
    Preference.EARLIER: Trouble(0.0, 0.0, 0.0),
    Preference.FEWER_CHANGES: Trouble(0.5, 300.0, 1800.0),
    Preference.LESS_WALKING: Trouble(2.0, 0.0, 300.0),
}


def trouble_of(prefer: Preference | None) -> Trouble:
    """Return what a preference counts as trouble."""
    return USUAL if prefer is None else TROUBLES[prefer]


class Journey(NamedTuple):
    """A journey that could be taken; times on any one clock, in seconds.

    ``kind`` is for whoever found the journey to find it again.
    """

    leave: int
    arrive: int
    walk_s: int
    rides: int
    kind: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do between two places at any time: wait for a journey, or walk all the way.

    Parameters
    ----------
    journeys
        Those worth knowing, by departure and by arrival: none lies within another, and each is
        faster than walking.
    best, limits
        By journey, for who may leave after the one before it: the number of the one to take, and
        from when on it beats the walk.
    walk_s
        The seconds of walking all the way.
    """

    journeys: Sequence[Journey]
    best: Sequence[int]
    limits: Sequence[float]
    walk_s: int
    _leaves: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_leaves", [one.leave for one in self.journeys])

    def at(self, time: int) -> Journey | None:
        """Return the journey to take when one may leave at *time*, None to walk."""
        index = bisect_left(self._leaves, time)
        if index == len(self._leaves) or time < self.limits[index]:
            return None
        return self.journeys[self.best[index]]

    def arrive(self, time: int) -> int:
        """Return when one is there, having been free to leave at *time*."""
        index = bisect_left(self._leaves, time)
        if index == len(self._leaves) or time < self.limits[index]:
            return time + self.walk_s
        return self.journeys[self.best[index]].arrive

    def latest(self, arrive: int) -> int:
        """Return the latest time to be free to leave at and be there by *arrive*."""
        on_foot = arrive - self.walk_s
        index = bisect_left(self._leaves, on_foot)
        while index < len(self._leaves) and self._arrival(index) <= arrive:
            index += 1
        # Between two departures one first walks, and rides once the next one is near enough.
        while True:
            last, limit = on_foot, inf
            if index < len(self._leaves):
                leave, limit = self._leaves[index], self.limits[index]
                if self._arrival(index) <= arrive and limit <= leave:
                    return leave
                last = min(on_foot, leave)
            last = last if last < limit else _before(limit)
            if index == 0 or last > self._leaves[index - 1]:
                return last
            index -= 1

    def _arrival(self, index: int) -> int:
        return self.journeys[self.best[index]].arrive


def _before(limit: float) -> int:
    """Return the last whole second before a time."""
    whole = int(limit // 1)
    return whole - 1 if whole == limit else whole


def apart(leaves: Sequence[int], arrives: Sequence[int], lengths: Sequence[float]) -> list[int]:
    """Return the numbers of journeys none of which lies within another, the shortest first chosen.

    *lengths* are their seconds with their trouble.
    """
    kept: list[int] = []
    kept_leaves: list[int] = []
    for number in sorted(range(len(leaves)), key=lengths.__getitem__):
        leave, arrive = leaves[number], arrives[number]
        index = bisect_left(kept_leaves, leave)
        before = index == 0 or arrives[kept[index - 1]] < arrive
        after = index == len(kept) or (leave < kept_leaves[index] and arrive < arrives[kept[index]])
        if before and after:
            kept.insert(index, number)
            kept_leaves.insert(index, leave)
    return kept
