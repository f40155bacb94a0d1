"""The day as a timeline: each stop with its hours, reasons and time in hand, and the ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lens_routes.explore.stage.keys import key, say_keys
from lens_routes.output.shared import caption, in_hand
from lens_routes.output.terminal.lines import CARE, GOOD, QUIET, WALK, broken
from lens_routes.text import wording
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType

    from lens_routes.explore.stage.session import State
    from lens_routes.library import Filler
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop

#: Columns before what is said.
GUTTER = 9


class Timeline(OptionList):
    """A day of a plan; the cursor goes from stop to stop."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "select", marked("more"), marked("Read about this stop.")),
        key("up", "cursor_up", marked("go"), marked("To another stop."), sign="↑↓"),
    ]

    def __init__(self) -> None:
        super().__init__(id="stops")
        say_keys(self)
        self._shown: tuple[State, int] | None = None

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self._shown is not None:
            self.show(*self._shown)

    def show(self, state: State, number: int) -> None:
        """Show a day of a plan, the cursor on what came into it, else where it was."""
        before, at = self._stops, self.chosen or 0
        self._shown = state, number
        self.clear_options()
        if state.plan is None:
            return
        width = max(20, self.scrollable_content_region.width - GUTTER - 1)
        self.add_options(_rows(state, state.plan, state.plan.days[number], width))
        if after := self._stops:
            self.highlighted = self.get_option_index(str(_followed(before, at, after)))

    @property
    def _stops(self) -> Sequence[Stop]:
        state, number = self._shown or (None, 0)
        return state.plan.days[number].stops if state and state.plan else ()

    @property
    def chosen(self) -> int | None:
        """The number of the stop under the cursor, from 0."""
        if self.highlighted is None:
            return None
        identity = self.get_option_at_index(self.highlighted).id
        return int(identity) if identity else None


def _followed(before: Sequence[Stop], at: int, after: Sequence[Stop]) -> int:
    """Return which stop a cursor goes to: what came in, else where it was, else what follows."""
    old, new = ([stop.place or stop.name for stop in stops] for stops in (before, after))
    came = [n for n, stop in enumerate(after) if stop.place and stop.place not in old]
    if old and len(came) == 1:
        return came[0]
    return next((new.index(one) for one in (*old[at:], *old[:at][::-1]) if one in new), 0)


def _rows(state: State, plan: Plan, day: Day, width: int) -> Iterator[Option]:
    """Yield the start, then each way and stop, then the end."""
    yield Option(_point(wording.clock(day.start_time), "●", day.start.name), disabled=True)
    tight = in_hand.tight(plan, day)
    for index, (leg, (number, stop)) in enumerate(
        zip(day.legs, caption.numbered(day), strict=False)
    ):
        if caption.moves(leg):
            yield Option(_under(_leg(leg), width), disabled=True)
        text = _stop(state, number, stop, width, tight=stop in tight)
        yield Option(text, id=str(index))
    if caption.moves(day.legs[-1]):
        yield Option(_under(_leg(day.legs[-1]), width), disabled=True)
    yield Option(_point(wording.clock(day.end_time), "■", day.end.name), disabled=True)


def _point(clock: str, sign: str, name: str) -> Text:
    return Text.assemble((clock, "bold"), f" {sign:>2} ", (name, "bold"))


def _leg(leg: Leg) -> Text:
    if leg.mode != "walk":
        return Text(f"↓ {caption.way(leg)}", WALK)
    way = tr(
        "{duration} on foot ({distance})",
        duration=wording.between(leg.depart, leg.arrive),
        distance=wording.distance(leg.distance_m),
    )
    return Text(f"↓ {way}", WALK)


def _under(text: Text, width: int) -> Text:
    """Return a text broken into lines that stand below the names."""
    return Text("\n").join(Text(" " * GUTTER).append_text(line) for line in broken(text, width))


def _stop(state: State, number: int | None, stop: Stop, width: int, *, tight: bool) -> Text:
    request = state.draft.request
    sign = "○" if number is None else str(number)
    name = Text("\n" + " " * GUTTER).join(broken(Text(stop.name, "bold"), width))
    text = Text.assemble((wording.clock(stop.begin), "bold"), f" {sign:>2} ", name)
    if stop.place in request.must:
        text.append(" ✚", "bold green")
    lines = [Text(wording.between(stop.begin, stop.leave))]
    if stop.place:
        hours = stop.hours or caption.opening(stop.opening)
        lines[0].append(f" · {hours}", GOOD if stop.opening == "open" else CARE)
        lines[0].append(f" · {_slack(stop)}", CARE if tight else QUIET)
        lines += [Text(why, QUIET) for why in _reasons(state, stop)]
        what = Text(caption.first_sentence(stop.description), QUIET)
        what.truncate(width, overflow="ellipsis")
        lines += [what] if what else []
    lines += [Text(note, CARE) for note in stop.notes]
    for line in lines:
        text.append("\n").append_text(_under(line, width))
    return text


def _slack(stop: Stop) -> str:
    if stop.slack_minutes < in_hand.LITTLE_MINUTES:
        return in_hand.be_there_by(stop)
    return tr("{duration} in hand", duration=wording.duration(60 * stop.slack_minutes))


def _reasons(state: State, stop: Stop) -> Iterator[str]:
    """Yield why a stop is in the day."""
    request = state.draft.request
    if any(item.place == stop.place for item in request.appointments):
        yield tr("an appointment")
    elif stop.place in request.must:
        yield tr("you want it")
    if stop.off_theme:
        yield tr("another theme: it fills the day")


def offered(one: Filler) -> list[str]:
    """Return what is to know of what would fit: how long, what it gains, when one is home."""
    later = wording.duration(abs(one.later_s))
    when = tr("{time} later", time=later) if one.later_s > 0 else tr("{time} earlier", time=later)
    return [
        wording.duration(60 * one.minutes),
        tr("worth {points} more", points=wording.number(one.gain, 1))
        if one.gain >= 0
        else tr("worth {points} less", points=wording.number(-one.gain, 1)),
        when if abs(one.later_s) >= 60 else tr("no later"),
        *([tr("others shorter")] if one.shortens else []),
    ]
