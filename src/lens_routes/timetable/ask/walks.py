"""Stops within a walk of a point or of each other."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M, Point, distance_m
from lens_routes.timetable.network.network import Network

if TYPE_CHECKING:
    from collections.abc import Collection

    from lens_routes.timetable.network.timetable import Timetable

#: Nobody walks farther than this, in a straight line, to change.
CHANGE_WITHIN_M = 400.0


class NearStops:
    """The stops where one can board or alight, found by where they are."""

    def __init__(self, network: Network) -> None:
        placed: list[tuple[float, float, int]] = []
        for base, timetable in zip(network.first_stop, network.timetables, strict=False):
            for number in set(timetable.visit_stop.tolist()):
                point = timetable.point(number)
                if point is not None:
                    placed.append((point.lat, point.lon, base + number))
        self._placed = sorted(placed)

    def within(self, point: Point, radius_m: float) -> list[tuple[int, Point, float]]:
        """Return (stop, position, metres) within a straight line of *radius_m*, nearest first."""
        reach_lat = math.degrees(radius_m / EARTH_RADIUS_M)
        reach_lon = reach_lat / max(0.01, math.cos(math.radians(abs(point.lat) + reach_lat)))
        begin = bisect_left(self._placed, (point.lat - reach_lat,))
        end = bisect_right(self._placed, (point.lat + reach_lat, math.inf))
        found = []
        for lat, lon, stop in self._placed[begin:end]:
            if abs(lon - point.lon) <= reach_lon:
                where = Point(lon, lat)
                metres = distance_m(point, where)
                if metres <= radius_m:
                    found.append((stop, where, metres))
        return sorted(found, key=lambda item: item[2])


def near_any(timetable: Timetable, points: Collection[Point], within_m: float) -> bool:
    """Tell whether some stop lies within a straight line of some of *points*."""
    stops = NearStops(Network([timetable]))
    return any(stops.within(point, within_m) for point in points)
