"""Pose a request as the planner's problem: places become sites, points locations, times seconds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.catalogue import hours
from lens_routes.plan.plan import Waypoint
from lens_routes.planning.worth import hurried_worth
from lens_routes.tour.problem import (
    USUAL_PRICES,
    Break,
    Day,
    Option,
    Problem,
    Site,
    StaticTimes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from lens_routes.geo import Point
    from lens_routes.planning.qualify import Candidate
    from lens_routes.planning.request import Pause, Request
    from lens_routes.tour.problem import Window
    from lens_routes.travel.walks import Walks

#: What a flagship counts for beyond its worth when days are compared, at its preferred length and
#: at a shorter one: more than all the rest of the longest journey is worth. One more flagship
#: comes before the length of any, and that before everything else.
FLAGSHIP_BONUS = (101_000.0, 100_000.0)


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
    sites = [Waypoint(c.place.name, c.place.lon, c.place.lat, id=c.place.id) for c in candidates]
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
    main_road = walks.main_road_metres()
    if request.end is None:
        for rows in (seconds, metres, main_road):
            _end_nowhere(rows)
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
                after=pause.meal,
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
        limits=tuple(_limit(name, most, candidates) for name, most in request.at_most.items()),
        prices=USUAL_PRICES,
        main_m=main_road,
        light=tuple(_light(date, request.start.point, clock) for date in request.dates),
    )


def _limit(name: str, most: int, candidates: Sequence[Candidate]) -> tuple[frozenset[int], int]:
    """Return the numbers of the sites of a kind or a theme, and how many of them are enough."""
    of_it = (name in {c.place.kind, *c.place.themes} for c in candidates)
    return frozenset(number for number, found in enumerate(of_it) if found), most


def _light(date: dt.date, point: Point, clock: TourClock) -> Window:
    """Return from when to when one walks without a lamp."""
    found = hours.twilight(point, date, clock.zone.key)
    if found is None:
        midnight = clock.at(date, dt.time())
        return midnight, midnight + 86_400
    return clock.seconds(found[0]), clock.seconds(found[1])


def break_id(pause: Pause, number: int) -> str:
    """Return the planner's id of a break on day *number* of the tour."""
    return f"{pause.name} {number}"


def _end_nowhere(rows: list[list[int]] | list[list[float]]) -> None:
    """Add a location that is no distance from any other."""
    for row in rows:
        row.append(0)
    rows.append([0] * (len(rows) + 1))


def _day(date: dt.date, start: int, request: Request, clock: TourClock, margin_s: int) -> Day:
    depart_s = clock.at(date, request.at)
    return Day(start, start + 1, depart_s, depart_s + request.minutes * 60 - margin_s)


def _site(candidate: Candidate, clock: TourClock, margin_s: int) -> Site:
    place = candidate.place
    bonus = brief_bonus = 0.0
    if candidate.flagship:
        bonus, brief_bonus = FLAGSHIP_BONUS
    windows_of, early_s = _windows, 0
    if candidate.appointment:
        # One has to be there the margin earlier, and then waits.
        windows_of, early_s = _moments, margin_s
    shorter: tuple[Option, ...] = ()
    if candidate.least_minutes is not None:
        windows = windows_of(candidate.hurried, clock, margin_s)
        worth = hurried_worth(candidate.worth, candidate.least_minutes, candidate.minutes)
        shorter = (Option(candidate.least_minutes * 60 + early_s, worth, windows, brief_bonus),)
    return Site(
        id=place.id,
        score=candidate.worth,
        duration_s=candidate.minutes * 60 + early_s,
        windows=windows_of(candidate.begins, clock, margin_s),
        group=place.kind,
        shorter=shorter,
        bonus=bonus,
    )


def _moments(
    begins: Sequence[tuple[dt.datetime, dt.datetime]], clock: TourClock, margin_s: int
) -> tuple[tuple[int, int], ...]:
    return tuple((clock.seconds(a) - margin_s,) * 2 for a, _ in begins)


def _windows(
    begins: Sequence[tuple[dt.datetime, dt.datetime]], clock: TourClock, margin_s: int
) -> tuple[tuple[int, int], ...]:
    spans = [(clock.seconds(a), clock.seconds(b) - margin_s) for a, b in begins]
    return tuple((opens, closes) for opens, closes in spans if opens <= closes)
