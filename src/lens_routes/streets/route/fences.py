"""Tell whether a water, a railway or a motorway lies between a point and a street."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.geo import Point
    from lens_routes.streets.network.network import Grid, Network

    #: A position in 1e-7 degrees.
    Spot = tuple[float, float]


#: A share of the way so near to its end that nothing lies between.
NEARLY = 0.99


def fenced_off(network: Network, a: Point, b: Point) -> bool:
    """Tell whether the straight line between two points crosses what only bridges cross."""
    fences = network.fences
    if fences.grid is None:
        return False
    start = network.x_e7(a.lon), a.lat * 1e7
    goal = network.x_e7(b.lon), b.lat * 1e7
    # Just short of the goal: a motorway is no fence to the car that is put on it.
    end = (
        start[0] + NEARLY * (goal[0] - start[0]),
        start[1] + NEARLY * (goal[1] - start[1]),
    )
    lon, lat = fences.lon_e7, fences.lat_e7
    return any(
        _cross(start, end, (lon[i], lat[i]), (lon[i + 1], lat[i + 1]))
        for cell in _cells(fences.grid, start, end)
        for i in fences.segment[fences.first[cell] : fences.first[cell + 1]]
    )


def _cells(grid: Grid, start: Spot, end: Spot) -> Iterator[int]:
    """Yield the cells of a grid under the box around a line."""
    columns = [int((x - grid.west_e7) // grid.cell_lon_e7) for x in (start[0], end[0])]
    rows = [int((y - grid.south_e7) // grid.cell_lat_e7) for y in (start[1], end[1])]
    for row in range(max(min(rows), 0), min(max(rows), grid.rows - 1) + 1):
        for column in range(max(min(columns), 0), min(max(columns), grid.columns - 1) + 1):
            yield row * grid.columns + column


def _cross(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Tell whether two straight lines cross; touching at an end is no crossing."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Spot, b: Spot, c: Spot) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
