"""A plan, a route and what is near, as lines of a terminal of any width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from lens_routes.output.shared import caption
from lens_routes.output.terminal.rides import change_line, emissions, ride_lines
from lens_routes.plan.plan import Grade
from lens_routes.text import wording as words
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.plan import Day, Leg, Near, Plan, Stop
    from lens_routes.plan.waypoint import Waypoint

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
    for number, day in enumerate(plan.days):
        if number:
            yield Text()
        yield from _header(plan, day, look)
        if len(plan.days) == 1:
            yield from wrap(Text(_quality(plan), QUIET), look)
        yield Text()
        yield from _timetable(day, look)
    if len(plan.days) > 1:
        yield Text()
        yield from wrap(Text(_quality(plan), QUIET), look)
    yield from _left_out(plan, look)
    yield from _warnings(plan.warnings, look)
    yield from _provenance(plan, look)


def render_alternative(number: int, differs: str, plan: Plan, look: Look) -> Iterator[Text]:
    """Yield another tour: how it differs from the best one, then its timetable."""
    yield Text()
    title = tr("Alternative {number}. {differs}", number=number, differs=differs)
    yield from wrap(Text(title, NAME), look)
    for day in plan.days:
        yield Text()
        yield from _timetable(day, look)


def render_route(legs: Sequence[Leg], look: Look) -> Iterator[Text]:
    """Yield a route: each leg with its streets, then the sum."""
    for leg in legs:
        yield from wrap(Text(caption.from_to(leg), NAME), look)
        yield from wrap(_walk_line(leg, words.duration(leg.duration_s)), look, "  ")
        yield from _steps(leg, look, "  ")
        yield Text()
    if len(legs) > 1:
        total_m = sum(leg.distance_m for leg in legs)
        total_s = sum(leg.duration_s for leg in legs)
        total = tr(
            "In all {distance}, {duration}",
            distance=words.distance(total_m),
            duration=words.duration(total_s),
        )
        yield Text(total, NAME)


def render_near(origin: Waypoint, within: str, found: Sequence[Near], look: Look) -> Iterator[Text]:
    """Yield what is within a walk, the nearest first, two lines a place."""
    if not found:
        nothing = tr("Nothing within {limit} of {place}.", limit=within, place=origin.name)
        yield from wrap(Text(nothing), look)
        return
    title = trn(
        "{n} place within {limit} of {place}",
        "{n} places within {limit} of {place}",
        len(found),
        limit=within,
        place=origin.name,
    )
    yield from wrap(Text(title, NAME), look)
    for near in found:
        walk = Text(f"{words.duration(near.duration_s):>6} ", TIME)
        walk.append(near.name, NAME)
        walk.append(f"  {words.distance(near.distance_m)}", "")
        if near.source is Grade.ESTIMATE:
            walk.append(f" ({_grade(near.source)})", QUIET)
        yield from wrap(walk, look, hang=" " * 7)
        facts = Text(_now(near.opening))
        facts.stylize({"open": GOOD, "closed": QUIET, "dark": QUIET}.get(near.opening, CARE))
        themes = ", ".join(words.theme(theme) for theme in near.themes)
        facts.append("".join(f" · {fact}" for fact in (near.commune, themes) if fact), QUIET)
        yield from wrap(facts, look, " " * 7)


def _header(plan: Plan, day: Day, look: Look) -> Iterator[Text]:
    yield from wrap(Text(caption.title_of(plan, [day]), NAME), look)
    yield from wrap(Text(caption.ends(day)), look)
    visits = sum(stop.kind == "visit" for stop in day.stops)
    facts = [
        trn("{n} visit", "{n} visits", visits),
        tr(
            "{distance} on foot ({duration})",
            distance=words.distance(day.totals.walk_m),
            duration=words.duration(day.totals.walk_s),
        ),
    ]
    if day.totals.ride_s:
        rides = sum(len(leg.rides) for leg in day.legs)
        ridden = words.duration(day.totals.ride_s)
        facts.append(trn("{n} ride ({duration})", "{n} rides ({duration})", rides, duration=ridden))
    facts.append(tr("{duration} of visits", duration=words.duration(day.totals.visit_s)))
    if day.totals.wait_s >= 60:
        facts.append(tr("{duration} of waiting", duration=words.duration(day.totals.wait_s)))
    yield from wrap(Text(" · ".join(facts)), look)
    if emitted := emissions(day):
        yield from wrap(Text(emitted), look)


def _quality(plan: Plan) -> str:
    if plan.proven:
        return _of_days(plan, tr("Proven best: no other choice or order scores higher."))
    if plan.bound is not None and plan.bound > 0:
        gap = words.percent((plan.bound - plan.score) / plan.bound)
        return _of_days(plan, tr("At most {gap} below the best possible tour.", gap=gap))
    return tr("A good tour; not proven to be the best.")


def _of_days(plan: Plan, claim: str) -> str:
    """Return a claim with the days it says nothing of: see `lens_routes.travel.rides.choice`."""
    request = plan.request
    if request.get("mode") != "transit" or request.get("max_walk_m") is None:
        return claim
    rest = tr("Days on which one waits for a ride only to walk less are not counted.")
    return joined(" ", [claim, rest])


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
    if leg.mode != "transit":
        yield from _row("", "│", _walk_line(leg, words.between(leg.depart, leg.arrive)), look)
        yield from _streets(leg, look)
    for before, part in zip(leg.parts[:1] + leg.parts, leg.parts, strict=False):
        for text in change_line(before, part):
            yield from _row("", "│", text, look)
        line = ride_lines(part) if part.rides else [_walk_to(part)]
        clocks = [words.clock(part.depart), *[""] * len(line)]
        for clock, text in zip(clocks, line, strict=False):
            yield from _row(clock, "│", text, look)
        yield from _streets(part, look)


def _streets(leg: Leg, look: Look) -> Iterator[Text]:
    """Yield the streets of a walk, where they are asked for."""
    if look.steps:
        inside = replace(look, width=look.text_width - GUTTER)
        for text in _steps(leg, inside, "  "):
            yield from _row("", "│", text, look)


def _walk_to(part: Leg) -> Text:
    """Return a walk to or from a stop in a line."""
    text = _walk_line(part, words.between(part.depart, part.arrive))
    text.append(", " + tr("to {place}", place=part.destination))
    return text


def _walk_line(leg: Leg, lasting: str) -> Text:
    text = Text(f"{caption.on_foot(leg)}, {lasting}", WALK)
    if leg.source is not Grade.STREETS:
        text.append(f" ({_grade(leg.source)})", QUIET)
    text.append("".join(f", {remark}" for remark in _remarks(leg)), QUIET)
    return text


def _remarks(leg: Leg) -> Iterator[str]:
    if leg.main_road_m and leg.main_road_m >= 50:
        yield tr("{distance} of it along main roads", distance=words.distance(leg.main_road_m))
    if leg.steps_m and leg.steps_m >= 5:
        yield tr("{distance} of stairs", distance=words.distance(leg.steps_m))
    if leg.snap_m >= 50:
        yield tr("{distance} of it off the mapped ways", distance=words.distance(leg.snap_m))


def _grade(grade: Grade) -> str:
    """Return how far a distance can be trusted, in words."""
    return {
        Grade.STREETS: tr("along the streets"),
        Grade.TABLE: tr("street distance"),
        Grade.ESTIMATE: tr("estimate"),
    }[grade]


def _now(opening: str) -> str:
    """Return whether a place is open at the moment asked about."""
    if opening == "open":
        return tr("open now")
    if opening == "dark":
        return tr("dark now")
    return tr("closed now") if opening == "closed" else tr("hours unknown")


def _steps(leg: Leg, look: Look, indent: str) -> Iterator[Text]:
    for step in leg.steps:
        text = Text(step.instruction)
        if step.distance_m >= 1:
            text.append(f", {words.distance(step.distance_m)}", QUIET)
        yield from wrap(text, look, indent, hang="  ")


def _visit(stop: Stop, marker: str, look: Look) -> Iterator[Text]:
    stay = words.between(stop.begin, stop.leave)
    waits = words.clock(stop.begin) != words.clock(stop.arrive)
    begin, leave = words.clock(stop.begin), words.clock(stop.leave)
    until = (
        tr("{begin} to {end}", begin=begin, end=leave) if waits else tr("until {time}", time=leave)
    )
    head = Text(stop.name, NAME)
    head.append(f"  {until}, {stay}", "")
    yield from _row(words.clock(stop.arrive), marker, head, look)
    if stop.kind == "visit":
        facts = Text()
        known = stop.opening == "open"
        facts.append(words.sentence(stop.hours), GOOD if known else CARE)
        if waits:
            waiting = words.between(stop.arrive, stop.begin)
            facts.append(" · " + tr("{duration} to wait", duration=waiting))
        facts.append(f" · {_slack(stop.slack_minutes)}")
        yield from _row("", "│", facts, look)
    if stop.description:
        yield from _row("", "│", Text(stop.description, QUIET), look)
    for note in stop.notes:
        yield from _row("", "│", Text(note, CARE), look)


def _slack(minutes: int) -> str:
    if minutes <= 0:
        return tr("be on time")
    return tr("up to {duration} late is fine", duration=words.duration(minutes * 60))


def _left_out(plan: Plan, look: Look) -> Iterator[Text]:
    if not plan.left_out:
        return
    yield Text()
    yield Text(tr("Left out"), NAME)
    for item in plan.left_out[:LEFT_OUT_SHOWN]:
        text = Text(caption.left_out(item))
        text.stylize(QUIET, len(item.name or item.place))
        yield from wrap(text, look, "  ", hang="  ")
    rest = len(plan.left_out) - LEFT_OUT_SHOWN
    if rest > 0:
        more = tr("and {number} more, with reasons, under --json", number=rest)
        yield from wrap(Text(more, QUIET), look, "  ")


def _warnings(warnings: Sequence[str], look: Look) -> Iterator[Text]:
    if not warnings:
        return
    yield Text()
    yield Text(tr("Good to know"), NAME)
    for warning in warnings:
        yield from wrap(Text(warning), look, "  ", hang="  ")


def _provenance(plan: Plan, look: Look) -> Iterator[Text]:
    yield Text()
    for item in plan.provenance:
        yield from wrap(Text(caption.source(item), QUIET), look)


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
