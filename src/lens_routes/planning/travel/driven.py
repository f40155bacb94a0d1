"""Travel by a vehicle of one's own: ridden from spot to spot, walked where places share one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.travel.afoot import located
from lens_routes.planning.travel.driven_legs import driven_route
from lens_routes.tour.problem import StaticTimes
from lens_routes.travel.vehicles.drives import Drive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.planning.travel.afoot import Afoot
    from lens_routes.planning.travel.legs import Way
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.tables.spot import Spot
    from lens_routes.travel.vehicles.drives import Drives
    from lens_routes.travel.vehicles.driving import Driving


@dataclass(frozen=True)
class Driven:
    """Ways by a vehicle between the points of *afoot*, from spot to spot; see `Travel`.

    The vehicle stands at the spot of the point where one is. ``limits_ride`` tells that the metres
    by vehicle are those that count; ``speed_kmh`` is how fast one rides, None as usual.
    """

    afoot: Afoot
    driving: Driving
    spots: Sequence[Spot]
    drives: Drives
    limits_ride: bool
    speed_kmh: float | None = None

    @property
    def points(self) -> tuple[Waypoint, ...]:
        """The points that one travels between."""
        return self.afoot.points

    @property
    def main_s(self) -> list[list[float]]:
        """Seconds of the walks between the locations along main roads."""
        return self.afoot.main_s

    @cached_property
    def walk_m(self) -> list[list[float]]:
        """The metres between the locations that count: by vehicle, or on foot."""
        walks = self.afoot.walks.metres()
        if self.limits_ride:
            rides = self.drives.metres()
            rows = [
                [0.0 if same else rides[i][j] for j, same in enumerate(row)]
                for i, row in enumerate(self._same)
            ]
        else:
            to_m = [spot.walk.distance_m for spot in self.spots]
            rows = [
                [walks[i][j] if same else to_m[i] + to_m[j] for j, same in enumerate(row)]
                for i, row in enumerate(self._same)
            ]
        return located(rows, ends=self.afoot.ends)

    @cached_property
    def times(self) -> StaticTimes:
        """The times from door to door, and how much of them one rides."""
        walks, moving = self.afoot.walks.seconds(self.afoot.pace_kmh), self.drives.seconds()
        to_s = [spot.walk.seconds(self.afoot.pace_kmh) for spot in self.spots]
        handling_s = self.driving.vehicle.handling_s
        riding = [
            [0 if same else handling_s + moving[i][j] for j, same in enumerate(row)]
            for i, row in enumerate(self._same)
        ]
        rows = [
            [
                walks[i][j] if same else to_s[i] + riding[i][j] + to_s[j]
                for j, same in enumerate(row)
            ]
            for i, row in enumerate(self._same)
        ]
        ends = self.afoot.ends
        return StaticTimes(located(rows, ends=ends), located(riding, ends=ends))

    def way(
        self,
        pair: tuple[int, int],
        ends: tuple[Waypoint, Waypoint],
        leave_s: int = 0,  # noqa: ARG002  # one's own vehicle waits
        by_s: int | None = None,  # noqa: ARG002
    ) -> Way:
        """Return the way between two points: walked where they share a spot."""
        i, j = pair
        if self._same[i][j]:
            return self.afoot.way(pair, ends)
        spots = self.spots[i], self.spots[j]
        return driven_route(
            self.driving, self.afoot, ends, spots, self.drives[pair], self.speed_kmh
        )

    def corrected(self, ways: Mapping[tuple[int, int], Walk | Drive]) -> Driven:
        """Return the same with some ways as they were traced."""
        drives = {pair: way for pair, way in ways.items() if isinstance(way, Drive)}
        return replace(self, afoot=self.afoot.corrected(ways), drives=self.drives.with_(drives))

    @cached_property
    def _same(self) -> list[list[bool]]:
        """Whether two points share a spot."""
        names = [spot.name for spot in self.spots]
        return [[a == b for b in names] for a in names]


def driven(afoot: Afoot, request: Request, supplies: Supplies) -> Driven:
    """Return the ways of a request by the vehicle it is asked with."""
    driving = supplies.driving(request.mode, request.stress)
    spots = driving.spots(afoot.points)
    if request.mover.rolls:
        spots = [_rolled(afoot, *pair) for pair in zip(afoot.points, spots, strict=True)]
    drives = driving.drives(spots, request.speed_kmh)
    limits_ride = request.max_ride_m is not None
    return Driven(afoot, driving, spots, drives, limits_ride, request.speed_kmh)


def _rolled(afoot: Afoot, point: Waypoint, spot: Spot) -> Spot:
    """Return a spot with the way to it as one rolls."""
    if not spot.walk.distance_m:
        return spot
    stand = Waypoint(spot.name, *spot.point)
    return spot._replace(walk=afoot.walking.from_first([point, stand])[0])
