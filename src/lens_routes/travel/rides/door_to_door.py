"""Journeys from door to door: walks along the streets joined with rides.

Walking counts exactly: to the first stop, between stops, from the last one, and all the way.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError
from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.ask.journey import journey
from lens_routes.timetable.ask.walks import CHANGE_WITHIN_M
from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.network.wishes import NO_WISHES
from lens_routes.timetable.search import query
from lens_routes.timetable.search.bags import Foot
from lens_routes.timetable.search.raptor import HORIZON_S
from lens_routes.timetable.search.shortest import Shortest
from lens_routes.travel.rides.trip import Trip, once, ride_leg
from lens_routes.travel.rides.walks_to_stops import Afoot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.timetable.ask.journey import Journey
    from lens_routes.timetable.network.network import Network
    from lens_routes.timetable.search.raptor import Found
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.rides.trip import Where
    from lens_routes.travel.walking import Walking

    #: Makes a leg of a walk from waypoint to waypoint that leaves at a moment.
    WalkLeg = Callable[[Waypoint, Waypoint, Walk, dt.datetime], Leg]

#: A walk to the first stop or from the last one is at most this long, metres.
FARTHEST_WALK_M = 2500.0
#: Less than this is being there.
SHORTEST_WALK_M = 5.0
#: Where everything can be walked to in this time, the walk is compared with the journeys.
LONGEST_WALK_S = 2 * 3600
#: Where nothing leads there, so many days after are looked at for one on which something does.
LOOK_AHEAD_DAYS = 7


class DoorToDoor:
    """Plans journeys between two ends.

    Parameters
    ----------
    network
        The timetables, with the person's wishes.
    walking
        What is known of walking.
    walk_leg
        Makes legs of walks.
    pace_kmh
        The walker's pace.
    farthest_m
        The longest walk to the first stop or from the last one, metres.
    """

    def __init__(
        self,
        network: Network,
        walking: Walking,
        walk_leg: WalkLeg,
        *,
        pace_kmh: float,
        farthest_m: float = FARTHEST_WALK_M,
    ) -> None:
        self._network = network
        self._walking = walking
        self._walk_leg = walk_leg
        self._pace_kmh = pace_kmh
        self._farthest_m = farthest_m
        self._shortest = Shortest(network, CHANGE_WITHIN_M)
        self._afoot = Afoot(network, walking, pace_kmh)
        self._changes = Changes(
            network,
            walks=lambda stop: {
                other: foot.seconds for other, foot in self._afoot.near(stop).items()
            },
            afoot=self._afoot.between,
        )

    def depart_at(self, a: Where, b: Where, moment: dt.datetime) -> list[Trip]:
        """Return the best journeys that leave from *moment* on, and the walk all the way."""
        depart, ends = _posix(moment), self._ends(a, b)
        span = depart, depart + HORIZON_S
        timeline = Timeline(self._network, moment.date(), moment.tzinfo, span=span)
        found = query.depart_at(timeline, self._changes, ends, depart, self._shortest)
        return [*self._trips(a, b, found), *self._on_foot(a, b, ends, moment)]

    def arrive_by(self, a: Where, b: Where, moment: dt.datetime) -> list[Trip]:
        """Return the best journeys that arrive by *moment*, and the walk all the way."""
        arrive, ends = _posix(moment), self._ends(a, b)
        span = arrive - HORIZON_S, arrive
        before = moment.date() - dt.timedelta(days=1)
        timeline = Timeline(self._network, before, moment.tzinfo, span=span)
        found = query.arrive_by(timeline, self._changes, ends, arrive, self._shortest)
        early_s = ends.on_foot.seconds if ends.on_foot else 0
        leave = _later(moment, -early_s)
        return [*self._trips(a, b, found), *self._on_foot(a, b, ends, leave)]

    def depart_within(
        self, a: Where, b: Where, moment: dt.datetime, window: dt.timedelta
    ) -> list[Trip]:
        """Return all good journeys that leave within *window* from *moment* on, and the walk."""
        timeline, ends = Timeline(self._network, moment.date(), moment.tzinfo), self._ends(a, b)
        span = (_posix(moment), _posix(moment) + round(window.total_seconds()))
        found = query.depart_within(timeline, self._changes, ends, span, self._shortest)
        return [*self._trips(a, b, found), *self._on_foot(a, b, ends, moment)]

    def has_stops(self, end: Where) -> bool:
        """Tell whether any stop can be walked to from an end: else a search is long and vain."""
        return bool(self._walks(end))

    def no_journey(
        self, a: Where, b: Where, moment: dt.datetime, following: dt.date
    ) -> InfeasibleError:
        """Return the error that says that nothing leads there, and what would help.

        *following* is the first day to look at for one on which something does.
        """
        day = moment.date()
        return InfeasibleError(
            tr(
                "No connection from {origin} to {destination} within 24 hours on {day}.",
                origin=a.name,
                destination=b.name,
                day=day,
            ),
            self._help(a, b, moment, following),
        )

    def _help(self, a: Where, b: Where, moment: dt.datetime, following: dt.date) -> str:
        for end in (a, b):
            if not self._walks(end):
                return tr(
                    "No stop can be reached on foot within {limit} of {place}: allow longer walks"
                    " with --max-walk.",
                    limit=wording.distance(self._farthest_m),
                    place=end.name,
                )
        day = self._next_day(a, b, following, moment.tzinfo)
        if day:
            return tr("The next day with a connection is {day}.", day=wording.short_date(day))
        if moment.date() >= max(t.meta.last_day for t in self._network.timetables):
            return tr("The timetables end here: lens-routes transit update")
        if self._network.wishes != NO_WISHES:
            return tr(
                "Nor in the week after: perhaps with fewer wishes, or longer walks (--max-walk)."
            )
        return tr("Nor in the week after: perhaps with longer walks (--max-walk).")

    def _next_day(
        self, a: Where, b: Where, first: dt.date, zone: dt.tzinfo | None
    ) -> dt.date | None:
        """Return the first of some days on which a journey begins."""
        ends, timeline = self._ends(a, b), Timeline(self._network, first, zone, LOOK_AHEAD_DAYS)

        def leads(on: Timeline, day: dt.date) -> bool:
            begin = _posix(dt.datetime.combine(day, dt.time(), zone))
            until = begin + HORIZON_S
            way = on, self._changes, ends, begin, until, self._shortest
            return query.least_if_any(*way) is not None

        merged = timeline.merged()
        if merged is not None and not leads(merged, first):
            return None
        days = (first + dt.timedelta(days=number) for number in range(LOOK_AHEAD_DAYS))
        return next((day for day in days if leads(timeline, day)), None)

    def _ends(self, a: Where, b: Where) -> query.Ends:
        on_foot = None
        if a.waypoint is not None and b.waypoint is not None:
            foot = self._afoot.way(a.waypoint, b.waypoint)
            on_foot = foot if foot and foot.seconds <= LONGEST_WALK_S else None
        return query.Ends(self._walks(a), self._walks(b), on_foot)

    def _walks(self, end: Where) -> dict[int, Foot]:
        """Return the walks between an end and the stops around it; none to its own stops."""
        own = dict.fromkeys(end.halt.stops, Foot(0, 0)) if end.halt else {}
        if end.waypoint is None:
            return own
        return {**self._afoot.around(end.waypoint, self._farthest_m), **own}

    def _on_foot(self, a: Where, b: Where, ends: query.Ends, leave: dt.datetime) -> list[Trip]:
        """Return the walk all the way, where somebody would."""
        if a.waypoint is None or b.waypoint is None or ends.on_foot is None:
            return []
        return [Trip((self._leg(a.waypoint, b.waypoint, leave, ends.on_foot.seconds),), ())]

    def _trips(self, a: Where, b: Where, found: Iterable[Found]) -> list[Trip]:
        return once(self._trip(a, b, journey(self._network, one)) for one in found)

    def _trip(self, a: Where, b: Where, one: Journey) -> Trip:
        legs: list[Leg] = []
        previous, moment = a.waypoint, one.leave
        own = a.halt.stops if a.halt else ()
        for number, ride in enumerate(one.rides):
            stop = self._afoot.stop(ride.origin.number)
            there = self._same_station(one, number) if number else ride.origin.number in own
            if previous and stop and not there:
                legs += self._walk(previous, stop, moment, ride.depart)
            legs.append(ride_leg(ride))
            previous, moment = self._afoot.stop(ride.destination.number), ride.arrive
        last = one.rides[-1].destination.number
        if previous and b.waypoint and not (b.halt and last in b.halt.stops):
            legs += self._walk(previous, b.waypoint, moment, one.arrive)
        return Trip(tuple(legs), one.rides)

    def _walk(self, a: Waypoint, b: Waypoint, leave: dt.datetime, latest: dt.datetime) -> list[Leg]:
        """Return the leg of a walk that is over by *latest*, none where one is there."""
        leg = self._leg(a, b, leave)
        if leg.distance_m < SHORTEST_WALK_M:
            return []
        # The ways inside a station are a part of the walk, and it was searched as it is planned.
        spare_s = elapsed_s(leave, latest)
        return [leg if leg.duration_s <= spare_s else _lasting(leg, spare_s)]

    def _leg(
        self, a: Waypoint, b: Waypoint, leave: dt.datetime, seconds: float | None = None
    ) -> Leg:
        leg = self._walk_leg(a, b, self._walking.from_first([a, b])[0], leave)
        return leg if seconds is None else _lasting(leg, seconds)

    def _same_station(self, one: Journey, number: int) -> bool:
        """Tell whether a ride is boarded in the station where the one before ended."""
        before, after = one.rides[number - 1].destination, one.rides[number].origin
        return self._network.station(before.number) == self._network.station(after.number)


def _lasting(leg: Leg, seconds: float) -> Leg:
    return replace(leg, duration_s=seconds, arrive=_later(leg.depart, seconds))


def _posix(moment: dt.datetime) -> int:
    return math.ceil(moment.timestamp())


def _later(moment: dt.datetime, seconds: float) -> dt.datetime:
    later = moment.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    return later.astimezone(moment.tzinfo)
