"""A time zone as iCalendar spells it out (RFC 5545, section 3.6.5), from the zone database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Change:
    """A moment the clocks change: where they stood until then, and what holds from then on."""

    local: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    summer: bool


def vtimezone(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[str]:
    """Yield the lines of the VTIMEZONE that is right from *first_year* to *last_year*.

    Where the clocks change by the same rule in all these years, such as on the last Sunday of
    March, the rule is given, which Outlook insists on; else each change by its date.
    """
    begin = dt.datetime(first_year - 1, 1, 1, tzinfo=dt.UTC)
    changes = _changes(zone, begin, dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC))
    if not changes or changes[0].local.year >= first_year:
        changes.insert(0, _constant(zone, begin))
    kinds: dict[tuple[object, ...], list[_Change]] = {}
    for change in changes:
        kinds.setdefault((change.before, change.after, change.name), []).append(change)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    for kind in kinds.values():
        yield from _observance(kind)
    yield "END:VTIMEZONE"


def _observance(changes: Sequence[_Change]) -> Iterator[str]:
    first = changes[0]
    part = "DAYLIGHT" if first.summer else "STANDARD"
    yield f"BEGIN:{part}"
    yield f"DTSTART:{_local(first.local)}"
    rule = _yearly_rule(changes)
    if rule:
        yield f"RRULE:{rule}"
    elif len(changes) > 1:
        yield f"RDATE:{','.join(_local(change.local) for change in changes[1:])}"
    yield f"TZOFFSETFROM:{_offset(first.before)}"
    yield f"TZOFFSETTO:{_offset(first.after)}"
    yield f"TZNAME:{first.name}"
    yield f"END:{part}"


def _changes(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> list[_Change]:
    """Return the changes of the clocks between two moments, found to the second."""
    found = []
    day = dt.timedelta(days=1)
    moment = begin
    while moment < end:
        if _state(zone, moment) != _state(zone, moment + day):
            low, high = moment, moment + day
            while high - low > dt.timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if _state(zone, middle) == _state(zone, low):
                    low = middle
                else:
                    high = middle
            found.append(_change(zone, low, high))
        moment += day
    return found


def _state(zone: ZoneInfo, moment: dt.datetime) -> tuple[dt.timedelta, str, bool]:
    local = moment.astimezone(zone)
    return local.utcoffset() or dt.timedelta(), local.tzname() or "", bool(local.dst())


def _change(zone: ZoneInfo, last: dt.datetime, first: dt.datetime) -> _Change:
    before, _, _ = _state(zone, last)
    after, name, summer = _state(zone, first)
    # An onset is told by the clock that was right until then.
    return _Change(first.replace(tzinfo=None) + before, before, after, name, summer)


def _constant(zone: ZoneInfo, begin: dt.datetime) -> _Change:
    offset, name, _ = _state(zone, begin)
    return _Change(begin.replace(tzinfo=None), offset, offset, name, summer=False)


def _yearly_rule(changes: Sequence[_Change]) -> str:
    """Return the rule that makes exactly these changes, one a year; empty where none does."""
    locals_ = [change.local for change in changes]
    years = [local.year for local in locals_]
    if len(years) < 2 or years != list(range(years[0], years[0] + len(years))):
        return ""
    if len({(local.month, local.weekday(), local.time()) for local in locals_}) > 1:
        return ""
    month, weekday = locals_[0].month, _DAYS[locals_[0].weekday()]
    if all((local + dt.timedelta(days=7)).month != local.month for local in locals_):
        return f"FREQ=YEARLY;BYMONTH={month};BYDAY=-1{weekday}"
    weeks = {(local.day - 1) // 7 + 1 for local in locals_}
    return f"FREQ=YEARLY;BYMONTH={month};BYDAY={weeks.pop()}{weekday}" if len(weeks) == 1 else ""


def _local(moment: dt.datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def _offset(offset: dt.timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    minutes, seconds = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60:02d}{minutes % 60:02d}" + (f"{seconds:02d}" if seconds else "")
