"""Where a day starts or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from lens_routes.geo import Point

if TYPE_CHECKING:
    from lens_routes.plan.values import Degrees, Key


class Waypoint(NamedTuple):
    """Where a day starts or ends: a place of the catalogue (``id``) or any point (``id`` None)."""

    name: str
    lon: Degrees
    lat: Degrees
    id: Annotated[str | None, Key(before="lon", always=True)] = None

    @property
    def point(self) -> Point:
        """The position as a point."""
        return Point(self.lon, self.lat)
