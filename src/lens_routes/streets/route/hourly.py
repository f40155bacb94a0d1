"""Ways that are open when one passes: gates at night, streets closed on market days."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.streets.access.conditions import at_hour, conditions, holding
from lens_routes.streets.access.rules import permissions
from lens_routes.streets.route.search import shortest

if TYPE_CHECKING:
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced, Row
    from lens_routes.streets.route.snap import Snap
    from lens_routes.streets.route.stretch import Stretch

#: A way round may meet another closed gate, and so on; after so many what is found is shown.
MOST_TRIES = 5


def shortest_at(priced: Priced, a: Snap, b: Snap, depart: dt.datetime) -> Path | None:
    """Return the cheapest way for one who leaves at *depart*, an aware time of the place.

    Where there is no way round what is closed then, the way through it: its directions name the
    hours.
    """
    path = anytime = shortest(priced, a, b)
    for _ in range(MOST_TRIES):
        shut = None if path is None else shut_on(priced.network, path, depart)
        if shut is None:
            break
        path = shortest(_at(priced, shut[0]), a, b)
    return path or anytime


def shut_on(
    network: Network, path: Path, depart: dt.datetime
) -> tuple[dt.datetime, Stretch] | None:
    """Return when one stands before the first closed way of a path, and which; None if all open."""
    seconds = 0.0
    for stretch, lasts_s in zip(path.stretches, path.times, strict=True):
        tags = network.tags(stretch.edge)
        if conditions(tags):
            moment = depart + dt.timedelta(seconds=round(seconds))
            permit = permissions(at_hour(tags, holding(moment)))[stretch.arc & 1]
            if not permit & path.profile.uses:
                return moment, stretch
        seconds += lasts_s
    return None


def _at(priced: Priced, moment: dt.datetime) -> Priced:
    """Return the same prices, and the hours minded."""
    rows: list[Row | None] = [None] * len(priced.rows)
    return dataclasses.replace(priced, rows=rows, holds=holding(moment), _at_hour={})
