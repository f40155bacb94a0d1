"""What opening hours answer: spans of time that are open, closed or unknown."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import datetime as dt

    from lens_routes.geo import Point


class Opening(StrEnum):
    """Whether a place can be visited; unknown is never shown as open."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Span(NamedTuple):
    """A stretch of time of one state, from ``begin`` up to but not including ``end``."""

    begin: dt.datetime
    end: dt.datetime
    state: Opening
    comment: str = ""


class HoursContext(NamedTuple):
    """Where a place stands, as far as its hours depend on it.

    Parameters
    ----------
    timezone
        IANA name of the time zone the hours are written in.
    country
        ISO 3166 code of the country whose public holidays ``PH`` means; empty when none is known,
        and then a value that names holidays is refused.
    school_zone
        The French school zone ``SH`` means: "B" for the académie de Lille.
    coordinates
        WGS 84 position for sunrise and sunset; None evaluates them as unknown.
    region
        ISO 3166-2 code of the region, such as "FR-62"; without it a day that only some regions of
        the country keep is unknown.
    """

    timezone: str = "Europe/Paris"
    country: str = "FR"
    school_zone: str = "B"
    coordinates: Point | None = None
    region: str = "FR-62"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.timezone)


class DayOpening(NamedTuple):
    """What one civil day at a place looks like.

    ``windows`` are the spans of that day that are open or unknown, in order; a span that begins on
    the day and runs past midnight keeps its true end. ``state`` is the best of them, ``note`` says
    what a visitor should know, empty when the hours speak for themselves.
    """

    date: dt.date
    windows: tuple[Span, ...]
    state: Opening
    note: str = ""
