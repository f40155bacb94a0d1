"""Solve a problem whose travel times are the same at any hour: search, prove, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.tour.proof.prove import Prover
from lens_routes.tour.report import report
from lens_routes.tour.search.improve import Search
from lens_routes.tour.search.nodes import flatten, stopover
from lens_routes.tour.ways_home import require_ways_home

if TYPE_CHECKING:
    from lens_routes.tour.problem import Problem, Solution
    from lens_routes.tour.search.stop import Effort, Stop


#: Iterations before a first look whether there is anything better at all.
QUICK_ITERATIONS = 40


def solve_static(problem: Problem, stop: Stop, seed: int, effort: Effort | None) -> Solution:
    """Choose and order visits on travel times that hold at any hour; see `tour.solve`."""
    require_ways_home(problem)
    nodes = flatten(problem)
    search, prover = Search(nodes, seed), Prover(nodes)
    proof = None
    if effort is not None:
        proof = prover.quickly(search.run(stop, QUICK_ITERATIONS).routes)
    if proof is None or not proof.proven:
        found = search.run(stop)
        proof = None if effort is None else prover.fully(found.routes, effort)
    routes = proof.routes if proof is not None and proof.routes is not None else search.best.routes
    plan = [[stopover(nodes.nodes[node]) for node in route] for route in routes]
    return report(problem, plan, proof, search.iterations)
