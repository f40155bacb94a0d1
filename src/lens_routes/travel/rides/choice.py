"""Which journey to take between two places, and when to walk instead.

Somebody who may leave at a time *t* is there at a time that only depends on *t*, and never gets
there earlier by leaving later: the planner of tours relies on that. So a preference is not a price
that is weighed anew at every moment. It decides once which journeys are worth knowing: of two of
which one lies within the other in time, the one with less trouble stays.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.timetable.network.wishes import Preference

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt

    Moments = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trouble:
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

    def of(self, walk_s: int, rides: int) -> float:
        """Return the trouble of a journey with one ride or more, in seconds."""
        return self.walk * walk_s + self.ride_s + self.change_s * (rides - 1)


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


class Choice:
    """What to do between two places at any time: wait for a journey, or walk all the way.

    Parameters
    ----------
    journeys
        What could be ridden.
    walk_s
        The seconds of walking all the way.
    trouble
        What one would rather be spared.

    Attributes
    ----------
    journeys
        Those worth knowing, by departure and by arrival: none lies within another, and each is
        faster than walking.
    """

    def __init__(self, journeys: Iterable[Journey], walk_s: int, trouble: Trouble) -> None:
        self.walk_s = walk_s
        # A journey is never more trouble than the walk it spares: else one might ride, arriving
        # later than somebody who set out earlier and walked.
        most = trouble.walk * walk_s
        faster = (one for one in journeys if one.arrive - one.leave < walk_s)
        self.journeys = _apart(faster, trouble)
        self._leaves = [one.leave for one in self.journeys]
        # By journey: the one to take that leaves no earlier, and from when on it beats the walk.
        self._best = [0] * len(self.journeys)
        self._from = [inf] * len(self.journeys)
        least = inf
        for index in reversed(range(len(self.journeys))):
            one = self.journeys[index]
            cost = one.arrive + min(most, trouble.of(one.walk_s, one.rides))
            if cost < least:
                least, best = cost, index
            self._best[index], self._from[index] = best, least - walk_s - most

    def at(self, time: int) -> Journey | None:
        """Return the journey to take when one may leave at *time*, None to walk."""
        index = bisect_left(self._leaves, time)
        if index == len(self._leaves) or time < self._from[index]:
            return None
        return self.journeys[self._best[index]]

    def arrive(self, time: int) -> int:
        """Return when one is there, having been free to leave at *time*."""
        index = bisect_left(self._leaves, time)
        if index == len(self._leaves) or time < self._from[index]:
            return time + self.walk_s
        return self.journeys[self._best[index]].arrive

    def arrivals(self, times: Moments) -> Moments:
        """Return when one is there, having been free to leave at each of many times."""
        import numpy as np  # noqa: PLC0415  # only the search of tours asks

        leaves, limits, arrives = self._arrays
        index = np.searchsorted(leaves, times)
        there: Moments = np.where(times < limits[index], times + self.walk_s, arrives[index])
        return there

    @cached_property
    def _arrays(self) -> tuple[Moments, npt.NDArray[np.float64], Moments]:
        """The departures, and for each and for none left what `arrive` asks of it."""
        import numpy as np  # noqa: PLC0415  # as above

        arrives = [self.journeys[best].arrive for best in self._best]
        return (
            np.array(self._leaves, dtype=np.int64),
            np.array([*self._from, inf]),
            np.array([*arrives, 0], dtype=np.int64),
        )

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
                leave, limit = self._leaves[index], self._from[index]
                if self._arrival(index) <= arrive and limit <= leave:
                    return leave
                last = min(on_foot, leave)
            last = last if last < limit else _before(limit)
            if index == 0 or last > self._leaves[index - 1]:
                return last
            index -= 1

    def _arrival(self, index: int) -> int:
        return self.journeys[self._best[index]].arrive


def _before(limit: float) -> int:
    """Return the last whole second before a time."""
    whole = int(limit // 1)
    return whole - 1 if whole == limit else whole


def _apart(journeys: Iterable[Journey], trouble: Trouble) -> list[Journey]:
    """Return the journeys none of which lies within another, the least trouble first chosen."""

    def length(one: Journey) -> float:
        return one.arrive - one.leave + trouble.of(one.walk_s, one.rides)

    kept: list[Journey] = []
    for one in sorted(journeys, key=lambda one: (length(one), one)):
        index = bisect_left(kept, one.leave, key=_leave)
        before = index == 0 or kept[index - 1].arrive < one.arrive
        after = index == len(kept) or (
            one.leave < kept[index].leave and one.arrive < kept[index].arrive
        )
        if before and after:
            kept.insert(index, one)
    return kept


def _leave(one: Journey) -> int:
    return one.leave
