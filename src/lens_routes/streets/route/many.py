"""Ways between every two of many spots, measured all at once."""

from __future__ import annotations

from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.streets.network.classes import kind_of
from lens_routes.streets.profiles.kinds import STEPS
from lens_routes.streets.route.priced import AT_NODE_M
from lens_routes.streets.route.slopes import climbs
from lens_routes.streets.route.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    #: Tail, head, arc, metres, metres up and down.
    _Link = tuple[int, int, int, float, float, float]

#: What is measured of each way, in this order.
_MEASURES = ("distance_m", "seconds", "steps_m", "main_road_m", "ascent_m", "descent_m")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The way from each spot to each other, shape (spots, spots); infinite where there is none.

    ``steps_m`` and ``main_road_m`` are the metres of ``distance_m`` on steps and main roads;
    ``gaps_m``, which are not part of it, those between the streets and what was asked for.
    """

    distance_m: Floats
    seconds: Floats
    steps_m: Floats
    main_road_m: Floats
    ascent_m: Floats
    descent_m: Floats
    gaps_m: Floats


def many_to_many(
    priced: Priced,
    spots: Sequence[Snap],
    progress: Callable[[int, int], None] | None = None,
) -> Table:
    """Measure the ways that `shortest` finds between every two spots, in both directions.

    Parameters
    ----------
    priced
        The network and the prices that choose the ways.
    spots
        The spots, in the order of the rows and columns of the answer.
    progress
        Told after each spot how many are done, and of how many.
    """
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  # costs most of a second

    beside = [number for number, spot in enumerate(spots) if spot.aside]
    ends = [*spots, *(spot.aside for spot in spots if spot.aside)]
    links = _links(priced, ends)
    graph, first = links.matrix(), len(priced.rows)
    count = len(ends)
    sums = np.full((len(_MEASURES) + 1, count, count), np.inf)
    gaps_m = np.array([spot.gap_m for spot in ends])
    sums[-1] = gaps_m[:, None] + gaps_m
    for origin in range(count):
        _, before = dijkstra(
            graph, directed=True, indices=[first + origin], return_predecessors=True
        )
        known: dict[int, tuple[float, ...]] = {first + origin: (0.0,) * len(_MEASURES)}
        predecessor = before[0].data
        for goal in range(count):
            if goal == origin or predecessor[first + goal] >= 0:
                sums[:-1, origin, goal] = _measure(first + goal, predecessor, known, links)
        if progress:
            progress(origin + 1, count)
    return Table(*_staying(sums, beside, len(spots)))


def _staying(sums: Floats, beside: Sequence[int], count: int) -> Floats:
    """Return the measures between *count* spots, those of *beside* on their small piece if joined.

    The spots on small pieces are the last of *sums*.
    """
    among = np.ix_(range(len(sums)), beside, beside)
    small = sums[:, count:, count:]
    sums[among] = np.where(np.isfinite(small[0]), small, sums[among])
    return sums[:, :count, :count]


@dataclass(frozen=True, slots=True, eq=False)
class _Links:
    """The cheapest link from each node to each other that has one; spots are the last nodes.

    ``keys`` is ``tail * nodes + head``, ascending; ``measures`` holds a figure for each of
    `_MEASURES` by key.
    """

    nodes: int
    keys: Ints
    costs: Floats
    measures: dict[int, tuple[float, ...]]

    def matrix(self) -> csr_array:
        from scipy.sparse import csr_array  # noqa: PLC0415  # costs most of a second

        tail, head = np.divmod(self.keys, self.nodes)
        first = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=self.nodes))))
        # The oldest scipy that is allowed knows graphs of 32 bits only.
        ends = (head.astype(np.int32), first.astype(np.int32))
        return csr_array((self.costs, *ends), shape=(self.nodes, self.nodes))


def _links(priced: Priced, spots: Sequence[Snap]) -> _Links:
    first = len(priced.rows)
    nodes = first + len(spots)
    tail, head, arc, metres, up, down = (
        np.concatenate(both)
        for both in zip(_arc_links(priced), _spot_links(priced, spots, first), strict=True)
    )
    cost_per_m, measures = _per_metre(priced, arc.astype(np.int64))
    # Who stands at a node is there already, whatever the direction of the street he is put on.
    here = metres < AT_NODE_M
    cost_per_m[here], measures[here] = 0.0, 0.0
    slope_cost, slope_s = priced.slope_of(up, down)
    key = (tail * nodes + head).astype(np.int64)
    cost = metres * cost_per_m + slope_cost
    order = np.lexsort((cost, key))
    keys, cheapest = np.unique(key[order], return_index=True)
    chosen = order[cheapest]
    figures = np.column_stack((measures * metres[:, None], up, down))[chosen]
    figures[:, _MEASURES.index("seconds")] += slope_s[chosen]
    rows = figures.tolist()
    return _Links(
        nodes, keys, cost[chosen], dict(zip(keys.tolist(), map(tuple, rows), strict=True))
    )


def _arc_links(priced: Priced) -> tuple[Floats, ...]:
    """Return tail, head, number, metres, rise and fall of the arcs one may go."""
    network, profile = priced.network, priced.profile
    ends = np.stack((np.asarray(network.edge_tail), np.asarray(network.edge_head)), axis=1)
    tail, head = ends.reshape(-1), ends[:, ::-1].reshape(-1)
    stopped = (np.asarray(network.node_stops) & int(profile.permit)) != 0
    usable = (np.asarray(network.arc_permits) & int(profile.uses)) != 0
    arc = np.flatnonzero(usable & ~stopped[tail])
    metres = np.asarray(network.edge_length_m)[arc >> 1]
    cost, _ = _per_metre(priced, arc)
    kept = np.isfinite(cost)
    parts: tuple[Any, ...] = (tail[arc], head[arc], arc, metres, *_slopes(network, arc))
    return tuple(part[kept].astype(np.float64) for part in parts)


def _spot_links(priced: Priced, spots: Sequence[Snap], first: int) -> tuple[Floats, ...]:
    """Return the same of what ties the spots to the network and each other."""
    links: list[_Link] = []
    on_edge: dict[int, list[int]] = {}
    for number, spot in enumerate(spots):
        for node, (_, stretch) in priced.exits(spot).items():
            links.append(_link(priced, first + number, node, stretch))
        for node, (_, stretch) in priced.entries(spot).items():
            links.append(_link(priced, node, first + number, stretch))
        for other in on_edge.setdefault(spot.edge, []):
            links.extend(_between(priced, spots, first, (number, other)))
            links.extend(_between(priced, spots, first, (other, number)))
        on_edge[spot.edge].append(number)
    return tuple(np.array(links, dtype=np.float64).reshape(-1, 6).T)


def _between(
    priced: Priced, spots: Sequence[Snap], first: int, pair: tuple[int, int]
) -> Iterator[_Link]:
    """Yield the link between two spots on one edge, if one may go it."""
    a, b = (spots[number] for number in pair)
    if np.isfinite(priced.direct(a, b)):
        # Where both are at one point of it, perhaps only the opposite may be gone.
        arc = _usable(priced, 2 * a.edge + (b.along_m < a.along_m))
        stretch = Stretch(a.edge, a.along_m, b.along_m)
        link = _link(priced, first + pair[0], first + pair[1], stretch)
        yield (*link[:2], arc, *link[3:])


def _link(priced: Priced, tail: int, head: int, stretch: Stretch) -> _Link:
    arc = _usable(priced, stretch.arc)
    return (tail, head, arc, stretch.length_m, *climbs(priced.network, stretch))


def _usable(priced: Priced, arc: int) -> int:
    """Return an arc, or its opposite where it may not be gone: a way of no length has no course."""
    return arc if priced.rate(arc) is not None else arc ^ 1


def _per_metre(priced: Priced, arc: Ints) -> tuple[Floats, Floats]:
    """Return the cost of a metre of arcs, infinite where it is avoided, and all its measures."""
    network, profile = priced.network, priced.profile
    edge = arc >> 1
    rides = (np.asarray(network.arc_permits)[arc] & int(profile.permit)) != 0
    key = 2 * np.asarray(network.edge_class)[edge].astype(np.int64) + rides
    rates = np.full((2 * len(network.classes), 4), np.inf)
    for number in np.unique(key).tolist():
        tags = network.classes[number >> 1]
        kind = kind_of(tags)
        steps = kind == STEPS and not profile.rolls
        rated = priced.rate_of(number >> 1, rides=bool(number & 1))
        if rated is not None:
            rates[number] = (*rated, steps, kind in profile.main_roads)
    cost, *of = rates[key].T
    return cost, np.stack((np.ones_like(cost), *of), axis=1)


def _slopes(network: Network, arc: Ints) -> tuple[Floats, Floats]:
    """Return the metres up and down along arcs, in the direction of each."""
    if not len(network.edge_ascent_m):
        return np.zeros(len(arc)), np.zeros(len(arc))
    edge, back = arc >> 1, (arc & 1) == 1
    up = np.asarray(network.edge_ascent_m, dtype=np.float64)[edge]
    down = np.asarray(network.edge_descent_m, dtype=np.float64)[edge]
    return np.where(back, down, up), np.where(back, up, down)


def _measure(
    goal: int,
    predecessor: memoryview[int],
    known: dict[int, tuple[float, ...]],
    links: _Links,
) -> tuple[float, ...]:
    """Return the measures of the way to *goal*, and note those of all it comes by in *known*."""
    chain = []
    node = goal
    while node not in known:
        chain.append(node)
        node = predecessor[node]
    sums = known[node]
    for following in reversed(chain):
        more = links.measures[node * links.nodes + following]
        sums = known[following] = tuple(map(add, sums, more))
        node = following
    return sums
