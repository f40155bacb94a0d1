"""Where what is written of a place, for people, is not what its opening hours say."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours import HoursContext, Opening, parse
from lens_routes.text.expressions import expression
from lens_routes.text.language import said_in, tr
from lens_routes.text.wording import MONTHS, WEEKDAYS, listed
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place
    from lens_routes.text.language import Said

_DAYS = {fold(n): i for names in WEEKDAYS.values() for i, n in enumerate(names)}
_MONTHS = {fold(n): i for names in MONTHS.values() for i, n in enumerate(names, 1)}
_DAY = f"(?:{'|'.join(_DAYS)})s?"
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_JOINT = r"(?: (?:and|or|et|ou))?(?: (?:on|in|le|les|en|tous les|toute?s? le))*"
#: "closed on Mondays and Tuesdays", "sauf le mardi", "fermé en janvier": folded, no punctuation.
_CLOSED = r"\b(?:closed|except|not open|ferme(?:e|es|s)?|sauf|hormis|excepte)"
_CLOSED_DAYS = expression(rf"{_CLOSED}{_JOINT} ({_DAY}(?:{_JOINT} {_DAY})*)\b")
#: "Closed; may reopen" names no month.
_CLOSED_MONTHS = expression(rf"{_CLOSED} (?:in|en) ({_MONTH}(?:{_JOINT} {_MONTH})*)\b")
_EVERY_DAY = expression(
    r"\b(?:open (?:every day|daily|seven days)|ouverte?s? (?:tous les jours|7 ?j ?7|7 jours sur 7))"
    r"(?! (?:except|sauf|hormis|excepte|but))"
)
_BY_APPOINTMENT = expression(
    r"\b(?:(?:only |uniquement |seulement )?(?:by appointment|sur rendez vous|sur reservation))\b"
)
_FOR_GOOD = expression(
    r"\b(?:closed for good|permanently closed|ferme(?:e|es|s)? definitivement"
    r"|definitivement ferme(?:e|es|s)?)\b"
)
_FREE = expression(
    r"\b(?:free (?:entry|admission|entrance)|(?:entree|acces) (?:libre|gratuite?))\b"
)
_YEAR = 365
_INSTANT = dt.timedelta(seconds=1)


def contradictions(place: Place, catalogue: Catalogue, today: dt.date) -> Iterator[Said]:
    """Yield what descriptions and notes of a place say that its fields deny.

    The opening hours are looked at for the year that begins *today*; days that are public holidays
    or of unknown hours prove nothing.
    """
    texts = [
        fold(text)
        for text in (place.description_fr, place.description_en, place.notes, place.notes_fr)
    ]
    if place.status == "open" and _any(_FOR_GOOD, texts):
        yield tr("{place} is said to be closed for good, and its status is open.", place=place.name)
    if place.fee == "paid" and _any(_FREE, texts):
        yield tr("{place} is said to be free, and its fee is paid.", place=place.name)
    if not place.opening_hours:
        return
    closed_days = _named(_CLOSED_DAYS, _DAY, _DAYS, texts)
    closed_months = _named(_CLOSED_MONTHS, _MONTH, _MONTHS, texts)
    every_day = _any(_EVERY_DAY, texts)
    on_request = place.by_appointment or _any(_BY_APPOINTMENT, texts)
    if not (closed_days or closed_months or every_day or on_request):
        return
    year = _year(place, catalogue, today)
    open_days = [day for day, state in year.items() if state is Opening.OPEN]
    yield from _not_closed(place, open_days, closed_days, closed_months)
    if every_day:
        yield from _not_every_day(place, open_days, year)
    if on_request and open_days:
        yield tr(
            "{place} is said to be visited by appointment, and its hours open it to all ({hours}).",
            place=place.name,
            hours=place.opening_hours,
        )


def _not_closed(
    place: Place, open_days: Sequence[dt.date], weekdays: set[int], months: set[int]
) -> Iterator[Said]:
    for number in sorted(weekdays):
        if dates := [day for day in open_days if day.weekday() == number]:
            yield tr(
                "{place} is said to be closed on {day}, and its hours open it on {n} of them a"
                " year ({hours}).",
                place=place.name,
                day=_name(WEEKDAYS, number),
                n=len(dates),
                hours=place.opening_hours,
            )
    for number in sorted(months):
        if any(day.month == number for day in open_days):
            yield tr(
                "{place} is said to be closed in {month}, and its hours open it then ({hours}).",
                place=place.name,
                month=_name(MONTHS, number - 1),
                hours=place.opening_hours,
            )


def _not_every_day(
    place: Place, open_days: Sequence[dt.date], year: Mapping[dt.date, Opening]
) -> Iterator[Said]:
    always_closed = {day.weekday() for day in year} - {
        day.weekday() for day, state in year.items() if state is not Opening.CLOSED
    }
    if always_closed and open_days:
        yield tr(
            "{place} is said to be open every day, and its hours close it on {days} ({hours}).",
            place=place.name,
            days=listed([_name(WEEKDAYS, number) for number in sorted(always_closed)]),
            hours=place.opening_hours,
        )


def _year(place: Place, catalogue: Catalogue, today: dt.date) -> dict[dt.date, Opening]:
    """Return the best state of each day of a year."""
    context = HoursContext(
        catalogue.timezone,
        catalogue.country,
        catalogue.school_holidays_zone,
        place.point,
        catalogue.region,
    )
    hours = parse(place.opening_hours or "", context)
    zone = context.zone
    begin = dt.datetime.combine(today, dt.time(), zone)
    end = dt.datetime.combine(today + dt.timedelta(days=_YEAR), dt.time(), zone)
    states = {today + dt.timedelta(days=n): Opening.CLOSED for n in range(_YEAR)}
    for span in hours.spans(begin, end):
        day = span.begin.date()
        while span.state is not Opening.CLOSED and day <= (span.end - _INSTANT).date():
            if day in states and states[day] is not Opening.OPEN:
                states[day] = span.state
            day += dt.timedelta(days=1)
    return states


def _name(names: Mapping[str, Sequence[str]], index: int) -> Said:
    return said_in({language: row[index] for language, row in names.items()})


def _any(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    return any(pattern.search(text) for text in texts)


def _named(
    pattern: re.Pattern[str], word: str, numbers: Mapping[str, int], texts: Sequence[str]
) -> set[int]:
    """Return the days or months that texts name behind a word such as "closed"."""
    found = set()
    for text in texts:
        for match in pattern.finditer(text):
            for name in re.findall(word, match[1]):
                found.add(numbers[name] if name in numbers else numbers[name.removesuffix("s")])
    return found
