"""Prove a day the best there is, or find a better one: enumerate what the bound cannot rule out.

Partial tours grow one visit at a time. Of those that have visited the same places and stand at
the same one, only the earliest is kept (M. Held, R. M. Karp, "A dynamic programming approach to
sequencing problems", SIAM Journal 10 (1962), 196-210); and of those only the ones whose gain so
far plus the most still to be gained (see `lens_routes.tour.bound`) exceeds the best tour known.
When none is left, the best tour known is the best there is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.bound import GRID_S, IMPOSSIBLE, Relaxation, Relaxed
from lens_routes.tour.construct import prize

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lens_routes.tour.construct import Routes
    from lens_routes.tour.nodes import Nodes
    from lens_routes.tour.stop import Effort

#: Scores closer than this are equal: they are sums of a few decimals.
EQUAL = 1e-6
WORD = 62  # keys in one 64-bit word
#: Extensions worked out at once: enough for numpy, little enough for the cache.
CHUNK = 400_000
#: More steps than this do not fit into memory: 4 bytes each.
MOST_CELLS = 40_000_000


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


def prove(nodes: Nodes, routes: Routes, effort: Effort) -> Proof | None:
    """Bound the best score, and for a single day try to close the gap.

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
        None where the bound cannot be worked out: steps of the tour are shorter than its grid, or
        there are too many of them.
    """
    known = _known(nodes, routes)
    if nodes.count == 0:
        return replace(known, bound=known.score)
    if not _fits_grid(nodes) or _cells(nodes) > MOST_CELLS:
        return None
    relaxation = Relaxation(nodes)
    steps = max(1, min(effort.steps, effort.cells // max(1, _cells(nodes))))
    relaxed = tighten(relaxation, known.score, steps)
    known = replace(known, bound=max(known.score, relaxed.bound))
    if known.proven or len(routes) > 1:
        return known
    return _Enumeration(relaxation, relaxed, known, effort).run()


def _known(nodes: Nodes, routes: Routes) -> Proof:
    chosen = [node for route in routes for node in route]
    keys = 0
    for node in chosen:
        keys |= nodes.nodes[node].keys
    if nodes.required & ~keys:
        # Any tour with all that is required will beat this.
        return Proof(None, -1.0, math.inf)
    score = prize(nodes, chosen) - nodes.bonus * nodes.required.bit_count()
    return Proof(routes, score, math.inf)


def _cells(nodes: Nodes) -> int:
    """Return how many steps the relaxed tours may take: places squared, times slots."""
    slots = sum(1 + (day.deadline_s - day.depart_s) // GRID_S for day in nodes.problem.days)
    return slots * nodes.count * (nodes.count + 1)


def _fits_grid(nodes: Nodes) -> bool:
    count = nodes.count
    rows = [*range(count), *(nodes.start(day) for day in range(len(nodes.problem.days)))]
    return all(
        nodes.hours[i][j] + nodes.duration_s[j] >= GRID_S
        for i in rows
        for j in range(count)
        if i != j
    )


def tighten(relaxation: Relaxation, target: float, steps: int) -> Relaxed:
    """Return the relaxed problem with the lowest bound found in a number of steps."""
    prices, pace, idle = relaxation.free(), 1.0, 0
    best: Relaxed | None = None
    for _ in range(steps):
        relaxed = relaxation.solve(prices)
        if best is None or relaxed.bound < best.bound - 1e-4 * abs(best.bound):
            best, idle = relaxed, 0
        else:
            best = min(best, relaxed, key=lambda r: r.bound)
            idle += 1
        if best.bound <= target + EQUAL:
            break
        if idle == 3:
            pace, idle = pace / 2, 0
            if pace < 0.1:
                break
        prices = relaxation.step(relaxed, target, pace)
    if best is None:
        raise ValueError("a bound takes at least one step")
    return best
