"""Walks between every two of many spots, measured all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.route.cost import MAIN_ROADS, STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from lens_routes.streets.route.search import Priced
    from lens_routes.streets.route.snap import Snap

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Metres walked from each spot to each other, shape (spots, spots), symmetric.

    ``steps_m`` and ``main_road_m`` are the metres of ``distance_m`` on steps and main roads.
    """

    distance_m: Floats
    steps_m: Floats
    main_road_m: Floats


def many_to_many(
    priced: Priced,
    spots: Sequence[Snap],
    progress: Callable[[int, int], None] | None = None,
) -> Table:
    """Measure the walks that `shortest` finds between every two spots.

    Parameters
    ----------
    priced
        The network and the prices that choose the walks.
    spots
        The spots, in the order of the rows and columns of the answer.
    progress
        Told after each spot how many are done, and of how many.
    """
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  # costs most of a second

    links = _links(priced, spots)
    graph, first = links.matrix(), len(priced.rows)
    count = len(spots)
    sums = np.zeros((3, count, count))
    for origin in range(count):
        _, before = dijkstra(
            graph, directed=True, indices=[first + origin], return_predecessors=True
        )
        known = {first + origin: (0.0, 0.0, 0.0)}
        predecessor = before[0].data
        for goal in range(origin + 1, count):
            sums[:, origin, goal] = _measure(first + goal, predecessor, known, links)
        if progress:
            progress(origin + 1, count)
    sums += sums.transpose(0, 2, 1)
    return Table(*sums)


@dataclass(frozen=True, slots=True, eq=False)
class _Links:
    """The cheapest link between every two nodes that have one; spots are the last nodes.

    ``keys`` is ``tail * nodes + head``, ascending; ``measures`` holds metres, metres on steps and
    metres on main roads by key.
    """

    nodes: int
    keys: Ints
    costs: Floats
    measures: dict[int, tuple[float, float, float]]

    def matrix(self) -> csr_array:
        from scipy.sparse import csr_array  # noqa: PLC0415  # costs most of a second

        tail, head = np.divmod(self.keys, self.nodes)
        first = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=self.nodes))))
        return csr_array((self.costs, head, first), shape=(self.nodes, self.nodes))


def _links(priced: Priced, spots: Sequence[Snap]) -> _Links:
    network = priced.network
    first = len(priced.rows)
    extra = _spot_links(priced, spots, first)
    tail = np.concatenate((np.asarray(network.edge_tail), extra[0].astype(np.int64)))
    head = np.concatenate((np.asarray(network.edge_head), extra[1].astype(np.int64)))
    metres = np.concatenate((np.asarray(network.edge_length_m), extra[2]))
    kind = np.concatenate((np.asarray(network.edge_kind), extra[3].astype(np.int64)))
    nodes = first + len(spots)
    key = np.concatenate((tail * nodes + head, head * nodes + tail))
    cost = np.tile(metres * np.asarray(priced.factors)[kind], 2)
    order = np.lexsort((cost, key))
    keys, cheapest = np.unique(key[order], return_index=True)
    chosen = order[cheapest]
    measures = [metres]
    for kinds in ({STEPS}, MAIN_ROADS):
        counted = np.array([name in kinds for name in network.kinds])
        measures.append(np.where(counted[kind], metres, 0.0))
    rows = np.tile(np.stack(measures, axis=1), (2, 1))[chosen].tolist()
    return _Links(
        nodes, keys, cost[chosen], dict(zip(keys.tolist(), map(tuple, rows), strict=True))
    )


def _spot_links(priced: Priced, spots: Sequence[Snap], first: int) -> Floats:
    """Return tail, head, metres and kind of what ties the spots to the network: (4, links)."""
    links: list[tuple[int, int, float, int]] = []
    on_edge: dict[int, list[int]] = {}
    for number, spot in enumerate(spots):
        kind = priced.network.edge_kind[spot.edge]
        for node, (_, stretch) in priced.exits(spot).items():
            links.append((first + number, node, stretch.length_m, kind))
        for other in on_edge.setdefault(spot.edge, []):
            apart_m = abs(spot.along_m - spots[other].along_m)
            links.append((first + number, first + other, apart_m, kind))
        on_edge[spot.edge].append(number)
    return np.array(links, dtype=np.float64).reshape(-1, 4).T


def _measure(
    goal: int,
    predecessor: memoryview[int],
    known: dict[int, tuple[float, float, float]],
    links: _Links,
) -> tuple[float, float, float]:
    """Return the measures of the walk to *goal*, and note those of all it comes by in *known*."""
    chain = []
    node = goal
    while node not in known:
        chain.append(node)
        node = predecessor[node]
    metres, steps, main = known[node]
    for following in reversed(chain):
        more = links.measures[node * links.nodes + following]
        metres, steps, main = metres + more[0], steps + more[1], main + more[2]
        known[following] = (metres, steps, main)
        node = following
    return known[goal]
