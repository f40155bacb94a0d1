"""Say what a thing on the map is good for on the way: one table for every source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.plan.amenity import Need

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAGS: dict[str, dict[str, Need]] = {
    "amenity": {
        "drinking_water": Need.WATER,
        "water_point": Need.WATER,
        "toilets": Need.TOILETS,
        "bench": Need.BENCH,
        "shelter": Need.SHELTER,
        "restaurant": Need.RESTAURANT,
        "fast_food": Need.RESTAURANT,
        "food_court": Need.RESTAURANT,
        "biergarten": Need.RESTAURANT,
        "cafe": Need.CAFE,
        "ice_cream": Need.CAFE,
        "bicycle_parking": Need.BIKE_RACK,
        "bicycle_repair_station": Need.BIKE_REPAIR,
        "bicycle_rental": Need.BIKE_HIRE,
        "parking": Need.CAR_PARK,
        "pharmacy": Need.PHARMACY,
        "bus_station": Need.STOP,
    },
    "shop": {
        "bakery": Need.BAKERY,
        "pastry": Need.BAKERY,
        "supermarket": Need.SUPERMARKET,
        "convenience": Need.SUPERMARKET,
        "bicycle": Need.BIKE_REPAIR,
    },
    "highway": {"bus_stop": Need.STOP},
    "railway": {"station": Need.STOP, "halt": Need.STOP, "tram_stop": Need.STOP},
    "man_made": {"water_tap": Need.WATER, "water_well": Need.WATER},
}
#: What other things offer too, where they say so.
_BESIDE = {"drinking_water": Need.WATER, "toilets": Need.TOILETS}
#: Every key that is looked at.
KEYS = (*_TAGS, *_BESIDE)
_SHUT = frozenset({"private", "no"})
_NOT_DRUNK = frozenset({"water_tap", "water_well"})


def needs_met(tags: Mapping[str, str]) -> list[Need]:
    """Return what a thing with these tags is good for, to whoever passes."""
    if tags.get("access") in _SHUT:
        return []
    found = [by_value[tags[key]] for key, by_value in _TAGS.items() if tags.get(key) in by_value]
    drinkable = tags.get("drinking_water")
    if drinkable == "no" or (tags.get("man_made") in _NOT_DRUNK and drinkable != "yes"):
        found = [need for need in found if need is not Need.WATER]
    if tags.get("shop") == "bicycle" and tags.get("service:bicycle:repair") == "no":
        found = [need for need in found if need is not Need.BIKE_REPAIR]
    found += [need for key, need in _BESIDE.items() if tags.get(key) == "yes"]
    if tags.get("toilets:access") in _SHUT:
        found = [need for need in found if need is not Need.TOILETS]
    return list(dict.fromkeys(found))


def wanted_values() -> dict[str, list[str]]:
    """Return the values of each key that are looked at."""
    return {key: [*_TAGS.get(key, ("yes",))] for key in KEYS}
