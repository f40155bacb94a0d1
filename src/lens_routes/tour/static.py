"""Solve a problem whose travel times are the same at any hour: search, prove, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.tour.problem import Solution
from lens_routes.tour.proof.prove import prove
from lens_routes.tour.schedule import Stopover, marginal_scores, schedule
from lens_routes.tour.search.improve import improve
from lens_routes.tour.search.nodes import flatten
from lens_routes.tour.ways_home import require_ways_home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Problem
    from lens_routes.tour.proof.proof import Proof
    from lens_routes.tour.search.nodes import Node, Nodes
    from lens_routes.tour.search.stop import Effort, Stop


def solve_static(problem: Problem, stop: Stop, seed: int, effort: Effort | None) -> Solution:
    """Choose and order visits on travel times that hold at any hour; see `tour.solve`."""
    require_ways_home(problem)
    nodes = flatten(problem)
    found = improve(nodes, stop, seed)
    proof = None if effort is None else prove(nodes, found.routes, effort)
    routes = proof.routes if proof is not None and proof.routes is not None else found.routes
    return _report(nodes, routes, proof, found.iterations)


def _report(
    nodes: Nodes, routes: Sequence[Sequence[int]], proof: Proof | None, iterations: int
) -> Solution:
    problem = nodes.problem
    chosen = [[nodes.nodes[n] for n in route] for route in routes]
    marginal = marginal_scores(
        problem, [(n.site, n.option) for day in chosen for n in day if n.site is not None]
    )
    tours = tuple(
        schedule(problem, number, [_stop(node, marginal) for node in day])
        for number, day in enumerate(chosen)
    )
    keys = 0
    for day in chosen:
        for node in day:
            keys |= node.keys
    names = [site.id for site in problem.sites] + [pause.id for pause in problem.breaks]
    lacking = nodes.required & ~keys
    score = sum(visit.score for tour in tours for visit in tour.visits)
    proven = proof is not None and proof.proven
    bound = None if proof is None or lacking else proof.bound
    return Solution(
        tours=tours,
        score=score,
        # A proof is a bound equal to the score; their sums may differ in the last digit.
        bound=score if proven and not lacking else bound,
        proven=proven,
        missing=tuple(name for bit, name in enumerate(names) if lacking >> bit & 1),
        iterations=iterations,
    )


def _stop(node: Node, marginal: dict[int, float]) -> Stopover:
    score = 0.0 if node.site is None else marginal[node.site]
    return Stopover(node.site, node.option, node.pauses, score)
