"""How far one gets from a point within a time: the ground between the streets reached."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.errors import NotFoundError
from lens_routes.geo import EARTH_RADIUS_M, Point
from lens_routes.streets.profiles.named import profile_called
from lens_routes.streets.profiles.profile import Wish
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.reach import within
from lens_routes.streets.route.snap import OFF_MAP_M, snap
from lens_routes.text.language import tr
from lens_routes.travel.resources import require_network
from lens_routes.travel.ways import PROFILES

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.travel.walking import Walking

#: Streets are as good as here within so many metres: outlines need no more corners.
GRID_M = 40.0
#: How closely an outline follows what is reached: 0 as closely as can be, 1 not at all.
CLOSELY = 0.05


class Reached(NamedTuple):
    """What is reached from ``origin`` within some ``seconds`` by a ``mode``.

    ``outline`` is a closed ring of points around it, ``area_km2`` what it encloses, ``places`` the
    places of the catalogue inside.
    """

    origin: Waypoint
    mode: str
    seconds: int
    outline: tuple[Point, ...]
    area_km2: float
    places: tuple[Place, ...]


def reached(
    origin: Waypoint,
    seconds: int,
    mode: str,
    walking: Walking,
    catalogue: Catalogue,
    speed_kmh: float | None = None,
) -> Reached:
    """Return how far one gets from a point within some seconds, at *speed_kmh* on the level.

    Raises
    ------
    NotInstalledError
        No streets are installed.
    NotFoundError
        The point is off their map.
    """
    import shapely  # noqa: PLC0415  # costs a tenth of a second

    network = require_network(walking, "reach")
    profile = profile_called(PROFILES[mode])
    start = snap(network, origin.point, profile)
    if start.gap_m > OFF_MAP_M:
        raise NotFoundError(
            tr("{place} is off the map of the installed streets.", place=origin.name),
            tr("Install the streets around it: lens-routes streets download"),
        )
    priced = price(network, profile, wish=Wish.DIRECT, speed_kmh=speed_kmh)
    plane = _Plane(start.point)
    corners = {plane.corner(point) for line in within(priced, start, seconds) for point in line}
    ground = shapely.concave_hull(shapely.MultiPoint(sorted(corners)), CLOSELY).buffer(GRID_M)
    inside = [place for place in catalogue.places if ground.covers(plane.point(place.point))]
    outline = tuple(plane.back(x, y) for x, y in ground.exterior.coords)
    area_km2 = round(ground.area / 1e6, 2)
    inside.sort(key=lambda place: (-place.interest, place.name))
    return Reached(origin, mode, seconds, outline, area_km2, tuple(inside))


def feature(found: Reached) -> dict[str, Any]:
    """Return what is reached as a feature of GeoJSON."""
    ring = [[round(point.lon, 6), round(point.lat, 6)] for point in found.outline]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "origin": found.origin.name,
            "mode": found.mode,
            "within_s": found.seconds,
            "area_km2": found.area_km2,
        },
    }


class _Plane:
    """A plane that touches the earth at a point: metres east and north of it."""

    def __init__(self, origin: Point) -> None:
        self._origin = origin
        self._north_m = math.radians(1) * EARTH_RADIUS_M
        self._east_m = self._north_m * math.cos(math.radians(origin.lat))

    def corner(self, point: Point) -> tuple[float, float]:
        """Return the corner of the grid next to a point."""
        x, y = self._metres(point)
        return round(x / GRID_M) * GRID_M, round(y / GRID_M) * GRID_M

    def point(self, point: Point) -> Any:
        """Return a point on the plane."""
        import shapely  # noqa: PLC0415

        return shapely.Point(self._metres(point))

    def back(self, x: float, y: float) -> Point:
        """Return where a point of the plane is on the earth."""
        return Point(self._origin.lon + x / self._east_m, self._origin.lat + y / self._north_m)

    def _metres(self, point: Point) -> tuple[float, float]:
        east, north = point.lon - self._origin.lon, point.lat - self._origin.lat
        return east * self._east_m, north * self._north_m
