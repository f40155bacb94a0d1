"""Everything within a walk of one spot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from lens_routes.streets.route.search import shortest, trace

if TYPE_CHECKING:
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
        best, last = self.priced.direct(self.origin, spot), -1
        for node, (rest, _) in self.priced.entries(spot).items():
            cost = self.costs.get(node, math.inf) + rest
            if cost < best:
                best, last = cost, node
        if best == math.inf:
            return None
        if best > self.frontier:
            # A cheaper, longer walk could lead through streets beyond the limit.
            path: Path | None = shortest(self.priced, self.origin, spot)
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
