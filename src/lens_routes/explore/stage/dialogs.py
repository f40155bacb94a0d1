"""What is asked in between: a word, one of several, yes or no; and what is shown to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from lens_routes.errors import LensRoutesError
from lens_routes.explore.stage.keys import Hints, key, say_keys
from lens_routes.text.language import marked, tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A box in front of the screen, left with Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", marked("back"))]
    #: So many rows of the screen are not for what the box shows.
    ROWS_AROUND = 10

    def __init__(self, title: str, enter: str = "") -> None:
        super().__init__()
        say_keys(self, enter)
        self._heading = title

    def on_resize(self) -> None:
        """Leave what is long the rows there are, less those of the box around it."""
        for pane in self.query("OptionList, VerticalScroll"):
            pane.styles.max_height = max(3, self.app.size.height - self.ROWS_AROUND)

    def action_leave(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)


class Line(Input):
    """A line to type, taken with Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "submit", marked("take it"))]

    def __init__(self, value: str, placeholder: str, enter: str = "") -> None:
        super().__init__(value, placeholder=placeholder, select_on_focus=bool(value))
        say_keys(self, enter)


class Ask(Dialog[Answer]):
    """A line to type; what is wrong with it is said below, and it can be mended."""

    def __init__(
        self, title: str, read: Callable[[str], Answer], example: str = "", typed: str = ""
    ) -> None:
        super().__init__(title)
        self._read = read
        self._example = example
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical(classes="box"):
            yield Label(self._heading, classes="title", markup=False)
            yield Line(self._typed, self._example)
            yield Static("", classes="fault")
            yield Hints()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read what was typed."""
        if not event.value.strip():
            self.dismiss(None)
            return
        try:
            answer = self._read(event.value)
        except LensRoutesError as error:
            self.query_one(".fault", Static).update(Text(f"{error.message} {error.hint}".strip()))
            return
        self.dismiss(answer)


def aligned(rows: Sequence[tuple[str, str]], style: str = "") -> list[str | Text]:
    """Return choices in two columns, the first as wide as it has to be."""
    width = max(cell_len(name) for name, _ in rows) + 2
    return [
        Text.assemble((name + " " * (width - cell_len(name)), "bold"), (what, style))
        for name, what in rows
    ]


class Choose(Dialog[int]):
    """One of several things, found by typing a part of it; answers with its number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", marked("take it")),
        Binding("ctrl+j", "take"),  # the end of a line that a script types
        key("down", "move(1)", marked("go"), sign="↑↓"),
        key("up", "move(-1)", marked("up"), show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[str | Text],
        *,
        typed: bool = True,
        find: Callable[[str], Sequence[int]] | None = None,
        words: str = "",
        enter: str = "",
    ) -> None:
        super().__init__(title, enter)
        self._enter = enter
        self._choices = [c if isinstance(c, Text) else Text(c) for c in choices]
        self._folded = [fold(choice.plain) for choice in self._choices]
        self._typed = typed
        self._find = find or self._holding
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical(classes="box"):
            yield Label(self._heading, classes="title", markup=False)
            if self._typed:
                yield Line(self._words, tr("type to find"), self._enter)
            options = OptionList(*self._options(self._words))
            # All keys come the same way, one after the other, and stand below.
            options.can_focus = False
            yield options
            yield Hints()

    def on_mount(self) -> None:
        """Begin with the first."""
        for options in self.query(OptionList):
            options.highlighted = 0

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what answers to the words."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options(event.value))
        options.highlighted = 0 if options.option_count else None

    def on_input_submitted(self) -> None:
        """Take what is marked."""
        self.action_take()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what is clicked."""
        self.dismiss(int(event.option_id or 0))

    def action_take(self) -> None:
        """Take what is marked."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(int(options.get_option_at_index(options.highlighted).id or 0))

    def action_move(self, by: int) -> None:
        """Go up or down while typing."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _options(self, words: str) -> list[Option]:
        return [Option(self._choices[number], id=str(number)) for number in self._find(words)]

    def _holding(self, words: str) -> list[int]:
        """Return which choices hold every word."""
        asked = fold(words).split()
        return [n for n, text in enumerate(self._folded) if all(word in text for word in asked)]


class Read(Dialog[None]):
    """A text to be read; at 24 rows a code for the phone fits."""

    ROWS_AROUND = 7

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,q", "leave", marked("back"), show=False),
        key("down,j", "scroll(1)", marked("read on"), sign="↑↓"),
        key("up,k", "scroll(-1)", marked("up"), show=False),
    ]

    def __init__(self, title: str, text: Text) -> None:
        super().__init__(title)
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical(classes="box tall"):
            yield Label(self._heading, classes="title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(self._text)
            yield Hints()

    def action_scroll(self, by: int) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
