"""Kinds of way that several profiles speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = "steps"
#: What a leg reports as metres along main roads.
MAIN_ROADS = frozenset(
    {
        "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link",
        "secondary", "secondary_link",
    }
)  # fmt: skip
#: Kinds that lead through parks, fields and woods rather than along streets.
GREEN = frozenset({"footway", "path", "track", "cycleway", "bridleway", "pedestrian"})
#: Kinds without traffic worth the name.
CALM = GREEN | {"living_street", "residential", "service", "steps", "corridor", "platform", "pier"}
_CLASSED = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary"})


def with_links(figures: Mapping[str, float]) -> Mapping[str, float]:
    """Return figures by kind, with those of each class of road for its slip roads too."""
    links = {f"{kind}_link": figures[kind] for kind in figures if kind in _CLASSED}
    return {**links, **figures}
