"""Plan with travel times that depend on the hour: trains and buses.

The search of `tour.search.improve` prices places with times that hold at any hour. Here it
runs on the shortest times there are, and on the usual ones; its tours are guesses, improved on
true times (`tour.hourly.reinsert`). The bound and the proof know the true times themselves:
whoever leaves later does not arrive earlier, which is all they ask (`tour.hourly.arrivals`).
"""

from __future__ import annotations

import math
import random
from functools import partial
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError
from lens_routes.tour.hourly.latest_departures import Timing
from lens_routes.tour.hourly.reinsert import Reinsertion
from lens_routes.tour.problem import Solution
from lens_routes.tour.proof.bound import EQUAL
from lens_routes.tour.proof.prove import prove
from lens_routes.tour.retime import stopovers
from lens_routes.tour.schedule import Stopover, schedule
from lens_routes.tour.search.improve import improve
from lens_routes.tour.search.nodes import flatten
from lens_routes.tour.search.standing_times import usual
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.static import solve_static
from lens_routes.tour.ways_home import require_ways_home

if TYPE_CHECKING:
    from lens_routes.tour.hourly.latest_departures import Plan
    from lens_routes.tour.problem import HourlyTimes, Problem
    from lens_routes.tour.proof.proof import Proof
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Effort, Stop

#: Iterations of the search on the shortest and the usual times: it only has to guess.
GUESS_ITERATIONS = 100
#: Iterations of the search from a plan that the proof came upon.
FURTHER_ITERATIONS = 100


def solve_hourly(
    problem: Problem, travel: HourlyTimes, stop: Stop, seed: int, effort: Effort | None
) -> Solution:
    """Choose and order visits on travel times that depend on the hour; see `solve`."""
    require_ways_home(problem)
    nodes, timing = flatten(problem), Timing(problem, travel)
    guesses = [_plan(nodes, improve(nodes, MaxIterations(GUESS_ITERATIONS), seed).routes)]
    try:
        found = solve_static(usual(problem, travel), MaxIterations(GUESS_ITERATIONS), seed, None)
        guesses.append([stopovers(problem, tour) for tour in found.tours])
    except InfeasibleError:
        pass  # At most hours the day is too short to get to its end.
    search = Reinsertion(problem, timing, random.Random(seed))  # noqa: S311  # no secret
    plan, iterations = search.run(guesses, stop)
    proof = None if effort is None else prove(nodes, _routes(nodes, plan, timing), effort)
    if proof is not None and proof.routes is not None:
        better = _plan(nodes, proof.routes)
        if timing.works(better):
            gained = timing.missing(plan) or proof.score > sum(timing.scores(plan).values()) + EQUAL
            plan = better
            if gained and not proof.proven:
                # The proof came upon something else, such as a way to all musts, and gave up.
                plan, further = search.run([plan], MaxIterations(FURTHER_ITERATIONS))
                iterations += further
    return _report(problem, plan, timing, proof, iterations)


def _report(
    problem: Problem, plan: Plan, timing: Timing, proof: Proof | None, iterations: int
) -> Solution:
    scores, missing = timing.scores(plan), timing.missing(plan)
    tours = tuple(
        schedule(
            problem,
            number,
            [s if s.site is None else s._replace(score=scores[s.site]) for s in stops],
        )
        for number, stops in enumerate(plan)
    )
    score = sum(scores.values())
    if missing:
        impossible = proof is not None and proof.routes is None and proof.proven
        return Solution(tours, score, None, impossible, missing, iterations)
    proven = proof is not None and proof.bound <= score + EQUAL
    bound = None if proof is None else proof.bound
    return Solution(tours, score, score if proven else bound, proven, (), iterations)


def _plan(nodes: Nodes, routes: Routes) -> Plan:
    """Return the stops of routes."""
    return [
        [
            Stopover(node.site, node.option, node.pauses, 0.0)
            for node in map(nodes.nodes.__getitem__, route)
        ]
        for route in routes
    ]


def _routes(nodes: Nodes, plan: Plan, timing: Timing) -> Routes:
    """Return the nodes of a plan: of each stop the one whose window it begins in."""
    ways: dict[Stopover, list[int]] = {}
    for number, node in enumerate(nodes.nodes):
        ways.setdefault(Stopover(node.site, node.option, node.pauses, 0.0), []).append(number)
    return tuple(
        tuple(
            min(
                ways[stop._replace(score=0.0)],
                key=partial(_leave, nodes, arrive),
            )
            for stop, arrive in zip(stops, timing.arrivals(number, stops), strict=True)
        )
        for number, stops in enumerate(plan)
    )


def _leave(nodes: Nodes, arrive_s: int, number: int) -> float:
    node = nodes.nodes[number]
    begin = max(arrive_s, node.open_s)
    return begin + node.duration_s if begin <= node.close_s else math.inf
