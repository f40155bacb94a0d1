"""What an index says of a tour, in every language, from its plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point
from lens_routes.output.roadbook.frame import frame_around, thinned
from lens_routes.output.shared import caption
from lens_routes.output.shared import summary as of_days
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, joined, text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lens_routes.output.roadbook.frame import Bounds, Spot
    from lens_routes.plan.plan import Day, Plan

    #: Gives the main roads of a box of degrees.
    Roads = Callable[[Bounds], Iterable[Sequence[Point]]]

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
        "from_map": caption.from_map(plan),
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
    points = [*visits, plan.days[0].start.point, *(p for _, line in lines for p in line)]
    frame = frame_around(points, SIDE, SIDE, _MARGIN)
    # As far as the eye can follow a line in a small drawing.
    under = roads(frame.bounds) if roads else ()
    ground = [_drawn(thinned(frame.spots(road), _FINEST)) for road in under]
    for road in sorted(road for road in ground if math.dist(road[0], road[-1]) >= _CRUMB):
        yield {"kind": "road", "at": road}
    for kind, line in lines:
        yield {"kind": kind, "at": _drawn(thinned(frame.spots(line), _FINEST))}
    yield {"kind": "visits", "at": _drawn(frame.spots(visits))}


def _drawn(spots: Sequence[Spot]) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in spots]


def _texts(text: str) -> dict[str, str]:
    return {language: str(text_in(text, language)) for language in LANGUAGES}
