"""The sun's events at a place, by the library's own calculation."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import opening_hours

    from lens_routes.geo import Point

#: Beyond this latitude the sun may not rise or set, and the library's answers mean other things.
_POLAR_LATITUDE = 64.0


def event_minute(event: str, point: Point, date: dt.date, timezone: str) -> int | None:
    """Return when the sun's event happens, minutes after local midnight, None if unknown.

    Parameters
    ----------
    event
        "sunrise", "sunset", "dawn" or "dusk" (civil twilight).
    point
        The place, WGS 84 degrees.
    date
        The civil day in *timezone* (IANA name).
    """
    from opening_hours import State  # noqa: PLC0415  # 18 ms, only where hours are evaluated

    if abs(point.lat) > _POLAR_LATITUDE:
        return None
    zone = ZoneInfo(timezone)
    begin = dt.datetime.combine(date, dt.time(), zone)
    end = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), zone)
    for start, _, state, _ in _library(event, point, timezone).intervals(begin, end):
        if state == State.OPEN and start > begin:
            return start.hour * 60 + start.minute
    return None


@functools.lru_cache(maxsize=4096)
def _library(event: str, point: Point, timezone: str) -> opening_hours.OpeningHours:
    import opening_hours  # noqa: PLC0415  # 18 ms, only where hours are evaluated

    return opening_hours.OpeningHours(
        f"{event}-24:00",
        timezone=ZoneInfo(timezone),
        coords=(point.lat, point.lon),
        auto_country=False,  # loading the borders costs 100 ms, and the sun does not need them
    )
