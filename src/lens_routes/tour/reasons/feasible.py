"""Tell whether a problem has an answer: all that is required fits, and a visit worth its way.

What is few is tried on every day and in every order; what is more is searched for until patience
runs out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, islice
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError
from lens_routes.tour.problem import FREE
from lens_routes.tour.reasons.fits_one_day import fit_together
from lens_routes.tour.reasons.follow_day import departures, effort_of, follow, leaving, ways_of
from lens_routes.tour.search.stop import Effort
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.tour.problem import Break, Problem

#: Iterations after which a handful of musts is taken not to fit, unless a proof is cheap.
PATIENCE, PATIENCE_OF_DAYS = 100, 30
PROOF = Effort(steps=10, cells=10_000_000, partial_tours=20_000)
#: Up to so many musts and breaks are tried in every order; up to so many with another
#: visit, after which a break may cost less.
MOST_ORDERED, MOST_HOSTED = 6, 3


def required_of(problem: Problem) -> list[str]:
    """Return the ids of everything a solution has to hold: musts and breaks."""
    return [*problem.must, *(pause.id for pause in problem.breaks)]


@dataclass(slots=True)
class _Placed:
    """Stop as soon as everything required is placed, or patience runs out."""

    target: float
    left: int

    def __call__(self, best: float) -> bool:
        self.left -= 1
        return best >= self.target or self.left < 0


def works(problem: Problem) -> bool:
    """Return whether a solution with all musts and breaks is found, with at least one visit."""
    if not problem.must and not problem.breaks:
        return any(is_worth_going(problem, index) for index in range(len(problem.sites)))
    if not may_work(problem):
        return False
    required = required_of(problem)
    if len(required) <= MOST_ORDERED:
        fits = _fits_in_some_order(problem, required)
        if fits is not None:
            return fits
    flat = replace(
        problem,
        returns=(1.0,),
        prices=FREE,
        sites=tuple(
            replace(
                site,
                score=1.0,
                bonus=0.0,
                shorter=tuple(o._replace(score=1.0, bonus=0.0) for o in site.shorter),
            )
            for site in problem.sites
        ),
    )
    # A proof looks at all days together, and is dear: of several, what is found soon is offered.
    one = len(problem.days) == 1
    target = len(required) * (1.0 + len(problem.sites)) + max(1, len(problem.must))
    try:
        stop = _Placed(target, PATIENCE if one else PATIENCE_OF_DAYS)
        solution = solve(flat, stop, effort=PROOF if one else None)
    except InfeasibleError:
        return False
    visits = [visit for tour in solution.tours for visit in tour.visits if visit.site is not None]
    return not solution.missing and bool(visits)


def is_worth_going(problem: Problem, index: int) -> bool:
    """Return whether a day with nothing else in it is worth going out for a site."""
    if problem.max_cost is not None and problem.cost[index] > problem.max_cost:
        return False
    return any(
        not follow(problem, number, [way], depart_s=depart_s).troubles
        and effort_of(leaving(problem, number, depart_s), number, [way]) < way.score
        for number in range(len(problem.days))
        for depart_s in departures(problem, number)
        for way in ways_of(problem, index)
    )


def may_work(problem: Problem) -> bool:
    """Return whether nothing shows at once that there is no solution.

    Each must fits into a day with nothing else in it, and a few of them fit together. With breaks,
    some visit does too, each day has time for its own, and a visit of its own to follow a meal.
    """
    if not all(_fits_alone(problem, problem.index(name)) for name in problem.must):
        return False
    few = 1 < len(problem.must) <= MOST_ORDERED
    if few and not _fits_some_days(replace(problem, breaks=())):
        return False
    return not problem.breaks or _breaks_may_fit(problem)


def _fits_alone(problem: Problem, index: int) -> bool:
    if problem.max_cost is not None and problem.cost[index] > problem.max_cost:
        return False
    return any(_fits_day(problem, number, index) for number in range(len(problem.days)))


def _fits_day(problem: Problem, number: int, index: int, from_s: int = 0) -> bool:
    """Return whether a visit that begins from *from_s* on fits into a day without any other."""
    ways = [
        way._replace(windows=tuple((max(a, from_s), b) for a, b in way.windows if b >= from_s))
        for way in ways_of(problem, index)
    ]
    return any(
        not follow(problem, number, [way], depart_s=depart_s).troubles
        for depart_s in departures(problem, number)
        for way in ways
    )


def _breaks_may_fit(problem: Problem) -> bool:
    """Return whether a visit fits, each break its day, and after each day's meals a visit of it."""
    for pause in problem.breaks:
        day = problem.days[pause.day]
        if day.depart_s > pause.window[1] or _over_s(problem, pause) > day.deadline_s:
            return False
    sites = range(len(problem.sites))
    meals = [n for n in range(len(problem.days)) if _ends_with_meal(problem, n)]
    follow_ups: set[int] = set()
    for number in meals:
        rested_s = min(_over_s(problem, p) for p in problem.breaks if p.day == number)
        fit = (index for index in sites if _fits_day(problem, number, index, rested_s))
        some = set(islice(fit, len(meals)))
        if not some:
            return False
        follow_ups |= some
    return len(follow_ups) >= len(meals) and any(_fits_alone(problem, i) for i in sites)


def _ends_with_meal(problem: Problem, number: int) -> bool:
    """Return whether no break of a day may be the last thing of it."""
    pauses = [pause for pause in problem.breaks if pause.day == number]
    return bool(pauses) and all(pause.after for pause in pauses)


def _over_s(problem: Problem, pause: Break) -> int:
    """Return when a break is over at the earliest."""
    return max(problem.days[pause.day].depart_s, pause.window[0]) + pause.duration_s


def _fits_in_some_order(problem: Problem, required: Sequence[str]) -> bool | None:
    """Return whether what is required fits into the days; None: too much to try."""
    if problem.must and _fits_some_days(problem):
        return True
    if not problem.breaks:
        return False
    if len(required) > MOST_HOSTED or len(problem.days) > 1:
        return None
    hosts = list(_hosts(problem))
    if any(fit_together(problem, 0, [*required, host]) for host in hosts):
        return True
    if problem.must or not any(pause.after for pause in problem.breaks):
        return False
    # A meal may cost less after one visit, and near the one that has to follow, than at the start.
    return any(fit_together(problem, 0, [*required, *two]) for two in combinations(hosts, 2))


def _fits_some_days(problem: Problem) -> bool:
    """Return whether musts and breaks fit into days with nothing else in them."""
    breaks = [[p.id for p in problem.breaks if p.day == n] for n in range(len(problem.days))]
    musts = [problem.index(name) for name in problem.must]
    if problem.max_cost is not None and sum(problem.cost[i] for i in musts) > problem.max_cost:
        return False
    if any(sum(i in some for i in musts) > most for some, most in problem.limits):
        return False

    @cache
    def fits(number: int, some: frozenset[str]) -> bool:
        return fit_together(problem, number, [*sorted(some), *breaks[number]])

    def fit_from(number: int, left: frozenset[str]) -> bool:
        if number == len(breaks) - 1:
            return fits(number, left)
        return any(
            fits(number, some) and fit_from(number + 1, left - some)
            for count in range(len(left) + 1)
            for some in map(frozenset, combinations(sorted(left), count))
        )

    return fit_from(0, problem.must)


def _hosts(problem: Problem) -> Iterator[str]:
    """Yield the sites that are not required and fit into a day with nothing else in it.

    Where nothing is required but breaks, those that are worth going for.
    """
    fits = _fits_alone if problem.must else is_worth_going
    for index, site in enumerate(problem.sites):
        if site.id not in problem.must and fits(problem, index):
            yield site.id
