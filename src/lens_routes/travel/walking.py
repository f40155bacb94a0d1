"""All that is known of walking between points: the installed streets, the tables, the estimate."""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from lens_routes.plan.grade import Grade
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.travel.foot.walk import NEVER_M, DetourFit, Walk

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from lens_routes.geo import Point
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.snap import Snap
    from lens_routes.text.language import Said
    from lens_routes.travel.foot.on_streets import OnStreets
    from lens_routes.travel.tables.pairs import Pairs
    from lens_routes.travel.tables.table import WayTable
    from lens_routes.travel.walks import Walks

#: Where walks to so many points are not known, one search for all is done before one from each.
MANY = 40


class Walking:
    """Walks between any two points, from the best source that knows both.

    ``network`` is the installed street network or None; ``tables`` are asked in order for walks
    between catalogue places; ``fit`` estimates the rest. ``mover`` is who walks, or rolls, and
    ``others`` opens what is known of how somebody else does.
    """

    def __init__(
        self,
        network: Network | None,
        tables: tuple[WayTable, ...],
        fit: DetourFit,
        mover: Profile = FOOT,
        others: Callable[[Profile], Walking] | None = None,
    ) -> None:
        self.network, self.tables, self.fit = network, tables, fit
        self.mover, self._others = mover, others
        self._measured: dict[tuple[Point, ...], Pairs] = {}

    def of(self, mover: Profile) -> Walking:
        """Return what is known of how somebody else walks, or rolls."""
        if mover is self.mover or self._others is None:
            return self
        return self._others(mover)

    @cached_property
    def _streets(self) -> OnStreets | None:
        if self.network is None:
            return None
        from lens_routes.travel.foot.on_streets import OnStreets  # noqa: PLC0415  # few need them

        return OnStreets(self.network, self.mover)

    def matrix(self, waypoints: Sequence[Waypoint], within_m: float = inf) -> Walks:
        """Return the walks between every two waypoints, those of `from_first`.

        Walks longer than *within_m* metres are of no use to the caller, and may be estimates.
        """
        from lens_routes.travel.walks import Walks  # noqa: PLC0415  # numpy

        walks = Walks([waypoint.point for waypoint in waypoints], self.fit, self.mover)
        for table in self.tables:
            walks.take(table.walks, [table.number(w.id, w.point) for w in waypoints])
        if self.network is not None and walks.guesses > MANY * len(walks):
            pairs = self._all_pairs(tuple(waypoint.point for waypoint in waypoints))
            walks.take(pairs, [pairs.numbers.get(_name(n)) for n in range(len(walks))])
            return walks
        searched: set[int] = set()
        for i in walks.least_known():
            rest = [j for j in walks.guessed(i) if j not in searched]
            searched.add(i)
            if rest and self.snap(waypoints[i].point) is not None:
                others = [waypoints[j] for j in rest]
                found = self._from_one(waypoints[i], others, within_m)
                for j, walk in zip(rest, found, strict=True):
                    walks[i, j] = walk
        return walks

    def _all_pairs(self, points: tuple[Point, ...]) -> Pairs:
        """Return the street walks between every two points, by `_name`; found once."""
        from lens_routes.travel.tables.between import between  # noqa: PLC0415  # numpy

        if points not in self._measured:
            assert self._streets is not None  # noqa: S101  # who asks has looked
            spots = {_name(n): spot for n, at in enumerate(points) if (spot := self.snap(at))}
            self._measured[points] = between(self._streets.priced, spots)
        return self._measured[points]

    def from_first(self, waypoints: Sequence[Waypoint], within_m: float = inf) -> list[Walk]:
        """Return the walks from the first waypoint to each of the others.

        Walks longer than *within_m* metres are of no use to the caller, and may be estimates.
        """
        origin, *others = waypoints
        tables = [table for table in self.tables if table.knows(origin.id, origin.point)]
        tabled = [self._tabled(tables, origin, other) for other in others]
        beyond = [other for other, walk in zip(others, tabled, strict=True) if walk is None]
        rest = iter(self._from_one(origin, beyond, within_m))
        return [next(rest) if walk is None else walk for walk in tabled]

    def _tabled(self, tables: Sequence[WayTable], a: Waypoint, b: Waypoint) -> Walk | None:
        """Return the walk by the first of the *tables*, which know *a*, that knows *b* too."""
        if a.lon == b.lon and a.lat == b.lat:
            return Walk(0.0, Grade.TABLE, mover=self.mover)
        for table in tables:
            walk = table.walk(a.id, b.id) if a.id and b.id else None
            if walk and table.knows(b.id, b.point):
                never = self.mover.rolls and walk.steps_m > 0
                length_m = NEVER_M if never else walk.distance_m
                return walk._replace(distance_m=length_m, mover=self.mover)
        return None

    def _from_one(
        self, origin: Waypoint, others: Sequence[Waypoint], within_m: float
    ) -> list[Walk]:
        """Return the walks from *origin* to points no table joins it with.

        One search over the streets serves them all; what it does not reach is estimated.
        """
        estimates = [
            Walk(self.fit.distance_m(origin.point, other.point), Grade.ESTIMATE, mover=self.mover)
            for other in others
        ]
        if self._streets is None:
            return estimates
        points = [other.point for other in others]
        return self._streets.walks(origin.point, points, estimates, within_m)

    def snap(self, point: Point) -> Snap | None:
        """Return where *point* meets the installed streets, None when it is off their map."""
        return None if self._streets is None else self._streets.snap(point)

    def bar(self, point: Point) -> Said | None:
        """Return what keeps who rolls from a point that a walker gets to, None where nothing does.

        One who comes by a street a few metres farther than the nearest rolls up to the door.
        """
        if self._streets is None or not self.mover.rolls:
            return None
        return self._streets.bar(point)

    def trace(
        self, a: Point, b: Point, depart: dt.datetime | None = None
    ) -> tuple[Walk, Path] | None:
        """Return the walk from *a* to *b* and its path, None where the streets do not go.

        Who leaves at *depart*, an aware time, is led round what is closed when he passes. The gaps
        between the points and their streets are walked and counted in the distance.
        """
        return None if self._streets is None else self._streets.trace(a, b, depart)


def _name(number: int) -> str:
    """Return the name of a point among many, in the order of their numbers."""
    return f"{number:09d}"
