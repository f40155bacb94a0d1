"""When the times of a rule are on one day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.model import HoursContext, Opening
from lens_routes.catalogue.hours.rules import DAY_MIN, Clock, Rule, TimeSpan
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


def strokes(rule: Rule, date: dt.date, context: HoursContext) -> list[Piece]:
    """Return what a rule says about a day it chooses, in minutes; past 24:00 is the next day."""
    if not rule.times:
        return [Piece(0, DAY_MIN, rule.state, rule.comment)]
    found: list[Piece] = []
    for place, span in enumerate(rule.times):
        begin, end = _bounds(span, date, context)
        if span.open_end:
            later = rule.times[place + 1 :]
            end = min([end, *_begins_after(begin, rule.times, date, context)] if later else [end])
        found += _painted(rule, span, begin, end, context)
    return found


def _begins_after(
    begin: int, times: tuple[TimeSpan, ...], date: dt.date, context: HoursContext
) -> Iterator[int]:
    """Yield when other times of the rule begin later: an open end lasts until then at most."""
    for other in times:
        start, _ = _bounds(other, date, context)
        if start > begin:
            yield start


def _painted(
    rule: Rule, span: TimeSpan, begin: int, end: int, context: HoursContext
) -> Iterator[Piece]:
    state, comment = rule.state, rule.comment
    if span.open_end and state is not Opening.CLOSED:
        state, comment = Opening.UNKNOWN, comment or OPEN_END
    by_sun = span.begin.event or span.end.event
    if by_sun and context.coordinates is None:
        yield Piece(begin, end, Opening.UNKNOWN, SUN_DOUBT)
        return
    before = SUN_MARGIN_MIN if span.begin.event else 0
    after = SUN_MARGIN_MIN if span.end.event else 0
    if before or after:
        yield from _stroke(begin - before, end + after, Opening.UNKNOWN, SUN_DOUBT)
    yield from _stroke(begin + before, end - after, state, comment)


def _stroke(begin: int, end: int, state: Opening, comment: str) -> Iterator[Piece]:
    if max(0, begin) < end:
        yield Piece(max(0, begin), end, state, comment)


def _bounds(span: TimeSpan, date: dt.date, context: HoursContext) -> tuple[int, int]:
    """Return the begin and end of a span on a day; the widest they can be where unknown."""
    begin = _minute(span.begin, date, context)
    end = _minute(span.end, date, context)
    if span.end.event and begin is not None and end is not None and end <= begin:
        tomorrow = _minute(span.end, date + _DAY, context)
        end = None if tomorrow is None else tomorrow + DAY_MIN
    return 0 if begin is None else begin, 2 * DAY_MIN if end is None else end


def _minute(clock: Clock, date: dt.date, context: HoursContext) -> int | None:
    if not clock.event:
        return clock.minutes
    if context.coordinates is None:
        return None
    minute = event_minute(clock.event, context.coordinates, date, context.timezone)
    return None if minute is None else minute + clock.minutes
