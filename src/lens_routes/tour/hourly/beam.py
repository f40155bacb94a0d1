"""Build days from their start on true times, many at once: a beam search.

All that could follow some partial days is tried, and of what comes of it so much is kept as the
beam is wide: what has gained most, with what the time left may still gain. So whole days of other
visits are met that no small change leads to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.effort import trips_effort
from lens_routes.tour.search.standing_times import main_roads

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from lens_routes.tour.problem import HourlyTimes
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

#: Days kept of each number of visits, at first: then it is known what an hour gains.
WIDTHS = 50, 1000
#: Of days with the same visits one is kept; so many more are looked at.
ALIKE = 4


class _Level(NamedTuple):
    """Partial days of one number of visits: each the last node put to one of the level before."""

    before: Ints
    node: Ints
    clock: Ints
    walked_m: Floats
    gain: Floats
    taken: Bools
    visits: Ints


class Beam:
    """Builds days of a problem.

    Parameters
    ----------
    nodes, travel
        The problem, and its travel times.
    seed
        Chooses the numbers by which sets of visits are told apart.
    """

    def __init__(self, nodes: Nodes, travel: HourlyTimes, seed: int) -> None:
        count = nodes.count
        self._nodes, self._travel, self._problem = nodes, travel, nodes.problem
        self._place = np.array(nodes.places, dtype=np.int64)
        self._open, self._close, self._lasts = (
            np.array(figures[:count], dtype=np.int64)
            for figures in (nodes.open_s, nodes.close_s, nodes.duration_s)
        )
        self._prize = np.array(nodes.prize)
        self._score = np.array([node.score for node in nodes.nodes])
        self._rivals = np.zeros((count, count), dtype=bool)
        for node, rivals in enumerate(nodes.rivals):
            self._rivals[node, rivals] = True
        self._main_s = main_roads(nodes.problem)
        self._names = np.random.default_rng(seed).integers(1, 2**62, count)

    def days(self) -> Routes:
        """Return a good choice for each day, one day after the other."""
        taken = np.zeros(self._nodes.count, dtype=bool)
        routes = []
        for day in range(len(self._problem.days)):
            visits: tuple[int, ...] = ()
            for width in WIDTHS:
                visits = self._day(day, taken, width, self._rate(day, visits))
            taken |= self._rivals[list(visits)].any(axis=0)
            routes.append(visits)
        return tuple(routes)

    def _rate(self, day: int, visits: tuple[int, ...]) -> float:
        """Return what a second of a day gains."""
        ends = self._problem.days[day]
        return float(self._score[list(visits)].sum()) / max(1, ends.deadline_s - ends.depart_s)

    def _day(self, day: int, taken: Bools, width: int, rate: float) -> tuple[int, ...]:
        """Return the best day that a beam of some width meets."""
        levels: list[_Level] = []
        best = (-np.inf, 0, 0)
        for level in self._levels(day, taken, width, rate):
            value = self._finished(day, level)
            at = int(value.argmax())
            best = max(best, (float(value[at]), len(levels), at))
            levels.append(level)
        _, number, at = best
        visits: list[int] = []
        for level in levels[number:0:-1]:
            visits.append(int(level.node[at]))
            at = int(level.before[at])
        return tuple(visits[::-1])

    def _levels(self, day: int, taken: Bools, width: int, rate: float) -> Iterator[_Level]:
        """Yield the partial days that are kept: those of no visit, of one, and so on."""
        ends = self._problem.days[day]
        home = {
            place: self._travel.latest(place, ends.end, ends.deadline_s)
            for place in set(self._place[: self._nodes.count].tolist())
        }
        latest = np.array([home[place] for place in self._place[: self._nodes.count].tolist()])
        nothing = np.zeros(1, dtype=np.int64)
        start = np.array([self._nodes.start(day)])
        level = _Level(
            nothing, start, nothing + ends.depart_s, np.zeros(1), np.zeros(1), taken[None], nothing
        )
        most = self._problem.max_visits
        yield level
        for _ in range(self._nodes.count if most is None else most):
            level = self._longer(level, latest, width, rate)
            if not len(level.node):
                return
            yield level

    def _longer(self, level: _Level, latest: Ints, width: int, rate: float) -> _Level:
        """Return the days one visit longer that are kept."""
        before, node = np.nonzero(~level.taken & (level.clock[:, None] <= self._close))
        lasts, effort, walk_m = self._ways(
            level.node[before], self._place[node], level.clock[before]
        )
        arrive = level.clock[before] + lasts
        leave = np.maximum(arrive, self._open[node]) + self._lasts[node]
        walked_m = level.walked_m[before] + walk_m
        fits = (arrive <= self._close[node]) & (leave <= latest[node])
        if self._problem.max_walk_m is not None:
            fits &= walked_m <= self._problem.max_walk_m
        gain = level.gain[before] + self._prize[node] - effort
        promise = np.where(fits, gain - rate * leave, -np.inf)
        kept = np.argsort(-promise, kind="stable")[: min(ALIKE * width, int(fits.sum()))]
        sets = level.visits[before[kept]] ^ self._names[node[kept]]
        _, first = np.unique(sets + node[kept], return_index=True)
        kept = kept[np.sort(first)[:width]]
        before, node = before[kept], node[kept]
        return _Level(
            before,
            node,
            leave[kept],
            walked_m[kept],
            gain[kept],
            level.taken[before] | self._rivals[node],
            level.visits[before] ^ self._names[node],
        )

    def _finished(self, day: int, level: _Level) -> Floats:
        """Return what days gain that go home now."""
        end = np.full(len(level.node), self._problem.days[day].end)
        _, effort, _ = self._ways(level.node, end, level.clock)
        goes_on = self._nodes.goes_on[np.minimum(level.node, self._nodes.count)]
        return np.where(goes_on, -np.inf, level.gain - effort)

    def _ways(self, nodes: Ints, there: Ints, clock: Ints) -> tuple[Ints, Floats, Floats]:
        """Return the seconds, the effort and the metres on foot of ways from nodes to places."""
        here = self._place[nodes]
        lasts, foot_s, ride_s, walk_m = self._travel.trips(here, there, clock)
        main_s = self._main_s[here, there]
        return lasts, trips_effort(self._problem.prices, foot_s, ride_s, main_s), walk_m
