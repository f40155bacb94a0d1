"""Who may go along a way, in each direction, as its tags say.

https://wiki.openstreetmap.org/wiki/OSM_tags_for_routing/Access_restrictions, with the defaults of
France; explicit access tags come before what the kind of way lets one expect.
"""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING

from lens_routes.streets.access.conditions import variants
from lens_routes.streets.access.hierarchy import judged, said
from lens_routes.streets.access.rolling import rollable
from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.streets.network.permit import Permit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Tags = Mapping[str, str]

#: What is no way, not yet or no longer, whatever else it says.
NEVER = frozenset(
    {
        "abandoned", "bus_stop", "construction", "demolished", "destroyed", "dismantled", "disused",
        "emergency_bay", "escape", "historic", "no", "planned", "proposed", "raceway", "razed",
        "removed", "rest_area", "services", "street_lamp", "via_ferrata",
    }
)  # fmt: skip
_LINKED = ("motorway", "trunk", "primary", "secondary", "tertiary")
_ROADS = frozenset(
    {
        *_LINKED, *(f"{kind}_link" for kind in _LINKED),
        "unclassified", "residential", "living_street", "service", "road",
    }
)  # fmt: skip
_EXPRESS = frozenset({"motorway", "motorway_link", "trunk", "trunk_link"})
_BUS_ONLY = frozenset({"busway", "bus_guideway"})
#: Not walked, but for a pavement along them.
_WITH_PAVEMENT = frozenset({"trunk", "trunk_link", "busway"})
#: Ways on which bicycles are pushed unless a tag says otherwise.
_PUSHED = frozenset({"footway", "steps", "bridleway", "platform", "corridor", "elevator", "pier"})
#: Beyond these one needs hands, or a rope: the Swiss Alpine Club's T4 and up.
_CLIMBS = frozenset({"alpine_hiking", "demanding_alpine_hiking", "difficult_alpine_hiking"})
_DRIVEN_IF_SAID = frozenset({"pedestrian", "path", "cycleway", "service"})
_PAVED_TRACKS = frozenset({"grade1", "grade2"})
_FORWARD = frozenset({"yes", "true", "1"})
_BACKWARD = frozenset({"-1", "reverse"})
_ROUND = frozenset({"roundabout", "circular"})


def permissions(tags: Tags) -> tuple[Permit, Permit]:
    """Return who may use a way along its nodes, and who against them."""
    kind = kind_of(tags)
    if not kind or kind in NEVER or _climbed(tags):
        return Permit.NONE, Permit.NONE
    verdicts = {
        Permit.FOOT: (_walkable(kind, tags), _foot_direction(tags)),
        Permit.BIKE: (_ridable(kind, tags), _bike_direction(tags)),
        Permit.CAR: (_drivable(kind, tags), _car_direction(kind, tags)),
    }
    both = []
    for back, suffix in enumerate((":forward", ":backward")):
        permit = Permit.NONE
        for traveller, (allowed, directions) in verdicts.items():
            # A tag for one direction comes before all others.
            explicit = said(tags, traveller, suffix)
            if (allowed and directions[back]) if explicit is None else explicit:
                permit |= traveller
        if permit & Permit.FOOT:
            permit |= _beside(kind, tags)
        both.append(permit)
    return both[0], both[1]


def _climbed(tags: Tags) -> bool:
    return tags.get("sac_scale") in _CLIMBS or tags.get("via_ferrata_scale", "no") != "no"


def _beside(kind: str, tags: Tags) -> Permit:
    """Return who may come along where one may walk: a wheelchair, a bicycle that is pushed."""
    rolls = Permit.WHEELCHAIR if rollable(kind, tags) else Permit.NONE
    return rolls | (Permit.PUSH if _pushable(kind, tags) else Permit.NONE)


def _walkable(kind: str, tags: Tags) -> bool:
    verdict = said(tags, Permit.FOOT)
    if kind in _EXPRESS or kind in _BUS_ONLY or tags.get("motorroad") == "yes":
        # Who may drive there need not be able to walk: only a word about walkers counts.
        return bool(judged(tags.get("foot"))) or (
            verdict is not False and kind in _WITH_PAVEMENT and _has_pavement(tags)
        )
    return verdict is not False


def _has_pavement(tags: Tags) -> bool:
    if tags.get("motorroad") == "yes":
        return False
    keys = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
    return any(tags.get(key) in ("yes", "both", "left", "right") for key in keys)


def _ridable(kind: str, tags: Tags) -> bool:
    own = tags.get("bicycle")
    if own == "dismount":
        return False
    verdict = said(tags, Permit.BIKE)
    if (
        kind in _PUSHED
        or kind in _BUS_ONLY
        or kind in ("motorway", "motorway_link")
        or tags.get("motorroad") == "yes"
    ):
        return kind != "steps" and bool(judged(own))
    if kind == "cycleway" and own is None and tags.get("access") is None:
        return True  # "vehicle=no" on a cycleway means the others
    return verdict is not False


def _drivable(kind: str, tags: Tags) -> bool:
    verdict = said(tags, Permit.CAR)
    close = next(
        (tags[key] for key in ("motorcar", "motor_vehicle", "vehicle") if key in tags), None
    )
    if kind == FERRY:
        silent = not any(key in tags for key in ("foot", "bicycle"))
        return verdict is not False and (bool(judged(close)) or silent)
    if kind in _ROADS and tags.get("service") != "emergency_access":
        return verdict is not False
    if kind == "track":
        return verdict is not False and (
            bool(judged(close)) or tags.get("tracktype") in _PAVED_TRACKS
        )
    return kind in _DRIVEN_IF_SAID and bool(judged(close))


def _pushable(kind: str, tags: Tags) -> bool:
    return "conveying" not in tags and kind != FERRY and tags.get("bicycle") != "prohibited"


def _foot_direction(tags: Tags) -> tuple[bool, bool]:
    conveying = tags.get("conveying")
    if conveying in ("forward", "backward"):
        return conveying == "forward", conveying == "backward"
    oneway = tags.get("oneway:foot")
    if oneway is None and conveying not in (None, "no", "reversible"):
        oneway = tags.get("oneway")
    return _directions(oneway)


def _bike_direction(tags: Tags) -> tuple[bool, bool]:
    forward, backward = _directions(tags.get("oneway:bicycle"))
    if "oneway:bicycle" in tags:
        return forward, backward
    forward, backward = _vehicle_direction(tags)
    lanes = (tags.get(key, "") for key in ("cycleway", "cycleway:left", "cycleway:right",
                                           "cycleway:both"))  # fmt: skip
    sides = (tags.get(key) for key in ("cycleway:left:oneway", "cycleway:right:oneway",
                                       "cycleway:both:oneway"))  # fmt: skip
    against = any(lane.startswith("opposite") for lane in lanes)
    against = against or any(side in ("-1", "no") for side in sides)
    return forward or against, backward or against


def _car_direction(kind: str, tags: Tags) -> tuple[bool, bool]:
    for key in ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle"):
        if key in tags:
            return _directions(tags[key])
    if kind == "motorway" and "oneway" not in tags:
        return True, False
    return _vehicle_direction(tags)


def _vehicle_direction(tags: Tags) -> tuple[bool, bool]:
    oneway = tags.get("oneway")
    if oneway is None and tags.get("junction") in _ROUND:
        oneway = "yes"
    return _directions(oneway)


def _directions(oneway: str | None) -> tuple[bool, bool]:
    """Return whether a value of ``oneway`` lets one go along the way, and against it."""
    if oneway == "reversible":
        return False, False  # nobody can say which way it runs now
    return oneway not in _BACKWARD, oneway not in _FORWARD


def possible(tags: Tags) -> tuple[Permit, Permit]:
    """Return who may use a way along its nodes, and against them, at some hour of some day."""
    found = [permissions(variant) for variant in variants(tags)]
    return _all(forward for forward, _ in found), _all(backward for _, backward in found)


def _all(permits: Iterable[Permit]) -> Permit:
    return functools.reduce(operator.or_, permits, Permit.NONE)
