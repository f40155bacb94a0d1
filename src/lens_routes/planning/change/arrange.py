"""Plan a day of exactly the visits a person chose, in the order they chose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.planning.again.closest import keep_order
from lens_routes.planning.plan_tour import plan_tour
from lens_routes.planning.pose import without
from lens_routes.planning.tell.left_out import nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.plan.plan import Plan
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Problem


def arrange(request: Request, order: Sequence[str], supplies: Supplies) -> Plan:
    """Return the plan of the visits named by their ids, in their order, and of no other.

    Breaks find their place between them. What is left out is told as of any plan: why, and in place
    of what it would fit.

    Raises
    ------
    InfeasibleError
        They do not fit: why, and what would help.
    """
    return replace(
        plan_tour(chosen(request, order), supplies, exactly(order), nothing),
        proven=False,
        bound=None,
    )


def chosen(request: Request, order: Sequence[str]) -> Request:
    """Return the request that asks for the visits named, whatever it avoided or limited before."""
    fixed = {item.place for item in request.appointments}
    least = request.max_visits and max(request.max_visits, -(-len(order) // request.days))
    return replace(
        request,
        must=tuple(place for place in order if place not in fixed),
        appointments=tuple(item for item in request.appointments if item.place in order),
        avoid=tuple(place for place in request.avoid if place not in order),
        max_visits=least,
    )


def exactly(order: Sequence[str]) -> Callable[[Problem], Problem]:
    """Return the change that closes all but the visits named, and keeps their order."""

    def change(problem: Problem) -> Problem:
        others = [site.id for site in problem.sites if site.id not in order]
        return keep_order([*order, *others])(without(frozenset(others))(problem))

    return change
