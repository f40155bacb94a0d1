"""Prove several days the best there are: combine what the bound leaves of each.

Any better solution consists of days that the bound does not rule out, each by itself. Those are
enumerated; with the days listed, prices can be stepped to a lower bound than with days that may
visit a place twice, which rules out most of the list; and the best days without a common place are
found by a tree search over what remains (as R. Baldacci, N. Christofides, A. Mingozzi, "An exact
algorithm for the vehicle routing problem based on the set partitioning formulation", Mathematical
Programming 115 (2008), 351-385, do it for vehicles).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.proof.bound import EQUAL, Relaxation
from lens_routes.tour.proof.partial_tours import key_words
from lens_routes.tour.proof.relaxed_day import BestDay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from lens_routes.tour.proof.arrivals import Positions
    from lens_routes.tour.proof.bound import Relaxed
    from lens_routes.tour.proof.enumerate_days import Enumeration
    from lens_routes.tour.proof.partial_tours import Words
    from lens_routes.tour.proof.proof import Proof
    from lens_routes.tour.proof.relaxed_day import Array
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Effort

#: Steps of the prices on listed days, and how often the lists are thinned out.
PRICE_STEPS, ROUNDS = 60, 2
#: What a step of the tree search counts for beside the tours it looks at.
LOOK = 500


class Listed(NamedTuple):
    """All tours of a day that may be part of a better solution.

    ``visits[:, t]`` are the nodes of tour *t* in order, then -1; ``keys`` are the keys it uses up,
    ``contents`` are its places and breaks, said alike for all days, ``km`` is what it walks and
    ``effort`` that of its way, legs that tire aside.
    """

    visits: Positions
    keys: Words
    contents: Words
    km: Array
    effort: Array

    def route(self, tour: int) -> tuple[int, ...]:
        """Return the nodes of a tour."""
        return tuple(node for node in self.visits[:, tour].tolist() if node >= 0)

    def gains(self, value: Array, km_price: float) -> Array:
        """Return what each tour gains at some prices."""
        gained = np.append(value, 0.0).take(self.visits).sum(axis=0)
        gains: Array = gained - self.effort - km_price * self.km
        return gains

    def solve(self, value: Array, km_price: float) -> BestDay:
        """Return the day that gains most; see `lens_routes.tour.proof.bound.DaySolver`."""
        gains = self.gains(value, km_price)
        best = int(gains.argmax())
        return BestDay(float(gains[best]), self.route(best), float(self.km[best]))

    def some(self, which: npt.NDArray[np.intp]) -> Listed:
        """Return some of the tours."""
        return Listed(
            self.visits[:, which],
            self.keys[which],
            self.contents[which],
            self.km[which],
            self.effort[which],
        )


def best_days(
    nodes: Nodes,
    enumeration: Callable[[int, int], Enumeration],
    relaxed: Relaxed,
    known: Proof,
    effort: Effort,
) -> Proof:
    """Return the best tours of several days, or as good a bound as the effort allows.

    Parameters
    ----------
    nodes
        The problem.
    enumeration
        Makes the enumeration of a day, given its number and how many partial tours it may take.
    relaxed
        The relaxed problem the enumerations are of.
    known
        The best tours known, and the bound.
    effort
        When to give up.
    """
    days: list[Listed] = []
    left = effort.partial_tours
    for number in range(len(relaxed.days)):
        tours = enumeration(number, left)
        listed = _listed(nodes, tours)
        left = tours.left
        if listed is None:
            return known
        if not len(listed.km):
            # No tour of this day is part of anything better.
            return known._replace(bound=known.score)
        days.append(listed)
    prices = relaxed.prices
    for _ in range(ROUNDS):
        relaxed = Relaxation(nodes, days).tighten(known.score, PRICE_STEPS, prices)
        prices = relaxed.prices
        known = known._replace(bound=max(known.score, min(known.bound, relaxed.bound)))
        if known.proven:
            return known
        days = [_worth_while(day, relaxed, number, known.score) for number, day in enumerate(days)]
        if not all(len(day.km) for day in days):
            return known._replace(bound=known.score)
    return _Tree(nodes, days, relaxed, known, effort.looks).run()


def _listed(nodes: Nodes, tours: Enumeration) -> Listed | None:
    """Return the tours of a day that may be part of a better solution; None: too many."""
    worth_it = [np.flatnonzero(tours.promise(level) > tours.score + EQUAL) for level in tours]
    if tours.missed > -np.inf:
        return None
    levels = [level.some(which) for level, which in zip(tours.levels, worth_it, strict=True)]
    visits = np.hstack([tours.trace(number, which) for number, which in enumerate(worth_it)])
    keys = np.concatenate([level.keys for level in levels])
    sites = key_words(nodes, [(1 << len(nodes.problem.sites)) - 1])
    paused = _pauses(nodes).take(visits).sum(axis=0, dtype=np.uint64)
    return Listed(
        visits,
        keys,
        np.column_stack((keys & sites, paused)),
        np.concatenate([tours.length_m(level) for level in levels]) / 1000,
        np.concatenate([tours.effort(level) for level in levels]),
    )


def _pauses(nodes: Nodes) -> Words:
    """Return bits of the breaks of each node, the same for the like on other days; then none."""
    breaks = nodes.problem.breaks
    bits = [
        2 ** sum(other.day == pause.day for other in breaks[:b]) for b, pause in enumerate(breaks)
    ]
    return np.array([*(sum(bits[b] for b in node.pauses) for node in nodes.nodes), 0], np.uint64)


def _worth_while(day: Listed, relaxed: Relaxed, number: int, score: float) -> Listed:
    """Return the tours of a day that the prices do not rule out, the most promising first."""
    gains = _gains(day, relaxed)
    others = relaxed.bound - relaxed.days[number].gain
    order = np.lexsort([*day.contents.T, -gains])
    return day.some(order[gains[order] + others > score + EQUAL])


def _gains(day: Listed, relaxed: Relaxed) -> Array:
    # Rounded, so that the same tour on two days alike gains the same.
    gains: Array = day.gains(relaxed.value, relaxed.prices.km).round(9)
    return gains


class _Tree:
    """The search for the best days without a common place.

    Days on which the same places can be toured for the same gain are alike. Of tours that may be
    exchanged between such days, the earlier in the list is taken on the earlier day.
    """

    def __init__(
        self, nodes: Nodes, days: Sequence[Listed], relaxed: Relaxed, known: Proof, looks: int
    ) -> None:
        self._nodes, self._known, self._days, self._left = nodes, known, days, looks
        self._gains = [_gains(day, relaxed) for day in days]
        self._given = relaxed.constant
        forms = [
            (day.contents.tobytes(), gains.tobytes())
            for day, gains in zip(days, self._gains, strict=True)
        ]
        self._form = [forms.index(form) for form in forms]
        self._order = sorted(
            range(len(days)), key=lambda number: (len(days[number].km), self._form[number])
        )

    def run(self) -> Proof:
        """Return the best days, proven unless the looks ran out."""
        self._choose(0, [np.arange(len(day.km)) for day in self._days], self._given, {})
        if self._left < 0:
            return self._known
        return self._known._replace(bound=self._known.score)

    def _choose(
        self, depth: int, left: list[Positions], promise: float, chosen: dict[int, int]
    ) -> None:
        """Choose a tour for each day from number *depth* of the order on, the best first."""
        if depth == len(self._order):
            routes = tuple(self._days[d].route(chosen[d]) for d in range(len(self._days)))
            if self._affordable(routes):
                self._known = self._known.or_better(routes, self._nodes)
            return
        day, later = self._order[depth], self._order[depth + 1 :]
        rest = sum(float(self._gains[d][left[d][0]]) for d in later)
        for tour in left[day].tolist():
            gained = promise + float(self._gains[day][tour])
            if gained + rest <= self._known.score + EQUAL:
                return
            free = self._compatible(left, day, tour, later, gained)
            if self._left < 0:
                return
            if free is not None:
                self._choose(depth + 1, free, gained, {**chosen, day: tour})

    def _compatible(
        self, left: list[Positions], day: int, tour: int, later: Sequence[int], gained: float
    ) -> list[Positions] | None:
        """Return what later days may still choose beside a tour; None where one has nothing."""
        free = list(left)
        keys = self._days[day].keys[tour]
        for d in later:
            others = sum(float(self._gains[e][free[e][0]]) for e in later if e != d)
            worth = gained + others + self._gains[d][left[d]] > self._known.score + EQUAL
            # The most promising come first.
            hopeful = left[d][: np.count_nonzero(worth)]
            if self._form[d] == self._form[day]:
                hopeful = hopeful[np.searchsorted(hopeful, tour) :]
            self._left -= len(hopeful)
            free[d] = hopeful[~(self._days[d].keys[hopeful] & keys).any(axis=1)]
            if not len(free[d]):
                return None
        self._left -= LOOK
        return free

    def _affordable(self, routes: Sequence[Sequence[int]]) -> bool:
        spent = sum(self._nodes.spends[node] for route in routes for node in route)
        return bool(np.all(spent <= self._nodes.capacity))
