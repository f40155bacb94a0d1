"""Say what of a map is drawn around the streets: one definition for every source of streets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lens_routes.plan.basemap import Ground, Way
from lens_routes.streets.access.tags import ALSO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.streets.access.tags import Tags

Look = TypeVar("Look", Way, Ground)

#: Lines, by key and value.
_LINES: dict[str, dict[str, Way]] = {
    "railway": {
        "rail": Way.RAILWAY,
        "light_rail": Way.RAILWAY,
        "narrow_gauge": Way.RAILWAY,
        "preserved": Way.RAILWAY,
        "tram": Way.RAILWAY,
    },
    "waterway": {"river": Way.STREAM, "canal": Way.STREAM, "stream": Way.STREAM},
}
_AREAS: dict[str, dict[str, Ground]] = {
    "natural": {
        "water": Ground.WATER,
        "wood": Ground.GREEN,
        "scrub": Ground.GREEN,
        "heath": Ground.GREEN,
        "grassland": Ground.GREEN,
    },
    "waterway": {"riverbank": Ground.WATER, "dock": Ground.WATER},
    "landuse": {
        "reservoir": Ground.WATER,
        "basin": Ground.WATER,
        "forest": Ground.GREEN,
        "grass": Ground.GREEN,
        "meadow": Ground.GREEN,
        "recreation_ground": Ground.GREEN,
        "village_green": Ground.GREEN,
        "cemetery": Ground.GREEN,
    },
    "leisure": {
        "park": Ground.GREEN,
        "garden": Ground.GREEN,
        "nature_reserve": Ground.GREEN,
        "golf_course": Ground.GREEN,
    },
    "man_made": {"spoil_heap": Ground.GREEN},
}
#: Every key that is looked at.
KEYS = tuple(sorted({*_LINES, *_AREAS}))


def wanted_values() -> dict[str, list[str]]:
    """Return what is asked for besides streets, by key, as OSMnx's ``tags`` ask for it.

    The values that are drawn, and what one moves along that is no street.
    """
    keys = sorted({*KEYS, *ALSO})
    values = {key: [*_LINES.get(key, {}), *_AREAS.get(key, {})] for key in keys}
    return {key: [*values[key], *([ALSO[key]] if key in ALSO else [])] for key in keys}


def line_look(tags: Tags) -> Way | None:
    """Say how a way with these tags looks as a line, None when it is not drawn as one.

    What runs underground, and the tracks of a yard or a siding, would only confuse.
    """
    look = _first(_LINES, tags)
    if look and (tags.get("tunnel") not in (None, "no") or tags.get("service") is not None):
        return None
    return look


def area_look(tags: Tags) -> Ground | None:
    """Say how a closed way or a multipolygon with these tags looks, None when it is not drawn."""
    return _first(_AREAS, tags)


def _first(looks: Mapping[str, Mapping[str, Look]], tags: Tags) -> Look | None:
    for key, by_value in looks.items():
        value = tags.get(key)
        if value is not None and value in by_value:
            return by_value[value]
    return None


def blocks(tags: Tags) -> bool:
    """Tell whether what is drawn is crossed by bridges only.

    Brooks, trams, viaducts and the tracks of a museum are not.
    """
    if tags.get("bridge") not in (None, "no"):
        return False
    if area_look(tags) is Ground.WATER:
        return True
    railway = tags.get("railway")
    fenced = railway in _LINES["railway"] and railway not in ("tram", "preserved")
    return fenced or tags.get("waterway") in ("river", "canal")
