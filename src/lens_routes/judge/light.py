"""Check how long one is said to walk in the dark, against the sun where the day starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import ROUNDING_S, moment_of
from lens_routes.judge.shape import Fault
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.judge.asked import Asked


def check_dark(leg: Mapping[str, Any], path: str, asked: Asked) -> Iterator[Fault]:
    """Yield the leg, if it states other minutes in the dark than it has."""
    if asked.light is None or leg.get("dark_s") is None:
        return
    walks = [part for part in leg.get("parts") or [leg] if part["mode"] == "walk"]
    due_s = sum(_dark_s(walk, asked) for walk in walks)
    if abs(leg["dark_s"] - due_s) >= ROUNDING_S * max(1, len(walks)):
        wrong = tr("{found} should be {due}", found=leg["dark_s"], due=f"{due_s:.0f}")
        yield Fault(f"{path}.dark_s", wrong)


def _dark_s(walk: Mapping[str, Any], asked: Asked) -> float:
    if asked.light is None:
        return 0.0
    dawn, dusk = asked.light
    depart, arrive = moment_of(walk["depart"]), moment_of(walk["arrive"])
    lit_s = (min(arrive, dusk) - max(depart, dawn)).total_seconds()
    return (arrive - depart).total_seconds() - max(0.0, lit_s)
