"""Bounding boxes: check one, make one around points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lens_routes.errors import UsageError
from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens_routes.geo import Point
    from lens_routes.streets.network.source import BBox


def bbox_around(points: Iterable[Point], margin_m: float) -> BBox:
    """Return the smallest box that leaves *margin_m* metres on every side of the points.

    Parameters
    ----------
    points
        At least one position, WGS 84 degrees. The box never crosses the 180th meridian.
    margin_m
        Metres added on each side; for a single point, the radius.

    Returns
    -------
    bbox
        (west, south, east, north), degrees. The margin in longitude is that of the latitude
        farthest from the equator, so that it is nowhere too small.

    Raises
    ------
    UsageError
        There is no point, or the margin is not a positive length.
    """
    points = tuple(points)
    if not points:
        raise UsageError(
            tr("There is no point to draw a box around."), tr("Name at least one place.")
        )
    if not (math.isfinite(margin_m) and margin_m > 0):
        raise UsageError(
            tr("A margin of {n} m makes no box.", n=f"{margin_m:g}"),
            tr("Give a positive number of metres."),
        )
    margin_lat = math.degrees(margin_m / EARTH_RADIUS_M)
    south = max(-90.0, min(point.lat for point in points) - margin_lat)
    north = min(90.0, max(point.lat for point in points) + margin_lat)
    shrink = math.cos(math.radians(min(89.0, max(abs(south), abs(north)))))
    margin_lon = margin_lat / shrink
    west = max(-180.0, min(point.lon for point in points) - margin_lon)
    east = min(180.0, max(point.lon for point in points) + margin_lon)
    return (west, south, east, north)


def check_bbox(bbox: BBox) -> BBox:
    """Return *bbox* when it is a box on the earth with an inside.

    Raises
    ------
    UsageError
        A side is not a number, lies off the earth, or the sides are swapped.
    """
    west, south, east, north = bbox
    hint = tr(
        "Give degrees as west,south,east,north, for example {example}.",
        example="2.74,50.40,2.87,50.465",
    )
    box = as_text(bbox)
    if not all(math.isfinite(side) for side in bbox):
        raise UsageError(tr("The box {box} holds something that is not a number.", box=box), hint)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and north <= 90):
        raise UsageError(tr("The box {box} reaches off the earth.", box=box), hint)
    if west >= east or south >= north:
        raise UsageError(
            tr("The box {box} has no inside: west must be below east, south below north.", box=box),
            hint,
        )
    return bbox


def as_text(bbox: BBox) -> str:
    """Write a box as people type it: ``west,south,east,north`` in degrees."""
    return ",".join(f"{side:g}" for side in bbox)
