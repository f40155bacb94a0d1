"""Solve a problem: the one entrance to the planner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.tour.problem import HourlyTimes
from lens_routes.tour.reduced import reduce
from lens_routes.tour.search.stop import Effort

if TYPE_CHECKING:
    from lens_routes.tour.problem import Problem, Solution
    from lens_routes.tour.search.stop import Stop


#: The effort a proof takes unless the caller says otherwise: under a second for most days.
USUAL = Effort()


def solve(problem: Problem, stop: Stop, seed: int = 1, effort: Effort | None = USUAL) -> Solution:
    """Choose and order visits for the greatest score.

    Parameters
    ----------
    problem
        What there is to visit, and when.
    stop
        When to stop searching.
    seed
        Chooses the run; the same problem, seed and iterations give the same answer.
    effort
        How much work to spend on proving it the best; None: none.

    Returns
    -------
    Solution
        The best tours found. Where not all musts and breaks could be placed, ``missing`` names
        those that are not in them.

    Raises
    ------
    InfeasibleError
        A day is too short to get from its start to its end.
    """
    reduced = reduce(problem)
    return reduced.restored(_solve(reduced.problem, stop, seed, effort))


def _solve(problem: Problem, stop: Stop, seed: int, effort: Effort | None) -> Solution:
    # numpy is loaded only to search.
    if isinstance(problem.travel, HourlyTimes):
        from lens_routes.tour.hourly.hourly import solve_hourly  # noqa: PLC0415

        return solve_hourly(problem, problem.travel, stop, seed, effort)
    from lens_routes.tour.static import solve_static  # noqa: PLC0415

    return solve_static(problem, stop, seed, effort)
