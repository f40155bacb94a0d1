"""Solve a problem whose travel times are the same at any hour: search, prove, report."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from lens_routes.tour.day_by_day import bettered
from lens_routes.tour.proof.prove import Prover
from lens_routes.tour.report import missing, report
from lens_routes.tour.search.improve import Search
from lens_routes.tour.search.nodes import flatten, stopover
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.ways_home import require_ways_home

if TYPE_CHECKING:
    from lens_routes.tour.problem import Problem, Solution
    from lens_routes.tour.schedule import Stopover
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Effort, Stop


#: Iterations after which several days are taken not to hold what has to be in them: a proof of it
#: looks at all of them together, and is dear.
PATIENCE = 140
#: Iterations for a day of several, where the first look is not enough.
DAY_ITERATIONS = 100


def solve_static(problem: Problem, stop: Stop, seed: int, effort: Effort | None) -> Solution:
    """Choose and order visits on travel times that hold at any hour; see `tour.solve`."""
    require_ways_home(problem)
    nodes = flatten(problem)
    search, prover = Search(nodes, seed), Prover(nodes)
    proof = None
    if effort is not None:
        proof = prover.quickly(lambda upto: search.run(stop, upto - search.iterations).routes)
    if proof is None or not proof.proven:
        several = len(problem.days) > 1
        found = search.run(stop, PATIENCE if several else math.inf)
        tired = several and search.iterations >= PATIENCE
        if not tired or not missing(problem, _plan(nodes, found.routes)):
            found = search.run(stop)
            proof = None if effort is None else prover.fully(found.routes, effort)
    routes = proof.routes if proof is not None and proof.routes is not None else search.best.routes
    plan = _plan(nodes, routes)
    if len(plan) > 1 and proof is not None and not proof.proven and not missing(problem, plan):
        plan = bettered(problem, plan, partial(_solve_day, seed=seed, effort=effort))
    return report(problem, plan, proof, search.iterations)


def _plan(nodes: Nodes, routes: Routes) -> list[list[Stopover]]:
    return [[stopover(nodes.nodes[node]) for node in route] for route in routes]


def _solve_day(problem: Problem, seed: int, effort: Effort | None) -> Solution:
    return solve_static(problem, MaxIterations(DAY_ITERATIONS), seed, effort)
