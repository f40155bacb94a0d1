"""Where a vehicle stands while one visits a place."""

from __future__ import annotations

from typing import NamedTuple, Self

from lens_routes.geo import Point
from lens_routes.plan.grade import Grade
from lens_routes.travel.foot.walk import Walk

#: Less than this is being there.
NEAREST_M = 25.0


class Spot(NamedTuple):
    """A spot, and the ``walk`` between it and the place one comes for.

    Places with one ``name`` share the spot.
    """

    name: str
    point: Point
    walk: Walk

    @classmethod
    def of(cls, name: str, *figures: float) -> Self:
        """Return the spot that its name and `figures` stand for."""
        lon, lat, distance_m, steps_m, main_road_m = figures
        return cls(name, Point(lon, lat), Walk(distance_m, Grade.TABLE, steps_m, main_road_m))

    @property
    def figures(self) -> tuple[float, ...]:
        """Where it is, degrees, and how far to walk: metres, on steps, along main roads."""
        walk = self.walk
        return *self.point, walk.distance_m, walk.steps_m, walk.main_road_m
