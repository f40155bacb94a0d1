"""The plan: the document every output starts from (``lens-routes/plan/2`` in docs/schemas).

Times are aware datetimes, positions WGS 84 degrees (lon, lat), lengths metres, durations seconds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

from lens_routes.plan.amenity import Amenity
from lens_routes.plan.leg import Leg
from lens_routes.plan.values import (
    Always,
    Choice,
    Degrees,
    Key,
    Signed,
    Spare,
    Tenths,
    Whole,
)
from lens_routes.plan.waypoint import Waypoint

SCHEMA = "lens-routes/plan/2"
#: What is read: before version 2 nobody came with a vehicle of his own.
SCHEMAS = (SCHEMA, "lens-routes/plan/1")


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit or a break: arrive, perhaps wait, begin, leave.

    ``place_kind`` is the catalogue's kind of the place, such as ``museum``, and ``kind_name`` what
    the catalogue calls it; ``off_theme`` tells
    that it bears none of the themes asked for and fills the day; ``opening`` is ``open``
    or ``unknown``; ``hours`` says that day's opening in words, ``description`` what is worth
    reading about the place, ``entry_eur`` what one adult pays (None: not known) in ``currency``
    (ISO 4217; None: euros, after which the field was named), and
    ``slack_minutes`` how late one may arrive and the rest of the day still works. ``tables`` are
    places to eat near a meal's break that are open then.
    """

    kind: Annotated[str, Choice(("visit", "break"))]
    place: str | None
    place_kind: str = field(default="", kw_only=True)
    kind_name: Spare[str | None] = field(default=None, kw_only=True)
    off_theme: bool = field(default=False, kw_only=True)
    name: str
    lon: Degrees
    lat: Degrees
    arrive: dt.datetime
    begin: dt.datetime
    leave: dt.datetime
    opening: Annotated[str, Choice(("open", "unknown"))]
    slack_minutes: int
    score: float
    hours: str = ""
    description: str = ""
    notes: Always[tuple[str, ...]] = ()
    entry_eur: float | None = None
    currency: Spare[str | None] = None
    tables: Spare[tuple[Amenity, ...]] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of one day.

    ``worth`` is what the visits count for, ``effort`` what the ways cost, and ``score`` the one
    less the other. ``ride_m`` are the metres by a vehicle of one's own. ``co2_g`` are the grams of
    CO2 equivalent of the rides, ``car_co2_g`` of the same ways by car; None where nothing is
    ridden. ``ascent_m`` and ``descent_m`` are those of all ways one takes oneself; None where any
    of them is not known.
    """

    walk_m: Tenths
    walk_s: Whole
    ride_s: Whole
    ride_m: Spare[Tenths | None] = field(default=None, kw_only=True)
    visit_s: Whole
    wait_s: Whole
    worth: Spare[float | None] = field(default=None, kw_only=True)
    effort: Spare[float | None] = field(default=None, kw_only=True)
    score: Signed
    co2_g: Spare[Tenths | None] = None
    car_co2_g: Spare[Tenths | None] = None
    ascent_m: Spare[Tenths | None] = None
    descent_m: Spare[Tenths | None] = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the plan; ``legs`` has one more item than ``stops``.

    ``holiday`` is what the public holiday is called that the day is, empty where it is none.
    """

    date: dt.date
    holiday: str = field(default="", kw_only=True)
    start: Waypoint
    end: Waypoint
    start_time: Annotated[dt.datetime, Key("start.time")]
    end_time: Annotated[dt.datetime, Key("end.time")]
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    totals: Totals


class LeftOut(NamedTuple):
    """A place that qualified and is not in the tour, with a true reason.

    ``obstacle`` is the kind of the reason, empty where no kind is known; ``amount`` by how much the
    place does not fit, metres, seconds, cents or visits, None where something else is in the way
    too; ``instead_of`` the visits it could come in place of.
    """

    place: str
    reason: str
    name: Annotated[str, Key(before="reason")] = ""
    obstacle: str = ""
    amount: float | None = None
    instead_of: tuple[str, ...] = ()


#: What a hint may be about.
HINTS = ("closed-day", "off-theme", "late-start", "no-ride", "flagship", "left-out")


class Hint(NamedTuple):
    """What a person should hear of a plan as a whole, and what would change it.

    ``about`` is ``closed-day``, ``off-theme`` (nothing that was asked for is in the day),
    ``late-start``, ``no-ride`` or ``flagship``, said before all else, or ``left-out``, said after.
    ``text`` is for everybody; ``option`` is what to type to have it otherwise, for who plans at a
    terminal, and empty where nothing would help.
    """

    about: Annotated[str, Choice(HINTS)]
    text: str
    option: str = ""


class Flagship(NamedTuple):
    """A place worth the journey, of a theme asked for: in the tour, or why it is not."""

    place: str
    name: str
    visited: bool
    reason: Always[str] = ""


class Provenance(NamedTuple):
    """Where data behind the plan come from."""

    data: str
    source: str
    date: str
    licence: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A planned tour: what was asked, the days, and how far the answer can be trusted.

    ``theme_names`` are what the catalogue calls the themes asked for. ``cancelled`` are stops that
    were planned before the rest of the day was planned anew, and are no longer in it, and
    ``cancelled_rides`` the ways with rides that were ahead then, whether still taken or not.
    ``id`` says which tour this is, however it is edited: see `lens_routes.plan.tour_id`.
    """

    created: dt.datetime
    program: str
    request: dict[str, Any]
    theme_names: Spare[tuple[str, ...]] = field(default=(), kw_only=True)
    days: tuple[Day, ...]
    score: Signed
    bound: Signed | None
    proven: bool
    left_out: Always[tuple[LeftOut, ...]] = ()
    cancelled: Spare[tuple[Stop, ...]] = field(default=(), kw_only=True)
    cancelled_rides: Spare[tuple[Leg, ...]] = field(default=(), kw_only=True)
    flagships: tuple[Flagship, ...] = ()
    hints: tuple[Hint, ...] = ()
    warnings: Always[tuple[str, ...]] = ()
    provenance: Always[tuple[Provenance, ...]] = ()
    id: str = ""

    @property
    def visited(self) -> tuple[str, ...]:
        """Return the ids of the places visited, in their order."""
        return tuple(stop.place for day in self.days for stop in day.stops if stop.place)
