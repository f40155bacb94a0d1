"""What to do between all pairs of some places at any time, in arrays: many look-ups at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lens_routes.travel.rides.choice import Choice, Journey, apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lens_routes.travel.rides.choice import Trouble

    Places = npt.NDArray[np.intp]
    Moments = npt.NDArray[np.int64]
    Figures = npt.NDArray[np.int64]
    #: Of many ways how long each takes, the seconds of it on foot and riding, the metres on foot.
    Trips = tuple[Figures, Figures, Figures, npt.NDArray[np.float64]]


class Journeys(NamedTuple):
    """Journeys in columns: the pair of places, numbered row by row, then as in `Journey`."""

    pair: Places
    leave: Moments
    arrive: Moments
    walk_s: Figures
    rides: Figures
    kind: Figures

    def some(self, which: npt.NDArray[Any]) -> Journeys:
        """Return some of the journeys."""
        return Journeys(*(column[which] for column in self))


class RideTable:
    """The choices between some places, one pair after the other.

    After the journeys of each pair stands one that leaves after all, and is never taken.

    Parameters
    ----------
    journeys
        What could be ridden, by pair, then by leaving; times on any one clock, in seconds.
    trouble
        What one would rather be spared.
    walks
        By origin and destination the seconds and the metres of walking all the way.
    ahead_s
        By origin: whoever is ready so many seconds before a journey takes it.
    pace_kmh
        The walker's pace.
    """

    def __init__(
        self,
        journeys: Journeys,
        trouble: Trouble,
        walks: tuple[Sequence[Sequence[int]], Sequence[Sequence[float]]],
        ahead_s: Sequence[int],
        pace_kmh: float,
    ) -> None:
        self._count, self._pace_m_per_s = len(ahead_s), pace_kmh / 3.6
        self._walk_s = np.array(walks[0], dtype=np.int64).ravel()
        self._walk_m = np.array(walks[1], dtype=np.float64).ravel()
        ahead = np.repeat(np.array(ahead_s, dtype=np.int64), self._count)
        journeys = journeys._replace(leave=journeys.leave - ahead[journeys.pair])
        self._journeys = found = self._worth_knowing(journeys, trouble)
        self._best, self._limits = self._taken(trouble)
        self._lasts = found.arrive - found.leave
        self._rides = self._lasts - found.walk_s - ahead[found.pair]
        sizes = np.bincount(found.pair, minlength=self._count**2)
        #: Where the journeys of each pair begin, and where its choices do.
        self._begin = np.concatenate(([0], np.cumsum(sizes)))
        self._first = self._begin + np.arange(len(self._begin))
        self._from_s = int(found.leave.min(initial=0))
        self._span_s = int(found.leave.max(initial=0)) - self._from_s + 2
        self._leave = self._laid(found.leave, self._from_s + self._span_s - 1)
        self._limit = self._laid(self._limits, np.inf)
        self._arrive = self._laid(found.arrive[self._best], 0)
        self._foot_s = self._laid(found.walk_s[self._best], 0)
        self._ride_s = self._laid(self._rides[self._best], 0)
        pairs = np.repeat(np.arange(self._count**2), sizes + 1)
        self._key = pairs * self._span_s + self._leave - self._from_s

    def _worth_knowing(self, journeys: Journeys, trouble: Trouble) -> Journeys:
        """Return the journeys faster than walking none of which lies within another."""
        found = journeys.some(journeys.arrive - journeys.leave < self._walk_s[journeys.pair])
        length = found.arrive - found.leave + trouble.of(found.walk_s, found.rides)
        kept = np.ones(len(found.pair), dtype=bool)
        begins, sizes = _tangles(found)
        # Of two the shorter is kept, as `apart` has it.
        two = begins[sizes == 2]
        kept[two + (length[two] <= length[two + 1])] = False
        for begin, size in zip(begins[sizes > 2].tolist(), sizes[sizes > 2].tolist(), strict=True):
            some = slice(begin, begin + size)
            leaves, arrives = found.leave[some].tolist(), found.arrive[some].tolist()
            kept[some] = False
            kept[some][apart(leaves, arrives, length[some].tolist())] = True
        return found.some(kept)

    def _taken(self, trouble: Trouble) -> tuple[Places, npt.NDArray[np.float64]]:
        """Return for each journey the number of the one to take that leaves no earlier.

        And from when on it beats the walk.
        """
        found = self._journeys
        walk_s = self._walk_s[found.pair]
        # A journey is never more trouble than the walk it spares: else one might ride, arriving
        # later than somebody who set out earlier and walked.
        most = trouble.walk * walk_s
        cost = found.arrive + np.minimum(most, trouble.of(found.walk_s, found.rides))
        # From the last to the first, earlier pairs below all later ones.
        apart_s = 1.0 + np.ptp(cost) if len(cost) else 1.0
        below = (cost + apart_s * found.pair)[::-1]
        better = np.ones(len(below), dtype=bool)
        better[1:] = below[1:] < np.minimum.accumulate(below)[:-1]
        place = np.maximum.accumulate(np.where(better, np.arange(len(below)), 0))
        best: Places = len(below) - 1 - place[::-1]
        return best, cost[best] - walk_s - most

    def _laid(self, figures: npt.NDArray[Any], last: float) -> npt.NDArray[Any]:
        """Return figures of the journeys with one of those never taken after each pair."""
        laid = np.full(self._first[-1], last, dtype=figures.dtype)
        laid[np.arange(len(figures)) + self._journeys.pair] = figures
        return laid

    def choice(self, origin: int, destination: int) -> Choice | None:
        """Return what to do between two places, None where one always walks."""
        pair = origin * self._count + destination
        begin, end = self._begin[pair : pair + 2].tolist()
        if begin == end:
            return None
        columns = (column[begin:end].tolist() for column in self._journeys[1:])
        return Choice(
            list(map(Journey, *columns)),
            (self._best[begin:end] - begin).tolist(),
            self._limits[begin:end].tolist(),
            int(self._walk_s[pair]),
        )

    def trips(self, origins: Places, destinations: Places, departs_s: Moments) -> Trips:
        """Return the ways between many places, being free to leave each at its own moment."""
        pair = np.asarray(origins * self._count + destinations)
        clock = np.clip(departs_s - self._from_s, 0, self._span_s - 1)
        place = np.searchsorted(self._key, pair * self._span_s + clock)
        walks, foot_s = departs_s < self._limit[place], self._foot_s[place]
        return (
            np.where(walks, self._walk_s[pair], self._arrive[place] - departs_s),
            np.where(walks, self._walk_s[pair], foot_s),
            np.where(walks, 0, self._ride_s[place]),
            np.where(walks, self._walk_m[pair], foot_s * self._pace_m_per_s),
        )

    def arrivals(self, origin: int, destinations: Places, departs_s: Moments) -> Moments:
        """Return when one arrives at each place, being free to leave at each of many moments.

        Of each journey it is worked out which of the moments come after it, not the other way
        round.
        """
        order = np.argsort(departs_s)
        moments = departs_s[order]
        pairs = origin * self._count + np.asarray(destinations)
        begin, size = self._first[pairs], self._first[pairs + 1] - self._first[pairs]
        row = np.repeat(np.arange(len(pairs)), size)
        place = np.arange(len(row)) - np.repeat(np.cumsum(size) - size - begin, size)
        later = np.searchsorted(moments, self._leave[place], side="right")
        shape = len(pairs), len(moments) + 1
        gone = np.bincount(row * shape[1] + later, minlength=shape[0] * shape[1]).reshape(shape)
        # Whoever leaves after all is not later than the last of a pair.
        place = np.minimum(gone[:, :-1].cumsum(axis=1), size[:, None] - 1) + begin[:, None]
        arrive = self._arrive[place]
        np.copyto(arrive, moments + self._walk_s[pairs, None], where=moments < self._limit[place])
        there: Moments = np.empty_like(arrive.T)
        there[order] = arrive.T
        return there

    @cached_property
    def every(self) -> tuple[Places, Places, Trips]:
        """Every way there is, at any hour of any day, on foot as well."""
        found, always = self._journeys, np.arange(self._count**2)
        ridden = found.pair, self._lasts, found.walk_s, self._rides
        walked = always, self._walk_s, self._walk_s, np.zeros_like(self._walk_s)
        pair, seconds, foot_s, ride_s = map(np.concatenate, zip(ridden, walked, strict=True))
        metres = np.concatenate((found.walk_s * self._pace_m_per_s, self._walk_m))
        origin, destination = np.divmod(pair, self._count)
        return origin, destination, (seconds, foot_s, ride_s, metres)


def _tangles(found: Journeys) -> tuple[Places, Places]:
    """Return where journeys begin that leave and arrive not one after the other, and how many."""
    # All of a pair are after those of the pair before.
    later_s = np.ptp(np.concatenate(found[1:3])) + 1 if len(found.pair) else 1
    leave, arrive = (times + found.pair * later_s for times in found[1:3])
    last = np.maximum.accumulate(arrive)[:-1]
    first = np.minimum.accumulate(arrive[::-1])[::-1][1:]
    cuts = np.flatnonzero((last < first) & (leave[:-1] < leave[1:])) + 1
    begins = np.concatenate(([0], cuts)).astype(np.intp)
    sizes = np.diff(begins, append=len(leave))
    return begins[sizes > 1], sizes[sizes > 1]
