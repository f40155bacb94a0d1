"""How soon one is at many points from one, by the timetables or on foot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.search.raptor import HORIZON_S, Search
from lens_routes.travel.rides.door_to_door import FARTHEST_WALK_M
from lens_routes.travel.rides.walks_to_stops import Afoot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.timetable.network.network import Network
    from lens_routes.travel.walking import Walking


def seconds_from(
    origin: Waypoint,
    points: Sequence[Waypoint],
    network: Network,
    walking: Walking,
    moment: dt.datetime,
    pace_kmh: float,
) -> list[int]:
    """Return the seconds from a moment to the earliest arrival at each point, waiting included."""
    afoot = Afoot(network, walking, pace_kmh)
    depart = int(moment.timestamp())
    access = {s: foot.seconds for s, foot in afoot.around(origin, FARTHEST_WALK_M).items()}
    changes = Changes(
        network,
        walks=lambda stop: {other: foot.seconds for other, foot in afoot.near(stop).items()},
        afoot=afoot.between,
    )
    timeline = Timeline(network, moment.date(), moment.tzinfo)
    arrivals = Search(timeline, changes, {}, depart + HORIZON_S).arrivals(depart, access)
    walks = walking.from_first([origin, *points])
    return [
        min(
            [
                math.ceil(walk.seconds(pace_kmh)),
                *(
                    arrivals[stop] + foot.seconds - depart
                    for stop, foot in afoot.around(point, FARTHEST_WALK_M).items()
                ),
            ]
        )
        for point, walk in zip(points, walks, strict=True)
    ]
