"""A plan as Markdown (CommonMark, with tables as on GitHub): a roadbook to read or print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared import caption
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.output.shared.map_links import openstreetmap
from lens_routes.output.shared.safe_text import isolate, tidy
from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop

#: Characters that mean something to Markdown anywhere, and those that do where a line begins.
_SPECIAL = expression(r"[\\`*_\[\]<>|~&$]")
_LEADING = expression(r"^(?:(\d{1,9})([.)])(?=\s|$)|([#+=-]))")


def dumps(plan: Plan) -> str:
    """Return *plan* as a roadbook: a timetable a day, then each way and each stop in full."""
    plan = tidy(plan)
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"# {_text(caption.title(plan))}"
    for day in plan.days:
        yield ""
        yield f"## {_text(wording.sentence(wording.date(day.date)))}"
        yield ""
        yield f"{_text(caption.day_line(day))}."
        yield from _timetable(day)
        yield from _roadbook(day)
    if plan.left_out:
        yield from _section(tr("Left out"))
        yield from (f"- {_text(caption.left_out(i))}" for i in plan.left_out)
    if plan.warnings:
        yield from _section(tr("Good to know"))
        yield from (f"- {_text(warning)}" for warning in plan.warnings)
    yield from _section(tr("Credits"))
    yield _text(caption.attribution(plan))


def _section(name: str) -> Iterator[str]:
    yield from ("", f"## {name}", "")


def _timetable(day: Day) -> Iterator[str]:
    yield ""
    yield _row(tr("Time"), "", tr("Stay"), tr("Opening"))
    yield "|---|---|---|---|"
    yield _row(wording.clock(day.start_time), _text(caption.endpoint("start", day.start.name)))
    for number, stop in caption.numbered(day):
        stay = wording.duration(elapsed_s(stop.begin, stop.leave))
        hours = stop.hours or caption.opening(stop.opening) if stop.kind == "visit" else ""
        opening = wording.sentence(hours) if hours else ""
        times = f"{wording.clock(stop.begin)}–{wording.clock(stop.leave)}"
        yield _row(times, _label(number, stop), stay, _text(opening))
    yield _row(wording.clock(day.end_time), _text(caption.endpoint("end", day.end.name)))


def _row(*cells: str) -> str:
    padded = [*cells, "", "", ""][:4]
    return f"| {' | '.join(padded)} |"


def _roadbook(day: Day) -> Iterator[str]:
    for leg, (number, stop) in zip(day.legs, caption.numbered(day), strict=False):
        yield from _way(leg)
        yield from _stop(number, stop)
    yield from _way(day.legs[-1])


def _way(leg: Leg) -> Iterator[str]:
    if leg.parts:
        for part in legs_of(leg):
            yield from _way(part)
        return
    if not caption.moves(leg):
        return
    yield ""
    towards = tr("To {destination}:", destination=_text(leg.destination))
    yield f"{wording.clock(leg.depart)} **{towards}** {_text(caption.way(leg))}"
    for sentence in caption.besides(leg):
        yield ""
        yield _text(sentence)
    if leg.steps:
        yield ""
    for number, step in enumerate(leg.steps, 1):
        length = f", {wording.distance(step.distance_m)}" if step.distance_m >= 1 else ""
        yield f"{number}. {_text(step.instruction)}{length}"


def _stop(number: int | None, stop: Stop) -> Iterator[str]:
    yield ""
    yield f"### {_label(number, stop)}"
    for sentence in caption.facts(stop):
        yield ""
        yield _text(sentence)
    yield ""
    link = tr("Map")
    yield f"[{link}]({openstreetmap(stop.lon, stop.lat)}) · {stop.lat:.5f}, {stop.lon:.5f}"


def _label(number: int | None, stop: Stop) -> str:
    return _text(stop.name) if number is None else f"{number}. {_text(stop.name)}"


def _text(text: str) -> str:
    """Return *text* so that Markdown shows it as it is."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    return isolate(_LEADING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped))
