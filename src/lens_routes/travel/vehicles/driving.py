"""All that is known of ways by a vehicle: spots, streets, tables, estimates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.plan.grade import Grade
from lens_routes.streets.profiles.named import profile_called
from lens_routes.travel.foot.walk import Walk
from lens_routes.travel.tables.spot import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.geo import Point
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap
    from lens_routes.travel.foot.walk import DetourFit
    from lens_routes.travel.tables.table import WayTable
    from lens_routes.travel.vehicles.drives import Drive, Drives
    from lens_routes.travel.vehicles.vehicle import Vehicle
    from lens_routes.travel.walking import Walking


@dataclass(frozen=True)
class Driving:
    """Ways by a vehicle between any two points, from the best source that knows both.

    ``walking`` has the installed streets; ``tables`` are asked in order; ``fit`` and ``mean_kmh``
    estimate the rest. With a ``most_stress`` no way is busier, and none is estimated.
    """

    vehicle: Vehicle
    walking: Walking
    tables: tuple[WayTable, ...]
    fit: DetourFit
    mean_kmh: float
    most_stress: int | None = None

    def spots(self, waypoints: Sequence[Waypoint]) -> list[Spot]:
        """Return where the vehicle stands for each of some points."""
        return [self._spot(waypoint) for waypoint in waypoints]

    def drives(
        self, spots: Sequence[Spot], speed_kmh: float | None = None, origins: int | None = None
    ) -> Drives:
        """Return the ways between every two spots, for whoever rides *speed_kmh* on the level.

        Of the first *origins* alone those to the others and back are needed, of all if None.
        """
        from lens_routes.travel.vehicles.drives import Drives  # noqa: PLC0415  # numpy

        found = Drives([spot.point for spot in spots], self.fit, self.mean_kmh)
        for table in self.tables:
            numbers = table.walks.numbers
            found.ways.take(table.walks, [numbers.get(spot.name) for spot in spots])
        self._search(found, spots, len(spots) if origins is None else origins)
        if self.most_stress is not None:
            found.forget_guesses()
        factor = self._factor(speed_kmh)
        return found if factor == 1.0 else found.faster(factor)

    def trace(self, a: Spot, b: Spot, speed_kmh: float | None = None) -> tuple[Drive, Path] | None:
        """Return the way between two spots and its path, None where the streets do not go."""
        start, end = self._snap(a.point), self._snap(b.point)
        if self._priced is None or start is None or end is None:
            return None
        from lens_routes.streets.route.search import shortest  # noqa: PLC0415  # where streets are

        path = shortest(self._priced, start, end)
        if path is None:
            return None
        return _drive(path, Grade.STREETS, self._factor(speed_kmh)), path

    def _search(self, drives: Drives, spots: Sequence[Spot], count: int) -> None:
        """Measure the ways of the first *count* spots that are only guessed, all at once.

        As few spots as possible are searched from; where ways back are not much the same, the
        trace of the way tells, and the tour is planned again with it.
        """
        guessed = {n: drives.ways.guessed(n) for n in drives.ways.least_known() if n < count}
        if self._priced is None or not guessed:
            return
        named = {*guessed, *(goal for goals in guessed.values() for goal in goals)}
        snaps = {n: there for n in sorted(named) if (there := self._snap(spots[n].point))}
        origins: list[int] = []
        for n, goals in guessed.items():
            if n in snaps and not (snaps.keys() & goals) <= set(origins):
                origins.append(n)
        if origins:
            from lens_routes.streets.many.many import many_to_many  # noqa: PLC0415  # scipy

            goals = [*origins, *(n for n in snaps if n not in set(origins))]
            to = [snaps[n] for n in goals]
            drives.take(many_to_many(self._priced, to, origins=len(origins)), origins, goals)

    @cached_property
    def _priced(self) -> Priced | None:
        network = self.walking.network
        if network is None:
            return None
        from lens_routes.streets.route.priced import price  # noqa: PLC0415  # where streets are

        profile = profile_called(self.vehicle.profile)
        return price(network, profile, most_stress=self.most_stress)

    def _snap(self, point: Point) -> Snap | None:
        """Return where a spot is on the installed streets, None where it is off their map."""
        network = self.walking.network
        if network is None or self.walking.snap(point) is None:
            return None
        from lens_routes.streets.route.snap import OFF_MAP_M, snap  # noqa: PLC0415  # as above

        found = snap(network, point, profile_called(self.vehicle.profile))
        return found if found.gap_m <= OFF_MAP_M else None

    def _factor(self, speed_kmh: float | None) -> float:
        """Return how many times as fast as usual one rides."""
        usual = self.vehicle.usual_kmh
        return 1.0 if speed_kmh is None or usual is None else speed_kmh / usual

    def _spot(self, waypoint: Waypoint) -> Spot:
        """Return the spot of a point: that of the place, or one nearby, or the nearest way."""
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
        name = f"{lon:.6f},{lat:.6f}"
        if self.walking.network is not None:
            from lens_routes.travel.vehicles.compute import spot_at  # noqa: PLC0415  # scipy

            found = spot_at(self.walking, name, waypoint.point, self.vehicle)
            if found is not None:
                return found
        return Spot(name, waypoint.point, Walk(0.0, Grade.TABLE))


def _drive(path: Path, grade: Grade, factor: float = 1.0) -> Drive:
    from lens_routes.travel.vehicles.drives import Drive  # noqa: PLC0415  # numpy

    return Drive(path.length_m, grade, path.steps_m, path.main_road_m, path.seconds / factor)
