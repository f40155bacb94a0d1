"""What lies near a point or along a line that travellers need."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M, Point, distance_m

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lens_routes.plan.amenity import Amenity, Need
    from lens_routes.streets.network.amenities import Amenities

#: What lies this near to a way is on it, metres: across a wide street, or behind a hedge.
BESIDE_M = 60.0
#: Of one kind, the next is told when one has gone on this far, metres.
APART_M = 1000.0


def near(
    amenities: Amenities, centre: Point, radius_m: float, needs: Collection[Need]
) -> list[Amenity]:
    """Return what meets one of the needs within a circle, the nearest first, with its distance."""
    found = (
        one._replace(distance_m=distance_m(centre, Point(one.lon, one.lat)))
        for one in amenities.within(_around([centre], radius_m), needs)
    )
    return sorted(
        (one for one in found if one.distance_m is not None and one.distance_m <= radius_m),
        key=lambda one: (one.distance_m, one.kind, one.name),
    )


def along(
    amenities: Amenities,
    line: Sequence[Point],
    needs: Collection[Need],
    *,
    beside_m: float = BESIDE_M,
    apart_m: float = APART_M,
) -> list[Amenity]:
    """Return what one passes along a line, in order, with how far along and how far off it is.

    Of one kind only the first within every *apart_m* metres is told.
    """
    passed = sorted(
        (
            placed
            for one in amenities.within(_around(line, beside_m), needs)
            if (placed := _placed(one, line)).distance_m is not None
            and placed.distance_m <= beside_m
        ),
        key=lambda one: (one.at_m, one.distance_m),
    )
    told: dict[str, float] = {}
    result = []
    for one in passed:
        at_m = one.at_m or 0.0
        if at_m - told.get(one.kind, -math.inf) >= apart_m:
            told[one.kind] = at_m
            result.append(one)
    return result


def _around(points: Sequence[Point], margin_m: float) -> tuple[float, float, float, float]:
    north, south = max(p.lat for p in points), min(p.lat for p in points)
    margin = math.degrees(margin_m / EARTH_RADIUS_M)
    wide = margin / max(0.01, math.cos(math.radians(min(89.0, max(abs(north), abs(south))))))
    return (
        min(p.lon for p in points) - wide,
        south - margin,
        max(p.lon for p in points) + wide,
        north + margin,
    )


def _placed(one: Amenity, line: Sequence[Point]) -> Amenity:
    """Return an amenity with how far along the line it is passed, and how far off."""
    shrink = math.cos(math.radians(one.lat))
    best = (math.inf, 0.0)
    gone_m = 0.0
    for a, b in pairwise(line):
        length_m = distance_m(a, b)
        across, up = (b.lon - a.lon) * shrink, b.lat - a.lat
        size = across * across + up * up
        share = 0.0
        if size > 0.0:
            share = ((one.lon - a.lon) * shrink * across + (one.lat - a.lat) * up) / size
            share = min(1.0, max(0.0, share))
        foot = Point(a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat))
        best = min(best, (distance_m(foot, Point(one.lon, one.lat)), gone_m + share * length_m))
        gone_m += length_m
    return one._replace(distance_m=best[0], at_m=best[1])
