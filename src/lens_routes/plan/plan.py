"""The plan: the document every output starts from (``lens-routes/plan/2`` in docs/schemas).

Times are aware datetimes, positions WGS 84 degrees (lon, lat), lengths metres, durations seconds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any

from lens_routes.geo import Point
from lens_routes.plan.amenity import Amenity
from lens_routes.plan.values import (
    Always,
    Choice,
    Degrees,
    Key,
    Kind,
    Number,
    Signed,
    Spare,
    Tenths,
    Whole,
    entries,
)
from lens_routes.plan.waypoint import Waypoint

SCHEMA = "lens-routes/plan/2"
#: What is read: before version 2 nobody came with a vehicle of his own.
SCHEMAS = (SCHEMA, "lens-routes/plan/1")

Mode = Annotated[str, Choice(("walk", "transit", "bike", "car"))]
#: When a ride without a change leaves and comes.
_TIMES = {"depart": dt.datetime, "arrive": dt.datetime}
_DIRECT = Annotated[dict[str, Any], entries(_TIMES, {})]
Ride = Annotated[
    dict[str, Any],
    entries(
        {"line": str, "from_stop": str, "to_stop": str, **_TIMES},
        {"headsign": str, "trip_id": str, "feed": str, "next": _DIRECT, "last": _DIRECT}
        | {"length_m": float},
    ),
]

#: Metres of a way by what it is made of.
SURFACES = ("paved", "firm", "loose", "unknown")
Surface = Annotated[dict[str, Any], entries(dict.fromkeys(SURFACES, float), {})]

#: Metres above the sea, to a tenth.
Height = Annotated[float, Number(digits=1, signed=True)]


def elapsed_s(begin: dt.datetime, end: dt.datetime) -> float:
    """Return the seconds that pass between two aware moments, also while the clocks change.

    Python subtracts two moments of one zone as their clocks show them.
    """
    return (end.astimezone(dt.UTC) - begin.astimezone(dt.UTC)).total_seconds()


class Grade(StrEnum):
    """How far a leg can be trusted."""

    STREETS = "streets"  # traced through the street network, with directions
    TABLE = "table"  # a street distance computed earlier, no trace
    ESTIMATE = "estimate"  # great circle times a fitted detour factor


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a leg; ``distance_m`` is walked after obeying it."""

    instruction: str
    street: str
    distance_m: Tenths


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one stop to the next.

    ``main_road_m`` and ``steps_m`` are the metres of it along main roads and on stairs, None when
    the grade cannot tell; ``geometry`` and ``steps`` exist for grade ``streets`` only.

    A leg that is not walked has ``parts``: the walks and rides it consists of, in order, each with
    its own piece of ``geometry`` and ``steps``. Its ``distance_m`` is what one walks, its
    ``ride_m`` what one goes by a vehicle of one's own; each part's ``distance_m`` is its length. By
    public transport it has ``rides``, which leave when they leave, and ``direct_m`` is how far it
    is along the streets. The part by a vehicle of one's own leads between two ``spots`` and takes
    ``handling_s`` to set off and to park.

    ``ascent_m`` and ``descent_m`` are known with height data; ``surface`` (metres paved, firm,
    loose and unknown), ``calm_m`` on calm ways and ``pushed_m`` beside the bike of what is ridden
    along the streets. ``dark_s`` are the seconds of a leg on foot before civil
    dawn or after dusk, ``effort`` what it costs, and waiting after it. ``steepest`` is its
    greatest rise or fall per metre over 100 m; ``passable_m`` are the metres that the map says one
    can roll along and ``unknown_m`` those it says nothing of, for who rolls, and ``worst`` is the
    hardest spot; what is known to be blocked is no way. ``shut`` is a way of it that by the map is
    closed when one passes. ``elevations`` is how high each point of
    ``geometry`` is, metres, and ``passed`` what water and toilets are on the way.
    """

    mode: Always[Mode] = field(default="walk", kw_only=True)
    origin: Annotated[str, Key("from")]
    destination: Annotated[str, Key("to")]
    depart: dt.datetime
    arrive: dt.datetime
    distance_m: Tenths
    duration_s: Whole
    dark_s: Whole = field(default=0.0, kw_only=True)
    source: Grade
    main_road_m: Tenths | None = None
    steps_m: Tenths | None = None
    snap_m: Tenths = 0.0
    geometry: Always[tuple[Point, ...] | None] = None
    steps: Always[tuple[Step, ...]] = ()
    rides: Always[tuple[Ride, ...]] = ()
    direct_m: Spare[Tenths | None] = None
    ride_m: Spare[Tenths | None] = None
    handling_s: Spare[int | None] = None
    spots: Spare[tuple[Point, ...]] = ()
    ascent_m: Spare[Tenths | None] = None
    descent_m: Spare[Tenths | None] = None
    surface: Spare[Surface | None] = None
    calm_m: Spare[Tenths | None] = None
    pushed_m: Spare[Tenths | None] = None
    steepest: Spare[float | None] = None
    passable_m: Spare[Tenths | None] = None
    unknown_m: Spare[Tenths | None] = None
    worst: Spare[str | None] = None
    shut: Spare[str | None] = None
    elevations: Spare[tuple[Height, ...]] = ()
    passed: Spare[tuple[Amenity, ...]] = ()
    parts: Annotated[tuple[Leg, ...], Kind()] = ()
    effort: Spare[float | None] = None

    @property
    def walk_s(self) -> float:
        """The seconds on foot."""
        if not self.parts:
            return self.duration_s if self.mode == "walk" else 0.0
        return sum(part.walk_s for part in self.parts)

    @property
    def ride_s(self) -> float:
        """The seconds in vehicles."""
        if not self.parts:
            return 0.0 if self.mode == "walk" else self.duration_s
        return sum(part.ride_s for part in self.parts)


@dataclass(frozen=True, slots=True)
class Near:
    """A place within a walk, and whether it is ``open``, ``closed`` or ``unknown`` when asked."""

    place: str
    name: str
    distance_m: Tenths
    duration_s: int
    source: Grade
    opening: str
    kind: str
    commune: str
    themes: tuple[str, ...]
    theme_names: tuple[str, ...] = field(default=(), kw_only=True)
    lon: Degrees
    lat: Degrees


@dataclass(frozen=True, slots=True)
class NearAmenity:
    """What travellers need within a walk, and whether it is ``open``, ``closed`` or ``unknown``."""

    kind: str
    name: str
    distance_m: Tenths
    duration_s: int
    source: Grade
    opening: str
    hours: str
    wheelchair: str
    lon: Degrees
    lat: Degrees


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


@dataclass(frozen=True, slots=True)
class LeftOut:
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


HINTS = ("closed-day", "off-theme", "late-start", "no-ride", "flagship", "left-out")


#: What a hint may be about.
HINTS = ("closed-day", "off-theme", "late-start", "no-ride", "flagship", "left-out")


@dataclass(frozen=True, slots=True)
class Hint:
    """What a person should hear of a plan as a whole, and what would change it.

    ``about`` is ``closed-day``, ``off-theme`` (nothing that was asked for is in the day),
    ``late-start``, ``no-ride`` or ``flagship``, said before all else, or ``left-out``, said after.
    ``text`` is for everybody; ``option`` is what to type to have it otherwise, for who plans at a
    terminal, and empty where nothing would help.
    """

    about: Annotated[str, Choice(HINTS)]
    text: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class Flagship:
    """A place worth the journey, of a theme asked for: in the tour, or why it is not."""

    place: str
    name: str
    visited: bool
    reason: Always[str] = ""


@dataclass(frozen=True, slots=True)
class Provenance:
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
