"""Travel times that depend on the hour between some of their locations, numbered anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lens_routes.tour.problem import HourlyTimes, Moments, Places, Trips


class Among:
    """Travel times between some locations: ``kept`` are the numbers they have in *times*."""

    def __init__(self, times: HourlyTimes, kept: tuple[int, ...]) -> None:
        self._times, self._kept = times, kept
        self._numbers = np.array(kept, dtype=np.intp)

    def seconds(self, origin: int, destination: int, depart_s: int) -> int:
        """Return the travel time when leaving at a moment."""
        return self._times.seconds(self._kept[origin], self._kept[destination], depart_s)

    def trip(self, origin: int, destination: int, depart_s: int) -> tuple[int, int]:
        """Return the seconds on foot and riding."""
        return self._times.trip(self._kept[origin], self._kept[destination], depart_s)

    def metres(self, origin: int, destination: int, depart_s: int) -> float:
        """Return the metres on foot."""
        return self._times.metres(self._kept[origin], self._kept[destination], depart_s)

    def latest(self, origin: int, destination: int, arrive_s: int) -> int:
        """Return the latest departure that arrives by a moment."""
        return self._times.latest(self._kept[origin], self._kept[destination], arrive_s)

    def arrivals(self, origin: int, destinations: Places, departs_s: Moments) -> Moments:
        """Return when one arrives at each place, leaving at each moment."""
        return self._times.arrivals(self._kept[origin], self._numbers[destinations], departs_s)

    def trips(self, origins: Places, destinations: Places, departs_s: Moments) -> Trips:
        """Return many ways, each left at its own moment."""
        ends = self._numbers[origins], self._numbers[destinations]
        return self._times.trips(*ends, departs_s)

    def every_trip(self) -> tuple[Places, Places, Trips]:
        """Return every way there may be."""
        origins, destinations, (seconds, foot_s, ride_s, metres) = self._times.every_trip()
        anew = np.full(1 + max(self._numbers.max(), origins.max()), -1)
        anew[self._numbers] = np.arange(len(self._numbers))
        origins, destinations = anew[origins], anew[destinations]
        here = (origins >= 0) & (destinations >= 0)
        ways = seconds[here], foot_s[here], ride_s[here], metres[here]
        return origins[here], destinations[here], ways
