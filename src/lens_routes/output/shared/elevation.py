"""The elevation profile of a leg: in figures and in characters."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.geo import distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.plan.leg import Leg

    #: (metres along, metres high), in order.
    Profile = Sequence[tuple[float, float]]

_BLOCKS = "▁▂▃▄▅▆▇█"
#: A drawing is at least this high from foot to top, metres, so that flat country looks flat.
LEAST_RANGE_M = 25.0


def profile_of(leg: Leg) -> list[tuple[float, float]]:
    """Return how high a leg is by how far along, both in metres; empty when that is not known."""
    if not leg.geometry or len(leg.elevations) != len(leg.geometry):
        return []
    along_m = 0.0
    profile = [(0.0, leg.elevations[0])]
    for (a, b), height_m in zip(pairwise(leg.geometry), leg.elevations[1:], strict=True):
        along_m += distance_m(a, b)
        profile.append((along_m, height_m))
    return profile


def profile_rows(profile: Profile, columns: int, rows: int = 3) -> list[str]:
    """Return a profile drawn in characters, the top row first; empty when there is nothing.

    Parameters
    ----------
    profile
        What is drawn.
    columns, rows
        How wide and high the drawing is, characters.
    """
    if len(profile) < 2 or profile[-1][0] <= 0.0:
        return []
    foot_m, top_m = height_range(profile)
    steps = len(_BLOCKS) * rows
    heights = sampled(profile, columns)
    levels = [1 + round((steps - 1) * (height - foot_m) / (top_m - foot_m)) for height in heights]
    lines = []
    for row in reversed(range(rows)):
        fill = [min(len(_BLOCKS), max(0, level - row * len(_BLOCKS))) for level in levels]
        lines.append("".join(_BLOCKS[n - 1] if n else " " for n in fill))
    return lines


def height_range(profile: Profile) -> tuple[float, float]:
    """Return the foot and the top of a drawing, metres."""
    low = min(height_m for _, height_m in profile)
    high = max(height_m for _, height_m in profile)
    return low, max(high, low + LEAST_RANGE_M)


def sampled(profile: Profile, count: int) -> list[float]:
    """Return heights at so many places, equally far apart, both ends included."""
    heights = []
    place = 0
    for i in range(count):
        at_m = profile[-1][0] * i / max(1, count - 1)
        while place < len(profile) - 2 and profile[place + 1][0] < at_m:
            place += 1
        (begin_m, low), (end_m, high) = profile[place], profile[place + 1]
        share = (at_m - begin_m) / (end_m - begin_m) if end_m > begin_m else 0.0
        heights.append(low + (high - low) * min(1.0, max(0.0, share)))
    return heights
