"""The day: its timeline, its map, and every change to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Container
from textual.widgets import Static

from lens_routes.explore.day.change import Changing
from lens_routes.explore.day.timeline import Timeline
from lens_routes.explore.stage.dialogs import Choose, Read
from lens_routes.explore.stage.keys import Hints, key
from lens_routes.explore.stage.lines import Lines
from lens_routes.explore.stage.map_view import MapView
from lens_routes.output.shared import summary
from lens_routes.output.terminal.lines import broken
from lens_routes.output.terminal_map.sketch import of_day
from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import OptionList

    from lens_routes.plan.plan import LeftOut, Plan

#: So many places that are not in the day are told beside it.
LEFT_OUT = 12


class DayScreen(Changing):
    """A planned day that can be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,l", "back", marked("look around"), marked("Go back; or stop planning.")),
        key("y", "why", marked("why"), marked("Why a place is not in the day.")),
        key("e", "app.take_along", marked("take along"), marked("Save, export, QR code, command.")),
        key("v", "fold", marked("panes"), marked("Show what is left out alone, or the day.")),
        key("right_square_bracket", "turn(1)", marked("next day"), show=False),
        key("left_square_bracket", "turn(-1)", marked("day before"), show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static("", id="heading")
        with Container(id="panes"):
            yield Timeline()
            with Container(id="aside"):
                yield MapView(self.app.territory.ground, "day-map")
                yield Lines("card")
        yield Static("", id="status")
        yield Hints()

    def on_mount(self) -> None:
        """Begin with the timeline."""
        self.query_one(Timeline).focus()

    def refill(self) -> None:
        """Show the plan of the session."""
        state = self.app.session.now
        if state.plan is None:
            self.app.show_look()
            return
        self.number = min(self.number, len(state.plan.days) - 1)
        day = state.plan.days[self.number]
        hours = f"{wording.clock(day.start_time)}–{wording.clock(day.end_time)}"
        what = wording.day_and_month(day.date)
        heading = joined(" · ", [what, hours, *summary.sums(day)[1:]])
        self.head(heading)
        self.query_one(Timeline).show(state, self.number)
        self._mark()
        self.fit()
        if not state.fresh:
            self.say(tr("Changed since it was planned: p plans it again."))

    def fit(self) -> None:
        """Fit what is told beside the day to its new width."""
        pane = self.query_one(Lines)
        width = max(20, pane.size.width - 1)
        told = self._beside(self.shown)
        pane.show(line for text in told for line in broken(text, width))

    def on_option_list_option_highlighted(self, _event: OptionList.OptionHighlighted) -> None:
        """Follow the cursor: on the map the stop stands out."""
        self._mark()

    def _mark(self) -> None:
        sketch, stop = of_day(self.shown.days[self.number]), self.chosen
        marks = (
            mark._replace(chosen=stop is not None and stop.place is not None)
            if stop and mark.name == stop.name
            else mark
            for mark in sketch.marks
        )
        self.query_one("#day-map", MapView).show(sketch._replace(marks=tuple(marks)))

    def on_option_list_option_selected(self) -> None:
        """Read about a stop."""
        stop = self.chosen
        if stop is not None and stop.place:
            place = self.app.territory.catalogue.by_id[stop.place]
            text = "\n\n".join(filter(None, [stop.description, place.remarks, place.website]))
            self.app.push_screen(Read(stop.name, Text(text)))

    def action_back(self) -> None:
        """Stop planning; else go back to the territory."""
        if self.check_action("stop", ()):
            self.action_stop()
        else:
            self.app.show_look()

    def action_turn(self, by: int) -> None:
        """Go to another day of the tour."""
        self.number = (self.number + by) % len(self.shown.days)
        self.refill()

    @work
    async def action_why(self) -> None:
        """Ask why a place is not in the day."""
        plan, territory = self.shown, self.app.territory
        missed = [item.place for item in plan.left_out]
        rest = [*territory.catalogue.by_id.values()]
        rest.sort(key=lambda place: missed.index(place.id) if place.id in missed else len(missed))
        places = [place for place in rest if place.id not in plan.visited]
        names = [one.name for one in places]
        question = Choose(tr("Why is it not in the day?"), names, enter=tr("show"))
        number = await self.app.push_screen_wait(question)
        if number is None:
            return
        place = places[number]
        why = next((self._why(item) for item in plan.left_out if item.place == place.id), None)
        said = wording.sentence(joined("", [why, "."])) if why else territory.why_not(plan, place)
        self.app.push_screen(Read(place.name, Text(said)))

    def _beside(self, plan: Plan) -> Iterator[Text]:
        """Yield what is told beside a day: what to mind, what would help, what is not in it."""
        yield from (Text(warning) for warning in plan.warnings)
        yield from (Text.assemble(summary.hint(h), (f" {h.option}", "bold")) for h in plan.hints)
        yield Text(tr("Not in this day"), "bold")
        by_id, gone = self.app.territory.catalogue.by_id, tr("you took it out")
        for place in filter(by_id.__contains__, plan.request.get("avoid", ())):
            yield Text.assemble(by_id[place].name, (f"  {gone}", "dim"))
        for item in plan.left_out[:LEFT_OUT]:
            yield Text.assemble(item.name or item.place, (f"  {self._why(item)}", "dim"))

    def _why(self, item: LeftOut) -> str:
        """Return why a place is not in the day, and the key that brings what only was not asked."""
        adds = item.obstacle == "missed" and not item.instead_of
        if adds and self.app.session.draft.order is not None:
            return tr("{reason}: i adds it", reason=item.reason)
        return item.reason
