"""Legs by public transport: walk to the stop, ride, change, ride, walk from the stop."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.geo import distance_m
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.moments import elapsed_s
from lens_routes.planning.travel.legs import RiddenRoute, route, whole
from lens_routes.timetable.ask.journey import ride, ride_document
from lens_routes.timetable.search.direct import direct

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from lens_routes.geo import Point
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.travel.legs import Route
    from lens_routes.timetable.ask.journey import Ride
    from lens_routes.timetable.search.raptor import Ridden
    from lens_routes.travel.rides.lines import Lines, Riding
    from lens_routes.travel.walking import Walking

#: Less than this is being there.
SHORTEST_WALK_M = 25.0


class RideLegs:
    """Makes legs of journeys.

    Parameters
    ----------
    lines
        The timetables that the journeys were found in.
    walking
        What is known of walking.
    zone
        The time zone the plan is written in.
    """

    def __init__(self, lines: Lines, walking: Walking, zone: ZoneInfo) -> None:
        self._lines = lines
        self._walking = walking
        self._zone = zone
        self._walk = cache(self._walk_between)

    def route(self, origin: Waypoint, destination: Waypoint, day: int, way: Riding) -> RiddenRoute:
        """Return a journey as a way between two waypoints."""
        leave, arrive = (
            dt.datetime.fromtimestamp(moment, self._zone) for moment in (way.leave, way.arrive)
        )
        rides = [ride(self._lines.network, ridden) for ridden in way.rides]
        parts: list[Leg] = []
        here, moment, last = origin, leave, None
        for one, ridden in zip(rides, way.rides, strict=True):
            stop = self._lines.stop(one.origin.number)
            if stop is not None and not self._same_station(last, one):
                parts += self._walk_to(here, stop, moment)
            parts.append(self._ride_leg(one, ridden, day))
            here, moment, last = self._lines.stop(one.destination.number) or here, one.arrive, one
        parts += self._walk_to(here, destination, moment)
        leg = whole("transit", (origin, destination), (leave, arrive), parts)
        direct_m = self._walking.from_first([origin, destination])[0].distance_m
        return RiddenRoute(origin, destination, replace(leg, direct_m=direct_m))

    def _same_station(self, last: Ride | None, following: Ride) -> bool:
        station = self._lines.network.station
        return last is not None and station(last.destination.number) == station(
            following.origin.number
        )

    def _walk_to(self, here: Waypoint, there: Waypoint, moment: dt.datetime) -> list[Leg]:
        """Return the walk between two points, none where one is there."""
        leg = self._walk(here, there).leg(moment.astimezone(self._zone))
        return [leg] if leg.distance_m >= SHORTEST_WALK_M else []

    def _walk_between(self, here: Waypoint, there: Waypoint) -> Route:
        planned = self._walking.from_first([here, there])[0]
        traced = route(self._walking, here, there, planned, self._lines.pace_kmh)
        # As the search counts it, rounded up so that nobody is late.
        seconds = math.ceil(planned.seconds_either_way(self._lines.pace_kmh))
        return traced._replace(seconds=seconds)

    def _ride_leg(self, one: Ride, ridden: Ridden, day: int) -> Leg:
        line = self._drawn(ridden)
        document = ride_document(one)
        document["length_m"] = round(sum(distance_m(a, b) for a, b in pairwise(line)), 1)
        document.update(self._others(one, day))
        return Leg(
            origin=one.origin.name,
            destination=one.destination.name,
            depart=one.depart.astimezone(self._zone),
            arrive=one.arrive.astimezone(self._zone),
            distance_m=0.0,
            duration_s=elapsed_s(one.depart, one.arrive),
            source=Grade.TABLE,
            mode="transit",
            geometry=tuple(line),
            rides=(document,),
        )

    def _others(self, one: Ride, day: int) -> dict[str, Any]:
        """Return the next direct ride after one, and the last one of the service day."""
        stops = one.origin.number, one.destination.number
        found = direct(self._lines.timelines[day], *stops)
        depart, arrive = (round(moment.timestamp()) for moment in (one.depart, one.arrive))
        later = [pair for pair in found if pair[0] > depart and pair[1] > arrive]
        return {"next": self._pair(later[:1]), "last": self._pair(found[-1:])}

    def _pair(self, found: list[tuple[int, int]]) -> dict[str, str] | None:
        for depart, arrive in found:
            moments = (dt.datetime.fromtimestamp(t, self._zone) for t in (depart, arrive))
            return dict(zip(("depart", "arrive"), (m.isoformat() for m in moments), strict=True))
        return None

    def _drawn(self, ridden: Ridden) -> list[Point]:
        """Return the line of a ride: straight from stop to stop, timetables keep no other."""
        stops = self._lines.network.pattern(ridden.pattern).stops
        points = (
            self._lines.network.point(stop) for stop in stops[ridden.board : ridden.alight + 1]
        )
        return [point for point in points if point is not None]
