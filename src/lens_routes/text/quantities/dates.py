"""Dates as people write them: in figures, in words, by the day of the week, from today on."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import LANGUAGES, in_use, joined, said_in, tr
from lens_routes.text.quantities.plain import NUMBERS, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lens_routes.text.language import Said

#: Nobody knows the opening hours of days farther away than this.
_FARTHEST = dt.timedelta(days=3660)
#: A year that has every day any year has, and how many years until the next such one at most.
_LEAP_YEAR, _LEAP_YEARS, _FEBRUARY = 2000, 9, 2


def _by_name(names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the number of each name, whole or cut to three letters or more that tell it apart."""
    whole = {plain(name): n for some in names.values() for n, name in enumerate(some)}
    cut: dict[str, set[int]] = {}
    for name, number in whole.items():
        for length in range(3, len(name)):
            cut.setdefault(name[:length], set()).add(number)
    return {part: numbers.pop() for part, numbers in cut.items() if len(numbers) == 1} | whole


_WEEKDAYS, _MONTHS = _by_name(wording.WEEKDAYS), _by_name(wording.MONTHS)
_SOON = {
    "today": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2,
    "aujourd hui": 0, "demain": 1, "apres demain": 2,
}  # fmt: skip
#: Feasts that people name rather than count: a month and a day, or days after Easter.
_FEASTS: Mapping[str, tuple[int, int] | int] = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26), "new year": (1, 1), "new year s day": (1, 1),
    "new year s eve": (12, 31), "noel": (12, 25), "jour de noel": (12, 25),
    "veille de noel": (12, 24), "jour de l an": (1, 1), "nouvel an": (1, 1),
    "saint sylvestre": (12, 31), "epiphany": (1, 6), "epiphanie": (1, 6),
    "labour day": (5, 1), "labor day": (5, 1), "may day": (5, 1), "fete du travail": (5, 1),
    "victory day": (5, 8), "ve day": (5, 8), "fete de la victoire": (5, 8),
    "bastille day": (7, 14), "national day": (7, 14), "fete nationale": (7, 14),
    "assumption": (8, 15), "assumption day": (8, 15), "assomption": (8, 15),
    "all saints": (11, 1), "all saints day": (11, 1), "toussaint": (11, 1),
    "armistice": (11, 11), "armistice day": (11, 11), "jour de l armistice": (11, 11),
    "good friday": -2, "vendredi saint": -2, "easter": 0, "easter sunday": 0, "paques": 0,
    "dimanche de paques": 0, "easter monday": 1, "lundi de paques": 1, "ascension": 39,
    "ascension day": 39, "jeudi de l ascension": 39, "whit sunday": 49, "pentecost": 49,
    "pentecote": 49, "dimanche de pentecote": 49, "whit monday": 50, "pentecost monday": 50,
    "lundi de pentecote": 50,
}  # fmt: skip


def _one_of(words: Mapping[str, object]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_THE = r"(?:(?:the|le|on|on the) )?"
_DAY = r"(?P<day>[0-9]{1,2}(?= |$)|[0-9]{1,2} ?(?:er|e|eme|st|nd|rd|th)\b|premier|first)"
_WEEKDAY, _MONTH = rf"(?P<weekday>{_one_of(_WEEKDAYS)})", rf"(?P<month>{_one_of(_MONTHS)})"
_YEAR = r"(?: (?P<year>[0-9]{4}))?"
#: 24 November 2026, the 24th of November, November 24; Saturday 24, le 24. Left as texts: to
#: compile them costs 7 ms, which whoever says no date need not pay.
_IN_MONTH = (
    rf"{_THE}(?:{_WEEKDAY} )?{_THE}{_DAY}(?: of| de| d)? {_MONTH}{_YEAR}",
    rf"(?:on )?(?:{_WEEKDAY} )?{_MONTH} {_THE}{_DAY}{_YEAR}",
    rf"(?:{_THE}{_WEEKDAY} {_THE}|(?:the|le|on the) ){_DAY}",
)
_IN_WEEK = (
    rf"(?:(?P<before>this|ce|next|prochain|coming|le|on|the) )?"
    rf"(?:{_WEEKDAY}|(?P<weekend>week ?end))"
    r"(?: (?P<after>prochain|next|qui vient|en huit|en quinze|week))?"
)
_FROM_NOW = (
    rf"(?:in|dans) (?P<n>[0-9]{{1,4}}|{_one_of(NUMBERS)}) (?P<unit>days?|jours?|weeks?|semaines?)"
)
_COUNTED = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1,
    "premier": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "dernier": -1,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "1er": 1, "2e": 2, "3e": 3, "4e": 4,
}  # fmt: skip
#: The first Sunday of June, le dernier samedi de septembre, the third Saturday of the month.
_COUNTED_IN_MONTH = (
    rf"{_THE}(?P<count>{_one_of(_COUNTED)}) {_WEEKDAY}"
    rf" (?:(?:of|in|de|d|en) )?(?:{_MONTH}{_YEAR}|(?:the|du|this|ce) (?:month|mois))"
)
_ISO = expression(r"(?P<year>[0-9]{4})([-/])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})")
_FIGURES = expression(
    r"(?P<one>[0-9]{1,2})(?:([/.-])(?P<two>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})"
    r"|/(?P<other>[0-9]{1,2}))"
)


class _Reading(NamedTuple):
    """A date understood, and whether others would understand another one."""

    day: dt.date
    doubtful: bool = False


class _ImpossibleError(ValueError):
    """What is understood is no date; the argument says it to the person."""


def parse_date(
    text: str,
    today: dt.date,
    option: str,
    tell: Callable[[str], None] | None = None,
    *,
    over: bool = False,
) -> dt.date:
    """Return the date that a person means.

    In figures (``2026-11-24``; ``24/11/2026`` by the habit of the language in use, the other way
    round where that alone is a date), in words of either language (``Sunday 29 November 2026``,
    ``1er mai``, ``nov. 29th``, ``le 24``, ``first Sunday of June``, ``Easter Monday``), or from
    today on (``tomorrow``, ``samedi``, ``next sunday``, ``ce week-end``, ``dans 3 jours``). Without
    a year it is the next such date, today included; a weekend is its Saturday, or what is left of
    it; "next Sunday" is the first after today.

    Parameters
    ----------
    text, today
        What was typed, and on which day.
    option
        What it was typed for, for the message of a refusal.
    tell
        Told in words what was understood, where others might understand another date.
    over
        Whether today is over, or too far on: its weekday then means that of next week.

    Raises
    ------
    UsageError
        It is no date, is one that no calendar has, or is ten years away.
    """
    try:
        reading = _read(plain(text).replace(",", " "), today, over=over)
    except _ImpossibleError as impossible:
        raise UsageError(
            tr(
                "{option} {text} is not a date: {reason}.",
                option=option,
                text=wording.quoted(text),
                reason=impossible.args[0],
            ),
            _example(),
        ) from None
    if reading is None:
        raise UsageError(
            tr("{option} {text!r} is not a date.", option=option, text=text), _example()
        )
    if abs(reading.day - today) > _FARTHEST:
        raise UsageError(
            tr("{option} {text!r} is more than ten years away.", option=option, text=text),
            tr("Opening hours are known for the years around today."),
        )
    if reading.doubtful and tell is not None:
        tell(
            tr(
                "{option} {text} is read as {date}.",
                option=option,
                text=wording.quoted(text),
                date=wording.date(reading.day),
            )
        )
    return reading.day


def _example() -> Said:
    return tr("Write for example 2026-11-24, 24 November, tomorrow or saturday.")


def _read(word: str, today: dt.date, *, over: bool) -> _Reading | None:
    if found := _ISO.fullmatch(word):
        return _Reading(_date(int(found["year"]), int(found["month"]), int(found["day"])))
    if found := _FIGURES.fullmatch(word):
        return _in_figures(found, today)
    return _in_words(" ".join(word.replace(".", " ").split()), today, over=over)


def _in_figures(found: re.Match[str], today: dt.date) -> _Reading:
    """Return the date in figures, its day or its month first as the language in use has it."""
    one, two = int(found["one"]), int(found["two"] or found["other"])
    year = found["year"]
    century = 2000 if year and len(year) == 2 else 0

    def read(day: int, month: int) -> dt.date:
        if year:
            return _date(century + int(year), month, day)
        return _next(today, month, day)

    # Nobody writes the month first before a point.
    month_first = in_use() == LANGUAGES[0] and "." not in found.group()
    orders = ((two, one), (one, two)) if month_first else ((one, two), (two, one))
    possible = (order for order in orders if _is_date(*order))
    sensible = (order for order in orders if 1 <= order[1] <= 12)
    day, month = next(possible, None) or next(sensible, orders[0])
    return _Reading(read(day, month), doubtful=one != two and "." not in found.group())


def _is_date(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]


def _in_words(word: str, today: dt.date, *, over: bool) -> _Reading | None:
    for pattern in _IN_MONTH:
        if found := re.fullmatch(pattern, word):
            return _in_month(found.groupdict(), today)
    if found := re.fullmatch(_IN_WEEK, word):
        return _in_week(found, today, over=over)
    day = _named(word, today)
    return None if day is None else _Reading(day)


def _named(word: str, today: dt.date) -> dt.date | None:
    """Return the date of a feast, of a day soon, or of one that is counted; None if it is none."""
    if word in _SOON:
        return _later(today, _SOON[word])
    if (feast := re.sub("^(?:la|le|l) ", "", word)) in _FEASTS:
        return _next_feast(today, _FEASTS[feast])
    if found := re.fullmatch(_COUNTED_IN_MONTH, word):
        return _counted(found, today)
    if found := re.fullmatch(_FROM_NOW, word):
        count = NUMBERS.get(found["n"]) or int(found["n"])
        return _later(today, count * (1 if found["unit"][0] in "dj" else 7))
    return None


def _in_month(found: Mapping[str, str | None], today: dt.date) -> _Reading:
    """Return the date of a day of the month, which a weekday beside it has to agree with."""
    figures = re.match("[0-9]+", found["day"] or "")
    day = int(figures[0]) if figures else 1
    weekday = None if found["weekday"] is None else _WEEKDAYS[found["weekday"]]
    if not found.get("month"):
        return _Reading(_next_day(today, day, weekday))
    month = 1 + _MONTHS[found["month"] or ""]
    if found["year"]:
        date = _date(int(found["year"]), month, day)
        if weekday not in (None, date.weekday()):
            raise _ImpossibleError(_other_weekday(date))
        return _Reading(date)
    date = _next(today, month, day)
    if weekday in (None, date.weekday()):
        return _Reading(date)
    following = _next(date + dt.timedelta(days=1), month, day)
    if weekday != following.weekday():
        raise _ImpossibleError(_other_weekday(date))
    return _Reading(following, doubtful=True)


def _counted(found: re.Match[str], today: dt.date) -> dt.date:
    """Return the first, second … or last such weekday of a month; the next, if no year is said."""
    count, weekday = _COUNTED[found["count"]], _WEEKDAYS[found["weekday"]]

    def of(year: int, month: int) -> dt.date:
        weeks = calendar.monthcalendar(year, month)
        days = [week[weekday] for week in weeks if week[weekday]]
        return dt.date(year, month, days[count - 1 if count > 0 else count])

    if not found["month"]:
        this_month = of(today.year, today.month)
        after = today.replace(day=1) + dt.timedelta(days=31)
        return this_month if this_month >= today else of(after.year, after.month)
    month = 1 + _MONTHS[found["month"]]
    if found["year"]:
        return of(_date(int(found["year"]), month, 1).year, month)
    this_year = of(today.year, month)
    return this_year if this_year >= today else of(today.year + 1, month)


def _in_week(found: re.Match[str], today: dt.date, *, over: bool) -> _Reading:
    after = found["after"] or ""
    strictly = "next" in (found["before"], after) or "prochain" in (found["before"], after)
    weeks = {"en huit": 1, "week": 1, "en quinze": 2}.get(after, 0)
    if found["weekend"]:
        # On its Sunday, or when its Saturday is over, this weekend is what is left of it.
        left = today.weekday() == 6 - over and not strictly
        days = int(over) if left else (5 - today.weekday()) % 7
    else:
        days = (_WEEKDAYS[found["weekday"]] - today.weekday()) % 7
    put_off = days == 0 and (strictly or over)
    if put_off:
        days = 7
    put_off |= over and days == 1 and bool(found["weekend"])
    return _Reading(_later(today, days + 7 * weeks), doubtful=strictly or put_off or weeks > 0)


def _next_day(today: dt.date, day: int, weekday: int | None) -> dt.date:
    """Return the next date with this number, on this day of the week if there is one."""
    for date in _coming(today, day):
        if weekday in (None, date.weekday()):
            return date
    raise _ImpossibleError(tr("no month has {n} days", n=day))


def _coming(today: dt.date, day: int) -> Iterator[dt.date]:
    """Yield the dates of the coming months that have this number, for a year."""
    for months in range(13):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        if 1 <= day <= calendar.monthrange(year, month + 1)[1]:
            date = dt.date(year, month + 1, day)
            if date >= today:
                yield date


def _next(today: dt.date, month: int, day: int) -> dt.date:
    """Return the next date of this day and month, today included."""
    _date(_LEAP_YEAR, month, day)
    for year in range(today.year, today.year + _LEAP_YEARS):
        if day <= calendar.monthrange(year, month)[1] and dt.date(year, month, day) >= today:
            return dt.date(year, month, day)
    raise AssertionError(month, day)


def _next_feast(today: dt.date, feast: tuple[int, int] | int) -> dt.date:
    """Return the next date of a feast, today included; some move with Easter."""
    if isinstance(feast, tuple):
        return _next(today, *feast)
    from dateutil.easter import easter  # noqa: PLC0415  # 30 ms, for a feast that moves

    dates = (_later(easter(year), feast) for year in (today.year, today.year + 1))
    return next(date for date in dates if date >= today)


def _date(year: int, month: int, day: int) -> dt.date:
    """Return a date, or say which of its parts no calendar has."""
    if not 1 <= month <= 12:
        raise _ImpossibleError(tr("there is no month {n}", n=month))
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise _ImpossibleError(tr("there is no year {n}", n=year))
    most = calendar.monthrange(year, month)[1]
    if not 1 <= day <= most:
        name = said_in({language: names[month - 1] for language, names in wording.MONTHS.items()})
        facts = {"month": name, "most": most}
        if year != _LEAP_YEAR:
            facts["month"] = joined(" ", [name, str(year)])
        elif month == _FEBRUARY:
            raise _ImpossibleError(tr("{month} has 28 days, and 29 in leap years", **facts))
        raise _ImpossibleError(tr("{month} has {most} days", **facts))
    return dt.date(year, month, day)


def _later(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days=days)


def _other_weekday(day: dt.date) -> Said:
    return tr("that day is {date}", date=wording.date(day))
