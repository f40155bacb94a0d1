"""The elevation profile of a leg: in figures, in characters, and as a drawing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.geo import distance_m
from lens_routes.output.shared.safe_text import line as one_line
from lens_routes.text import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.plan.leg import Leg

    #: (metres along, metres high), in order.
    Profile = Sequence[tuple[float, float]]

_BLOCKS = "▁▂▃▄▅▆▇█"
#: A drawing is at least this high from foot to top, metres, so that flat country looks flat.
LEAST_RANGE_M = 25.0
#: Points of a drawing beyond which nobody sees more.
MOST_POINTS = 240


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
    foot_m, top_m = _range(profile)
    steps = len(_BLOCKS) * rows
    heights = _sampled(profile, columns)
    levels = [1 + round((steps - 1) * (height - foot_m) / (top_m - foot_m)) for height in heights]
    lines = []
    for row in reversed(range(rows)):
        fill = [min(len(_BLOCKS), max(0, level - row * len(_BLOCKS))) for level in levels]
        lines.append("".join(_BLOCKS[n - 1] if n else " " for n in fill))
    return lines


def profile_svg(profile: Profile, width: float, height: float, label: str) -> str:
    """Return a profile drawn as a whole ``<svg class="profile">``; empty when there is nothing.

    Its colours are those of the text around it; nothing in it has an id.

    Parameters
    ----------
    profile
        What is drawn.
    width, height
        Its size, in units of the page.
    label
        What a screen reader says.
    """
    if len(profile) < 2 or profile[-1][0] <= 0.0:
        return ""
    from html import escape  # noqa: PLC0415  # 2 ms, and terminals draw without

    foot_m, top_m = _range(profile)
    size = min(9.0, height / 4)
    left, bottom = size * 3.2, height - size * 1.5
    count = min(MOST_POINTS, max(2, int(width / 2)))
    inner = width - left
    dots = [
        f"{left + inner * i / (count - 1):.1f},"
        f"{size + (bottom - size) * (top_m - height_m) / (top_m - foot_m):.1f}"
        for i, height_m in enumerate(_sampled(profile, count))
    ]
    line = " ".join(dots)
    high = max(height_m for _, height_m in profile)
    low = min(height_m for _, height_m in profile)
    words = [
        _word(left - size / 3, size * 1.2, size, "end", escape(wording.height(high))),
        _word(left - size / 3, bottom, size, "end", escape(wording.height(low))),
        _word(left, height - size * 0.3, size, "start", "0"),
        _word(width, height - size * 0.3, size, "end", escape(wording.distance(profile[-1][0]))),
    ]
    return (
        f'<svg class="profile" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' viewBox="0 0 {width:g} {height:g}" aria-label="{escape(one_line(label))}">'
        f'<path fill="currentColor" fill-opacity=".18" d="M{left:.1f},{bottom:.1f} L{line}'
        f' L{width:.1f},{bottom:.1f} Z"/>'
        f'<polyline fill="none" stroke="currentColor" stroke-width="1.2" points="{line}"/>'
        f"{''.join(words)}</svg>"
    )


def _range(profile: Profile) -> tuple[float, float]:
    """Return the foot and the top of a drawing, metres."""
    low = min(height_m for _, height_m in profile)
    high = max(height_m for _, height_m in profile)
    return low, max(high, low + LEAST_RANGE_M)


def _sampled(profile: Profile, count: int) -> list[float]:
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


def _word(x: float, y: float, size: float, anchor: str, text: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
        f' fill="currentColor">{text}</text>'
    )
