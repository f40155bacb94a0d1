"""A QR code in half blocks, dark on light whatever the terminal's colours are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What readers need free around a code, modules; two are enough for every phone tried.
QUIET = 2
_BLOCKS = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def render_qr(text: str) -> Iterator[Text]:
    """Yield a text as a QR code, two rows of modules a line."""
    import segno  # noqa: PLC0415  # for who asks for a code

    matrix = [list(row) for row in segno.make_qr(text, error="l").matrix]
    width = len(matrix) + 2 * QUIET
    blank = [0] * width
    rows = [blank] * QUIET
    rows += [[0] * QUIET + [int(bool(module)) for module in row] + [0] * QUIET for row in matrix]
    rows += [blank] * (QUIET + width % 2)
    for upper, lower in zip(rows[::2], rows[1::2], strict=False):
        line = "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        yield Text(line, "#000000 on #ffffff", no_wrap=True)
