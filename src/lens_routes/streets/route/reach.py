"""Everything within a distance, or within a time, of one spot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from lens_routes.streets.route.search import shortest, trace
from lens_routes.streets.route.stretch import Stretch, stretch_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.geo import Point
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What can be reached from ``origin`` by walks of up to ``limit_m`` metres; made by `reach`.

    ``costs`` are perceived costs of nodes, certain up to ``frontier``; ``came_by`` is the arc a
    node is entered by.
    """

    priced: Priced
    origin: Snap
    limit_m: float
    costs: dict[int, float]
    came_by: dict[int, int]
    frontier: float

    def to(self, spot: Snap) -> Path | None:
        """Return the walk to *spot*, the one `shortest` finds; None when it exceeds the limit."""
        path: Path | None
        if self.origin.aside and spot.aside:
            path = shortest(self.priced, self.origin, spot)
            return path if path and path.length_m <= self.limit_m else None
        best, last = self.priced.direct(self.origin, spot), -1
        for node, (rest, _) in self.priced.entries(spot).items():
            cost = self.costs.get(node, math.inf) + rest
            if cost < best:
                best, last = cost, node
        if best == math.inf:
            return None
        if best > self.frontier:
            # A cheaper, longer walk could lead through streets beyond the limit.
            path = shortest(self.priced, self.origin, spot)
        else:
            path = trace(self.priced, self.origin, spot, last, self.came_by, best)
        return path if path and path.length_m <= self.limit_m else None


def reach(priced: Priced, origin: Snap, limit_m: float) -> Reach:
    """Find all that can be reached by walks of up to *limit_m* metres, by ascending cost.

    Dijkstra's algorithm; it ends when every walk left to extend is longer than the limit.
    """
    rows = priced.rows
    costs: dict[int, float] = {}
    came_by: dict[int, int] = {}
    heap: list[tuple[float, float, int]] = []
    within = 0
    for node, (cost, stretch) in priced.exits(origin).items():
        costs[node] = cost
        heappush(heap, (cost, stretch.length_m, node))
        within += stretch.length_m <= limit_m
    frontier = math.inf
    while heap:
        cost, length_m, node = heappop(heap)
        within -= length_m <= limit_m
        if cost <= costs[node]:
            for end, toll, edge_m, arc in rows[node] or priced.row(node):
                reached = cost + toll
                if reached < costs.get(end, math.inf):
                    costs[end] = reached
                    came_by[end] = arc
                    heappush(heap, (reached, length_m + edge_m, end))
                    within += length_m + edge_m <= limit_m
        if not within:
            frontier = heap[0][0] if heap else math.inf
            break
    return Reach(priced, origin, limit_m, costs, came_by, frontier)


def within(priced: Priced, origin: Snap, limit_s: float) -> Iterator[tuple[Point, ...]]:
    """Yield the lines of all streets that are reached from a spot within some seconds.

    *priced* prices what is quickest: its costs are in proportion to time.
    """
    network, rows = priced.network, priced.rows
    limit = limit_s * priced.speed_kmh / 3.6
    if origin.aside:
        yield from within(priced, origin.aside, limit_s)
    yield (origin.point,)
    heap: list[tuple[float, int]] = []
    for node, (cost, stretch) in priced.exits(origin).items():
        if cost <= limit:
            heappush(heap, (cost, node))
        gone = stretch.length_m * min(1.0, limit / cost if cost else 1.0)
        way = gone if stretch.end_m > stretch.begin_m else -gone
        cut = Stretch(stretch.edge, stretch.begin_m, stretch.begin_m + way)
        yield (origin.point, *stretch_line(network, cut))
    done: set[int] = set()
    while heap:
        cost, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        for end, toll, length_m, arc in rows[node] or priced.row(node):
            if cost + toll <= limit and end not in done:
                heappush(heap, (cost + toll, end))
            share = min(1.0, (limit - cost) / toll if toll else 1.0)
            edge = arc >> 1
            gone_m = length_m * share
            cut = (
                Stretch(edge, length_m, length_m - gone_m)
                if arc & 1
                else Stretch(edge, 0.0, gone_m)
            )
            yield tuple(stretch_line(network, cut))
