"""The keys of a screen: said in the language in use, and shown below it, all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingsMap
from textual.widgets import Input, Static

from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.dom import DOMNode
    from textual.screen import Screen

#: How keys are written that have no letter.
_NAMES = {
    "slash": "/", "question_mark": "?", "plus": "+", "minus": "-", "equals_sign": "=",
    "left_square_bracket": "[", "right_square_bracket": "]", "escape": marked("Esc"), "enter": "⏎",
    "space": marked("Space"), "tab": "⇥", "delete": "Del", "up": "↑", "down": "↓", "left": "←",
    "right": "→", "less_than_sign": "<", "greater_than_sign": ">", "home": marked("Home"),
    "end": marked("End"), "pageup": marked("PgUp"), "pagedown": marked("PgDn"),
}  # fmt: skip


#: Where there is no room for all, the way to the others stays, and the way out.
_RANKS = {
    **dict.fromkeys(("app.help", "app.leave"), 0),
    **dict.fromkeys(("filter", "pin", "plan", "day", "back"), 1),
    **dict.fromkeys(("undo", "redo"), 3),
    **dict.fromkeys(("app.command_palette", "app.light", "app.mouse", "step(-1)", "cursor_up"), 4),
}


#: So many lines stand below a screen at most, half as many where it has fewer rows than these.
ROWS, ROOMY = 4, 20

#: Marks our keys: what Textual's own widgets answer to besides is not told.
OURS = Binding.Group("lens-routes")


def key(
    keys: str, action: str, description: str, help_: str = "", *, sign: str = "", **more: Any
) -> Binding:
    """Return a binding; its description and help are `marked` sentences, said later.

    A *sign* stands below the screen for keys that belong together; *more* are Textual's own flags.
    """
    return Binding(
        keys, action, description, tooltip=help_, key_display=sign or None, group=OURS, **more
    )


def say_keys(node: DOMNode, enter: str = "") -> None:
    """Say the keys of a screen or widget in the language in use; once, when it is made.

    *enter* says what Enter does this time.
    """
    bindings = [
        one for found in node._bindings.key_to_bindings.values() for one in found
    ]  # nothing public tells or sets them
    node._bindings = BindingsMap(
        replace(
            one,
            description=_described(one, enter),
            tooltip=str(tr(one.tooltip)) if one.tooltip else "",
        )
        for one in bindings
    )


def _described(one: Binding, enter: str) -> str:
    if one.key == "enter" and enter:
        return enter
    return str(tr(one.description)) if one.description else ""


def written(binding: Binding) -> str:
    """Return how a key is written."""
    if binding.key_display:
        return binding.key_display
    return _sign(binding.key)


def _sign(key: str) -> str:
    *held, last = key.split("+")
    name = tr(_NAMES[last]) if last in _NAMES else last
    return "".join(["^" if one == "ctrl" else "⇧" for one in held] + [name])


def keys_of(screen: Screen[object]) -> Iterator[Binding]:
    """Yield the keys that do something on a screen, each thing once, what all have last.

    While a line is typed letters are letters.
    """
    typing = isinstance(screen.focused, Input)
    seen: dict[tuple[str, str], Binding] = {}
    for active in screen.active_bindings.values():
        one = active.binding
        sign = _sign(one.key)
        letter = typing and len(sign) == 1 and sign.isascii()
        if one.group is OURS and active.enabled and not letter:
            seen.setdefault((one.action, one.description), one)
    yield from sorted(seen.values(), key=lambda one: _RANKS.get(one.action, 2))


class Hints(Static):
    """The keys of the screen, in as many lines as there is room for; the others are under ``?``."""

    def on_mount(self) -> None:
        """Follow the keys as they change."""
        self._lines: list[Text] = []
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self._say())
        self._say()

    def on_resize(self) -> None:
        """Fill the new width."""
        self._lines = []
        self._say()

    def _say(self) -> None:
        height = self.app.size.height
        most = ROWS if height >= ROOMY else ROWS // 2
        lines = list(_packed(self.screen, max(self.app.size.width, 20)))[:most]
        # Where there are fewer keys for a while, nothing above them moves.
        lines += [Text()] * (len(self._lines) - len(lines))
        if lines != self._lines:
            self.update(Text("\n").join(lines), layout=len(lines) != len(self._lines))
            self._lines = lines


def _packed(screen: Screen[object], width: int) -> Iterator[Text]:
    line = Text(no_wrap=True)
    for one in keys_of(screen):
        if not one.show:
            continue
        press = Style(meta={"@click": f"app.press('{one.key}')"})
        entry = Text.assemble((written(one), Style(bold=True, reverse=True) + press))
        entry.append(f" {one.description}", press)
        if line and cell_len(line.plain) + 2 + cell_len(entry.plain) > width:
            yield line
            line = Text(no_wrap=True)
        line = Text.assemble(line, "  ", entry) if line else entry
    if line:
        yield line
