"""One civil day at a place: when it can be visited, and what to tell the visitor."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.catalogue.hours.evaluate.opening_hours import parse
from lens_routes.catalogue.hours.evaluate.sun import always_light, event_minute
from lens_routes.catalogue.hours.model import DayOpening, HoursContext, Opening, Span
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.text.wording import clock

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point
    from lens_routes.text.language import Said

#: When a place of unknown hours may be open at all: nobody is sent to a museum at night.
VISITING = (dt.time(9), dt.time(19))
#: Nobody is sent later to what is lit in the evening.
LATE = dt.time(22)
#: How far past midnight a day's last window is followed.
_LATE = dt.timedelta(hours=6)


def context_of(catalogue: Catalogue) -> HoursContext:
    """Return where the catalogue's opening hours are to be understood."""
    return HoursContext(
        timezone=catalogue.timezone,
        country=catalogue.country,
        region=catalogue.region,
        school_zone=catalogue.school_holidays_zone,
    )


def daylight(point: Point, date: dt.date, timezone: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Return sunrise and sunset at a place, aware, to a few minutes; None where it stays dark.

    Where the sun does not set, the whole day.

    Parameters
    ----------
    point
        The place, WGS 84 degrees.
    date
        The civil day.
    timezone
        IANA name of the zone of the day and of the answer.
    """
    return _between("sunrise", "sunset", point, date, timezone)


def twilight(point: Point, date: dt.date, timezone: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Return civil dawn and dusk, between which one walks without a lamp; as `daylight`."""
    return _between("dawn", "dusk", point, date, timezone)


def visible(place: Place, date: dt.date, timezone: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Return from when to when one sees a place out of doors: by daylight, or lit in the evening.

    None where it stays dark.
    """
    light = daylight(place.point, date, timezone)
    if light is None or not place.lit:
        return light
    return light[0], max(light[1], dt.datetime.combine(date, LATE, light[1].tzinfo))


def _between(
    first: str, last: str, point: Point, date: dt.date, timezone: str
) -> tuple[dt.datetime, dt.datetime] | None:
    begin = event_minute(first, point, date, timezone)
    end = event_minute(last, point, date, timezone)
    if begin is None or end is None:
        missing = first if begin is None else last
        if not always_light(missing, point, date):
            return None
        begin, end = begin or 0, 24 * 60 if end is None else end
    if end <= begin:
        end += 24 * 60  # far from the meridian of its zone, on the next day
    midnight = dt.datetime.combine(date, dt.time(), ZoneInfo(timezone))
    # Wall-clock arithmetic is meant: the minutes are those the clocks show.
    return midnight + dt.timedelta(minutes=begin), midnight + dt.timedelta(minutes=end)


#: The same day is asked for again whenever another plan of it is tried.
@lru_cache(maxsize=4096)
def day_opening(place: Place, date: dt.date, context: HoursContext) -> DayOpening:
    """Return when a place can be visited on a civil day.

    Hours that are stated are followed. Without them an outdoor place is open in daylight (and in
    the evening where it is lit), an indoor one unknown all day, and the note says so. A place that
    is planned or closed for good is closed.

    Parameters
    ----------
    place
        The place; its own position decides when the sun rises.
    date
        The civil day in the zone of *context*.
    context
        Zone, country and school zone of the catalogue.

    Raises
    ------
    BadInputError
        The place's opening hours cannot be read.
    """
    if place.status != "open":
        return DayOpening(date, (), Opening.CLOSED, _why_closed(place.status))
    begin = dt.datetime.combine(date, dt.time(), context.zone)
    end = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), context.zone)
    if place.opening_hours:
        here = context._replace(coordinates=place.point)
        return _by_hours(place.opening_hours, here, begin, end)
    light = visible(place, date, context.timezone) if place.outdoor else None
    if light is None and place.outdoor:
        return DayOpening(date, (), Opening.CLOSED, tr("dark all day"))
    if light is None:
        begin, end = (dt.datetime.combine(date, time, context.zone) for time in VISITING)
        window = Span(begin, end, Opening.UNKNOWN, unknown_note())
        return DayOpening(date, (window,), Opening.UNKNOWN, unknown_note())
    times = {"begin": clock(light[0]), "end": clock(light[1])}
    note = tr("open in daylight, {begin} to {end}", **times)
    if place.lit:
        note = tr("in daylight, and lit in the evening, {begin} to {end}", **times)
    return DayOpening(date, (Span(*light, Opening.OPEN, note),), Opening.OPEN, note)


def unknown_note() -> Said:
    """Return what to tell the visitor of a place whose hours nobody knows."""
    return tr("hours unknown: check before you go")


def _why_closed(status: str) -> Said:
    if status == "planned":
        return tr("not open yet")
    return tr("closed for good") if status == "closed" else tr("status: {status}", status=status)


def _by_hours(
    value: str, context: HoursContext, begin: dt.datetime, end: dt.datetime
) -> DayOpening:
    """Summarise the spans of a day; one that runs past midnight keeps its true end."""
    spans = parse(value, context).spans(begin, end + _LATE)
    windows = tuple(span for span in spans if span.state is not Opening.CLOSED and span.begin < end)
    states = {window.state for window in windows}
    state = next((one for one in (Opening.OPEN, Opening.UNKNOWN) if one in states), Opening.CLOSED)
    comments = dict.fromkeys(window.comment for window in windows if window.comment)
    return DayOpening(begin.date(), windows, state, wording.clauses(comments))
