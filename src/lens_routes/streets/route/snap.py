"""Put a point on the nearest street."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.geo import Point, distance_m
from lens_routes.streets.network.permit import MAIN
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.streets.network.network import Grid, Network
    from lens_routes.streets.profiles.profile import Profile

#: After this many rings of cells around a point, all segments are tried at once instead.
MOST_RINGS = 12


@dataclass(frozen=True, slots=True)
class Snap:
    """A spot on the network: ``along_m`` metres from the tail of ``edge``.

    ``point`` is the spot, ``asked`` the position that was snapped, ``gap_m`` the great-circle
    distance between the two.
    """

    edge: int
    along_m: float
    point: Point
    asked: Point
    gap_m: float


def snap(network: Network, asked: Point, profile: Profile) -> Snap:
    """Return the nearest point of the nearest edge that a profile may use, to get on from there.

    What is joined to hardly anything is passed over.

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
    segment = _nearest_segment(network, asked, profile.permit << MAIN)
    return _spot(network, asked, segment)


def _nearest_segment(network: Network, asked: Point, bits: int) -> int:
    """Return the nearest segment of an edge with one of *bits* on an arc."""
    grid = network.grid
    x, y = asked.lon * 1e7, asked.lat * 1e7
    shrink = math.cos(math.radians(asked.lat))
    column = min(max(math.floor((x - grid.west_e7) / grid.cell_lon_e7), 0), grid.columns - 1)
    row = min(max(math.floor((y - grid.south_e7) / grid.cell_lat_e7), 0), grid.rows - 1)
    best, nearest = math.inf, -1
    for ring in range(MOST_RINGS):
        for cell in _ring(grid, column, row, ring):
            for segment in network.cell_segment[
                network.cell_first[cell] : network.cell_first[cell + 1]
            ]:
                apart, _ = _offset(network, segment, x, y, shrink)
                if apart < best and _permits(network, segment) & bits:
                    best, nearest = apart, segment
        if best <= _clearance(grid, column, row, ring, x, y, shrink) ** 2:
            return nearest
    return _nearest_of_all(network, x, y, shrink, bits)


def _permits(network: Network, segment: int) -> int:
    edge = bisect_right(network.first_point, segment) - 1
    return network.arc_permits[2 * edge] | network.arc_permits[2 * edge + 1]


def _ring(grid: Grid, column: int, row: int, ring: int) -> Iterator[int]:
    """Yield the cells whose larger index difference from (column, row) is *ring*."""
    for r in range(max(row - ring, 0), min(row + ring, grid.rows - 1) + 1):
        step = 1 if abs(r - row) == ring else max(2 * ring, 1)
        for c in range(column - ring, column + ring + 1, step):
            if 0 <= c < grid.columns:
                yield r * grid.columns + c


def _clearance(
    grid: Grid, column: int, row: int, ring: int, x: float, y: float, shrink: float
) -> float:
    """Return a distance within which nothing lies outside the rings searched so far."""
    west = x - (grid.west_e7 + (column - ring) * grid.cell_lon_e7)
    east = grid.west_e7 + (column + ring + 1) * grid.cell_lon_e7 - x
    south = y - (grid.south_e7 + (row - ring) * grid.cell_lat_e7)
    north = grid.south_e7 + (row + ring + 1) * grid.cell_lat_e7 - y
    sides = [
        west * shrink if column - ring > 0 else math.inf,
        east * shrink if column + ring < grid.columns - 1 else math.inf,
        south if row - ring > 0 else math.inf,
        north if row + ring < grid.rows - 1 else math.inf,
    ]
    return max(min(sides), 0.0)


def _offset(
    network: Network, segment: int, x: float, y: float, shrink: float
) -> tuple[float, float]:
    """Return the squared distance to a segment, and how far along it the nearest point is.

    The distance is in 1e-7 degrees of latitude, the share along the segment 0 to 1.
    """
    lon, lat = network.point_lon_e7, network.point_lat_e7
    ax, ay = (lon[segment] - x) * shrink, lat[segment] - y
    dx, dy = (lon[segment + 1] - x) * shrink - ax, lat[segment + 1] - y - ay
    square = dx * dx + dy * dy
    share = 0.0
    if square > 0.0:
        share = min(max(-(ax * dx + ay * dy) / square, 0.0), 1.0)
    ax += share * dx
    ay += share * dy
    return ax * ax + ay * ay, share


def _nearest_of_all(network: Network, x: float, y: float, shrink: float, bits: int) -> int:
    """Try every segment; for points in a large void or outside the network."""
    import numpy as np  # noqa: PLC0415  # the rings need none, and they nearly always do

    px = (np.asarray(network.point_lon_e7) - x) * shrink
    py = np.asarray(network.point_lat_e7) - y
    dx, dy = np.diff(px), np.diff(py)
    square = dx * dx + dy * dy
    share = -(px[:-1] * dx + py[:-1] * dy) / np.where(square > 0.0, square, 1.0)
    share = np.clip(share, 0.0, 1.0)
    apart = (px[:-1] + share * dx) ** 2 + (py[:-1] + share * dy) ** 2
    # From the last point of an edge to the first of the next there is no street.
    first_point = np.asarray(network.first_point)
    apart[first_point[1:-1] - 1] = np.inf
    permits = np.asarray(network.arc_permits).reshape(-1, 2)
    serves = ((permits[:, 0] | permits[:, 1]) & bits) != 0
    apart[~np.repeat(serves, np.diff(first_point))[:-1]] = np.inf
    nearest = int(apart.argmin())
    if apart[nearest] == np.inf:
        raise BadInputError(
            tr("The installed streets have no way that may be used so."),
            tr("Import a map of all streets, with their tags."),
        )
    return nearest


def _spot(network: Network, asked: Point, segment: int) -> Snap:
    shrink = math.cos(math.radians(asked.lat))
    _, share = _offset(network, segment, asked.lon * 1e7, asked.lat * 1e7, shrink)
    before, after = network.point(segment), network.point(segment + 1)
    point = Point(
        before.lon + share * (after.lon - before.lon), before.lat + share * (after.lat - before.lat)
    )
    edge = bisect_right(network.first_point, segment) - 1
    line = [network.point(i) for i in range(network.first_point[edge], segment + 1)]
    along_m = sum(map(distance_m, line, line[1:])) + share * distance_m(before, after)
    along_m = min(along_m, network.edge_length_m[edge])
    return Snap(edge, along_m, point, asked, distance_m(asked, point))
