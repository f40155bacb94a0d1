"""Whether a wheelchair or a pushchair can roll along a way that is walked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lens_routes.streets.access.hierarchy import judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tags = Mapping[str, str]

#: Kerbs too high to roll over.
HIGH_KERBS = frozenset({"raised", "regular", "yes"})
#: The order of 15 January 2007 (France) on public ways allows no more over any length, as a rise
#: per metre; and no way narrower than a wheelchair lets one through, metres.
STEEPEST, NARROWEST_M = 0.12, 0.7
_UNROLLABLE = frozenset({"very_bad", "horrible", "very_horrible", "impassable"})


def rollable(kind: str, tags: Tags) -> bool:
    """Tell whether nothing on the map keeps a wheelchair from a kind of way."""
    own = judged(tags.get("wheelchair"))
    if own is not None:
        return own
    if kind == "steps":
        return judged(tags.get("ramp:wheelchair")) is True
    width_m = _number(tags.get("width"))
    return not (
        "conveying" in tags
        or tags.get("smoothness") in _UNROLLABLE
        or tags.get("sac_scale") not in (None, "hiking", "strolling")
        or tags.get("kerb") in HIGH_KERBS
        or incline(tags) > STEEPEST
        or (width_m is not None and width_m < NARROWEST_M)
    )


def incline(tags: Tags) -> float:
    """Return how steep a way is by its ``incline``, a rise per metre; 0 where that is no number."""
    value = tags.get("incline") or ""
    rise = abs(_number(value.rstrip("%°")) or 0.0)
    if value.endswith("°"):
        return math.tan(math.radians(min(rise, 89.0)))
    return rise / 100.0 if value.endswith("%") else 0.0


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", ".").removesuffix("m"))
    except ValueError:
        return None
