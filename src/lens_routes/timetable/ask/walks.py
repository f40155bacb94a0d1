"""Stops within a walk of a point or of each other."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M, distance_m
from lens_routes.timetable.network.network import Network

if TYPE_CHECKING:
    from collections.abc import Collection

    from lens_routes.geo import Point
    from lens_routes.timetable.network.timetable import Timetable

#: Nobody walks farther than this, in a straight line, to change.
CHANGE_WITHIN_M = 400.0


class StopGrid:
    """The stops where one can board or alight, by position."""

    def __init__(self, network: Network, cell_m: float = 500.0) -> None:
        self._cell = math.degrees(cell_m / EARTH_RADIUS_M)
        self._cells: dict[tuple[int, int], list[tuple[int, Point]]] = defaultdict(list)
        for base, timetable in zip(network.first_stop, network.timetables, strict=False):
            for number in sorted(set(timetable.visit_stop)):
                point = timetable.point(number)
                if point is not None:
                    self._cells[self._key(point)].append((base + number, point))

    def _key(self, point: Point) -> tuple[int, int]:
        return math.floor(point.lon / self._cell), math.floor(point.lat / self._cell)

    def within(self, point: Point, radius_m: float) -> list[tuple[int, Point, float]]:
        """Return (stop, position, metres) within a straight line of *radius_m*, nearest first."""
        reach_lat = math.degrees(radius_m / EARTH_RADIUS_M)
        reach_lon = reach_lat / max(0.01, math.cos(math.radians(point.lat)))
        west, south = self._key(
            point._replace(lon=point.lon - reach_lon, lat=point.lat - reach_lat)
        )
        east, north = self._key(
            point._replace(lon=point.lon + reach_lon, lat=point.lat + reach_lat)
        )
        found = [
            (stop, where, distance_m(point, where))
            for x in range(west, east + 1)
            for y in range(south, north + 1)
            for stop, where in self._cells.get((x, y), ())
        ]
        return sorted((item for item in found if item[2] <= radius_m), key=lambda item: item[2])


def near_any(timetable: Timetable, points: Collection[Point], within_m: float) -> bool:
    """Tell whether some stop lies within a straight line of some of *points*."""
    grid = StopGrid(Network([timetable]))
    return any(grid.within(point, within_m) for point in points)
