"""The straight flow: request, catalogue, travel times, tour, legs, plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes import PROGRAM
from lens_routes.errors import InfeasibleError
from lens_routes.plan import LeftOut, Plan, Provenance
from lens_routes.planning import itinerary
from lens_routes.planning.candidates import qualify
from lens_routes.planning.legs import route
from lens_routes.planning.posing import DayClock, pose, waypoints
from lens_routes.tour.explain import explain_nothing, why_left_out
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan import Waypoint
    from lens_routes.planning.candidates import Candidate, Closed
    from lens_routes.planning.legs import Route
    from lens_routes.planning.request import Request
    from lens_routes.tour.problem import Problem, Solution, Tour
    from lens_routes.tour.stop import Stop
    from lens_routes.travel.walk import Walk
    from lens_routes.travel.walking import Walking

#: A traced walk that differs by no more from the planner's figure changes nothing: figures are
#: rounded to decimetres, and seconds to whole ones.
SAME_SECONDS = 2
#: How often a tour is planned again because tracing its walks corrected the planner's figures.
MOST_ROUNDS = 6


def plan_day(
    request: Request,
    catalogue: Catalogue,
    walking: Walking,
    now: dt.datetime,
    stop: Callable[[], Stop],
) -> Plan:
    """Plan one day: choose the visits, order and time them, trace the walks between them.

    Parameters
    ----------
    request
        What the person asked.
    catalogue, walking
        What there is to see, and what is known of walking between it.
    now
        The time of planning, aware; kept in the plan.
    stop
        Makes a fresh rule for when each search ends.

    Raises
    ------
    NotFoundError
        No place qualifies.
    InfeasibleError
        Nothing fits; the message says why and the hint what would help.
    """
    candidates, closed = qualify(request, catalogue)
    if not candidates:
        raise _all_closed(closed)
    clock = DayClock(request.date, ZoneInfo(catalogue.timezone))
    points = waypoints(request, candidates)
    walks = walking.matrix(points, request.longest_leg_m)
    for _ in range(MOST_ROUNDS):
        problem = pose(request, candidates, walks, clock)
        solution = solve(problem, stop(), request.seed)
        if solution.missing or not solution.tours[0].visits:
            raise _nothing(problem, candidates)
        routes, corrections = _routes(solution.tours[0], points, walks, walking, request)
        if not corrections:
            break
        for (i, j), walk in corrections.items():
            walks[i][j] = walks[j][i] = walk
    outing = itinerary.Outing(request, candidates, solution.tours[0], routes, clock)
    day = itinerary.build_day(outing)
    return Plan(
        created=now,
        program=PROGRAM,
        request=request.to_document(),
        days=(day,),
        score=solution.score,
        bound=solution.bound,
        proven=solution.proven,
        left_out=_left_out(problem, solution, candidates, closed),
        warnings=tuple(itinerary.warnings(day, outing, now)),
        provenance=_provenance(catalogue, walking),
    )


def _routes(
    tour: Tour,
    points: Sequence[Waypoint],
    walks: Sequence[Sequence[Walk]],
    walking: Walking,
    request: Request,
) -> tuple[list[Route], dict[tuple[int, int], Walk]]:
    """Return the walks of a tour, and those whose trace corrects the planner's figure."""
    start = len(points) - (1 if request.end is None else 2)
    order = [start, *(visit.site for visit in tour.visits if visit.site is not None)]
    order.append(order[-1] if request.end is None else len(points) - 1)
    routes, corrections = [], {}
    for i, j in pairwise(order):
        planned = walks[i][j]
        traced = route(walking, points[i], points[j], planned, request.pace_kmh)
        planned_s = planned.seconds(request.pace_kmh)
        if abs(traced.seconds - planned_s) > SAME_SECONDS:
            corrections[i, j] = traced.walk
        routes.append(replace(traced, seconds=planned_s))
    return routes, corrections


def _all_closed(closed: Sequence[Closed]) -> InfeasibleError:
    first = min(closed, key=lambda item: (not item.remedy, item.opens or dt.date.min))
    remedy = (
        f"{first.remedy}, or ask for other themes." if first.remedy else "Ask for other themes."
    )
    if len(closed) == 1:
        return InfeasibleError(
            f"The only place that qualifies, {first.place.name}, is {first.reason}.", remedy
        )
    return InfeasibleError(
        f"None of the {len(closed)} places that qualify can be visited that day;"
        f" {first.place.name} is {first.reason}.",
        remedy,
    )


def _nothing(problem: Problem, candidates: Sequence[Candidate]) -> InfeasibleError:
    names = {candidate.place.id: candidate.place.name for candidate in candidates}
    reason, remedy = explain_nothing(problem, names)
    return InfeasibleError(reason, remedy or "Ask for a longer day, and allow more walking.")


def _left_out(
    problem: Problem,
    solution: Solution,
    candidates: Sequence[Candidate],
    closed: Sequence[Closed],
) -> tuple[LeftOut, ...]:
    """Return every qualified place not in the tour, the most interesting first."""
    places = {c.place.id: c.place for c in candidates}
    names = {place.id: place.name for place in places.values()}
    reasons = [(places[name], why) for name, why in why_left_out(problem, solution, names).items()]
    reasons += [(item.place, item.reason) for item in closed]
    reasons.sort(key=lambda item: (-item[0].interest, item[0].name))
    return tuple(LeftOut(place.id, reason, place.name) for place, reason in reasons)


def _provenance(catalogue: Catalogue, walking: Walking) -> tuple[Provenance, ...]:
    checked = max((place.checked for place in catalogue.places if place.checked), default=None)
    found = [
        Provenance(
            "places",
            catalogue.title,
            f"checked up to {checked.isoformat()}" if checked else "",
            catalogue.attribution,
        )
    ]
    if walking.network is not None:
        source = walking.network.meta.source
        found.append(
            Provenance(
                "streets",
                source.label,
                f"map of {source.map_date}" if source.map_date else "",
                walking.network.meta.licence,
            )
        )
    else:
        table = walking.tables[0]
        found.append(
            Provenance(
                "walking distances",
                f"computed {table.computed} by {table.program} from {table.map_name}",
                f"map of {table.map_date}" if table.map_date else "",
                "© OpenStreetMap contributors, ODbL 1.0",
            )
        )
    return tuple(found)
