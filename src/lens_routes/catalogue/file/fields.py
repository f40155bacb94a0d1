"""What may stand in each field of a place: one rule a field, each naming what to write."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file.faults import UNPRINTABLE, nearest, shown
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: A problem and its remedy.
    Objection = tuple[str, str]
    Rule = Callable[[Any], Objection | None]

KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: The longest text of a field: descriptions are read on a terminal.
MAX_TEXT = 10_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_URL = re.compile(r"https?://[^\s/?#:@\[\]]+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


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
    """Object to anything but a price of entry for one adult, in euros."""
    if number(value) is None and 0 <= value <= 1000:
        return None
    return tr("{value} is not a price.", value=shown(value)), tr(
        "Write the euros one adult pays, such as 6.5."
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


def url(value: Any) -> Objection | None:
    """Object to anything but an http or https address."""
    if isinstance(value, str) and _URL.fullmatch(value):
        return line(value)
    return tr("{value} is not a web address.", value=shown(value)), tr(
        'Write "https://…", without spaces.'
    )


#: The rule of each property; a property that is null or an empty text counts as absent.
#: ``themes`` and ``opening_hours`` have further rules of their own, in validate.py.
RULES: Mapping[str, Rule] = {
    "name": name,
    "name_en": line,
    "kind": line,
    "commune": line,
    "insee": line,
    "address": line,
    "description_fr": prose,
    "description_en": prose,
    "opening_hours": line,
    "outdoor": flag,
    "visit_minutes": whole(1, 720, lambda: tr("minutes; 720 are twelve hours")),
    "visit_minutes_min": whole(1, 720, lambda: tr("minutes; 720 are twelve hours")),
    "interest": whole(1, 5, lambda: tr("1 in passing, 5 worth the journey")),
    "fee": one_of("free", "paid", "unknown"),
    "price_eur": price,
    "wheelchair": one_of("yes", "limited", "no", "unknown"),
    "website": url,
    "phone": line,
    "unesco": flag,
    "elevation_m": number,
    "status": one_of("open", "planned", "closed"),
    "tourable": flag,
    "coord_source": line,
    "coord_confidence": one_of("high", "medium", "low"),
    "source": prose,
    "checked": date,
    "notes": prose,
}
