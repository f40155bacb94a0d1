"""Solve a problem whose travel times are the same at any hour: search, prove, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.tour.proof.prove import prove
from lens_routes.tour.report import report
from lens_routes.tour.search.improve import improve
from lens_routes.tour.search.nodes import flatten, stopover
from lens_routes.tour.ways_home import require_ways_home

if TYPE_CHECKING:
    from lens_routes.tour.problem import Problem, Solution
    from lens_routes.tour.search.stop import Effort, Stop


def solve_static(problem: Problem, stop: Stop, seed: int, effort: Effort | None) -> Solution:
    """Choose and order visits on travel times that hold at any hour; see `tour.solve`."""
    require_ways_home(problem)
    nodes = flatten(problem)
    found = improve(nodes, stop, seed)
    proof = None if effort is None else prove(nodes, found.routes, effort)
    routes = proof.routes if proof is not None and proof.routes is not None else found.routes
    plan = [[stopover(nodes.nodes[node]) for node in route] for route in routes]
    return report(problem, plan, proof, found.iterations)
