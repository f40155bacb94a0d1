"""Walks along the streets to stops and between them, as the search for journeys counts them."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.plan.waypoint import Waypoint
from lens_routes.timetable.ask.walks import CHANGE_WITHIN_M, NearStops
from lens_routes.timetable.search.bags import Foot

if TYPE_CHECKING:
    from lens_routes.timetable.network.network import Network
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.walking import Walking


class Afoot:
    """The walks of one person around the stops of a network.

    Parameters
    ----------
    network
        The timetables, with the person's wishes: in a wheelchair nobody takes steps.
    walking
        What is known of walking.
    pace_kmh
        The walker's pace.
    """

    def __init__(self, network: Network, walking: Walking, pace_kmh: float) -> None:
        self._network = network
        self._walking = walking
        self._pace_kmh = pace_kmh
        self._near: dict[int, dict[int, Foot]] = {}

    @cached_property
    def _stops(self) -> NearStops:
        return NearStops(self._network)

    def stop(self, number: int) -> Waypoint | None:
        """Return a stop as a waypoint, None where its feed does not say where it is."""
        point = self._network.point(number)
        return Waypoint(self._network.name(number), point.lon, point.lat) if point else None

    def way(self, a: Waypoint, b: Waypoint) -> Foot | None:
        """Return the walk between two waypoints, None where the person cannot take it."""
        return self._foot(self._walking.from_first([a, b])[0])

    def around(self, end: Waypoint, within_m: float, besides: int | None = None) -> dict[int, Foot]:
        """Return the walks of at most *within_m* metres between a point and the stops around it.

        Those of one station are left out.
        """
        near = [
            one
            for one in self._stops.within(end.point, within_m)
            if besides is None or self._network.station(one[0]) != besides
        ]
        places = [Waypoint(str(stop), point.lon, point.lat) for stop, point, _ in near]
        # What is not reached within a limit is given as just so far: a metre more tells it apart.
        walks = self._walking.from_first([end, *places], within_m + 1) if places else []
        found = {}
        for (stop, _, _), walk in zip(near, walks, strict=True):
            foot, inside_s = self._foot(walk), self._network.inside_s(stop)
            if walk.distance_m <= within_m and foot is not None and inside_s is not None:
                found[stop] = foot._replace(seconds=foot.seconds + inside_s)
        return found

    def _foot(self, walk: Walk) -> Foot | None:
        """Return a walk as the search counts it, None where the person cannot take it."""
        if self._network.wishes.wheelchair and walk.steps_m > 0:
            return None
        # The walk counts both ways; rounded up, so that nobody is late.
        seconds = math.ceil(walk.seconds_either_way(self._pace_kmh))
        return Foot(seconds, round(walk.distance_m * 10))

    def near(self, stop: int) -> dict[int, Foot]:
        """Return the walks from a stop to those of other stations near it."""
        known = self._near.get(stop)
        if known is None:
            here, out_s = self.stop(stop), self._network.inside_s(stop)
            found: dict[int, Foot] = {}
            if here is not None and out_s is not None:
                others = self.around(here, CHANGE_WITHIN_M, self._network.station(stop))
                found = {
                    other: foot._replace(seconds=foot.seconds + out_s)
                    for other, foot in others.items()
                }
            known = self._near[stop] = found
        return known

    def between(self, stop: int, other: int) -> Foot:
        """Return the walk between two stops, however far."""
        known = self.near(stop).get(other)
        if known is not None:
            return known
        a, b = self.stop(stop), self.stop(other)
        walk = self._walking.from_first([a, b])[0] if a and b else None
        return (walk and self._foot(walk)) or Foot(0, 0)
