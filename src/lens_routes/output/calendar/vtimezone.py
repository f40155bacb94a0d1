"""A time zone as iCalendar spells it out (RFC 5545, section 3.6.5), from the zone database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from icalendar import Component

_NONE = dt.timedelta()
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Change:
    """A moment the clocks change: where they stood until then, and what holds from then on."""

    local: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    summer: bool


def vtimezone(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """Return the VTIMEZONE that is right from *first_year* to *last_year*.

    Where the clocks change by the same rule in all these years, such as on the last Sunday of
    March, the rule is given, which Outlook insists on; else each change by its date. What
    ``icalendar`` itself makes of a zone has no rules, and in spring changes an hour late.
    """
    begin = dt.datetime(first_year - 1, 1, 1, tzinfo=dt.UTC)
    changes = _changes(zone, begin, dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC))
    if not changes or changes[0].local.year >= first_year:
        changes.insert(0, _constant(zone, begin))
    kinds: dict[tuple[object, ...], list[_Change]] = {}
    for change in changes:
        kinds.setdefault((change.before, change.after, change.name), []).append(change)
    timezone = Timezone()
    timezone.add("TZID", zone.key)
    for kind in kinds.values():
        timezone.add_component(_observance(kind))
    return timezone


def _observance(changes: Sequence[_Change]) -> Component:
    first = changes[0]
    part = TimezoneDaylight() if first.summer else TimezoneStandard()
    part.add("DTSTART", first.local)
    if rule := _yearly_rule(changes):
        part.add("RRULE", rule)
    elif len(changes) > 1:
        part.add("RDATE", [change.local for change in changes[1:]])
    part.add("TZOFFSETFROM", first.before)
    part.add("TZOFFSETTO", first.after)
    part.add("TZNAME", first.name)
    return part


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


def _state(zone: ZoneInfo, moment: dt.datetime) -> tuple[dt.timedelta, str, dt.timedelta]:
    local = moment.astimezone(zone)
    return local.utcoffset() or _NONE, local.tzname() or "", local.dst() or _NONE


def _change(zone: ZoneInfo, last: dt.datetime, first: dt.datetime) -> _Change:
    before, _, saved_before = _state(zone, last)
    after, name, saved = _state(zone, first)
    # By the zone database Ireland saves an hour less than none in winter; calendars know only
    # summers that save more.
    summer = saved > min(saved_before, _NONE)
    # An onset is told by the clock that was right until then.
    return _Change(first.replace(tzinfo=None) + before, before, after, name, summer)


def _constant(zone: ZoneInfo, begin: dt.datetime) -> _Change:
    offset, name, _ = _state(zone, begin)
    return _Change(begin.replace(tzinfo=None), offset, offset, name, summer=False)


def _yearly_rule(changes: Sequence[_Change]) -> dict[str, str | int] | None:
    """Return the rule that makes exactly these changes, one a year; None where none does."""
    locals_ = [change.local for change in changes]
    years = [local.year for local in locals_]
    if len(years) < 2 or years != list(range(years[0], years[0] + len(years))):
        return None
    if len({(local.month, local.weekday(), local.time()) for local in locals_}) > 1:
        return None
    if all((local + dt.timedelta(days=7)).month != local.month for local in locals_):
        week = -1
    else:
        weeks = {(local.day - 1) // 7 + 1 for local in locals_}
        if len(weeks) > 1:
            return None
        week = weeks.pop()
    day = f"{week}{_DAYS[locals_[0].weekday()]}"
    return {"FREQ": "YEARLY", "BYMONTH": locals_[0].month, "BYDAY": day}
