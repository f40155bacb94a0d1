"""Which days a rule selects: the library answers for its selectors, a calendar for holidays."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.read.lexicon import MONTHS, WEEKDAYS
from lens_routes.catalogue.hours.rules import Holiday, Range, Rule, Selector, YearDay

if TYPE_CHECKING:
    from collections.abc import Mapping

    import opening_hours

    from lens_routes.catalogue.hours.evaluate.holidays import Holidays

#: A fact nobody here knows: what it is about, and the day.
Question = tuple[str, dt.date]
_DAY = dt.timedelta(days=1)
_NOON = dt.time(12)


class Days:
    """Tells which days selectors choose, in one of the worlds that what is unknown allows.

    Parameters
    ----------
    holidays
        The calendar of the country; it may not know.
    world
        Answers assumed for questions nobody here can answer. What is asked beyond them is taken
        as "no" and noted in ``asked``.
    """

    def __init__(self, holidays: Holidays, world: Mapping[Question, bool]) -> None:
        self.holidays = holidays
        self.world = world
        self.asked: set[Question] = set()

    def match(self, rule: Rule, date: dt.date) -> bool:
        """Say whether every group of a rule's selectors has one that chooses the date."""
        timed = bool(rule.times)
        return all(
            any(self._chooses(one, date, timed=timed) for one in group) for group in rule.dates
        )

    def _chooses(self, selector: Selector, date: dt.date, *, timed: bool) -> bool:
        if isinstance(selector, Holiday):
            return self._holiday(selector, date - selector.offset_days * _DAY)
        if isinstance(selector, Range):
            return self._in_range(selector, date, timed=timed)
        chosen = by_name(selector.text, date)
        if chosen is None:
            chosen = _library(selector.text).is_open(dt.datetime.combine(date, _NOON))
        if chosen and selector.to_leap_day and not calendar.isleap(date.year):
            return self._assumed(("leap day", date))
        return chosen

    def _holiday(self, selector: Holiday, date: dt.date) -> bool:
        known = self.holidays.is_holiday(selector.kind, date)
        return self._assumed((selector.kind, date)) if known is None else known

    def _in_range(self, selector: Range, date: dt.date, *, timed: bool) -> bool:
        """Ask the ranges that begin this year, the one before and the one after.

        One may run over New Year, or be pushed over it: ``Dec 20-Dec Su[-1] +4 days``.
        """
        if selector.years:
            return self._within(selector, *selector.years, date, timed=timed)
        return any(
            self._within(selector, year, year, date, timed=timed)
            for year in (date.year, date.year - 1, date.year + 1)
        )

    def _within(
        self, selector: Range, from_year: int, to_year: int, date: dt.date, *, timed: bool
    ) -> bool:
        first, last = _on_year(selector.first, from_year), _last_on_year(selector.last, to_year)
        if first is not None and last is not None and last < first:
            if last + _DAY == first:
                return self._assumed(("whole year", date))
            last = _last_on_year(selector.last, to_year + 1)
            following = _on_year(selector.first, from_year + 1)
            if last is not None and following is not None and following < last:
                last = None  # only this year's easter lies beyond the end
        if first is None or last is None:
            return from_year == date.year and self._assumed(("no such day", date))
        if selector.last.text == "Feb 29" and last.day == 28 and date == last + _DAY:
            return self._assumed(("leap day", date))
        if selector.last_disputed and date == last and not timed:
            return self._assumed(("last day", date))
        return first <= date <= last

    def _assumed(self, question: Question) -> bool:
        self.asked.add(question)
        return self.world.get(question, False)


def by_name(selector: str, date: dt.date) -> bool | None:
    """Tell whether weekdays, or months, choose a day; None of what is not so plain.

    Most hours say no more, and the library takes 5 ms to load.
    """
    first, _, last = selector.partition("-")
    for names, number in ((WEEKDAYS, date.weekday()), (MONTHS, date.month - 1)):
        if first in names and (last or first) in names:
            begin, end = names.index(first), names.index(last or first)
            return begin <= number <= end if begin <= end else not end < number < begin
    return None


@functools.lru_cache(maxsize=4096)
def _library(selector: str) -> opening_hours.OpeningHours:
    import opening_hours  # noqa: PLC0415  # 5 ms, where days are more than names

    return opening_hours.OpeningHours(selector)


def _towards(date: dt.date, weekday: str) -> dt.date:
    """Move a day to the weekday before ("-Fr") or after ("+Fr") it, if it is asked for."""
    if not weekday:
        return date
    step = -_DAY if weekday[0] == "-" else _DAY
    date += step
    while date.weekday() != WEEKDAYS.index(weekday[1:]):
        date += step
    return date


def _last_on_year(day: YearDay, year: int) -> dt.date | None:
    """Return the last day of a range: of February where it is to end on the 29th."""
    if day.text == "Feb 29" and not calendar.isleap(year):
        return dt.date(year, 2, 28)
    return _on_year(day, year)


@functools.lru_cache(maxsize=4096)
def _on_year(day: YearDay, year: int) -> dt.date | None:
    """Return the date of a day of the year, None if that year has none."""
    if day.text == "Feb 29" and not calendar.isleap(year):
        return dt.date(year, 3, 1)
    month, _, number = day.text.partition(" ")
    if month in MONTHS and number.isdecimal():
        date = dt.date(year, MONTHS.index(month) + 1, int(number))
        return _towards(date + day.offset_days * _DAY, day.towards)
    from opening_hours import State  # noqa: PLC0415  # 5 ms, where dates are more than names

    begin, end = dt.datetime(year, 1, 1), dt.datetime(year + 1, 1, 1)  # noqa: DTZ001  # civil days
    for start, _, state, _ in _library(day.text).intervals(begin, end):
        if state == State.OPEN:
            return _towards(start.date() + day.offset_days * _DAY, day.towards)
    return None
