"""Where a day starts or ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from lens_routes.geo import Point
from lens_routes.plan.values import Always, Degrees


@dataclass(frozen=True, slots=True)
class Waypoint:
    """Where a day starts or ends: a place of the catalogue (``id``) or any point (``id`` None)."""

    name: str
    id: Always[str | None] = field(default=None, kw_only=True)
    lon: Degrees
    lat: Degrees

    @property
    def point(self) -> Point:
        """The position as a point."""
        return Point(self.lon, self.lat)
