"""Travel by the timetables: rides where one may ride, walks beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.errors import NotInstalledError
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.travel.ridden_legs import RideLegs
from lens_routes.text.language import tr
from lens_routes.timetable.network.network import Network
from lens_routes.travel.rides.lines import Lines, Span
from lens_routes.travel.rides.times import TransitTimes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.planning.clock import TourClock
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.planning.travel.afoot import Afoot
    from lens_routes.planning.travel.legs import Way
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.vehicles.drives import Drive

#: The journeys between so many places are worked out for a whole day, whichever are asked for.
MOST_KEPT_PLACES = 250


@dataclass(frozen=True)
class Riding:
    """Rides between the points of *afoot*, and walks where these are better; see `Travel`.

    One is ready ``ahead_s`` seconds before one leaves for a ride; ``starts`` are where days begin.
    """

    afoot: Afoot
    lines: Lines
    clock: TourClock
    ahead_s: int
    starts: frozenset[int]

    #: How far one walks depends on the hour: the times know it.
    walk_m = None
    main_s = None

    @property
    def points(self) -> tuple[Waypoint, ...]:
        """The points that one travels between."""
        return self.afoot.points

    def way(
        self, pair: tuple[int, int], ends: tuple[Waypoint, Waypoint], leave_s: int, by_s: int | None
    ) -> Way:
        """Return the ride between two points, or the walk where that is better."""
        found = self.times.riding(*pair, leave_s, by_s)
        return self.afoot.way(pair, ends) if found is None else self._legs.route(*ends, *found)

    def corrected(self, ways: Mapping[tuple[int, int], Walk | Drive]) -> Riding:
        """Return the same with some walks as they were traced."""
        return replace(self, afoot=self.afoot.corrected(ways))

    @cached_property
    def times(self) -> TransitTimes:
        """Travel times, time in hand before each ride included."""
        midnight, afoot = round(self.clock.midnight.timestamp()), self.afoot
        return TransitTimes(
            self.lines,
            afoot.points,
            midnight,
            afoot.walk_s,
            afoot.walk_m,
            self.ahead_s,
            self.starts,
        )

    @cached_property
    def _legs(self) -> RideLegs:
        return RideLegs(self.lines, self.afoot.walking, self.clock.zone)


def riding(
    afoot: Afoot, request: Request, supplies: Supplies, clock: TourClock, ahead_s: int
) -> Riding:
    """Return the rides of the days asked for, beside the walks between the same points.

    Raises
    ------
    NotInstalledError
        No timetable is installed.
    """
    if supplies.timetables is None:
        raise NotInstalledError(tr("No timetable is installed."), command=("transit", "add", "ter"))
    midnight = round(clock.midnight.timestamp())
    spans = []
    for date in request.dates:
        begin = midnight + clock.at(date, request.at)
        spans.append(Span(date, begin, begin + 60 * request.minutes, clock.zone))
    places = supplies.catalogue.places
    if len(places) <= MOST_KEPT_PLACES:
        # Whatever is asked next of the same day, its journeys are known then.
        own = [Waypoint(place.name, place.lon, place.lat, place.id) for place in places]
    else:
        own = []
    lines = Lines(
        Network(supplies.timetables.timetables, request.wishes),
        afoot.walking,
        [*own, *afoot.points],
        spans,
        request.pace_kmh,
        request.preference,
        supplies.keeping,
    )
    first = len(afoot.points) - len(request.anchors)
    begins = {first + request.ends_of(number)[0] for number in range(request.days)}
    # Who may be late anywhere by some minutes may be so at the start.
    starts = frozenset() if request.margin_minutes else frozenset(begins)
    return Riding(afoot, lines, clock, ahead_s, starts)
