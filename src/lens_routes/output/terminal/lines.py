"""Lines of a terminal of any width, and the styles of what stands in them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Lines longer than this are hard to read back; wider terminals get a margin instead.
WIDEST = 100

TIME, NAME, WALK, GOOD, CARE, QUIET = (
    "bold",
    "bold",
    "cyan",
    "green",
    "bold magenta",
    "dim",
)


class Look(NamedTuple):
    """How to draw: in how many columns, with each leg's streets, with all that is left out."""

    width: int
    steps: bool = False
    why: bool = False

    @property
    def text_width(self) -> int:
        """Columns that running text may use."""
        return max(20, min(self.width, WIDEST))


def packed(facts: Sequence[str], look: Look) -> Iterator[str]:
    """Yield facts in lines, none of them broken that fits a line."""
    line = ""
    for fact in facts:
        longer = f"{line} · {fact}" if line else fact
        if line and cell_len(longer) > look.text_width:
            yield line
            longer = fact
        line = longer
    yield line


def wrap(text: Text, look: Look, indent: str = "", hang: str = "") -> Iterator[Text]:
    """Yield *text* in lines that fit, indented; all but the first by *hang* more."""
    for index, line in enumerate(broken(text, look.text_width - len(indent) - len(hang))):
        before = indent + (hang if index else "")
        yield Text(before).append_text(line) if before else line


def broken(text: Text, width: int) -> list[Text]:
    """Return *text* broken at spaces into lines of at most *width* cells, styles kept."""
    plain = text.plain
    if cell_len(plain) <= width:
        whole = text.copy()
        whole.rstrip()
        return [whole]
    breaks = [0]
    start = last_space = columns = 0
    for index, character in enumerate(plain):
        if character == " ":
            last_space = index
        columns += cell_len(character)
        if columns > width:
            start = last_space + 1 if last_space > start else index
            breaks.append(start)
            columns = cell_len(plain[start : index + 1])
    breaks.append(len(plain))
    lines = [text[a:b] for a, b in pairwise(breaks)]
    for line in lines:
        line.rstrip()
    return lines
