"""Travel times from door to door by public transport and on foot, for every departure of a day."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.plan import Waypoint
from lens_routes.streets.cost import walking_s
from lens_routes.timetable.changes import USUAL_CHANGE_S, Changes
from lens_routes.timetable.matrix import Matrix, Steps, walked_s
from lens_routes.timetable.timeline import Timeline
from lens_routes.timetable.walks import CHANGE_WITHIN_M, StopGrid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from lens_routes.timetable.network import Network
    from lens_routes.timetable.search import Ridden
    from lens_routes.travel.walk import Walk
    from lens_routes.travel.walking import Walking

#: A walk to the first stop or from the last one is at most this long, metres.
FARTHEST_WALK_M = 2500.0
#: One is at the first stop this long before the departure, seconds.
AHEAD_S = 120
#: What-if questions reach this far beyond the day asked for, seconds.
BEYOND_S = 4 * 3600


class Span(NamedTuple):
    """A day of a tour: its service day, and the POSIX times between which it is spent."""

    date: dt.date
    begin: int
    end: int


class Riding(NamedTuple):
    """A journey: POSIX times of leaving and arriving, and its rides."""

    leave: int
    arrive: int
    rides: list[Ridden]


class Lines:
    """The timetables around some points, and the walks from the points to their stops.

    Parameters
    ----------
    network
        The timetables.
    walking
        What is known of walking.
    points
        Where journeys begin and end.
    days
        The days on which they do.
    pace_kmh
        The walker's pace.
    """

    def __init__(
        self,
        network: Network,
        walking: Walking,
        points: Sequence[Waypoint],
        days: Sequence[Span],
        pace_kmh: float,
    ) -> None:
        self.network = network
        self.pace_kmh = pace_kmh
        self.timelines = [Timeline(network, day.date) for day in days]
        self._walking = walking
        self._grid = StopGrid(network)
        self._near: dict[int, dict[int, int]] = {}
        known: dict[Waypoint, dict[int, int]] = {}
        for point in points:
            if point not in known:
                known[point] = self._walks(point, FARTHEST_WALK_M)
        changes = Changes(network, USUAL_CHANGE_S, walks=self._between)
        self._begins = [day.begin - BEYOND_S for day in days]
        self._matrices = [
            Matrix(
                timeline,
                changes,
                self._between,
                [known[point] for point in points],
                (day.begin - BEYOND_S, day.end + BEYOND_S),
                AHEAD_S,
            )
            for timeline, day in zip(self.timelines, days, strict=True)
        ]

    def day(self, moment: int) -> int:
        """Return the number of the day that a POSIX time belongs to."""
        return max(0, bisect_right(self._begins, moment) - 1)

    def steps(self, day: int, origin: int, destination: int) -> Steps:
        """Return the journeys of a day between two of the points."""
        return self._matrices[day].steps(origin, destination)

    def riding(self, day: int, origin: int, destination: int, leave: int) -> Riding:
        """Return the journey of `steps` that leaves at a POSIX time."""
        steps = self.steps(day, origin, destination)
        arrive = steps.arrives[bisect_left(steps.leaves, leave)]
        rides = self._matrices[day].rides(origin, destination, leave)
        return Riding(leave, arrive, rides)

    def walk_s(self, walk: Walk) -> int:
        """Return the seconds of a walk to a stop, rounded so that nobody is late."""
        return math.ceil(walking_s(walk.distance_m, walk.steps_m, self.pace_kmh))

    def stop(self, number: int) -> Waypoint | None:
        """Return a stop as a waypoint, None where its feed does not say where it is."""
        point = self.network.point(number)
        return Waypoint(self.network.name(number), point.lon, point.lat) if point else None

    def _between(self, number: int) -> dict[int, int]:
        """Return the seconds on foot from a stop to those of other stations near it."""
        known = self._near.get(number)
        if known is None:
            stop = self.stop(number)
            own = set(self.network.meant(self.network.station(number)))
            known = self._walks(stop, CHANGE_WITHIN_M, own) if stop else {}
            self._near[number] = known
        return known

    def _walks(self, point: Waypoint, within_m: float, but: Collection[int] = ()) -> dict[int, int]:
        near = [item for item in self._grid.within(point.point, within_m) if item[0] not in but]
        if not near:
            return {}
        stops = [Waypoint(str(stop), where.lon, where.lat) for stop, where, _ in near]
        walks = self._walking.from_first([point, *stops], within_m)
        return {
            stop: self.walk_s(walk)
            for (stop, _, _), walk in zip(near, walks, strict=True)
            if walk.distance_m <= within_m
        }


class TransitTimes:
    """Travel times between the locations of a problem: the faster of riding and walking.

    Whoever leaves later does not arrive earlier.

    Parameters
    ----------
    lines
        The timetables; its points are the first locations.
    points
        How many locations have journeys; the others are only walked to.
    midnight
        The POSIX time the problem's clock counts from.
    walk_s, walk_m
        Seconds and metres of walking all the way.
    """

    def __init__(
        self,
        lines: Lines,
        points: int,
        midnight: int,
        walk_s: Sequence[Sequence[int]],
        walk_m: Sequence[Sequence[float]],
    ) -> None:
        self.lines = lines
        self.midnight = midnight
        self._points = points
        self._walk_s = walk_s
        self._walk_m = walk_m

    def seconds(self, origin: int, destination: int, depart_s: int) -> int:
        """Return the time to the earliest arrival when one may leave at *depart_s*."""
        walk = self._walk_s[origin][destination]
        found = self._next(origin, destination, depart_s)
        if found is None:
            return walk
        steps, index = found
        return min(walk, steps.arrives[index] - self.midnight - depart_s)

    def metres(self, origin: int, destination: int, depart_s: int) -> float:
        """Return the metres on foot of that way, rounded up."""
        found = self._next(origin, destination, depart_s)
        if found is None or self._walked(origin, destination, depart_s, found):
            return self._walk_m[origin][destination]
        steps, index = found
        return walked_s(steps.keys[index]) * self.lines.pace_kmh / 3.6

    def least(self, origin: int, destination: int) -> int:
        """Return the shortest travel time there is at any hour of any day."""
        least = self._walk_s[origin][destination]
        if self._ridden(origin, destination):
            for day in range(len(self.lines.timelines)):
                steps = self.lines.steps(day, origin, destination)
                for leave, arrive in zip(steps.leaves, steps.arrives, strict=True):
                    least = min(least, arrive - leave)
        return least

    def least_metres(self, origin: int, destination: int) -> float:
        """Return the least metres on foot there are at any hour of any day."""
        least = self._walk_m[origin][destination]
        if self._ridden(origin, destination):
            for day in range(len(self.lines.timelines)):
                for key in self.lines.steps(day, origin, destination).keys:
                    least = min(least, walked_s(key) * self.lines.pace_kmh / 3.6)
        return least

    def latest(self, origin: int, destination: int, arrive_s: int) -> int:
        """Return the latest departure that arrives by *arrive_s*."""
        latest = arrive_s - self._walk_s[origin][destination]
        if self._ridden(origin, destination):
            moment = arrive_s + self.midnight
            steps = self.lines.steps(self.lines.day(moment), origin, destination)
            index = bisect_right(steps.arrives, moment) - 1
            if index >= 0:
                latest = max(latest, steps.leaves[index] - self.midnight)
        return latest

    def riding(self, origin: int, destination: int, depart_s: int) -> tuple[int, Riding] | None:
        """Return the service day and the journey to take, None where one should walk."""
        found = self._next(origin, destination, depart_s)
        if found is None or self._walked(origin, destination, depart_s, found):
            return None
        steps, index = found
        day = self.lines.day(depart_s + self.midnight)
        return day, self.lines.riding(day, origin, destination, steps.leaves[index])

    def _ridden(self, origin: int, destination: int) -> bool:
        return origin != destination and max(origin, destination) < self._points

    def _next(self, origin: int, destination: int, depart_s: int) -> tuple[Steps, int] | None:
        if not self._ridden(origin, destination):
            return None
        moment = depart_s + self.midnight
        steps = self.lines.steps(self.lines.day(moment), origin, destination)
        index = bisect_left(steps.leaves, moment)
        return (steps, index) if index < len(steps.leaves) else None

    def _walked(
        self, origin: int, destination: int, depart_s: int, found: tuple[Steps, int]
    ) -> bool:
        steps, index = found
        rides_s = steps.arrives[index] - self.midnight - depart_s
        return self._walk_s[origin][destination] <= rides_s
