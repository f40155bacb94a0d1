"""Legs by a vehicle of one's own: walk to the spot, ride, walk from the spot."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.travel.followed import Followed
from lens_routes.planning.travel.legs import SAME_SECONDS, route, whole
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.planning.travel.afoot import Afoot
    from lens_routes.planning.travel.legs import Route
    from lens_routes.text.language import Said
    from lens_routes.travel.tables.spot import Spot
    from lens_routes.travel.vehicles.drives import Drive
    from lens_routes.travel.vehicles.driving import Driving
    from lens_routes.travel.vehicles.vehicle import Vehicle


class DrivenRoute(NamedTuple):
    """A way between two waypoints by a vehicle: walks to and from it, None where one is there.

    One moves for so many ``seconds``. ``traced`` is the drive where it takes another time than it
    was planned with.
    """

    origin: Waypoint
    destination: Waypoint
    vehicle: Vehicle
    spots: tuple[Spot, Spot]
    walks: tuple[Route | None, Route | None]
    drive: Drive
    seconds: int
    traced: Drive | None = None
    followed: Followed | None = None

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
        seconds = vehicle.handling_s + self.seconds
        known = drive.grade is not Grade.ESTIMATE
        arrive = depart.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
        leg = Leg(
            mode=vehicle.mode,
            origin=self.origin.name,
            destination=self.destination.name,
            depart=depart,
            arrive=arrive.astimezone(depart.tzinfo),
            distance_m=drive.distance_m,
            duration_s=seconds,
            source=drive.grade,
            main_road_m=drive.main_road_m if vehicle.minds_roads and known else None,
            steps_m=drive.steps_m if known else None,
            ride_m=drive.distance_m,
            handling_s=vehicle.handling_s,
            spots=tuple(spot.point for spot in self.spots),
        )
        return leg if self.followed is None else _like(self.followed.told(leg), self.followed)


def driven_route(
    driving: Driving,
    afoot: Afoot,
    ends: tuple[Waypoint, Waypoint],
    spots: tuple[Spot, Spot],
    planned: Drive,
    speed_kmh: float | None,
) -> DrivenRoute:
    """Return the way between two waypoints from spot to spot, traced where the streets lead.

    *planned* is the best figure known without tracing.
    """
    origin, destination = ends
    stands = [Waypoint(_vehicle_words(driving.vehicle.mode), *spot.point) for spot in spots]
    walks = (
        _walk(afoot, origin, stands[0], spots[0]),
        _walk(afoot, stands[1], destination, spots[1]),
    )
    seconds = round(planned.seconds)
    ridden = DrivenRoute(origin, destination, driving.vehicle, spots, walks, planned, seconds)
    traced = driving.trace(*spots, speed_kmh)
    network = driving.walking.network
    if traced is None or network is None:
        return ridden
    drive, path = traced
    wrong = abs(round(drive.seconds) - seconds) > SAME_SECONDS
    return ridden._replace(
        drive=drive,
        traced=drive if wrong else None,
        followed=Followed.of(network, path, (spots[0].point, spots[1].point), destination.name),
    )


def _like(leg: Leg, followed: Followed) -> Leg:
    """Return a ride with what the ways are like that it leads along."""
    like = followed.path.measures
    surface = {ground.value: round(metres, 1) for ground, metres in like.ground.items()}
    return replace(leg, surface=surface, calm_m=like.calm, pushed_m=like.pushed)


def _walk(afoot: Afoot, here: Waypoint, there: Waypoint, spot: Spot) -> Route | None:
    """Return the walk to or from a spot, as long as it was planned; None where one is there."""
    if not spot.walk.distance_m:
        return None
    traced = route(afoot.walking, here, there, spot.walk, afoot.pace_kmh)
    return traced._replace(seconds=spot.walk.seconds(afoot.pace_kmh))


def _vehicle_words(mode: str) -> Said:
    return {"bike": tr("your bike"), "car": tr("your car")}[mode]
