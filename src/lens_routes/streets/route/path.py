"""A walk through the network: which edges, from where to where along each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.geo import Point, distance_m
from lens_routes.streets.route.cost import MAIN_ROADS, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.snap import Snap


class Stretch(NamedTuple):
    """Part of an edge, from *begin_m* to *end_m* from its tail; backwards when *end_m* is less."""

    edge: int
    begin_m: float
    end_m: float

    @property
    def length_m(self) -> float:
        """Metres walked."""
        return abs(self.end_m - self.begin_m)


@dataclass(frozen=True, slots=True)
class Path:
    """A walk from one spot of the network to another; the gaps to the streets are not part of it.

    ``cost`` is the perceived cost by which the walk was chosen; ``steps_m`` and ``main_road_m``
    say how much of ``length_m`` runs on steps and along main roads.
    """

    start: Snap
    end: Snap
    stretches: tuple[Stretch, ...]
    length_m: float
    cost: float
    steps_m: float
    main_road_m: float


def make_path(
    network: Network, start: Snap, end: Snap, stretches: Iterable[Stretch], cost: float
) -> Path:
    """Return the walk over *stretches*, measured; those without length are dropped."""
    walked = tuple(stretch for stretch in stretches if stretch.begin_m != stretch.end_m)
    length_m = steps_m = main_road_m = 0.0
    for stretch in walked:
        length_m += stretch.length_m
        kind = network.kind(stretch.edge)
        if kind == STEPS:
            steps_m += stretch.length_m
        elif kind in MAIN_ROADS:
            main_road_m += stretch.length_m
    return Path(start, end, walked, length_m, cost, steps_m, main_road_m)


def geometry(network: Network, path: Path) -> list[Point]:
    """Return the line of a walk from its first spot to its last, at least two points."""
    line = [path.start.point]
    for stretch in path.stretches:
        for point in stretch_line(network, stretch):
            if point != line[-1]:
                line.append(point)
    if line[-1] != path.end.point or len(line) == 1:
        line.append(path.end.point)
    return line


def stretch_line(network: Network, stretch: Stretch) -> list[Point]:
    """Return the points of a stretch in the order they are walked, both its ends included."""
    low_m, high_m = sorted((stretch.begin_m, stretch.end_m))
    points = network.line(stretch.edge)
    whole = network.edge_length_m[stretch.edge]
    line = points
    if low_m > 0.0 or high_m < whole:
        line = _cut(points, low_m, high_m)
    return line if stretch.begin_m <= stretch.end_m else line[::-1]


def _cut(points: list[Point], low_m: float, high_m: float) -> list[Point]:
    line: list[Point] = []
    done_m = 0.0
    for before, after in pairwise(points):
        piece_m = distance_m(before, after)
        if piece_m > 0.0 and done_m + piece_m >= low_m and done_m <= high_m:
            if not line:
                line.append(_between(before, after, (low_m - done_m) / piece_m))
            line.append(_between(before, after, (high_m - done_m) / piece_m))
        done_m += piece_m
    return line or [points[-1]]


def _between(before: Point, after: Point, share: float) -> Point:
    if share >= 1.0:
        return after
    share = max(share, 0.0)
    return Point(
        before.lon + share * (after.lon - before.lon), before.lat + share * (after.lat - before.lat)
    )
