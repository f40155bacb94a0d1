"""The program of the screens: the way between them, and what they share: keys, palette, leaving."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import SystemCommand
from textual.command import CommandPalette
from textual.events import Key
from textual.widgets import Input

from lens_routes.explore.look.screen import LookScreen
from lens_routes.explore.stage.frame import Frame
from lens_routes.explore.stage.host import DARK, LIGHT, Host
from lens_routes.explore.stage.keys import key, keys_of, say_keys, written
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.screen import Screen

#: Who looks around so long will plan as well: what that takes is made ready, seconds.
WARM_UP_S = 2.0


class Explorer(Host):
    """The territory in the terminal."""

    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+p", "command_palette", marked("commands"), marked("Find a command by its name.")),
        key("L", "light", marked("light"), marked("Light or dark colours.")),
        key("M", "mouse", marked("mouse"), marked("Free the mouse to copy text.")),
        key("ctrl+c,ctrl+q", "leave", marked("quit"), show=False),
    ]

    def __init__(self, *territory: Any, **asked: Any) -> None:
        super().__init__(*territory, **asked)
        say_keys(self)
        self._mouse = True

    def get_default_screen(self) -> Screen[None]:
        """Begin by looking around."""
        return LookScreen()

    def on_mount(self) -> None:
        """Make ready what is wanted later."""
        self.set_timer(WARM_UP_S, self._warm_up)

    def on_key(self, event: Key) -> None:
        """Hand a letter that was typed ahead of the focus to the line that has it by now."""
        if isinstance(self.focused, Input) and event.is_printable:
            self.focused.post_message(Key(event.key, event.character))

    async def on_unmount(self) -> None:
        """End what goes on beside."""
        await self.desk.close()
        self._aside.shutdown()

    def _warm_up(self) -> None:
        self.run_worker(self.desk.ready(), exit_on_error=False)
        warm = partial(self.around.warm_up, self.outlook)
        self.run_worker(warm, thread=True, exit_on_error=False)

    def show_day(self) -> None:
        """Go to the planned day."""
        from lens_routes.explore.day.screen import DayScreen

        if not isinstance(self.screen, DayScreen):
            self.push_screen(DayScreen())

    def show_look(self) -> None:
        """Go back to the territory."""
        from lens_routes.explore.day.screen import DayScreen

        if isinstance(self.screen, DayScreen):
            self.pop_screen()

    def action_press(self, keys: str) -> None:
        """Do what a key does that is clicked below."""
        self.simulate_key(keys)

    def action_light(self) -> None:
        """Turn the lights on or off."""
        self.theme = DARK if self.theme == LIGHT else LIGHT

    def action_mouse(self) -> None:
        """Leave the mouse to the terminal, or take it back."""
        self._mouse = not self._mouse
        name = "_enable_mouse_support" if self._mouse else "_disable_mouse_support"
        with contextlib.suppress(AttributeError):
            getattr(self._driver, name)()
        if isinstance(self.screen, Frame):
            said = tr("The mouse works here.") if self._mouse else tr("The mouse is free to copy.")
            self.screen.say(said)

    def action_help(self) -> None:
        """Show every key."""
        from lens_routes.explore.stage.dialogs import Read

        lines = [
            Text.assemble(
                (f" {written(one):<8} ", "bold"), f"{one.description:<14} ", (one.tooltip, "dim")
            )
            for one in keys_of(self.screen)
        ]
        self.push_screen(Read(tr("All keys"), Text("\n").join(lines)))

    def action_command_palette(self) -> None:
        """Find a command by its name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=tr("what to do …"), id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette offers: all that the keys do."""
        for one in keys_of(screen):
            if one.action not in ("command_palette", "app.command_palette"):
                press = partial(self.simulate_key, one.key)
                yield SystemCommand(one.description, one.tooltip or written(one), press)

    @work
    async def action_take_along(self) -> None:
        """Save, export, show codes, copy the command."""
        from lens_routes.explore.day.take_along import take_along

        screen = self.screen
        if self.session.plan is not None and isinstance(screen, Frame):
            await take_along(self, screen, self.session.plan)

    @work
    async def action_wishes(self) -> None:
        """Ask something else of the day."""
        from lens_routes.explore.wishes import wishes

        if isinstance(self.screen, Frame):
            await wishes(self, self.screen)

    @work
    async def action_leave(self) -> None:
        """Leave; offer to save what would be lost."""
        from lens_routes.explore.day.take_along import save
        from lens_routes.explore.stage.dialogs import Choose

        screen, plan = self.screen, self.session.plan
        if not isinstance(screen, Frame):
            self.pop_screen()
            return
        if not self.session.unkept:
            self.forget_aside()
            self.exit()
            return
        later, without, stay = tr("Keep it for the next time"), tr("Leave without"), tr("Stay here")
        saved = [] if plan is None else [tr("Save it")]
        choices = [*saved, later, without, stay]
        number = await self.push_screen_wait(
            Choose(tr("The day is not saved."), choices, typed=False)
        )
        chosen = stay if number is None else choices[number]
        if chosen == stay or (chosen in saved and plan and not await save(self, screen, plan)):
            return
        if chosen != later:
            self.forget_aside()
        self.exit()
