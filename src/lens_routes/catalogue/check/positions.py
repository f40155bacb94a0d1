"""Whether the places of a catalogue are where they say: geometry, order, system, outliers."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from lens_routes.catalogue.file.faults import nearest, shown
from lens_routes.catalogue.file.zones import zone_city
from lens_routes.geo import Point, distance_m
from lens_routes.text.language import tr
from lens_routes.text.wording import distance as said_distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lens_routes.catalogue.file.faults import Faults

FIELD: Final = "geometry.coordinates"
_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")

#: Two of these say that every position of a file has the same fault, so it is told once.
_ALL_ALIKE_FROM = 3
#: A whole country lies within this of its time zone's city, its mirror image hardly ever does.
_ZONE_RADIUS_M = 1_000_000.0
#: What lies this far from the middle of the others deserves a second look.
_OUTLIER_M = 200_000.0


class _Doubt(Enum):
    """What can be wrong with a pair of numbers."""

    METRES = "metres"
    SWAPPED = "swapped"
    NULL_ISLAND = "null island"
    OUT_OF_RANGE = "out of range"

    def told(self, pair: Point) -> tuple[str, str]:
        """Return the problem of a pair and its remedy."""
        x, y = f"{pair.lon:g}", f"{pair.lat:g}"
        if self is _Doubt.METRES:
            return (
                tr(
                    "{x}, {y} are not degrees; they look like metres of a projected system.",
                    x=x,
                    y=y,
                ),
                tr("Convert the file to WGS 84: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson"),
            )
        if self is _Doubt.SWAPPED:
            return (
                tr("Longitude and latitude are swapped: {x} is the latitude.", x=x),
                tr("Write longitude first: [{y}, {x}].", x=x, y=y),
            )
        if self is _Doubt.NULL_ISLAND:
            problem = tr(
                "0, 0 is in the Atlantic: the usual sign of a position that was never filled in."
            )
            return problem, _lon_lat()
        problem = tr(
            "{x}, {y} is not on the earth: longitude runs from -180 to 180, latitude -90 to 90.",
            x=x,
            y=y,
        )
        return problem, _lon_lat()


def _lon_lat() -> str:
    return tr("Write [longitude, latitude] in degrees, such as [2.80333, 50.43056].")


def check_positions(
    features: Sequence[tuple[str, Mapping[str, Any]]], timezone: str, faults: Faults
) -> dict[int, Point]:
    """Note every fault of the features' geometries.

    Parameters
    ----------
    features
        What to call each feature in a fault, and the feature.
    timezone
        Name of the catalogue's time zone; its principal city tells swapped positions.

    Returns
    -------
    dict
        The positions that can be trusted, by the feature's index.
    """
    pairs: dict[int, Point] = {}
    for index, (label, feature) in enumerate(features):
        pair = _pair(label, feature, faults) if feature else None
        if pair is not None:
            pairs[index] = pair
    city = zone_city(timezone)
    doubts = _doubts(pairs, city)
    if len(set(doubts.values())) == 1 and len(doubts) == len(pairs) >= _ALL_ALIKE_FROM:
        doubt, first = next(iter(doubts.values())), next(iter(pairs.values()))
        problem, remedy = doubt.told(first)
        faults.error(
            "",
            FIELD,
            tr(
                "In all {n} features, beginning with the first: {problem}",
                n=len(pairs),
                problem=problem,
            ),
            remedy,
        )
    else:
        for index, doubt in doubts.items():
            problem, remedy = doubt.told(pairs[index])
            faults.error(features[index][0], FIELD, problem, remedy)
    points = {index: pair for index, pair in pairs.items() if index not in doubts}
    _warn_of_outliers(features, points, faults)
    return points


def _pair(label: str, feature: Mapping[str, Any], faults: Faults) -> Point | None:
    """Return the feature's two numbers, whatever they mean, or note why there are none."""
    geometry = feature.get("geometry")
    if geometry is None:
        faults.error(
            label,
            "geometry",
            tr("The feature has no position."),
            tr('Write {"type": "Point", "coordinates": [longitude, latitude]}.'),
        )
        return None
    if not isinstance(geometry, dict):
        faults.error(
            label,
            "geometry",
            tr("{value} is not a geometry.", value=shown(geometry)),
            tr('Write {"type": "Point", "coordinates": [longitude, latitude]}.'),
        )
        return None
    kind = geometry.get("type")
    if kind != "Point":
        faults.error(
            label,
            "geometry.type",
            tr("{value} stands where a Point is due.", value=shown(kind)),
            _point_remedy(kind),
        )
        return None
    return _numbers(label, geometry.get("coordinates"), faults)


def _point_remedy(kind: object) -> str:
    if kind in _TYPES[1:]:
        return tr("Write one Point: the entrance of the place, or its middle.")
    guess = nearest(kind, _TYPES) if isinstance(kind, str) else ""
    if guess in ("", "Point"):
        return tr('Write "Point".')
    return tr('Not a "{guess}" either: write "Point".', guess=guess)


def _numbers(label: str, coordinates: object, faults: Faults) -> Point | None:
    if not isinstance(coordinates, list):
        faults.error(
            label,
            FIELD,
            tr("{value} is not a list of two numbers.", value=shown(coordinates)),
            _lon_lat(),
        )
        return None
    if not 2 <= len(coordinates) <= 3:
        faults.error(
            label,
            FIELD,
            tr("There are {n} numbers instead of two.", n=len(coordinates)),
            _lon_lat(),
        )
        return None
    for value in coordinates:
        if isinstance(value, bool) or not isinstance(value, int | float):
            faults.error(
                label, FIELD, tr("{value} is not a number.", value=shown(value)), _lon_lat()
            )
            return None
        if not abs(value) < 1e12:  # also NaN and Infinity
            faults.error(
                label, FIELD, tr("{value} is no coordinate.", value=shown(value)), _lon_lat()
            )
            return None
    return Point(float(coordinates[0]), float(coordinates[1]))


def _doubts(pairs: Mapping[int, Point], city: Point | None) -> dict[int, _Doubt]:
    """Return what is wrong with each pair that cannot be a position of this catalogue."""
    plausible = [
        pair
        for pair in pairs.values()
        if _on_earth(pair) and any(pair) and not _mirrors(pair, city, _ZONE_RADIUS_M)
    ]
    middle = _middle(plausible) if len(plausible) >= _ALL_ALIKE_FROM else None
    found: dict[int, _Doubt] = {}
    for index, pair in pairs.items():
        if max(abs(pair.lon), abs(pair.lat)) > 360:
            found[index] = _Doubt.METRES
        elif not any(pair):
            found[index] = _Doubt.NULL_ISLAND
        elif _mirrors(pair, city, _ZONE_RADIUS_M) or _mirrors(pair, middle, _OUTLIER_M):
            found[index] = _Doubt.SWAPPED
        elif not _on_earth(pair):
            found[index] = _Doubt.OUT_OF_RANGE
    return found


def _on_earth(pair: Point) -> bool:
    return abs(pair.lon) <= 180 and abs(pair.lat) <= 90


def _mirrors(pair: Point, known: Point | None, radius_m: float) -> bool:
    """Tell whether *pair* is far from a *known* position that it is near to when swapped."""
    mirrored = Point(pair.lat, pair.lon)
    if known is None or not _on_earth(mirrored):
        return False
    mirrored_m = distance_m(mirrored, known)
    away_m = distance_m(pair, known) if _on_earth(pair) else math.inf
    return away_m > radius_m > mirrored_m and mirrored_m < away_m / 3


def _middle(points: Iterable[Point]) -> Point:
    lons, lats = zip(*points, strict=True)
    return Point(_median(lons), _median(lats))


def _median(values: Iterable[float]) -> float:
    """Return the lower median; the statistics module costs 4 ms to import."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]


def _warn_of_outliers(
    features: Sequence[tuple[str, Mapping[str, Any]]], points: Mapping[int, Point], faults: Faults
) -> None:
    if len(points) < _ALL_ALIKE_FROM:
        return
    middle = _middle(points.values())
    away_m = {index: distance_m(point, middle) for index, point in points.items()}
    usual_m = _median(away_m.values())
    for index, distance in away_m.items():
        if distance > max(_OUTLIER_M, 10 * usual_m):
            faults.warning(
                features[index][0],
                FIELD,
                tr(
                    "It is {distance} from the middle of the others.",
                    distance=said_distance(distance),
                ),
                tr("Check the position; walking tours will not reach it."),
            )
