"""The elevation profile of a leg as a drawing."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from lens_routes.output.shared.elevation import height_range, sampled
from lens_routes.output.shared.safe_text import line as one_line
from lens_routes.text import wording

if TYPE_CHECKING:
    from lens_routes.output.shared.elevation import Profile

#: Points of a drawing beyond which nobody sees more.
MOST_POINTS = 240


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
    foot_m, top_m = height_range(profile)
    size = min(9.0, height / 4)
    left, bottom = size * 3.2, height - size * 1.5
    count = min(MOST_POINTS, max(2, int(width / 2)))
    inner = width - left
    dots = [
        f"{left + inner * i / (count - 1):.1f},"
        f"{size + (bottom - size) * (top_m - height_m) / (top_m - foot_m):.1f}"
        for i, height_m in enumerate(sampled(profile, count))
    ]
    line = " ".join(dots)
    high = max(height_m for _, height_m in profile)
    low = min(height_m for _, height_m in profile)
    words = [
        _word(left - size / 3, size * 1.2, size, "end", wording.height(high)),
        _word(left - size / 3, bottom, size, "end", wording.height(low)),
        _word(left, height - size * 0.3, size, "start", "0"),
        _word(width, height - size * 0.3, size, "end", wording.distance(profile[-1][0])),
    ]
    return (
        f'<svg class="profile" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' viewBox="0 0 {width:g} {height:g}" aria-label="{html.escape(one_line(label))}">'
        f'<path fill="currentColor" fill-opacity=".18" d="M{left:.1f},{bottom:.1f} L{line}'
        f' L{width:.1f},{bottom:.1f} Z"/>'
        f'<polyline fill="none" stroke="currentColor" stroke-width="1.2" points="{line}"/>'
        f"{''.join(words)}</svg>"
    )


def _word(x: float, y: float, size: float, anchor: str, text: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
        f' fill="currentColor">{html.escape(text)}</text>'
    )
