"""Narrowing what is seen: by words, themes, distance, hours; from elsewhere, at another time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.widgets import Input

from lens_routes.errors import LensRoutesError
from lens_routes.explore.look.place_list import PlaceList
from lens_routes.explore.stage.frame import Frame
from lens_routes.explore.stage.keys import key, say_keys
from lens_routes.explore.stage.outlook import WAYS, way_called
from lens_routes.explore.wishes import ask_where
from lens_routes.library.territory import waypoint
from lens_routes.text import wording
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    import datetime as dt

    from textual.binding import BindingType

    from lens_routes.explore.stage.outlook import Outlook
    from lens_routes.library import Reached


class Filter(Input):
    """The words to find places by; with the arrows one goes through what is found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,down", "submit", marked("to the list"), sign="⏎"),
        key("escape", "screen.clear", marked("clear")),
    ]

    def __init__(self, placeholder: str, id: str) -> None:  # noqa: A002  # textual's name
        # Of words typed ahead of the focus none is to be typed over.
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)
        say_keys(self)


class Narrowing(Frame):
    """The keys that change the outlook."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "filter", marked("find"), marked("Show what answers to words, as you type.")),
        key(
            "f",
            "from_here",
            marked("from"),
            marked("From this place; or an address."),
            sign="f F",
        ),
        key("F", "from_where", marked("from an address"), show=False),
        key("c", "clock", marked("clock"), marked("Look at another day or time.")),
        key("t", "themes", marked("themes"), marked("Show some themes only.")),
        key("o", "open", marked("open"), marked("Show what is open now only.")),
        key("r", "radius", marked("near"), marked("Show what is near only.")),
        key("m", "mode", marked("travel"), marked("On foot, by bike, by car, by train.")),
        key("s", "sort", marked("sort"), marked("By distance, by interest, by name.")),
        key("escape", "clear", marked("clear"), marked("Show all; or stop planning.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        #: The ways to travel that nothing is known of here.
        self._unknown: set[str] = set()

    @property
    def outlook(self) -> Outlook:
        """How the territory is looked at."""
        return self.app.outlook

    @property
    def chosen(self) -> Reached | None:
        """The place under the cursor."""
        return self.query_one(PlaceList).chosen

    def look(self, outlook: Outlook, keep: str | None = None) -> None:
        """Look at the territory in another way, the cursor on *keep*."""
        raise NotImplementedError

    def measure(self, outlook: Outlook, keep: str | None = None) -> None:
        """Look from elsewhere, or by other ways; what takes long goes on beside the screen."""
        known = outlook.mode not in self._unknown
        if known and self.app.around.is_known(outlook):
            self.look(outlook, keep)
            return
        self.look(replace(outlook, mode="walk"), keep)
        if known:
            self._measure(outlook, keep)

    @work(exclusive=True, group="ways")
    async def _measure(self, outlook: Outlook, keep: str | None) -> None:
        self.say(tr("Looking for ways {mode}", mode=way_called(outlook.mode)))
        try:
            await asyncio.to_thread(self.app.around.reach, outlook)
        except LensRoutesError as error:
            self._unknown.add(outlook.mode)
            self.look(replace(outlook, mode="walk"), keep)
            self.say(f"{error.message} {error.hint}".strip(), fault=True)
        else:
            self.look(outlook, keep)
            self.say("")

    def action_filter(self) -> None:
        """Type words to find."""
        field = self.query_one("#filter", Input)
        # Shown and focused at once: what is typed next, or pasted, is meant for it.
        field.display = True
        self.set_focus(field)
        field.select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what answers to the words so far."""
        self.look(replace(self.outlook, words=event.value))

    def on_input_submitted(self) -> None:
        """Go through what was found."""
        self.query_one("#filter").display = bool(self.outlook.words.strip())
        self.query_one(PlaceList).focus()

    def action_clear(self) -> None:
        """Take the words back; else stop planning; else show everything again."""
        if not self.query_one("#filter", Input).value and self.check_action("stop", ()):
            self.action_stop()
            return
        field = self.query_one("#filter", Input)
        with field.prevent(Input.Changed):
            field.value = ""
        field.display = False
        self.query_one(PlaceList).focus()
        shown = replace(self.outlook, words="", themes=frozenset(), open_only=False, radius=None)
        self.look(shown, self.chosen.place.id if self.chosen else None)

    def action_from_here(self) -> None:
        """Measure from the place chosen."""
        if self.chosen:
            place = self.chosen.place
            self.measure(replace(self.outlook, origin=waypoint(place)), place.id)
            start = self.app.session.draft.request.start.name
            self.say(tr("Measured from here; the day begins at {place}: F moves it.", place=start))

    @work
    async def action_from_where(self) -> None:
        """Measure from a point to name, and plan from it."""
        found = await ask_where(self.app)
        if found is not None:
            self.app.set_out(found)
            self.refill()

    @work
    async def action_clock(self) -> None:
        """Look at another moment."""
        from lens_routes.explore.stage.dialogs import Ask

        title, example = tr("When?"), tr("sunday at 15:00")
        moment = await self.app.push_screen_wait(Ask(title, self._moment, example))
        if moment is not None:
            self.app.turn_clock(moment)
            self.refill()

    def _moment(self, text: str) -> dt.datetime:
        from lens_routes.text.quantities.moments import parse_moment

        now = self.outlook.moment
        date, time = parse_moment(text, self.app.territory.now.date(), tr("The clock"), self.say)
        return now.replace(
            year=(date or now).year, month=(date or now).month, day=(date or now).day,
            hour=time.hour, minute=time.minute,
        )  # fmt: skip

    @work
    async def action_themes(self) -> None:
        """Show some themes only."""
        from lens_routes.catalogue.themes import themes

        counts = [one for one in themes(self.app.territory.catalogue) if one.places]
        rows: list[str | Text] = [
            Text.assemble(
                "✓ " if one.theme.id in self.outlook.themes else "  ",
                wording.sentence(one.theme.said), (f"  {one.places}", "dim"),
            )
            for one in counts
        ]  # fmt: skip
        number = await self.choose(tr("Which theme?"), rows)
        if number is not None:
            self.look(self.outlook.with_theme(counts[number].theme.id))

    def action_open(self) -> None:
        """Show what is open only, or all."""
        self.look(replace(self.outlook, open_only=not self.outlook.open_only))

    def action_radius(self) -> None:
        """Show what is near only."""
        self.look(self.outlook.wider())

    @work
    async def action_mode(self) -> None:
        """Measure by another way to travel, and plan by it."""
        number = await self.choose(tr("How do you travel?"), [*map(way_called, WAYS)], typed=False)
        if number is not None:
            session = self.app.session
            session.change(session.draft.travelling([*WAYS][number]))
            self._unknown.clear()
            self.refill()

    def action_sort(self) -> None:
        """Put the list in another order."""
        self.look(self.outlook.reordered())
