"""What travellers need near a point, as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.terminal.lines import CARE, GOOD, NAME, QUIET, TIME, Line, wrap
from lens_routes.plan.amenity import name_of
from lens_routes.text import wording as words
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.output.terminal.lines import Look
    from lens_routes.plan.amenity import NearAmenity, Need
    from lens_routes.plan.waypoint import Waypoint


def render_amenities(
    origin: Waypoint, within: str, needs: Sequence[Need], found: Sequence[NearAmenity], look: Look
) -> Iterator[Line]:
    """Yield what meets a need within a walk, the nearest first, a line or two each."""
    asked = joined(", ", (name_of(need) for need in needs))
    said = {"things": asked, "limit": within, "place": origin.name}
    if not found:
        nothing = tr("On the map: no {things} within {limit} of {place}.", **said)
        yield from wrap(Line(nothing), look)
        return
    title = words.sentence(tr("{things} within {limit} of {place}", **said))
    yield from wrap(Line(title, NAME), look)
    for one in found:
        line = Line(f"{words.duration(one.duration_s):>6} ", TIME)
        line.append(one.name or words.sentence(name_of(one.kind)), NAME)
        line.append(f"  {words.distance(one.distance_m)}", "")
        yield from wrap(line, look, hang=" " * 7)
        facts = Line()
        states = {"open": (tr("open then"), GOOD), "closed": (tr("closed then"), CARE)}
        if one.opening in states:
            facts.append(*states[one.opening])
        told = [
            name_of(one.kind) if one.name else "",
            one.hours,
            {
                "yes": tr("step-free"),
                "designated": tr("step-free"),
                "limited": tr("partly step-free"),
                "no": tr("not step-free"),
            }.get(one.wheelchair, ""),
        ]
        for fact in filter(None, told):
            facts.append(f"{' · ' if facts.plain else ''}{fact}", QUIET)
        if facts.plain:
            yield from wrap(facts, look, " " * 7)
