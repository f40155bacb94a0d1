"""Travel times for the planner of tours: by public transport or on foot, as one would choose."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.travel.rides.choice import Choice, Journey
    from lens_routes.travel.rides.lines import Lines, Riding
    from lens_routes.travel.rides.table import Moments, Places, RideTable, Trips


#: Where a day begins one is there anyway: it is enough to be ready so long before a ride, seconds.
AT_THE_START_S = 180
#: Who need not be anywhere sooner is there this long before what follows begins, seconds.
EARLY_S = 600


class TransitTimes:
    """Travel times between the locations of a problem: riding where that is better than walking.

    Whoever leaves later does not arrive earlier.

    Parameters
    ----------
    lines
        The timetables.
    points
        The first locations, points of *lines*; the others are only walked to.
    midnight
        The POSIX time the problem's clock counts from.
    walk_s, walk_m
        Seconds and metres of walking all the way.
    ahead_s
        Seconds in hand: one is ready that long before one leaves for a ride.
    starts
        The locations at which days begin.
    """

    def __init__(
        self,
        lines: Lines,
        points: Sequence[Waypoint],
        midnight: int,
        walk_s: Sequence[Sequence[int]],
        walk_m: Sequence[Sequence[float]],
        ahead_s: int = 0,
        starts: frozenset[int] = frozenset(),
    ) -> None:
        self.lines = lines
        self._points = points
        self._midnight = midnight
        self._walk_s = walk_s
        self._walk_m = walk_m
        self._ahead_s = ahead_s
        self._starts = starts
        self._choices: dict[tuple[int, int], Choice | None] = {}

    def seconds(self, origin: int, destination: int, depart_s: int) -> int:
        """Return the time to the arrival when one may leave at *depart_s*."""
        # Asked a million times while a tour is looked for.
        try:
            choice = self._choices[origin, destination]
        except KeyError:
            choice = self._choice(origin, destination)
        if choice is None:
            return self._walk_s[origin][destination]
        return choice.arrive(depart_s) - depart_s

    def trip(self, origin: int, destination: int, depart_s: int) -> tuple[int, int]:
        """Return the seconds on foot and riding, changes included, of that way."""
        choice = self._choice(origin, destination)
        journey = choice.at(depart_s) if choice else None
        if journey is None:
            return self._walk_s[origin][destination], 0
        return self._parts(origin, journey)

    def arrivals(self, origin: int, destinations: Places, departs_s: Moments) -> Moments:
        """Return when one arrives at each place, being free to leave at each of many moments."""
        return self._table.arrivals(origin, destinations, departs_s)

    def trips(self, origins: Places, destinations: Places, departs_s: Moments) -> Trips:
        """Return the ways between many places, being free to leave each at its own moment."""
        return self._table.trips(origins, destinations, departs_s)

    def every_trip(self) -> tuple[Places, Places, Trips]:
        """Return every way there is, at any hour of any day."""
        return self._table.every

    def metres(self, origin: int, destination: int, depart_s: int) -> float:
        """Return the metres on foot of that way, rounded up."""
        choice = self._choice(origin, destination)
        journey = choice.at(depart_s) if choice else None
        if journey is None:
            return self._walk_m[origin][destination]
        return self._metres(journey.walk_s)

    def on_foot(self, origin: int, destination: int) -> int:
        """Return the seconds of walking all the way."""
        return self._walk_s[origin][destination]

    def rides(
        self, origin: int, destination: int, begin_s: int, end_s: int
    ) -> tuple[Sequence[int], Sequence[int]]:
        """Return when the journeys that leave within a span leave, and when they arrive.

        Who takes the first of them to come, or walks where that is sooner, is never later than
        `seconds` says: that may wait for a better one.
        """
        choice = self._choice(origin, destination)
        if choice is None:
            return (), ()
        within = [one for one in choice.journeys if begin_s <= one.leave <= end_s]
        return [one.leave for one in within], [one.arrive for one in within]

    def latest(self, origin: int, destination: int, arrive_s: int) -> int:
        """Return the latest departure that arrives by *arrive_s*."""
        choice = self._choice(origin, destination)
        if choice is None:
            return arrive_s - self._walk_s[origin][destination]
        return choice.latest(arrive_s)

    def riding(
        self, origin: int, destination: int, depart_s: int, begin_s: int | None = None
    ) -> tuple[int, Riding] | None:
        """Return the number of the day and the journey to take, None where one should walk.

        Where what follows begins at *begin_s*, that is the last journey to be there in good time:
        nobody need wait there who can stay where he is.
        """
        choice = self._choice(origin, destination)
        journey = choice.at(depart_s) if choice else None
        if choice is None or journey is None:
            return None
        if begin_s is not None:
            journey = _last_by(choice, journey, begin_s - EARLY_S)
        journey = journey._replace(
            leave=journey.leave + self._ahead_of(origin) + self._midnight,
            arrive=journey.arrive + self._midnight,
        )
        ends = self._points[origin], self._points[destination]
        return self.lines.day(journey.leave), self.lines.riding(*ends, journey)

    @cached_property
    def _table(self) -> RideTable:
        from lens_routes.travel.rides.table import RideTable  # noqa: PLC0415  # numpy

        places = len(self._walk_s)
        journeys = self.lines.journeys(self._points, self._midnight)
        # Locations after the points are only walked to.
        rows, columns = divmod(journeys.pair, len(self._points))
        journeys = journeys._replace(pair=rows * places + columns)
        walks = self._walk_s, self._walk_m
        aheads = [self._ahead_of(place) for place in range(places)]
        return RideTable(journeys, self.lines.trouble, walks, aheads, self.lines.pace_kmh)

    def _ahead_of(self, origin: int) -> int:
        return min(self._ahead_s, AT_THE_START_S) if origin in self._starts else self._ahead_s

    def _parts(self, origin: int, journey: Journey) -> tuple[int, int]:
        """Return the seconds on foot and riding of a journey, none of them in hand before it."""
        lasts_s = journey.arrive - journey.leave - self._ahead_of(origin)
        return journey.walk_s, lasts_s - journey.walk_s

    def _metres(self, walk_s: int) -> float:
        return walk_s * self.lines.pace_kmh / 3.6

    def _choice(self, origin: int, destination: int) -> Choice | None:
        """Return what to do between two locations, None where one always walks."""
        pair = origin, destination
        if pair not in self._choices:
            self._choices[pair] = self._table.choice(*pair)
        return self._choices[pair]


def _last_by(choice: Choice, first: Journey, arrive: int) -> Journey:
    """Return the last journey that is there by a time and no more trouble than the first."""
    return max(
        (
            one
            for one in choice.journeys
            if one.leave >= first.leave
            and one.arrive <= arrive
            and one.walk_s <= first.walk_s
            and one.rides <= first.rides
        ),
        key=lambda one: one.leave,
        default=first,
    )
