"""What is left of a planned day: the request for the rest of it, from where one is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError, UsageError
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.plan import Day, Stop
    from lens_routes.planning.request import Pause, Request


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the person is, at what local time of the planned day, and what is done with.

    ``here`` None stands for the last stop that is done, or the start where none is. ``date`` tells
    which day of a plan of several is meant. ``done`` holds ids of places and names of breaks.
    ``night`` None stands for where the day was to end.
    """

    here: Waypoint | None
    now: dt.time
    date: dt.date
    done: tuple[str, ...]
    night: Waypoint | None = None

    def without(self, places: frozenset[str]) -> Situation:
        """Return the same for a person who passes some places by."""
        return replace(self, done=(*self.done, *sorted(places)))


def is_done(stop: Stop, situation: Situation) -> bool:
    """Return whether a stop needs not be made any more."""
    return stop.place in situation.done or stop.name in situation.done


def rest_of(asked: Request, day: Day, left: list[Stop], situation: Situation) -> Request:
    """Return the request for the rest of a day, of which the stops in *left* are not done.

    Raises
    ------
    UsageError
        The day is over.
    InfeasibleError
        No visit is left.
    """
    zone = day.start_time.tzinfo
    begin = dt.datetime.combine(day.date, asked.at, zone)
    now = dt.datetime.combine(day.date, situation.now, zone)
    after_midnight = now + dt.timedelta(days=1)
    if now < begin and elapsed_s(begin, after_midnight) < 60 * asked.minutes:
        now = after_midnight
    now = max(now, begin)
    minutes = asked.minutes - round(elapsed_s(begin, now) / 60)
    if minutes <= 0:
        end = begin.astimezone(dt.UTC) + dt.timedelta(minutes=asked.minutes)
        raise UsageError(
            tr(
                "At {time} the day is over: it was to end at {end}.",
                time=f"{situation.now:%H:%M}",
                end=wording.clock(end.astimezone(zone)),
            ),
            tr("Plan a new one."),
        )
    places = tuple(stop.place for stop in left if stop.place)
    if not places:
        raise InfeasibleError(
            tr("Every planned visit is done."), tr("Plan something new with: plan")
        )
    lasting = {s.place: round(elapsed_s(s.begin, s.leave) / 60) for s in left if s.place}

    def ahead(time: dt.time) -> bool:
        return dt.datetime.combine(day.date, time, zone) >= now

    return replace(
        asked,
        date=now.date(),
        days=1,
        nights=(),
        end=situation.night or (None if asked.end is None else day.end),
        start=situation.here or _last_done(day, situation),
        at=now.time(),
        minutes=minutes,
        only=places,
        avoid=(),
        must=tuple(place for place in asked.must if place in places),
        appointments=tuple(
            item
            for item in asked.appointments
            if item.place in places and ahead(item.time) and item.date in (None, day.date)
        ),
        pauses=tuple(
            pause if ahead(pause.earliest) else replace(pause, earliest=now.time())
            for pause in _pauses_left(asked, left)
            if ahead(pause.latest)
        ),
        max_visits=None,
        max_walk_m=_walk_left_m(asked, day, situation),
        visit_minutes={place: stay for place, stay in lasting.items() if stay <= minutes},
        margin_minutes=0,
    )


def _last_done(day: Day, situation: Situation) -> Waypoint:
    """Return where one is who does not say: at the last stop that is done, or the start."""
    done = [stop for stop in day.stops if is_done(stop, situation)]
    if not done:
        return day.start
    # A break is taken at a visit, or where the day starts, and is no place to set out from.
    here = [
        day.start,
        *(Waypoint(stop.name, stop.lon, stop.lat, stop.place) for stop in done if stop.place),
    ]
    return next(point for point in reversed(here) if _is_at(point, done[-1]))


def _is_at(point: Waypoint, stop: Stop) -> bool:
    return (point.lon, point.lat) == (stop.lon, stop.lat)


def _pauses_left(asked: Request, left: list[Stop]) -> Iterator[Pause]:
    """Yield the breaks asked for that are not taken yet.

    Known by their times: their names may be in another language than the plan is now read in.
    """
    breaks = [stop for stop in left if stop.kind == "break"]
    for pause in asked.pauses:
        for stop in breaks:
            lasts = round(elapsed_s(stop.begin, stop.leave) / 60)
            if lasts == pause.minutes and pause.earliest <= stop.begin.time() <= pause.latest:
                breaks.remove(stop)
                yield pause
                break


def _walk_left_m(asked: Request, day: Day, situation: Situation) -> float | None:
    if asked.max_walk_m is None:
        return None
    walked_m = sum(
        leg.distance_m
        for leg, stop in zip(day.legs, day.stops, strict=False)
        if is_done(stop, situation)
    )
    return max(1.0, asked.max_walk_m - walked_m)
