"""Walks along the installed streets: where points meet them, and the ways from there to there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.geo import Point
from lens_routes.geo import distance_m as great_circle_m
from lens_routes.plan.grade import Grade
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route import search
from lens_routes.streets.route.hourly import shortest_at
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.reach import reach
from lens_routes.streets.route.snap import OFF_MAP_M, snap
from lens_routes.travel.foot.rolling import bar_of
from lens_routes.travel.foot.walk import Walk

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.network.source import BBox
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.reach import Reach
    from lens_routes.streets.route.snap import Snap
    from lens_routes.text.language import Said

#: A door is so far from another street at most that one comes by as well, metres.
AROUND_M = 25.0
#: Streets that wind more than this beside the straight line are not searched any further.
FARTHEST_DETOUR = 4.0


class OnStreets:
    """The streets of a network as one walks them, or rolls along them."""

    def __init__(self, network: Network, mover: Profile) -> None:
        self._network, self._mover = network, mover
        self._reached: dict[Point, Reach] = {}

    @cached_property
    def priced(self) -> Priced:
        """What each street costs who moves."""
        return price(self._network, self._mover)

    def walks(
        self, origin: Point, others: Sequence[Point], estimates: Sequence[Walk], within_m: float
    ) -> list[Walk]:
        """Return the walks from a point to *others*, the *estimates* where the streets tell none.

        One search serves them all; walks longer than *within_m* metres may be estimates.
        """
        start = self.snap(origin)
        spots = [self.snap(other) if start else None for other in others]
        apart_m = [great_circle_m(origin, spot.asked) for spot in spots if spot]
        if start is None or not apart_m:
            return [*estimates]
        reached = self._reach(start, min(within_m, FARTHEST_DETOUR * max(apart_m) + 2 * OFF_MAP_M))
        return [
            _found(reached, spot, estimate) if spot else estimate
            for spot, estimate in zip(spots, estimates, strict=True)
        ]

    def _reach(self, start: Snap, limit_m: float) -> Reach:
        """Search the streets around a spot, or look at the last search if it went as far."""
        last = self._reached.get(start.asked)
        if last is None or last.limit_m < limit_m:
            last = self._reached[start.asked] = reach(self.priced, start, limit_m)
        return last

    def snap(self, point: Point) -> Snap | None:
        """Return where *point* meets the streets, None when it is off their map."""
        if not _is_near(self._network.meta.bbox, point):
            return None
        spot = snap(self._network, point, self._mover)
        return spot if spot.gap_m <= OFF_MAP_M else None

    def bar(self, point: Point) -> Said | None:
        """Return what keeps who rolls from a point that a walker gets to: see `Walking.bar`."""
        network = self._network
        spot, near = self.snap(point), snap(network, point, FOOT)
        if spot is None or spot.gap_m <= near.gap_m + AROUND_M:
            return None
        path = search.shortest(price(network, FOOT), near, snap(network, spot.point, FOOT))
        return None if path is None else bar_of(network, path, self._mover)

    def trace(self, a: Point, b: Point, depart: dt.datetime | None) -> tuple[Walk, Path] | None:
        """Return the walk from *a* to *b* and its path: see `Walking.trace`."""
        spot_a, spot_b = self.snap(a), self.snap(b)
        if spot_a is None or spot_b is None:
            return None
        path = (
            search.shortest(self.priced, spot_a, spot_b)
            if depart is None
            else shortest_at(self.priced, spot_a, spot_b, depart)
        )
        if path is None:
            return None
        return _door_to_door(path, Grade.STREETS), path


def _is_near(bbox: BBox, point: Point) -> bool:
    """Tell whether a point may be on a map: outside of it the nearest street is dear to find."""
    west, south, east, north = bbox
    # A map that crosses the 180th meridian counts on beyond it.
    lon = point.lon + 360 if point.lon + 180 < west else point.lon
    nearest = Point(min(max(lon, west), east), min(max(point.lat, south), north))
    # Between two crossings a street may bend beyond the box around them all.
    return great_circle_m(point, nearest) <= 2 * OFF_MAP_M


def _found(reached: Reach, spot: Snap, estimate: Walk) -> Walk:
    """Return the walk to a spot; the streets lead there, but perhaps not within the search."""
    path = reached.to(spot)
    if path is None:
        return estimate._replace(distance_m=max(estimate.distance_m, reached.limit_m))
    return _door_to_door(path, Grade.TABLE)


def _door_to_door(path: Path, grade: Grade) -> Walk:
    gaps_m = path.start.gap_m + path.end.gap_m
    of = path.measures
    lengths_m = (of.steps, of.main_road, of.ascent_m, of.descent_m)
    return Walk(path.length_m + gaps_m, grade, *lengths_m, path.profile)
