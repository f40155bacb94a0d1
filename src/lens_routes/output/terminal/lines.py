"""Lines of a terminal of any width, and the styles of what stands in them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

_Broken = TypeVar("_Broken", "Line", "Text")

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


class Line:
    """A line with styles: what `rich.text.Text` is, which it becomes where there are colours.

    Files and other programs get words alone: for them rich is not loaded, which takes a third of
    the time of a short answer.
    """

    __slots__ = ("_spans", "_style", "plain")

    def __init__(
        self, plain: str = "", style: str = "", spans: Sequence[tuple[int, int, str]] = ()
    ) -> None:
        self.plain = plain
        self._style = style
        self._spans = [*spans]

    def append(self, words: str, style: str = "") -> Line:
        """Add words in a style; return the line."""
        return self.extend(Line(words, style))

    def extend(self, line: Line) -> Line:
        """Add another line; return this one."""
        start = len(self.plain)
        self.plain += line.plain
        self.stylize(line._style, start)
        self._spans += [(start + a, start + b, style) for a, b, style in line._spans]
        return self

    def stylize(self, style: str, start: int = 0) -> None:
        """Give what is there from *start* on a style."""
        if style and start < len(self.plain):
            self._spans.append((start, len(self.plain), style))

    def copy(self) -> Line:
        """Return another line that says the same."""
        return Line(self.plain, self._style, self._spans)

    def rstrip(self) -> None:
        """Take away the spaces at the end."""
        self.plain = self.plain.rstrip()

    def __getitem__(self, part: slice) -> Line:
        begin, end, _ = part.indices(len(self.plain))
        inside = [(max(a, begin), min(b, end), style) for a, b, style in self._spans]
        kept = [(a - begin, b - begin, style) for a, b, style in inside if a < b]
        return Line(self.plain[begin:end], self._style, kept)

    def drawn(self) -> Text:
        """Return the line as rich draws it."""
        from rich.text import Span, Text  # noqa: PLC0415  # 24 ms, where there are colours

        length = len(self.plain)
        spans = [Span(a, min(b, length), style) for a, b, style in self._spans if a < length]
        return Text(self.plain, self._style, spans=spans)

    __rich__ = drawn


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


def wrap(text: Line, look: Look, indent: str = "", hang: str = "") -> Iterator[Line]:
    """Yield *text* in lines that fit, indented; all but the first by *hang* more."""
    for index, line in enumerate(broken(text, look.text_width - len(indent) - len(hang))):
        before = indent + (hang if index else "")
        yield Line(before).extend(line) if before else line


def broken(text: _Broken, width: int) -> list[_Broken]:
    """Return *text* broken at spaces into lines of at most *width* cells, styles kept."""
    plain = text.plain
    if cell_len(plain) <= width:
        whole = text.copy()
        whole.rstrip()
        return [whole]
    breaks = [0]
    cells = {character: cell_len(character) for character in set(plain)}
    start = last_space = columns = 0
    for index, character in enumerate(plain):
        if character == " ":
            last_space = index
        columns += cells[character]
        if columns > width:
            start = last_space + 1 if last_space > start else index
            breaks.append(start)
            columns = cell_len(plain[start : index + 1])
    breaks.append(len(plain))
    lines = [text[a:b] for a, b in pairwise(breaks)]
    for line in lines:
        line.rstrip()
    return lines
