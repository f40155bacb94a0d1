"""Which places too far for a day one would have time for by a vehicle of one's own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.tell.stay import leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.hours import HoursContext
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request
    from lens_routes.travel.vehicles.driving import Driving


def within_a_day_by(
    driving: Driving, places: Sequence[Place], request: Request, context: HoursContext
) -> list[Place]:
    """Return which places fit into the day asked for: there, a visit while it is open, and back.

    Each by itself, as others may take their place in the day.
    """
    anchors = [request.start, *([request.end] if request.end else [])]
    points = [Waypoint(p.name, p.lon, p.lat, p.id) for p in places]
    spots = driving.spots([*anchors, *points])
    ways = driving.drives(spots, origins=len(anchors)).seconds()
    on_foot_s = [spot.walk.seconds(request.pace_kmh) for spot in spots]
    begin = dt.datetime.combine(request.date, request.at, context.zone)
    end = begin.astimezone(dt.UTC) + dt.timedelta(minutes=request.minutes)

    def lasts(a: int, b: int) -> dt.timedelta:
        handling_s = driving.vehicle.handling_s if spots[a].name != spots[b].name else 0
        return dt.timedelta(seconds=on_foot_s[a] + handling_s + ways[a][b] + on_foot_s[b])

    found = []
    for number, place in enumerate(places, len(anchors)):
        reached = begin.astimezone(dt.UTC) + lasts(0, number)
        home = lasts(number, len(anchors) - 1) if request.end else dt.timedelta()
        if any(leave + home <= end for leave in leaves(place, reached, request, context)):
            found.append(place)
    return found
