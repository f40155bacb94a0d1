"""OSMnx's networks as a set of rules: what it keeps for walking, riding and driving, and how.

OSMnx asks a server for the ways that pass a filter, Overpass QL, and makes an edge of each
direction. The filters are those of OSMnx 2.1; a test compares them with the installed ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.streets.network.permit import Permit

if TYPE_CHECKING:
    from lens_routes.streets.access.tags import Tags

#: By OSMnx's name of the network.
FILTERS = {
    "walk": (
        '["highway"]["area"!~"yes"]["access"!~"private"]'
        '["highway"!~"abandoned|bus_guideway|construction|cycleway|motor|no|planned|'
        'platform|proposed|raceway|razed|rest_area|services"]'
        '["foot"!~"no"]["service"!~"private"]'
        '["sidewalk"!~"separate"]["sidewalk:both"!~"separate"]'
        '["sidewalk:left"!~"separate"]["sidewalk:right"!~"separate"]'
    ),
    "bike": (
        '["highway"]["area"!~"yes"]["access"!~"private"]'
        '["highway"!~"abandoned|bus_guideway|construction|corridor|elevator|'
        "escalator|footway|motor|no|planned|platform|proposed|raceway|razed|"
        'rest_area|services|steps"]'
        '["bicycle"!~"no"]["service"!~"private"]'
    ),
    "drive_service": (
        '["highway"]["area"!~"yes"]["access"!~"private"]'
        '["highway"!~"abandoned|bridleway|bus_guideway|construction|corridor|'
        "cycleway|elevator|escalator|footway|no|path|pedestrian|planned|platform|"
        'proposed|raceway|razed|rest_area|services|steps|track"]'
        '["motor_vehicle"!~"no"]["motorcar"!~"no"]'
        '["service"!~"emergency_access|parking|parking_aisle|private"]'
    ),
}
#: The keys the filters and the directions ask for.
KEYS = frozenset(
    {
        "highway", "area", "access", "foot", "service", "sidewalk", "sidewalk:both",
        "sidewalk:left", "sidewalk:right", "bicycle", "motor_vehicle", "motorcar",
        "oneway", "junction",
    }
)  # fmt: skip
#: What ``oneway`` says to OSMnx when a way has one direction, and when that is the other one.
_ONE_WAY = frozenset({"yes", "true", "1", "-1", "reverse", "T", "F"})
_REVERSED = frozenset({"-1", "reverse", "T"})


class _Condition(NamedTuple):
    key: str
    refused: re.Pattern[str] | None


def parse_filter(text: str) -> tuple[_Condition, ...]:
    """Parse the part of Overpass QL that the filters are made of.

    Parameters
    ----------
    text
        Conditions ``["key"]`` (the tag exists) and ``["key"!~"pattern"]`` (the tag is absent, or
        the pattern is found nowhere in its value), one after the other.

    Returns
    -------
    conditions
        All of them must hold; ``refused`` is None where the tag only has to exist.

    Raises
    ------
    ValueError
        The text holds anything else.
    """
    condition = re.compile(r'\["([^"]+)"(?:!~"([^"]*)")?\]')
    rest = condition.sub("", text)
    if rest:
        raise ValueError(f"not a condition of a filter: {rest}")
    return tuple(
        _Condition(key, re.compile(pattern) if pattern else None)
        for key, pattern in condition.findall(text)
    )


_CONDITIONS = {name: parse_filter(text) for name, text in FILTERS.items()}


def keeps(network: str, tags: Tags) -> bool:
    """Say whether a network of OSMnx has a way with these tags.

    The semantics are those of Overpass: ``!~`` holds for an absent tag, and a pattern is searched
    for anywhere in the value, case-sensitively.
    """
    for key, refused in _CONDITIONS[network]:
        value = tags.get(key)
        if value is None:
            if refused is None:
                return False
        elif refused is not None and refused.search(value):
            return False
    return True


def permissions(tags: Tags) -> tuple[Permit, Permit]:
    """Return in which of OSMnx's networks a way is, along its nodes and against them."""
    walks = Permit.FOOT if keeps("walk", tags) else Permit.NONE
    goes = Permit.NONE
    if keeps("bike", tags):
        goes |= Permit.BIKE
    if keeps("drive_service", tags):
        goes |= Permit.CAR
    oneway = tags.get("oneway")
    if oneway in _ONE_WAY or tags.get("junction") == "roundabout":
        if oneway in _REVERSED:
            return walks, walks | goes
        return walks | goes, walks
    return walks | goes, walks | goes
