"""Where a day starts or ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from lens_routes.geo import Point

if TYPE_CHECKING:
    from lens_routes.plan.values import Degrees, Key


@dataclass(frozen=True, slots=True)
class Waypoint:
    """Where a day starts or ends: a place of the catalogue (``id``) or any point (``id`` None)."""

    name: str
    lon: Degrees
    lat: Degrees
    id: Annotated[str | None, Key(before="lon", always=True)] = None

    @property
    def point(self) -> Point:
        """The position as a point."""
        return Point(self.lon, self.lat)
