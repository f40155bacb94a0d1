"""Ways that are open when one passes: gates at night, streets closed on market days."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.streets.access.conditions import at_hour, conditions, holding
from lens_routes.streets.access.rules import permissions
from lens_routes.streets.route.search import shortest

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        hours = [] if path is None else _by_the_hour(priced.network, path, depart)
        lost = next((moment for moment, _, lost, _ in hours if lost), None)
        if lost is None:
            break
        path = shortest(_at(priced, lost), a, b)
    return path or anytime


def shut_on(
    network: Network, path: Path, depart: dt.datetime
) -> tuple[dt.datetime, Stretch] | None:
    """Return when one stands before the first closed way of a path, and which; None if all open."""
    hours = _by_the_hour(network, path, depart)
    return next(((moment, stretch) for moment, stretch, _, shut in hours if shut), None)


def _by_the_hour(
    network: Network, path: Path, depart: dt.datetime
) -> Iterator[tuple[dt.datetime, Stretch, bool, bool]]:
    """Yield when one comes to each way with hours, and which.

    And whether one cannot use it then as the path does, and not at all.
    """
    seconds = 0.0
    for stretch, lasts_s, used in zip(path.stretches, path.times, path.permits, strict=True):
        tags = network.tags(stretch.edge)
        if conditions(tags):
            moment = depart + dt.timedelta(seconds=round(seconds))
            holds = holding(moment, network.point(network.first_point[stretch.edge]))
            permit = permissions(at_hour(tags, holds))[stretch.arc & 1] & path.profile.uses
            yield moment, stretch, bool(used & path.profile.uses & ~permit), not permit
        seconds += lasts_s


def _at(priced: Priced, moment: dt.datetime) -> Priced:
    """Return the same prices, and the hours minded."""
    rows: list[Row | None] = [None] * len(priced.rows)
    middle = priced.network.point(len(priced.network.point_lon_e7) // 2)
    return dataclasses.replace(priced, rows=rows, holds=holding(moment, middle), _at_hour={})
