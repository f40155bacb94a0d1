"""A plan on one screen: what it is, its hours, and in a few lines what is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from lens_routes.output.shared import caption, summary
from lens_routes.output.terminal.lines import CARE, NAME, QUIET, Line, packed, wrap
from lens_routes.output.terminal.rides import emissions
from lens_routes.output.terminal.timetable import timetable
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.output.terminal.lines import Look
    from lens_routes.plan.plan import Day, Hint, Plan

#: So many lines tell what is left out; all the rest is told where it is asked for.
MOST_LINES = 3


def render_plan(plan: Plan, look: Look) -> Iterator[Line]:
    """Yield a printed plan without maps, a line at a time."""
    for number, day in enumerate(plan.days):
        if number:
            yield Line()
        yield from render_day(plan, day, look)
    yield from render_rest(plan, look)


def render_day(plan: Plan, day: Day, look: Look) -> Iterator[Line]:
    """Yield a day: its header, what to know before all else, its hours."""
    yield from wrap(Line(summary.headline(plan, day), NAME), look)
    for facts in packed(summary.sums(day), look):
        yield from wrap(Line(facts), look)
    if day is plan.days[0]:
        for hint in plan.hints:
            if hint.about != "left-out":
                yield from _hint(hint, look, CARE)
    yield Line()
    yield from timetable(plan, day, look)


def render_rest(plan: Plan, look: Look) -> Iterator[Line]:
    """Yield what is told after the days: warnings, what is left out, how good it is, credits."""
    yield Line()
    for warning in plan.warnings:
        yield from wrap(Line(warning), look, hang="  ")
    if look.why:
        yield from _why(plan, look)
        return
    hints = [hint for hint in plan.hints if hint.about == "left-out"]
    for hint in hints[:MOST_LINES]:
        yield from _hint(hint, look)
    more = tr("{verdict} Why this day: --why", verdict=summary.verdict(plan))
    yield from wrap(Line(more, QUIET), look)
    yield from wrap(Line(summary.credit_line(plan), QUIET), look)


def _hint(hint: Hint, look: Look, style: str = "") -> Iterator[Line]:
    """Yield what is so, and what to type: to be copied, in one piece."""
    *lines, last = wrap(Line(summary.hint(hint), style), look, hang="  ")
    yield from lines
    option = f" {hint.option}"
    if hint.option and cell_len(last.plain + option) > look.text_width:
        yield last
        yield from wrap(Line(hint.option, style), look, "  ")
    else:
        yield last.append(option if hint.option else "", style)


def render_alternative(number: int, differs: str, plan: Plan, look: Look) -> Iterator[Line]:
    """Yield another tour: how it differs from the best one, then its hours."""
    yield Line()
    title = tr("Alternative {number}. {differs}", number=number, differs=differs)
    yield from wrap(Line(title, NAME), look)
    for day in plan.days:
        yield Line()
        yield from timetable(plan, day, look)


def _why(plan: Plan, look: Look) -> Iterator[Line]:
    """Yield every reason and every source."""
    yield from wrap(Line(summary.verdict(plan, with_rules=True)), look)
    for day in plan.days:
        if emitted := emissions(day):
            yield from wrap(Line(emitted), look)
    if plan.left_out:
        yield Line()
        yield Line(tr("Left out"), NAME)
    for item in plan.left_out:
        text = Line(caption.left_out(item))
        text.stylize(QUIET, len(item.name or item.place))
        yield from wrap(text, look, "  ", hang="  ")
    yield Line()
    for source in plan.provenance:
        yield from wrap(Line(caption.source(source), QUIET), look)
