"""The day: its timeline, its map, and every change to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from lens_routes.errors import LensRoutesError
from lens_routes.explore.dialogs import Read
from lens_routes.explore.frame import Frame
from lens_routes.explore.keys import Hints, key
from lens_routes.explore.map_view import MapView
from lens_routes.explore.timeline import Timeline, offered
from lens_routes.library import Gap
from lens_routes.library.draft import STEP_MINUTES
from lens_routes.output.shared import summary
from lens_routes.output.terminal_map.sketch import of_day
from lens_routes.text import wording
from lens_routes.text.language import joined, marked, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import OptionList

    from lens_routes.library import Draft, Filler
    from lens_routes.plan.plan import LeftOut, Plan, Stop

#: So many places that are not in the day are told beside it.
LEFT_OUT = 12


class DayScreen(Frame):
    """A planned day that can be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,l", "back", marked("look around"), marked("Go back; or stop planning.")),
        key("a", "instead", marked("instead"), marked("What would fit in place of this stop.")),
        key("i", "insert", marked("add"), marked("What else would fit into this day.")),
        key("x,delete", "drop", marked("drop"), marked("Take this stop out of the day.")),
        key(
            "less_than_sign,K",
            "move(-1)",
            marked("move"),
            marked("Visit it earlier, or later."),
            sign="< >",
        ),
        key("greater_than_sign,J", "move(1)", marked("later"), show=False),
        key(
            "plus,equals_sign",
            "stay(1)",
            marked("how long"),
            marked("Stay longer, or shorter."),
            sign="+ -",
        ),
        key("minus", "stay(-1)", marked("shorter"), show=False),
        key("space", "pin", marked("want"), marked("Keep this stop when planning again.")),
        key("y", "why", marked("why not?"), marked("Why a place is not in the day.")),
        key("p", "plan", marked("plan again"), marked("Let the planner choose; ✚ stays.")),
        key("e", "app.take_along", marked("take along"), marked("Save, export, QR code, command.")),
        key("v", "fold", marked("map/why"), marked("Show what is left out instead of the map.")),
        key("right_square_bracket", "turn(1)", marked("next day"), show=False),
        key("left_square_bracket", "turn(-1)", marked("day before"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.number = 0

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static("", id="heading")
        with Container(id="panes"):
            yield Timeline()
            with Container(id="aside"):
                yield MapView(self.app.territory.ground, "day-map")
                yield VerticalScroll(Static("", id="card-text"), id="card", can_focus=False)
        yield Static("", id="status")
        yield Hints()

    def on_mount(self) -> None:
        """Begin with the timeline."""
        self.query_one(Timeline).focus()

    @property
    def shown(self) -> Plan:
        """The plan on the screen."""
        plan = self.app.session.plan
        if plan is None:
            raise LookupError("no day is planned")
        return plan

    @property
    def chosen(self) -> Stop | None:
        """The stop under the cursor."""
        number = self.query_one(Timeline).chosen
        return None if number is None else self.shown.days[self.number].stops[number]

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
        self.query_one("#heading", Static).update(Text(heading, no_wrap=True, overflow="ellipsis"))
        self.query_one(Timeline).show(state, self.number)
        self.query_one("#day-map", MapView).show(of_day(day))
        self.query_one("#card-text", Static).update(self._beside(state.plan))
        if not state.fresh:
            self.say(tr("Changed since it was planned: p plans it again."))

    def _beside(self, plan: Plan) -> Text:
        lines = [Text(warning) for warning in plan.warnings]
        lines += [Text.assemble(summary.hint(h), (f" {h.option}", "bold")) for h in plan.hints]
        lines += [Text(tr("Not in this day"), "bold")]
        lines += [_left_out(item) for item in plan.left_out[:LEFT_OUT]]
        return Text("\n").join(lines)

    def on_option_list_option_highlighted(self, _event: OptionList.OptionHighlighted) -> None:
        """Follow the cursor: keys depend on the stop."""
        self.refresh_bindings()

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

    def action_plan(self) -> None:
        """Let the planner choose again."""
        self.plan(self.app.session.draft.anew())

    def action_drop(self) -> None:
        """Take a stop out."""
        self._change(lambda draft, stop: draft.without(stop, self.shown))

    def action_move(self, by: int) -> None:
        """Visit a stop earlier or later."""
        self._change(lambda draft, stop: draft.moved(stop, by, self.shown))

    def action_stay(self, steps: int) -> None:
        """Stay longer or shorter, everything else as it is."""
        stop = self.chosen
        if stop is not None and stop.place:
            draft = self.app.session.draft.moved(stop.place, 0, self.shown)
            self.plan(draft.lasting(stop, STEP_MINUTES * steps))

    def action_pin(self) -> None:
        """Want a stop, or not any more."""
        stop = self.chosen
        if stop is not None and stop.place:
            session = self.app.session
            fresh = session.now.fresh
            session.change(session.draft.pinned(stop.place))
            session.states[session.at] = type(session.now)(session.draft, session.plan, fresh)
            self.refill()

    @work
    async def action_instead(self) -> None:
        """Choose what would fit in place of a stop."""
        number, stop = self.query_one(Timeline).chosen, self.chosen
        if stop is not None and stop.place:
            title = tr("Instead of {place}", place=stop.name)
            await self._fill(Gap(self.number, number, instead=True), title)

    @work
    async def action_insert(self) -> None:
        """Choose what else would fit."""
        await self._fill(Gap(self.number), tr("What else fits"))

    async def _fill(self, gap: Gap, title: str) -> None:
        plan = self.shown
        self.say(tr("Trying what fits"))
        try:
            found = await self.app.desk.fillers(plan, gap)
        except LensRoutesError as error:
            self.say(f"{error.message} {error.hint}".strip(), fault=True)
            return
        self.say("")
        if not found:
            self.say(tr("Nothing else fits here: drop a stop, or shorten one."))
            return
        number = await self.choose(title, [_offer(one) for one in found])
        if number is not None:
            self.plan(self.app.session.draft.filled(found[number], gap, plan))

    @work
    async def action_why(self) -> None:
        """Ask why a place is not in the day."""
        items: Sequence[LeftOut] = self.shown.left_out
        number = await self.choose(
            tr("Why is it not in the day?"), [Text(item.name or item.place) for item in items]
        )
        if number is not None:
            item = items[number]
            reason = Text(wording.sentence(joined("", [item.reason, "."])))
            self.app.push_screen(Read(item.name or item.place, reason))

    def action_fold(self) -> None:
        """Show what is left out instead of the map, where there is room for one of them."""
        self.toggle_class("card")

    def _change(self, change: ChangeOfStop) -> None:
        stop = self.chosen
        if stop is None or not stop.place:
            self.say(tr("A break finds its place by itself."))
            return
        draft = change(self.app.session.draft, stop.place)
        if draft.order == ():
            self.say(tr("A day has one stop at least."))
        elif draft.order != self.app.session.draft.order:
            self.plan(draft)


def _left_out(item: LeftOut) -> Text:
    return Text.assemble(item.name or item.place, (f"  {item.reason}", "dim"))


def _offer(one: Filler) -> Text:
    return Text.assemble((one.name, "bold"), (f"  {' · '.join(offered(one))}", "dim"))


if TYPE_CHECKING:
    from collections.abc import Callable

    ChangeOfStop = Callable[[Draft, str], Draft]
