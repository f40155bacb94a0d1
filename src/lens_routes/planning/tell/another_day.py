"""On which day soon after what is closed is open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening
from lens_routes.plan.moments import elapsed_s
from lens_routes.planning.qualify.worth import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.hours import HoursContext
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request

#: Who chose a day moves it by a week at most.
LOOK_DAYS = 7
#: The first day on which this share is open, of what is open on the best, is the one to name.
ALMOST = 0.75


class AnotherDay(NamedTuple):
    """A date, and which of the places that are closed on the day asked for are open on it."""

    date: dt.date
    places: tuple[Place, ...]


def another_day(
    shut: Sequence[Place], request: Request, context: HoursContext
) -> AnotherDay | None:
    """Return the next day within a week on which most that can be is open, None where nothing is.

    A place counts that is certain to be open in the hours asked for, for as long as a visit takes.
    """
    days = [request.date + dt.timedelta(days=n) for n in range(1, LOOK_DAYS + 1)]
    offers = [
        AnotherDay(day, tuple(place for place in shut if is_open(place, day, request, context)))
        for day in days
    ]
    most = max(weight(offer.places) for offer in offers)
    if most == 0:
        return None
    return next(offer for offer in offers if weight(offer.places) >= ALMOST * most)


def weight(places: Sequence[Place]) -> float:
    """Return how much visits of places are worth together."""
    return sum(BASE[place.interest] for place in places)


def is_open(place: Place, date: dt.date, request: Request, context: HoursContext) -> bool:
    """Tell whether a place is certain to be open on a date, in the hours asked for."""
    begin = dt.datetime.combine(date, request.at, context.zone)
    end = begin.astimezone(dt.UTC) + dt.timedelta(minutes=request.minutes)
    least_s = 60 * (place.visit_minutes_min or place.visit_minutes)
    return any(
        span.state is Opening.OPEN
        and elapsed_s(max(span.begin, begin), min(span.end, end)) >= least_s
        for span in hours.day_opening(place, date, context).windows
    )
