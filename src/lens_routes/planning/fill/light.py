"""How much of a leg is walked in the dark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.plan.moments import elapsed_s

if TYPE_CHECKING:
    import datetime as dt

    from lens_routes.plan.leg import Leg


def with_dark(leg: Leg, light: tuple[dt.datetime, dt.datetime] | None) -> Leg:
    """Return a leg, and its parts, with the seconds on foot outside of *light* (None: always)."""
    parts = tuple(with_dark(part, light) for part in leg.parts)
    if parts:
        return replace(leg, parts=parts, dark_s=sum(part.dark_s for part in parts))
    if light is None or leg.mode != "walk":
        return leg
    before_s = min(elapsed_s(leg.depart, light[0]), leg.duration_s)
    after_s = min(elapsed_s(light[1], leg.arrive), leg.duration_s)
    return replace(leg, dark_s=max(0.0, before_s) + max(0.0, after_s))
