"""All that is known of ways by a vehicle: where it stands, the tables, the estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.plan.plan import Grade
from lens_routes.travel.foot.walk import Walk
from lens_routes.travel.tables.spot import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.travel.foot.walk import DetourFit
    from lens_routes.travel.tables.table import WayTable
    from lens_routes.travel.vehicles.drives import Drives
    from lens_routes.travel.vehicles.vehicle import Vehicle


@dataclass(frozen=True)
class Driving:
    """Ways by a vehicle between any two points, from the best source that knows both.

    ``tables`` are asked in order; ``fit`` and ``mean_kmh`` estimate the rest.
    """

    vehicle: Vehicle
    tables: tuple[WayTable, ...]
    fit: DetourFit
    mean_kmh: float

    def spots(self, waypoints: Sequence[Waypoint]) -> list[Spot]:
        """Return where the vehicle stands for each of some points."""
        return [self._spot(waypoint) for waypoint in waypoints]

    def drives(self, spots: Sequence[Spot], speed_kmh: float | None = None) -> Drives:
        """Return the ways between every two spots, for whoever rides *speed_kmh* on the level."""
        from lens_routes.travel.vehicles.drives import Drives  # noqa: PLC0415  # numpy

        found = Drives([spot.point for spot in spots], self.fit, self.mean_kmh)
        for table in self.tables:
            numbers = table.walks.numbers
            found.ways.take(table.walks, [numbers.get(spot.name) for spot in spots])
        usual = self.vehicle.usual_kmh
        return found if speed_kmh is None or usual is None else found.faster(speed_kmh / usual)

    def _spot(self, waypoint: Waypoint) -> Spot:
        """Return the spot of a point: that of the place, or one nearby, or the point itself."""
        for table in self.tables:
            spot = table.spots.get(waypoint.id or "")
            if spot is not None and table.knows(waypoint.id, waypoint.point):
                return spot
        near = [
            (walk_m, spot)
            for table in self.tables
            for spot in table.spots.values()
            if (walk_m := self.fit.distance_m(waypoint.point, spot.point)) <= self.vehicle.share_m
        ]
        if near:
            walk_m, spot = min(near, key=lambda found: (found[0], found[1].name))
            return Spot(spot.name, spot.point, Walk(walk_m, Grade.ESTIMATE))
        lon, lat = waypoint.point
        return Spot(f"{lon:.6f},{lat:.6f}", waypoint.point, Walk(0.0, Grade.TABLE))
