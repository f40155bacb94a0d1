"""Find the walk a person would choose: between two spots, around one, among many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.streets.route.path import Path, Stretch, make_path

if TYPE_CHECKING:
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.cost import CostModel
    from lens_routes.streets.route.snap import Snap

    #: (node it leads to, perceived cost, metres, arc number)
    Row = tuple[tuple[int, float, float, int], ...]

#: A shade less than one keeps the straight line a lower bound, whatever rounding does.
_SURE = 0.9999


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """A network with a price on every street; made by `price`, shared by searches.

    ``rows`` holds the arcs leaving a node, from the first time a search comes by: a short walk
    touches a hundredth of the network, so reading it all first would cost more than the search.
    """

    network: Network
    factors: tuple[float, ...]
    rows: list[Row | None]

    def row(self, node: int) -> Row:
        """Return the arcs leaving a node."""
        row = self.rows[node]
        if row is None:
            network = self.network
            made = []
            for arc in network.arcs[network.first_arc[node] : network.first_arc[node + 1]]:
                edge = arc >> 1
                end = network.edge_tail[edge] if arc & 1 else network.edge_head[edge]
                length_m = network.edge_length_m[edge]
                made.append((end, length_m * self.factors[network.edge_kind[edge]], length_m, arc))
            row = self.rows[node] = tuple(made)
        return row

    def exits(self, spot: Snap) -> dict[int, tuple[float, Stretch]]:
        """Return the cost and the stretch from a spot to each end of its edge."""
        network, edge = self.network, spot.edge
        whole_m = network.edge_length_m[edge]
        factor = self.factors[network.edge_kind[edge]]
        tail, head = network.edge_tail[edge], network.edge_head[edge]
        found = {tail: (spot.along_m * factor, Stretch(edge, spot.along_m, 0.0))}
        rest = (whole_m - spot.along_m) * factor
        if head not in found or rest < found[head][0]:
            found[head] = (rest, Stretch(edge, spot.along_m, whole_m))
        return found

    def direct(self, a: Snap, b: Snap) -> float:
        """Return the cost of walking along the one edge both spots are on, else infinity."""
        if a.edge != b.edge:
            return math.inf
        return abs(a.along_m - b.along_m) * self.factors[self.network.edge_kind[a.edge]]


def price(network: Network, model: CostModel) -> Priced:
    """Return *network* with the prices of *model*."""
    factors = tuple(map(model.factor, network.kinds))
    return Priced(network, factors, [None] * len(network.node_lon_e7))


def shortest(priced: Priced, a: Snap, b: Snap) -> Path:
    """Return the cheapest walk between two spots of the network.

    A*: P. E. Hart, N. J. Nilsson, B. Raphael, "A Formal Basis for the Heuristic Determination of
    Minimum Cost Paths", IEEE Trans. SSC 4 (1968), 100. The estimate of what remains is the straight
    line at the price of the cheapest kind, shrunk to the parallel where degrees are shortest.
    """
    network, rows = priced.network, priced.rows
    lon, lat = network.node_lon_e7, network.node_lat_e7
    scale_x, scale_y = _lower_bound_scale(priced)
    goal_x, goal_y = b.point.lon * 1e7, b.point.lat * 1e7
    goals = priced.exits(b)
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
    return trace(priced, a, b, last, came_by, best)


def _lower_bound_scale(priced: Priced) -> tuple[float, float]:
    """Return the least cost of 1e-7 degrees east and north."""
    _, south, _, north = priced.network.meta.bbox
    metre = _SURE * min(priced.factors) * EARTH_RADIUS_M * math.radians(1e-7)
    return metre * math.cos(math.radians(max(abs(south), abs(north)))), metre


def trace(
    priced: Priced, a: Snap, b: Snap, last: int, came_by: dict[int, int], cost: float
) -> Path:
    """Return the walk entering the edge of *b* at node *last*; -1 when it never left that edge."""
    network = priced.network
    if last < 0:
        return make_path(network, a, b, [Stretch(a.edge, a.along_m, b.along_m)], cost)
    approach = priced.exits(b)[last][1]
    backwards = [Stretch(b.edge, approach.end_m, approach.begin_m)]
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
    return make_path(network, a, b, reversed(backwards), cost)
