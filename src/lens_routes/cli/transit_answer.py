"""Journeys and departures from door to door: walks joined with rides, for ``transit``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.errors import InfeasibleError, NotFoundError, NotInstalledError, UsageError
from lens_routes.plan import Grade, Leg, Waypoint, elapsed_s
from lens_routes.planning.legs import leg_of, route
from lens_routes.timetable import query, store
from lens_routes.timetable.changes import Changes
from lens_routes.timetable.find_stops import Halt, exact_stop, find_stop
from lens_routes.timetable.journey import journey, ride_document
from lens_routes.timetable.network import Network
from lens_routes.timetable.timeline import Timeline
from lens_routes.timetable.walks import StopGrid, walks_between

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.timetable.journey import Journey, Ride
    from lens_routes.timetable.search import Found
    from lens_routes.travel.walking import Walking

#: A walk to the first stop or from the last one is at most this long, metres.
FARTHEST_WALK_M = 2500.0
#: Less than this is being there.
SHORTEST_WALK_M = 5.0
#: Where everything can be walked to in this time, the walk is shown beside the journeys.
LONGEST_WALK_S = 2 * 3600


@dataclass(frozen=True, slots=True)
class Where:
    """An end of a journey: a point, and the stops that are the place itself."""

    name: str
    waypoint: Waypoint | None
    halt: Halt | None


@dataclass(frozen=True, slots=True)
class Trip:
    """One way of getting there: its legs, walks included."""

    legs: tuple[Leg, ...]
    rides: tuple[Ride, ...]

    @property
    def depart(self) -> dt.datetime:
        """When one leaves."""
        return self.legs[0].depart

    @property
    def arrive(self) -> dt.datetime:
        """When one is there."""
        return self.legs[-1].arrive

    @property
    def walk_m(self) -> float:
        """Metres on foot."""
        return sum(leg.distance_m for leg in self.legs if leg.mode == "walk")


def open_network(names: Sequence[str] = ()) -> Network:
    """Return the installed timetables as one network; only those named, where any are.

    Raises
    ------
    NotInstalledError
        None is installed, or one is damaged; the message names the command that helps.
    """
    wanted = list(names) or store.names()
    if not wanted:
        raise NotInstalledError("No timetable is installed.", command=("transit", "add", "ter"))
    return Network([store.load(store.path_of(name)) for name in wanted])


def find_where(words: str, network: Network, locate: Callable[[str], Waypoint]) -> Where:
    """Return what *words* mean: a stop by id or name, a point *locate* knows, or nearly a stop.

    Raises
    ------
    NotFoundError
        Nothing or several things answer to the words.
    """
    halt = exact_stop(network, words)
    if halt is None:
        try:
            waypoint = locate(words)
        except NotFoundError:
            halt = find_stop(network, words)
        else:
            return Where(waypoint.name, waypoint, None)
    if halt.point is None:
        return Where(halt.name, None, halt)
    return Where(halt.name, Waypoint(halt.name, halt.point.lon, halt.point.lat), halt)


def require_date(network: Network, day: dt.date) -> None:
    """Make sure that some timetable covers a day, and that something runs on it.

    Raises
    ------
    NotInstalledError
        No timetable covers the day; the message says which days they cover.
    InfeasibleError
        Nothing runs that day; the message names the next day with a service.
    """
    metas = [timetable.meta for timetable in network.timetables]
    if not any(meta.first_day <= day <= meta.last_day for meta in metas):
        spans = "; ".join(f"{m.name} covers {m.first_day} to {m.last_day}" for m in metas)
        raise NotInstalledError(
            f"No installed timetable covers {day}: {spans}.",
            "Choose a date within, or fetch newer ones: lens-routes transit update",
        )
    if not any(meta.runs_on(day) for meta in metas):
        following = min((d for m in metas if (d := m.next_day(day))), default=None)
        raise InfeasibleError(
            f"Nothing runs on {day}.",
            f"The next day with a service is {following}." if following else "",
        )


class DoorToDoor:
    """Plans journeys between two ends.

    Parameters
    ----------
    network
        The timetables.
    walking
        What is known of walking.
    pace_kmh
        The walker's pace.
    change_s
        The least seconds between alighting and boarding.
    most_rides
        The most rides a journey may have.
    """

    def __init__(
        self,
        network: Network,
        walking: Walking,
        *,
        pace_kmh: float,
        change_s: int,
        most_rides: int,
        farthest_m: float = FARTHEST_WALK_M,
    ) -> None:
        self._network = network
        self._walking = walking
        self._pace_kmh = pace_kmh
        self._most_rides = most_rides
        self._farthest_m = farthest_m
        self._grid = StopGrid(network)
        factor = walking.fit.factor
        seconds = walks_between(
            network, self._grid, lambda metres: round(metres * factor / (pace_kmh / 3.6))
        )
        self._changes = Changes(network, change_s, walks=seconds)

    def depart_at(self, a: Where, b: Where, moment: dt.datetime) -> list[Trip]:
        """Return the best journeys that leave from *moment* on, and the walk if it compares."""
        timeline, ends = Timeline(self._network, moment.date()), self._ends(a, b)
        found = query.depart_at(
            timeline, self._changes, ends, _posix(moment), most_rides=self._most_rides
        )
        walk = self._on_foot(a, b, moment)
        return _beside(
            walk, self._trips(a, b, found), lambda trip, leg: elapsed_s(trip.arrive, leg.arrive) > 0
        )

    def arrive_by(self, a: Where, b: Where, moment: dt.datetime) -> list[Trip]:
        """Return the best journeys that arrive by *moment*, and the walk if it compares."""
        # They may begin up to 24 hours earlier.
        before = moment.date() - dt.timedelta(days=1)
        timeline, ends = Timeline(self._network, before), self._ends(a, b)
        found = query.arrive_by(
            timeline, self._changes, ends, _posix(moment), most_rides=self._most_rides
        )
        walk = self._on_foot(a, b, moment)
        if walk is not None:
            early = dt.timedelta(seconds=walk.duration_s)
            walk = replace(walk, depart=walk.depart - early, arrive=walk.arrive - early)
        return _beside(
            walk, self._trips(a, b, found), lambda trip, leg: elapsed_s(leg.depart, trip.depart) > 0
        )

    def depart_within(
        self, a: Where, b: Where, moment: dt.datetime, window: dt.timedelta
    ) -> list[Trip]:
        """Return all good journeys that leave within *window* from *moment* on, and the walk."""
        timeline, ends = Timeline(self._network, moment.date()), self._ends(a, b)
        span = (_posix(moment), _posix(moment) + round(window.total_seconds()))
        found = query.depart_within(
            timeline, self._changes, ends, span, most_rides=self._most_rides
        )
        walk = self._on_foot(a, b, moment)
        return _beside(walk, self._trips(a, b, found), _sooner_there)

    def _ends(self, a: Where, b: Where) -> query.Ends:
        return query.Ends(self._walks(a), self._walks(b))

    def _walks(self, end: Where) -> dict[int, int]:
        """Return the seconds between an end and the stops around it; 0 for its own stops."""
        own = dict.fromkeys(end.halt.stops, 0) if end.halt else {}
        if end.waypoint is None:
            return own
        near = self._grid.within(end.waypoint.point, self._farthest_m)
        near = [(stop, point, metres) for stop, point, metres in near if stop not in own]
        places = [Waypoint(str(stop), point.lon, point.lat) for stop, point, _ in near]
        walks = (
            self._walking.from_first([end.waypoint, *places], self._farthest_m) if places else []
        )
        for (stop, _, _), walk in zip(near, walks, strict=True):
            if walk.distance_m <= self._farthest_m:
                own[stop] = walk.seconds(self._pace_kmh)
        return own

    def _on_foot(self, a: Where, b: Where, leave: dt.datetime) -> Leg | None:
        """Return the walk all the way, None where nobody would."""
        if a.waypoint is None or b.waypoint is None:
            return None
        leg = self._walk(a.waypoint, b.waypoint, leave)
        return leg if leg.duration_s <= LONGEST_WALK_S else None

    def _trips(self, a: Where, b: Where, found: Sequence[Found]) -> list[Trip]:
        trips = [self._trip(a, b, journey(self._network, one)) for one in found]
        # Walks between stops are estimated in the search; along the streets one may be too long.
        return [trip for trip in trips if _holds(trip)]

    def _trip(self, a: Where, b: Where, one: Journey) -> Trip:
        legs: list[Leg] = []
        previous, moment = a.waypoint, one.leave
        own = a.halt.stops if a.halt else ()
        for number, ride in enumerate(one.rides):
            stop = self._stop(ride.origin.number)
            there = self._same_station(one, number) if number else ride.origin.number in own
            if previous and stop and not there:
                legs += self._walk_if_any(previous, stop, moment)
            legs.append(_ride_leg(ride))
            previous, moment = self._stop(ride.destination.number), ride.arrive
        last = one.rides[-1].destination.number
        if previous and b.waypoint and not (b.halt and last in b.halt.stops):
            legs += self._walk_if_any(previous, b.waypoint, moment)
        return Trip(tuple(legs), one.rides)

    def _walk_if_any(self, a: Waypoint, b: Waypoint, moment: dt.datetime) -> list[Leg]:
        leg = self._walk(a, b, moment)
        return [leg] if leg.distance_m >= SHORTEST_WALK_M else []

    def _same_station(self, one: Journey, number: int) -> bool:
        """Tell whether a ride is boarded in the station where the one before ended."""
        before, after = one.rides[number - 1].destination, one.rides[number].origin
        return self._network.station(before.number) == self._network.station(after.number)

    def _stop(self, stop: int) -> Waypoint | None:
        point = self._network.point(stop)
        return Waypoint(self._network.name(stop), point.lon, point.lat) if point else None

    def _walk(self, a: Waypoint, b: Waypoint, moment: dt.datetime) -> Leg:
        known = self._walking.from_first([a, b])[0]
        return leg_of(route(self._walking, a, b, known, self._pace_kmh), moment)


def _holds(trip: Trip) -> bool:
    return all(
        elapsed_s(leg.arrive, following.depart) >= 0 for leg, following in pairwise(trip.legs)
    )


def _sooner_there(trip: Trip, walk: Leg) -> bool:
    return elapsed_s(trip.depart, trip.arrive) < walk.duration_s


def _beside(walk: Leg | None, trips: list[Trip], better: Callable[[Trip, Leg], bool]) -> list[Trip]:
    """Return the trips that are *better* than walking all the way or walk less, and that walk."""
    if walk is None:
        return trips
    return [
        *(trip for trip in trips if better(trip, walk) or trip.walk_m < walk.distance_m),
        Trip((walk,), ()),
    ]


def _ride_leg(ride: Ride) -> Leg:
    return Leg(
        origin=ride.origin.name,
        destination=ride.destination.name,
        depart=ride.depart,
        arrive=ride.arrive,
        distance_m=0.0,
        duration_s=elapsed_s(ride.depart, ride.arrive),
        source=Grade.TABLE,
        mode="transit",
        rides=(ride_document(ride),),
    )


def no_journey(a: Where, b: Where, network: Network, day: dt.date) -> InfeasibleError:
    """Return the error that says that nothing leads from *a* to *b* that day."""
    following = min((d for t in network.timetables if (d := t.meta.next_day(day))), default=None)
    return InfeasibleError(
        f"No connection from {a.name} to {b.name} within 24 hours on {day}.",
        f"Another day may do, such as {following}; or allow longer walks with --max-walk."
        if following
        else "The timetables end here: lens-routes transit update",
    )


def parse_moment(text: str, option: str, now: dt.datetime) -> dt.datetime:
    """Return an aware moment from ISO 8601, or a time of day which means today.

    Raises
    ------
    UsageError
        The text is neither.
    """
    from lens_routes.quantities import parse_clock

    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            clock = parse_clock(text, option)
        except UsageError:
            raise UsageError(
                f"{option} {text!r} is not a time.", "Write for example 2026-11-24T09:30 or 9:30."
            ) from None
        return dt.datetime.combine(now.date(), clock, now.tzinfo)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=now.tzinfo)
    return moment.astimezone(now.tzinfo)


def _posix(moment: dt.datetime) -> int:
    return round(moment.timestamp())
