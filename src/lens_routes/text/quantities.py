"""Dates, times, durations and distances as people type them."""

from __future__ import annotations

import contextlib
import datetime as dt
import re

from lens_routes.errors import UsageError
from lens_routes.text.language import tr

_DURATION = re.compile(
    r"(?:(?P<h>\d{1,6}(?:[.,]\d{1,6})?)\s*(?:h|hr|hrs|hours?|heures?)\s*)?"
    r"(?:(?P<m>\d{1,6})\s*(?P<unit>m|min|mins|minutes?)?)?"
)
_CLOCK = re.compile(r"(?P<h>\d{1,2})(?:\s*[:hH.]\s*(?P<m>\d{2})?)?")
_DISTANCE = re.compile(r"(?P<n>\d{1,6}(?:[.,]\d{1,6})?)\s*(?P<unit>km|m)")
#: Nobody knows the opening hours of days farther away than this.
_FARTHEST = dt.timedelta(days=3660)
#: The days from today on, and those of the week from Monday on, in both languages.
_SOON = {"today": 0, "tomorrow": 1, "aujourd'hui": 0, "demain": 1, "après-demain": 2}
_DAYS = {
    name: number
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    )
    for number, name in enumerate(names)
}


def parse_duration(text: str, option: str) -> int:
    """Return a duration in minutes from ``6h``, ``1h30``, ``90min``, ``1.5h`` or ``45``.

    A bare number is minutes. Raises `UsageError`, naming *option*, for anything else and for
    nothing at all.
    """
    match = _DURATION.fullmatch(text.strip().lower())
    if not match or not (match["h"] or match["m"]):
        raise UsageError(
            tr("{option} {text!r} is not a duration.", option=option, text=text),
            tr("Write for example 6h, 1h30 or 90min."),
        )
    minutes = round(float((match["h"] or "0").replace(",", ".")) * 60) + int(match["m"] or 0)
    if minutes <= 0:
        raise UsageError(
            tr("{option} {text!r} leaves no time at all.", option=option, text=text),
            tr("Write for example 6h."),
        )
    return minutes


def parse_clock(text: str, option: str) -> dt.time:
    """Return a time of day from ``9:30``, ``09:30``, ``9h30``, ``9h`` or ``9``.

    Raises `UsageError`, naming *option*, for anything else.
    """
    match = _CLOCK.fullmatch(text.strip())
    hours, minutes = (int(match["h"]), int(match["m"] or 0)) if match else (99, 0)
    if hours > 23 or minutes > 59:
        raise UsageError(
            tr("{option} {text!r} is not a time of day.", option=option, text=text),
            tr("Write for example 9:30."),
        )
    return dt.time(hours, minutes)


def parse_date(text: str, today: dt.date, option: str) -> dt.date:
    """Return a date from ``2026-11-24``, ``24/11/2026``, ``today``, ``tomorrow`` or ``saturday``.

    Or ``demain``, ``samedi``. A day of the week is the next one to come, today included. Raises
    `UsageError`, naming *option*, for anything else, for days that no calendar has, and for days
    ten years away.
    """
    word = text.strip().lower()
    word = word.replace("’", "'")
    if word in _SOON:
        return today + dt.timedelta(days=_SOON[word])
    if word in _DAYS:
        return today + dt.timedelta(days=(_DAYS[word] - today.weekday()) % 7)
    french = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", word)
    if french:
        word = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}"
    with contextlib.suppress(ValueError):
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word):
            day = dt.date.fromisoformat(word)
            if abs(day - today) > _FARTHEST:
                raise UsageError(
                    tr("{option} {text!r} is more than ten years away.", option=option, text=text),
                    tr("Opening hours are known for the years around today."),
                )
            return day
    raise UsageError(
        tr("{option} {text!r} is not a date.", option=option, text=text),
        tr("Write for example 2026-11-24, 24/11/2026, tomorrow or saturday."),
    )


def parse_distance(text: str, option: str) -> float:
    """Return metres from ``1500m``, ``1.5km`` or ``2 km``.

    Raises `UsageError`, naming *option*, for anything else.
    """
    match = _DISTANCE.fullmatch(text.strip().lower())
    metres = 0.0
    if match:
        metres = float(match["n"].replace(",", ".")) * (1000 if match["unit"] == "km" else 1)
    if metres <= 0:
        raise UsageError(
            tr("{option} {text!r} is not a distance.", option=option, text=text),
            tr("Write for example 8km or 1500m."),
        )
    return metres


def parse_bbox(text: str, option: str) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) in degrees from ``2.74,50.40,2.87,50.46``.

    Raises `UsageError`, naming *option*, for anything but four numbers.
    """
    parts = text.replace(";", ",").split(",")
    with contextlib.suppress(ValueError):
        west, south, east, north = (float(part) for part in parts)
        return west, south, east, north
    raise UsageError(
        tr("{option} {text!r} is not a box.", option=option, text=text),
        tr("Write west,south,east,north: 2.74,50.40,2.87,50.46"),
    )
