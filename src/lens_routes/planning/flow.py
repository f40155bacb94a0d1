"""The straight flow of planning: qualify, travel, pose, solve, fill, tell."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.errors import InfeasibleError
from lens_routes.planning.clock import TourClock
from lens_routes.planning.fill.fill import fill
from lens_routes.planning.pose import pose
from lens_routes.planning.qualify import qualify
from lens_routes.planning.solve import solve
from lens_routes.planning.tell.left_out import all_closed, nothing, unexplained
from lens_routes.planning.tell.tell import tell
from lens_routes.planning.travel.travel import travel
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.plan.plan import Plan
    from lens_routes.planning.request import Request
    from lens_routes.planning.solve import Refuse
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Problem


def _unchanged(problem: Problem) -> Problem:
    return problem


def plan_tour(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem] = _unchanged,
    refuse: Refuse = nothing,
) -> Plan:
    """Plan a tour: choose the visits, order and time them, trace the ways between them.

    A break that is only usual goes where the day has no room for it.

    Parameters
    ----------
    request, supplies
        What is asked, and what to plan it with.
    change
        Makes the problem another one before it is solved, for tours other than the best.
    refuse
        Makes the error of a problem without a solution; `unexplained` saves its pains where
        something else will be tried.

    Raises
    ------
    NotFoundError
        No place qualifies.
    InfeasibleError
        Nothing fits; the message says why and the hint what would help.
    """
    usual = [pause for pause in request.pauses if pause.usual]
    if not usual:
        return _plan(request, supplies, change, refuse)
    with contextlib.suppress(InfeasibleError):
        return _plan(request, supplies, change, unexplained)
    pauses = tuple(pause for pause in request.pauses if not pause.usual)
    plan = _plan(replace(request, pauses=pauses), supplies, change, refuse)
    hungry = tr("No room for lunch in this day: take something to eat along.")
    return replace(plan, warnings=(*plan.warnings, hungry))


def _plan(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem],
    refuse: Refuse,
) -> Plan:
    """Plan a tour with every break there is; see `plan_tour`."""
    qualified = qualify(request, supplies.catalogue)
    if not qualified.candidates:
        raise all_closed(qualified.closed, request)
    clock = TourClock(request.date, ZoneInfo(supplies.catalogue.timezone))
    ways = travel(request, supplies, qualified.candidates, clock)
    while True:
        posed = pose(request, qualified, ways, clock, change)
        solved = solve(posed, supplies.stop, refuse)
        filled = fill(posed, solved, ways)
        if filled.holds:
            return tell(posed, solved, filled, supplies)
        # A corrected walk is its trace and is never corrected again, so this comes to an end.
        ways = ways.corrected(filled.walks, filled.beyond_m)
