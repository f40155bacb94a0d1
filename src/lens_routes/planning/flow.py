"""The straight flow: request, catalogue, travel times, tour, legs, plan."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from lens_routes import PROGRAM
from lens_routes.errors import InfeasibleError, NotInstalledError
from lens_routes.plan.plan import Grade, Plan, Waypoint
from lens_routes.planning.choose import choose
from lens_routes.planning.fill import itinerary
from lens_routes.planning.fill.effect_of_rides import with_rides
from lens_routes.planning.pose import TourClock, break_id, pose, waypoints
from lens_routes.planning.qualify import qualify
from lens_routes.planning.tell.left_out import all_closed, flagships, left_out, nothing
from lens_routes.planning.tell.provenance import identity, provenance
from lens_routes.planning.travel.legs import route
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.tour.problem import HourlyTimes, StaticTimes
from lens_routes.tour.retime import retime
from lens_routes.tour.spread import spread

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.plan import Day
    from lens_routes.planning.qualify import Candidate
    from lens_routes.planning.request import Request
    from lens_routes.planning.travel.legs import RiddenRoute, Route
    from lens_routes.timetable.network.network import Network as Timetables
    from lens_routes.tour.problem import Problem, Solution, Tour, TravelTimes
    from lens_routes.tour.search.stop import Stop
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.rides.kept import Keeping
    from lens_routes.travel.rides.lines import Lines
    from lens_routes.travel.walking import Walking
    from lens_routes.travel.walks import Walks

#: A traced walk that differs by no more from the planner's figure changes nothing: figures are
#: rounded to decimetres, and seconds to whole ones.
SAME_SECONDS = 2
#: The journeys between so many places are worked out for a whole day, whichever are asked for.
MOST_KEPT_PLACES = 150


@dataclass(frozen=True, slots=True)
class Supplies:
    """What planning works with: the places, the walks, the time of planning, the search.

    ``now`` is aware and kept in the plan; ``stop`` makes a fresh rule for when each search ends;
    ``timetables`` are needed to plan with trains and buses, ``keeping`` says where the journeys of
    a service day are kept.
    """

    catalogue: Catalogue
    walking: Walking
    now: dt.datetime
    stop: Callable[[], Stop]
    timetables: Timetables | None = None
    keeping: Keeping | None = None


def _unchanged(problem: Problem) -> Problem:
    return problem


def _visits(solution: Solution) -> bool:
    """Return whether anything is visited: a day of breaks alone is none."""
    return any(visit.site is not None for tour in solution.tours for visit in tour.visits)


def _themes(request: Request, candidates: Sequence[Candidate]) -> list[frozenset[str]]:
    """Return the themes of each candidate that count: those asked for, or all where none was."""
    wanted = frozenset(request.themes)
    themes = [frozenset(candidate.place.themes) for candidate in candidates]
    return [own & wanted for own in themes] if wanted else themes


def plan_tour(
    request: Request,
    supplies: Supplies,
    change: Callable[[Problem], Problem] = _unchanged,
    refuse: Callable[..., InfeasibleError] = nothing,
) -> Plan:
    """Plan a tour: choose the visits, order and time them, trace the walks between them.

    Parameters
    ----------
    request, supplies
        What is asked, and what to plan it with.
    change
        Makes the problem another one before it is solved, for tours other than the best; times
        and scores are stated in the terms of the request all the same.
    refuse
        Makes the error of a problem without a solution; `excuses.unexplained` saves its pains
        where something else will be tried.

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
        raise all_closed(closed, request)
    clock = TourClock(request.date, ZoneInfo(catalogue.timezone))
    points = waypoints(request, candidates)
    walks = walking.matrix(points, request.longest_leg_m)
    lines = _lines(request, supplies, points, clock)
    margin, spared_m = request.margin_minutes, 0
    while True:
        asked = _hourly(pose(request, candidates, walks, clock, margin), lines, margin)
        problem = change(_walking_less(asked, spared_m))
        # Reasons are given in the scores and times that were asked for, with the limits solved for.
        told = replace(problem, sites=asked.sites, travel=asked.travel, returns=asked.returns)
        loose = asked
        if margin:
            loose = _hourly(pose(request, candidates, walks, clock), lines)
        try:
            solution = choose(problem, candidates, request, supplies.stop)
        except InfeasibleError as error:
            raise refuse((told, loose), request, candidates, clock, error) from error
        if solution.missing or not _visits(solution):
            raise refuse((told, loose), request, candidates, clock)
        solution = spread(problem, solution, _themes(request, candidates))
        tours = retime(loose, problem, solution.tours)
        days, corrections = _days(tours, points, walks, supplies, request, loose.travel)
        # Who is on time may take other trains than who is late, and walk farther to them.
        beyond_m = _beyond_m(tours, request)
        if not corrections and beyond_m <= 0:
            break
        spared_m += math.ceil(beyond_m)
        # A corrected figure is its trace and is never corrected again, so this comes to an end.
        for (i, j), walk in corrections.items():
            walks[i, j] = walk
    outings = [
        itinerary.Outing(request, candidates, date, tour, routes, clock)
        for date, tour, routes in zip(request.dates, tours, days, strict=True)
    ]
    made = [with_rides(itinerary.build_day(outing), outing) for outing in outings]
    missed = left_out((told, loose), solution, request, candidates, closed, clock)
    score = round(sum(day.totals.score for day in made), 4)
    return Plan(
        created=supplies.now,
        program=PROGRAM,
        request={
            **request.to_document(),
            "timezone": catalogue.timezone,
            "catalogue": identity(catalogue),
        },
        days=tuple(made),
        score=score,
        bound=score if solution.proven else solution.bound,
        proven=solution.proven,
        left_out=missed,
        flagships=flagships(missed, candidates, catalogue),
        warnings=_warnings(made, outings, supplies),
        provenance=provenance(supplies, request),
    )


def _warnings(
    days: Sequence[Day], outings: Sequence[itinerary.Outing], supplies: Supplies
) -> tuple[str, ...]:
    """Return what to know beyond the timetable, nothing twice."""
    found: list[str] = []
    for day, outing in zip(days, outings, strict=True):
        found += itinerary.warnings(day, outing, supplies.now)
    if any(leg.source is Grade.ESTIMATE for day in days for leg in day.legs):
        fit = supplies.walking.fit
        found.append(
            tr(
                "Walks marked estimate are the straight line times {factor}, which was off by"
                " {share} on average over {n} walks along streets.",
                factor=wording.number(fit.factor, 2),
                share=wording.percent(fit.mean_error, 0),
                n=fit.pairs,
            )
        )
    return tuple(dict.fromkeys(found))


def _walking_less(problem: Problem, spared_m: int) -> Problem:
    """Return the problem with so many metres less that may be walked in a day."""
    if problem.max_walk_m is None or spared_m == 0:
        return problem
    return replace(problem, max_walk_m=max(0.0, problem.max_walk_m - spared_m))


def _beyond_m(tours: Sequence[Tour], request: Request) -> float:
    """Return by how much the longest walk of a day exceeds the limit, metres; 0 if it does not."""
    if request.max_walk_m is None:
        return 0.0
    return max(0.0, *((tour.walk_m or 0.0) - request.max_walk_m for tour in tours))


class _Hourly(NamedTuple):
    """The timetables around the points of a request, and the clock's midnight."""

    lines: Lines
    points: Sequence[Waypoint]
    midnight: int


def _lines(
    request: Request, supplies: Supplies, points: Sequence[Waypoint], clock: TourClock
) -> _Hourly | None:
    """Return the timetables of the days asked for, None where the tour is on foot."""
    if request.mode == "walk":
        return None
    if supplies.timetables is None:
        raise NotInstalledError(tr("No timetable is installed."), command=("transit", "add", "ter"))
    # numpy is loaded only to plan with timetables.
    from lens_routes.timetable.network.network import Network  # noqa: PLC0415
    from lens_routes.travel.rides.lines import Lines, Span  # noqa: PLC0415

    midnight = round(clock.midnight.timestamp())
    spans = []
    for date in request.dates:
        begin = midnight + clock.at(date, request.at)
        spans.append(Span(date, begin, begin + 60 * request.minutes, clock.zone))
    places = supplies.catalogue.places
    if len(places) <= MOST_KEPT_PLACES:
        # Whatever is asked next of the same day, its journeys are known then.
        own = [Waypoint(place.name, place.lon, place.lat, id=place.id) for place in places]
    else:
        own = []
    lines = Lines(
        Network(supplies.timetables.timetables, request.wishes),
        supplies.walking,
        [*own, *points],
        spans,
        request.pace_kmh,
        request.preference,
        supplies.keeping,
    )
    return _Hourly(lines, points, midnight)


def _hourly(problem: Problem, hourly: _Hourly | None, margin_minutes: int = 0) -> Problem:
    """Return the problem with rides, where one may ride, beside its walks.

    With a margin, the times are those of a person who may be late by it.
    """
    if hourly is None or problem.walk_m is None or not isinstance(problem.travel, StaticTimes):
        return problem
    from lens_routes.travel.rides.times import RelaxedTimes, TransitTimes  # noqa: PLC0415

    on_time = TransitTimes(*hourly, problem.travel.rows, problem.walk_m)
    times = RelaxedTimes(on_time, 60 * margin_minutes) if margin_minutes else on_time
    return replace(problem, travel=times, walk_m=None)


def _days(
    tours: Sequence[Tour],
    points: Sequence[Waypoint],
    walks: Walks,
    supplies: Supplies,
    request: Request,
    travel: TravelTimes,
) -> tuple[list[list[Route | RiddenRoute]], dict[tuple[int, int], Walk]]:
    """Return the ways of each day, and the walks whose trace corrects the planner's figure."""
    walking, ridden = supplies.walking, _ridden(travel, supplies)
    days = []
    corrections: dict[tuple[int, int], Walk] = {}
    for tour in tours:
        stations = _stations(tour, points, request)
        departs = [tour.depart_s, *(visit.leave_s for visit in tour.visits)]
        # Who keeps time in hand does not spend it on staying longer before a ride.
        begins = [None if request.margin_minutes else visit.begin_s for visit in tour.visits]
        routes: list[Route | RiddenRoute] = []
        for ((i, origin), (j, destination)), depart, begin in zip(
            pairwise(stations), departs, [*begins, None], strict=True
        ):
            if way := ridden(i, j, (depart, begin), origin, destination):
                routes.append(way)
                continue
            planned = walks[i, j]
            traced = route(walking, origin, destination, planned, request.pace_kmh)
            planned_s = planned.seconds(request.pace_kmh)
            if abs(traced.seconds - planned_s) > SAME_SECONDS:
                corrections[i, j] = traced.walk
            routes.append(replace(traced, seconds=planned_s))
        days.append(routes)
    return days, corrections


def _ridden(
    travel: TravelTimes, supplies: Supplies
) -> Callable[[int, int, tuple[int, int | None], Waypoint, Waypoint], RiddenRoute | None]:
    """Return a function that gives the way between two locations, None where one walks.

    It is given when one may leave, and when what follows begins, None where there is no hurry.
    """
    if not isinstance(travel, HourlyTimes):
        return lambda *_: None
    from lens_routes.planning.travel.ridden_legs import RideLegs  # noqa: PLC0415
    from lens_routes.travel.rides.times import TransitTimes  # noqa: PLC0415

    if not isinstance(travel, TransitTimes):
        raise TypeError("only timetables tell which rides to take")
    zone = ZoneInfo(supplies.catalogue.timezone)
    legs = RideLegs(travel.lines, supplies.walking, zone)

    def way(
        i: int, j: int, times: tuple[int, int | None], origin: Waypoint, destination: Waypoint
    ) -> RiddenRoute | None:
        found = travel.riding(i, j, *times)
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
    names = {
        break_id(pause, number): pause.name
        for pause in request.pauses
        for number in range(request.days)
    }
    for visit in tour.visits:
        here = visit.site
        if here is None:
            here = stations[-1][0] if visit.arrive_s == left_s else start
            stations.append((here, Waypoint(names[visit.id], points[here].lon, points[here].lat)))
        else:
            stations.append((here, points[here]))
        left_s = visit.leave_s
    last = stations[-1][0] if request.end is None else len(points) - 1
    return [*stations, (last, points[last])]
