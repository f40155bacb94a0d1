"""From where ways lead: one does not walk from lunch, but from where that was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.output.shared.caption import moves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan


def from_places(plan: Plan) -> Plan:
    """Return *plan* with every way told from a place, never from a break."""
    return replace(plan, days=tuple(replace(day, legs=tuple(_legs(day))) for day in plan.days))


def _legs(day: Day) -> Iterator[Leg]:
    here = day.start.name
    for leg, stop in zip(day.legs, (*day.stops, None), strict=False):
        yield _leaving(leg, here)
        if stop is not None and (stop.kind == "visit" or moves(leg)):
            here = stop.name


def _leaving(leg: Leg, here: str) -> Leg:
    first, *rest = leg.parts or (None,)
    if first is None or first.mode == "transit":
        return replace(leg, origin=here)
    return replace(leg, origin=here, parts=(replace(first, origin=here), *rest))
