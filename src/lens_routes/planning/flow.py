"""The straight flow: request, catalogue, travel times, tour, legs, plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from lens_routes import PROGRAM
from lens_routes.errors import NotInstalledError
from lens_routes.plan import Grade, Plan, Waypoint
from lens_routes.planning import itinerary
from lens_routes.planning.candidates import qualify
from lens_routes.planning.excuses import all_closed, left_out, nothing
from lens_routes.planning.legs import route
from lens_routes.planning.posing import TourClock, pose, waypoints
from lens_routes.planning.provenance import provenance
from lens_routes.tour.problem import HourlyTimes, StaticTimes
from lens_routes.tour.retime import retime
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.planning.legs import RiddenRoute, Route
    from lens_routes.planning.request import Request
    from lens_routes.timetable.network import Network as Timetables
    from lens_routes.tour.problem import Problem, Solution, Tour, TravelTimes
    from lens_routes.tour.stop import Stop
    from lens_routes.travel.transit import Lines
    from lens_routes.travel.walk import Walk
    from lens_routes.travel.walking import Walking

#: A traced walk that differs by no more from the planner's figure changes nothing: figures are
#: rounded to decimetres, and seconds to whole ones.
SAME_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Supplies:
    """What planning works with: the places, the walks, the time of planning, the search.

    ``now`` is aware and kept in the plan; ``stop`` makes a fresh rule for when each search ends;
    ``timetables`` are needed to plan with trains and buses.
    """

    catalogue: Catalogue
    walking: Walking
    now: dt.datetime
    stop: Callable[[], Stop]
    timetables: Timetables | None = None


def _unchanged(problem: Problem) -> Problem:
    return problem


def plan_tour(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem] = _unchanged,
) -> Plan:
    """Plan a tour: choose the visits, order and time them, trace the walks between them.

    Parameters
    ----------
    request, supplies
        What is asked, and what to plan it with.
    change
        Makes the problem another one before it is solved, for tours other than the best; times
        and scores are stated in the terms of the request all the same.

    Raises
    ------
    NotFoundError
        No place qualifies.
    InfeasibleError
        Nothing fits; the message says why and the hint what would help.
    """
    catalogue, walking = supplies.catalogue, supplies.walking
    candidates, closed = qualify(request, catalogue)
    if not candidates:
        raise all_closed(closed)
    clock = TourClock(request.date, ZoneInfo(catalogue.timezone))
    points = waypoints(request, candidates)
    walks = walking.matrix(points, request.longest_leg_m)
    lines = _lines(request, supplies, points, clock)
    while True:
        asked = _hourly(pose(request, candidates, walks, clock, request.margin_minutes), lines)
        problem = change(asked)
        solution = solve(problem, supplies.stop(), request.seed)
        if solution.missing or not solution.visited:
            raise nothing(problem, request, candidates)
        days, corrections = _days(solution, points, walks, supplies, request, problem.travel)
        if not corrections:
            break
        # A corrected figure is its trace and is never corrected again, so this comes to an end.
        for (i, j), walk in corrections.items():
            walks[i][j] = walks[j][i] = walk
    plain = request.margin_minutes == 0 and change is _unchanged
    loose = problem if plain else _hourly(pose(request, candidates, walks, clock), lines)
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
    return Plan(
        created=supplies.now,
        program=PROGRAM,
        request={**request.to_document(), "timezone": catalogue.timezone},
        days=tuple(made),
        score=score,
        bound=score if solution.proven else solution.bound,
        proven=solution.proven,
        left_out=left_out((problem, loose), solution, request, candidates, closed),
        warnings=tuple(dict.fromkeys(warnings)),
        provenance=provenance(supplies, request),
    )


class _Hourly(NamedTuple):
    """The timetables around the points of a request, and the clock's midnight."""

    lines: Lines
    points: int
    midnight: int


def _lines(
    request: Request, supplies: Supplies, points: Sequence[Waypoint], clock: TourClock
) -> _Hourly | None:
    """Return the timetables of the days asked for, None where the tour is on foot."""
    if request.mode == "walk":
        return None
    if supplies.timetables is None:
        raise NotInstalledError("No timetable is installed.", command=("transit", "add", "ter"))
    # numpy is loaded only to plan with timetables.
    from lens_routes.travel.transit import Lines, Span  # noqa: PLC0415

    midnight = round(clock.midnight.timestamp())
    spans = []
    for date in request.dates:
        begin = midnight + clock.at(date, request.at)
        spans.append(Span(date, begin, begin + 60 * request.minutes))
    lines = Lines(supplies.timetables, supplies.walking, points, spans, request.pace_kmh)
    return _Hourly(lines, len(points), midnight)


def _hourly(problem: Problem, hourly: _Hourly | None) -> Problem:
    """Return the problem with rides, where one may ride, beside its walks."""
    if hourly is None or problem.walk_m is None or not isinstance(problem.travel, StaticTimes):
        return problem
    from lens_routes.travel.transit import TransitTimes  # noqa: PLC0415

    times = TransitTimes(*hourly, problem.travel.rows, problem.walk_m)
    return replace(problem, travel=times, walk_m=None)


def _days(
    solution: Solution,
    points: Sequence[Waypoint],
    walks: Sequence[Sequence[Walk]],
    supplies: Supplies,
    request: Request,
    travel: TravelTimes,
) -> tuple[list[list[Route | RiddenRoute]], dict[tuple[int, int], Walk]]:
    """Return the ways of each day, and the walks whose trace corrects the planner's figure."""
    walking, ridden = supplies.walking, _ridden(travel, supplies)
    days = []
    corrections: dict[tuple[int, int], Walk] = {}
    for tour in solution.tours:
        stations = _stations(tour, points, request)
        departs = [tour.depart_s, *(visit.leave_s for visit in tour.visits)]
        routes: list[Route | RiddenRoute] = []
        for ((i, origin), (j, destination)), depart in zip(
            pairwise(stations), departs, strict=True
        ):
            if way := ridden(i, j, depart, origin, destination):
                routes.append(way)
                continue
            planned = walks[i][j]
            traced = route(walking, origin, destination, planned, request.pace_kmh)
            planned_s = planned.seconds(request.pace_kmh)
            if abs(traced.seconds - planned_s) > SAME_SECONDS:
                corrections[i, j] = traced.walk
            routes.append(replace(traced, seconds=planned_s))
        days.append(routes)
    return days, corrections


def _ridden(
    travel: TravelTimes, supplies: Supplies
) -> Callable[[int, int, int, Waypoint, Waypoint], RiddenRoute | None]:
    """Return a function that gives the way between two locations, None where one walks."""
    if not isinstance(travel, HourlyTimes):
        return lambda *_: None
    from lens_routes.planning.rides import RideLegs  # noqa: PLC0415
    from lens_routes.travel.transit import TransitTimes  # noqa: PLC0415

    if not isinstance(travel, TransitTimes):
        raise TypeError("only timetables tell which rides to take")
    zone = ZoneInfo(supplies.catalogue.timezone)
    legs = RideLegs(travel.lines, supplies.walking, zone)

    def way(
        i: int, j: int, depart_s: int, origin: Waypoint, destination: Waypoint
    ) -> RiddenRoute | None:
        found = travel.riding(i, j, depart_s)
        return None if found is None else legs.route(origin, destination, *found)

    return way


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
