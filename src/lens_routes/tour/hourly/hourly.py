"""Plan with travel times that depend on the hour: trains and buses.

A beam search builds days on true times (`tour.hourly.beam`), and a local search betters them
(`tour.hourly.reinsert`). The bound and the proof know the true times as well: whoever leaves later
does not arrive earlier, which is all they ask (`tour.proof.arrivals`).
"""

from __future__ import annotations

import math
import random
from functools import partial
from typing import TYPE_CHECKING

from lens_routes.tour.hourly.beam import Beam
from lens_routes.tour.hourly.latest_departures import Timing
from lens_routes.tour.hourly.reinsert import Reinsertion
from lens_routes.tour.problem import Solution
from lens_routes.tour.proof.bound import EQUAL
from lens_routes.tour.proof.prove import Prover
from lens_routes.tour.report import missing, report
from lens_routes.tour.schedule import Stopover
from lens_routes.tour.search.nodes import flatten, stopover
from lens_routes.tour.search.stop import FirstOf, MaxIterations
from lens_routes.tour.ways_home import require_ways_home

if TYPE_CHECKING:
    from lens_routes.tour.hourly.latest_departures import Plan
    from lens_routes.tour.problem import HourlyTimes, Problem, Solution
    from lens_routes.tour.schedule import Stopover
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Effort, Stop

#: Iterations before a first look whether there is anything better at all.
QUICK_ITERATIONS = 100
#: The share of the partial tours allowed that a proof takes here, where each takes much longer.
PROOF_SHARE = 0.1
#: Iterations of the search from a plan that the proof came upon.
FURTHER_ITERATIONS = 100


def solve_hourly(
    problem: Problem, travel: HourlyTimes, stop: Stop, seed: int, effort: Effort | None
) -> Solution:
    """Choose and order visits on travel times that depend on the hour; see `solve`."""
    require_ways_home(problem)
    nodes, timing = flatten(problem), Timing(problem, travel)
    guesses = [_plan(nodes, Beam(nodes, travel, seed).days())]
    search = Reinsertion(nodes, travel, timing, random.Random(seed))  # noqa: S311  # no secret
    prover, proof, iterations = Prover(nodes), None, 0
    plan: Plan = []
    if effort is not None:
        plan, iterations = search.run(guesses, FirstOf(stop, MaxIterations(QUICK_ITERATIONS)))
        routes, guesses = _routes(nodes, plan, timing), [plan]
        proof = prover.quickly(lambda _upto: routes)
    if proof is None or not proof.proven:
        plan, further = search.run(guesses, stop)
        iterations += further
        if effort is not None:
            less = effort._replace(partial_tours=int(PROOF_SHARE * effort.partial_tours))
            proof = prover.fully(_routes(nodes, plan, timing), less)
    if proof is not None and proof.routes is not None:
        better = _plan(nodes, proof.routes)
        if timing.works(better):
            gained = missing(problem, plan) or proof.score > timing.value(plan) + EQUAL
            plan = better
            if gained and not proof.proven:
                # The proof came upon something else, such as a way to all musts, and gave up.
                plan, further = search.run([plan], MaxIterations(FURTHER_ITERATIONS))
                iterations += further
    return report(problem, plan, proof, iterations)


def _plan(nodes: Nodes, routes: Routes) -> Plan:
    """Return the stops of routes."""
    return [[stopover(nodes.nodes[node]) for node in route] for route in routes]


def _routes(nodes: Nodes, plan: Plan, timing: Timing) -> Routes:
    """Return the nodes of a plan: of each stop the one whose window it begins in."""
    ways: dict[Stopover, list[int]] = {}
    for number, node in enumerate(nodes.nodes):
        ways.setdefault(stopover(node)._replace(from_s=0), []).append(number)
    return tuple(
        tuple(
            min(
                ways[stop._replace(score=0.0, from_s=0)],
                key=partial(_leave, nodes, max(arrive, stop.from_s)),
            )
            for stop, arrive in zip(stops, timing.arrivals(number, stops), strict=True)
        )
        for number, stops in enumerate(plan)
    )


def _leave(nodes: Nodes, arrive_s: int, number: int) -> float:
    node = nodes.nodes[number]
    begin = max(arrive_s, node.open_s)
    return begin + node.duration_s if begin <= node.close_s else math.inf
