"""Whether the places of a catalogue are where they say: geometry, order, system, outliers."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from lens_routes.catalogue.faults import nearest, shown
from lens_routes.catalogue.zones import zone_city
from lens_routes.geo import Point, distance_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lens_routes.catalogue.faults import Faults

FIELD: Final = "geometry.coordinates"
_LON_LAT = "Write [longitude, latitude] in degrees, such as [2.80333, 50.43056]."
_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")

#: Two of these say that every position of a file has the same fault, so it is told once.
_ALL_ALIKE_FROM = 3
#: A whole country lies within this of its time zone's city, its mirror image hardly ever does.
_ZONE_RADIUS_M = 1_000_000.0
#: What lies this far from the middle of the others deserves a second look.
_OUTLIER_M = 200_000.0


class _Doubt(Enum):
    """What can be wrong with a pair of numbers: the problem and its remedy."""

    METRES = (
        "{x:g}, {y:g} are not degrees; they look like metres of a projected system.",
        "Convert the file to WGS 84: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson",
    )
    SWAPPED = (
        "Longitude and latitude are swapped: {x:g} is the latitude.",
        "Write longitude first: [{y:g}, {x:g}].",
    )
    NULL_ISLAND = (
        "0, 0 is in the Atlantic: the usual sign of a position that was never filled in.",
        _LON_LAT,
    )
    OUT_OF_RANGE = (
        "{x:g}, {y:g} is not on the earth: longitude runs from -180 to 180, latitude -90 to 90.",
        _LON_LAT,
    )


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
        problem, remedy = (part.format(x=first.lon, y=first.lat) for part in doubt.value)
        faults.error(
            "", FIELD, f"In all {len(pairs)} features, beginning with the first: {problem}", remedy
        )
    else:
        for index, doubt in doubts.items():
            x, y = pairs[index]
            problem, remedy = (part.format(x=x, y=y) for part in doubt.value)
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
            "The feature has no position.",
            'Write {"type": "Point", "coordinates": [longitude, latitude]}.',
        )
        return None
    if not isinstance(geometry, dict):
        faults.error(
            label,
            "geometry",
            f"{shown(geometry)} is not a geometry.",
            'Write {"type": "Point", "coordinates": [longitude, latitude]}.',
        )
        return None
    kind = geometry.get("type")
    if kind != "Point":
        faults.error(
            label,
            "geometry.type",
            f"{shown(kind)} stands where a Point is due.",
            _point_remedy(kind),
        )
        return None
    return _numbers(label, geometry.get("coordinates"), faults)


def _point_remedy(kind: object) -> str:
    if kind in _TYPES[1:]:
        return "Write one Point: the entrance of the place, or its middle."
    guess = nearest(kind, _TYPES) if isinstance(kind, str) else ""
    return 'Write "Point".' if guess in ("", "Point") else f'Not a "{guess}" either: write "Point".'


def _numbers(label: str, coordinates: object, faults: Faults) -> Point | None:
    if not isinstance(coordinates, list):
        faults.error(label, FIELD, f"{shown(coordinates)} is not a list of two numbers.", _LON_LAT)
        return None
    if not 2 <= len(coordinates) <= 3:
        faults.error(
            label, FIELD, f"There are {len(coordinates)} numbers instead of two.", _LON_LAT
        )
        return None
    for value in coordinates:
        if isinstance(value, bool) or not isinstance(value, int | float):
            faults.error(label, FIELD, f"{shown(value)} is not a number.", _LON_LAT)
            return None
        if not abs(value) < 1e12:  # also NaN and Infinity
            faults.error(label, FIELD, f"{shown(value)} is no coordinate.", _LON_LAT)
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
                f"It is {distance / 1000:.0f} km from the middle of the others.",
                "Check the position; walking tours will not reach it.",
            )
