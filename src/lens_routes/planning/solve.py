"""Solve a posed request: the tours that are worth most, timed as they will be walked.

What is only seen in passing is on the way, or in no tour. Mostly its worth sees to that; where a
meal wants something after it, the tours are chosen again without what is far aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import InfeasibleError
from lens_routes.planning.choose import choose
from lens_routes.planning.pose import without
from lens_routes.planning.qualify.worth import in_passing
from lens_routes.planning.stretch import stretch
from lens_routes.tour.reasons.feasible import may_work
from lens_routes.tour.spread import spread
from lens_routes.tour.ways_home import require_ways_home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens_routes.planning.pose import Posed
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Problem, Solution, Tour

    #: Makes the error of a problem without a solution; of the reason, where it is known already.
    Refuse = Callable[[Posed, InfeasibleError | None], InfeasibleError]


#: Nobody goes more than so many seconds out of the way for what is only seen in passing.
MOST_ASIDE_S = 600


class Solved(NamedTuple):
    """The solution of a posed problem, and its tours in the times and scores that were asked.

    ``problem`` is what the tours are timed in, with the lengths that visits have in them.
    """

    solution: Solution
    problem: Problem
    tours: tuple[Tour, ...]


def solve(posed: Posed, supplies: Supplies, refuse: Refuse) -> Solved:
    """Return the best tours.

    Raises
    ------
    InfeasibleError
        There is none; *refuse* makes it.
    """
    problem = posed.problem
    try:
        require_ways_home(problem)
        # To search for what is not there takes longer than to search for what is.
        solution = _chosen(posed, supplies) if may_work(problem) else None
    except InfeasibleError as error:
        raise refuse(posed, error) from error
    if solution is None or solution.missing or not _visits(solution):
        raise refuse(posed, None)
    solution = spread(problem, solution, _themes(posed))
    loose, tours = stretch(problem, posed.told, posed.loose, solution.tours)
    return Solved(solution, loose, tuple(tours))


def _chosen(posed: Posed, supplies: Supplies) -> Solution:
    """Return the best tours in which nothing is far aside that is only seen in passing."""
    effort = None if posed.qualified.aside else supplies.effort
    while True:
        solution = choose(posed, supplies.stop, effort)
        farthest = max(_aside(posed, solution), default=None)
        if farthest is None:
            aside = posed.qualified.aside
            return solution._replace(proven=False, bound=None) if aside else solution
        less = without(frozenset({farthest[1]}))
        posed = posed._replace(problem=less(posed.problem))


def _aside(posed: Posed, solution: Solution) -> Iterator[tuple[int, str]]:
    """Yield the detour, seconds, and id of what is seen in passing and is too far for that."""
    candidates, trip = posed.qualified.candidates, posed.problem.travel.trip
    for day, tour in zip(posed.problem.days, solution.tours, strict=True):
        halts = [(v.site, v.leave_s) for v in tour.visits if v.site is not None]
        before, left_s = day.start, tour.depart_s
        for number, (site, leave_s) in enumerate(halts, 1):
            after = halts[number][0] if number < len(halts) else day.end
            place = candidates[site].place
            if place.id not in posed.request.named and in_passing(place):
                ways = trip(before, site, left_s), trip(site, after, leave_s)
                more_s = sum(map(sum, ways)) - sum(trip(before, after, left_s))
                if more_s > MOST_ASIDE_S:
                    yield more_s, place.id
            before, left_s = site, leave_s


def _visits(solution: Solution) -> bool:
    """Return whether anything is visited: a day of breaks alone is none."""
    return any(visit.site is not None for tour in solution.tours for visit in tour.visits)


def _themes(posed: Posed) -> list[frozenset[str]]:
    """Return the themes of each candidate that count: those asked for, or all where none was."""
    wanted = frozenset(posed.request.themes)
    themes = [frozenset(candidate.place.themes) for candidate in posed.qualified.candidates]
    return [own & wanted for own in themes] if wanted else themes
