"""What is under one's feet or wheels, in four words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ground(StrEnum):
    """How a way is surfaced."""

    PAVED = "paved"
    FIRM = "firm"
    LOOSE = "loose"
    #: The map does not say.
    UNKNOWN = "unknown"


_PAVED = """
    paved asphalt chipseal concrete concrete:lanes concrete:plates paving_stones
    paving_stones:lanes sett cobblestone cobblestone:flattened unhewn_cobblestone bricks brick
    metal metal_grid wood tartan acrylic tiles rubber
"""
_FIRM = "compacted fine_gravel grass_paver unpaved hard"
_LOOSE = "gravel pebblestone rock dirt earth ground grass mud sand woodchips clay snow ice salt"
_GROUNDS = {
    word: ground
    for words, ground in ((_PAVED, Ground.PAVED), (_FIRM, Ground.FIRM), (_LOOSE, Ground.LOOSE))
    for word in words.split()
}
_TRACKS = {
    "grade1": Ground.PAVED,
    "grade2": Ground.FIRM,
    "grade3": Ground.LOOSE,
    "grade4": Ground.LOOSE,
    "grade5": Ground.LOOSE,
}


def ground_of(tags: Mapping[str, str]) -> Ground:
    """Return how a way is surfaced, as far as the map says."""
    surface, track = first_surface(tags), tags.get("tracktype", "")
    return _GROUNDS.get(surface) or _TRACKS.get(track, Ground.UNKNOWN)


def first_surface(tags: Mapping[str, str]) -> str:
    """Return the surface of a way, the first where the map names several."""
    surface = tags.get("surface", "")
    return surface.partition(";")[0].strip() if ";" in surface else surface
