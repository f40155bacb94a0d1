"""Bound the best score from above: relax the rules that make the problem hard, and price them.

Drop the rule that nothing is visited twice, and the day becomes a longest path through (place,
time), which dynamic programming solves in milliseconds. Each dropped rule keeps a price: visiting
a place twice costs its price twice, and the price is added back once, so no true tour loses by it
(Lagrangian relaxation; M. L. Fisher, "The Lagrangian relaxation method for solving integer
programming problems", Management Science 27 (1981), 1-18). The same is done for the limits on
walking, visits and cost, and for diminishing returns: the sum of the k best scores of a group is
at most k times any price plus what each score exceeds it by. Any prices give a bound; subgradient
steps look for those that give the lowest.

Clock times are rounded down to a grid, which only ever lets the relaxed tour do more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from lens_routes.tour.nodes import Nodes

    Array = npt.NDArray[np.float64]

#: The grid of the clock, seconds; a step of the tour must take at least as long.
GRID_S = 60
IMPOSSIBLE = -1e12


@dataclass(frozen=True, slots=True)
class Prices:
    """What breaking a dropped rule costs.

    ``key[k]`` is paid for each use of key *k*; ``rank[g, r]`` is the price any of the best *r* + 1
    scores of group *g* exceeds or not; ``limit`` are the prices of a kilometre walked, of a visit
    and of a unit of cost.
    """

    key: Array
    rank: Array
    limit: Array


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxed problem solved for one set of prices.

    ``ahead[d][slot, i]`` is the most that can still be gained on day *d* leaving node *i* in that
    slot of the clock, prices paid (the last *i* is the start of the day); ``worth[i, j]`` is what
    going from *i* to *j* and visiting it gains, ``constant`` what the prices give back, and
    ``bound`` the bound on the score. ``paths`` are the relaxed tours that reach it.
    """

    prices: Prices
    ahead: list[Array]
    worth: Array
    constant: float
    bound: float
    paths: list[list[int]]


class Relaxation:
    """The relaxed problem of some nodes, ready to be solved for any prices.

    Parameters
    ----------
    nodes
        The problem; the musts' bonus is left out of all scores here.
    """

    def __init__(self, nodes: Nodes) -> None:
        problem = nodes.problem
        self.nodes = nodes
        self.keys = len(problem.sites) + len(problem.breaks)
        self._uses = np.array(
            [[node.keys >> key & 1 for key in range(self.keys)] for node in nodes.nodes],
            dtype=np.float64,
        )
        self._used = self._uses.any(axis=0)
        self._free_sign = np.array([nodes.required >> k & 1 for k in range(self.keys)], dtype=bool)
        self._score = np.array([node.score for node in nodes.nodes], dtype=np.float64)
        self._km = None if nodes.walk is None else nodes.walk.astype(np.float64) / 1000
        self._set_limits()
        self._set_groups()
        self._days = [_Clock(nodes, day, self._km) for day in range(len(problem.days))]

    def _set_limits(self) -> None:
        problem, nodes = self.nodes.problem, self.nodes
        walk_km = None if problem.max_walk_m is None else problem.max_walk_m / 1000
        limits = (walk_km, problem.max_visits, problem.max_cost)
        per_day = np.array([len(problem.days), len(problem.days), 1])
        self._limited = np.array([limit is not None for limit in limits])
        self._capacity = per_day * np.array([float(limit or 0) for limit in limits])
        # Kilometres belong to the way, not to the visit: the first column stays empty.
        self._spends = np.zeros((nodes.count, 3))
        self._spends[:, 1] = [node.site is not None for node in nodes.nodes]
        self._spends[:, 2] = nodes.cost

    def _set_groups(self) -> None:
        nodes = self.nodes
        self._member = np.zeros((len(nodes.groups), nodes.count))
        for g, members in enumerate(nodes.groups):
            self._member[g, list(members)] = 1.0
        returns = np.array(nodes.problem.returns)
        self._drops = returns[:-1] - returns[1:]
        self._last_return = float(returns[-1])

    def free(self) -> Prices:
        """Return prices of nothing, to begin with."""
        ranks = (len(self._member), len(self._drops))
        return Prices(np.zeros(self.keys), np.zeros(ranks), np.zeros(3))

    def solve(self, prices: Prices) -> Relaxed:
        """Return the bound these prices give, and the relaxed tours it comes from."""
        value = self._worth_in_groups(prices.rank)
        value -= self._uses @ prices.key + self._spends @ prices.limit
        worth = np.tile(value, (len(self.nodes.hours), 1))
        if self._km is not None:
            worth -= prices.limit[0] * self._km[:, : self.nodes.count]
        ranks = np.arange(1, len(self._drops) + 1) * self._drops
        constant = float(
            prices.key[self._used].sum()
            + prices.limit @ self._capacity
            + (prices.rank @ ranks).sum()
        )
        ahead, paths, bound = [], [], constant
        for clock in self._days:
            gain, table, path = clock.solve(worth, float(prices.limit[0]))
            ahead.append(table)
            paths.append(path)
            bound += gain
        return Relaxed(prices, ahead, worth, constant, bound, paths)

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
        visits, km = self._visits(relaxed)
        key = np.where(self._used, 1.0 - visits @ self._uses, 0.0)
        limit = self._capacity - visits @ self._spends
        limit[0] -= km
        limit[~self._limited] = 0.0
        rank = np.zeros_like(old.rank)
        for g, in_group in enumerate(self._member):
            above = (visits * in_group) @ (self._score[:, None] > old.rank[g])
            rank[g] = self._drops * (np.arange(1, len(self._drops) + 1) - above)
        # A price of nothing cannot fall, unless its rule is an equation.
        key[(old.key <= 0) & (key > 0) & ~self._free_sign] = 0.0
        limit[(old.limit <= 0) & (limit > 0)] = 0.0
        rank[(old.rank <= 0) & (rank > 0)] = 0.0
        norm = float((key**2).sum() + (limit**2).sum() + (rank**2).sum())
        length = pace * max(relaxed.bound - target, 0.0) / norm if norm else 0.0
        moved = old.key - length * key
        return Prices(
            np.where(self._free_sign, moved, np.maximum(0.0, moved)),
            np.maximum(0.0, old.rank - length * rank),
            np.maximum(0.0, old.limit - length * limit),
        )

    def _visits(self, relaxed: Relaxed) -> tuple[Array, float]:
        """Return how often the relaxed tours visit each node, and the kilometres they walk."""
        visits, km = np.zeros(self.nodes.count), 0.0
        for day, path in enumerate(relaxed.paths):
            np.add.at(visits, path, 1.0)
            if self._km is not None:
                stops = [self.nodes.start(day), *path, self.nodes.end(day)]
                km += float(self._km[stops[:-1], stops[1:]].sum())
        return visits, km


class _Clock:
    """The clock of one day on a grid: where every step from node to node leads in time."""

    def __init__(self, nodes: Nodes, day: int, km: Array | None) -> None:
        plan, count = nodes.problem.days[day], nodes.count
        self._count = count
        self._rows = [*range(count), nodes.start(day)]
        self._slots = (plan.deadline_s - plan.depart_s) // GRID_S + 1
        hours = np.array(nodes.hours, dtype=np.int32)
        clock = (plan.depart_s + GRID_S * np.arange(self._slots, dtype=np.int32))[:, None, None]
        begin = clock + hours[np.ix_(self._rows, range(count))]
        np.maximum(begin, np.array(nodes.open_s[:count], dtype=np.int32), out=begin)
        slot = begin + (np.array(nodes.duration_s[:count], dtype=np.int32) - plan.depart_s)
        slot //= GRID_S
        impossible = begin > np.array(nodes.close_s[:count], dtype=np.int32)
        impossible |= slot >= self._slots
        impossible[:, range(count), range(count)] = True
        slot[impossible] = self._slots
        # One step leads from (slot, row) to this index of the table of gains, laid out flat.
        self._onto = slot * np.int32(count) + np.arange(count, dtype=np.int32)
        self._home = clock[:, :, 0] + hours[self._rows, nodes.end(day)] <= plan.deadline_s
        self._home_km = np.zeros(count + 1) if km is None else km[self._rows, nodes.end(day)]

    def solve(self, worth: Array, km_price: float) -> tuple[float, Array, list[int]]:
        """Return the gain of the best relaxed tour, that of every state, and the tour."""
        count = self._count
        ahead = np.full((self._slots + 1, count + 1), IMPOSSIBLE)
        flat = np.full((self._slots + 1) * count, IMPOSSIBLE)
        closing = np.where(self._home, -km_price * self._home_km, IMPOSSIBLE)
        steps = worth[self._rows]
        for slot in range(self._slots - 1, -1, -1):
            gains = flat[self._onto[slot]]
            gains += steps
            best = np.maximum(gains.max(axis=1), closing[slot])
            ahead[slot] = best
            flat[slot * count : slot * count + count] = best[:count]
        return float(ahead[0, count]), ahead, self._follow(ahead, flat, steps)

    def _follow(self, ahead: Array, flat: Array, steps: Array) -> list[int]:
        path: list[int] = []
        slot, row = 0, self._count
        while True:
            gains = flat[self._onto[slot, row]] + steps[row]
            node = int(gains.argmax())
            if gains[node] < ahead[slot, row] or gains[node] < IMPOSSIBLE / 2:
                return path
            path.append(node)
            slot, row = int(self._onto[slot, row, node]) // self._count, node
