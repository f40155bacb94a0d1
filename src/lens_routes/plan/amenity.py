"""What travellers need on the way: water, toilets, food, a place for the bicycle."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Annotated, NamedTuple

from lens_routes.errors import UsageError
from lens_routes.plan.grade import Grade
from lens_routes.plan.values import Choice, Degrees, Spare, Tenths
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, Said, joined, marked, text_in, tr


class Need(StrEnum):
    """What a point of the map is good for; the order is kept in files."""

    WATER = "water"
    TOILETS = "toilets"
    BENCH = "bench"
    SHELTER = "shelter"
    RESTAURANT = "restaurant"
    CAFE = "cafe"
    BAKERY = "bakery"
    SUPERMARKET = "supermarket"
    PHARMACY = "pharmacy"
    STOP = "stop"
    BIKE_RACK = "bike-rack"
    BIKE_REPAIR = "bike-repair"
    BIKE_HIRE = "bike-hire"
    CAR_PARK = "car-park"


#: Where one eats at a table.
TABLES = (Need.RESTAURANT, Need.CAFE)
#: What is worth a word while one passes.
ON_THE_WAY = (Need.WATER, Need.TOILETS)

NAMES = {
    Need.WATER: marked("drinking water"),
    Need.TOILETS: marked("toilets"),
    Need.BENCH: marked("bench"),
    Need.SHELTER: marked("shelter"),
    Need.RESTAURANT: marked("restaurant"),
    Need.CAFE: marked("café"),
    Need.BAKERY: marked("bakery"),
    Need.SUPERMARKET: marked("food shop"),
    Need.PHARMACY: marked("pharmacy"),
    Need.STOP: marked("stop"),
    Need.BIKE_RACK: marked("bike rack"),
    Need.BIKE_REPAIR: marked("bike repair"),
    Need.BIKE_HIRE: marked("bike hire"),
    Need.CAR_PARK: marked("car park"),
}
#: What people type besides the names, in whichever language.
_ALSO = {
    "wc": (Need.TOILETS,),
    "toilet": (Need.TOILETS,),
    "toilette": (Need.TOILETS,),
    "eau": (Need.WATER,),
    "fontaine": (Need.WATER,),
    "benches": (Need.BENCH,),
    "food": (Need.RESTAURANT, Need.CAFE, Need.BAKERY, Need.SUPERMARKET),
    "manger": (Need.RESTAURANT, Need.CAFE, Need.BAKERY, Need.SUPERMARKET),
    "lunch": TABLES,
    "dejeuner": TABLES,
    "coffee": (Need.CAFE,),
    "bread": (Need.BAKERY,),
    "pain": (Need.BAKERY,),
    "supermarche": (Need.SUPERMARKET,),
    "bus": (Need.STOP,),
    "velo": (Need.BIKE_RACK, Need.BIKE_REPAIR, Need.BIKE_HIRE),
    "bike": (Need.BIKE_RACK, Need.BIKE_REPAIR, Need.BIKE_HIRE),
    "parking": (Need.CAR_PARK,),
}


class Amenity(NamedTuple):
    """A point of the map that is good for something.

    ``name`` is empty where it has none; ``hours`` is its ``opening_hours`` and ``wheelchair``
    what the map says of it (``yes``, ``limited``, ``no``), empty where it says nothing;
    ``at_m`` is how far along a way it is passed, ``distance_m`` how far off.
    """

    kind: Annotated[str, Choice(tuple(Need))]
    name: str
    lon: Degrees
    lat: Degrees
    hours: Spare[str] = ""
    wheelchair: Spare[str] = ""
    at_m: Spare[Tenths | None] = None
    distance_m: Spare[Tenths | None] = None


class NearAmenity(NamedTuple):
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


def name_of(kind: str) -> Said:
    """Return what a need is called."""
    return tr(NAMES[Need(kind)])


def needs_called(words: str) -> tuple[Need, ...]:
    """Return the needs that a person names, in either language, without regard to accents.

    Raises
    ------
    UsageError
        Nothing is called so.
    """
    asked = _plain(words)
    if asked in _ALSO:
        return _ALSO[asked]
    for need in Need:
        names = {_plain(text_in(tr(NAMES[need]), language)) for language in LANGUAGES}
        if asked.removesuffix("s") in {name.removesuffix("s") for name in (need.value, *names)}:
            return (need,)
    raise UsageError(
        tr("There is nothing called {words} on the map.", words=wording.quoted(words)),
        tr("Choose: {names}.", names=joined(", ", (name_of(need) for need in Need))),
    )


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).replace(" ", "-")
