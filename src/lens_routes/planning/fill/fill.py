"""Fill solved tours with what a person needs: the ways traced, the days written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.fill.effect_of_rides import with_rides
from lens_routes.planning.fill.effort import with_effort
from lens_routes.planning.fill.itinerary import Outing, build_day
from lens_routes.planning.fill.slack import with_slack
from lens_routes.planning.pose import break_id
from lens_routes.tour.retime import stopovers
from lens_routes.tour.schedule import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.plan.plan import Day
    from lens_routes.planning.pose import Posed
    from lens_routes.planning.request import Request
    from lens_routes.planning.solve import Solved
    from lens_routes.planning.travel.legs import Way
    from lens_routes.planning.travel.travel import Travel
    from lens_routes.tour.problem import Day as TourDay
    from lens_routes.tour.problem import Tour
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.vehicles.drives import Drive


@dataclass(frozen=True, slots=True)
class Filled:
    """The days of a plan, and the walks that take another time than they were planned with.

    ``walks`` are these as they were traced, by pair of locations.
    """

    outings: tuple[Outing, ...]
    walks: Mapping[tuple[int, int], Walk | Drive] = field(default_factory=dict)

    @property
    def days(self) -> tuple[Day, ...]:
        """The days, written out."""
        return tuple(
            with_slack(with_effort(with_rides(build_day(outing), outing), outing.prices), outing)
            for outing in self.outings
        )


def fill(posed: Posed, solved: Solved, travel: Travel) -> Filled:
    """Return the days of the tours, their ways traced."""
    request, loose, outings = posed.request, solved.problem, []
    walks: dict[tuple[int, int], Walk | Drive] = {}
    for date, day, tour in zip(request.dates, loose.days, solved.tours, strict=True):
        ways = _ways(tour, day, travel, request)
        walks |= {pair: way.traced for pair, way in ways if way.traced is not None}
        outings.append(
            Outing(
                request,
                posed.qualified.candidates,
                date,
                tour,
                [way for _, way in ways],
                posed.clock,
                [p.windows for stop in stopovers(loose, tour) for p in parts_of(loose, stop)],
                day.deadline_s,
                loose.prices,
            )
        )
    return Filled(tuple(outings), walks)


def _ways(
    tour: Tour, day: TourDay, travel: Travel, request: Request
) -> list[tuple[tuple[int, int], Way]]:
    """Return the ways of a day, with the locations they lead between."""
    stations = _stations(tour, day, travel.points, request)
    departs = [tour.depart_s, *(visit.leave_s for visit in tour.visits)]
    # Who keeps time in hand does not spend it on staying longer before a ride.
    begins = [None if request.margin_minutes else visit.begin_s for visit in tour.visits]
    return [
        ((i, j), travel.way((i, j), (origin, destination), depart, begin))
        for ((i, origin), (j, destination)), depart, begin in zip(
            pairwise(stations), departs, [*begins, None], strict=True
        )
    ]


def _stations(
    tour: Tour, day: TourDay, points: Sequence[Waypoint], request: Request
) -> list[tuple[int, Waypoint]]:
    """Return where one is during a day, with the number of the location in the problem.

    A break is taken right after a visit, where that was, or else where the day started; it stands
    there under its own name.
    """
    stations = [(day.start, points[day.start])]
    left_s = tour.depart_s
    names = {
        break_id(pause, number): pause.name
        for pause in request.pauses
        for number in range(request.days)
    }
    for visit in tour.visits:
        here = visit.site
        if here is None:
            here = stations[-1][0] if visit.arrive_s == left_s else day.start
            stations.append((here, Waypoint(names[visit.id], points[here].lon, points[here].lat)))
        else:
            stations.append((here, points[here]))
        left_s = visit.leave_s
    last = stations[-1][0] if request.end is None else day.end
    return [*stations, (last, points[last])]
