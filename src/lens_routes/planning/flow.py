"""The straight flow of planning: qualify, travel, pose, solve, fill, tell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.errors import NotFoundError
from lens_routes.planning.clock import TourClock
from lens_routes.planning.fill.fill import fill
from lens_routes.planning.pose import pose
from lens_routes.planning.qualify.qualify import qualify
from lens_routes.planning.solve import solve
from lens_routes.planning.tell.left_out import all_closed
from lens_routes.planning.tell.tell import tell
from lens_routes.planning.travel.travel import travel
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.plan.plan import Plan
    from lens_routes.planning.in_hand import InHand
    from lens_routes.planning.request import Request
    from lens_routes.planning.solve import Refuse
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Problem


def plan_as_asked(
    request: Request,
    hand: InHand,
    supplies: Supplies,
    change: Callable[[Problem], Problem],
    refuse: Refuse,
) -> Plan:
    """Plan a tour with so much in hand, and with every break there is.

    Parameters
    ----------
    request, hand, supplies
        What is asked, with how much in hand, and what to plan it with.
    change
        Makes the problem another one before it is solved.
    refuse
        Makes the error of a problem without a solution.

    Raises
    ------
    NotFoundError
        No place qualifies, or who rolls gets nowhere from where a day begins or ends.
    InfeasibleError
        Nothing fits.
    """
    supplies = supplies._replace(walking=supplies.walking.of(request.mover))
    for anchor in request.anchors:
        if bar := supplies.walking.bar(anchor.point):
            raise NotFoundError(
                tr("{place} is out of reach on wheels: {bar}.", place=anchor.name, bar=bar),
                tr("Start and end elsewhere."),
            )
    qualified = qualify(request, supplies.catalogue, supplies.walking.bar)
    if not qualified.candidates:
        raise all_closed(qualified.closed, request)
    clock = TourClock(request.date, ZoneInfo(supplies.catalogue.timezone))
    ways = travel(request, supplies, qualified.candidates, clock, hand.before_s)
    while True:
        posed = pose(request, qualified, ways, clock, hand, change)
        solved = solve(posed, supplies, refuse)
        filled = fill(posed, solved, ways)
        if not filled.walks:
            return tell(posed, solved, filled, supplies)
        # A corrected walk is its trace and is never corrected again, so this comes to an end.
        ways = ways.corrected(filled.walks)
