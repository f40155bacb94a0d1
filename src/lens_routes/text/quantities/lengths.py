"""Durations, distances and boxes as people type them."""

from __future__ import annotations

import contextlib
import re

from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr
from lens_routes.text.quantities.plain import NUMBERS, plain

#: What a visitor means by a day and half of one, minutes: ten to six, ten to two.
DAY_MINUTES, HALF_DAY_MINUTES = 8 * 60, 4 * 60
_NAMED = {
    **dict.fromkeys(("day", "jour", "journee", "full day", "whole day", "all day"), DAY_MINUTES),
    **dict.fromkeys(("toute la journee", "journee entiere"), DAY_MINUTES),
    **dict.fromkeys(("half day", "half a day", "demi journee"), HALF_DAY_MINUTES),
    **dict.fromkeys(("half hour", "half an hour", "demi heure"), 30),
    **dict.fromkeys(("quarter of an hour", "quarter of 1 hour", "quart d heure"), 15),
    **dict.fromkeys(("three quarters of an hour", "trois quarts d heure"), 45),
}
_ARTICLE = expression(r"(?:a|an|one|the|un|une|la|le|1) (?=\D)")
_NUMBER_WORD = expression(rf"\b(?:{'|'.join(NUMBERS)})\b(?= (?:hours?|heures?|min|and a half))")
_DURATION = expression(
    r"(?:(?P<h>[0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?:h|hr|hrs|hours?|heures?)\b\s*"
    r"|(?P<tight>[0-9]{1,6})h(?=[0-9]))?"
    r"(?:(?:(?:et|and)\s+)?(?P<m>[0-9]{1,6})\s*(?:m|min|mins|minutes?)?"
    r"|(?P<part>et demie?|and a half|et quart|and a quarter))?"
)
_LONG_UNIT = expression(r"kilomet(?:re|er)s?$")
_DISTANCE = expression(r"(?P<n>[0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?P<unit>k|)(?:m|metres?|meters?)")


def parse_duration(text: str, option: str) -> int:
    """Return a duration in minutes: ``6h``, ``1h30``, ``90 min``, ``1,5 h``, ``half day``, ``45``.

    A bare number is minutes; ``une heure et demie`` and ``demi-journée`` are said as they sound.
    Raises `UsageError`, naming *option*, for anything else and for nothing at all.
    """
    word = plain(text)
    named = _NAMED.get(word)
    if named is None and " " in word:
        named = _NAMED.get(_ARTICLE.sub("", word, count=1))
        word = _NUMBER_WORD.sub(lambda found: str(NUMBERS[found[0]]), word)
        word = re.sub(r"^([0-9]+) and a half hours?$", r"\1.5 h", word)
    if named is not None:
        return named
    match = _DURATION.fullmatch(word)
    if not word or not match:
        raise UsageError(
            tr("{option} {text!r} is not a duration.", option=option, text=text),
            tr("Write for example 6h, 1h30 or 90min."),
        )
    hours = float((match["h"] or match["tight"] or "0").replace(",", "."))
    part = 0 if match["part"] is None else 30 if "demi" in match["part"] or "half" in word else 15
    minutes = round(hours * 60) + int(match["m"] or 0) + part
    if (match["h"] or match["tight"]) and int(match["m"] or 0) > 59:
        raise UsageError(
            tr(
                "{option} {text} is not a duration: an hour has 60 minutes.",
                option=option,
                text=wording.quoted(text),
            ),
            tr("Write for example 6h, 1h30 or 90min."),
        )
    if minutes <= 0 or not (match["h"] or match["tight"] or match["m"]):
        raise UsageError(
            tr("{option} {text!r} leaves no time at all.", option=option, text=text),
            tr("Write for example 6h."),
        )
    return minutes


def is_distance(text: str) -> bool:
    """Tell whether a text is a length rather than a time: ``45 m`` is."""
    return _distance(text) is not None


def parse_distance(text: str, option: str) -> float:
    """Return metres from ``1500m``, ``1.5km`` or ``2 km``.

    Raises `UsageError`, naming *option*, for anything else.
    """
    match = _distance(text)
    metres = 0.0
    if match:
        metres = float(match["n"].replace(",", ".")) * (1000 if match["unit"] else 1)
    if metres <= 0:
        raise UsageError(
            tr("{option} {text!r} is not a distance.", option=option, text=text),
            tr("Write for example 8km or 1500m."),
        )
    return metres


def _distance(text: str) -> re.Match[str] | None:
    return _DISTANCE.fullmatch(_LONG_UNIT.sub("km", plain(text)))


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
