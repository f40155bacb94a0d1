"""The straight flow: request, catalogue, travel times, tour, legs, plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes import PROGRAM, wording
from lens_routes.errors import InfeasibleError
from lens_routes.plan import Grade, LeftOut, Plan, Provenance, Waypoint
from lens_routes.planning import itinerary
from lens_routes.planning.candidates import qualify
from lens_routes.planning.legs import route
from lens_routes.planning.posing import TourClock, pose, waypoints
from lens_routes.tour.explain import explain_nothing, why_left_out
from lens_routes.tour.retime import retime
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
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


@dataclass(frozen=True, slots=True)
class Supplies:
    """What planning works with: the places, the walks, the time of planning, the search.

    ``now`` is aware and kept in the plan; ``stop`` makes a fresh rule for when each search ends.
    """

    catalogue: Catalogue
    walking: Walking
    now: dt.datetime
    stop: Callable[[], Stop]


def plan_tour(request: Request, supplies: Supplies) -> Plan:
    """Plan a tour: choose the visits, order and time them, trace the walks between them.

    Raises
    ------
    NotFoundError
        No place qualifies.
    InfeasibleError
        Nothing fits; the message says why and the hint what would help.
    """
    return solve_tour(request, supplies).plan


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan with the problem it solves, for those who want to change it."""

    plan: Plan
    problem: Problem


def _unchanged(problem: Problem) -> Problem:
    return problem


def solve_tour(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem] = _unchanged,
) -> Solved:
    """Plan a tour as `plan_tour` does, over the problem as *change* makes it."""
    catalogue, walking = supplies.catalogue, supplies.walking
    candidates, closed = qualify(request, catalogue)
    if not candidates:
        raise _all_closed(closed)
    clock = TourClock(request.date, ZoneInfo(catalogue.timezone))
    points = waypoints(request, candidates)
    walks = walking.matrix(points, request.longest_leg_m)
    while True:
        problem = change(pose(request, candidates, walks, clock, request.margin_minutes))
        solution = solve(problem, supplies.stop(), request.seed)
        if solution.missing or not solution.visited:
            raise _nothing(problem, request, candidates)
        days, corrections = _days(solution, points, walks, walking, request)
        if not corrections:
            break
        # A corrected figure is its trace and is never corrected again, so this comes to an end.
        for (i, j), walk in corrections.items():
            walks[i][j] = walks[j][i] = walk
    plain = request.margin_minutes == 0 and change is _unchanged
    loose = problem if plain else pose(request, candidates, walks, clock)
    tours = retime(loose, solution.tours)
    outings = [
        itinerary.Outing(request, candidates, date, tour, routes, clock)
        for date, tour, routes in zip(request.dates, tours, days, strict=True)
    ]
    made = [itinerary.build_day(outing) for outing in outings]
    warnings = [
        warning
        for day, outing in zip(made, outings, strict=True)
        for warning in itinerary.warnings(day, outing, supplies.now)
    ]
    if any(leg.source is Grade.ESTIMATE for day in made for leg in day.legs):
        fit = walking.fit
        warnings.append(
            f"Walks marked estimate are the straight line times {fit.factor:.2f}, which was off by"
            f" {fit.mean_error:.0%} on average over {fit.pairs} walks along streets."
        )
    score = round(sum(day.totals.score for day in made), 4)
    plan = Plan(
        created=supplies.now,
        program=PROGRAM,
        request={**request.to_document(), "timezone": catalogue.timezone},
        days=tuple(made),
        score=score,
        bound=score if solution.proven else solution.bound,
        proven=solution.proven,
        left_out=_left_out(problem, solution, request, candidates, closed),
        warnings=tuple(dict.fromkeys(warnings)),
        provenance=_provenance(catalogue, walking),
    )
    return Solved(plan, problem)


def _days(
    solution: Solution,
    points: Sequence[Waypoint],
    walks: Sequence[Sequence[Walk]],
    walking: Walking,
    request: Request,
) -> tuple[list[list[Route]], dict[tuple[int, int], Walk]]:
    """Return the walks of each day, and those whose trace corrects the planner's figure."""
    days = []
    corrections: dict[tuple[int, int], Walk] = {}
    for tour in solution.tours:
        stations = _stations(tour, points, request)
        routes = []
        for (i, origin), (j, destination) in pairwise(stations):
            planned = walks[i][j]
            traced = route(walking, origin, destination, planned, request.pace_kmh)
            planned_s = planned.seconds(request.pace_kmh)
            if abs(traced.seconds - planned_s) > SAME_SECONDS:
                corrections[i, j] = traced.walk
            routes.append(replace(traced, seconds=planned_s))
        days.append(routes)
    return days, corrections


def _stations(
    tour: Tour, points: Sequence[Waypoint], request: Request
) -> list[tuple[int, Waypoint]]:
    """Return where one is during a day, with the number of the location in the problem.

    A break is taken right after a visit, where that was, or else where the day started; it stands
    there under its own name.
    """
    start = len(points) - (1 if request.end is None else 2)
    stations = [(start, points[start])]
    left_s = tour.depart_s
    for visit in tour.visits:
        here = visit.site
        if here is None:
            here = stations[-1][0] if visit.arrive_s == left_s else start
            name = visit.id.rpartition(" ")[0]
            stations.append((here, Waypoint(name, points[here].lon, points[here].lat)))
        else:
            stations.append((here, points[here]))
        left_s = visit.leave_s
    last = stations[-1][0] if request.end is None else len(points) - 1
    return [*stations, (last, points[last])]


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


def _nothing(
    problem: Problem, request: Request, candidates: Sequence[Candidate]
) -> InfeasibleError:
    reason, remedy = explain_nothing(problem, _names(request, candidates))
    return InfeasibleError(reason, remedy)


def _names(request: Request, candidates: Sequence[Candidate]) -> dict[str, str]:
    """Return what the planner's ids are called: places by name, breaks by name and day."""
    names = {candidate.place.id: candidate.place.name for candidate in candidates}
    for number, date in enumerate(request.dates):
        for pause in request.pauses:
            when = "" if request.days == 1 else f" on {wording.date(date)}"
            names[f"{pause.name} {number}"] = f"{pause.name}{when}"
    return names


def _left_out(
    problem: Problem,
    solution: Solution,
    request: Request,
    candidates: Sequence[Candidate],
    closed: Sequence[Closed],
) -> tuple[LeftOut, ...]:
    """Return every qualified place not in the tour, the most interesting first."""
    places = {c.place.id: c.place for c in candidates}
    names = _names(request, candidates)
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
