"""Part of an edge, and its line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.geo import Point, between, distance_m

if TYPE_CHECKING:
    from lens_routes.streets.network.network import Network


class Stretch(NamedTuple):
    """Part of an edge, from *begin_m* to *end_m* from its tail; backwards when *end_m* is less."""

    edge: int
    begin_m: float
    end_m: float

    @property
    def length_m(self) -> float:
        """Metres walked."""
        return abs(self.end_m - self.begin_m)

    @property
    def arc(self) -> int:
        """The arc of which this is a part."""
        return 2 * self.edge + (self.end_m < self.begin_m)


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
    return between(before, after, max(share, 0.0))
