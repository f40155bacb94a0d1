"""A route and what is near, as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared import caption, climb, elevation
from lens_routes.output.shared.rolling import rolled
from lens_routes.output.terminal.lines import (
    CARE,
    GOOD,
    NAME,
    QUIET,
    TIME,
    WALK,
    Line,
    Look,
    wrap,
)
from lens_routes.plan.grade import Grade
from lens_routes.text import wording as words
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.near import Near
    from lens_routes.plan.waypoint import Waypoint

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


def render_near(origin: Waypoint, within: str, found: Sequence[Near], look: Look) -> Iterator[Line]:
    """Yield what is within a walk, the nearest first, two lines a place."""
    if not found:
        nothing = tr("Nothing within {limit} of {place}.", limit=within, place=origin.name)
        yield from wrap(Line(nothing), look)
        return
    title = trn(
        "{n} place within {limit} of {place}",
        "{n} places within {limit} of {place}",
        len(found),
        limit=within,
        place=origin.name,
    )
    yield from wrap(Line(title, NAME), look)
    for near in found:
        walk = Line(f"{words.duration(near.duration_s):>6} ", TIME)
        walk.append(near.name, NAME)
        walk.append(f"  {words.distance(near.distance_m)}", "")
        if near.source is Grade.ESTIMATE:
            walk.append(f" ({_grade(near.source)})", QUIET)
        yield from wrap(walk, look, hang=" " * 7)
        facts = Line(_now(near.opening))
        facts.stylize({"open": GOOD, "closed": QUIET, "dark": QUIET}.get(near.opening, CARE))
        themes = ", ".join(near.theme_names)
        facts.append("".join(f" · {fact}" for fact in (near.commune, themes) if fact), QUIET)
        yield from wrap(facts, look, " " * 7)


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
        text.append(f" ({_grade(leg.source)})", QUIET)
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


def _grade(grade: Grade) -> str:
    """Return how far a distance can be trusted, in words."""
    return {
        Grade.STREETS: tr("along the streets"),
        Grade.TABLE: tr("street distance"),
        Grade.ESTIMATE: tr("estimate"),
    }[grade]


def _now(opening: str) -> str:
    """Return whether a place is open at the moment asked about."""
    if opening == "open":
        return tr("open now")
    if opening == "dark":
        return tr("dark now")
    return tr("closed now") if opening == "closed" else tr("hours unknown")


def street_lines(leg: Leg, look: Look, indent: str) -> Iterator[Line]:
    """Yield the streets of a walk, one after the other."""
    for step in leg.steps:
        text = Line(step.instruction)
        if step.distance_m >= 1:
            text.append(f", {words.distance(step.distance_m)}", QUIET)
        yield from wrap(text, look, indent, hang="  ")
