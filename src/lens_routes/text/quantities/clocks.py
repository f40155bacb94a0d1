"""Times of day as people write them, and spans between two of them."""

from __future__ import annotations

import datetime as dt
import re

from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr
from lens_routes.text.quantities.plain import plain

_NAMED = {
    "midi": (12, 0), "noon": (12, 0), "12 noon": (12, 0), "midday": (12, 0),
    "midi et quart": (12, 15), "midi et demi": (12, 30), "midi et demie": (12, 30),
    "minuit": (0, 0), "midnight": (0, 0), "12 midnight": (0, 0),
}  # fmt: skip
_FIGURES = expression(
    r"(?:(?:at|a|vers|about|around) )?"
    r"(?P<h>[0-9]{1,2})(?:\s*(?:[:h.]|heures?|o clock)\s*(?P<m>[0-9]{2})?(?:\s*min)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
)
_SPAN = expression(
    r"(?:(?:de|from|between|entre)\s+)?(?P<begin>.+?)\s*(?:[-–—]|\b(?:to|a|until|and|et)\b)\s*(?P<end>.+)"
)


def parse_clock(text: str, option: str) -> dt.time:
    """Return a time of day from ``9:30``, ``9h30``, ``9h``, ``9``, ``2pm``, ``noon``, ``à 10h``.

    Raises `UsageError`, naming *option*, for anything else.
    """
    word = plain(text)
    found = _FIGURES.fullmatch(word)
    if word not in _NAMED and found is None:
        raise UsageError(
            tr("{option} {text!r} is not a time of day.", option=option, text=text),
            tr("Write for example 9:30."),
        )
    hours, minutes = _NAMED.get(word) or _figures(found, text, option)
    return dt.time(hours, minutes)


def _figures(found: re.Match[str] | None, text: str, option: str) -> tuple[int, int]:
    if found is None:
        raise AssertionError(text)
    hours, minutes = int(found["h"]), int(found["m"] or 0)
    first, last = (1, 12) if found["half"] else (0, 23)
    if not first <= hours <= last or minutes > 59:
        raise UsageError(
            tr(
                "{option} {text} is not a time of day: hours go from {first} to {last},"
                " minutes to 59.",
                option=option,
                text=wording.quoted(text),
                first=first,
                last=last,
            ),
            tr("Write for example 9:30."),
        )
    if found["half"]:
        hours = hours % 12 + (12 if found["half"] == "p" else 0)
    return hours, minutes


def parse_span(text: str, option: str) -> tuple[dt.time, dt.time]:
    """Return from when to when: ``12:00-14:00``, ``12h-14h``, ``noon to 2pm``, ``de 12h à 14h``.

    Of ``2-4pm`` both are after noon. Raises `UsageError`, naming *option*, for anything else.
    """
    found = _SPAN.fullmatch(plain(text))
    if found is None:
        raise UsageError(
            tr(
                "{option} {text} does not say from when to when.",
                option=option,
                text=wording.quoted(text),
            ),
            tr("Write for example {example}.", example="12:00-14:00"),
        )
    begin, end = parse_clock(found["begin"], option), parse_clock(found["end"], option)
    half = found["end"][-2:]
    if half in {"am", "pm"} and re.fullmatch(r"[0-9]{1,2}([:.][0-9]{2})?", found["begin"]):
        same = dt.time(begin.hour % 12 + (12 if half == "pm" else 0), begin.minute)
        begin = same if begin.hour <= 12 and same < end else begin
    return begin, end


def minutes_between(begin: dt.time, end: dt.time) -> int:
    """Return the minutes from *begin* to *end* of one day, whose end is midnight too."""
    last = end.hour * 60 + end.minute or 24 * 60
    return last - begin.hour * 60 - begin.minute
