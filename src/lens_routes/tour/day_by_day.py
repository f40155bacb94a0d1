"""Better a tour of several days day by day: each is made the best that goes with the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.tour.reduced import reduce
from lens_routes.tour.report import SAME, missing, report
from lens_routes.tour.retime import stopovers

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.tour.problem import Problem, Solution, Tour
    from lens_routes.tour.schedule import Stopover

    Plan = list[list[Stopover]]


def bettered(problem: Problem, plan: Plan, solve: Callable[[Problem], Solution]) -> Plan:
    """Return a plan in which no day can be bettered by itself, as far as *solve* knows.

    Parameters
    ----------
    problem, plan
        A problem of several days, and the stops of each.
    solve
        Solves a problem of one day.
    """
    worth, since, number = _worth(problem, plan), 0, 0
    while since < len(plan):
        beside = reduce(_beside(problem, plan, number))
        tour = beside.restored(solve(beside.problem)).tours[0]
        other = [*plan[:number], _stops(problem, number, tour), *plan[number + 1 :]]
        since += 1
        if _worth(problem, other) > (worth[0], worth[1] + SAME):
            plan, worth, since = other, _worth(problem, other), 1
        number = (number + 1) % len(plan)
    return plan


def _worth(problem: Problem, plan: Plan) -> tuple[int, float]:
    """Return what makes one plan better than another: fewer things missing, then more worth."""
    visits = ((stop.site, stop.option) for day in plan for stop in day if stop.site is not None)
    bonus = sum(problem.sites[site].options[option].bonus for site, option in visits)
    return -len(missing(problem, plan)), report(problem, plan, None, 0).score + bonus


def _beside(problem: Problem, plan: Plan, number: int) -> Problem:
    """Return the problem of one day, with what the other days leave of sites and limits."""
    elsewhere = {stop.site for day, stops in enumerate(plan) if day != number for stop in stops} - {
        None
    }
    most_cost = problem.max_cost
    if most_cost is not None:
        most_cost -= sum(problem.cost[site] for site in elsewhere if site is not None)
    return replace(
        problem,
        sites=tuple(
            replace(site, windows=(), shorter=()) if i in elsewhere else site
            for i, site in enumerate(problem.sites)
        ),
        days=(problem.days[number],),
        must=frozenset(i for i in problem.must if problem.index(i) not in elsewhere),
        breaks=tuple(pause._replace(day=0) for pause in problem.breaks if pause.day == number),
        max_cost=most_cost,
        limits=tuple(
            (members, most - len(members & elsewhere)) for members, most in problem.limits
        ),
        light=problem.light[number : number + 1],
    )


def _stops(problem: Problem, number: int, tour: Tour) -> list[Stopover]:
    """Return the stops of a tour of one day, its breaks numbered as in the whole problem."""
    mine = replace(problem, breaks=tuple(p for p in problem.breaks if p.day == number))
    numbers = [i for i, pause in enumerate(problem.breaks) if pause.day == number]
    return [
        stop._replace(pauses=tuple(numbers[pause] for pause in stop.pauses))
        for stop in stopovers(mine, tour)
    ]
