"""Put a point on the street from which it is reached."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.geo import Point, distance_m, within_180
from lens_routes.streets.network.permit import MAIN
from lens_routes.streets.route.fences import fenced_off
from lens_routes.streets.route.nearest import nearest, offset, permits
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile

#: A street that is so much farther is not looked for, though the nearest is across a water.
FARTHER_M = 300.0
#: Nearer than this one is on a street, though it be the fence itself: a motorway.
ON_IT_M = 0.1
#: Nor are more streets than this.
MOST_TRIED = 200
#: Farther than this from the streets all others use, one is on an island and uses its own.
OFF_MAP_M = 1000.0


@dataclass(frozen=True, slots=True)
class Snap:
    """A spot on the network: ``along_m`` metres from the tail of ``edge``.

    ``point`` is the spot, ``asked`` the position that was snapped, ``gap_m`` the great-circle
    distance between the two. ``aside`` is a nearer spot on a small piece of network, for ways
    that stay on it.
    """

    edge: int
    along_m: float
    point: Point
    asked: Point
    gap_m: float
    aside: Snap | None = None


def snap(network: Network, asked: Point, profile: Profile) -> Snap:
    """Return the nearest point of the nearest edge that a profile may use, to get on from there.

    A street across a water, a railway or a motorway is passed over when there is another, and so
    is what is joined to hardly anything.

    Nearness is measured on a plane that touches the earth at *asked* (equirectangular); within
    5 km of it the plane misses true lengths by less than 0.1 %. However far away the network is,
    an answer is given: ``gap_m`` tells, and the caller judges.

    Raises
    ------
    BadInputError
        *asked* is not a position on the earth, or the profile may go nowhere on this map.
    """
    if not (abs(asked.lon) <= 180.0 and abs(asked.lat) <= 90.0):
        raise BadInputError(
            tr("{lat}, {lon} is not a position on the earth.", lat=asked.lat, lon=asked.lon),
            tr("Give degrees: a latitude of -90 to 90 and a longitude of -180 to 180."),
        )
    own = int(profile.permit)
    aside, main = _around(network, asked, own | own << MAIN, own << MAIN)
    if main is None:
        _, main = _around(network, asked, own << MAIN, own << MAIN)
    if main is None:
        raise BadInputError(
            tr("The installed streets have no way that may be used so."),
            tr("Import a map of all streets, with their tags."),
        )
    if aside is None:
        return main
    return aside if main.gap_m > OFF_MAP_M else replace(main, aside=aside)


def _around(
    network: Network, asked: Point, bits: int, joined: int
) -> tuple[Snap | None, Snap | None]:
    """Return the nearest spot if that is on a small piece of network, and one on the largest.

    Edges count that have one of *bits* on an arc; those of the largest piece have one of *joined*.
    The spot there is the nearest that nothing fences off, else the nearest of all.
    """
    aside = first = None
    tried: set[int] = set()
    for segment, edge in nearest(network, asked, bits):
        if edge in tried:
            continue
        tried.add(edge)
        if not permits(network, edge) & joined:
            aside = aside or (None if first else _spot(network, asked, segment, edge))
            continue
        spot = _spot(network, asked, segment, edge)
        first = first or spot
        if spot.gap_m > first.gap_m + FARTHER_M or len(tried) > MOST_TRIED:
            break
        if not _is_fenced_off(network, spot):
            return aside, spot
    return aside, first


def _is_fenced_off(network: Network, spot: Snap) -> bool:
    return spot.gap_m >= ON_IT_M and fenced_off(network, spot.asked, spot.point)


def _spot(network: Network, asked: Point, segment: int, edge: int) -> Snap:
    shrink = math.cos(math.radians(asked.lat))
    _, share = offset(network, segment, network.x_e7(asked.lon), asked.lat * 1e7, shrink)
    lon, lat = (
        (1 - share) * axis[segment] + share * axis[segment + 1]
        for axis in (network.point_lon_e7, network.point_lat_e7)
    )
    point = Point(within_180(lon / 1e7), lat / 1e7)
    line = [network.point(i) for i in range(network.first_point[edge], segment + 2)]
    along_m = sum(map(distance_m, line[:-1], line[1:-1])) + share * distance_m(*line[-2:])
    along_m = min(along_m, network.edge_length_m[edge])
    return Snap(edge, along_m, point, asked, distance_m(asked, point))
