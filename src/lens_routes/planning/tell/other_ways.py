"""What else helps where nothing fits: another date or time, a train, a nearer station, a bike."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours import context_of
from lens_routes.errors import BadInputError, NotInstalledError
from lens_routes.geo import distance_m
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.meals import as_usual
from lens_routes.planning.qualify.qualify import SERVICES
from lens_routes.planning.tell.another_day import another_day
from lens_routes.planning.tell.by_train import within_a_day_by_train
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point
    from lens_routes.planning.pose import Posed
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.text.language import Said
    from lens_routes.timetable.network.network import Network

#: When people set out, and from how many hours away that is not what they meant.
USUAL_AT, NIGHTS_HOURS = dt.time(10), 7
#: So many stations are tried, the nearest first.
MOST_TRIED = 2


@dataclass(frozen=True)
class OtherWays:
    """Tells of a request that nothing fits what else would help.

    ``works`` tells whether there is a day as another request asks.
    """

    supplies: Supplies
    works: Callable[[Request], bool]
    timetables: Callable[[], Network | None]

    def __call__(self, posed: Posed) -> Sequence[Said]:
        """Return what helps: another date, else another way, else another start."""
        for told in (
            self._here,
            self._date,
            self._hours,
            self._train,
            self._station,
            self._bike,
        ):
            if said := told(posed):
                return (said,)
        return ()

    def _here(self, posed: Posed) -> Said | None:
        """Return that the sight where one starts may be seen: unless asked for it is not."""
        request = posed.request
        place = self.supplies.catalogue.by_id.get(request.start.id or "")
        if place is None or request.required or place.kind in SERVICES or place.id in request.avoid:
            return None
        if not self.works(replace(request, must=(place.id,))):
            return None
        return tr("see {place} ({option})", place=place.name, option=f"--must {place.id}")

    def _date(self, posed: Posed) -> Said | None:
        """Return the date within a week on which what is closed is open, and worth going for."""
        request = posed.request
        shut = [closed.place for closed in posed.qualified.closed if closed.place.status == "open"]
        if request.days > 1 or not shut:
            return None
        other = another_day(shut, request, context_of(self.supplies.catalogue))
        if other is None or not self.works(replace(request, date=other.date)):
            return None
        facts = {"date": wording.day_and_month(other.date), "option": f"--date {other.date}"}
        return tr("come on {date} ({option})", **facts)

    def _hours(self, posed: Posed) -> Said | None:
        """Return that there is a day at the hours of other people, for one that begins at night."""
        request, now = posed.request, self.supplies.now
        begins = dt.datetime.combine(request.date, USUAL_AT, now.tzinfo)
        shifted = abs(begins.hour - request.at.hour) >= NIGHTS_HOURS and now <= begins
        if not shifted or not self.works(as_usual(request, at=USUAL_AT)):
            return None
        facts = {"time": wording.clock(begins), "option": f"--at {USUAL_AT:%H:%M}"}
        return tr("set out at {time} ({option})", **facts)

    def _train(self, posed: Posed) -> Said | None:
        """Return that the only must-see can be reached by train."""
        request, catalogue = posed.request, self.supplies.catalogue
        if request.mode != "walk" or request.days > 1 or len(request.required) != 1:
            return None
        places = [catalogue.by_id[name] for name in request.required]
        network, context = self.timetables(), context_of(catalogue)
        if network is None or not within_a_day_by_train(
            places, request, context, self.supplies.walking, network
        ):
            return None
        return tr("go by train (--mode transit)")

    def _bike(self, posed: Posed) -> Said | None:
        """Return that there is a day by bike, for whom and when one would ride."""
        request = posed.request
        rides = request.vehicle is None and request.days == 1 and request.weather != "rain"
        with contextlib.suppress(BadInputError, NotInstalledError):  # a map may know no way for it
            if rides and not request.company and self.works(request.by("bike")):
                return tr("go by bike (--mode bike)")
        return None

    def _station(self, posed: Posed) -> Said | None:
        """Return the station near the only must-see, or the start, from which a day works."""
        request, by_id = posed.request, self.supplies.catalogue.by_id
        returns = request.end is None or request.end.point == request.start.point
        if request.mode != "walk" or request.days > 1 or len(request.required) > 1 or not returns:
            return None
        near = next((by_id[name].point for name in request.required), request.start.point)
        for station in _stations(near, self.supplies)[:MOST_TRIED]:
            point = Waypoint(station.name, station.lon, station.lat, station.id)
            other = replace(request, start=point, end=request.end and point)
            if station.id != request.start.id and self.works(other):
                facts = {"place": station.name, "option": f"--start {station.id}"}
                return tr("start at {place} ({option})", **facts)
        return None


def _stations(near: Point, supplies: Supplies) -> list[Place]:
    """Return the stations, the nearest first."""
    stations = [place for place in supplies.catalogue.places if place.kind == "station"]
    return sorted(stations, key=lambda station: distance_m(station.point, near))
