"""Whose rules decide who may go where: OpenStreetMap's, or those of OSMnx's networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.streets.access import barriers, osmnx, rules
from lens_routes.streets.access.tags import KEPT
from lens_routes.streets.network.permit import Permit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """A set of rules: the tags it asks for, and what follows from those of a way and of a node.

    ``shapes`` tells that squares are crossed, and that what a tag means may depend on where the way
    lies.
    """

    name: str
    keys: frozenset[str]
    permissions: Callable[[Tags], tuple[Permit, Permit]]
    stopped: Callable[[Tags], Permit]
    shapes: bool


OSM = Rules("osm", KEPT, rules.possible, barriers.stopped, shapes=True)
OSMNX = Rules("osmnx", osmnx.KEYS, osmnx.permissions, lambda _tags: Permit.NONE, shapes=False)
