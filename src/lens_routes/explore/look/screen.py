"""Look around: the places, the map, a card of the one chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Container
from textual.widgets import Static

from lens_routes.explore.look.narrow import Filter, Narrowing
from lens_routes.explore.look.place_list import PlaceList
from lens_routes.explore.stage.keys import Hints, key
from lens_routes.explore.stage.lines import Lines
from lens_routes.explore.stage.map_view import MapView
from lens_routes.explore.stage.outlook import SIGNS, stance, told, until
from lens_routes.library import Draft
from lens_routes.output.terminal_map.sketch import Mark, Sign, Sketch
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from lens_routes.catalogue.place import Place
    from lens_routes.explore.stage.outlook import Outlook
    from lens_routes.library import Reached

#: So many places of the list are numbered on the map, and so many of them it shows at first.
NUMBERED, NEAREST = 40, 15


class LookScreen(Narrowing):
    """The places of the territory as the outlook shows them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "pin", marked("want"), marked("Have this place in the day, or not any more.")),
        key("x", "forbid", marked("not"), marked("Keep this place out of the day.")),
        key("p", "plan", marked("plan"), marked("Plan a day with what you want.")),
        key("d", "day", marked("day"), marked("Go to the planned day.")),
        key("y", "why", marked("why"), marked("Why this place is not in the day.")),
        key("enter", "card", marked("more"), marked("Read all about this place.")),
        key("v", "fold", marked("panes"), marked("Show the card alone, or the list.")),
        key(
            "plus,equals_sign",
            "zoom(1)",
            marked("zoom"),
            marked("The map nearer, or farther."),
            sign="+-",
        ),
        key("minus", "zoom(-1)", marked("farther"), show=False),
        key("left,h", "pan(-1,0)", marked("map"), marked("Move the map."), sign="←→JK"),
        key("right,l", "pan(1,0)", marked("map east"), show=False),
        key("shift+up,K", "pan(0,-1)", marked("map north"), show=False),
        key("shift+down,J", "pan(0,1)", marked("map south"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._bare = True

    def compose(self) -> ComposeResult:
        """Lay it out."""
        around = self.app.around
        yield Static("", id="heading")
        with Container(id="panes"):
            yield PlaceList(self._stands, self._marks, around.themes)
            with Container(id="aside"):
                yield MapView(around.territory.ground, "map")
                yield Lines("card")
        with Container(id="foot"):
            yield Filter(placeholder=tr("find: a name, a town, a theme …"), id="filter")
            yield Static("", id="status")
        yield Hints()

    def refill(self) -> None:
        """Show what the outlook shows, the cursor where it was."""
        chosen, request = self.chosen, self.app.session.draft.request
        wheelchair = "wheelchair" in request.company
        asked = replace(self.outlook, mode=request.mode, wheelchair=wheelchair)
        self.measure(asked, chosen.place.id if chosen else None)

    def look(self, outlook: Outlook, keep: str | None = None) -> None:
        """Look at the territory in another way."""
        self.app.outlook = outlook
        self.unfault()
        found = self.app.around.shown(outlook)
        listed = self.query_one(PlaceList)
        listed.show(found, keep)
        heading = self.app.around.heading(outlook, len(found))
        self.head(heading)
        if not self._bare:
            self.on_place_list_moved()

    def on_mount(self) -> None:
        """Begin with the list."""
        self.query_one(PlaceList).focus()
        if self.app.take_up():
            self.say(tr("The day of last time, not saved, is back: d shows it."))
        else:
            self.say(tr("Space wants a place, p plans the day."))
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """Add to the first list what takes longer: hours, map, card."""
        self._bare = False
        self.refill()

    def on_place_list_moved(self) -> None:
        """Show the place under the cursor on the map and on the card."""
        one = self.chosen
        around = [near.place.point for near in self.query_one(PlaceList).places[:NEAREST]]
        self.query_one("#map", MapView).show(
            self._sketch(), one.place.point if one else None, around
        )
        card = self.query_one(Lines)
        width = max(20, card.size.width - 3)
        card.show(self._card(one, width) if one else [Text(tr("Nothing here."))])

    def on_place_list_opened(self) -> None:
        """Read about a place that is clicked again."""
        self.action_card()

    def fit(self) -> None:
        """Fit the card to its new width."""
        if not self._bare:
            self.on_place_list_moved()

    def action_pin(self) -> None:
        """Want a place, or not any more."""
        self._mark(Draft.pinned)

    def action_forbid(self) -> None:
        """Keep a place out, or not any more."""
        self._mark(Draft.forbidden)

    def _mark(self, change: Callable[[Draft, str], Draft]) -> None:
        if self.chosen:
            session, place = self.app.session, self.chosen.place
            session.change(change(session.draft, place.id))
            self.refill()
            self.say(stance(session.draft, place))

    def action_plan(self) -> None:
        """Plan the day that is wanted."""
        self.plan(self.app.session.draft.anew())

    def planned(self) -> None:
        """Go to the day."""
        self.app.show_day()

    def action_day(self) -> None:
        """Go to the day, where there is one."""
        if self.app.session.plan is None:
            self.say(tr("No day is planned yet: p plans one."))
        else:
            self.app.show_day()

    def action_card(self) -> None:
        """Read all about a place."""
        from lens_routes.explore.stage.dialogs import Read

        if self.chosen:
            _, *lines = self._card(self.chosen, min(self.app.size.width - 8, 84))
            self.app.push_screen(Read(self.chosen.place.name, Text("\n").join(lines)))

    def action_why(self) -> None:
        """Tell why a place is not in the day."""
        from lens_routes.explore.stage.dialogs import Read

        plan = self.app.session.plan
        if plan is None:
            self.say(tr("No day is planned yet: p plans one."))
        elif self.chosen:
            place = self.chosen.place
            self.app.push_screen(Read(place.name, Text(self.app.territory.why_not(plan, place))))

    def action_zoom(self, steps: int) -> None:
        """Draw the map nearer or farther."""
        self.query_one("#map", MapView).zoom(steps)

    def action_pan(self, right: int, down: int) -> None:
        """Move the map."""
        self.query_one("#map", MapView).pan(right, down)

    def _marks(self, identity: str) -> Text:
        """Return how a place is marked in the list: in the day, wanted, or kept out."""
        session = self.app.session
        if identity in session.draft.request.must:
            return Text("✚", "bold green")
        if identity in session.draft.request.avoid:
            return Text("✗", "bold red")
        plan = session.plan
        planned = plan and any(s.place == identity for day in plan.days for s in day.stops)
        return Text("•" if planned else " ", "bold")

    def _sketch(self) -> Sketch:
        listed = self.query_one(PlaceList)
        first = max(0, min(listed.cursor - NUMBERED // 2, len(listed.places) - NUMBERED))
        origin = self.outlook.origin
        marks = [Mark(Sign.START, origin.name, origin.point)]
        marks += [
            Mark(number + 1, one.place.name, one.place.point, number == listed.cursor)
            for number, one in list(enumerate(listed.places))[first : first + NUMBERED]
        ]
        return Sketch(tuple(marks), ())

    def _stands(self, place: Place) -> Text:
        """Return how a place stands, as briefly as the list has room for."""
        if self._bare:
            return Text(" " * 7, end="")
        moment = self.outlook.moment
        standing = self.app.around.standing(place, moment)
        sign, style = SIGNS.get(standing.state, SIGNS["unknown"])
        return Text(f"{sign} {until(standing, moment):<5}", style, end="")

    def _card(self, one: Reached, width: int) -> Iterator[Text]:
        from lens_routes.output.terminal.card import render_card
        from lens_routes.output.terminal.lines import Line, Look

        outlook = self.outlook
        standing = self.app.around.standing(one.place, outlook.moment)
        sign, style = SIGNS.get(standing.state, SIGNS["unknown"])
        way = self.app.around.way(one, outlook)
        week = self.app.territory.week(one.place, outlook.moment.date())
        now = Line(f"{sign} {told(standing, outlook.moment)}", style)
        card = render_card(one.place, now, way, week, Look(width))
        return (line.drawn() for line in card)
