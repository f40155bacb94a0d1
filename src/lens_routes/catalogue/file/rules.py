"""Rules of what may stand in a field: each objects with a problem and what to write instead."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file.faults import UNPRINTABLE, nearest, shown
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    #: A problem and its remedy.
    Objection = tuple[str, str]
    Rule = Callable[[Any], Objection | None]

KEBAB = expression(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: The longest text of a field: descriptions are read on a terminal.
MAX_TEXT = 10_000
_DATE = expression(r"\d{4}-\d{2}-\d{2}")
#: A date of which the day, or the day and the month, may be unknown.
_PART_OF_DATE = expression(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
#: A telephone number as it is dialled from abroad, or within the country.
_PHONE = expression(r"\+?\d(?:[ .\-()]*\d){5,14}")
#: A language as BCP 47 has it: ``de``, ``zh-Hant``.
_LANGUAGE = expression(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CURRENCY = expression(r"[A-Z]{3}")
_URL = expression(r"https?://[^\s/?#:@\[\]]+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def anything(_: Any) -> Objection | None:
    """Object to nothing: what may stand there depends on the rest of the file."""
    return None


def line(value: Any) -> Objection | None:
    """Object to anything but a text of one line."""
    if not isinstance(value, str):
        return tr("{value} is not a text.", value=shown(value)), tr("Write a text between quotes.")
    if found := UNPRINTABLE.search(value):
        code = f"U+{ord(found.group()):04X}"
        return tr("The text holds the control character {code}.", code=code), tr(
            "Delete that character."
        )
    if len(value) > MAX_TEXT:
        return tr("The text has {n} characters.", n=len(value)), tr(
            "Write at most {max_text}.", max_text=MAX_TEXT
        )
    return None


def prose(value: Any) -> Objection | None:
    """Object to anything but a text, of several lines if need be."""
    return line(re.sub(r"[\n\r\t]", " ", value) if isinstance(value, str) else value)


def name(value: Any) -> Objection | None:
    """Object to anything but a text of one line that says something."""
    if isinstance(value, str) and not value.strip():
        return tr("The name is empty."), tr("Write the name people know the place by.")
    return line(value)


def kebab(value: Any) -> Objection | None:
    """Object to anything but a text such as ``gare-de-lens``."""
    if not isinstance(value, str):
        return tr("{value} is not a text.", value=shown(value)), tr(
            'Write a text such as "gare-de-lens".'
        )
    if KEBAB.fullmatch(value) and len(value) <= 100:
        return None
    from lens_routes.text.words import slug  # noqa: PLC0415  # only when something is wrong

    better = slug(value)[:100].strip("-") or "gare-de-lens"
    return (
        tr(
            "{value} is not in kebab-case (small letters, digits, single hyphens).",
            value=shown(value),
        ),
        tr('Write "{better}".', better=better),
    )


def flag(value: Any) -> Objection | None:
    """Object to anything but true or false."""
    if isinstance(value, bool):
        return None
    return tr("{value} is neither true nor false.", value=shown(value)), tr(
        "Write true or false, without quotes."
    )


def number(value: Any) -> Objection | None:
    """Object to anything but a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return tr("{value} is not a number.", value=shown(value)), tr(
            "Write a number, without quotes."
        )
    if isinstance(value, int) and abs(value) > 10**15:
        return tr("{value} is absurdly large.", value=shown(value)), tr("Write the true number.")
    if not math.isfinite(value):
        return tr("{value} is not a number JSON knows.", value=value), tr(
            "Write a finite number or leave it out."
        )
    return None


def whole(low: int, high: int, meaning: Callable[[], str]) -> Rule:
    """Make the rule of a whole number from *low* to *high*; *meaning* explains the two ends."""

    def rule(value: Any) -> Objection | None:
        remedy = tr(
            "Write a whole number from {low} to {high} ({meaning}), without quotes.",
            low=low,
            high=high,
            meaning=meaning(),
        )
        if objection := number(value):
            return objection[0], remedy
        if not isinstance(value, int):
            return tr("{value} is not a whole number.", value=shown(value)), remedy
        return (
            None if low <= value <= high else (tr("{value} is out of range.", value=value), remedy)
        )

    return rule


def one_of(*choices: str) -> Rule:
    """Make the rule of a word out of a closed vocabulary."""

    def rule(value: Any) -> Objection | None:
        if isinstance(value, str) and value in choices:
            return None
        guess = nearest(value.lower(), choices) if isinstance(value, str) else ""
        listed = ", ".join(f'"{choice}"' for choice in choices)
        remedy = (
            tr('Write "{guess}" (one of {listed}).', guess=guess, listed=listed)
            if guess
            else tr("Write one of {listed}.", listed=listed)
        )
        return tr("{value} is not a value of this field.", value=shown(value)), remedy

    return rule


def price(value: Any) -> Objection | None:
    """Object to anything but a price of entry for one person."""
    if number(value) is None and 0 <= value <= 1000:
        return None
    return tr("{value} is not a price.", value=shown(value)), tr(
        "Write what one person pays, such as 6.5."
    )


def currency(value: Any) -> Objection | None:
    """Object to anything but the code of a currency, such as ``EUR``."""
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return None
    return tr("{value} is not a currency.", value=shown(value)), tr(
        'Write three capitals (ISO 4217), such as "EUR".'
    )


def date(value: Any) -> Objection | None:
    """Object to anything but a calendar date, YYYY-MM-DD."""
    remedy = tr('Write a date as "2025-11-01" (year-month-day).')
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return tr("{value} is not a date.", value=shown(value)), remedy
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return tr("{value} is not in the calendar.", value=shown(value)), remedy
    return None


def part_of_date(value: Any) -> Objection | None:
    """Object to anything but a date, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY."""
    remedy = tr('Write what is known of the date, such as "2025-11-01", "2025-11" or "2025".')
    if not isinstance(value, str) or not _PART_OF_DATE.fullmatch(value):
        return tr("{value} is not a date.", value=shown(value)), remedy
    if date(f"{value}-01-01"[:10]) is not None:
        return tr("{value} is not in the calendar.", value=shown(value)), remedy
    return None


def url(value: Any) -> Objection | None:
    """Object to anything but an http or https address."""
    if isinstance(value, str) and _URL.fullmatch(value):
        return line(value)
    return tr("{value} is not a web address.", value=shown(value)), tr(
        'Write "https://…", without spaces.'
    )


def contact(value: Any) -> Objection | None:
    """Object to anything but a telephone number or a web address."""
    if isinstance(value, str) and _PHONE.fullmatch(value):
        return None
    if url(value) is None:
        return None
    return tr("{value} is neither a telephone number nor a web address.", value=shown(value)), tr(
        'Write "+33 3 …" or "https://…".'
    )


def by_language(value: Any) -> Objection | None:
    """Object to anything but texts by the code of their language: ``{"de": "Dom"}``."""
    remedy = tr('Write {"de": "…", "ja": "…"}: a text by the code of its language.')
    if not isinstance(value, dict):
        return tr("{value} is not an object.", value=shown(value)), remedy
    for key, text in value.items():
        if not _LANGUAGE.fullmatch(key):
            return tr("{value} is not the code of a language.", value=shown(key)), remedy
        if objection := name(text):
            return objection
    return None


def names(value: Any) -> Objection | None:
    """Object to anything but a list of texts that say something, none of them twice."""
    remedy = tr('Write a list such as ["fosse-2-oignies", "Salle des pendus"].')
    if not isinstance(value, list):
        return tr("{value} is not a list.", value=shown(value)), remedy
    for index, item in enumerate(value):
        if objection := line(item):
            return objection
        if not item.strip() or item != item.strip():
            return tr("{value} is not a name.", value=shown(item)), remedy
        if item in value[:index]:
            return tr("{value} is named twice.", value=shown(item)), tr("Name it once.")
    return None
