"""The sun's events at a place, by the ``astral`` package: Meeus's formulas, as NOAA has them."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from lens_routes.geo import Point

_DAY = dt.timedelta(days=1)
#: How far below the horizon the sun stands at an event, degrees: its rim for rise and set, civil
#: twilight for dawn and dusk.
_DEPRESSION = {"sunrise": 0.833, "sunset": 0.833, "dawn": 6.0, "dusk": 6.0}
RISING = frozenset(("sunrise", "dawn"))


@functools.lru_cache(maxsize=4096)
def event_minute(event: str, point: Point, date: dt.date, timezone: str) -> int | None:
    """Return when the sun's event happens, minutes after local midnight, None if it does not.

    Parameters
    ----------
    event
        "sunrise", "sunset", "dawn" or "dusk" (civil twilight).
    point
        The place, WGS 84 degrees.
    date
        The civil day in *timezone* (IANA name).
    """
    zone = ZoneInfo(timezone)
    # The package counts days by UTC: the event of a civil day may be that of a neighbour's.
    for day in (date, date - _DAY, date + _DAY):
        moment = _event(event, point, day)
        if moment is not None and (local := moment.astimezone(zone)).date() == date:
            return local.hour * 60 + local.minute
    return None


def always_light(event: str, point: Point, date: dt.date) -> bool:
    """Say whether the sun stays above an event's depression all day, where it does not happen."""
    from astral import Observer  # noqa: PLC0415  # only where the sun matters
    from astral.sun import elevation, noon  # noqa: PLC0415

    here = Observer(point.lat, point.lon, 0.0)
    midnight = noon(here, date) + dt.timedelta(hours=12)
    return bool(elevation(here, midnight, with_refraction=False) > -_DEPRESSION[event])


def _event(event: str, point: Point, date: dt.date) -> dt.datetime | None:
    from astral import Observer, SunDirection  # noqa: PLC0415  # only where the sun matters
    from astral.sun import time_at_elevation  # noqa: PLC0415

    way = SunDirection.RISING if event in RISING else SunDirection.SETTING
    try:
        return time_at_elevation(
            Observer(point.lat, point.lon, 0.0),
            -_DEPRESSION[event],
            date,
            way,
            with_refraction=False,
        )
    except ValueError:
        return None
