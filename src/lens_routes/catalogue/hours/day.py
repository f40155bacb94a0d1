"""One civil day at a place: when it can be visited, and what to tell the visitor."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.evaluate import parse
from lens_routes.catalogue.hours.model import DayOpening, HoursContext, Opening, Span

if TYPE_CHECKING:
    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point

UNKNOWN_NOTE = "hours unknown: check before you go"


def daylight(point: Point, date: dt.date, timezone: str) -> tuple[dt.datetime, dt.datetime]:
    """Return sunrise and sunset at a place on a date, aware, to the minute."""
    context = HoursContext(timezone=timezone, coordinates=point)
    begin, end = _bounds(date, context)
    for span in parse("sunrise-sunset", context).spans(begin, end):
        if span.state is Opening.OPEN:
            return span.begin, span.end
    return begin, begin


def day_opening(place: Place, date: dt.date, context: HoursContext) -> DayOpening:
    """Return when a place can be visited on a civil day."""
    context = replace(context, coordinates=place.point)
    begin, end = _bounds(date, context)
    if place.status != "open":
        return DayOpening(date, (), Opening.CLOSED, f"{place.status}")
    if place.opening_hours:
        spans = parse(place.opening_hours, context).spans(begin, end + dt.timedelta(days=1))
        windows = tuple(s for s in spans if s.state is not Opening.CLOSED and s.begin < end)
        states = {window.state for window in windows}
        for state in (Opening.OPEN, Opening.UNKNOWN):
            if state in states:
                return DayOpening(date, windows, state)
        return DayOpening(date, (), Opening.CLOSED)
    if place.outdoor:
        sunrise, sunset = daylight(place.point, date, context.timezone)
        note = f"open in daylight (sunrise-sunset, {sunrise:%H:%M}-{sunset:%H:%M})"
        window = Span(sunrise, sunset, Opening.OPEN, note)
        return DayOpening(date, (window,), Opening.OPEN, note)
    window = Span(begin, end, Opening.UNKNOWN, UNKNOWN_NOTE)
    return DayOpening(date, (window,), Opening.UNKNOWN, UNKNOWN_NOTE)


def _bounds(date: dt.date, context: HoursContext) -> tuple[dt.datetime, dt.datetime]:
    begin = dt.datetime.combine(date, dt.time(), context.zone)
    return begin, dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), context.zone)
