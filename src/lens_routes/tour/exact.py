"""Prove a day the best there is, or find a better one: enumerate what the bound cannot rule out.

Partial tours grow one visit at a time. Of those that have visited the same places and stand at
the same one, only the earliest is kept (M. Held, R. M. Karp, "A dynamic programming approach to
sequencing problems", SIAM Journal 10 (1962), 196-210); and of those only the ones whose gain so
far plus the most still to be gained (see `lens_routes.tour.bound`) exceeds the best tour known.
When none is left, the best tour known is the best there is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.bound import GRID_S, IMPOSSIBLE
from lens_routes.tour.returns import prize

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lens_routes.tour.bound import Relaxation, Relaxed
    from lens_routes.tour.construct import Routes
    from lens_routes.tour.nodes import Nodes
    from lens_routes.tour.stop import Effort

#: Scores closer than this are equal: they are sums of a few decimals.
EQUAL = 1e-6
WORD = 62  # keys in one 64-bit word
#: Extensions worked out at once: enough for numpy, little enough for the cache.
CHUNK = 400_000


@dataclass(frozen=True, slots=True)
class Proof:
    """The best tours known (None: none with all required keys), their score, a bound on any."""

    routes: Routes | None
    score: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing better exists; without tours: whether there are none."""
        return self.bound <= self.score + EQUAL


def known_proof(nodes: Nodes, routes: Routes) -> Proof:
    """Return what is known of some tours before anything is proven."""
    chosen = [node for route in routes for node in route]
    keys = 0
    for node in chosen:
        keys |= nodes.nodes[node].keys
    if nodes.required & ~keys:
        # Any tour with all that is required will beat this.
        return Proof(None, -1.0, math.inf)
    score = prize(nodes, chosen) - nodes.bonus * nodes.required.bit_count()
    return Proof(routes, score, math.inf)


@dataclass(slots=True)
class _Level:
    """Partial tours of one length; ``parent`` points into the level before."""

    node: npt.NDArray[np.int32]
    clock: npt.NDArray[np.int32]
    gain: npt.NDArray[np.float64]
    keys: npt.NDArray[np.uint64]
    walk: npt.NDArray[np.float64]
    cost: npt.NDArray[np.int64]
    parent: npt.NDArray[np.int64]


class Enumeration:
    """All partial tours the bound cannot rule out, one visit longer at each level."""

    def __init__(
        self,
        relaxation: Relaxation,
        relaxed: Relaxed,
        known: Proof,
        effort: Effort,
    ) -> None:
        nodes = relaxation.nodes
        self.nodes, self.problem, self.relaxed = nodes, nodes.problem, relaxed
        self.routes, self.score = known.routes, known.score
        count = nodes.count
        self.count = count
        self.hours = np.array(nodes.hours, dtype=np.int32)
        self.opens = np.array(nodes.open_s[:count], dtype=np.int32)
        self.closes = np.array(nodes.close_s[:count], dtype=np.int32)
        self.lasts = np.array(nodes.duration_s[:count], dtype=np.int32)
        self.costs = np.array(nodes.cost, dtype=np.int64)
        words = -(-relaxation.keys // WORD)
        self.keys = np.zeros((count, words), dtype=np.uint64)
        for i, node in enumerate(nodes.nodes):
            for word in range(words):
                self.keys[i, word] = node.keys >> (WORD * word) & ((1 << WORD) - 1)
        self.levels: list[_Level] = []
        self.left = effort.partial_tours

    def run(self) -> Proof:
        """Grow all partial tours; return the best tour and what bounds the rest."""
        day = self.problem.days[0]
        words = self.keys.shape[1]
        level = _Level(
            np.array([self.count], dtype=np.int32),
            np.array([day.depart_s], dtype=np.int32),
            np.zeros(1),
            np.zeros((1, words), dtype=np.uint64),
            np.zeros(1),
            np.zeros(1, dtype=np.int64),
            np.zeros(1, dtype=np.int64),
        )
        while len(level.node):
            self.levels.append(level)
            self._finish(level)
            longer = self._grow(level)
            if longer is None:
                return Proof(self.routes, self.score, self._most(level))
            level = longer
        return Proof(self.routes, self.score, self.score)

    def _slots(self, clock: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        slots: npt.NDArray[np.int32] = (clock - self.problem.days[0].depart_s) // GRID_S
        return slots

    def _most(self, level: _Level) -> float:
        """Return the most that any partial tour of a level can still come to."""
        ahead = self.relaxed.ahead[0][self._slots(level.clock), level.node]
        return max(self.score, float((level.gain + ahead).max()) + self.relaxed.constant)

    def _grow(self, level: _Level) -> _Level | None:
        """Return the partial tours one visit longer that may still beat the best tour known.

        None when they are more than the effort allows.
        """
        size = max(1, CHUNK // self.count)
        parts = []
        for first in range(0, len(level.node), size):
            part = self._grow_some(level, slice(first, first + size), first)
            self.left -= len(part.node)
            if self.left < 0:
                return None
            parts.append(part)
        grown = _Level(
            *(
                np.concatenate([getattr(part, field) for part in parts])
                for field in ("node", "clock", "gain", "keys", "walk", "cost", "parent")
            )
        )
        return self._undominated(grown)

    def _grow_some(self, level: _Level, some: slice, first: int) -> _Level:
        here = level.node[some]
        begin = self.hours[here, : self.count] + level.clock[some, None]
        np.maximum(begin, self.opens, out=begin)
        allowed = begin <= self.closes
        for word in range(self.keys.shape[1]):
            allowed &= (level.keys[some, None, word] & self.keys[None, :, word]) == 0
        begin += self.lasts
        allowed &= begin <= self.problem.days[0].deadline_s
        row, node = np.nonzero(allowed)
        clock = begin[row, node]
        gain = level.gain[some][row] + self.relaxed.worth[here[row], node]
        ahead = self.relaxed.ahead[0][self._slots(clock), node]
        good = gain + ahead + self.relaxed.constant > self.score + EQUAL
        walk, cost = level.walk[some][row], level.cost[some][row] + self.costs[node]
        if self.nodes.walk is not None and self.problem.max_walk_m is not None:
            walk = walk + self.nodes.walk[here[row], node]
            home = self.nodes.walk[node, self.nodes.end(0)]
            good &= walk + home <= self.problem.max_walk_m + 1e-3
        if self.problem.max_cost is not None:
            good &= cost <= self.problem.max_cost
        row, node = row[good], node[good]
        return _Level(
            node.astype(np.int32),
            clock[good],
            gain[good],
            level.keys[some][row] | self.keys[node],
            walk[good],
            cost[good],
            row + first,
        )

    def _undominated(self, level: _Level) -> _Level:
        """Keep, of partial tours with the same visits and the same last one, the earliest.

        One that walks less than the earliest is kept beside it.
        """
        words = list(level.keys.T)
        order = np.lexsort([level.walk, level.clock, level.node, *words])
        same = level.node[order][1:] == level.node[order][:-1]
        for word in words:
            same &= word[order][1:] == word[order][:-1]
        leader = np.arange(len(order))
        leader[1:][same] = 0
        leader = np.maximum.accumulate(leader)
        # Two ways of visiting the same site may score differently.
        kept = leader == np.arange(len(order))
        kept |= level.gain[order] > level.gain[order][leader] + EQUAL
        if self.problem.max_walk_m is not None:
            kept |= level.walk[order] < level.walk[order][leader] - 1e-3
        chosen = order[kept]
        return _Level(
            level.node[chosen],
            level.clock[chosen],
            level.gain[chosen],
            level.keys[chosen],
            level.walk[chosen],
            level.cost[chosen],
            level.parent[chosen],
        )

    def _finish(self, level: _Level) -> None:
        """Compare the partial tours, gone home now, with the best tour known."""
        rows = np.where(level.node == self.count, self.nodes.start(0), level.node)
        ahead = self._home(level, rows)
        promise = level.gain + ahead + self.relaxed.constant
        for i in np.argsort(-promise, kind="stable"):
            if promise[i] <= self.score + EQUAL:
                return
            route = self._trace(int(i))
            found = known_proof(self.nodes, (route,))
            if found.score > self.score + EQUAL and not self._too_many(route):
                self.routes, self.score = found.routes, found.score

    def _too_many(self, route: Sequence[int]) -> bool:
        most = self.problem.max_visits
        visits = sum(self.nodes.nodes[n].site is not None for n in route)
        return most is not None and visits > most

    def _home(self, level: _Level, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        end = self.nodes.end(0)
        in_time = level.clock + self.hours[rows, end] <= self.problem.days[0].deadline_s
        price = np.zeros(len(rows))
        if self.nodes.walk is not None:
            metres = self.nodes.walk[rows, end]
            price = self.relaxed.prices.limit[0] * metres / 1000
            if self.problem.max_walk_m is not None:
                in_time &= level.walk + metres <= self.problem.max_walk_m + 1e-3
        return np.where(in_time, -price, IMPOSSIBLE)

    def _trace(self, i: int) -> tuple[int, ...]:
        route = []
        for level in reversed(self.levels[1:]):
            route.append(int(level.node[i]))
            i = int(level.parent[i])
        return tuple(reversed(route))
