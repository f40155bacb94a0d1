"""Who is stopped at a node: gates that are locked or private, walls, stiles, bollards, kerbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.streets.access.conditions import HOURS, SUFFIX, conditions
from lens_routes.streets.access.hierarchy import KEYS as ACCESS_KEYS
from lens_routes.streets.access.hierarchy import judged, said
from lens_routes.streets.access.rolling import HIGH_KERBS
from lens_routes.streets.network.permit import Permit

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tags = Mapping[str, str]

#: Nodes with one of these tags may stop somebody.
KEYS = ("barrier", "kerb", "entrance", "wheelchair")
_ACCESS = frozenset(key for keys in ACCESS_KEYS.values() for key in keys)
_EVERYBODY = Permit.FOOT | Permit.WHEELCHAIR | Permit.BIKE | Permit.CAR | Permit.PUSH
_BESIDE = Permit.WHEELCHAIR | Permit.PUSH
_OWN_KEYS = {
    Permit.FOOT: ("foot",),
    Permit.BIKE: ("bicycle",),
    Permit.CAR: ("motorcar", "motor_vehicle"),
}
_WHEELS = Permit.WHEELCHAIR | Permit.BIKE | Permit.CAR | Permit.PUSH
_WIDE = Permit.WHEELCHAIR | Permit.CAR
#: Whom a barrier stops unless its tags say otherwise; one that is not here stops nobody.
STOPS = {
    **dict.fromkeys(
        ("wall", "fence", "hedge", "retaining_wall", "city_wall", "ditch", "guard_rail"),
        _EVERYBODY,
    ),
    **dict.fromkeys(("stile", "full-height_turnstile"), _WHEELS),
    **dict.fromkeys(("turnstile", "kissing_gate", "horse_stile"), _WHEELS),
    **dict.fromkeys(("cycle_barrier", "motorcycle_barrier"), _WIDE),
    **dict.fromkeys(("block", "log", "debris", "jersey_barrier", "rope"), _WIDE),
    **dict.fromkeys(
        (
            "bollard",
            "rising_bollard",
            "chain",
            "planter",
            "bus_trap",
            "sump_buster",
            "wicket_gate",
            "barrier_board",
        ),
        Permit.CAR,
    ),
    "cattle_grid": Permit.WHEELCHAIR,
}


def stopped(tags: Tags) -> Permit:
    """Return who cannot pass a node."""
    if not any(key in tags for key in KEYS):
        return Permit.NONE
    if gate_hours(tags):  # minded when one passes
        tags = {key: tags[key] for key in ("barrier", "kerb", "wheelchair") if key in tags}
    built = STOPS.get(tags.get("barrier", ""), Permit.NONE)
    stops = _EVERYBODY if tags.get("locked") == "yes" else built
    for traveller, keys in _OWN_KEYS.items():
        with_him = traveller | (_BESIDE if traveller is Permit.FOOT else Permit.NONE)
        if said(tags, traveller) is False:
            stops |= with_him
        elif any(judged(tags.get(key)) for key in keys):
            # "access=yes" makes nobody climb a wall; a word about walkers opens it to them, and
            # a stile stays too narrow for wheels.
            narrow = Permit.NONE if built & traveller else built & with_him
            stops = (stops & ~with_him) | narrow
    return _with_kerb(tags, stops)


def gate_hours(tags: Tags) -> dict[str, str]:
    """Return what a gate on the way says where it depends on the hour, nothing otherwise."""
    if not ({"barrier", "entrance"} & tags.keys() and conditions(tags)):
        return {}
    return {key: value for key, value in tags.items() if _speaks(key)} | {"gate": "yes"}


def through_gate(way: Tags, gate: Tags) -> dict[str, str]:
    """Return the tags of the bit of a way that lies in a gate with hours."""
    rest = {key: value for key, value in way.items() if key == HOURS or not _speaks(key)}
    return {**(rest if any(key != HOURS and _speaks(key) for key in gate) else way), **gate}


def _speaks(key: str) -> bool:
    """Tell whether a tag says who may pass, or when."""
    return key == HOURS or key.removesuffix(SUFFIX) in _ACCESS


def _with_kerb(tags: Tags, stops: Permit) -> Permit:
    """Add a kerb too high to roll over; a word about wheelchairs comes before everything."""
    wheelchair = judged(tags.get("wheelchair"))
    if wheelchair is not None:
        return stops & ~Permit.WHEELCHAIR if wheelchair else stops | Permit.WHEELCHAIR
    return stops | Permit.WHEELCHAIR if tags.get("kerb") in HIGH_KERBS else stops
