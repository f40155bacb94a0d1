"""Say how good the best tours known are: bound the best from above, and close the gap if it pays.

Prices are stepped towards the lowest bound (`tour.proof.bound`); what gap remains is closed
by enumeration: of one day at once, of several days in `tour.proof.combine_days`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.proof.arrivals import merged_ways, ways_of
from lens_routes.tour.proof.bound import EQUAL, Relaxation
from lens_routes.tour.proof.combine_days import best_days
from lens_routes.tour.proof.enumerate_days import Enumeration
from lens_routes.tour.proof.proof import Proof, known_proof
from lens_routes.tour.proof.relaxed_day import Clock, NoClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.proof.arrivals import Ints, Positions, Ways
    from lens_routes.tour.proof.bound import DaySolver, Prices
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Effort

#: The grid of the clock, seconds, unless some step of a tour is shorter; and where there are so
#: many places that they are merged into regions.
GRID_S, COARSE_GRID_S = 60, 300
#: The steps from (slot, row) to node that the relaxed tours are given, at most: 4 bytes each; and
#: where places are merged, which leaves time to step the prices.
MOST_CELLS, MOST_MERGED_CELLS = 24_000_000, 8_000_000
#: The grid of the clock on which prices are looked for first, where that saves something: the steps
#: from (slot, row) to node it has to have; how often they are stepped on it, and then at most.
ROUGH_GRID_S, LEAST_ROUGH_CELLS, ROUGH_STEPS, FINE_STEPS = 300, 50_000, 30, 5
#: Without a grid, which rules little out, no more places than this are enumerated.
MOST_TIMELESS = 40
#: The share of rows that are single places, where places are merged; seconds added to their visits
#: in judging which are worth it.
SINGLE, ON_THE_WAY_S = 0.9, 600


def prove(nodes: Nodes, routes: Routes, effort: Effort) -> Proof | None:
    """Bound the best score, and try to close the gap.

    Parameters
    ----------
    nodes
        The problem.
    routes
        The best tours known.
    effort
        When to give up; counted in work, so that the answer does not depend on the machine.

    Returns
    -------
    Proof or None
        None where no bound can be worked out: the days are too long, or steps between many places
        take no time at all.
    """
    known = known_proof(nodes, routes)
    if nodes.required & ~_usable(nodes) or nodes.count == 0:
        return replace(known, bound=known.score)
    grid_s, rows = _shape(nodes)
    if rows < 1:
        return None
    region = _regions(nodes, rows)
    merged = rows < nodes.count
    days = range(len(nodes.problem.days))
    ways = [merged_ways(nodes, d, region) if merged else ways_of(nodes, d) for d in days]
    solvers: list[DaySolver] = [
        Clock(nodes, d, ways[d], region, grid_s) if grid_s else NoClock(rows) for d in days
    ]
    relaxation = Relaxation(nodes, solvers)
    prices = _rough_prices(nodes, ways, region, known.score) if grid_s and not merged else None
    cells = _slots(nodes, grid_s) * nodes.count * (rows + 1)
    # Merged places are few cells, and a rough bound is soon reached.
    steps = effort.steps // 2 if merged else min(effort.steps, effort.cells // cells)
    if prices is not None:
        steps = min(steps, FINE_STEPS)
    relaxed = relaxation.tighten(known.score, max(1, steps), prices)
    known = replace(known, bound=max(known.score, relaxed.bound))
    if known.proven or merged:
        return known

    def enumeration(day: int, partial_tours: int) -> Enumeration:
        return Enumeration(nodes, day, ways[day], relaxed, grid_s, known.score, partial_tours)

    if len(days) == 1:
        return best_day(nodes, enumeration(0, effort.partial_tours), known)
    return best_days(nodes, enumeration, relaxed, known, effort)


def best_day(nodes: Nodes, tours: Enumeration, known: Proof) -> Proof:
    """Return the best tour of a single day, or as good a bound as the effort allowed."""
    for number, level in enumerate(tours):
        promise = np.minimum(tours.promise(level), tours.worth(level))
        for i in np.argsort(-promise, kind="stable"):
            if promise[i] <= tours.score + EQUAL:
                break
            known = known.or_better((tours.trace(number, int(i)),), nodes)
            tours.score = known.score
    return replace(known, bound=max(known.score, tours.missed))


def _rough_prices(nodes: Nodes, ways: Sequence[Ways], region: Ints, score: float) -> Prices | None:
    """Return prices that are good on a coarse clock, where its steps take much less time."""
    grid_s = min(ROUGH_GRID_S, _shortest_s(nodes))
    if grid_s <= GRID_S or _slots(nodes, grid_s) * nodes.count**2 < LEAST_ROUGH_CELLS:
        return None
    days = range(len(nodes.problem.days))
    clocks = [Clock(nodes, d, ways[d], region, grid_s) for d in days]
    return Relaxation(nodes, clocks).tighten(score, ROUGH_STEPS).prices


def _shortest_s(nodes: Nodes) -> int:
    """Return the time of the shortest step between nodes, and from the start of a day, seconds."""
    count = nodes.count
    rows = [*range(count), *(nodes.start(day) for day in range(len(nodes.problem.days)))]
    steps = nodes.travel[rows, :count] + np.array(nodes.duration_s[:count], dtype=np.float32)
    steps[range(count), range(count)] = COARSE_GRID_S
    return int(steps.min())


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
    shortest_s = _shortest_s(nodes)
    if shortest_s < 1:
        return 0, count if count <= MOST_TIMELESS else 0
    grid_s = min(GRID_S, shortest_s)
    if _slots(nodes, grid_s) * count * (count + 1) <= MOST_CELLS:
        return grid_s, count
    grid_s = min(COARSE_GRID_S, shortest_s)
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
