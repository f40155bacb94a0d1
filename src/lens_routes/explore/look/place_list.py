"""The list of places: a line each, drawn only while it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from lens_routes.explore.stage.keys import key, say_keys
from lens_routes.explore.stage.lines import Evenly, strip_of
from lens_routes.explore.stage.outlook import in_order
from lens_routes.text import wording
from lens_routes.text.language import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType
    from textual.events import Click
    from textual.strip import Strip

    from lens_routes.catalogue.place import Place
    from lens_routes.library import Reached

#: In a list of so many columns a place takes one line, and there is room for how far it is as well.
WIDE, WIDEST = 56, 70


class PlaceList(ScrollView, Evenly, can_focus=True):
    """Places one can go through with the arrows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"place-list--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up,k", "step(-1)", marked("go"), marked("To another place."), sign="↑↓"),
        key("down,j", "step(1)", marked("down"), show=False),
        key("pagedown", "page(1)", marked("a page down"), show=False),
        key("pageup", "page(-1)", marked("a page up"), show=False),
        key("home", "to(0)", marked("first"), show=False),
        key("end", "to(-1)", marked("last"), show=False),
    ]

    class Moved(Message):
        """Another place is chosen."""

    class Opened(Message):
        """A place was clicked a second time."""

    def __init__(
        self,
        stands: Callable[[Place], Text],
        marks: Callable[[str], Text],
        themes: Callable[[Place], list[str]],
    ) -> None:
        super().__init__(id="places")
        say_keys(self)
        self._stands = stands
        self._marks = marks
        self._themes = themes
        self.places: Sequence[Reached] = ()
        self.cursor = 0

    @property
    def chosen(self) -> Reached | None:
        """The place under the cursor."""
        return self.places[self.cursor] if self.places else None

    @property
    def _rows(self) -> int:
        """How many lines a place takes."""
        return 1 if self.size.width >= WIDE else 2

    def show(self, places: Sequence[Reached], keep: str | None) -> None:
        """Show other places, the cursor on *keep* where that is among them."""
        self.places = places
        self.cursor = in_order(places, keep)
        self.on_resize()

    def on_resize(self) -> None:
        """Fit the places to the columns there are."""
        self.virtual_size = Size(0, self._rows * len(self.places))
        self._see()
        self.refresh()

    def action_step(self, by: int) -> None:
        """Go up or down."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Go up or down by what is seen."""
        self._go(self.cursor + by * max(1, self.size.height // self._rows - 1))

    def action_to(self, index: int) -> None:
        """Go to the first place, or the last."""
        self._go(index if index >= 0 else len(self.places) + index)

    def on_click(self, event: Click) -> None:
        """Choose what is clicked."""
        index = (event.y + self.scroll_offset.y) // self._rows
        if index == self.cursor:
            self.post_message(self.Opened())
        elif index < len(self.places):
            self._go(index)

    def _go(self, index: int) -> None:
        if self.places:
            before, self.cursor = self.cursor, min(max(index, 0), len(self.places) - 1)
            if not self._see():
                for drawn in (before, self.cursor):
                    self.refresh(self._region(drawn).translate(-self.scroll_offset))
            self.post_message(self.Moved())

    def _see(self) -> bool:
        """Bring the cursor into view; tell whether that scrolled the list, and drew it anew."""
        region = self._region(self.cursor)
        return bool(self.scroll_to_region(region, animate=False, force=True, immediate=True))

    def _region(self, index: int) -> Region:
        return Region(0, index * self._rows, max(1, self.size.width), self._rows)

    def render_line(self, y: int) -> Strip:
        """Return a line of the list."""
        index, second = divmod(y + self.scroll_offset.y, self._rows)
        if index >= len(self.places):
            return strip_of(self, ())
        chosen = self.get_component_rich_style("place-list--cursor")
        width = self.scrollable_content_region.width
        line = self._more(self.places[index], width) if second else self._line(index, width)
        return strip_of(self, (line,), chosen if index == self.cursor else None)

    def _line(self, index: int, width: int) -> Text:
        one = self.places[index]
        line = Text(no_wrap=True, end="")
        line.append_text(self._marks(one.place.id))
        line.append(f"{index + 1:>{len(str(len(self.places)))}} ", "dim")
        tail = Text(end="")
        if self._rows == 1:
            line.append(f"{wording.duration(one.duration_s):>7} ")
            if width >= WIDEST:
                tail.append(f" {wording.distance(one.distance_m):>7}", "dim")
            tail.append(f" {'★' * one.place.interest:<5}", "yellow")
            theme = Text(next(iter(self._themes(one.place)), ""), "dim")
            theme.truncate(width // 5, overflow="ellipsis", pad=True)
            tail.append(" ").append_text(theme)
        tail.append(" ").append_text(self._stands(one.place))
        name = Text(one.place.name, "bold" if one.place.interest >= 4 else "", end="")
        name.truncate(max(4, width - line.cell_len - tail.cell_len), overflow="ellipsis", pad=True)
        return line.append_text(name).append_text(tail)

    def _more(self, one: Reached, width: int) -> Text:
        """Return what the first line of a place has no room for."""
        line = Text(" " * (len(str(len(self.places))) + 2), no_wrap=True, end="")
        far = f"{wording.duration(one.duration_s)} · {wording.distance(one.distance_m)} "
        line.append(far).append("★" * one.place.interest, "yellow")
        line.append(f" {', '.join(self._themes(one.place))}", "dim")
        line.truncate(width, overflow="ellipsis")
        return line
