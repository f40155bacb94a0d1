"""Index the segments of a network by grid cell, so that the nearest street is found at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.streets.network.arrays import distinct
from lens_routes.streets.network.network import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]

#: Metres in a degree of latitude.
DEGREE_M = math.radians(1.0) * EARTH_RADIUS_M
#: Cells are no smaller than this: most streets of a town are further apart.
FINEST_CELL_M = 100.0
#: Nor are there more of them than this share of the segments.
CELLS_PER_SEGMENT = 0.5
#: So many segments are laid on the grid at once: each takes some 300 bytes meanwhile.
AT_ONCE = 500_000


def index_segments(
    lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32], first_point: Ints
) -> tuple[Grid, Ints, NDArray[np.int32]]:
    """Return a grid, and for each of its cells the segments that touch it.

    Parameters
    ----------
    lon_e7, lat_e7
        Points of all the edges, 1e-7 degrees, shape (points,).
    first_point
        Edge ``e`` runs through points ``first_point[e]`` to ``first_point[e + 1] - 1``.

    Returns
    -------
    grid, cell_first, cell_segment
        Cell ``row * columns + column`` is touched by
        ``cell_segment[cell_first[cell]:cell_first[cell + 1]]``; a segment bears the number of its
        first point, and may be listed in a cell it passes at less than a cell's size.
    """
    is_start = np.ones(len(lon_e7), dtype=bool)
    is_start[first_point[1:] - 1] = False
    segment = np.flatnonzero(is_start)
    grid = _grid_over(lon_e7, lat_e7, len(segment))
    blocks = np.split(segment, range(AT_ONCE, len(segment), AT_ONCE))
    entries = np.concatenate([_entries(grid, block, lon_e7, lat_e7) for block in blocks])
    entries.sort()
    touching = (entries % len(lon_e7)).astype(np.int32)
    entries //= len(lon_e7)
    counts = np.bincount(entries, minlength=grid.rows * grid.columns)
    return grid, np.concatenate(([0], np.cumsum(counts))), touching


def _entries(
    grid: Grid, segment: Ints, lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Return for each cell that each segment touches: cell × points + segment, each once."""

    def places(at: Ints) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x = (lon_e7[at].astype(np.int64) - grid.west_e7) / grid.cell_lon_e7
        return x, (lat_e7[at].astype(np.int64) - grid.south_e7) / grid.cell_lat_e7

    (x, y), (next_x, next_y) = places(segment), places(segment + 1)
    # Cut long segments into pieces no longer than a cell: each lies within 2 × 2 cells.
    reach = np.maximum(np.abs(next_x - x), np.abs(next_y - y))
    pieces = np.maximum(np.ceil(reach), 1).astype(np.int64)
    owner = np.repeat(np.arange(len(segment)), pieces)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = pieces[owner]
    begin, end = step / share, (step + 1) / share
    columns = [np.floor(x[owner] + (next_x - x)[owner] * t) for t in (begin, end)]
    rows = [np.floor(y[owner] + (next_y - y)[owner] * t) for t in (begin, end)]
    cells = [
        np.clip(row, 0, grid.rows - 1) * grid.columns + np.clip(column, 0, grid.columns - 1)
        for row in rows
        for column in columns
    ]
    return distinct(*(cell.astype(np.int64) * len(lon_e7) + segment[owner] for cell in cells))


def _grid_over(lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32], segments: int) -> Grid:
    west, east = int(lon_e7.min()), int(lon_e7.max())
    south, north = int(lat_e7.min()), int(lat_e7.max())
    shrink = max(math.cos(math.radians((south + north) / 2e7)), 0.01)
    width_m = (east - west) / 1e7 * DEGREE_M * shrink
    height_m = (north - south) / 1e7 * DEGREE_M
    most = max(segments * CELLS_PER_SEGMENT, 1.0)
    cell_m = max(FINEST_CELL_M, math.sqrt(width_m * height_m / most), (width_m + height_m) / most)
    cell_lat_e7 = math.ceil(cell_m / DEGREE_M * 1e7)
    cell_lon_e7 = math.ceil(cell_m / (DEGREE_M * shrink) * 1e7)
    return Grid(
        west_e7=west,
        south_e7=south,
        cell_lon_e7=cell_lon_e7,
        cell_lat_e7=cell_lat_e7,
        columns=(east - west) // cell_lon_e7 + 1,
        rows=(north - south) // cell_lat_e7 + 1,
    )
