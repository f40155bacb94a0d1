"""The walk through a list of points, one leg after the other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.planning.travel.legs import route

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.plan.plan import Leg
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.travel.walking import Walking


def walk_through(
    points: Sequence[Waypoint], walking: Walking, depart: dt.datetime, pace_kmh: float
) -> list[Leg]:
    """Return the legs from each point to the next, walked without a pause from *depart* on."""
    legs: list[Leg] = []
    for origin, destination in pairwise(points):
        moment = legs[-1].arrive if legs else depart
        best_known = walking.from_first([origin, destination])[0]
        legs.append(route(walking, origin, destination, best_known, pace_kmh, moment).leg(moment))
    return legs
