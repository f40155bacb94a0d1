"""Whether a place is open at a moment, and until when that stays so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue import hours
from lens_routes.plan.moments import elapsed_s
from lens_routes.planning.around.near import DARK, state_at, under_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.catalogue.hours import HoursContext
    from lens_routes.catalogue.place import Place

#: Nobody waits longer than a week for a door to open.
LOOK_DAYS = 7


class Standing(NamedTuple):
    """How a place stands: ``open``, ``closed``, ``unknown`` or ``dark``; ``until`` when, if known.

    What is closed or dark until a moment opens then.
    """

    state: str
    until: dt.datetime | None


def standing(place: Place, now: dt.datetime, context: HoursContext) -> Standing:
    """Return how a place stands at *now*, an aware moment."""
    state = str(state_at(place, now, context))
    local = now.astimezone(context.zone)
    if state in (hours.Opening.OPEN, hours.Opening.UNKNOWN):
        span = under_way(hours.day_opening(place, local.date(), context), now)
        # Nobody knows until when the hours are unknown.
        known = span is not None and (state == hours.Opening.OPEN or place.opening_hours)
        return Standing(state, span.end if span and known else None)
    return Standing(state, next(_openings(place, local, context, dark=state == DARK), None))


def _openings(
    place: Place, now: dt.datetime, context: HoursContext, *, dark: bool
) -> Iterator[dt.datetime]:
    """Yield when a place opens, or it is light there, in the days to come."""
    for number in range(LOOK_DAYS + 1):
        date = now.date() + dt.timedelta(days=number)
        if dark:
            light = hours.daylight(place.point, date, context.timezone)
            if light and elapsed_s(now, light[0]) > 0:
                yield light[0]
            continue
        for span in hours.day_opening(place, date, context).windows:
            if span.state is hours.Opening.OPEN and elapsed_s(now, span.begin) > 0:
                yield span.begin
