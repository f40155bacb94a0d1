"""Choose the visits of a posed request: what matches its themes first, then what fills the day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.geo import distance_m
from lens_routes.planning.qualify.worth import WORTH_A_DETOUR, in_passing, worth
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.planning.pose import Posed
    from lens_routes.planning.qualify.qualify import Candidate
    from lens_routes.planning.request import Request
    from lens_routes.tour.problem import Problem, Site, Solution
    from lens_routes.tour.search.stop import Effort, Stop

#: What does not match fills a day only so near to what does, or to where the day begins or ends,
#: for each step of interest: who asked for museums crosses no town for a war memorial.
NEAR_M = 500.0


def choose(posed: Posed, stop: Callable[[], Stop], effort: Effort | None) -> Solution:
    """Return the best visits; none off-theme takes the place of one that matches.

    The best day of what matches is found first. Its visits stand in the day that what lies near
    them then fills, none shorter, unless there is no time for what has to follow lunch; a place of
    great interest fills it before several small ones, and what is only seen in passing may give
    way. Where nothing that matches is worth its way, the rest has the day to itself, and is chosen
    as if no theme had been asked for. *effort* is what each proof takes.

    Raises
    ------
    InfeasibleError
        A day is too short to get from its start to its end.
    """
    request, candidates, problem = posed.request, posed.qualified.candidates, posed.problem
    off = frozenset(n for n, candidate in enumerate(candidates) if candidate.off_theme)
    if not off or request.only is not None:
        return solve(problem, stop(), request.seed, effort)
    matching = _matching(_without(problem, off), request, stop, effort)
    if matching.missing:
        # What there is no room for with nothing else to see, there is none for with more.
        can_help = any(problem.index(name) in off for name in problem.must)
        return solve(problem, stop(), request.seed, effort) if can_help else matching
    kept = {
        number: lasts_s
        for number, lasts_s in _lasts(matching).items()
        if (place := candidates[number].place).id in request.required or not in_passing(place)
    }
    if not kept:
        return solve(_in_full(problem, candidates, request), stop(), request.seed, effort)
    far = off - _near(candidates, request, kept)
    filling = _in_full(problem, candidates, request, WORTH_A_DETOUR)
    # Where what matches may be better yet, nothing is proven of what fills the day beside it.
    effort = effort if matching.proven else None
    shorter = dict.fromkeys(kept, 0)
    # What is far fills a day only where nothing else is there to follow lunch.
    for distant, lasting in ((far, kept), (far, shorter), (frozenset[int](), shorter)):
        filled = solve(_keeping(_without(filling, distant), lasting), stop(), request.seed, effort)
        if not filled.missing:
            proven = matching.proven and filled.proven
            return filled._replace(proven=proven, bound=filled.score if proven else None)
    return solve(_without(problem, off), stop(), request.seed, effort)


def _matching(
    strict: Problem, request: Request, stop: Callable[[], Stop], effort: Effort | None
) -> Solution:
    """Return the best day of what matches.

    Lunch may be the last thing of it: something else may follow in the day that is filled.
    """
    breaks = tuple(pause._replace(after=False) for pause in strict.breaks)
    return solve(replace(strict, breaks=breaks), stop(), request.seed, effort)


def _lasts(solution: Solution) -> dict[int, int]:
    return {
        visit.site: visit.leave_s - visit.begin_s
        for tour in solution.tours
        for visit in tour.visits
        if visit.site is not None
    }


def _in_full(
    problem: Problem, candidates: Sequence[Candidate], request: Request, interest: int = 0
) -> Problem:
    """Return the problem in which the off-theme is chosen by all that it is worth.

    That is, what is of so much interest, or of more.
    """

    def full(site: Site, candidate: Candidate) -> Site:
        if not candidate.off_theme or not site.score or candidate.place.interest < interest:
            return site
        more = worth(candidate.place, request.likes, candidate.factor) / site.score - 1.0
        shorter = tuple(option._replace(bonus=more * option.score) for option in site.shorter)
        return replace(site, bonus=more * site.score, shorter=shorter)

    sites = tuple(full(*pair) for pair in zip(problem.sites, candidates, strict=True))
    return replace(problem, sites=sites)


def _without(problem: Problem, numbers: frozenset[int]) -> Problem:
    """Return the problem in which some sites are never open."""
    sites = tuple(
        replace(site, windows=(), shorter=()) if number in numbers else site
        for number, site in enumerate(problem.sites)
    )
    return replace(problem, sites=sites)


def _near(
    candidates: Sequence[Candidate], request: Request, kept: dict[int, int]
) -> frozenset[int]:
    points = [anchor.point for anchor in request.anchors]
    points += [candidates[number].place.point for number in kept]
    return frozenset(
        number
        for number, candidate in enumerate(candidates)
        if any(
            distance_m(candidate.place.point, point) <= NEAR_M * candidate.place.interest
            for point in points
        )
    )


def _keeping(problem: Problem, lasting: dict[int, int]) -> Problem:
    """Return the problem in which some sites have to be visited, none for less than so long."""
    sites = tuple(
        _lasting(site, lasting[number]) if number in lasting else site
        for number, site in enumerate(problem.sites)
    )
    must = problem.must | {problem.sites[number].id for number in lasting}
    return replace(problem, sites=sites, must=must)


def _lasting(site: Site, least_s: int) -> Site:
    shorter = tuple(option for option in site.shorter if option.duration_s >= least_s)
    return replace(site, shorter=shorter)
