"""Stops within a walk of a point or of each other."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M, Point, distance_m
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timetable import NOWHERE_E7

if TYPE_CHECKING:
    from collections.abc import Collection

    from lens_routes.timetable.network.timetable import Timetable

#: Nobody walks farther than this, in a straight line, to change.
CHANGE_WITHIN_M = 400.0


class NearStops:
    """The stops where one can board or alight, found by where they are."""

    def __init__(self, network: Network) -> None:
        #: By latitude; 1e-7 degrees.
        self._placed: list[tuple[int, int, int]] = []
        for base, timetable in zip(network.first_stop, network.timetables, strict=False):
            lats, lons = timetable.stop_lat_e7.tolist(), timetable.stop_lon_e7.tolist()
            self._placed += [
                (lats[number], lons[number], base + number)
                for number in set(timetable.visit_stop.tolist())
                if lons[number] != NOWHERE_E7
            ]
        self._placed.sort()

    def within(self, point: Point, radius_m: float) -> list[tuple[int, Point, float]]:
        """Return (stop, position, metres) within a straight line of *radius_m*, nearest first."""
        reach_lat = math.degrees(radius_m / EARTH_RADIUS_M)
        reach_lon = reach_lat / max(0.01, math.cos(math.radians(abs(point.lat) + reach_lat)))
        begin = bisect_left(self._placed, ((point.lat - reach_lat) * 1e7,))
        end = bisect_right(self._placed, ((point.lat + reach_lat) * 1e7, math.inf))
        west, east = (point.lon - reach_lon) * 1e7, (point.lon + reach_lon) * 1e7
        found = []
        for lat, lon, stop in self._placed[begin:end]:
            if west <= lon <= east:
                where = Point(lon / 1e7, lat / 1e7)
                metres = distance_m(point, where)
                if metres <= radius_m:
                    found.append((stop, where, metres))
        return sorted(found, key=lambda item: item[2])


def near_any(timetable: Timetable, points: Collection[Point], within_m: float) -> bool:
    """Tell whether some stop lies within a straight line of some of *points*."""
    stops = NearStops(Network([timetable]))
    return any(stops.within(point, within_m) for point in points)
