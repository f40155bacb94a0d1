"""The planner's clock: seconds since the midnight the first day of a tour begins with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class TourClock(NamedTuple):
    """Seconds since the midnight the first day of a tour begins with, and back.

    Counted through UTC, so that both days on which clocks change keep their true length.
    """

    date: dt.date
    zone: ZoneInfo

    @property
    def midnight(self) -> dt.datetime:
        """The instant the day begins, in UTC."""
        return dt.datetime.combine(self.date, dt.time(), self.zone).astimezone(dt.UTC)

    def seconds(self, moment: dt.datetime) -> int:
        """Return the whole seconds from midnight to an aware *moment*."""
        return int((moment.astimezone(dt.UTC) - self.midnight).total_seconds())

    def moment(self, seconds: int) -> dt.datetime:
        """Return the local time *seconds* after midnight."""
        return (self.midnight + dt.timedelta(seconds=seconds)).astimezone(self.zone)

    def at(self, date: dt.date, time: dt.time) -> int:
        """Return the seconds from midnight to a local time of a date."""
        return self.seconds(dt.datetime.combine(date, time, self.zone))
