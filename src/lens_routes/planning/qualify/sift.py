"""Out of very many places, those that a day would choose among."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.geo import distance_m
from lens_routes.planning.qualify import worth
from lens_routes.tour.problem import USUAL_PRICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request

#: So many are weighed against each other at most: the ways between them are a table of that size
#: squared, and no day on foot reaches more that are worth their way.
MOST = 200
#: How fast one gets along by other means than on foot, km/h.
_SPEED_KMH = {"bike": 15.0, "car": 40.0, "transit": 30.0}


def sift(
    places: Sequence[tuple[Place, bool]], request: Request
) -> tuple[list[tuple[Place, bool]], list[Place]]:
    """Return the places worth most beyond the way there and back, and those put aside.

    `MOST` of them, each with whether it is off-theme; what is asked for by name always stays, and
    the order is kept. The way is the straight line from where a day begins or ends. What is
    off-theme is put aside without a word.
    """
    if len(places) <= MOST:
        return list(places), []
    anchors = {anchor.point for anchor in request.anchors}
    speed_kmh = _SPEED_KMH.get(request.mode, request.pace_kmh)

    def gain(place: Place, *, off_theme: bool) -> float:
        away_m = min(distance_m(place.point, anchor) for anchor in anchors)
        there_and_back_h = 2 * away_m / 1000 / speed_kmh
        worth_of_it = worth.worth(place, request.likes, off_theme=off_theme)
        return worth_of_it - USUAL_PRICES.walk * there_and_back_h

    ranked = sorted(places, key=lambda pair: -gain(pair[0], off_theme=pair[1]))
    kept = {place.id for place, _ in ranked[:MOST]} | request.named
    return (
        [(place, off_theme) for place, off_theme in places if place.id in kept],
        [place for place, off_theme in places if not off_theme and place.id not in kept],
    )
