"""Where one eats during a meal's break: two tables open all the time, within a few minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens_routes.geo import Point
from lens_routes.planning.around.amenities import tables
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.hours import HoursContext
    from lens_routes.plan.amenity import Amenity
    from lens_routes.plan.plan import Day, Stop
    from lens_routes.planning.request import Pause
    from lens_routes.streets.network.network import Network


def with_tables(
    day: Day, pauses: Sequence[Pause], network: Network | None, context: HoursContext
) -> Day:
    """Return a day whose meals say where there is a table, as far as the map of streets knows."""
    meals = {pause.name for pause in pauses if pause.meal}
    if network is None or not meals or not len(network.amenities):
        return day
    return replace(
        day,
        stops=tuple(
            _with_tables(stop, network, context)
            if stop.kind == "break" and stop.name in meals
            else stop
            for stop in day.stops
        ),
    )


def _with_tables(stop: Stop, network: Network, context: HoursContext) -> Stop:
    here = Point(stop.lon, stop.lat)
    found = tuple(tables(network, here, stop.begin, stop.leave, context))
    if not found:
        return stop
    named = tr("Open then, by the map: {tables}.", tables=joined(", ", map(_named, found)))
    return replace(stop, tables=found, notes=(named,))


def _named(table: Amenity) -> str:
    return tr(
        "{name} ({distance})", name=table.name, distance=wording.distance(table.distance_m or 0.0)
    )
