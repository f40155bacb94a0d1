"""What an index says of a tour, in every language, from its plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point
from lens_routes.output.shared import caption
from lens_routes.output.shared import summary as of_days
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, joined, text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens_routes.plan.plan import Day, Plan

#: The side of the sketch of a tour, in its own units.
SIDE = 100
_MARGIN = 8


def summary(plan: Plan, language: str) -> dict[str, Any]:
    """Return what the index tells of a plan as JSON values; *language* is that of its files."""
    legs = [leg for day in plan.days for leg in day.legs]
    return {
        "language": language,
        "title": _texts(caption.title(plan)),
        "days": [_texts(_day(day)) for day in plan.days],
        "visits": [stop.name for day in plan.days for stop in day.stops if stop.kind == "visit"],
        "warnings": [_texts(warning) for warning in plan.warnings],
        "themes": [_texts(wording.sentence(theme)) for theme in caption.themes(plan)],
        "longest_s": max(d.end_time.timestamp() - d.start_time.timestamp() for d in plan.days),
        "length_m": sum(day.totals.walk_m + (day.totals.ride_m or 0.0) for day in plan.days),
        "modes": sorted({part.kind for leg in legs for part in parts_of(leg)}),
        "sketch": list(_sketch(plan)),
    }


def _day(day: Day) -> str:
    return wording.sentence(joined(" · ", of_days.sums(day)))


def _sketch(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield the lines of a tour and its visits, in a square of `SIDE` with the north up."""
    lines = []
    for day in plan.days:
        stops = [Point(stop.lon, stop.lat) for stop in day.stops]
        ends = [day.start.point, *stops, day.end.point]
        for leg, origin, end in zip(day.legs, ends, ends[1:], strict=False):
            parts = [(part.kind, part.points) for part in parts_of(leg) if len(part.points) > 1]
            lines += parts or [("guess", (origin, end))]
    visits = [Point(s.lon, s.lat) for day in plan.days for s in day.stops if s.kind == "visit"]
    points = [*visits, plan.days[0].start.point, *(p for _, line in lines for p in line)]
    place = _placing(points)
    for kind, line in lines:
        yield {"kind": kind, "at": _thinned([place(point) for point in line])}
    yield {"kind": "visits", "at": [place(point) for point in visits]}


def _placing(points: list[Point]) -> Callable[[Point], tuple[float, float]]:
    west, north = min(p.lon for p in points), max(p.lat for p in points)
    east = math.cos(math.radians(north))
    width = (max(p.lon for p in points) - west) * east
    height = north - min(p.lat for p in points)
    scale = (SIDE - 2 * _MARGIN) / max(width, height, 1e-4)
    left, top = ((SIDE - side * scale) / 2 for side in (width, height))

    def place(point: Point) -> tuple[float, float]:
        x, y = (point.lon - west) * east * scale + left, (north - point.lat) * scale + top
        return round(x, 1), round(y, 1)

    return place


def _thinned(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept = spots[:1]
    for spot in spots[1:]:
        if math.dist(spot, kept[-1]) >= 1:
            kept.append(spot)
    return kept if len(kept) > 1 else [*kept, spots[-1]]


def _texts(text: str) -> dict[str, str]:
    return {language: str(text_in(text, language)) for language in LANGUAGES}
