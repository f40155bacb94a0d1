"""Distances, durations, times and dates as a person reads them, in the habit of the language."""

from __future__ import annotations

import datetime as dt
import errno
from typing import TYPE_CHECKING

from lens_routes.text import units
from lens_routes.text.expressions import expression
from lens_routes.text.language import LANGUAGES, Said, joined, marked, said_in, text_in, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Names of our own: ``strftime`` would follow the machine's locale, and one process may say a day
#: in two languages.
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip
#: What parts a number from its unit in French: a space that does not break, narrow in thousands.
NBSP = "\N{NO-BREAK SPACE}"


def number(value: float, decimals: int = 0) -> Said:
    """Return a number with the language's decimal sign: ``2.2``, ``2,2``."""
    text = f"{value:.{decimals}f}"
    return said_in({"en": text, "fr": text.replace(".", ",")})


def grouped(value: float) -> Said:
    """Return a whole number with its thousands apart: ``12,345``, ``12 345``."""
    text = f"{value:,.0f}"
    return said_in({"en": text, "fr": text.replace(",", "\N{NARROW NO-BREAK SPACE}")})


def percent(share: float, decimals: int = 1) -> Said:
    """Return a share of 1 as a percentage: ``3.2 %``, ``3,2 %``."""
    return _measured(100 * share, decimals, "%")


#: Shorter lengths are said in feet.
_LEAST_MILES = 0.15


def distance(metres: float) -> Said:
    """Return a length as ``40 m``, ``850 m``, ``2.2 km`` or ``14 km``; ``150 ft``, ``1.4 mi``."""
    if units.imperial():
        miles = metres / units.METRES_PER_MILE
        if miles < _LEAST_MILES:
            return _measured(round(metres * units.FEET_PER_METRE, -1), 0, "ft")
        return _measured(miles, 1 if miles < 99.95 else 0, "mi")
    if metres < 995:
        return _measured(round(metres, -1 if metres >= 20 else 0), 0, "m")
    km = metres / 1000
    return _measured(km, 1 if km < 99.95 else 0, "km")


def height(metres: float) -> Said:
    """Return a height or a climb as ``1,240 m`` or ``4,070 ft``."""
    if units.imperial():
        return _united(grouped(metres * units.FEET_PER_METRE), "ft")
    return _united(grouped(metres), "m")


def _measured(value: float, decimals: int, unit: str) -> Said:
    return _united(number(value, decimals), unit)


def _united(text: Said, unit: str) -> Said:
    return Said(
        lambda language: f"{text.in_language(language)}{NBSP if language == 'fr' else ' '}{unit}"
    )


def duration(seconds: float) -> Said:
    """Return a time span as ``1 min``, ``45 min``, ``2 h`` or ``1 h 05``."""
    minutes = max(1, round(seconds / 60)) if seconds > 0 else 0
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest:02d}" if hours else f"{rest} min")
    text = " ".join(parts)
    return said_in({"en": text, "fr": text.replace(" ", NBSP)})


def clock(moment: dt.datetime) -> str:
    """Return the time of day as ``09:05``; seconds are dropped, as on a station clock."""
    return f"{moment:%H:%M}"


def between(begin: dt.datetime, end: dt.datetime) -> Said:
    """Return the time between two moments as their printed `clock` times tell it.

    What is printed adds up: 10:00 and "37 min" make 10:37, whatever the seconds were.
    """
    seconds = shown_s(begin, end)
    return duration(seconds) if seconds or begin == end else tr("less than 1 min")


def shown_s(begin: dt.datetime, end: dt.datetime) -> float:
    """Return the seconds between two moments whose seconds are not shown."""
    shown = [moment.astimezone(dt.UTC).replace(second=0, microsecond=0) for moment in (begin, end)]
    return (shown[1] - shown[0]).total_seconds()


def weekday(day: dt.date) -> Said:
    """Return the name of a date's weekday."""
    return said_in({language: names[day.weekday()] for language, names in WEEKDAYS.items()})


def date(day: dt.date) -> Said:
    """Return a date as ``Tuesday 24 November 2026`` or ``mardi 24 novembre 2026``."""
    return joined(" ", [day_and_month(day), str(day.year)])


def day_and_month(day: dt.date) -> Said:
    """Return a date without its year, near another that has one: ``Saturday 26 December``."""
    in_month = {"en": f"{day.day}", "fr": "1er" if day.day == 1 else f"{day.day}"}
    return said_in(
        {
            language: f"{WEEKDAYS[language][day.weekday()]} {in_month[language]}"
            f" {MONTHS[language][day.month - 1]}"
            for language in in_month
        }
    )


def short_date(day: dt.date | str) -> Said:
    """Return an ISO 8601 date as it may be typed: ``2026-11-24``, ``24/11/2026``.

    Any other text stays as it is.
    """
    figures = str(day).split("-")
    is_date = list(map(len, figures)) == [4, 2, 2] and "".join(figures).isdigit()
    return said_in({"en": str(day), "fr": "/".join(reversed(figures)) if is_date else str(day)})


def part_of_date(text: str) -> Said:
    """Return a date, a month or a year in ISO 8601 as a person reads it: ``May 2017``, ``2017``."""
    year, _, month = text.partition("-")
    if not month or "-" in month:
        return short_date(text)
    return said_in({key: f"{names[int(month) - 1]} {year}" for key, names in MONTHS.items()})


def price(amount: float, currency: str = "EUR") -> Said:
    """Return a sum of money: ``6 €``, ``6.50 €``, ``6,50 €``, ``1,500 ¥``, ``3.20 CHF``."""
    decimals, signs = 2, dict.fromkeys(LANGUAGES, "€")
    if currency != "EUR":
        from babel import numbers  # noqa: PLC0415  # most catalogues are in euros

        decimals = numbers.get_currency_precision(currency)
        signs = {one: numbers.get_currency_symbol(currency, one) for one in LANGUAGES}
    text = grouped(amount) if amount == round(amount) else number(amount, decimals)
    return said_in(
        {
            one: f"{text.in_language(one)}{NBSP if one == 'fr' else ' '}{sign}"
            for one, sign in signs.items()
        }
    )


def stamp(moment: str) -> Said:
    """Return an ISO 8601 time as it is, in French as ``24/11/2026 à 09:05``."""
    day, _, time = moment.partition("T")
    return said_in({"en": moment, "fr": f"{short_date(day).in_language('fr')} à {time[:5]}"})


def id_words(identity: str) -> str:
    """Return the id of a theme or kind as words, for want of a label: ``mining heritage``."""
    return identity.replace("-", " ").replace("_", " ")


_ADDRESS = expression(r"[a-z]+://|www\.|[^\s@]+@|[^\s.]+(?:\.[a-z]{2,7})+(?=[,\s]|$)")


def sentence(text: str) -> Said:
    """Return *text* with a capital at its beginning, unless it begins with an address or a file."""
    kept = text if isinstance(text, Said) else said_in({"en": text})
    return Said(lambda language: _capital(kept.in_language(language)))


def _capital(text: str) -> str:
    return text if _ADDRESS.match(text) else text[:1].upper() + text[1:]


def quoted(text: object) -> Said:
    """Return a text between quotes, its control characters spelled: ``'Lens'``, ``« Lens »``."""
    english = repr(text)
    bare = english[1:-1] if isinstance(text, str) else english
    return said_in({"en": english, "fr": f"«{NBSP}{bare}{NBSP}»"})


def listed(parts: Sequence[str]) -> Said:
    """Return things in a row: ``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return joined("", parts)
    return tr("{first} and {last}", first=joined(", ", parts[:-1]), last=parts[-1])


def titled(names: Sequence[str]) -> Said:
    """Return names in a row, as `listed`; with commas alone where one has an *and* of its own."""

    def said(language: str) -> str:
        row = [text_in(name, language) for name in names]
        own = any({"and", "et"} & set(name.split()) for name in row)
        return ", ".join(row) if own else text_in(listed(names), language)

    return Said(said)


def clauses(parts: Iterable[str]) -> Said:
    """Return clauses in a row: ``a; b; c``, with the space French has before the sign."""
    kept = tuple(parts)
    return Said(
        lambda language: (f"{NBSP}; " if language == "fr" else "; ").join(
            text_in(part, language) for part in kept
        )
    )


#: Why the system refuses, most often.
_USUAL = {
    errno.ENOENT: marked("there is no such file"),
    errno.EACCES: marked("you may not"),
    errno.EPERM: marked("you may not"),
    errno.EISDIR: marked("it is a directory"),
    errno.ENOTDIR: marked("a part of its path is no directory"),
    errno.EEXIST: marked("it exists"),
    errno.ENOSPC: marked("the disk is full"),
    errno.EROFS: marked("the disk is read-only"),
    errno.ENAMETOOLONG: marked("its name is too long"),
    errno.ELOOP: marked("its links lead in a circle"),
    errno.EMFILE: marked("too many files are open"),
    errno.EIO: marked("the disk does not work"),
}


def reason(error: OSError) -> str:
    """Return why the system refused, in the language in use where it is one of the usual reasons.

    The system itself says it in its own language, or in English.
    """
    usual = _USUAL.get(error.errno or 0)
    return tr(usual) if usual else error.strerror or str(error)
