"""Bound the best score from above: relax the rules that make the problem hard, and price them.

Drop the rule that nothing is visited twice, and each day is easily solved by itself (see
`tour.proof.relaxed_day`). Each dropped rule keeps a price: visiting a place twice costs its price
twice, and the price is added back once, so no true tour loses by it (Lagrangian relaxation; M. L.
Fisher, "The Lagrangian relaxation method for solving integer programming problems", Management
Science 27 (1981), 1-18). The same is done for the limits on walking, visits and cost, and for
diminishing returns: the sum of the k best scores of a group is at most k times any price plus what
each score exceeds it by. And walking beyond what legs like costs at least any lower price for all
of it, less that price for what they like. Any prices give a bound; subgradient steps look for
those that give the lowest.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lens_routes.tour.proof.relaxed_day import BestDay
    from lens_routes.tour.search.nodes import Nodes

    Array = npt.NDArray[np.float64]

#: Scores closer than this are equal: they are sums of a few decimals.
EQUAL = 1e-6
#: The share of Polyak's step length to begin with, and where stepping no longer helps.
FIRST_PACE, LAST_PACE = 1.0, 0.1
#: The share of a bound by which it has to fall for a step to have helped.
SOME = 1e-4


class DaySolver(Protocol):
    """Whatever knows the best day for some prices."""

    def solve(self, value: Array, km_price: float) -> BestDay:
        """Return the best day when visiting node *i* gains ``value[i]`` and kilometres cost."""
        ...


class Prices(NamedTuple):
    """What breaking a dropped rule costs.

    ``key[k]`` is paid for each use of key *k*; ``rank[g, r]`` is the price any of the best *r* + 1
    scores of group *g* exceeds or not; ``limit`` are the prices of a kilometre walked where that is
    limited, of one where legs tire (at most what it then costs), of a visit, and of a unit of what
    `Nodes.spends` says.
    """

    key: Array
    rank: Array
    limit: Array

    @property
    def km(self) -> float:
        """The price of a kilometre."""
        return float(self.limit[:2].sum())


class Relaxed(NamedTuple):
    """The relaxed problem solved for one set of prices.

    ``value[i]`` is what visiting node *i* gains, prices paid; ``constant`` is what the prices give
    back. ``worth[i]`` and ``ranked`` are the same with no prices but those of diminishing returns.
    ``days`` are the best relaxed days, and ``bound``, the sum of all, bounds the score.
    """

    prices: Prices
    value: Array
    constant: float
    worth: Array
    ranked: float
    days: tuple[BestDay, ...]
    bound: float


class Relaxation:
    """The relaxed problem of some nodes, ready to be solved for any prices.

    Parameters
    ----------
    nodes
        The problem; the urgency of musts is left out of all scores here.
    days
        What solves each of its days.
    """

    def __init__(self, nodes: Nodes, days: Sequence[DaySolver]) -> None:
        problem = nodes.problem
        self.nodes = nodes
        self._days = tuple(days)
        self.keys = len(problem.sites) + len(problem.breaks)
        self._uses = np.array(
            [[node.keys >> key & 1 for key in range(self.keys)] for node in nodes.nodes],
            dtype=np.float64,
        ).reshape(nodes.count, self.keys)
        self._used = self._uses.any(axis=0)
        self._free_sign = np.array([nodes.required >> k & 1 for k in range(self.keys)], dtype=bool)
        self._score = np.array([node.score for node in nodes.nodes], dtype=np.float64)
        self._bonus = np.array([node.bonus for node in nodes.nodes], dtype=np.float64)
        self._all_bonus = sum(max(o.bonus for o in s.options) for s in problem.sites)
        self._set_limits()
        self._set_groups()

    def _set_limits(self) -> None:
        problem, nodes = self.nodes.problem, self.nodes
        days, prices = len(problem.days), problem.prices
        walk_km = math.inf if problem.max_walk_m is None else days * problem.max_walk_m / 1000
        visits = math.inf if problem.max_visits is None else float(days * problem.max_visits)
        tires = prices.tired_km > 0 and nodes.walk is not None
        fresh_km = days * prices.fresh_m / 1000 if tires else math.inf
        capacity = np.array([walk_km, fresh_km, visits, *nodes.capacity.tolist()])
        self._limited = np.isfinite(capacity)
        self._capacity = np.where(self._limited, capacity, 0.0)
        # What tires costs no more than it costs.
        self._dearest = np.full(len(capacity), np.inf)
        self._dearest[1] = prices.tired_km
        # Kilometres belong to the way, not to the visit: their columns stay empty.
        self._spends = np.zeros((nodes.count, len(capacity)))
        self._spends[:, 2] = [node.site is not None for node in nodes.nodes]
        self._spends[:, 3:] = nodes.spends

    def _set_groups(self) -> None:
        nodes = self.nodes
        self._member = np.zeros((len(nodes.groups), nodes.count))
        for g, members in enumerate(nodes.groups):
            self._member[g, list(members)] = 1.0
        returns = np.array(nodes.problem.returns)
        self._drops = returns[:-1] - returns[1:]
        self._last_return = float(returns[-1])

    def free(self) -> Prices:
        """Return prices to begin with: of nothing, but for bonuses, to be had once each."""
        ranks = (len(self._member), len(self._drops))
        key = (self._uses * self._bonus[:, None]).max(axis=0, initial=0.0)
        # Breaks are taken with any visit.
        key[len(self.nodes.problem.sites) :] = 0.0
        return Prices(key, np.zeros(ranks), np.zeros(len(self._capacity)))

    def solve(self, prices: Prices) -> Relaxed:
        """Return the bound these prices give, and the relaxed days it comes from."""
        worth = self._worth_in_groups(prices.rank) + self._bonus
        value = worth - self._uses @ prices.key - self._spends @ prices.limit
        ranks = np.arange(1, len(self._drops) + 1) * self._drops
        ranked = float((prices.rank @ ranks).sum())
        constant = float(prices.key[self._used].sum() + prices.limit @ self._capacity) + ranked
        days = tuple(day.solve(value, prices.km) for day in self._days)
        bound = constant + sum(day.gain for day in days)
        return Relaxed(prices, value, constant, worth, ranked, days, bound)

    def _worth_in_groups(self, rank: Array) -> Array:
        value = self._score.copy()
        for in_group, prices in zip(self._member, rank, strict=True):
            above = np.maximum(0.0, self._score[:, None] - prices)
            value = np.where(
                in_group > 0, self._last_return * self._score + above @ self._drops, value
            )
        return value

    def step(self, relaxed: Relaxed, target: float, pace: float) -> Prices:
        """Return prices one subgradient step on, aiming at a bound of *target*.

        The step length is that of B. T. Polyak, "Minimization of unsmooth functionals", USSR
        Computational Mathematics and Mathematical Physics 9 (1969), 14-29.
        """
        old = relaxed.prices
        visits = np.zeros(self.nodes.count)
        for day in relaxed.days:
            np.add.at(visits, list(day.visits), 1.0)
        key = np.where(self._used, 1.0 - visits @ self._uses, 0.0)
        limit = self._capacity - visits @ self._spends
        limit[:2] -= sum(day.km for day in relaxed.days)
        limit[~self._limited] = 0.0
        rank = np.zeros_like(old.rank)
        for g, in_group in enumerate(self._member):
            above = (visits * in_group) @ (self._score[:, None] > old.rank[g])
            rank[g] = self._drops * (np.arange(1, len(self._drops) + 1) - above)
        # A price of nothing cannot fall, unless its rule is an equation.
        key[(old.key <= 0) & (key > 0) & ~self._free_sign] = 0.0
        limit[(old.limit <= 0) & (limit > 0)] = 0.0
        limit[(old.limit >= self._dearest) & (limit < 0)] = 0.0
        rank[(old.rank <= 0) & (rank > 0)] = 0.0
        norm = float((key**2).sum() + (limit**2).sum() + (rank**2).sum())
        length = pace * max(relaxed.bound - target, 0.0) / norm if norm else 0.0
        moved = old.key - length * key
        return Prices(
            np.where(self._free_sign, moved, np.maximum(0.0, moved)),
            np.maximum(0.0, old.rank - length * rank),
            np.clip(old.limit - length * limit, 0.0, self._dearest),
        )

    def tighten(self, target: float, steps: int, prices: Prices | None = None) -> Relaxed:
        """Return the relaxed problem with the lowest bound found in a number of steps."""
        pace, idle = FIRST_PACE, 0
        best = relaxed = self.solve(prices or self.free())
        for _ in range(steps - 1):
            if best.bound <= target + EQUAL or pace < LAST_PACE:
                break
            relaxed = self.solve(self.step(relaxed, target, pace))
            much = SOME * abs(best.bound - self._all_bonus)
            idle = 0 if relaxed.bound < best.bound - much else idle + 1
            best = min(best, relaxed, key=lambda r: r.bound)
            if idle == 3:
                pace, idle = pace / 2, 0
        return best
