"""What both screens stand on: a heading, a status line, the keys, and planning beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.screen import Screen
from textual.widgets import Static

from lens_routes.errors import LensRoutesError
from lens_routes.explore.stage.keys import key, say_keys
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from textual.binding import BindingType

    from lens_routes.explore.stage.host import Host
    from lens_routes.library import Draft

#: From so many columns on, panes stand beside each other.
WIDE_COLUMNS = 76


class Frame(Screen[None]):
    """A screen over the session; planning goes on beside it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_COLUMNS, "-wide")]  # noqa: RUF012  # textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        key("u", "undo", marked("undo"), marked("One change back; or forth again."), sign="u U"),
        key("U,ctrl+r", "redo", marked("redo"), show=False),
        key("g", "app.wishes", marked("wishes"), marked("From where, when, how long, how.")),
        key("question_mark", "app.help", marked("keys")),
        key("q", "app.leave", marked("quit")),
    ]
    app: Host

    def __init__(self) -> None:
        super().__init__()
        say_keys(self)
        self._fold = 0

    def refill(self) -> None:
        """Show the session as it is now."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Show what has changed on the other screen."""
        self.refill()

    def head(self, heading: str) -> None:
        """Say what the screen shows, above it."""
        line = Text(heading, no_wrap=True, overflow="ellipsis")
        self.query_one("#heading", Static).update(line, layout=False)

    def say(self, message: str | Text, *, fault: bool = False) -> None:
        """Say something in the status line."""
        status = self.query_one("#status", Static)
        status.set_class(fault, "fault")
        text = message if isinstance(message, Text) else Text(message)
        status.update(text, layout=fault)

    def unfault(self) -> None:
        """Say no longer what went wrong before."""
        if self.query_one("#status").has_class("fault"):
            self.say("")

    def fit(self) -> None:
        """Fit what is told to the columns there are."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Fit the screen to another size."""
        self.call_after_refresh(self.fit)

    def action_fold(self) -> None:
        """Show the card alone beside the list, then the list alone, then all again."""
        self._fold = (self._fold + 1) % 3
        self.set_class(self._fold == 1, "card")
        self.set_class(self._fold == 2, "alone")
        self.call_after_refresh(self.fit)

    def action_undo(self) -> None:
        """Go one state back."""
        said = tr("Undone.") if self.app.session.undo() else tr("Nothing to undo.")
        self.refill()
        self.say(said)

    def action_redo(self) -> None:
        """Go one state forth."""
        said = tr("Done again.") if self.app.session.redo() else tr("Nothing to do again.")
        self.refill()
        self.say(said)

    def action_stop(self) -> None:
        """Stop planning."""
        for worker in self.workers:
            if worker.group == "plan":
                worker.cancel()
        self.say(tr("Stopped; the day is as it was."))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # textual's
        """Tell whether a key does something now."""
        if action == "stop":
            return any(w.group == "plan" and w.is_running for w in self.workers)
        return True

    def plan(self, draft: Draft, said: str = "") -> None:
        """Plan a draft beside the screen, show the day it gives, and say what was done."""
        self.run_worker(self._plan(draft, said), group="plan", exclusive=True, exit_on_error=False)

    async def _plan(self, draft: Draft, said: str) -> None:
        def report(what: str, share: float) -> None:
            done = round(20 * share)
            bar = f"{'━' * done}{'╌' * (20 - done)}"
            self.say(Text.assemble((bar, "bold"), f" {what} · ", (tr("Esc stops"), "dim")))

        self.say(tr("Planning"))
        self.call_after_refresh(self.refresh_bindings)
        try:
            plan = await self.app.desk.plan(draft, report)
        except LensRoutesError as error:
            self.say(f"{error.message} {error.hint}".strip(), fault=True)
            return
        finally:
            self.call_after_refresh(self.refresh_bindings)
        self.app.session.planned(draft, plan)
        self.say(said)
        self.planned()

    def planned(self) -> None:
        """Show a day that was just planned."""
        self.refill()

    async def choose(
        self, title: str, choices: list[str | Text], *, typed: bool = True
    ) -> int | None:
        """Return the number of the choice a person takes, None for none; in a worker."""
        from lens_routes.explore.stage.dialogs import Choose

        return await self.app.push_screen_wait(Choose(title, choices, typed=typed))
