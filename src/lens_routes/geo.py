"""Points on the earth, the straight line between them, and which time zones there are."""

from __future__ import annotations

import math
from typing import NamedTuple

#: Mean earth radius, metres; the value OSMnx uses, so that lengths compare to the metre.
EARTH_RADIUS_M = 6_371_009.0


class Point(NamedTuple):
    """A WGS 84 position, decimal degrees, longitude first as in GeoJSON."""

    lon: float
    lat: float


def distance_m(a: Point, b: Point) -> float:
    """Return the great-circle distance between two points, in metres.

    Haversine formula, as in ``osmnx.distance.great_circle``: R. W. Sinnott,
    "Virtues of the Haversine", Sky and Telescope 68 (1984), 159.
    """
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, h)))


def bearing_deg(a: Point, b: Point) -> float:
    """Return the initial bearing from *a* to *b*, degrees clockwise from north, 0 to 360.

    The forward azimuth of the great circle: J. Meeus, *Astronomical Algorithms* (1998), ch. 16.
    """
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    d_lon = math.radians(b.lon - a.lon)
    east = math.sin(d_lon) * math.cos(lat_b)
    north = math.cos(lat_a) * math.sin(lat_b) - math.sin(lat_a) * math.cos(lat_b) * math.cos(d_lon)
    return math.degrees(math.atan2(east, north)) % 360


def between(a: Point, b: Point, share: float) -> Point:
    """Return the point a share of the way from *a* to *b*, by degrees, the short way round."""
    east = b.lon - a.lon
    if abs(east) > 180:
        east -= math.copysign(360, east)
    return Point(within_180(a.lon + share * east), a.lat + share * (b.lat - a.lat))


def within_180(lon: float) -> float:
    """Return a longitude as -180 to 180 degrees."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def is_timezone(value: object) -> bool:
    """Tell whether *value* names a zone of the IANA database."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # who plans imports it anyway

    if not isinstance(value, str) or not value:
        return False
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError):  # OSError: "Europe" is a folder of the database
        return False
    return True
