"""Find the segments of a network near a point, the nearest first."""

from __future__ import annotations

import math
from bisect import bisect_right
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from lens_routes.geo import Point
    from lens_routes.streets.network.network import Grid, Network

#: After this many rings of cells around a point, larger squares of them are tried at once instead.
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
    if anything:
        return
    far = _nearest_beyond(network, column, row, (x, y, shrink), bits)
    if far is not None:
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


def _nearest_beyond(
    network: Network, column: int, row: int, at: tuple[float, float, float], bits: int
) -> int | None:
    """Search ever larger squares of cells; for points in a large void or outside the network."""
    grid, ring = network.grid, MOST_RINGS
    while True:
        ring *= 2
        found = _nearest_in(network, _square(network, column, row, ring), at, bits)
        if found is not None and found[0] <= _clearance(grid, column, row, ring, *at) ** 2:
            return found[1]
        if ring > max(grid.columns, grid.rows):
            return found and found[1]


def _square(network: Network, column: int, row: int, ring: int) -> NDArray[np.int64]:
    """Return the segments in the cells up to *ring* away from one, some of them twice."""
    import numpy as np  # noqa: PLC0415  # the rings need none, and they nearly always do

    grid, segments = network.grid, np.asarray(network.cell_segment)
    west, east = max(column - ring, 0), min(column + ring, grid.columns - 1)
    # The cells of a row lie side by side.
    rows = range(max(row - ring, 0), min(row + ring, grid.rows - 1) + 1)
    ends = [(r * grid.columns + west, r * grid.columns + east + 1) for r in rows]
    cells = [segments[network.cell_first[a] : network.cell_first[b]] for a, b in ends]
    return np.concatenate(cells).astype(np.int64)


def _nearest_in(
    network: Network, segments: NDArray[np.int64], at: tuple[float, float, float], bits: int
) -> tuple[float, int] | None:
    """Return the nearest of some segments that serve, and its squared distance as `offset`'s."""
    import numpy as np  # noqa: PLC0415

    edge = np.searchsorted(np.asarray(network.first_point), segments, side="right") - 1
    permits = np.asarray(network.arc_permits).reshape(-1, 2)[edge]
    segments = segments[((permits[:, 0] | permits[:, 1]) & bits) != 0]
    if not len(segments):
        return None
    x, y, shrink = at
    lon, lat = np.asarray(network.point_lon_e7), np.asarray(network.point_lat_e7)
    px, py = (lon[segments] - x) * shrink, lat[segments] - y
    dx, dy = (lon[segments + 1] - x) * shrink - px, lat[segments + 1] - y - py
    square = dx * dx + dy * dy
    share = np.clip(-(px * dx + py * dy) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    apart = (px + share * dx) ** 2 + (py + share * dy) ** 2
    first = np.lexsort((segments, apart))[0]
    return float(apart[first]), int(segments[first])
