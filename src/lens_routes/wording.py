"""Distances, durations, times and dates as a person reads them."""

from __future__ import annotations

import datetime as dt

#: English names of our own: ``strftime`` would follow the machine's locale.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def distance(metres: float) -> str:
    """Return a length as ``40 m``, ``850 m``, ``2.2 km`` or ``14 km``."""
    if metres < 995:
        return f"{round(metres, -1 if metres >= 20 else 0):.0f} m"
    km = metres / 1000
    return f"{km:.1f} km" if km < 99.95 else f"{km:.0f} km"


def duration(seconds: float) -> str:
    """Return a time span as ``1 min``, ``45 min``, ``2 h`` or ``1 h 05``."""
    minutes = max(1, round(seconds / 60)) if seconds > 0 else 0
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def clock(moment: dt.datetime) -> str:
    """Return the time of day as ``09:05``; seconds are dropped, as on a station clock."""
    return f"{moment:%H:%M}"


def between(begin: dt.datetime, end: dt.datetime) -> str:
    """Return the time between two moments as their printed `clock` times tell it.

    What is printed adds up: 10:00 and "37 min" make 10:37, whatever the seconds were.
    """
    shown = [moment.astimezone(dt.UTC).replace(second=0, microsecond=0) for moment in (begin, end)]
    return duration((shown[1] - shown[0]).total_seconds())


def date(day: dt.date) -> str:
    """Return a date as ``Tuesday 24 November 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def theme(name: str) -> str:
    """Return a theme's id as words: ``mining heritage``."""
    return name.replace("-", " ")


def sentence(text: str) -> str:
    """Return *text* with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str) -> str:
    """Return ``1 visit`` or ``3 visits``."""
    return f"{number} {one if number == 1 else many}"
