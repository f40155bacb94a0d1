"""A route as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared import caption, climb, elevation
from lens_routes.output.shared.rolling import rolled
from lens_routes.output.terminal.lines import (
    NAME,
    QUIET,
    WALK,
    Line,
    Look,
    wrap,
)
from lens_routes.plan.grade import Grade, told
from lens_routes.text import wording as words
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.leg import Leg

#: A profile is drawn no wider than this.
PROFILE_COLUMNS = 60


def render_route(legs: Sequence[Leg], look: Look) -> Iterator[Line]:
    """Yield a route: each leg with its streets, then the sum."""
    for leg in legs:
        yield from wrap(Line(caption.from_to(leg), NAME), look)
        yield from wrap(_walk_line(leg, _lasting(leg)), look, "  ")
        yield from profile_lines(leg, look)
        yield from street_lines(leg, look, "  ")
        yield Line()
    if len(legs) > 1:
        total_m = sum(leg.distance_m for leg in legs)
        total_s = sum(leg.duration_s for leg in legs)
        total = tr(
            "In all {distance}, {duration}",
            distance=words.distance(total_m),
            duration=words.duration(total_s),
        )
        yield Line(total, NAME)


def profile_lines(leg: Leg, look: Look) -> Iterator[Line]:
    """Yield how high a leg is, drawn, with what it adds up to."""
    profile = elevation.profile_of(leg)
    rows = elevation.profile_rows(profile, min(PROFILE_COLUMNS, look.text_width - 12))
    heights = [height_m for _, height_m in profile]
    marks = {0: max(heights, default=0.0), len(rows) - 1: min(heights, default=0.0)}
    for number, row in enumerate(rows):
        mark = f"{words.grouped(marks[number])} m" if number in marks else ""
        yield Line(f"  {mark:>8} ").append(row, WALK)
    if words_of_it := climb.summary(leg):
        yield from wrap(Line(words_of_it, QUIET), look, "  ", hang="  ")


def _lasting(leg: Leg) -> str:
    """Return how long a leg of a route takes; nobody knows that of traffic."""
    duration = words.duration(leg.duration_s)
    return tr("about {duration}", duration=duration) if leg.mode == "car" else duration


def _walk_line(leg: Leg, lasting: str) -> Line:
    text = Line(f"{caption.gone(leg.mode, leg.distance_m)}, {lasting}", WALK)
    if leg.source is not Grade.STREETS:
        text.append(f" ({told(leg.source)})", QUIET)
    text.append("".join(f", {remark}" for remark in remarks(leg)), QUIET)
    return text


def remarks(leg: Leg) -> Iterator[str]:
    """Yield what is worth a word of the ways of a walk."""
    if leg.main_road_m and leg.main_road_m >= 50:
        yield tr("{distance} of it along main roads", distance=words.distance(leg.main_road_m))
    if leg.dark_s >= 60:
        yield tr("{duration} of it in the dark", duration=words.duration(leg.dark_s))
    if slopes := climb.climb(leg):
        yield slopes
    if leg.steps_m and leg.steps_m >= 5:
        yield tr("{distance} of stairs", distance=words.distance(leg.steps_m))
    yield from rolled(leg)
    if leg.passed:
        yield caption.on_the_way(leg)
    if leg.snap_m >= 50:
        yield tr("{distance} of it off the mapped ways", distance=words.distance(leg.snap_m))


def street_lines(leg: Leg, look: Look, indent: str) -> Iterator[Line]:
    """Yield the streets of a walk, one after the other."""
    for step in leg.steps:
        text = Line(step.instruction)
        if step.distance_m >= 1:
            text.append(f", {words.distance(step.distance_m)}", QUIET)
        yield from wrap(text, look, indent, hang="  ")
