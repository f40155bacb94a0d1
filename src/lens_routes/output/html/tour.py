"""The tour as data of the page: where its stops are and which lines its ways follow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from lens_routes.geo import EARTH_RADIUS_M, Point
from lens_routes.output.html.coordinates import encode
from lens_routes.output.shared import caption
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.output.shared.leg_parts import LegPart
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan

Json = dict[str, Any]

DEGREE_M = math.radians(EARTH_RADIUS_M)

_COLOUR = expression(r"[0-9A-Fa-f]{6}")


def key(day: int, role: str, number: int = 0) -> str:
    """Return the id of what the timetable and the map both show: a stop, a leg, an end."""
    return f"day{day}-{role}{number or ''}"


def tour(plan: Plan) -> list[Json]:
    """Return the days of a plan as data: points and lines, each with the id of its row."""
    return [_day(number, day) for number, day in enumerate(plan.days, 1)]


def walked(plan: Plan) -> list[Point]:
    """Return the points of all stops and walks."""
    points: list[Point] = []
    for day in plan.days:
        points += [day.start.point, *(Point(s.lon, s.lat) for s in day.stops), day.end.point]
        for leg in day.legs:
            points += [p for part in parts_of(leg) if part.ride is None for p in part.points]
    return points


def surroundings(plan: Plan) -> tuple[float, float, float, float]:
    """Return the west, south, east and north of what a map of a tour shows, in degrees.

    A square around stops, walks and rides, with 0.7 of its side to spare and 400 m more: it fills
    windows of 16:9 and telephones, and people look around.
    """
    points = walked(plan) + [p for day in plan.days for leg in day.legs for p in leg.geometry or ()]
    lons, lats = [point.lon for point in points], [point.lat for point in points]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    east = max(0.01, math.cos(math.radians(lat)))
    half = max((max(lons) - min(lons)) * east, max(lats) - min(lats)) * 0.85 + 400 / DEGREE_M
    return lon - half / east, lat - half, lon + half / east, lat + half


def _day(number: int, day: Day) -> Json:
    stops = [
        {"id": key(number, "stop", index), "label": str(order or ""), "at": [stop.lon, stop.lat]}
        for index, (order, stop) in enumerate(caption.numbered(day), 1)
    ]
    start, end = day.start.point, day.end.point
    points = [start, *(Point(stop.lon, stop.lat) for stop in day.stops), end]
    legs = [
        {
            "id": key(number, "leg", index),
            "lines": list(_lines(leg, points[index - 1], points[index])),
        }
        for index, leg in enumerate(day.legs, 1)
        if caption.moves(leg)
    ]
    return {
        "start": {"id": key(number, "start"), "at": list(start)},
        "end": {"id": key(number, "end"), "at": list(end)},
        "back": start == end,
        "stops": stops,
        "legs": legs,
    }


def _lines(leg: Leg, origin: Point, destination: Point) -> Iterator[Json]:
    if not caption.line_of(leg):
        yield {"kind": "guess", "at": encode([origin, destination])}
        return
    for part in parts_of(leg):
        if len(part.points) > 1:
            yield {
                "kind": part.kind,
                "at": encode(part.points),
                **({"colour": colour} if (colour := colour_of(part)) else {}),
            }


def colour_of(part: LegPart) -> str:
    """Return the colour of a ride's line as ``#rrggbb``, empty where the timetable has none."""
    given = (part.ride or {}).get("colour")
    return f"#{given.lower()}" if isinstance(given, str) and _COLOUR.fullmatch(given) else ""
