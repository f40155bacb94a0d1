"""Where a point of the earth lies on a piece of paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A position on the paper, in points (1/72 inch) from the upper left corner of its map.
Spot = tuple[float, float]
Bounds = tuple[float, float, float, float]

_M_PER_DEGREE = math.radians(1) * EARTH_RADIUS_M
#: No map shows less than this from side to side: a leg of 50 m still has streets around it.
_NARROWEST_M = 250.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's rectangle: its size in points, what it is centred on, and its scale.

    North is up, and a metre is as long in every direction: an equirectangular projection true
    along the parallel of the centre, off by less than 0.3 % within 20 km of it at latitude 50.
    """

    width: float
    height: float
    centre: Point
    points_per_m: float

    def spot(self, point: Point) -> Spot:
        """Return where a point lies in the frame, or beyond its sides."""
        return self.spots((point,))[0]

    def spots(self, points: Iterable[Point]) -> list[Spot]:
        """Return where the points of a line lie."""
        north = _M_PER_DEGREE * self.points_per_m
        east = north * _shrink(self.centre)
        left = self.width / 2 - self.centre.lon * east
        top = self.height / 2 + self.centre.lat * north
        return [(left + lon * east, top - lat * north) for lon, lat in points]

    @property
    def bounds(self) -> Bounds:
        """The degrees the frame covers: west, south, east, north."""
        north = self.height / 2 / self.points_per_m / _M_PER_DEGREE
        east = self.width / 2 / self.points_per_m / _M_PER_DEGREE / _shrink(self.centre)
        lon, lat = self.centre
        return lon - east, lat - north, lon + east, lat + north


def frame_around(points: Sequence[Point], width: float, height: float, border: float) -> Frame:
    """Return the frame of a size that shows *points* as large as it can.

    Parameters
    ----------
    points
        At least one.
    width, height
        The size of the frame in points of paper.
    border
        What stays free along each side, in the same unit.
    """
    centre, east_m, north_m = _extent(points)
    scale = min(
        (width - 2 * border) / max(east_m, 0.1),
        (height - 2 * border) / max(north_m, 0.1),
        max(width, height) / _NARROWEST_M,
    )
    return Frame(width, height, centre, scale)


def fitting_height(points: Sequence[Point], width: float, border: float) -> float:
    """Return the height at which a frame of a *width* is filled by *points*."""
    _, east_m, north_m = _extent(points)
    return (width - 2 * border) * north_m / max(east_m, 0.1) + 2 * border


def thinned(spots: Sequence[Spot], apart: float) -> list[Spot]:
    """Return a line without the points that fall on the one before; its ends stay."""
    kept = list(spots[:1])
    for spot in spots[1:-1]:
        if math.dist(spot, kept[-1]) >= apart:
            kept.append(spot)
    return [*kept, *spots[1:][-1:]]


def _extent(points: Sequence[Point]) -> tuple[Point, float, float]:
    """Return the middle of points and how many metres they reach eastwards and northwards."""
    west, east = (side(point.lon for point in points) for side in (min, max))
    south, north = (side(point.lat for point in points) for side in (min, max))
    centre = Point((west + east) / 2, (south + north) / 2)
    return (
        centre,
        (east - west) * _M_PER_DEGREE * _shrink(centre),
        (north - south) * _M_PER_DEGREE,
    )


def _shrink(centre: Point) -> float:
    """Return how much shorter a degree of longitude is here than at the equator."""
    return max(math.cos(math.radians(centre.lat)), 0.01)
