"""Legs by a vehicle of one's own: walk to the spot, ride, walk from the spot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.plan.plan import Leg
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.travel.legs import route, whole
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.planning.travel.afoot import Afoot
    from lens_routes.planning.travel.legs import Route
    from lens_routes.text.language import Said
    from lens_routes.travel.tables.spot import Spot
    from lens_routes.travel.vehicles.drives import Drive
    from lens_routes.travel.vehicles.driving import Driving
    from lens_routes.travel.vehicles.vehicle import Vehicle


@dataclass(frozen=True, slots=True)
class DrivenRoute:
    """A way between two waypoints by a vehicle: walks to and from it, None where one is there.

    ``traced`` is the drive where it takes another time than it was planned with.
    """

    origin: Waypoint
    destination: Waypoint
    vehicle: Vehicle
    spots: tuple[Spot, Spot]
    walks: tuple[Route | None, Route | None]
    drive: Drive
    traced: Drive | None = None

    def leg(self, depart: dt.datetime) -> Leg:
        """Return the way as a leg that leaves at *depart*, an aware time."""
        there, back = self.walks
        parts: list[Leg] = []
        clock = depart
        for leg_at in (there.leg if there else None, self._ride, back.leg if back else None):
            if leg_at is not None:
                parts.append(leg_at(clock))
                clock = parts[-1].arrive
        ends = self.origin, self.destination
        return whole(self.vehicle.mode, ends, (depart, clock), parts)

    def _ride(self, depart: dt.datetime) -> Leg:
        drive, vehicle = self.drive, self.vehicle
        seconds = vehicle.handling_s + round(drive.seconds)
        arrive = depart.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
        return Leg(
            mode=vehicle.mode,
            origin=self.origin.name,
            destination=self.destination.name,
            depart=depart,
            arrive=arrive.astimezone(depart.tzinfo),
            distance_m=drive.distance_m,
            duration_s=seconds,
            source=drive.grade,
            ride_m=drive.distance_m,
            handling_s=vehicle.handling_s,
            spots=tuple(spot.point for spot in self.spots),
        )


def driven_route(
    driving: Driving,
    afoot: Afoot,
    ends: tuple[Waypoint, Waypoint],
    spots: tuple[Spot, Spot],
    drive: Drive,
) -> DrivenRoute:
    """Return the way between two waypoints from spot to spot."""
    origin, destination = ends
    stands = [Waypoint(_vehicle_words(driving.vehicle.mode), *spot.point) for spot in spots]
    walks = (
        _walk(afoot, origin, stands[0], spots[0]),
        _walk(afoot, stands[1], destination, spots[1]),
    )
    return DrivenRoute(origin, destination, driving.vehicle, spots, walks, drive)


def _walk(afoot: Afoot, here: Waypoint, there: Waypoint, spot: Spot) -> Route | None:
    """Return the walk to or from a spot, as long as it was planned; None where one is there."""
    if not spot.walk.distance_m:
        return None
    traced = route(afoot.walking, here, there, spot.walk, afoot.pace_kmh)
    return replace(traced, seconds=spot.walk.seconds(afoot.pace_kmh))


def _vehicle_words(mode: str) -> Said:
    return {"bike": tr("your bike"), "car": tr("your car")}[mode]
