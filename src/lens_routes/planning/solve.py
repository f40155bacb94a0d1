"""Solve a posed request: the tours that are worth most, timed as they will be walked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError
from lens_routes.planning.choose import choose
from lens_routes.planning.stretch import stretch
from lens_routes.tour.spread import spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.planning.pose import Posed
    from lens_routes.tour.problem import Problem, Solution, Tour
    from lens_routes.tour.search.stop import Stop

    #: Makes the error of a problem without a solution; of the reason, where it is known already.
    Refuse = Callable[[Posed, InfeasibleError | None], InfeasibleError]


@dataclass(frozen=True, slots=True)
class Solved:
    """The solution of a posed problem, and its tours in the times and scores that were asked.

    ``problem`` is what the tours are timed in, with the lengths that visits have in them.
    """

    solution: Solution
    problem: Problem
    tours: tuple[Tour, ...]


def solve(posed: Posed, stop: Callable[[], Stop], refuse: Refuse) -> Solved:
    """Return the best tours.

    Raises
    ------
    InfeasibleError
        There is none; *refuse* makes it.
    """
    problem = posed.problem
    try:
        solution = choose(posed, stop)
    except InfeasibleError as error:
        raise refuse(posed, error) from error
    if solution.missing or not _visits(solution):
        raise refuse(posed, None)
    solution = spread(problem, solution, _themes(posed))
    loose, tours = stretch(problem, posed.loose, solution.tours)
    return Solved(solution, loose, tuple(tours))


def _visits(solution: Solution) -> bool:
    """Return whether anything is visited: a day of breaks alone is none."""
    return any(visit.site is not None for tour in solution.tours for visit in tour.visits)


def _themes(posed: Posed) -> list[frozenset[str]]:
    """Return the themes of each candidate that count: those asked for, or all where none was."""
    wanted = frozenset(posed.request.themes)
    themes = [frozenset(candidate.place.themes) for candidate in posed.qualified.candidates]
    return [own & wanted for own in themes] if wanted else themes
