"""What else helps where nothing fits: another date, the train, a station that is nearer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.catalogue.hours import context_of
from lens_routes.geo import distance_m
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.tell.another_day import another_day
from lens_routes.planning.tell.by_train import within_a_day_by_train
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point
    from lens_routes.plan.plan import Plan
    from lens_routes.planning.pose import Posed
    from lens_routes.planning.request import Request
    from lens_routes.planning.supplies import Supplies
    from lens_routes.text.language import Said
    from lens_routes.timetable.network.network import Network

#: So many stations are tried, the nearest first.
MOST_TRIED = 2


def other_ways(
    supplies: Supplies,
    tried: Callable[[Request], Plan | None],
    timetables: Callable[[], Network | None],
) -> Callable[[Posed], Sequence[Said]]:
    """Return what tells of a request on foot how else its must-see can be reached, or anything."""

    def told(posed: Posed) -> Sequence[Said]:
        request, by_id = posed.request, supplies.catalogue.by_id
        if date := _better_date(posed):
            return (date,)
        if request.mode != "walk" or request.days > 1 or len(request.required) > 1:
            return ()
        places = [by_id[name] for name in request.required]
        network = timetables()
        if network is not None and places:
            context = context_of(supplies.catalogue)
            if within_a_day_by_train(places, request, context, supplies.walking, network):
                return (tr("go by train (--mode transit)"),)
        if request.end is not None and request.end.point != request.start.point:
            return ()
        near = places[0].point if places else request.start.point
        for station in _stations(near, supplies)[:MOST_TRIED]:
            point = Waypoint(station.name, station.lon, station.lat, station.id)
            end = request.end and point
            other = replace(request, start=point, end=end)
            if station.id != request.start.id and tried(other) is not None:
                facts = {"place": station.name, "option": f"--start {station.id}"}
                return (tr("start at {place} ({option})", **facts),)
        return ()

    def _better_date(posed: Posed) -> Said | None:
        """Return the date within a week on which what is closed is open, and worth going for."""
        request = posed.request
        shut = [closed.place for closed in posed.qualified.closed if closed.place.status == "open"]
        if request.days > 1 or not shut:
            return None
        other = another_day(shut, request, context_of(supplies.catalogue))
        if other is None or tried(replace(request, date=other.date)) is None:
            return None
        facts = {"date": wording.day_and_month(other.date), "option": f"--date {other.date}"}
        return tr("come on {date} ({option})", **facts)

    return told


def _stations(near: Point, supplies: Supplies) -> list[Place]:
    """Return the stations, the nearest first."""
    stations = [place for place in supplies.catalogue.places if place.kind == "station"]
    return sorted(stations, key=lambda station: distance_m(station.point, near))
