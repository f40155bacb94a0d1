"""QR codes as drawings."""

from __future__ import annotations

import segno

#: What a reader needs free around a code, in modules (ISO/IEC 18004).
_QUIET = 4


def qr_svg(text: str) -> str:
    """Return a text as a QR code in SVG, with its quiet zone, a unit a module."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    size = len(rows) + 2 * _QUIET
    bars = [
        f"M{x + _QUIET} {y + _QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for x, length in _runs(row)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{"".join(bars)}" fill="#000" shape-rendering="crispEdges"/></svg>'
    )


def _runs(row: list[int]) -> list[tuple[int, int]]:
    """Return where the dark modules of a row begin, and how many follow one another."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
