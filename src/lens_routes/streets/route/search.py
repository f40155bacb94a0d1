"""Find the way a person would choose between two spots."""

from __future__ import annotations

import math
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.streets.route.path import make_path
from lens_routes.streets.route.stretch import Stretch

if TYPE_CHECKING:
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

#: A shade less than one keeps the straight line a lower bound, whatever rounding does.
_SURE = 0.9999


def shortest(priced: Priced, a: Snap, b: Snap) -> Path | None:
    """Return the cheapest way from one spot of the network to another, None where there is none.

    Between two points beside one small piece of network it stays on that piece.
    """
    if a.aside and b.aside:
        path = _cheapest(priced, a.aside, b.aside)
        if path is not None:
            return path
    return _cheapest(priced, a, b)


def _cheapest(priced: Priced, a: Snap, b: Snap) -> Path | None:
    """Return the cheapest way between two spots.

    A*: P. E. Hart, N. J. Nilsson, B. Raphael, "A Formal Basis for the Heuristic Determination of
    Minimum Cost Paths", IEEE Trans. SSC 4 (1968), 100. The estimate of what remains is the straight
    line at the price of the cheapest kind, shrunk to the parallel where degrees are shortest.
    """
    network, rows = priced.network, priced.rows
    lon, lat = network.node_lon_e7, network.node_lat_e7
    scale_x, scale_y = least_costs(priced)
    goal_x, goal_y = network.x_e7(b.point.lon), b.point.lat * 1e7
    goals = priced.entries(b)
    best, last = priced.direct(a, b), -1
    costs: dict[int, float] = {}
    came_by: dict[int, int] = {}
    heap: list[tuple[float, float, int]] = []
    starts = priced.exits(a)
    for node, (cost, _) in starts.items():
        costs[node] = cost
        heappush(heap, (cost, cost, node))
    while heap:
        bound, cost, node = heappop(heap)
        if bound >= best:
            break
        if cost > costs[node]:
            continue
        if node in goals and cost + goals[node][0] < best:
            best, last = cost + goals[node][0], node
        for end, toll, _, arc in rows[node] or priced.row(node):
            reached = cost + toll
            if reached < costs.get(end, best):
                costs[end] = reached
                came_by[end] = arc
                x, y = (lon[end] - goal_x) * scale_x, (lat[end] - goal_y) * scale_y
                heappush(heap, (reached + math.sqrt(x * x + y * y), reached, end))
    return None if best == math.inf else trace(priced, a, b, last, came_by, best)


def least_costs(priced: Priced) -> tuple[float, float]:
    """Return the least cost of 1e-7 degrees east and north."""
    _, south, _, north = priced.network.meta.bbox
    metre = _SURE * priced.least * EARTH_RADIUS_M * math.radians(1e-7)
    return metre * math.cos(math.radians(max(abs(south), abs(north)))), metre


def trace(
    priced: Priced, a: Snap, b: Snap, last: int, came_by: dict[int, int], cost: float
) -> Path:
    """Return the way entering the edge of *b* at node *last*; -1 when it never left that edge."""
    network = priced.network
    if last < 0:
        return make_path(priced, a, b, [Stretch(a.edge, a.along_m, b.along_m)], cost)
    backwards = [priced.entries(b)[last][1]]
    node = last
    while node in came_by:
        arc = came_by[node]
        edge, whole_m = arc >> 1, network.edge_length_m[arc >> 1]
        if arc & 1:
            backwards.append(Stretch(edge, whole_m, 0.0))
            node = network.edge_head[edge]
        else:
            backwards.append(Stretch(edge, 0.0, whole_m))
            node = network.edge_tail[edge]
    backwards.append(priced.exits(a)[node][1])
    return make_path(priced, a, b, reversed(backwards), cost)
