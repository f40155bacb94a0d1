"""When the times of a rule are on one day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.hours.evaluate.sun import RISING, always_light, event_minute
from lens_routes.catalogue.hours.evaluate.timeline import Stroke
from lens_routes.catalogue.hours.model import HoursContext, Opening
from lens_routes.catalogue.hours.remarks import OPEN_END, SUN_DOUBT
from lens_routes.catalogue.hours.rules import DAY_MIN, Clock, Rule, TimeSpan, usual_minute

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Two good calculations of sunrise differ by two minutes in France, four in Norway; what hangs on
#: the sun is unknown this long before and after, minutes.
SUN_MARGIN_MIN = 5
_DAY = dt.timedelta(days=1)


class _Bounds(NamedTuple):
    """When a span is on one day, minutes; the widest it can be where that is not known."""

    begin: int
    end: int
    known: bool


def strokes(rule: Rule, date: dt.date, context: HoursContext) -> list[Stroke]:
    """Return what a rule says about a day it chooses, in minutes; past 24:00 is the next day."""
    if not rule.times:
        return [Stroke(0, DAY_MIN, rule.state, rule.comment)]
    bounds = [_bounds(span, date, context) for span in rule.times]
    found: list[Stroke] = []
    for place, span in enumerate(rule.times):
        bound = bounds[place]
        if span.every:
            found += _points(rule, span, bound)
            continue
        if span.open_end and place + 1 < len(bounds) and rule.state is not Opening.CLOSED:
            # An open end lasts until other times of the rule begin. What holds after those is
            # read in two ways where anything else says open: "15:00-26:00,04:00+" at 16:00.
            later = [other.begin for other in bounds if other.begin > bound.begin]
            cut = min([bound.end, *later])
            found.append(Stroke(cut, bound.end, Opening.UNKNOWN, OPEN_END, doubts=True))
            bound = bound._replace(end=cut)
        found += _painted(rule, span, bound)
    return found


def _points(rule: Rule, span: TimeSpan, bound: _Bounds) -> Iterator[Stroke]:
    """Yield points in time, each a minute long; about when where the sun decides."""
    doubt = SUN_MARGIN_MIN if span.begin.event else 0
    state, comment = (Opening.UNKNOWN, SUN_DOUBT) if doubt else (rule.state, rule.comment)
    if not bound.known:
        yield Stroke(bound.begin, bound.end, Opening.UNKNOWN, SUN_DOUBT)
        return
    for minute in range(bound.begin, bound.end + 1, span.every):
        yield from _stroke(minute - doubt, minute + doubt + 1, state, comment)


def _painted(rule: Rule, span: TimeSpan, bound: _Bounds) -> Iterator[Stroke]:
    state, comment = rule.state, rule.comment
    if span.open_end and state is not Opening.CLOSED:
        state, comment = Opening.UNKNOWN, comment or OPEN_END
    if not bound.known:
        yield Stroke(bound.begin, bound.end, Opening.UNKNOWN, SUN_DOUBT)
        return
    # On a day without the event the span runs to midnight, or is none.
    before = SUN_MARGIN_MIN if span.begin.event and bound.begin else 0
    after = SUN_MARGIN_MIN if span.end.event and bound.end % DAY_MIN else 0
    if before or after:
        yield from _stroke(bound.begin - before, bound.end + after, Opening.UNKNOWN, SUN_DOUBT)
    yield from _stroke(bound.begin + before, bound.end - after, state, comment)


def _stroke(begin: int, end: int, state: Opening, comment: str) -> Iterator[Stroke]:
    if max(0, begin) < end:
        yield Stroke(max(0, begin), end, state, comment)


def _bounds(span: TimeSpan, date: dt.date, context: HoursContext) -> _Bounds:
    begin = _minute(span.begin, date, context)
    end = begin if span.end == span.begin else _minute(span.end, date, context)
    if context.coordinates is not None and (begin is None or end is None):
        missing = span.begin if begin is None else span.end
        light = always_light(missing.event, context.coordinates, date)
        return _without_event(span, begin, end, light=light)
    overnight = span.end.event and begin is not None and end is not None and end <= begin
    if overnight and span.end != span.begin:
        tomorrow = _minute(span.end, date + _DAY, context)
        end = None if tomorrow is None else tomorrow + DAY_MIN
    known = begin is not None and end is not None
    if begin is None:
        begin = 0
    if end is None:
        overnight = usual_minute(span.end) <= usual_minute(span.begin)
        end = 2 * DAY_MIN if overnight else DAY_MIN
    return _Bounds(begin, end, known)


def _without_event(span: TimeSpan, begin: int | None, end: int | None, *, light: bool) -> _Bounds:
    """Return a span on a day without one of its events: polar day, or polar night."""
    by_night = span.begin.event not in RISING | {""} or span.end.event in RISING
    if light is by_night:
        return _Bounds(0, 0, known=True)
    return _Bounds(begin or 0, DAY_MIN if end is None else end, known=True)


def _minute(clock: Clock, date: dt.date, context: HoursContext) -> int | None:
    if not clock.event:
        return clock.minutes
    if context.coordinates is None:
        return None
    minute = event_minute(clock.event, context.coordinates, date, context.timezone)
    return None if minute is None else minute + clock.minutes
