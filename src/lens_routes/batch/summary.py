"""What an index says of a tour, in every language, from its plan."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point
from lens_routes.output.shared import caption
from lens_routes.output.shared import summary as of_days
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, joined, text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lens_routes.plan.plan import Day, Plan

    #: Gives the main roads of a box of degrees (west, south, east, north).
    Roads = Callable[[tuple[float, float, float, float]], Iterable[Sequence[Point]]]

#: The side of the sketch of a tour, in its own units.
SIDE = 200
_MARGIN = 16
#: Two spots of a line nearer than this are one.
_FINEST = 3
#: Roads under it that are shorter than this would be crumbs, in the same units.
_CRUMB = 12


def summary(plan: Plan, language: str, roads: Roads | None = None) -> dict[str, Any]:
    """Return what the index tells of a plan as JSON values.

    *language* is that of its files; *roads* are drawn under its way where streets are installed.
    """
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
        "sketch": list(_sketch(plan, roads)),
    }


def _day(day: Day) -> str:
    return wording.sentence(joined(" · ", of_days.sums(day)))


def _sketch(plan: Plan, roads: Roads | None) -> Iterator[dict[str, Any]]:
    """Yield roads, the lines of a tour, its visits, in a square of `SIDE` with the north up."""
    lines = []
    for day in plan.days:
        stops = [Point(stop.lon, stop.lat) for stop in day.stops]
        ends = [day.start.point, *stops, day.end.point]
        for leg, origin, end in zip(day.legs, ends, ends[1:], strict=False):
            parts = [(part.kind, part.points) for part in parts_of(leg) if len(part.points) > 1]
            lines += parts or [("guess", (origin, end))]
    visits = [Point(s.lon, s.lat) for day in plan.days for s in day.stops if s.kind == "visit"]
    frame = _frame([*visits, plan.days[0].start.point, *(p for _, line in lines for p in line)])
    ground = [frame.thinned(road) for road in roads(frame.bounds)] if roads else []
    for road in sorted(road for road in ground if math.dist(road[0], road[-1]) >= _CRUMB):
        yield {"kind": "road", "at": road}
    for kind, line in lines:
        yield {"kind": kind, "at": frame.thinned(line)}
    yield {"kind": "visits", "at": [frame.spot(point) for point in visits]}


@dataclass(frozen=True, slots=True)
class _Frame:
    """The square: its north-western corner, its degrees of latitude, and how long one is east."""

    west: float
    north: float
    side: float
    east: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The degrees it covers: west, south, east, north."""
        south, east = self.north - self.side, self.west + self.side / self.east
        return self.west, south, east, self.north

    def spot(self, point: Point) -> tuple[int, int]:
        """Return where a point lies in it."""
        scale = SIDE / self.side
        x, y = (point.lon - self.west) * self.east, self.north - point.lat
        return round(x * scale), round(y * scale)

    def thinned(self, line: Sequence[Point]) -> list[tuple[int, int]]:
        """Return a line as far as the eye can follow it in a small drawing."""
        spots = list(map(self.spot, line))
        kept = spots[:1]
        for spot in spots[1:]:
            if math.dist(spot, kept[-1]) >= _FINEST:
                kept.append(spot)
        return [*kept[: -1 if len(kept) > 1 else None], spots[-1]]


def _frame(points: Sequence[Point]) -> _Frame:
    """Return the square around points, a margin on every side."""
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    shrunk = math.cos(math.radians(north))
    side = max((east - west) * shrunk, north - south, 1e-3) * SIDE / (SIDE - 2 * _MARGIN)
    left, top = (west + east - side / shrunk) / 2, (south + north + side) / 2
    return _Frame(left, top, side, shrunk)


def _texts(text: str) -> dict[str, str]:
    return {language: str(text_in(text, language)) for language in LANGUAGES}
