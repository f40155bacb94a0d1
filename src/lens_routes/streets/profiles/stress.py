"""How much traffic one cycles among: R5's levels of traffic stress, from the tags of a way.

Level 1 is for children, 2 for most adults, 3 for those who are used to traffic, 4 for the fearless.

Sources
-------
Conveyal R5, ``LevelOfTrafficStressLabeler``, after M. C. Mekuria, P. G. Furth, H. Nixon,
"Low-Stress Bicycling and Network Connectivity" (Mineta, 2012): ways without cars,
residential and living streets are 1; a smaller road with a cycle lane 2; any other road is 2 up to
40 km/h with no more than three lanes, else 3 with a lane and 4 without. The tag ``lts`` wins. Where
no limit is on the map R5 takes a road for slow; we do so of smaller roads only, since nobody would
send a child along a national road for want of a tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.streets.network.classes import kind_of
from lens_routes.streets.profiles.kinds import CALM

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Roads on which a lane makes up for all the rest.
_SMALLER = frozenset({"unclassified", "tertiary", "tertiary_link", "road"})
_LANES = frozenset({"lane", "track", "opposite_lane", "opposite_track", "separate"})
MOST_LANES, SLOW_KMH = 3, 40.0


def stress_of(tags: Mapping[str, str]) -> int:
    """Return the level of traffic stress of a way, 1 to 4."""
    said = tags.get("lts", "")
    if said in ("1", "2", "3", "4"):
        return int(said)
    kind = kind_of(tags)
    if kind in CALM:
        return 1
    keys = ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
    laned = any(tags.get(key) in _LANES for key in keys)
    if kind in _SMALLER and laned:
        return 2
    lanes, limit = _number(tags.get("lanes", "")), _number(tags.get("maxspeed", ""))
    slow = kind in _SMALLER if limit is None else limit <= SLOW_KMH
    if slow and (lanes is None or lanes <= MOST_LANES):
        return 2
    return 3 if laned else 4


def _number(text: str) -> float | None:
    head = text.partition(" ")[0]
    return float(head) if head.replace(".", "", 1).isdigit() else None
