"""Let visits that were cut short last as long as the finished days have room for.

The search knows two lengths of a visit, the preferred one and the least: what time is left over
then goes to what was cut short, the best first, in steps of five minutes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.planning.qualify.worth import hurried_worth
from lens_routes.tour.problem import Option
from lens_routes.tour.retime import stopovers, timed
from lens_routes.tour.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Problem, Site, Tour
    from lens_routes.tour.schedule import Stopover

STEP_S = 300
#: Efforts are sums of a few decimals.
SAME_EFFORT = 1e-9


def stretch(
    problem: Problem, told: Problem, loose: Problem, tours: Sequence[Tour]
) -> tuple[Problem, list[Tour]]:
    """Return *loose* with the lengths that visits now have, and the tours timed in it.

    Parameters
    ----------
    problem
        What the tours solve: its rules, its time in hand, hold for longer visits as well.
    told
        The same in the scores that were asked for: one sets out no later than it allows.
    loose
        The same with nothing kept in hand.
    tours
        What is visited on each day.
    """
    days = [stopovers(problem, tour) for tour in tours]
    cut = [
        (-problem.sites[stop.site].score, number, index, stop.site)
        for number, day in enumerate(days)
        for index, stop in enumerate(day)
        if stop.site is not None and stop.option
    ]
    for _, number, index, site in sorted(cut):
        for duration_s in lengths(problem.sites[site]):
            longer = _offering(problem, site, duration_s)
            day = list(days[number])
            day[index] = day[index]._replace(option=len(longer.sites[site].shorter))
            if _fits(longer, number, day, days[number]):
                told, loose = (_offering(one, site, duration_s) for one in (told, loose))
                problem = longer
                days[number] = day
                break
    for tour, day in zip(timed(told, days), days, strict=True):
        # Who set out as late as nothing in hand allows would have none.
        day[:1] = [stop._replace(by_s=tour.visits[0].begin_s) for stop in day[:1]]
    return loose, timed(loose, days)


def lengths(site: Site) -> Sequence[int]:
    """Return the lengths between the least and the preferred, seconds, the longest first."""
    if not site.shorter:
        return ()
    least_s = site.shorter[0].duration_s
    return range(least_s + STEP_S, site.duration_s, STEP_S)[::-1]


def cut_to(site: Site, duration_s: int) -> Option:
    """Return a visit of a length between the least and the preferred."""
    least = site.shorter[0]
    more_s = duration_s - least.duration_s
    windows = tuple((a, b - more_s) for a, b in least.windows if a <= b - more_s)
    score = hurried_worth(site.score, duration_s, site.duration_s)
    return Option(duration_s, score, windows, least.bonus)


def _offering(problem: Problem, number: int, duration_s: int) -> Problem:
    """Return the problem with one more length of a visit: the last of its options."""
    site = problem.sites[number]
    sites = list(problem.sites)
    sites[number] = replace(site, shorter=(*site.shorter, cut_to(site, duration_s)))
    return replace(problem, sites=tuple(sites))


def _fits(
    problem: Problem, number: int, day: Sequence[Stopover], before: Sequence[Stopover]
) -> bool:
    """Tell whether a day still works, its way no harder than before and within the limit."""
    try:
        tour = schedule(problem, number, day)
    except ValueError:
        return False
    if problem.max_walk_m is not None and (tour.walk_m or 0.0) > problem.max_walk_m:
        return False
    return tour.effort <= schedule(problem, number, before).effort + SAME_EFFORT
