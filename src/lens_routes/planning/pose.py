"""Pose a request as the planner's problem: places become sites, points locations, times seconds."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lens_routes.plan.plan import Waypoint
from lens_routes.tour.problem import Break, Day, Option, Problem, Site, StaticTimes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from lens_routes.planning.qualify import Candidate
    from lens_routes.planning.request import Pause, Request
    from lens_routes.travel.walks import Walks


Figure = TypeVar("Figure", int, float)


@dataclass(frozen=True, slots=True)
class TourClock:
    """Seconds since the midnight the first day of a tour begins with, and back.

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

    def at(self, date: dt.date, time: dt.time) -> int:
        """Return the seconds from midnight to a local time of a date."""
        return self.seconds(dt.datetime.combine(date, time, self.zone))


def waypoints(request: Request, candidates: Sequence[Candidate]) -> list[Waypoint]:
    """Return the points of the problem: the candidates, then the start, then the end if any."""
    sites = [Waypoint(c.place.name, c.place.lon, c.place.lat, c.place.id) for c in candidates]
    return [*sites, request.start, *([request.end] if request.end else [])]


def pose(
    request: Request,
    candidates: Sequence[Candidate],
    walks: Walks,
    clock: TourClock,
    margin_minutes: int = 0,
) -> Problem:
    """Return the planner's problem.

    *walks* are those between `waypoints`. A one-way tour ends nowhere: at a location every place is
    zero seconds and metres from. With a margin every visit has to begin, and every day to end, that
    much before it must: whoever is late by the margin is then late everywhere and nowhere too late.
    """
    start = len(candidates)
    seconds = walks.seconds(request.pace_kmh)
    metres = walks.metres()
    if request.end is None:
        _end_nowhere(seconds)
        _end_nowhere(metres)
    margin_s = 60 * margin_minutes
    return Problem(
        sites=tuple(_site(candidate, clock, margin_s) for candidate in candidates),
        days=tuple(_day(date, start, request, clock, margin_s) for date in request.dates),
        travel=StaticTimes(seconds),
        must=request.required,
        breaks=tuple(
            Break(
                id=break_id(pause, number),
                duration_s=60 * pause.minutes,
                window=(
                    clock.at(date, pause.earliest),
                    clock.at(date, pause.latest) - margin_s,
                ),
                day=number,
            )
            for number, date in enumerate(request.dates)
            for pause in request.pauses
        ),
        max_visits=request.max_visits,
        max_walk_m=request.max_walk_m,
        walk_m=metres,
        max_cost=None if request.budget_eur is None else round(100 * request.budget_eur),
        cost=tuple(round(100 * (candidate.place.price_eur or 0)) for candidate in candidates),
        returns=request.returns,
    )


def break_id(pause: Pause, number: int) -> str:
    """Return the planner's id of a break on day *number* of the tour."""
    return f"{pause.name} {number}"


def _end_nowhere(rows: list[list[Figure]]) -> None:
    """Add a location that is no distance from any other."""
    for row in rows:
        row.append(0)
    rows.append([0] * (len(rows) + 1))


def _day(date: dt.date, start: int, request: Request, clock: TourClock, margin_s: int) -> Day:
    depart_s = clock.at(date, request.at)
    return Day(start, start + 1, depart_s, depart_s + request.minutes * 60 - margin_s)


def _site(candidate: Candidate, clock: TourClock, margin_s: int) -> Site:
    place = candidate.place
    windows_of, early_s = _windows, 0
    if candidate.appointment:
        # One has to be there the margin earlier, and then waits.
        windows_of, early_s = _moments, margin_s
    shorter: tuple[Option, ...] = ()
    if candidate.least_minutes is not None:
        windows = windows_of(candidate.hurried, clock, margin_s)
        worth = hurried_worth(place.worth, candidate.least_minutes, candidate.minutes)
        shorter = (Option(candidate.least_minutes * 60 + early_s, worth, windows),)
    return Site(
        id=place.id,
        score=place.worth,
        duration_s=candidate.minutes * 60 + early_s,
        windows=windows_of(candidate.begins, clock, margin_s),
        group=place.kind,
        shorter=shorter,
    )


def hurried_worth(worth: float, minutes: int, preferred_minutes: int) -> float:
    """Return what a visit shorter than preferred counts for.

    The square root of the share of time kept: half the time gives seven tenths of the visit,
    because people see first what they came for.
    """
    return round(worth * math.sqrt(minutes / preferred_minutes), 4)


def _moments(
    begins: Sequence[tuple[dt.datetime, dt.datetime]], clock: TourClock, margin_s: int
) -> tuple[tuple[int, int], ...]:
    return tuple((clock.seconds(a) - margin_s,) * 2 for a, _ in begins)


def _windows(
    begins: Sequence[tuple[dt.datetime, dt.datetime]], clock: TourClock, margin_s: int
) -> tuple[tuple[int, int], ...]:
    spans = [(clock.seconds(a), clock.seconds(b) - margin_s) for a, b in begins]
    return tuple((opens, closes) for opens, closes in spans if opens <= closes)
