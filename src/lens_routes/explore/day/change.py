"""Changing a planned day: other stops, another order, longer or shorter visits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work

from lens_routes.errors import LensRoutesError
from lens_routes.explore.day.timeline import Timeline, offered
from lens_routes.explore.stage.frame import Frame
from lens_routes.explore.stage.keys import key
from lens_routes.library import Gap
from lens_routes.library.draft import STEP_MINUTES
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from lens_routes.library import Draft, Filler
    from lens_routes.plan.plan import Plan, Stop

    ChangeOfStop = Callable[[Draft, str], Draft]


class Changing(Frame):
    """The keys that change a day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "instead", marked("instead"), marked("What would fit in place of this stop.")),
        key("i", "insert", marked("add"), marked("What else would fit into this day.")),
        key("x,delete", "drop", marked("drop"), marked("Take this stop out of the day.")),
        key(
            "less_than_sign,K",
            "move(-1)",
            marked("move"),
            marked("Visit it earlier, or later."),
            sign="<>",
        ),
        key("greater_than_sign,J", "move(1)", marked("later"), show=False),
        key(
            "plus,equals_sign",
            "stay(1)",
            marked("how long"),
            marked("Stay longer, or shorter."),
            sign="+-",
        ),
        key("minus", "stay(-1)", marked("shorter"), show=False),
        key("space", "pin", marked("want"), marked("Keep this stop when planning again.")),
        key("p", "plan", marked("plan again"), marked("Let the planner choose; ✚ stays.")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.number = 0

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

    def action_plan(self) -> None:
        """Let the planner choose again."""
        self.plan(self.app.session.draft.anew())

    def action_drop(self) -> None:
        """Take a stop out."""
        name = self.chosen.name if self.chosen else ""
        said = tr("{place} is out. u undoes, i shows what fits.", place=name)
        self._change(lambda draft, stop: draft.without(stop, self.shown), said)

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
            session.take(replace(session.now, draft=session.draft.pinned(stop.place)))
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
        number = await self.choose(title, [self._offer(one) for one in found])
        if number is not None:
            one = found[number]
            said = tr("{place} is in. u undoes.", place=one.name)
            self.plan(self.app.session.draft.filled(one, gap, plan), said)

    def _change(self, change: ChangeOfStop, said: str = "") -> None:
        stop = self.chosen
        if stop is None or not stop.place:
            self.say(tr("A break finds its place by itself."))
            return
        draft = change(self.app.session.draft, stop.place)
        if draft.order == ():
            self.say(tr("A day has one stop at least."))
        elif draft.order != self.app.session.draft.order:
            self.plan(draft, said)

    def _offer(self, one: Filler) -> Text:
        out = one.place in self.app.session.draft.request.avoid
        told = [*offered(one), *([tr("you took it out")] if out else [])]
        return Text.assemble((one.name, "bold"), (f"  {' · '.join(told)}", "dim"))
