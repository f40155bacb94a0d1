"""What company and weather change: the places on offer, their worth, what the way costs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.planning.qualify import worth
from lens_routes.text.language import tr
from lens_routes.tour.problem import USUAL_PRICES

if TYPE_CHECKING:
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request
    from lens_routes.text.language import Said
    from lens_routes.tour.problem import Prices

#: The theme of places made for families, which are worth so much more with children along.
FAMILY, WITH_CHILDREN = "family", 2.0
#: What the worth of an outdoor place comes down to in the rain: one is not out for its own sake.
IN_THE_RAIN = 0.05
#: How much dearer walking is in the rain, and on an evening out, which begins at that hour: it
#: leads through lit streets, and the dark counts for less.
WET_WAYS, LATE_WAYS, LIT_WAYS, EVENING = 2.0, 1.25, 0.75, dt.time(18)
#: With children one tires after so many metres, and twice as fast.
FRESH_WITH_CHILDREN_M = 4_000.0
#: In the heat nobody is out of doors between these times.
HOT = (dt.time(12), dt.time(17))
#: What a person in a wheelchair is known to get into.
ACCESSIBLE = ("yes", "limited")


def weight(place: Place, request: Request) -> float:
    """Return the factor by which the occasion changes what a visit is worth."""
    factor = 1.0
    if "children" in request.company and FAMILY in place.themes:
        factor *= WITH_CHILDREN
    if request.weather == "rain" and _under_the_sky(place):
        factor *= IN_THE_RAIN
    return factor


def _under_the_sky(place: Place) -> bool:
    return place.outdoor or worth.in_passing(place)


def is_flagship(place: Place, request: Request) -> bool:
    """Return whether a place is worth the journey on this occasion: none is to get wet for."""
    return worth.is_flagship(place) and not (request.weather == "rain" and place.outdoor)


def unfit(place: Place, request: Request) -> Said | None:
    """Return why a place is not offered on this occasion, None where it is."""
    if "children" in request.company and worth.is_brief(place) and FAMILY not in place.themes:
        return tr("nothing for children")
    if request.indoor and _under_the_sky(place):
        return tr("outdoors")
    if "wheelchair" in request.company and place.wheelchair not in ACCESSIBLE:
        if place.wheelchair == "unknown":
            return tr("not known to be accessible by wheelchair")
        return tr("not accessible by wheelchair")
    return None


def prices(request: Request) -> Prices:
    """Return what the way costs on this occasion."""
    found = USUAL_PRICES
    wet = WET_WAYS if request.weather == "rain" else 1.0
    late, lit = (LATE_WAYS, LIT_WAYS) if request.at >= EVENING else (1.0, 1.0)
    found = replace(
        found,
        walk=wet * late * found.walk,
        main_road=wet * late * found.main_road,
        dark=wet * lit * found.dark,
    )
    if "children" in request.company:
        found = replace(found, fresh_m=FRESH_WITH_CHILDREN_M, tired_km=2 * found.tired_km)
    if request.vehicle is not None:
        # One rests on the way: what is walked from spot to spot tires nobody.
        found = replace(found, ride=request.vehicle.price, tired_km=0.0)
    return found
