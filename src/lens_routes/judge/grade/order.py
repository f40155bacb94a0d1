"""Find the shortest walk through the stops of a day, whatever the order they were planned in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lens_routes.plan.grade import Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: Orders of more stops are not looked through.
MOST_STOPS = 10


class Walk(Protocol):
    """A walk between two points, as far as it is looked at here."""

    @property
    def distance_m(self) -> float:
        """Its length, metres."""

    @property
    def grade(self) -> Grade:
        """How far it can be trusted."""

    def seconds(self, pace_kmh: float, /) -> float:
        """Return how long it takes."""


class Walks(Protocol):
    """The walks between some points, numbered from 0."""

    def __getitem__(self, pair: tuple[int, int], /) -> Walk:
        """Return the walk between two points."""


@dataclass(frozen=True, slots=True)
class Call:
    """A stop to put in order: the number of its point, None for a break, taken where one is.

    ``begins`` tells, for the moment one is there, when it can begin; None: no longer.
    """

    point: int | None
    begins: Callable[[dt.datetime], dt.datetime | None]
    lasts: dt.timedelta


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a day begins (point 0) and ends, between which moments, and what is walked between."""

    walks: Walks
    pace_kmh: float
    end: int
    leaves: dt.datetime
    latest: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Order:
    """A way through all stops: how long it is, and whether all its walks are known."""

    walk_m: float
    known: bool
    point: int
    clock: dt.datetime

    def then(self, point: int, ground: Ground) -> Order:
        """Return the way that goes on to a point."""
        if point == self.point:
            return self
        walk = ground.walks[self.point, point]
        lasts = dt.timedelta(seconds=walk.seconds(ground.pace_kmh))
        known = self.known and walk.grade is not Grade.ESTIMATE
        return Order(self.walk_m + walk.distance_m, known, point, self.clock + lasts)

    def beats(self, other: Order) -> bool:
        """Tell whether nobody needs *other*, which has come to the same point."""
        return self.walk_m <= other.walk_m and self.clock <= other.clock


def shortest(calls: Sequence[Call], ground: Ground) -> Order | None:
    """Return the shortest way through all stops that keeps their hours; None where none does.

    Exact: every order is looked through, set of stops by set of stops, and only ways that are both
    longer and later than another to the same point are forgotten.
    """
    begin = Order(0.0, known=True, point=0, clock=ground.leaves)
    layer: dict[tuple[int, int], list[Order]] = {(0, 0): [begin]}
    for _ in calls:
        following: dict[tuple[int, int], list[Order]] = {}
        for (done, _point), ways in layer.items():
            for way in ways:
                for mark, longer in _next(way, done, calls, ground):
                    _keep(longer, following.setdefault((mark, longer.point), []))
        layer = following
    homes = [way.then(ground.end, ground) for ways in layer.values() for way in ways]
    in_time = [home for home in homes if ground.latest is None or home.clock <= ground.latest]
    return min(in_time, key=lambda home: home.walk_m, default=None)


def _next(
    way: Order, done: int, calls: Sequence[Call], ground: Ground
) -> Iterator[tuple[int, Order]]:
    """Yield every way one stop longer, and the set of stops it has done."""
    for number, call in enumerate(calls):
        if done >> number & 1:
            continue
        there = way if call.point is None else way.then(call.point, ground)
        begin = call.begins(there.clock)
        if begin is not None:
            after = Order(there.walk_m, there.known, there.point, begin + call.lasts)
            yield done | 1 << number, after


def _keep(way: Order, ways: list[Order]) -> None:
    if not any(other.beats(way) for other in ways):
        ways[:] = [other for other in ways if not way.beats(other)]
        ways.append(way)
