"""Reading days: years, months, dates and weeks; weekdays have a module of their own."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours.read.lexicon import MONTHS
from lens_routes.catalogue.hours.read.weekdays import (
    Groups,
    read_numbers,
    read_offset,
    read_towards,
    read_weekday,
    spell_offset,
)
from lens_routes.catalogue.hours.rules import Native, Range, Selector, YearDay
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.catalogue.hours.read.cursor import Reader

DAY_KINDS = ("weekday", "holiday", "month", "year", "week", "easter")
_LEAP_YEAR = 2024
#: Weeks that end before they begin run over New Year where they begin after this one.
_MIDDLE_WEEK = 26
#: As far as an open end goes.
LAST_YEAR = 9998


class DateReader:
    """Reads the day selectors that begin here into the groups of one rule."""

    def __init__(self, reader: Reader, groups: Groups) -> None:
        self.reader = reader
        self.groups = groups

    @staticmethod
    def begins(reader: Reader) -> bool:
        """Say whether a day selector begins here."""
        return reader.token.kind in DAY_KINDS

    def read(self) -> None:
        """Read one list of selectors."""
        reader = self.reader
        if reader.peek_kind("weekday"):
            self._list(lambda: read_weekday(reader, self.groups, "weekday"))
        elif reader.peek_kind("holiday"):
            kind = "weekday" if reader.peek(",", 1) else "holiday"
            self._list(lambda: read_weekday(reader, self.groups, kind))
        elif self.date_begins(reader):
            self._list(lambda: self._date("monthday"))
        elif reader.peek_kind("month"):
            self._list(lambda: self._date("month"))
        elif reader.peek_kind("year"):
            self._list(self._years)
        else:
            self._list(self._weeks)

    def _list(self, item: Callable[[], None]) -> None:
        """Read items joined by commas."""
        item()
        while self.reader.take(","):
            item()

    def _add(self, kind: str, selector: Selector) -> None:
        self.groups.setdefault(kind, []).append(selector)

    @staticmethod
    def date_begins(reader: Reader) -> bool:
        """Say whether a date (not a month alone) begins here."""
        steps = 0
        if reader.ahead(steps).kind == "year":
            steps += 1
            if reader.ahead(steps + 1).kind == "weekday":
                return False
        if reader.ahead(steps).kind == "easter":
            return True
        if not reader.peek_kind("month", "number", start=steps):
            return reader.peek_kind("month", "weekday", "[", start=steps) and _nth_range(
                reader, steps
            )
        clock = reader.peek_kind(":", "number", start=steps + 2)
        return not clock or reader.peek(":", steps + 4)

    def _date(self, kind: str) -> None:
        """Read a month, a range of months, a date or a range of dates."""
        reader = self.reader
        if not self.date_begins(reader):
            if kind == "monthday" and reader.peek_kind("month", "weekday", "["):
                reader.refuse(
                    tr("a date and a weekday of a month cannot share a list"),
                    tr('Write two rules: "Dec 25 off; Nov Th[4] off".'),
                )
            self._months(kind)
            return
        year = reader.advance().number if reader.peek_kind("year") else None
        if reader.peek_kind("month", "number"):
            if self._range_follows(2):
                self._range(kind, year)
            elif reader.peek("+", 2) and not reader.peek_kind("number", "days", start=3):
                first = self._year_day(200)
                reader.advance()
                last_year = (year, LAST_YEAR) if year else None
                self._add(kind, Range(first, YearDay("Dec 31"), last_year))
            else:
                self._days(kind, year)
            return
        single = reader.at
        day = self._year_day(200)
        if reader.peek("-"):
            reader.at = single
            self._range(kind, year)
        elif day.towards:
            self._add(kind, Range(day, day, (year, year) if year else None))
        else:
            prefix = f"{year} " if year else ""
            self._add(kind, Native(f"{prefix}{day.text}{spell_offset(day.offset_days)}"))

    def _months(self, kind: str) -> None:
        reader = self.reader
        first = reader.expect("month", tr("a month or a date is missing"), _date_hint()).text
        if reader.peek_kind("-", "month"):
            reader.advance()
            self._add(kind, Native(f"{first}-{reader.advance().text}"))
        else:
            self._add(kind, Native(first))

    def _range_follows(self, steps: int) -> bool:
        reader = self.reader
        if not reader.peek("-", steps):
            return False
        return reader.ahead(steps + 1).kind in ("year", "month", "easter")

    def _range(self, kind: str, year: int | None) -> None:
        """Read ``Jan 23-Feb 12``, whose ends may hang on easter or a weekday of the month."""
        reader = self.reader
        first = self._year_day(200)
        reader.expect("-", tr("the end of the range is missing"), _date_hint())
        to_year = reader.advance().number if reader.peek_kind("year") else None
        if (year is None) != (to_year is None):
            reader.refuse(
                tr("one end of the range has a year, the other has none"),
                tr('Write "2026 Dec 20-2027 Jan 05".'),
            )
        by_easter = reader.peek_kind("easter")
        last = self._year_day(366)
        if year is not None and to_year is not None and to_year < year:
            reader.refuse(tr("the range ends before it begins"), _date_hint(), -1)
        years = (year, to_year) if year is not None and to_year is not None else None
        self._add(kind, Range(first, last, years, last_disputed=by_easter))

    def _year_day(self, limit: int) -> YearDay:
        """Read one day of the year, with its offset."""
        reader = self.reader
        if reader.peek_kind("easter"):
            reader.advance()
            return YearDay("easter", read_offset(reader, limit), read_towards(reader))
        month = reader.expect("month", tr("a month is missing"), _date_hint()).text
        if reader.peek_kind("weekday", "["):
            weekday = reader.advance().text
            reader.advance()
            numbers = read_numbers(reader)
            if len(numbers) != 1:
                reader.refuse(tr("a range begins and ends on one day"), _date_hint(), -1)
            return YearDay(f"{month} {weekday}[{numbers[0]}]", read_offset(reader, 6))
        day = self._day_of(month)
        return YearDay(f"{month} {day:02d}")

    def _days(self, kind: str, year: int | None) -> None:
        """Read ``Dec 24-26,31`` or ``Jan 01-31/8``."""
        reader = self.reader
        month = reader.advance().text
        prefix = f"{year} {month}" if year else month
        while True:
            first = last = self._day_of(month)
            step = 1
            if reader.peek_kind("-", "number") and not reader.peek(":", 2):
                reader.advance()
                last = self._day_of(month)
                if last < first:
                    reader.refuse(tr("the range runs backwards"), _date_hint(), -1)
                if reader.take("/"):
                    step = self._step(31)
            to_leap_day = month == "Feb" and last == 29 and last > first
            if step == 1:
                text = f"{prefix} {first:02d}" + (f"-{last:02d}" if last > first else "")
                self._add(kind, Native(text, to_leap_day))
            else:
                for day in range(first, last + 1, step):
                    self._add(kind, Native(f"{prefix} {day:02d}", to_leap_day))
            if not reader.peek_kind(",", "number") or reader.peek(":", 2):
                return
            reader.advance()

    def _day_of(self, month: str) -> int:
        reader = self.reader
        day = reader.expect("number", tr("the day of the month is missing"), _date_hint()).number
        length = calendar.monthrange(_LEAP_YEAR, MONTHS.index(month) + 1)[1]
        if not 1 <= day <= length:
            reader.refuse(
                tr("{month} has no day {day}", month=month, day=day),
                tr("Its days are 1 to {length}.", length=length),
                -1,
            )
        return day

    def _years(self) -> None:
        reader, hint = self.reader, tr('Write "2026", "2026-2028", "2026+" or "2026-2036/2".')
        first = reader.expect("year", tr("a year is missing"), hint).number
        last, step = first, 1
        if reader.take("+") or reader.peek("/"):
            last = 9999
        elif reader.take("-"):
            last = reader.expect("year", tr("the last year is missing"), hint).number
            if last <= first:
                reader.refuse(tr("{last} is not after {first}", last=last, first=first), hint, -1)
        if reader.take("/"):
            step = self._step(99)
        span = f"-{last}" if last > first else ""
        self._add("year", Native(f"{first}{span}" + (f"/{step}" if step > 1 else "")))

    def _weeks(self) -> None:
        reader, hint = self.reader, tr('Weeks are numbered 01 to 53: "week 10-20", "week 01-53/2".')
        if reader.peek_kind("week"):
            reader.advance()
        first = last = reader.expect("number", tr("the number of the week is missing"), hint).number
        step = 1
        if reader.peek_kind("-", "number"):
            reader.advance()
            last = reader.advance().number
        over_new_year = first > _MIDDLE_WEEK >= last
        if not (1 <= first <= 53 and 1 <= last <= 53) or (first > last and not over_new_year):
            reader.refuse(tr("there are no such weeks"), hint, -1)
        if reader.take("/"):
            step = self._step(26)
        spans = [(first, 53), (1, last)] if over_new_year else [(first, last)]
        for begin, end in spans:
            span = f"-{end:02d}" if end > begin else ""
            self._add("week", Native(f"week {begin:02d}{span}" + (f"/{step}" if step > 1 else "")))

    def _step(self, limit: int) -> int:
        reader, hint = (
            self.reader,
            tr("Write a number from 2 to {limit} after the slash.", limit=limit),
        )
        step = reader.expect("number", tr("the step after the slash is missing"), hint).number
        if not 2 <= step <= limit:
            reader.refuse(tr("{step} is no step", step=step), hint, -1)
        return step


def _date_hint() -> str:
    return tr('Write dates as "Jan 05-Feb 10" or "2026 Dec 24".')


def _nth_range(reader: Reader, steps: int) -> bool:
    """Say whether ``Mar Su[-1] …`` goes on as a range rather than as a month and a weekday."""
    steps += 3
    while reader.ahead(steps).text in ("-", ",") or reader.ahead(steps).kind == "number":
        steps += 1
    if not reader.peek("]", steps):
        return False
    steps += 1
    signed = reader.peek("+", steps) or reader.peek("-", steps)
    if signed and reader.peek_kind("number", "days", start=steps + 1):
        steps += 3
    return reader.peek("-", steps)
