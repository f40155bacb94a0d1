"""The base map as data of the page, with as much detail as fits."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.output.html.coordinates import encode
from lens_routes.plan.basemap import Way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lens_routes.geo import Point
    from lens_routes.plan.basemap import BaseMap, MapLine

Json = dict[str, Any]

_DEGREE_M = math.radians(EARTH_RADIUS_M)
_ALL = frozenset(Way)
_LARGE = frozenset({Way.MAIN_ROAD, Way.RAILWAY})


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a base map is drawn.

    Ways of the kinds in ``everywhere`` are drawn wherever they are, the others within ``near_m``
    to twice that of what is walked (0: nowhere). Points of a line stand ``apart_m`` at least, of
    one that is not near ``coarse_m``, and areas are ``area_m2`` large at least, by their boxes.
    """

    everywhere: frozenset[Way]
    near_m: float
    apart_m: float
    coarse_m: float
    area_m2: float


#: From all there is to nothing. A day on foot gets the first: measured on the streets of Lens,
#: 5 km by 4 km take 80 kB and 11 km by 11 km take 220 kB. What follows is for tours of many days
#: and rides of 40 km and more, where nobody looks for the footpaths between the towns.
DETAILS = (
    Detail(_ALL, 0, 0, 0, 0),
    Detail(_LARGE | {Way.STREET, Way.STREAM}, 1500, 5, 5, 500),
    Detail(_LARGE, 1500, 5, 15, 5_000),
    Detail(_LARGE, 500, 15, 50, 20_000),
    Detail(_LARGE, 500, 15, 200, 100_000),
    Detail(_LARGE, 200, 15, 300, 100_000),
    Detail(frozenset({Way.MAIN_ROAD}), 0, 50, 150, 1_000_000),
    Detail(frozenset({Way.MAIN_ROAD}), 0, 50, 400, 1_000_000),
    Detail(frozenset(), 0, 50, 50, math.inf),
)


def ground(base: BaseMap, walked: Sequence[Point], most_octets: int) -> Json:
    """Return a base map as data, with the first of `DETAILS` that fits.

    Parameters
    ----------
    base
        What there is to draw.
    walked
        The points of the tour's walks and stops.
    most_octets
        How long the data, written as JSON, may be; too little room gives an empty map.
    """
    found = (_drawn(base, detail, walked) for detail in DETAILS)
    return next(data for data in found if _octets(data) <= most_octets or _is_empty(data))


def _octets(data: Json) -> int:
    return len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _is_empty(data: Json) -> bool:
    return not data["lines"] and not data["areas"]


def _drawn(base: BaseMap, detail: Detail, walked: Sequence[Point]) -> Json:
    near = _Near(walked, detail.near_m)
    names: dict[str, int] = {"": 0}
    lines: defaultdict[str, Json] = defaultdict(lambda: {"at": [], "name": []})
    for line in base.lines:
        here = near.meets(line.points)
        if here or line.way in detail.everywhere:
            group = lines[line.way.value]
            apart_m = detail.apart_m if here else detail.coarse_m
            group["at"].append(encode(_apart(line.points, apart_m)))
            group["name"].append(names.setdefault(_label(line), len(names)))
    areas = [
        [area.ground.value, names.setdefault(area.name, len(names)), *map(encode, area.rings)]
        for area in base.areas
        if _extent_m2(area.rings[0]) >= detail.area_m2
    ]
    return {
        "bounds": [round(side, 5) for side in base.bounds],
        "names": list(names),
        "lines": {way.value: lines[way.value] for way in Way if way.value in lines},
        "areas": areas,
    }


def _label(line: MapLine) -> str:
    # The name of a railway or of its stations says nothing to those who walk along the street.
    return "" if line.way is Way.RAILWAY else line.name


class _Near:
    """Cells of a grid around points: a quick, coarse answer to what is near them."""

    def __init__(self, points: Sequence[Point], within_m: float) -> None:
        self._cells: set[tuple[int, int]] = set()
        if not points or not within_m:
            return
        self._lat = within_m / _DEGREE_M
        self._lon = self._lat / max(0.01, math.cos(math.radians(points[0].lat)))
        for column, row in {self._cell(point) for point in points}:
            self._cells |= {(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}

    def meets(self, points: Collection[Point]) -> bool:
        """Tell whether a line has a point in the cells."""
        return bool(self._cells) and any(self._cell(point) in self._cells for point in points)

    def _cell(self, point: Point) -> tuple[int, int]:
        return math.floor(point.lon / self._lon), math.floor(point.lat / self._lat)


def _apart(points: Sequence[Point], apart_m: float) -> Iterator[Point]:
    """Yield the points of a line that are *apart_m* from the one before, and its last."""
    if not apart_m:
        yield from points
        return
    east = math.cos(math.radians(points[0].lat))
    kept = None
    for point in points[:-1]:
        if kept is None or apart_m <= _DEGREE_M * math.hypot(
            (point.lon - kept.lon) * east, point.lat - kept.lat
        ):
            kept = point
            yield point
    yield points[-1]


def _extent_m2(ring: Sequence[Point]) -> float:
    """Return the area of the box around a ring."""
    lons, lats = [point.lon for point in ring], [point.lat for point in ring]
    width = (max(lons) - min(lons)) * math.cos(math.radians(lats[0]))
    return width * (max(lats) - min(lats)) * _DEGREE_M**2
