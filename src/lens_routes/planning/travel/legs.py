"""The walks of a tour as legs: traced through the streets, with directions, where they can be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.moments import elapsed_s

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.travel.followed import Followed
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
    from lens_routes.planning.travel.followed import Followed  # noqa: PLC0415  # streets are rare

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


def _sum(metres: Iterable[float | None]) -> float | None:
    """Return a sum of metres, None where one of them is not known."""
    known = list(metres)
    return None if None in known else sum(filter(None, known))
