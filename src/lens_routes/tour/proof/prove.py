"""Say how good the best tours known are: bound the best from above, and close the gap if it pays.

Prices are stepped towards the lowest bound (`tour.proof.bound`); what gap remains is closed
by enumeration: of one day at once, of several days in `tour.proof.combine_days`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.proof.arrivals import merged_ways, nodes_of, ways_of
from lens_routes.tour.proof.bound import EQUAL, Relaxation
from lens_routes.tour.proof.combine_days import best_days
from lens_routes.tour.proof.enumerate_days import Enumeration
from lens_routes.tour.proof.great_bonuses import lowered
from lens_routes.tour.proof.proof import Proof, known_proof
from lens_routes.tour.proof.relaxed_day import Clock, NoClock, shortest_s
from lens_routes.tour.search.stop import Effort

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.tour.proof.arrivals import Ints, Positions, Ways
    from lens_routes.tour.proof.bound import DaySolver, Prices
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes

#: The grid of the clock, seconds, unless some step of a tour is shorter; and where there are so
#: many places that they are merged into regions.
GRID_S, COARSE_GRID_S = 60, 300
#: The steps from (slot, row) to node that the relaxed tours are given, at most: 4 bytes each; and
#: where places are merged, which leaves time to step the prices.
MOST_CELLS, MOST_MERGED_CELLS = 24_000_000, 8_000_000
#: The grid of the clock that is tried first; how often prices are stepped on it, and then at most.
ROUGH_GRID_S, ROUGH_STEPS, FINE_STEPS = 300, 30, 5
#: Of the partial tours allowed, the share that may be enumerated by the rough clock.
ROUGH_SHARE = 0.25
#: A day is often proven at once: after so many iterations of the search, by so much work; of many
#: places a loose bound leaves too many tours, and prices are stepped more often.
QUICK = (
    (5, Effort(steps=3, partial_tours=15_000)),
    (40, Effort(steps=ROUGH_STEPS, partial_tours=40_000)),
)
MANY, MANY_STEPS = 100, 8
#: Without a grid, which rules little out, no more places than this are enumerated.
MOST_TIMELESS = 40
#: The share of rows that are single places, where places are merged; seconds added to their visits
#: in judging which are worth it.
SINGLE, ON_THE_WAY_S = 0.9, 600


class Prover:
    """Bounds the best score of a problem, and tries to close the gap.

    Parameters
    ----------
    nodes
        The problem.
    """

    def __init__(self, nodes: Nodes) -> None:
        self._whole = self._nodes = nodes
        self._days = range(len(nodes.problem.days))
        self._impossible = bool(nodes.required & ~_usable(nodes)) or nodes.count == 0
        self._grid_s, self._rows = (0, 0) if self._impossible else _shape(nodes)
        self._merged = 0 < self._rows < nodes.count
        self._rough_s = _rough_grid_s(nodes, self._grid_s) if not self._merged else self._grid_s
        self._clocks: dict[int, list[DaySolver]] = {}
        self._prices: Prices | None = None
        self._come_upon: Routes | None = None
        #: The partial tours that were allowed by the rough clock.
        self._tried = 0

    def quickly(self, search: Callable[[int], Routes]) -> Proof | None:
        """Return what little work proves of tours of a single day; None: nothing.

        *search* returns the best tours known after so many iterations.
        """
        if len(self._days) > 1 or self._impossible or self._rows < 1 or self._merged:
            return None
        least = MANY_STEPS if self._nodes.count >= MANY else 0
        for iterations, effort in QUICK:
            work = effort._replace(steps=max(least, effort.steps))
            known = self._attempt(self._known(search(iterations)), self._rough_s, work)
            self._come_upon, self._tried = known.routes, effort.partial_tours
            if known.proven:
                break
        return self._told(known)

    def fully(self, routes: Routes, effort: Effort) -> Proof | None:
        """Return what is proven of some tours, or of better ones come upon.

        Parameters
        ----------
        routes
            The best tours known.
        effort
            When to give up; counted in work, so that the answer does not depend on the machine.

        Returns
        -------
        Proof or None
            None where no bound can be worked out: the days are too long, or steps between many
            places take no time at all.
        """
        if self._impossible:
            known = known_proof(self._nodes, routes)
            return known._replace(bound=known.score)
        if self._rows < 1:
            return None
        known = self._known(routes)
        steps = min(effort.steps, effort.cells // self._cells(self._grid_s))
        if self._rough_s > self._grid_s:
            some = int(ROUGH_SHARE * effort.partial_tours)
            if some > self._tried:
                rough = effort._replace(steps=ROUGH_STEPS, partial_tours=some)
                known = self._attempt(known, self._rough_s, rough)
            if known.proven:
                return self._told(known)
            steps = min(steps, FINE_STEPS)
        return self._told(self._attempt(known, self._grid_s, effort._replace(steps=max(1, steps))))

    def _known(self, routes: Routes) -> Proof:
        """Return what is known of some tours, or of better ones come upon.

        That is in a problem of no greater bonuses than it takes.
        """
        nodes = lowered(self._whole, routes)
        if [node.bonus for node in nodes.nodes] != [node.bonus for node in self._nodes.nodes]:
            self._prices = None
        self._nodes, known = nodes, known_proof(nodes, routes)
        return known if self._come_upon is None else known.or_better(self._come_upon, nodes)

    def _told(self, known: Proof) -> Proof:
        """Return a proof in the bonuses of the whole problem."""
        less = self._nodes.less
        return known._replace(score=known.score + less, bound=known.bound + less)

    def _attempt(self, known: Proof, grid_s: int, effort: Effort) -> Proof:
        """Return what is proven with a clock of some grid."""
        relaxation = Relaxation(self._nodes, self._solvers(grid_s))
        relaxed = relaxation.tighten(known.score, effort.steps, self._prices)
        self._prices = relaxed.prices
        known = known._replace(bound=max(known.score, min(known.bound, relaxed.bound)))
        if known.proven or self._merged:
            return known

        def enumeration(day: int, partial_tours: int) -> Enumeration:
            ways = self._ways[day]
            return Enumeration(self._nodes, day, ways, relaxed, grid_s, known.score, partial_tours)

        if len(self._days) == 1:
            return best_day(self._nodes, enumeration(0, effort.partial_tours), known)
        return best_days(self._nodes, enumeration, relaxed, known, effort)

    def _solvers(self, grid_s: int) -> list[DaySolver]:
        if grid_s not in self._clocks:
            self._clocks[grid_s] = [
                Clock(self._nodes, day, self._ways[day], self._regions[day], grid_s)
                if grid_s
                else NoClock(self._rows)
                for day in self._days
            ]
        return self._clocks[grid_s]

    @cached_property
    def _regions(self) -> list[tuple[Positions, Ints]]:
        """The nodes of each day, and the region of each: itself, unless places are merged."""
        if self._merged:
            everywhere = np.arange(self._nodes.count), _regions(self._nodes, self._rows)
            return [everywhere for _ in self._days]
        found = (nodes_of(self._nodes, day) for day in self._days)
        return [(mine, np.arange(len(mine), dtype=np.int32)) for mine in found]

    @cached_property
    def _ways(self) -> list[Ways]:
        if self._merged:
            return [merged_ways(self._nodes, day, *self._regions[day]) for day in self._days]
        return [ways_of(self._nodes, day) for day in self._days]

    def _cells(self, grid_s: int) -> int:
        cells = _slots(self._nodes, grid_s) * self._nodes.count * (self._rows + 1)
        # Merged places are few cells, and a rough bound is soon reached.
        return 2 * cells if self._merged else cells


def best_day(nodes: Nodes, tours: Enumeration, known: Proof) -> Proof:
    """Return the best tour of a single day, or as good a bound as the effort allowed."""
    for number, level in enumerate(tours):
        promise = np.minimum(tours.promise(level), tours.worth(level))
        for i in np.argsort(-promise, kind="stable"):
            if promise[i] <= tours.score + EQUAL:
                break
            visits = tours.trace(number, np.array([i]))[:, 0].tolist()
            known = known.or_better((tuple(visits),), nodes)
            tours.score = known.score
    return known._replace(bound=max(known.score, min(known.bound, tours.missed)))


def _rough_grid_s(nodes: Nodes, grid_s: int) -> int:
    """Return the grid of a clock whose steps take much less time; the same where none is."""
    rough_s = min(ROUGH_GRID_S, shortest_s(nodes)) if grid_s else 0
    return rough_s if rough_s > GRID_S else grid_s


def _usable(nodes: Nodes) -> int:
    keys = 0
    for node in nodes.nodes:
        keys |= node.keys
    return keys


def _shape(nodes: Nodes) -> tuple[int, int]:
    """Return the grid of the clock, and how many regions the places are merged into.

    No step may be shorter than the grid. Where steps take no time there is no grid (0), and where
    there are many places besides, no region.
    """
    count = nodes.count
    least_s = shortest_s(nodes)
    if least_s < 1:
        return 0, count if count <= MOST_TIMELESS else 0
    grid_s = min(GRID_S, least_s)
    if _slots(nodes, grid_s) * count * (count + 1) <= MOST_CELLS:
        return grid_s, count
    grid_s = min(COARSE_GRID_S, least_s)
    return grid_s, MOST_MERGED_CELLS // (_slots(nodes, grid_s) * count) - 1


def _slots(nodes: Nodes, grid_s: int) -> int:
    if not grid_s:
        return len(nodes.problem.days)
    return sum(1 + (day.deadline_s - day.depart_s) // grid_s for day in nodes.problem.days)


def _regions(nodes: Nodes, most: int) -> Ints:
    """Return for each node its region: as many as there are nodes, or *most*.

    Most regions are single nodes, those worth most for their time; the others are around centres,
    each the farthest from those before.
    """
    count = nodes.count
    region = np.arange(count, dtype=np.int32)
    if count <= most:
        return region
    lengths = np.array(nodes.duration_s[:count]) + ON_THE_WAY_S
    worth = np.array([node.score + node.bonus for node in nodes.nodes]) / lengths
    single = int(SINGLE * most)
    order = np.argsort(-worth, kind="stable")
    region[order[:single]] = np.arange(single)
    region[order[single:]] = single + _clusters(nodes, order[single:], most - single)
    return region


def _clusters(nodes: Nodes, members: Positions, number: int) -> Ints:
    """Return for each of some nodes its cluster."""
    apart = nodes.travel[np.ix_(members, members)]
    apart = np.minimum(apart, apart.T)
    apart[range(len(members)), range(len(members))] = -1.0
    cluster = np.zeros(len(members), dtype=np.int32)
    nearest = apart[0].copy()
    for centre in range(1, number):
        distance = apart[int(nearest.argmax())]
        closer = distance < nearest
        cluster[closer] = centre
        nearest[closer] = distance[closer]
    return cluster
