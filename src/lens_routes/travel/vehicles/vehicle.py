"""The vehicles one comes with: how long it takes to set off and to park, what shares a spot."""

from __future__ import annotations

from typing import NamedTuple

from lens_routes.plan.amenity import Need


class Vehicle(NamedTuple):
    """A vehicle of one's own.

    Parameters
    ----------
    mode
        The way to travel, as `lens_routes.plan.request.MODES` names it.
    profile
        The profile of `lens_routes.streets` that it follows.
    usual_kmh
        The speed on the level of a good road that its times are for, km/h; None where the roads
        say how fast one drives.
    unlock_s, park_s
        What it takes to set off, and to put it away: seconds.
    share_m
        Places nearer to each other on foot share a spot: one walks between them.
    price
        What an hour in it costs, in the terms of `lens_routes.tour.problem.Prices`.
    minds_roads
        Whether main roads are worth a word to who is in it.
    parking
        What of the map it is left at, where there is one so near.
    table
        The table of ways between places that comes with the program.
    """

    mode: str
    profile: str
    usual_kmh: float | None
    unlock_s: int
    park_s: int
    share_m: float
    price: float
    minds_roads: bool
    parking: Need
    table: str

    @property
    def handling_s(self) -> int:
        """The seconds of a way that the vehicle does not move."""
        return self.unlock_s + self.park_s


#: To set off and to park takes what OpenTripPlanner's defaults say (`bicycle.parking.time` and
#: `car.pickupTime` one minute, `car.dropoffTime` two). A touring cyclist rides 18 km/h on the level
#: (GraphHopper's asphalt). An hour of riding is less of a pleasure than one in a train, and more
#: than one on foot along a road; see docs/moving.md.
VEHICLES = {
    "bike": Vehicle(
        mode="bike",
        profile="bike",
        usual_kmh=18.0,
        unlock_s=60,
        park_s=60,
        share_m=250.0,
        price=1.0,
        minds_roads=True,
        parking=Need.BIKE_RACK,
        table="cycling_distances.csv",
    ),
    "car": Vehicle(
        mode="car",
        profile="car",
        usual_kmh=None,
        unlock_s=60,
        park_s=120,
        share_m=400.0,
        price=0.8,
        minds_roads=False,
        parking=Need.CAR_PARK,
        table="driving_distances.csv",
    ),
}
