"""What is said of how a way rises and falls, and how hard that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.leg import Leg

#: Less than this up and down is flat to everybody, metres.
LEAST_CLIMB_M = 10.0
#: How hard an effort is, up to so many kilometres with 100 m of ascent as one more. On foot: a
#: short hour, two hours, half a day and a whole day. By bike: what the French federation's points
#: for distance (20, 50, 80 km) and ascent (200, 500, 1000 m) come to.
DIFFICULTIES = {
    "walk": (
        (4.0, marked("very easy")),
        (9.0, marked("easy")),
        (18.0, marked("moderate")),
        (28.0, marked("hard")),
    ),
    "bike": ((22.0, marked("easy")), (55.0, marked("moderate")), (90.0, marked("hard"))),
}
_HARDEST = marked("very hard")


def climb(leg: Leg) -> str:
    """Return how much a leg rises and falls, in words; empty where that is little or not known."""
    up_m, down_m = leg.ascent_m or 0.0, leg.descent_m or 0.0
    if max(up_m, down_m) < LEAST_CLIMB_M:
        return ""
    said = tr("↗ {up} ↘ {down}", up=wording.distance(up_m), down=wording.distance(down_m))
    return said if leg.elevations else tr("{climb} as far as heights are known", climb=said)


def summary(leg: Leg) -> str:
    """Return the climb of a way, its steepest part, and its effort; empty if not known.

    The effort stands with how hard it is, and with the rule that says so.
    """
    if leg.ascent_m is None or leg.descent_m is None:
        return ""
    up, down = wording.height(leg.ascent_m), wording.height(leg.descent_m)
    facts: list[str] = [tr("{up} up, {down} down", up=up, down=down)]
    if not leg.elevations:
        facts.append(tr("heights are known of a part of it only"))
    if leg.steepest:
        facts.append(tr("steepest 100 m: {grade}", grade=wording.percent(leg.steepest, 0)))
    facts += effort(leg.distance_m, leg.ascent_m, leg.mode)
    return joined(" · ", facts)


def effort(length_m: float, ascent_m: float, mode: str = "walk") -> Iterator[str]:
    """Yield the effort of a way by a mode, how hard that is, and the rule; none by car."""
    if mode not in DIFFICULTIES:
        return
    effort_km = (length_m + 10.0 * ascent_m) / 1000.0
    said = {"km": wording.number(effort_km, 1)}
    least = 0.0
    for most, word in DIFFICULTIES[mode]:
        if effort_km <= most:
            yield tr(
                "effort {km}, {word} ({least} to {most}; km + ascent / 100 m)",
                word=tr(word),
                least=wording.number(least),
                most=wording.number(most),
                **said,
            )
            return
        least = most
    yield tr(
        "effort {km}, {word} (above {least}; km + ascent / 100 m)",
        word=tr(_HARDEST),
        least=wording.number(least),
        **said,
    )
