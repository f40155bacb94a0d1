"""The walks of a tour as legs: traced through the streets, with directions, where they can be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.plan.plan import Grade, Leg, Step
from lens_routes.streets.route.directions import directions
from lens_routes.streets.route.path import geometry
from lens_routes.streets.route.phrases import phrase

if TYPE_CHECKING:
    from lens_routes.geo import Point
    from lens_routes.plan.plan import Waypoint
    from lens_routes.streets.route.path import Path
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.walking import Walking


@dataclass(frozen=True, slots=True)
class Route:
    """A walk between two waypoints: ``seconds`` at the walker's pace, ``path`` None if untraced."""

    origin: Waypoint
    destination: Waypoint
    walk: Walk
    seconds: int
    steps: tuple[Step, ...] = ()
    path: Path | None = None
    line: tuple[Point, ...] | None = None


@dataclass(frozen=True, slots=True)
class RiddenRoute:
    """A way between two waypoints by public transport: it leaves when it leaves."""

    origin: Waypoint
    destination: Waypoint
    leg: Leg


def route(
    walking: Walking, origin: Waypoint, destination: Waypoint, planned: Walk, pace_kmh: float
) -> Route:
    """Return the walk between two waypoints, traced where the installed streets lead.

    *planned* is the best figure known without tracing, for where they do not; from a point to
    itself nobody walks to the street and back.
    """
    moves = origin.point != destination.point
    traced = walking.trace(origin.point, destination.point) if moves else None
    if traced is None or walking.network is None:
        return Route(origin, destination, planned, planned.seconds(pace_kmh))
    walk, path = traced
    steps = tuple(
        Step(phrase(instruction, destination.name), instruction.street, instruction.distance_m)
        for instruction in directions(walking.network, path)
    )
    line = _door_to_door(origin.point, geometry(walking.network, path), destination.point)
    return Route(origin, destination, walk, walk.seconds(pace_kmh), steps, path, line)


def _door_to_door(start: Point, line: list[Point], end: Point) -> tuple[Point, ...]:
    """Return the line with the gaps to the streets at both ends, no point twice in a row."""
    whole = [start]
    for point in (*line, end):
        if point != whole[-1]:
            whole.append(point)
    return tuple(whole)


def leg_of(route: Route, depart: dt.datetime) -> Leg:
    """Return a walk as a leg that leaves at *depart*, an aware time."""
    arrive = depart.astimezone(dt.UTC) + dt.timedelta(seconds=route.seconds)
    walk = route.walk
    known = walk.grade is not Grade.ESTIMATE
    return Leg(
        origin=route.origin.name,
        destination=route.destination.name,
        depart=depart,
        arrive=arrive.astimezone(depart.tzinfo),
        distance_m=walk.distance_m,
        duration_s=route.seconds,
        source=walk.grade,
        geometry=route.line,
        steps=route.steps,
        main_road_m=walk.main_road_m if known else None,
        steps_m=walk.steps_m if known else None,
        snap_m=route.path.start.gap_m + route.path.end.gap_m if route.path else 0.0,
    )
