"""Who is stopped at a node: gates that are locked or private, walls, stiles, bollards, kerbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.streets.access.hierarchy import judged, said
from lens_routes.streets.network.permit import Permit

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tags = Mapping[str, str]

#: Nodes with one of these tags may stop somebody.
KEYS = ("barrier", "kerb", "entrance")
_EVERYBODY = Permit.FOOT | Permit.WHEELCHAIR | Permit.BIKE | Permit.CAR | Permit.PUSH
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
        ("bollard", "chain", "planter", "bus_trap", "sump_buster", "wicket_gate", "barrier_board"),
        Permit.CAR,
    ),
    "cattle_grid": Permit.WHEELCHAIR,
}
_HIGH = frozenset({"raised", "yes"})


def stopped(tags: Tags) -> Permit:
    """Return who cannot pass a node."""
    stops = STOPS.get(tags.get("barrier", ""), Permit.NONE)
    if tags.get("locked") == "yes":
        stops = _EVERYBODY
    for traveller in (Permit.FOOT, Permit.BIKE, Permit.CAR):
        verdict = said(tags, traveller)
        if verdict is not None:
            stops = stops & ~traveller if verdict and _grants(tags, traveller) else stops
            stops |= Permit.NONE if verdict else traveller
    if stops & Permit.FOOT:
        stops |= Permit.PUSH | Permit.WHEELCHAIR
    elif said(tags, Permit.FOOT) and tags.get("locked") == "yes":
        stops &= ~Permit.PUSH
    return _with_kerb(tags, stops)


def _grants(tags: Tags, traveller: Permit) -> bool:
    """Tell whether a word about this traveller opens what stands closed: "access" alone does not.

    A wall is not climbed because somebody may; a gate said to be for walkers is open to them.
    """
    key = "foot" if traveller is Permit.FOOT else "bicycle"
    if traveller is Permit.CAR:
        return any(judged(tags.get(name)) for name in ("motorcar", "motor_vehicle"))
    return bool(judged(tags.get(key)))


def _with_kerb(tags: Tags, stops: Permit) -> Permit:
    """Add a kerb too high to roll over; a word about wheelchairs comes before everything."""
    wheelchair = judged(tags.get("wheelchair"))
    if wheelchair is not None:
        return stops & ~Permit.WHEELCHAIR if wheelchair else stops | Permit.WHEELCHAIR
    return stops | Permit.WHEELCHAIR if tags.get("kerb") in _HIGH else stops
