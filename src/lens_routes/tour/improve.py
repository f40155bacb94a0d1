"""Improve tours by taking spans out and filling the gaps again: a large neighbourhood search.

Each iteration removes a few stretches of neighbouring visits, inserts what fits best with some
chance in the order of preference, and keeps the result if it is hardly worse than before. How much
worse shrinks as a cycle goes on; cycles grow longer, each beginning from one of the best tours
found (after P. Shaw, "Using constraint programming and local search methods to solve vehicle
routing problems", CP-98, and J. Christiaens, G. Vanden Berghe, "Slack induction by string
removals for vehicle routing problems", Transportation Science 54 (2020), 417-433).
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.construct import Draft

if TYPE_CHECKING:
    from lens_routes.tour.construct import Floats, Routes
    from lens_routes.tour.nodes import Nodes
    from lens_routes.tour.stop import Stop


@dataclass(frozen=True, slots=True)
class Parameters:
    """How the search behaves; the defaults are those measured best on the benchmark.

    ``span`` is the mean number of visits removed from one route; ``powers`` the exponents of the
    score in the appeal of a visit; ``noise`` how far chance bends the appeal; ``warmth`` the loss
    accepted at the start of a cycle, as a share of the mean score of a visit; ``cycle`` the
    iterations of the first cycle and ``growth`` how much longer each next one is.
    """

    span: float = 3.0
    powers: tuple[float, ...] = (1.0, 1.5, 2.0, 3.0)
    noise: float = 0.4
    shun: float = 0.2
    warmth: float = 0.5
    cycle: int = 300
    growth: float = 1.5


@dataclass(frozen=True, slots=True)
class Found:
    """The best tours found, their prize and the iterations it took to stop."""

    routes: Routes
    prize: float
    iterations: int


def improve(
    nodes: Nodes,
    stop: Stop,
    seed: int = 1,
    routes: Routes = (),
    parameters: Parameters | None = None,
) -> Found:
    """Search for the tours with the greatest prize.

    Parameters
    ----------
    nodes
        The problem.
    stop
        When to end.
    seed
        Chooses the run: the same seed repeats the same search.
    routes
        Tours to begin with; empty: those of plain insertion.
    parameters
        How the search behaves.
    """
    p = parameters or Parameters()
    rng = random.Random(seed)  # noqa: S311  # a search, not a secret
    draft = Draft(nodes, routes)
    draft.fill(_appeal(draft, p.powers[0], 0.0, rng))
    current = best = (draft.score(), -draft.seconds())
    current_routes = best_routes = draft.snapshot()
    cycle, step, iterations = p.cycle, 0, 0
    while not stop(best[0]):
        iterations += 1
        step += 1
        if step > cycle:
            step, cycle = 0, math.ceil(cycle * p.growth)
            current, current_routes = best, best_routes
            draft.load(current_routes)
        _ruin(draft, p, rng)
        appeal = _appeal(draft, rng.choice(p.powers), p.noise, rng)
        if p.shun and rng.random() < 0.5:
            kept = np.array([rng.random() >= p.shun for _ in range(len(appeal))])
            draft.fill(appeal * kept)
        draft.fill(appeal)
        new = (draft.score(), -draft.seconds())
        if _accept(new, current, p.warmth * (1 - step / cycle), nodes, rng):
            current, current_routes = new, draft.snapshot()
            if new > best:
                best, best_routes = new, current_routes
        else:
            draft.load(current_routes)
    return Found(best_routes, best[0], iterations)


def _appeal(draft: Draft, power: float, noise: float, rng: random.Random) -> Floats:
    appeal = draft.prize**power
    if noise:
        factors = np.array([rng.random() for _ in range(len(appeal))])
        appeal *= 1.0 - noise * factors
    result: Floats = appeal.astype(np.float32)
    return result


def _accept(
    new: tuple[float, int],
    old: tuple[float, int],
    warmth: float,
    nodes: Nodes,
    rng: random.Random,
) -> bool:
    if new >= old:
        return True
    mean = (nodes.bonus - 1.0) / max(1, len(nodes.problem.sites))
    loss = old[0] - new[0]
    return loss < -math.log(1.0 - rng.random()) * warmth * mean


def _ruin(draft: Draft, p: Parameters, rng: random.Random) -> None:
    for day, route in enumerate(draft.routes):
        visits = len(route.stops) - 2
        if visits < 1:
            continue
        length = min(visits, 1 + int(-math.log(1.0 - rng.random()) * (p.span - 1.0)))
        first = rng.randint(1, visits - length + 1)
        draft.remove(day, first, first + length)
