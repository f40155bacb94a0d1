"""Read ``calendar.txt`` and ``calendar_dates.txt``: the days each service runs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.read.feed import Services
from lens_routes.timetable.read.fields import parse_choice, parse_date, reason_of

if TYPE_CHECKING:
    from lens_routes.timetable.read.archive import Archive
    from lens_routes.timetable.read.faults import Faults

WEEKLY, DATES = "calendar.txt", "calendar_dates.txt"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ADDED, _REMOVED = 1, 2
#: Days are counted from here while reading.
_EPOCH = dt.date(1970, 1, 1).toordinal()
_FOREVER, _DISTANT = "21991231", ("9999", "2999", "3000")


def read_services(archive: Archive, faults: Faults) -> Services:
    """Return the days of all services; either file will do.

    Raises
    ------
    BadInputError
        Neither file is there.
    """
    if WEEKLY not in archive and DATES not in archive:
        raise faults.refuse(
            WEEKLY, 0, tr("neither {one} nor {other} is there", one=WEEKLY, other=DATES)
        )
    masks = _weekly(archive, faults)
    _apply_dates(archive, faults, masks)
    lowest = min(((m & -m).bit_length() - 1 for m in masks.values() if m), default=0)
    return Services(
        dt.date.fromordinal(_EPOCH + lowest),
        {service: mask >> lowest for service, mask in masks.items()},
    )


def _weekly(archive: Archive, faults: Faults) -> dict[str, int]:
    masks: dict[str, int] = {}
    columns = ("service_id", *_WEEKDAYS, "start_date", "end_date")
    for line, fields in archive.rows(WEEKLY, columns):
        service, *flags, start_text, end_text = fields
        service = service.strip()
        if service in masks:
            faults.mend(
                WEEKLY,
                line,
                tr("service_id {service} again", service=wording.quoted(service)),
                tr("row left out"),
            )
            continue
        try:
            days = [parse_choice(flag, 1) for flag in flags]
            start, end = _span(start_text, end_text, line, faults)
        except ValueError as error:
            faults.mend(WEEKLY, line, reason_of(error), tr("row left out"))
            continue
        masks[service] = _week_mask(days, start, end)
    return masks


def _span(start_text: str, end_text: str, line: int, faults: Faults) -> tuple[dt.date, dt.date]:
    start, end_text = parse_date(start_text), end_text.strip()
    if end_text.startswith(_DISTANT):
        # Some write 99991231 for "until further notice".
        reason = tr("it ends on {day}", day=wording.quoted(end_text))
        faults.mend(WEEKLY, line, reason, tr("taken as {day}", day=_FOREVER))
        end_text = _FOREVER
    end = parse_date(end_text)
    if end < start:
        raise ValueError(tr("it ends on {end} before it starts on {start}", end=end, start=start))
    return start, end


def _exception(text: str) -> int:
    kind = parse_choice(text, _REMOVED)
    if kind not in {_ADDED, _REMOVED}:
        raise ValueError(tr("exception_type {text} is neither 1 nor 2", text=wording.quoted(text)))
    return kind


def _week_mask(days: list[int], start: dt.date, end: dt.date) -> int:
    """Return the days from *start* to *end* whose weekday (Monday first) is set in *days*."""
    length = (end - start).days + 1
    week = sum(days[(start.weekday() + n) % 7] << n for n in range(7))
    weeks = -(-length // 7)
    # A one at every seventh bit, times the week, is the week over and over.
    every_week = ((1 << 7 * weeks) - 1) // 127
    return (week * every_week & ((1 << length) - 1)) << start.toordinal() - _EPOCH


def _apply_dates(archive: Archive, faults: Faults, masks: dict[str, int]) -> None:
    days: dict[str, dt.date] = {}
    seen: dict[tuple[str, str], str] = {}
    for line, fields in archive.rows(DATES, ("service_id", "date", "exception_type")):
        service, date, kind = map(str.strip, fields)
        if seen.setdefault((service, date), kind) != kind:
            reason = tr(
                "{service} both runs and does not on {day}",
                service=wording.quoted(service),
                day=date,
            )
            faults.mend(DATES, line, reason, tr("row left out"))
            continue
        try:
            if date not in days:
                days[date] = parse_date(date)
            exception = _exception(kind)
        except ValueError as error:
            faults.mend(DATES, line, reason_of(error), tr("row left out"))
            continue
        bit = 1 << days[date].toordinal() - _EPOCH
        mask = masks.get(service, 0)
        masks[service] = mask | bit if exception == _ADDED else mask & ~bit
