"""A way in a few words: how long, how far, by what, how steep, on what ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.plan.plan import Leg

#: Less climb than this is flat to everybody, metres; less of rough ground goes unsaid, share.
_FLAT_M = 10
_LITTLE_ROUGH = 0.1


def in_short(leg: Leg) -> str:
    """Return a way one takes oneself in a line: ``29 min on foot · 2.2 km · ↗ 40 m``."""
    lasting = wording.between(leg.depart, leg.arrive)
    by = {
        "walk": tr("{duration} on foot", duration=lasting),
        "bike": tr("{duration} by bike", duration=lasting),
        "car": tr("{duration} by car", duration=lasting),
    }.get(leg.mode, tr("{duration} by public transport", duration=lasting))
    far = [wording.distance(leg.distance_m)] if leg.distance_m > 0 else []
    return joined(" · ", (by, *far, *climb(leg), *ground(leg)))


def moved(leg: Leg) -> Iterator[str]:
    """Yield what a leg comes to: its rides, then how far by each means."""
    if leg.rides:
        yield trn("{n} ride", "{n} rides", len(leg.rides))
    elif leg.mode == "transit":
        yield tr("public transport")
    lengths: dict[str, float] = {}
    for part in parts_of(leg):
        if part.ride is None and part.leg.distance_m > 0:
            mode = "walk" if part.leg.mode == "transit" else part.leg.mode
            lengths[mode] = lengths.get(mode, 0.0) + part.leg.distance_m
    if not lengths and leg.distance_m > 0:
        lengths["walk"] = leg.distance_m
    for mode in sorted(lengths, key=lambda mode: mode == "walk"):
        far = wording.distance(lengths[mode])
        yield {
            "bike": tr("{distance} by bike", distance=far),
            "car": tr("{distance} by car", distance=far),
        }.get(mode, tr("{distance} on foot", distance=far))
    yield from climb(leg)


def climb(leg: Leg) -> Iterator[str]:
    """Yield how far a way goes up and down, where that is known and worth a word."""
    up, down = (getattr(leg, name, None) for name in ("ascent_m", "descent_m"))
    if max(up or 0, down or 0) >= _FLAT_M:
        yield tr("↗ {up} ↘ {down}", up=wording.distance(up or 0), down=wording.distance(down or 0))


def ground(leg: Leg) -> Iterator[str]:
    """Yield how much of a way is not paved, where that is known and worth a word."""
    surface: Mapping[str, float] = getattr(leg, "surface", None) or {}
    rough = (surface.get("firm") or 0.0) + (surface.get("loose") or 0.0)
    whole = sum(value or 0.0 for value in surface.values())
    if whole and rough / whole >= _LITTLE_ROUGH:
        yield tr("{share} unpaved", share=wording.percent(rough / whole, 0))
