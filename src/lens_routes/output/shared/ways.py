"""A way in a few words: how long, how far, by what, how steep, on what ground."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.output.shared import caption, climb
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.output.shared.rolling import rolled
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.leg import Leg

#: Less of rough ground than this share goes unsaid.
_LITTLE_ROUGH = 0.1


def in_short(leg: Leg) -> str:
    """Return a way one takes oneself in a line: ``29 min on foot · 2.2 km · ↗ 40 m``."""
    lasting = caption.lasting(leg)
    by = {
        "walk": tr("{duration} on foot", duration=lasting),
        "bike": tr("{duration} by bike", duration=lasting),
        "car": tr("{duration} by car", duration=lasting),
    }.get(leg.mode, tr("{duration} by public transport", duration=lasting))
    length_m = leg.distance_m or leg.ride_m or 0.0
    far = [wording.distance(length_m)] if length_m > 0 else []
    return joined(" · ", (by, *far, *_climb(leg), *ground(leg), *rolled(leg)))


def moved(leg: Leg) -> Iterator[str]:
    """Yield what a leg comes to: its rides, then how far by a vehicle of one's own and on foot."""
    if leg.rides:
        yield trn("{n} ride", "{n} rides", len(leg.rides))
    elif leg.mode == "transit":
        yield tr("public transport")
    if leg.ride_m:
        yield caption.gone(leg.mode, leg.ride_m)
    walked = [part.leg.distance_m for part in parts_of(leg) if part.kind == "walk"] or [
        leg.distance_m
    ]
    if sum(walked) > 0:
        yield caption.on_foot(replace(leg, distance_m=sum(walked)))
    yield from _climb(leg)


def _climb(leg: Leg) -> Iterator[str]:
    if words := climb.climb(leg):
        yield words


def ground(leg: Leg) -> Iterator[str]:
    """Yield how much of a way is not paved, where that is known and worth a word."""
    surface = leg.surface or {}
    rough = surface.get("firm", 0.0) + surface.get("loose", 0.0)
    whole = sum(surface.values())
    if whole and rough / whole >= _LITTLE_ROUGH:
        yield tr("{share} unpaved", share=wording.percent(rough / whole, 0))
