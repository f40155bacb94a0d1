"""What is near as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.terminal.lines import CARE, GOOD, NAME, QUIET, TIME, Line, wrap
from lens_routes.plan.grade import Grade, told
from lens_routes.text import wording as words
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.output.terminal.lines import Look
    from lens_routes.plan.near import Near
    from lens_routes.plan.waypoint import Waypoint


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
            walk.append(f" ({told(near.source)})", QUIET)
        yield from wrap(walk, look, hang=" " * 7)
        facts = Line(_now(near.opening))
        facts.stylize({"open": GOOD, "closed": QUIET, "dark": QUIET}.get(near.opening, CARE))
        themes = ", ".join(near.theme_names)
        facts.append("".join(f" · {fact}" for fact in (near.commune, themes) if fact), QUIET)
        yield from wrap(facts, look, " " * 7)


def _now(opening: str) -> str:
    """Return whether a place is open at the moment asked about."""
    if opening == "open":
        return tr("open now")
    if opening == "dark":
        return tr("dark now")
    return tr("closed now") if opening == "closed" else tr("hours unknown")
