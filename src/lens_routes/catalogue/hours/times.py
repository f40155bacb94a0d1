"""When the times of a rule are on one day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.hours.model import HoursContext, Opening
from lens_routes.catalogue.hours.rules import DAY_MIN, Clock, Rule, TimeSpan, usual_minute
from lens_routes.catalogue.hours.sun import event_minute
from lens_routes.catalogue.hours.timeline import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Two good calculations of sunrise differ by up to two minutes at French latitudes; what hangs on
#: the sun is unknown this long before and after, minutes.
SUN_MARGIN_MIN = 3
OPEN_END = "open end: the closing time is not stated"
SUN_DOUBT = "sunrise and sunset are known to a few minutes only"
_DAY = dt.timedelta(days=1)


class _Bounds(NamedTuple):
    """When a span is on one day, minutes; the widest it can be where that is not known."""

    begin: int
    end: int
    known: bool


def strokes(rule: Rule, date: dt.date, context: HoursContext) -> list[Piece]:
    """Return what a rule says about a day it chooses, in minutes; past 24:00 is the next day."""
    if not rule.times:
        return [Piece(0, DAY_MIN, rule.state, rule.comment)]
    bounds = [_bounds(span, date, context) for span in rule.times]
    found: list[Piece] = []
    for place, span in enumerate(rule.times):
        bound = bounds[place]
        if span.open_end and place + 1 < len(bounds):
            # An open end lasts until other times of the rule begin.
            later = [other.begin for other in bounds if other.begin > bound.begin]
            cut = min([bound.end, *later])
            found += _doubted(found, cut, bound.end)
            bound = bound._replace(end=cut)
        found += _painted(rule, span, bound)
    return found


def _doubted(earlier: list[Piece], begin: int, end: int) -> list[Piece]:
    """Doubt what was said before about the rest of an open end that was cut short.

    The reference implementation calls it closed ("15:00-26:00,04:00+" at 16:00), common sense open.
    """
    return [
        Piece(max(begin, piece.begin), min(end, piece.end), Opening.UNKNOWN, OPEN_END)
        for piece in earlier
        if max(begin, piece.begin) < min(end, piece.end)
    ]


def _painted(rule: Rule, span: TimeSpan, bound: _Bounds) -> Iterator[Piece]:
    state, comment = rule.state, rule.comment
    if span.open_end and state is not Opening.CLOSED:
        state, comment = Opening.UNKNOWN, comment or OPEN_END
    if not bound.known:
        yield Piece(bound.begin, bound.end, Opening.UNKNOWN, SUN_DOUBT)
        return
    before = SUN_MARGIN_MIN if span.begin.event else 0
    after = SUN_MARGIN_MIN if span.end.event else 0
    if before or after:
        yield from _stroke(bound.begin - before, bound.end + after, Opening.UNKNOWN, SUN_DOUBT)
    yield from _stroke(bound.begin + before, bound.end - after, state, comment)


def _stroke(begin: int, end: int, state: Opening, comment: str) -> Iterator[Piece]:
    if max(0, begin) < end:
        yield Piece(max(0, begin), end, state, comment)


def _bounds(span: TimeSpan, date: dt.date, context: HoursContext) -> _Bounds:
    begin = _minute(span.begin, date, context)
    end = _minute(span.end, date, context)
    if span.end.event and begin is not None and end is not None and end <= begin:
        tomorrow = _minute(span.end, date + _DAY, context)
        end = None if tomorrow is None else tomorrow + DAY_MIN
    known = begin is not None and end is not None
    if begin is None:
        begin = 0
    if end is None:
        overnight = usual_minute(span.end) <= usual_minute(span.begin)
        end = 2 * DAY_MIN if overnight else DAY_MIN
    return _Bounds(begin, end, known)


def _minute(clock: Clock, date: dt.date, context: HoursContext) -> int | None:
    if not clock.event:
        return clock.minutes
    if context.coordinates is None:
        return None
    minute = event_minute(clock.event, context.coordinates, date, context.timezone)
    return None if minute is None else minute + clock.minutes
