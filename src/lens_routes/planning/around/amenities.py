"""What travellers need near a point: water, toilets, food, and whether it is open then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening
from lens_routes.errors import BadInputError, NotInstalledError
from lens_routes.geo import Point
from lens_routes.plan.amenity import TABLES, NearAmenity
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.waypoint import Waypoint
from lens_routes.streets.around.amenities import near
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.hours import HoursContext
    from lens_routes.plan.amenity import Amenity, Need
    from lens_routes.planning.around.near import Radius
    from lens_routes.streets.network.network import Network
    from lens_routes.travel.walking import Walking

#: More than this many are not told: the nearest are meant.
MOST = 20
#: A meal is eaten this near to where one is, metres: a few minutes' walk.
TABLE_M = 400.0
#: So many tables are named.
TABLES_NAMED = 2
_MOMENT = dt.timedelta(minutes=1)


def find_amenities(
    origin: Waypoint,
    radius: Radius,
    needs: Sequence[Need],
    walking: Walking,
    *,
    pace_kmh: float,
    now: dt.datetime,
    context: HoursContext,
    open_only: bool = False,
) -> list[NearAmenity]:
    """Return what meets one of *needs* within a walk, the nearest in time first.

    Parameters
    ----------
    origin, radius, pace_kmh
        From where, how far, how fast.
    needs
        What is looked for.
    walking
        The walks of this machine, with the streets.
    now
        The moment whose opening is told; aware.
    context
        Where opening hours are to be understood.
    open_only
        Leave out what is closed then, and what may be.

    Raises
    ------
    NotInstalledError
        No streets are installed, or their map was read without such points.
    """
    network = walking.network
    if network is None:
        raise NotInstalledError(
            tr("Where water, toilets and tables are stands in the street map; none is installed."),
            command=("streets", "download", "--places"),
        )
    found = near(network.amenities, origin.point, radius.farthest_m(pace_kmh), needs)
    if open_only:
        found = [one for one in found if state_of(one, now, now, context) is Opening.OPEN]
    found = found[: 2 * MOST]
    points = [origin, *(Waypoint(one.name, one.lon, one.lat) for one in found)]
    walks = walking.from_first(points)
    told = [
        NearAmenity(
            kind=one.kind,
            name=one.name,
            distance_m=walk.distance_m,
            duration_s=walk.seconds(pace_kmh),
            source=walk.grade,
            opening=state_of(one, now, now, context).value,
            hours=one.hours,
            wheelchair=one.wheelchair,
            lon=one.lon,
            lat=one.lat,
        )
        for one, walk in zip(found, walks, strict=True)
        if radius.holds(walk.distance_m, walk.seconds(pace_kmh))
    ]
    return sorted(told, key=lambda one: (one.duration_s, one.kind, one.name))[:MOST]


def tables(
    network: Network, where: Point, begin: dt.datetime, end: dt.datetime, context: HoursContext
) -> list[Amenity]:
    """Return the two nearest tables with a name that are open all the time.

    Parameters
    ----------
    network
        The streets with what lies around them.
    where
        Where one is.
    begin, end
        When one eats; aware.
    context
        Where opening hours are to be understood.
    """
    named = [one for one in near(network.amenities, where, TABLE_M, TABLES) if one.name]
    open_then = [one for one in named if state_of(one, begin, end, context) is Opening.OPEN]
    return open_then[:TABLES_NAMED]


def state_of(one: Amenity, begin: dt.datetime, end: dt.datetime, context: HoursContext) -> Opening:
    """Tell whether an amenity is open at a moment, or from *begin* to *end*; aware times."""
    if not one.hours:
        return Opening.UNKNOWN
    here = context._replace(coordinates=Point(one.lon, one.lat))
    try:
        spans = hours.parse(one.hours, here).spans(begin, max(end, begin + _MOMENT))
    except BadInputError:
        return Opening.UNKNOWN
    states = {span.state for span in spans if elapsed_s(span.begin, span.end) > 0}
    if states == {Opening.OPEN}:
        return Opening.OPEN
    return Opening.CLOSED if Opening.CLOSED in states else Opening.UNKNOWN
