"""Find the segments of a network near a point, the nearest first."""

from __future__ import annotations

import math
from bisect import bisect_right
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.geo import Point
    from lens_routes.streets.network.network import Grid, Network

#: After this many rings of cells around a point, all segments are tried at once instead.
MOST_RINGS = 12


def nearest(network: Network, asked: Point, bits: int) -> Iterator[tuple[int, int]]:
    """Yield segments of edges with one of *bits* on an arc, and these edges, ever farther away.

    The first is the nearest of all, however far away; those beyond `MOST_RINGS` of cells are left
    out when there was one before.
    """
    grid = network.grid
    x, y = network.x_e7(asked.lon), asked.lat * 1e7
    shrink = math.cos(math.radians(asked.lat))
    column = min(max(math.floor((x - grid.west_e7) / grid.cell_lon_e7), 0), grid.columns - 1)
    row = min(max(math.floor((y - grid.south_e7) / grid.cell_lat_e7), 0), grid.rows - 1)
    found: list[tuple[float, int]] = []
    seen: set[int] = set()
    anything = False
    for ring in range(MOST_RINGS):
        for cell in _ring(grid, column, row, ring):
            for segment in network.cell_segment[
                network.cell_first[cell] : network.cell_first[cell + 1]
            ]:
                if segment in seen:
                    continue
                seen.add(segment)
                heappush(found, (offset(network, segment, x, y, shrink)[0], segment))
        sure = _clearance(grid, column, row, ring, x, y, shrink) ** 2
        while found and found[0][0] <= sure:
            _, segment = heappop(found)
            edge = edge_of(network, segment)
            if permits(network, edge) & bits:
                anything = True
                yield segment, edge
    if not anything and (far := _nearest_of_all(network, x, y, shrink, bits)) is not None:
        yield far, edge_of(network, far)


def edge_of(network: Network, segment: int) -> int:
    """Return the edge a segment is part of."""
    return bisect_right(network.first_point, segment) - 1


def permits(network: Network, edge: int) -> int:
    """Return who may use an edge, in either direction."""
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


def offset(
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


def _nearest_of_all(network: Network, x: float, y: float, shrink: float, bits: int) -> int | None:
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
    first = int(apart.argmin())
    return None if apart[first] == np.inf else first
