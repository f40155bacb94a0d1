"""Ways of getting from one place to another, and which of them comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import NotFoundError
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text.words import fold
from lens_routes.timetable.ask.find_stops import Halt, exact_stop, find_stop
from lens_routes.timetable.ask.journey import ride_document
from lens_routes.timetable.network.wishes import Preference

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from lens_routes.timetable.ask.journey import Ride
    from lens_routes.timetable.network.network import Network


class Where(NamedTuple):
    """An end of a journey: a point, and the stops that are the place itself."""

    name: str
    waypoint: Waypoint | None
    halt: Halt | None


class Trip(NamedTuple):
    """One way of getting there: its legs, walks included."""

    legs: tuple[Leg, ...]
    rides: tuple[Ride, ...]

    @property
    def depart(self) -> dt.datetime:
        """When one leaves."""
        return self.legs[0].depart

    @property
    def arrive(self) -> dt.datetime:
        """When one is there."""
        return self.legs[-1].arrive

    @property
    def walk_m(self) -> float:
        """Metres on foot."""
        return sum(leg.distance_m for leg in self.legs if leg.mode == "walk")


def ride_leg(ride: Ride) -> Leg:
    """Return the leg that a ride is, with nothing walked."""
    return Leg(
        origin=ride.origin.name,
        destination=ride.destination.name,
        depart=ride.depart,
        arrive=ride.arrive,
        distance_m=0.0,
        duration_s=elapsed_s(ride.depart, ride.arrive),
        source=Grade.TABLE,
        mode="transit",
        rides=(ride_document(ride),),
    )


def find_where(words: str, network: Network, locate: Callable[[str], Waypoint]) -> Where:
    """Return what *words* mean: a stop by id or name, a point *locate* knows, or nearly a stop.

    Raises
    ------
    NotFoundError
        Nothing or several things answer to the words.
    """
    halt = exact_stop(network, words)
    if halt is None:
        try:
            waypoint = locate(words)
        except NotFoundError:
            halt = find_stop(network, words)
        else:
            return Where(waypoint.name, waypoint, None)
    if halt.point is None:
        return Where(halt.name, None, halt)
    return Where(halt.name, Waypoint(halt.name, halt.point.lon, halt.point.lat), halt)


def preferred(trips: Iterable[Trip], preference: Preference) -> list[Trip]:
    """Return trips with the preferred ones first."""

    def key(trip: Trip) -> tuple[float, ...]:
        arrive, rides, walk = trip.arrive.timestamp(), float(len(trip.rides)), trip.walk_m
        leaves = -trip.depart.timestamp()
        return {
            Preference.EARLIER: (arrive, rides, walk, leaves),
            Preference.FEWER_CHANGES: (max(rides, 1), arrive, walk, leaves),
            Preference.LESS_WALKING: (walk, arrive, rides, leaves),
        }[preference]

    return sorted(trips, key=key)


def once(trips: Iterable[Trip]) -> list[Trip]:
    """Return trips, those that ride the same trains once: two feeds may both have them."""
    kept: dict[tuple[object, ...], Trip] = {}
    for trip in trips:
        key = tuple(
            (ride.depart, ride.arrive, fold(ride.origin.name), fold(ride.destination.name))
            for ride in trip.rides
        )
        same = kept.get(key)
        if same is None or trip.walk_m < same.walk_m:
            kept[key] = trip
    return list(kept.values())
