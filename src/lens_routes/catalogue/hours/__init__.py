"""Opening hours in OSM syntax, evaluated in three states: open, closed, unknown."""

from lens_routes.catalogue.hours.day import (
    context_of,
    day_opening,
    daylight,
    twilight,
    unknown_note,
    visible,
)
from lens_routes.catalogue.hours.evaluate.holidays import name_of as holiday_name
from lens_routes.catalogue.hours.evaluate.opening_hours import OpeningHours, parse
from lens_routes.catalogue.hours.model import DayOpening, HoursContext, Opening, Span

__all__ = [
    "DayOpening",
    "HoursContext",
    "Opening",
    "OpeningHours",
    "Span",
    "context_of",
    "day_opening",
    "daylight",
    "holiday_name",
    "parse",
    "twilight",
    "unknown_note",
    "visible",
]
