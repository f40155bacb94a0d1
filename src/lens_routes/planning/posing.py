"""Pose a day as the planner's problem: places become sites, points locations, times seconds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.plan import Waypoint
from lens_routes.tour.problem import Day, Problem, Site, StaticTimes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from lens_routes.planning.candidates import Candidate
    from lens_routes.planning.request import Request
    from lens_routes.travel.walk import Walk


@dataclass(frozen=True, slots=True)
class DayClock:
    """Seconds since the midnight a civil day begins with, and back.

    Counted through UTC, so that both days on which clocks change keep their true length.
    """

    date: dt.date
    zone: ZoneInfo

    @property
    def midnight(self) -> dt.datetime:
        """The instant the day begins, in UTC."""
        return dt.datetime.combine(self.date, dt.time(), self.zone).astimezone(dt.UTC)

    def seconds(self, moment: dt.datetime) -> int:
        """Return the whole seconds from midnight to an aware *moment*."""
        return int((moment.astimezone(dt.UTC) - self.midnight).total_seconds())

    def moment(self, seconds: int) -> dt.datetime:
        """Return the local time *seconds* after midnight."""
        return (self.midnight + dt.timedelta(seconds=seconds)).astimezone(self.zone)

    def at(self, time: dt.time) -> int:
        """Return the seconds from midnight to a local time of the day."""
        return self.seconds(dt.datetime.combine(self.date, time, self.zone))


def waypoints(request: Request, candidates: Sequence[Candidate]) -> list[Waypoint]:
    """Return the points of the problem: the candidates, then the start, then the end if any."""
    sites = [Waypoint(c.place.name, c.place.lon, c.place.lat, c.place.id) for c in candidates]
    return [*sites, request.start, *([request.end] if request.end else [])]


def pose(
    request: Request,
    candidates: Sequence[Candidate],
    walks: Sequence[Sequence[Walk]],
    clock: DayClock,
) -> Problem:
    """Return the planner's problem.

    *walks* has a row and a column for each of `waypoints`. A one-way tour ends nowhere: at a
    location every place is zero seconds and metres from.
    """
    seconds = [[walk.seconds(request.pace_kmh) for walk in row] for row in walks]
    metres = [[walk.distance_m for walk in row] for row in walks]
    start = len(candidates)
    if request.end is None:
        for rows in (seconds, metres):
            for row in rows:
                row.append(0)
            rows.append([0] * (start + 2))
    depart_s = clock.at(request.at)
    return Problem(
        sites=tuple(_site(candidate, clock) for candidate in candidates),
        days=(Day(start, start + 1, depart_s, depart_s + request.minutes * 60),),
        travel=StaticTimes(seconds),
        must=frozenset(request.must),
        max_visits=request.max_visits,
        max_walk_m=request.max_walk_m,
        walk_m=metres,
        returns=request.returns,
    )


def _site(candidate: Candidate, clock: DayClock) -> Site:
    return Site(
        id=candidate.place.id,
        score=candidate.place.worth,
        duration_s=candidate.minutes * 60,
        windows=tuple((clock.seconds(a), clock.seconds(b)) for a, b in candidate.begins),
        group=candidate.place.kind,
    )
