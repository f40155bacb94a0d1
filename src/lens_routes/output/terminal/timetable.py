"""The hours of a day as lines of a terminal: when, which stop, how long, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from lens_routes.output.shared import caption, in_hand
from lens_routes.output.terminal.itinerary import profile_lines, remarks, street_lines
from lens_routes.output.terminal.lines import CARE, GOOD, NAME, QUIET, TIME, WALK, Line, broken
from lens_routes.output.terminal.rides import change_line, ride_lines
from lens_routes.plan.grade import Grade
from lens_routes.text import wording as words
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.output.terminal.lines import Look
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop

#: Columns before the names: "10:00  1 ".
GUTTER = 9
#: Columns between a name and its facts.
GAP = 2


def timetable(plan: Plan, day: Day, look: Look) -> Iterator[Line]:
    """Yield a day: where it begins, each way and stop, where it ends."""
    tight = in_hand.tight(plan, day)
    facts = [_facts(stop, tight=stop in tight) for stop in day.stops]
    column = _column(day, facts, look)
    yield from row(words.clock(day.start_time), "", Line(day.start.name, NAME), look)
    for leg, (number, stop), fact in zip(day.legs, caption.numbered(day), facts, strict=False):
        yield from _leg(leg, look)
        yield from _wait(stop, look)
        yield from _stop(stop, number, fact, column, look)
    yield from _leg(day.legs[-1], look)
    yield from row(words.clock(day.end_time), "", Line(day.end.name, NAME), look)


def row(clock: str, marker: str, text: Line, look: Look) -> Iterator[Line]:
    """Yield *text* beside a time and a number, wrapped."""
    for index, line in enumerate(broken(text, look.text_width - GUTTER)):
        head = f"{clock:5} {marker:>2} " if index == 0 else " " * GUTTER
        yield Line().append(head if line.plain else head.rstrip(), TIME).extend(line)


def _column(day: Day, facts: list[Line], look: Look) -> int:
    """Return the column at which most facts stand beside their names, the rightmost such."""
    room = look.text_width - GUTTER
    sizes = [
        (cell_len(stop.name) + GAP, cell_len(fact.plain))
        for stop, fact in zip(day.stops, facts, strict=True)
    ]

    def beside(column: int) -> int:
        return sum(name <= column and column + fact <= room for name, fact in sizes)

    return max((name for name, _ in sizes), key=lambda name: (beside(name), name), default=0)


def _stop(stop: Stop, number: int | None, facts: Line, column: int, look: Look) -> Iterator[Line]:
    head = Line().append(stop.name, NAME)
    beside = (
        cell_len(stop.name) + GAP <= column
        and column + cell_len(facts.plain) <= look.text_width - GUTTER
    )
    if beside:
        head.append(" " * (column - cell_len(stop.name)), "")
        head.extend(facts)
    yield from row(words.clock(stop.begin), "" if number is None else str(number), head, look)
    if not beside:
        yield from row("", "", facts, look)
    if stop.description:
        yield from row("", "", Line(caption.first_sentence(stop.description), QUIET), look)
    if stop.notes:
        yield from row("", "", Line(" ".join(stop.notes), CARE), look)


def _facts(stop: Stop, *, tight: bool) -> Line:
    """Return how long one stays, until when it is open, and when one has to be there."""
    text = Line(words.between(stop.begin, stop.leave))
    if stop.kind == "visit":
        hours = stop.hours or caption.opening(stop.opening)
        text.append(" · ")
        text.append(hours, GOOD if stop.opening == "open" else CARE)
    if stop.off_theme:
        text.append(" · " + tr("another theme"), QUIET)
    if tight:
        text.append(" · ")
        text.append(in_hand.be_there_by(stop), CARE)
    return text


def _wait(stop: Stop, look: Look) -> Iterator[Line]:
    if words.clock(stop.begin) != words.clock(stop.arrive):
        waiting = words.between(stop.arrive, stop.begin)
        yield from row("", "", Line(tr("{duration} to wait", duration=waiting), CARE), look)


def _leg(leg: Leg, look: Look) -> Iterator[Line]:
    if not caption.moves(leg):
        return
    if not leg.rides:
        parts = leg.parts or (leg,)
        line = Line("↓ ", WALK)
        for number, part in enumerate(parts):
            line.append(", " if number else "").extend(_moved(part))
        yield from row("", "", line, look)
        for part in parts:
            yield from _streets(part, look)
        return
    for before, part in zip(leg.parts[:1] + leg.parts, leg.parts, strict=False):
        for text in change_line(before, part):
            yield from row("", "", text, look)
        lines = ride_lines(part) if part.rides else [_walk_to(part)]
        clocks = [words.clock(part.depart), *[""] * len(lines)]
        for clock, text in zip(clocks, lines, strict=False):
            yield from row(clock, "", text, look)
        yield from _streets(part, look)


def _streets(leg: Leg, look: Look) -> Iterator[Line]:
    """Yield the streets of a walk, where they are asked for."""
    if look.steps:
        inside = look._replace(width=look.text_width - GUTTER)
        for text in (*profile_lines(leg, inside), *street_lines(leg, inside, "  ")):
            yield from row("", "", text, look)


def _walk_to(part: Leg) -> Line:
    """Return a walk to or from a stop in a line."""
    return _moved(part).append(" " + tr("to {place}", place=part.destination))


def _moved(leg: Leg) -> Line:
    """Return a walk, or a ride on one's own, in a line; only what is an estimate is marked."""
    guessed = leg.source is Grade.ESTIMATE
    distance = words.distance(leg.distance_m)
    facts = {
        "duration": words.between(leg.depart, leg.arrive),
        "distance": joined(", ", [distance, tr("estimate")]) if guessed else distance,
    }
    said = {
        "walk": tr("{duration} on foot ({distance})", **facts),
        "bike": tr("{duration} by bike ({distance})", **facts),
        "car": tr("about {duration} by car ({distance})", **facts),
    }
    text = Line(said[leg.mode], CARE if guessed else WALK)
    return text.append("".join(f", {remark}" for remark in remarks(leg)), QUIET)
