"""Single fields of GTFS: times, dates, numbers; `ValueError` says what is wrong with one."""

from __future__ import annotations

import datetime as dt

from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

#: Nothing in a feed happens later than this after the start of its service day.
LATEST_S = 10 * 24 * 3600
_TIME = expression(r"(\d{1,3}):([0-5]?\d):([0-5]?\d)")
_DATE = expression(r"[0-9]{8}")
_EARLIEST, _LATEST = dt.date(1970, 1, 1), dt.date(2200, 1, 1)


def parse_time(text: str) -> int | None:
    """Return seconds since "noon minus 12 hours" of the service day, None for a blank field."""
    word = text.strip()
    if not word:
        return None
    match = _TIME.fullmatch(word)
    if not match:
        raise ValueError(tr("{text} is not a time such as 25:10:00", text=wording.quoted(text)))
    hours, minutes, seconds = map(int, match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    if total > LATEST_S:
        raise ValueError(
            tr("{text} is more than ten days after its service day", text=wording.quoted(text))
        )
    return total


def parse_date(text: str) -> dt.date:
    """Return a date written as YYYYMMDD."""
    word = text.strip()
    if _DATE.fullmatch(word):
        try:
            day = dt.date(int(word[:4]), int(word[4:6]), int(word[6:]))
        except ValueError:
            pass
        else:
            if _EARLIEST <= day < _LATEST:
                return day
    raise ValueError(tr("{text} is not a date such as 20261124", text=wording.quoted(text)))


def parse_choice(text: str, highest: int) -> int:
    """Return a code from 0 to *highest*; a blank field is 0."""
    word = text.strip()
    if not word:
        return 0
    if not (word.isascii() and word.isdigit()) or int(word) > highest:
        raise ValueError(
            tr(
                "{text} is not a code from 0 to {highest}",
                text=wording.quoted(text),
                highest=highest,
            )
        )
    return int(word)


def parse_count(text: str) -> int:
    """Return a whole number, not negative."""
    word = text.strip()
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise ValueError(tr("{text} is not a whole number", text=wording.quoted(text)))
    return int(word)


def reason_of(error: ValueError) -> str:
    """Return what is wrong with a field, in every language: ``str`` would tell it in one."""
    return str(error) if not isinstance(error.args[0], str) else error.args[0]
