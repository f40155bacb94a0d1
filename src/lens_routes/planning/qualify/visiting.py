"""When a place may be visited: while it is open, as far as is known, and light, outdoors."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import HoursContext, Opening, holiday_name
from lens_routes.errors import BadInputError
from lens_routes.plan.moments import elapsed_s
from lens_routes.planning.qualify.worth import in_passing
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening, Span
    from lens_routes.catalogue.place import Place

    #: When a visit may begin: aware moments, both ends included.
    Begins = tuple[tuple[dt.datetime, dt.datetime], ...]

#: Where nobody knows the hours, nobody is sent earlier or later than this.
SURE_TO_BE_UP = (dt.time(9), dt.time(18))


def openings_on(
    place: Place, dates: Sequence[dt.date], catalogue: Catalogue, context: HoursContext
) -> tuple[DayOpening, ...]:
    """Return the opening of a place on each of some dates; in passing, one sees it by daylight."""
    if in_passing(place):
        place = place._replace(outdoor=True)
    try:
        return tuple(hours.day_opening(place, date, context) for date in dates)
    except BadInputError as error:
        raise BadInputError(
            tr(
                "{file}, feature {place}, opening_hours: {problem}",
                file=catalogue.path,
                place=place.id,
                problem=error.message,
            ),
            error.hint,
        ) from error


def windows(
    place: Place, openings: Sequence[DayOpening], context: HoursContext, *, strict: bool
) -> list[Span]:
    """Return the spans of some days in which one may be at a place.

    Outdoors while one sees it, whatever the hours; of unknown hours between nine and six only, and
    where *strict* not at all, nor indoors on a public holiday.
    """
    indoors = not (place.outdoor or in_passing(place))
    return [
        cut
        for opening in openings
        for span in opening.windows
        if span.state is Opening.OPEN
        or not (strict or (indoors and holiday_name(opening.date, context.country, context.region)))
        if (cut := _cut(span, place, opening.date, context)) is not None
    ]


def _cut(span: Span, place: Place, date: dt.date, context: HoursContext) -> Span | None:
    begin, end = span.begin, span.end
    if (place.outdoor or in_passing(place)) and (
        light := hours.visible(place, date, context.timezone)
    ):
        begin, end = max(begin, light[0]), min(end, light[1])
    if span.state is Opening.UNKNOWN:
        first, last = (dt.datetime.combine(date, time, context.zone) for time in SURE_TO_BE_UP)
        begin, end = max(begin, first), min(end, last)
    return span._replace(begin=begin, end=end) if elapsed_s(begin, end) > 0 else None


def without(spans: Sequence[Span], begin: dt.time, end: dt.time) -> list[Span]:
    """Return spans less what of them lies between two times of the day."""
    found: list[Span] = []
    for span in spans:
        date, zone = span.begin.date(), span.begin.tzinfo
        first, last = (dt.datetime.combine(date, time, zone) for time in (begin, end))
        found.append(span._replace(end=min(span.end, first)))
        found.append(span._replace(begin=max(span.begin, last)))
    return [span for span in found if elapsed_s(span.begin, span.end) > 0]


def begins(spans: Sequence[Span], minutes: int) -> Begins:
    """Return when a visit of so many minutes may begin within spans."""
    stay = dt.timedelta(minutes=minutes)
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for span in spans:
        # A visit may run on from open into unknown hours; it then counts as unknown.
        # The hours past midnight are part of two days, and count once.
        if joined and elapsed_s(span.begin, joined[-1][1]) >= 0:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span.end))
        else:
            joined.append((span.begin, span.end))
    return tuple(
        (begin, end.astimezone(dt.UTC) - stay)
        for begin, end in joined
        if elapsed_s(begin, end) >= stay.total_seconds()
    )


def next_days(
    place: Place, now: dt.datetime, context: HoursContext, count: int = 7
) -> list[tuple[DayOpening, tuple[dt.datetime, dt.datetime] | None]]:
    """Return the opening of a place on the next *count* days, today first, each with its light.

    Indoors, and where the sun does not set, the light does not matter and is None.
    """
    today = now.astimezone(context.zone).date()
    dates = [today + dt.timedelta(days=i) for i in range(count)]
    return [
        (
            hours.day_opening(place, date, context),
            hours.visible(place, date, context.timezone) if place.outdoor else None,
        )
        for date in dates
    ]
