"""Say how good the best tours known are: bound the best from above, and close the gap if it pays.

Prices are stepped towards the lowest bound (`lens_routes.tour.bound`); what gap remains on a
single day is enumerated (`lens_routes.tour.exact`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.tour.bound import GRID_S, Relaxation, Relaxed
from lens_routes.tour.exact import EQUAL, Enumeration, Proof, known_proof

if TYPE_CHECKING:
    from lens_routes.tour.construct import Routes
    from lens_routes.tour.nodes import Nodes
    from lens_routes.tour.stop import Effort

#: More steps of the relaxed tours than this do not fit into memory: 4 bytes each.
MOST_CELLS = 40_000_000
#: The share of Polyak's step length to begin with, and where stepping no longer helps.
FIRST_PACE, LAST_PACE = 1.0, 0.1


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
    known = known_proof(nodes, routes)
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
    return Enumeration(relaxation, relaxed, known, effort).run()


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
    prices, pace, idle = relaxation.free(), FIRST_PACE, 0
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
            if pace < LAST_PACE:
                break
        prices = relaxation.step(relaxed, target, pace)
    if best is None:
        raise ValueError("a bound takes at least one step")
    return best
