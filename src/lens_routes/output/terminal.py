"""A plan, a route and what is near, as lines of a terminal of any width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from lens_routes import wording as words
from lens_routes.language import trn
from lens_routes.output.rides import ride_lines
from lens_routes.plan import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.plan import Day, Leg, Near, Plan, Stop, Waypoint

#: Lines longer than this are hard to read back; wider terminals get a margin instead.
WIDEST = 100
LEFT_OUT_SHOWN = 8

TIME, NAME, RAIL, WALK, GOOD, CARE, QUIET = (
    "bold",
    "bold",
    "cyan",
    "cyan",
    "green",
    "bold magenta",
    "dim",
)

GRADES = {
    Grade.STREETS: "along the streets",
    Grade.TABLE: "street distance",
    Grade.ESTIMATE: "estimate",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How to draw: terminal ``width`` in columns, and whether each leg's streets are listed."""

    width: int
    steps: bool = False

    @property
    def text_width(self) -> int:
        """Columns that running text may use."""
        return max(20, min(self.width, WIDEST))


def render_plan(plan: Plan, look: Look) -> Iterator[Text]:
    """Yield the printed itinerary, a line at a time."""
    for day in plan.days:
        yield from _header(plan, day, look)
        yield Text()
        yield from _timetable(day, look)
    yield from _left_out(plan, look)
    yield from _warnings(plan.warnings, look)
    yield from _provenance(plan, look)


def render_alternative(number: int, differs: str, plan: Plan, look: Look) -> Iterator[Text]:
    """Yield another tour: how it differs from the best one, then its timetable."""
    yield Text()
    yield from wrap(Text(f"Alternative {number}. {differs}", NAME), look)
    for day in plan.days:
        yield Text()
        yield from _timetable(day, look)


def render_route(legs: Sequence[Leg], look: Look) -> Iterator[Text]:
    """Yield a route: each leg with its streets, then the sum."""
    for leg in legs:
        yield from wrap(Text(f"{leg.origin} to {leg.destination}", NAME), look)
        yield from wrap(_walk_line(leg, words.duration(leg.duration_s)), look, "  ")
        yield from _steps(leg, look, "  ")
        yield Text()
    if len(legs) > 1:
        total_m = sum(leg.distance_m for leg in legs)
        total_s = sum(leg.duration_s for leg in legs)
        yield Text(f"In all {words.distance(total_m)}, {words.duration(total_s)}", NAME)


def render_near(origin: Waypoint, within: str, found: Sequence[Near], look: Look) -> Iterator[Text]:
    """Yield what is within a walk, the nearest first, two lines a place."""
    if not found:
        yield from wrap(Text(f"Nothing within {within} of {origin.name}."), look)
        return
    places = trn("{n} place", "{n} places", len(found))
    yield from wrap(Text(f"{places} within {within} of {origin.name}", NAME), look)
    for near in found:
        walk = Text(f"{words.duration(near.duration_s):>6} ", TIME)
        walk.append(near.name, NAME)
        walk.append(f"  {words.distance(near.distance_m)}", "")
        if near.source is Grade.ESTIMATE:
            walk.append(" (estimate)", QUIET)
        yield from wrap(walk, look, hang=" " * 7)
        facts = Text(f"{near.opening} now" if near.opening != "unknown" else "hours unknown")
        facts.stylize({"open": GOOD, "closed": QUIET}.get(near.opening, CARE))
        themes = ", ".join(words.theme(theme) for theme in near.themes)
        facts.append("".join(f" · {fact}" for fact in (near.commune, themes) if fact), QUIET)
        yield from wrap(facts, look, " " * 7)


def _header(plan: Plan, day: Day, look: Look) -> Iterator[Text]:
    themes = [words.theme(name) for name in plan.request.get("themes", ())]
    title = (" and ".join(themes) if len(themes) < 3 else ", ".join(themes)) or "discovery"
    yield from wrap(Text(f"{title.capitalize()} tour, {words.date(day.date)}", NAME), look)
    start, end = day.start.name, day.end.name
    there_and_back = day.start.point == day.end.point
    ends = f"From {start} and back" if there_and_back else f"From {start} to {end}"
    yield from wrap(
        Text(f"{ends}, {words.clock(day.start_time)} to {words.clock(day.end_time)}"), look
    )
    visits = sum(stop.kind == "visit" for stop in day.stops)
    facts = [
        trn("{n} visit", "{n} visits", visits),
        f"{words.distance(day.totals.walk_m)} on foot ({words.duration(day.totals.walk_s)})",
    ]
    if day.totals.ride_s:
        rides = sum(len(leg.rides) for leg in day.legs)
        ridden = words.duration(day.totals.ride_s)
        facts.append(f"{trn('{n} ride', '{n} rides', rides)} ({ridden})")
    facts += [
        f"{words.duration(day.totals.visit_s)} of visits",
    ]
    if day.totals.wait_s >= 60:
        facts.append(f"{words.duration(day.totals.wait_s)} of waiting")
    yield from wrap(Text(" · ".join(facts)), look)
    yield from wrap(Text(_quality(plan), QUIET), look)


def _quality(plan: Plan) -> str:
    if plan.proven:
        return "Proven best: no other choice or order scores higher."
    if plan.bound is not None and plan.bound > 0:
        gap = 100 * (plan.bound - plan.score) / plan.bound
        return f"At most {gap:.1f} % below the best possible tour."
    return "A good tour; not proven to be the best."


def _timetable(day: Day, look: Look) -> Iterator[Text]:
    yield from _row(words.clock(day.start_time), "●", Text(day.start.name, NAME), look)
    number = 0
    for leg, stop in zip(day.legs, day.stops, strict=False):
        if leg.distance_m > 0 or leg.rides:
            yield from _leg(leg, look)
        number += stop.kind == "visit"
        yield from _visit(stop, str(number) if stop.kind == "visit" else "○", look)
    if day.legs[-1].distance_m > 0 or day.legs[-1].rides:
        yield from _leg(day.legs[-1], look)
    yield from _row(words.clock(day.end_time), "■", Text(day.end.name, NAME), look)


def _leg(leg: Leg, look: Look) -> Iterator[Text]:
    if leg.mode == "transit":
        for part in leg.parts:
            line = ride_lines(part) if part.rides else [_walk_to(part)]
            clocks = [words.clock(part.depart), *[""] * len(line)]
            for clock, text in zip(clocks, line, strict=False):
                yield from _row(clock, "│", text, look)
    else:
        yield from _row("", "│", _walk_line(leg, words.between(leg.depart, leg.arrive)), look)
    if look.steps:
        inside = replace(look, width=look.text_width - GUTTER)
        for text in _steps(leg, inside, "  "):
            yield from _row("", "│", text, look)


def _walk_to(part: Leg) -> Text:
    """Return a walk to or from a stop in a line."""
    text = _walk_line(part, words.between(part.depart, part.arrive))
    text.append(f", to {part.destination}")
    return text


def _walk_line(leg: Leg, lasting: str) -> Text:
    facts = f"{words.distance(leg.distance_m)} on foot, {lasting}"
    text = Text(facts, WALK)
    if leg.source is not Grade.STREETS:
        text.append(f" ({GRADES[leg.source]})", QUIET)
    if leg.main_road_m and leg.main_road_m >= 50:
        text.append(f", {words.distance(leg.main_road_m)} of it along main roads", QUIET)
    if leg.steps_m and leg.steps_m >= 5:
        text.append(f", {words.distance(leg.steps_m)} of stairs", QUIET)
    if leg.snap_m >= 50:
        text.append(f", {words.distance(leg.snap_m)} of it off the mapped ways", QUIET)
    return text


def _steps(leg: Leg, look: Look, indent: str) -> Iterator[Text]:
    for step in leg.steps:
        text = Text(step.instruction)
        if step.distance_m >= 1:
            text.append(f", {words.distance(step.distance_m)}", QUIET)
        yield from wrap(text, look, indent, hang="  ")


def _visit(stop: Stop, marker: str, look: Look) -> Iterator[Text]:
    stay = words.between(stop.begin, stop.leave)
    waits = words.clock(stop.begin) != words.clock(stop.arrive)
    since = f"{words.clock(stop.begin)} to" if waits else "until"
    head = Text(stop.name, NAME)
    head.append(f"  {since} {words.clock(stop.leave)}, {stay}", "")
    yield from _row(words.clock(stop.arrive), marker, head, look)
    if stop.kind == "visit":
        facts = Text()
        known = stop.opening == "open"
        facts.append(words.sentence(stop.hours), GOOD if known else CARE)
        if waits:
            facts.append(f" · {words.between(stop.arrive, stop.begin)} to wait")
        facts.append(f" · {_slack(stop.slack_minutes)}")
        yield from _row("", "│", facts, look)
    if stop.description:
        yield from _row("", "│", Text(stop.description, QUIET), look)
    for note in stop.notes:
        yield from _row("", "│", Text(note, CARE), look)


def _slack(minutes: int) -> str:
    if minutes <= 0:
        return "be on time"
    return f"up to {words.duration(minutes * 60)} late is fine"


def _left_out(plan: Plan, look: Look) -> Iterator[Text]:
    if not plan.left_out:
        return
    yield Text()
    yield Text("Left out", NAME)
    for item in plan.left_out[:LEFT_OUT_SHOWN]:
        text = Text(item.name or item.place)
        text.append(f": {item.reason}", QUIET)
        yield from wrap(text, look, "  ", hang="  ")
    rest = len(plan.left_out) - LEFT_OUT_SHOWN
    if rest > 0:
        yield from wrap(Text(f"and {rest} more, with reasons, under --json", QUIET), look, "  ")


def _warnings(warnings: Sequence[str], look: Look) -> Iterator[Text]:
    if not warnings:
        return
    yield Text()
    yield Text("Good to know", NAME)
    for warning in warnings:
        yield from wrap(Text(warning), look, "  ", hang="  ")


def _provenance(plan: Plan, look: Look) -> Iterator[Text]:
    yield Text()
    for item in plan.provenance:
        parts = [part for part in (item.source, item.date, item.licence) if part]
        yield from wrap(Text(f"{words.sentence(item.data)}: {', '.join(parts)}", QUIET), look)


GUTTER = 9  # "10:00 ● "


def _row(clock: str, marker: str, text: Text, look: Look) -> Iterator[Text]:
    """Yield *text* beside the time and the rail, wrapped; the rail goes on below."""
    for index, line in enumerate(_lines(text, look.text_width - GUTTER)):
        row = Text()
        row.append(f"{clock if index == 0 else '':5} ", TIME)
        mark = marker if index == 0 else "│"
        row.append(f"{mark:>2} ", RAIL)
        yield row.append_text(line)


def wrap(text: Text, look: Look, indent: str = "", hang: str = "") -> Iterator[Text]:
    """Yield *text* in lines that fit, indented; all but the first by *hang* more."""
    for index, line in enumerate(_lines(text, look.text_width - len(indent) - len(hang))):
        yield Text(indent + (hang if index else "")).append_text(line)


def _lines(text: Text, width: int) -> list[Text]:
    """Break *text* at spaces into lines of at most *width* cells, styles kept."""
    breaks = [0]
    plain = text.plain
    start = last_space = 0
    for index, character in enumerate(plain):
        if character == " ":
            last_space = index
        if cell_len(plain[start : index + 1]) > width:
            start = last_space + 1 if last_space > start else index
            breaks.append(start)
    breaks.append(len(plain))
    lines = [text[a:b] for a, b in pairwise(breaks)]
    for line in lines:
        line.rstrip()
    return lines
