"""A way from one stop to the next, and what it consists of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

from lens_routes.geo import Point
from lens_routes.plan.amenity import Amenity
from lens_routes.plan.grade import Grade
from lens_routes.plan.values import Always, Choice, Key, Kind, Number, Spare, Tenths, Whole, entries

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


class Step(NamedTuple):
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
