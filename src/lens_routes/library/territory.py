"""The facade: search, reach, plan, what fits a gap, export, over one catalogue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lens_routes import PROGRAM
from lens_routes.catalogue.load import load
from lens_routes.errors import UsageError
from lens_routes.library.ground import locate
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.find.search import Index
    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place
    from lens_routes.library.formats import Wishes
    from lens_routes.library.vouch import Checker
    from lens_routes.plan.basemap import BaseMap
    from lens_routes.plan.grade import Grade
    from lens_routes.plan.plan import Plan
    from lens_routes.planning.around.standing import Standing
    from lens_routes.planning.change.gap import Filler, Gap
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.timetable.network.network import Network
    from lens_routes.tour.search.stop import Stop
    from lens_routes.travel.vehicles.driving import Driving
    from lens_routes.travel.walking import Walking

    Bounds = tuple[float, float, float, float]
    #: Is told what is done, and which share of it, from 0 to 1.
    Report = Callable[[str, float], None]

#: A day that says nothing else: from ten, for six hours, on foot at a usual pace.
AT, MINUTES, PACE_KMH, MAX_WALK_M = dt.time(10), 360, 4.5, 12_000.0
#: So many places are reached by a vehicle, and nobody rides farther in a day, metres.
MOST_DRIVEN, FARTHEST_RIDE_M = 300, 200_000.0
#: A search tells how far it is so often, iterations.
TOLD_EVERY = 10


def _silent(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Reached:
    """A place, and how far it is: metres and seconds, and how far they can be trusted."""

    place: Place
    distance_m: float
    duration_s: float
    source: Grade


@dataclass(frozen=True)
class Territory:
    """A catalogue, the walks between its places, and a clock.

    Parameters
    ----------
    catalogue
        The places.
    now
        What time it is: aware, kept in plans.
    tell
        Is told in a sentence what cannot be used, such as damaged streets.
    """

    catalogue: Catalogue
    now: dt.datetime
    tell: Callable[[str], None] = field(default=_silent, compare=False)

    @classmethod
    def open(
        cls,
        places: Path | None = None,
        now: dt.datetime | None = None,
        tell: Callable[[str], None] = _silent,
    ) -> Territory:
        """Return the territory of a catalogue file, the shipped one unless one is named.

        Raises
        ------
        BadInputError
            The file has a fault.
        """
        catalogue = load(places)
        zone = ZoneInfo(catalogue.timezone)
        moment = dt.datetime.now(zone).replace(microsecond=0) if now is None else now
        return cls(catalogue, moment.astimezone(zone), tell)

    @cached_property
    def index(self) -> Index:
        """The words of the catalogue, read when they are first asked for."""
        from lens_routes.catalogue.find.search import Index

        return Index(self.catalogue)

    @cached_property
    def walking(self) -> Walking:
        """What is known of walking here, opened when it is first asked for."""
        from lens_routes.files.shipped import shipped
        from lens_routes.travel.resources import open_walking

        return open_walking(
            {place.id: place.point for place in self.catalogue.places},
            shipped("walking_distances.csv"),
            program=PROGRAM,
            now=self.now,
            report=_silent,
            tell=self.tell,
        )

    @cached_property
    def driving(self) -> Callable[[str, int | None], Driving]:
        """What is known of ways by a vehicle of a mode, with no more than a level of stress."""
        from lens_routes.files.shipped import shipped
        from lens_routes.travel.resources import open_driving
        from lens_routes.travel.vehicles.vehicle import VEHICLES

        @cache
        def opened(mode: str, most_stress: int | None) -> Driving:
            return open_driving(
                self.walking,
                {place.id: place.point for place in self.catalogue.places},
                VEHICLES[mode],
                shipped(VEHICLES[mode].table),
                most_stress=most_stress,
                program=PROGRAM,
                now=self.now,
                report=_silent,
                tell=self.tell,
            )

        return opened

    def search(self, words: str, *, typing: bool = False) -> list[Place]:
        """Return the places that answer to words, the best first; accents and slips are forgiven.

        Of words somebody is still *typing* the last may be the beginning of a longer one.
        """
        return [hit.place for hit in self.index.search(words, typing=typing)]

    def locate(self, words: str, *, online: bool = False) -> Waypoint:
        """Return the point words name: a place, a stop, a commune, coordinates, an address online.

        Raises
        ------
        NotFoundError
            Nothing is called so, or several things are; ``details`` lists them.
        """
        return locate(words, self.catalogue, online=online, tell=self.tell)

    def reach(
        self,
        origin: Waypoint,
        pace_kmh: float = PACE_KMH,
        mode: str = "walk",
        moment: dt.datetime | None = None,
    ) -> list[Reached]:
        """Return every place with the way there from a point, the nearest in time first.

        By bike or by car, the way from door to door, of the nearest few hundred places. By the
        timetables, the time from *moment* (now unless it is given) to the earliest arrival, beside
        the distance on foot.

        Raises
        ------
        NotInstalledError
            No ways by that mode are known here.
        """
        if mode in ("bike", "car"):
            return self._driven(origin, pace_kmh, mode)
        places = self.catalogue.places
        points = [*map(waypoint, places)]
        walks = self.walking.from_first([origin, *points])
        seconds: Sequence[float] = [walk.seconds(pace_kmh) for walk in walks]
        if mode == "transit":
            from lens_routes.travel.rides.from_one import seconds_from

            when = moment or self.now
            network = self._timetables([when.date()])
            seconds = seconds_from(origin, points, network, self.walking, when, pace_kmh)
        found = [
            Reached(place, walk.distance_m, duration_s, walk.grade)
            for place, walk, duration_s in zip(places, walks, seconds, strict=True)
        ]
        return sorted(found, key=lambda one: (one.duration_s, one.place.id))

    def _driven(self, origin: Waypoint, pace_kmh: float, mode: str) -> list[Reached]:
        from lens_routes.geo import distance_m
        from lens_routes.plan.grade import Grade
        from lens_routes.planning.around.by_mode import away

        limits: dict[str, Any] = {"max_walk_m": None, "max_ride_m": FARTHEST_RIDE_M}
        request = self.request(origin, mode=mode, pace_kmh=pace_kmh, **limits)
        near = sorted(
            self.catalogue.places, key=lambda place: distance_m(origin.point, place.point)
        )
        places = near[:MOST_DRIVEN]
        ways = away(request, places, self._supplies(request, _silent))
        found = [
            Reached(place, way.distance_m, way.duration_s, Grade.TABLE)
            for place, way in zip(places, ways, strict=True)
        ]
        return sorted(found, key=lambda one: (one.duration_s, one.place.id))

    def is_accessible(self, place: Place) -> bool:
        """Tell whether a place is known to be accessible in a wheelchair."""
        from lens_routes.planning.qualify.occasion import ACCESSIBLE

        return place.wheelchair in ACCESSIBLE

    def standing(self, place: Place, moment: dt.datetime) -> Standing:
        """Return whether a place is open at a moment, and until when."""
        from lens_routes.catalogue.hours import context_of
        from lens_routes.planning.around.standing import standing

        return standing(place, moment, context_of(self.catalogue))

    def week(self, place: Place, first: dt.date) -> list[DayOpening]:
        """Return when a place is open on seven days."""
        from lens_routes.catalogue.hours import context_of, day_opening

        days = (first + dt.timedelta(days=number) for number in range(7))
        return [day_opening(place, day, context_of(self.catalogue)) for day in days]

    def ground(self, bounds: Bounds) -> BaseMap | None:
        """Return what a map of a box is drawn on (west, south, east, north, degrees).

        None where no streets are installed.
        """
        from lens_routes.streets.around.scenery import base_map

        network = self.walking.network
        return None if network is None else base_map(network, bounds)

    def request(
        self, start: Waypoint | str | None = None, date: dt.date | None = None, **asked: Any
    ) -> Request:
        """Return the request for a day, a loop from *start* with lunch unless it says otherwise.

        Parameters
        ----------
        start
            Where the day begins; where tours of the catalogue do unless it is given.
        date
            Which day; today unless it is given.
        asked
            Any other field of `lens_routes.planning.request.Request`.

        Raises
        ------
        UsageError
            No start is given and the catalogue has none, or the fields contradict each other.
        """
        from lens_routes.planning.meals import usual_lunch
        from lens_routes.planning.request import Request

        where = self.catalogue.default_start if start is None else start
        if where is None:
            raise UsageError(
                tr("{title} does not say where tours start.", title=self.catalogue.title),
                tr("Give a start."),
            )
        begin = self.locate(where) if isinstance(where, str) else where
        usual = {"at": AT, "minutes": MINUTES, "pace_kmh": PACE_KMH, "max_walk_m": MAX_WALK_M}
        fields = {"start": begin, "end": begin, "date": date or self.now.date(), **usual, **asked}
        lunch = usual_lunch(fields["at"], fields["minutes"])
        return Request(**{"pauses": lunch, **fields})

    def plan(self, request: Request, report: Report = _silent) -> Plan:
        """Return the best day for a request; it has passed the independent checker.

        Raises
        ------
        InfeasibleError
            There is none: why, and what would help.
        """
        from lens_routes.planning.plan_tour import plan_tour, planned
        from lens_routes.planning.pose import without
        from lens_routes.planning.tell.hints import with_hints

        supplies = self._supplies(request, report)
        plan = self._checker(supplies).vouched(
            lambda out: plan_tour(request, supplies, without(out)), request.required
        )
        return with_hints(plan, request, supplies, partial(planned, supplies))

    def arrange(self, request: Request, order: Sequence[str], report: Report = _silent) -> Plan:
        """Return the day of exactly the visits named by their ids, in that order; as `plan`."""
        from lens_routes.planning.change.arrange import arrange

        supplies = self._supplies(request, report)
        return self._checker(supplies).vouched(
            lambda _out: arrange(request, order, supplies), frozenset(order)
        )

    def why_not(self, plan: Plan, place: Place) -> str:
        """Return in a sentence why a place is not in a plan."""
        from lens_routes.planning.tell.why_not import why_not

        return why_not(plan, place)

    def fillers(self, plan: Plan, gap: Gap) -> list[Filler]:
        """Return what fits a gap of a plan, with gain and delay, the greatest gain first."""
        from lens_routes.planning.change.gap import fillers
        from lens_routes.planning.request import Request

        return fillers(plan, gap, self._supplies(Request.from_document(plan.request), _silent))

    def export(self, plan: Plan, name: str, wishes: Wishes | None = None) -> bytes:
        """Return a plan in a format: ``json`` (a saved plan), or one of ``FORMATS``.

        Raises
        ------
        UsageError
            There is no such format.
        """
        from lens_routes.library.formats import FORMATS, Wishes
        from lens_routes.plan.document import dumps, to_document

        if name == "json":
            return dumps({**to_document(plan), "alternatives": []}).encode()
        if name not in FORMATS:
            raise UsageError(
                tr("--to {to!r} is not a format.", to=name),
                tr("Choose one of: {listed}.", listed=", ".join(["json", *FORMATS])),
            )
        asked = wishes or Wishes(places=self.catalogue.path, tell=self.tell)
        return FORMATS[name].write(plan, asked)[0]

    def _supplies(self, request: Request, report: Report) -> Supplies:
        from lens_routes.planning.supplies import PATIENCE, Supplies, while_it_pays

        def stop() -> Stop:
            return _Told(while_it_pays(), PATIENCE, report)

        supplies = Supplies(self.catalogue, self.walking, self.now, stop, driving=self.driving)
        if request.mode != "transit":
            return supplies
        return supplies._replace(timetables=self._timetables(request.dates))

    def _timetables(self, dates: Iterable[dt.date]) -> Network:
        """Return the installed timetables, which know these dates."""
        from lens_routes.travel.rides.timetables import open_network, require_date

        network = open_network()
        for date in dates:
            require_date(network, date)
        return network

    def _checker(self, supplies: Supplies) -> Checker:
        from lens_routes.library.vouch import Checker

        return Checker(self.catalogue, supplies.timetables, self.tell)


@dataclass(slots=True)
class _Told:
    """A stopping rule that tells how far a search has come: it takes some iterations at least."""

    rule: Stop
    least: int
    report: Report
    _done: int = 0

    def __call__(self, best: float) -> bool:
        """Return whether the search ends."""
        self._done += 1
        if self._done % TOLD_EVERY == 1:
            self.report(tr("Searching"), min(1.0, self._done / self.least))
        return self.rule(best)


def waypoint(place: Place) -> Waypoint:
    """Return a place as a point to start from."""
    return Waypoint(place.name, place.lon, place.lat, place.id)
