"""The rules a value is made of, as data.

A rule says: on the days that all its selectors agree on, at these times, the state is so.
`hours.read.grammar` reads them, `hours.evaluate.opening_hours` asks them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lens_routes.catalogue.hours.model import Opening

DAY_MIN = 24 * 60
#: When the sun's events are taken to happen where only the order of two times matters, minutes.
_USUAL_MIN = {"dawn": 330, "sunrise": 360, "sunset": 1080, "dusk": 1110}


class Joint(StrEnum):
    """How a rule joins those before it."""

    NORMAL = ";"  # replaces them on the days it selects
    ADDITIONAL = ","  # adds its times to theirs
    FALLBACK = "||"  # speaks only where they leave the place closed


class Native(NamedTuple):
    """Days chosen by one selector the library evaluates, in OSM syntax: ``week 01-53/2``.

    ``to_leap_day`` marks dates up to February 29: what they mean in other years is disputed.
    """

    text: str
    to_leap_day: bool = False


class YearDay(NamedTuple):
    """One day a year, as a selector and an offset in days: ``Mar Su[-1] -1 day``.

    ``towards`` moves it on to the weekday before or after: ``easter -Fr``.
    """

    text: str
    offset_days: int = 0
    towards: str = ""


class Range(NamedTuple):
    """Days from one day of the year to another, both included, in one year, or every year.

    With ``years`` (of the first day, of the last) it happens once. ``last_disputed`` marks a last
    day that the specification counts and the reference implementation does not.
    """

    first: YearDay
    last: YearDay
    years: tuple[int, int] | None = None
    last_disputed: bool = False


class Holiday(NamedTuple):
    """Public ("PH") or school ("SH") holidays, moved by ``offset_days``."""

    kind: str
    offset_days: int = 0


Selector = Native | Range | Holiday


class Clock(NamedTuple):
    """A time of day: minutes after midnight, or after an event of the sun where one is named."""

    minutes: int
    event: str = ""


def usual_minute(clock: Clock) -> int:
    """Return about when a time of day is, minutes after midnight."""
    return clock.minutes + _USUAL_MIN.get(clock.event, 0)


class TimeSpan(NamedTuple):
    """From one time of day to another; an open end is a guess of how long it lasts.

    With ``every``, minutes, it is points in time: the begin and each one after it, up to the end.
    """

    begin: Clock
    end: Clock
    open_end: bool = False
    every: int = 0


class Rule(NamedTuple):
    """One rule; ``dates`` is a conjunction of alternatives, no ``times`` mean the whole day."""

    joint: Joint
    dates: tuple[tuple[Selector, ...], ...]
    times: tuple[TimeSpan, ...]
    state: Opening
    comment: str
