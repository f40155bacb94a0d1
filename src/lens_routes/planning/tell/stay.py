"""When the shortest visit of a place may be over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.catalogue.hours import HoursContext
    from lens_routes.catalogue.place import Place
    from lens_routes.planning.request import Request


def leaves(
    place: Place, reached: dt.datetime, request: Request, context: HoursContext
) -> Iterator[dt.datetime]:
    """Yield when the shortest visit of a place is over, reached then, in each of its hours."""
    stay = dt.timedelta(minutes=place.visit_minutes_min or place.visit_minutes)
    for span in hours.day_opening(place, request.date, context).windows:
        leave = max(reached, span.begin).astimezone(dt.UTC) + stay
        if span.state is Opening.OPEN and leave <= span.end:
            yield leave.astimezone(context.zone)
