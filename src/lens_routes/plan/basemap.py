"""What a map is drawn on: ways, waters and greens around a tour, as plain lines and areas.

Made from the installed street network, read by every output that draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens_routes.geo import Point


class Way(StrEnum):
    """How a line looks on a map, the widest first."""

    MAIN_ROAD = "main-road"
    STREET = "street"
    PATH = "path"
    STEPS = "steps"
    RAILWAY = "railway"
    STREAM = "stream"


class Ground(StrEnum):
    """How an area looks on a map."""

    WATER = "water"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class MapLine:
    """A line of a map with its name, empty when it has none."""

    way: Way
    points: tuple[Point, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area of a map: closed rings, holes among them, drawn by the even-odd rule."""

    ground: Ground
    rings: tuple[tuple[Point, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class BaseMap:
    """What lies within ``west, south, east, north`` (degrees), and whom to credit for it."""

    bounds: tuple[float, float, float, float]
    lines: tuple[MapLine, ...]
    areas: tuple[MapArea, ...]
    credit: str
