"""What is said of how a way rises and falls, and how hard that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared.elevation import profile_of, steepest
from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.plan.plan import Leg
    from lens_routes.text.language import Said

#: Less than this up and down is flat to everybody, metres.
LEAST_CLIMB_M = 10.0
#: How hard an effort is, up to so many kilometres with 100 m of ascent as one more: a short hour,
#: two hours, half a day and a whole day on foot.
DIFFICULTIES = (
    (4.0, marked("very easy")),
    (9.0, marked("easy")),
    (18.0, marked("moderate")),
    (28.0, marked("hard")),
)
_HARDEST = marked("very hard")


def climb(leg: Leg) -> str:
    """Return how much a leg rises and falls, in words; empty where that is little or not known."""
    up_m, down_m = leg.ascent_m or 0.0, leg.descent_m or 0.0
    if max(up_m, down_m) < LEAST_CLIMB_M:
        return ""
    return tr("↗ {up} ↘ {down}", up=wording.distance(up_m), down=wording.distance(down_m))


def summary(legs: Sequence[Leg]) -> str:
    """Return the climb of some walks, their steepest part, and their effort; empty if not known.

    The effort stands with how hard it is, and with the rule that says so.
    """
    known = [leg for leg in legs if leg.ascent_m is not None]
    if not known or len(known) < sum(leg.distance_m > 0 for leg in legs):
        return ""
    up_m = sum(leg.ascent_m or 0.0 for leg in known)
    down_m = sum(leg.descent_m or 0.0 for leg in known)
    facts = [tr("{up} m up, {down} m down", up=wording.grouped(up_m), down=wording.grouped(down_m))]
    if grade := max(steepest(profile_of(leg)) for leg in known):
        facts.append(tr("steepest 100 m: {grade}", grade=wording.percent(grade, 0)))
    facts.append(effort(sum(leg.distance_m for leg in legs), up_m))
    return joined(" · ", facts)


def effort(length_m: float, ascent_m: float) -> Said:
    """Return the effort of a way, how hard that is, and the rule."""
    effort_km = (length_m + 10.0 * ascent_m) / 1000.0
    least = 0.0
    for most, word in DIFFICULTIES:
        if effort_km <= most:
            return tr(
                "effort {km}, {word} ({least} to {most}; km + ascent / 100 m)",
                km=wording.number(effort_km, 1),
                word=tr(word),
                least=wording.number(least),
                most=wording.number(most),
            )
        least = most
    return tr(
        "effort {km}, {word} (above {least}; km + ascent / 100 m)",
        km=wording.number(effort_km, 1),
        word=tr(_HARDEST),
        least=wording.number(least),
    )
