"""Lines of text to scroll through: only those that are seen are drawn, and nothing is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style
    from rich.text import Text
    from textual.geometry import Region


class Evenly(Widget):
    """What is drawn in one style, worked out once for all its lines."""

    even: Style | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of what is seen."""
        self.even = self.rich_style
        return super().render_lines(crop)


class Lines(ScrollView, Evenly, can_focus=False):
    """A text already broken into lines."""

    def __init__(self, identity: str) -> None:
        super().__init__(id=identity)
        self._lines: list[Text] = []

    def show(self, lines: Iterable[Text]) -> None:
        """Show another text, from its beginning."""
        self._lines = [*lines]
        self.virtual_size = Size(0, len(self._lines))
        self.scroll_home(animate=False, immediate=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a line of what is seen."""
        return strip_of(self, self._lines[y + self.scroll_offset.y :][:1])


def strip_of(widget: Evenly, line: Sequence[Text], style: Style | None = None) -> Strip:
    """Return a line as a widget draws it, blank where there is none."""
    style = style or widget.even or widget.rich_style
    drawn = [one for text in line for one in text.render(widget.app.console) if one.text != "\n"]
    width = widget.scrollable_content_region.width
    return Strip(drawn).adjust_cell_length(width).apply_style(style)
