"""Report the stops of each day as a solution: timed, scored, and what is proven of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.tour.problem import Solution
from lens_routes.tour.schedule import marginal_scores, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Problem
    from lens_routes.tour.proof.proof import Proof
    from lens_routes.tour.schedule import Stopover

#: Scores closer than this are equal: they are sums of a few decimals.
SAME = 1e-6


def report(
    problem: Problem, plan: Sequence[Sequence[Stopover]], proof: Proof | None, iterations: int
) -> Solution:
    """Return the stops of each day as a solution, and what is proven of it."""
    visits = [(stop.site, stop.option) for day in plan for stop in day if stop.site is not None]
    marginal = marginal_scores(problem, visits)
    tours = tuple(
        schedule(
            problem,
            number,
            [s if s.site is None else s._replace(score=marginal[s.site]) for s in stops],
        )
        for number, stops in enumerate(plan)
    )
    score, lacking = sum(tour.worth for tour in tours), missing(problem, plan)
    if lacking:
        # Without tours that have all that is required, a proof is that there are none.
        impossible = proof is not None and proof.routes is None and proof.proven
        return Solution(tours, score, None, impossible, lacking, iterations)
    bonus = sum(problem.sites[site].options[option].bonus for site, option in visits)
    bound = None if proof is None else max(score, proof.bound - bonus)
    proven = bound is not None and bound <= score + SAME
    # A proof is a bound equal to the score; their sums may differ in the last digit.
    return Solution(tours, score, score if proven else bound, proven, (), iterations)


def missing(problem: Problem, plan: Sequence[Sequence[Stopover]]) -> tuple[str, ...]:
    """Return the ids of the musts and breaks that are not in a plan."""
    sites = {stop.site for day in plan for stop in day}
    pauses = {pause for day in plan for stop in day for pause in stop.pauses}
    return (
        *(s.id for i, s in enumerate(problem.sites) if s.id in problem.must and i not in sites),
        *(b.id for i, b in enumerate(problem.breaks) if i not in pauses),
    )
