"""Compute the table of ways by a vehicle: where it stands for each place, and all between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.geo import Point, distance_m
from lens_routes.plan.grade import Grade
from lens_routes.streets.around.amenities import near
from lens_routes.streets.network.permit import MAIN
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.named import profile_called
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.reach import reach
from lens_routes.streets.route.snap import snap
from lens_routes.text.language import tr
from lens_routes.travel.foot.walk import Walk
from lens_routes.travel.tables.between import between
from lens_routes.travel.tables.pairs import FIGURES
from lens_routes.travel.tables.spot import NEAREST_M, Spot
from lens_routes.travel.tables.table import UNKNOWN, make_timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from lens_routes.streets.many.many import Table
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.travel.tables.table import WayTable
    from lens_routes.travel.vehicles.vehicle import Vehicle
    from lens_routes.travel.walking import Walking

#: Nobody leaves his vehicle farther from where he goes.
FARTHEST_SPOT_M = 1000.0
#: A walk to the nearest way that is so much longer than the straight line goes round something.
FARTHEST_DETOUR_M = 300.0


def compute_ways(
    walking: Walking,
    points: Mapping[str, Point],
    vehicle: Vehicle,
    about: Mapping[str, Any],
    report: Callable[[str, float], None],
    most_stress: int | None = None,
    before: WayTable | None = None,
) -> WayTable:
    """Return the ways by a vehicle between the spots of all *points* on the map.

    Parameters
    ----------
    walking
        The installed streets, and the walks to where the vehicle stands.
    points, vehicle
        The places by id, and what one goes by.
    about
        Where the figures come from: see `lens_routes.travel.tables.table.make`.
    report
        Told what goes on, and which share of it is done.
    most_stress
        The highest level of traffic stress of the ways, any if None.
    before
        A table of the same ways between other points: what did not move is taken over.

    Raises
    ------
    BadInputError
        No two of the places are joined by the streets.
    """
    network = walking.network
    assert network is not None, "a table is computed on streets"  # noqa: S101
    profile = profile_called(vehicle.profile)
    spots = spots_of(walking, points, vehicle)
    stands = {spot.name: spot.point for spot in spots.values()}
    known = None
    if before is not None:
        stood = {spot.name: spot.point for spot in before.spots.values()}
        known = before.walks, {name for name in stands if stands[name] == stood.get(name)}
    walks = between(
        price(network, profile, most_stress=most_stress),
        {name: snap(network, stands[name], profile) for name in sorted(stands)},
        lambda done, count: report(
            tr("distances between places, {n} of {count}", n=done, count=count), done / count
        ),
        known,
        _there_and_back,
    )
    at = {name: points[name] for name in spots}
    silent = UNKNOWN[vehicle.mode] if says_nothing(network, profile) else ""
    return make_timed(at, spots, walks, vehicle.mode, {**about, "unknown": silent})


def spots_of(walking: Walking, points: Mapping[str, Point], vehicle: Vehicle) -> dict[str, Spot]:
    """Return where the vehicle stands for each of the *points* that it gets near to.

    That is at the nearest rack or car park on the map, else where the nearest way is that it may
    use; or the spot of another place from which one walks no more than `Vehicle.share_m`.
    """
    found: dict[str, Spot] = {}
    for name, point in sorted(points.items()):
        shared = list(_shared(walking, point, found, vehicle.share_m))
        own = spot_at(walking, name, point, vehicle)
        if shared:
            found[name] = min(shared, key=lambda spot: (spot.walk.distance_m, spot.name))
        elif own is not None:
            found[name] = own
    return found


def spot_at(walking: Walking, name: str, point: Point, vehicle: Vehicle) -> Spot | None:
    """Return the nearest spot to a point, None where the vehicle gets nowhere near it."""
    network = walking.network
    if network is None or walking.snap(point) is None:
        return None
    profile = profile_called(vehicle.profile)
    parks = near(network.amenities, point, vehicle.share_m / 2, [vehicle.parking])
    for park in parks:
        stand = snap(network, Point(park.lon, park.lat), profile)
        spot = _spot(walking, name, point, stand.point)
        if spot.walk.distance_m <= vehicle.share_m / 2:
            return spot
    stand = snap(network, point, profile)
    if stand.gap_m > FARTHEST_SPOT_M:
        return None
    nearest = _spot(walking, name, point, stand.point)
    if nearest.walk.distance_m <= FARTHEST_DETOUR_M + stand.gap_m:
        return nearest
    # The nearest way lies behind water or a railway.
    afoot = _first_on_foot(walking, point, profile, nearest.walk.distance_m)
    if afoot is None:
        return nearest
    other = _spot(walking, name, point, afoot)
    return min(nearest, other, key=lambda spot: spot.walk.distance_m)


def _spot(walking: Walking, name: str, point: Point, stand: Point) -> Spot:
    place = Point(*(round(degrees, 6) for degrees in stand))
    return Spot(name, place, _walk(walking, point, place))


def _first_on_foot(
    walking: Walking, point: Point, profile: Profile, limit_m: float
) -> Point | None:
    """Return the crossing nearest on foot that a profile gets to, None where there is none."""
    network, start = walking.network, walking.snap(point)
    if network is None or start is None:
        return None
    bits = profile.permit << MAIN
    reached = reach(price(network, FOOT), start, limit_m)
    for node in sorted(reached.costs, key=reached.costs.__getitem__):
        leaving = network.arcs[network.first_arc[node] : network.first_arc[node + 1]]
        if any(network.arc_permits[arc] & bits for arc in leaving):
            return Point(network.node_lon_e7[node] / 1e7, network.node_lat_e7[node] / 1e7)
    return None


def _shared(
    walking: Walking, point: Point, found: Mapping[str, Spot], share_m: float
) -> Iterator[Spot]:
    """Yield the spots of others that are near enough on foot."""
    for spot in {spot.name: spot for spot in found.values()}.values():
        if distance_m(point, spot.point) <= share_m:
            walk = _walk(walking, point, spot.point)
            if walk.distance_m <= share_m:
                yield Spot(spot.name, spot.point, walk)


def _walk(walking: Walking, here: Point, there: Point) -> Walk:
    """Return the walk between a place and where the vehicle stands; none where one is there."""
    if distance_m(here, there) < NEAREST_M:
        return Walk(0.0, Grade.TABLE)
    traced = walking.trace(here, there)
    if traced is None:
        return Walk(distance_m(here, there), Grade.TABLE)
    walk, _ = traced
    return Walk(walk.distance_m, Grade.TABLE, walk.steps_m, walk.main_road_m)


def says_nothing(network: Network, profile: Profile) -> bool:
    """Return whether the map keeps nothing of what decides how fast one goes."""
    key = "maxspeed" if profile.limits_share else "surface"
    return not any(key in network.classes[number] for number in range(len(network.classes)))


def _there_and_back(there: Table, back: Table) -> dict[str, NDArray[np.float64]]:
    """Return the figures of `FIGURES`; ways that do not lead back are none."""
    apart = ~(np.isfinite(there.distance_m) & np.isfinite(back.distance_m))
    columns = (there.distance_m, there.steps_m, there.main_road_m, there.seconds)
    # A metre and a second are as much as anyone knows of such ways.
    return {
        name: np.where(apart, np.inf, np.rint(column))
        for name, column in zip(FIGURES, columns, strict=True)
    }
