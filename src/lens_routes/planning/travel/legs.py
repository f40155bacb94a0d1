"""The walks of a tour as legs: traced through the streets, with directions, where they can be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lens_routes.plan.amenity import ON_THE_WAY
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg, Step
from lens_routes.plan.moments import elapsed_s
from lens_routes.streets.access.conditions import conditions
from lens_routes.streets.around.amenities import along
from lens_routes.streets.route.directions import directions
from lens_routes.streets.route.hourly import shut_on
from lens_routes.streets.route.path import geometry
from lens_routes.streets.route.phrases import phrase, way_name
from lens_routes.streets.route.slopes import course, heights_along
from lens_routes.streets.route.slopes import steepest as steepest_of
from lens_routes.text.language import tr
from lens_routes.travel.foot.rolling import worst_spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens_routes.geo import Point
    from lens_routes.plan.amenity import Amenity
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.stretch import Stretch
    from lens_routes.text.language import Said
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.vehicles.drives import Drive
    from lens_routes.travel.walking import Walking

#: A traced walk that differs by no more from the planner's figure changes nothing: figures are
#: rounded to decimetres, and seconds to whole ones.
SAME_SECONDS = 2
_WORST = (Grade.ESTIMATE, Grade.TABLE, Grade.STREETS)


class Way(Protocol):
    """A way between two waypoints."""

    @property
    def origin(self) -> Waypoint:
        """Where it begins."""
        ...

    @property
    def destination(self) -> Waypoint:
        """Where it leads to."""
        ...

    @property
    def traced(self) -> Walk | Drive | None:
        """What is walked or driven as it was traced, where it was planned otherwise."""
        ...

    def leg(self, depart: dt.datetime) -> Leg:
        """Return the way as a leg of a person who may leave at *depart*, an aware time."""
        ...


class Followed(NamedTuple):
    """A way through the streets as one follows it: its line, directions, heights, what one passes.

    ``heights`` are those of the points of ``line``, metres, none where they are not known, and
    ``steepest`` is the greatest rise or fall per metre over 100 m. ``worst`` is what is hardest for
    who rolls.
    """

    network: Network
    path: Path
    line: tuple[Point, ...]
    steps: tuple[Step, ...]
    heights: tuple[float, ...]
    steepest: float | None
    passed: tuple[Amenity, ...]
    worst: str | None = None

    @classmethod
    def of(
        cls, network: Network, path: Path, ends: tuple[Point, Point], destination: str
    ) -> Followed:
        """Return a path between two points as one follows it to what is called *destination*."""
        steps = tuple(
            Step(phrase(instruction, destination), instruction.street, instruction.distance_m)
            for instruction in directions(network, path)
        )
        line = _door_to_door(ends[0], geometry(network, path), ends[1])
        places = course(network, path.stretches)
        heights = heights_along(line, places, path.start.gap_m)
        steepest = round(steepest_of(places)[0], 3) if places else None
        passed = tuple(along(network.amenities, line, ON_THE_WAY))
        worst = worst_spot(network, path) if path.profile.rolls else None
        return cls(network, path, line, steps, heights, steepest, passed, worst)

    def told(self, leg: Leg) -> Leg:
        """Return a leg that leads this way with all that is known of it."""
        measures = self.path.measures
        # Where heights are known of some streets only, their climbs count all the same.
        climbed = bool(self.heights or measures.ascent_m or measures.descent_m)
        shut = shut_on(self.network, self.path, leg.depart)
        sure_m = measures.sure if self.path.profile.rolls else None
        return replace(
            leg,
            geometry=self.line,
            steps=self.steps,
            snap_m=self.path.start.gap_m + self.path.end.gap_m,
            ascent_m=measures.ascent_m if climbed else None,
            descent_m=measures.descent_m if climbed else None,
            steepest=self.steepest,
            elevations=self.heights,
            passed=self.passed,
            passable_m=sure_m,
            unknown_m=None if sure_m is None else leg.distance_m - sure_m,
            worst=self.worst,
            shut=None if shut is None else _shut(self.network, shut[1]),
        )


class Route(NamedTuple):
    """A walk between two waypoints: ``seconds`` at the walker's pace; not traced, not followed.

    ``traced`` is the walk where it takes another time than it was planned with.
    """

    origin: Waypoint
    destination: Waypoint
    walk: Walk
    seconds: int
    followed: Followed | None = None
    traced: Walk | None = None

    def leg(self, depart: dt.datetime) -> Leg:
        """Return the walk as a leg that leaves at *depart*, an aware time."""
        arrive = depart.astimezone(dt.UTC) + dt.timedelta(seconds=self.seconds)
        walk = self.walk
        known = walk.grade is not Grade.ESTIMATE
        climbed = bool(walk.ascent_m or walk.descent_m)
        leg = Leg(
            origin=self.origin.name,
            destination=self.destination.name,
            depart=depart,
            arrive=arrive.astimezone(depart.tzinfo),
            distance_m=walk.distance_m,
            duration_s=self.seconds,
            source=walk.grade,
            main_road_m=walk.main_road_m if known else None,
            steps_m=walk.steps_m if known else None,
            ascent_m=walk.ascent_m if climbed else None,
            descent_m=walk.descent_m if climbed else None,
            passable_m=0.0 if walk.mover.rolls else None,
            unknown_m=walk.distance_m if walk.mover.rolls else None,
        )
        return self.followed.told(leg) if self.followed else leg

    def planned(self, seconds: int) -> Route:
        """Return the walk as long as it was planned; ``traced`` tells where that is wrong."""
        wrong = abs(self.seconds - seconds) > SAME_SECONDS
        return self._replace(seconds=seconds, traced=self.walk if wrong else None)


class RiddenRoute(NamedTuple):
    """A way between two waypoints by public transport: it leaves when it leaves."""

    origin: Waypoint
    destination: Waypoint
    ridden: Leg
    traced: None = None

    def leg(self, depart: dt.datetime) -> Leg:  # noqa: ARG002  # a ride does not wait
        """Return the leg, which leaves at its own time."""
        return self.ridden


def route(
    walking: Walking,
    origin: Waypoint,
    destination: Waypoint,
    planned: Walk,
    pace_kmh: float,
    depart: dt.datetime | None = None,
) -> Route:
    """Return the walk between two waypoints, traced where the installed streets lead.

    *planned* is the best figure known without tracing, for where they do not; from a point to
    itself nobody walks to the street and back. Who leaves at *depart* is led round what is closed.
    """
    moves = origin.point != destination.point
    traced = walking.trace(origin.point, destination.point, depart) if moves else None
    if traced is None or walking.network is None:
        return Route(origin, destination, planned, planned.seconds(pace_kmh))
    walk, path = traced
    ends = origin.point, destination.point
    followed = Followed.of(walking.network, path, ends, destination.name)
    return Route(origin, destination, walk, walk.seconds(pace_kmh), followed)


def whole(
    mode: str,
    ends: tuple[Waypoint, Waypoint],
    times: tuple[dt.datetime, dt.datetime],
    parts: Sequence[Leg],
) -> Leg:
    """Return the leg of a mode that consists of some walks and rides."""
    walks = [part for part in parts if part.mode == "walk"]
    # A timetable is always right.
    measured = [part.source for part in parts if not part.rides]
    traced = all(part.geometry is not None for part in parts)
    return Leg(
        origin=ends[0].name,
        destination=ends[1].name,
        depart=times[0],
        arrive=times[1],
        distance_m=sum(walk.distance_m for walk in walks),
        duration_s=elapsed_s(*times),
        source=min(measured, key=_WORST.index, default=Grade.TABLE),
        mode=mode,
        geometry=tuple(p for part in parts for p in part.geometry or ()) if traced else None,
        steps=tuple(step for part in parts for step in part.steps),
        snap_m=sum(walk.snap_m for walk in walks),
        rides=tuple(one for part in parts for one in part.rides),
        ride_m=sum(part.ride_m for part in parts if part.ride_m) or None,
        ascent_m=_sum(part.ascent_m for part in parts),
        descent_m=_sum(part.descent_m for part in parts),
        parts=tuple(parts),
    )


def _shut(network: Network, stretch: Stretch) -> Said:
    """Return a way that is closed when one passes, with what the map says of its hours."""
    hours = ", ".join(conditions(network.tags(stretch.edge)))
    way = way_name(network.name(stretch.edge), network.kind(stretch.edge))
    return tr("{way} (the map says: {hours})", way=way, hours=hours)


def _sum(metres: Iterable[float | None]) -> float | None:
    """Return a sum of metres, None where one of them is not known."""
    known = list(metres)
    return None if None in known else sum(filter(None, known))


def _door_to_door(start: Point, line: list[Point], end: Point) -> tuple[Point, ...]:
    """Return the line with the gaps to the streets at both ends, no point twice in a row."""
    whole = [start]
    for point in (*line, end):
        if point != whole[-1]:
            whole.append(point)
    return tuple(whole)
