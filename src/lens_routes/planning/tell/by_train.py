"""Which places too far on foot a day by train and bus has room for."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING

from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.tell.stay import leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.hours import HoursContext
    from lens_routes.catalogue.place import Place
    from lens_routes.plan.leg import Leg
    from lens_routes.planning.request import Request
    from lens_routes.timetable.network.network import Network
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.rides.door_to_door import DoorToDoor
    from lens_routes.travel.rides.trip import Where
    from lens_routes.travel.walking import Walking

#: So many places are tried, there and back; each try takes some hundredths of a second.
MOST_TRIED = 5


def within_a_day_by_train(
    places: Sequence[Place],
    request: Request,
    context: HoursContext,
    walking: Walking,
    network: Network,
) -> list[Place]:
    """Return which of the first few places near stops fit into the day asked for.

    Each by itself: there with the first good connection, a visit while it is open, and back.
    """
    # numpy is loaded only where timetables are.
    from lens_routes.planning.travel.legs import Route  # noqa: PLC0415
    from lens_routes.travel.rides.door_to_door import DoorToDoor  # noqa: PLC0415

    def afoot(a: Waypoint, b: Waypoint, walk: Walk, leave: dt.datetime) -> Leg:
        return Route(a, b, walk, walk.seconds(request.pace_kmh)).leg(leave)

    planner = DoorToDoor(network, walking, afoot, pace_kmh=request.pace_kmh)
    if not planner.has_stops(_where(request.start)):
        return []
    served = (place for place in places if planner.has_stops(_where(_point(place))))
    tried = islice(served, MOST_TRIED)
    return [place for place in tried if _fits(place, request, context, planner)]


def _point(place: Place) -> Waypoint:
    return Waypoint(place.name, place.lon, place.lat, place.id)


def _where(point: Waypoint) -> Where:
    from lens_routes.travel.rides.trip import Where  # noqa: PLC0415

    return Where(point.name, point, None)


def _fits(place: Place, request: Request, context: HoursContext, planner: DoorToDoor) -> bool:
    start, here = _where(request.start), _where(_point(place))
    begin = dt.datetime.combine(request.date, request.at, context.zone)
    end = begin.astimezone(dt.UTC) + dt.timedelta(minutes=request.minutes)
    reached = min((trip.arrive for trip in planner.depart_at(start, here, begin)), default=end)
    for leave in leaves(place, reached, request, context):
        if leave > end:
            return False
        if request.end is None:
            return True
        goal = _where(request.end)
        if any(trip.arrive <= end for trip in planner.depart_at(here, goal, leave)):
            return True
    return False
