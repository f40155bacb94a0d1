"""The links between the nodes of a network and some spots, as arrays: what one search reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from lens_routes.streets.network.classes import kind_of
from lens_routes.streets.profiles.kinds import STEPS
from lens_routes.streets.route.priced import AT_NODE_M
from lens_routes.streets.route.slopes import climbs
from lens_routes.streets.route.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    #: Tail, head, arc, metres, metres up and down.
    _Link = tuple[int, int, int, float, float, float]

#: What is measured of each way, in this order.
MEASURES = ("distance_m", "seconds", "steps_m", "main_road_m", "ascent_m", "descent_m")


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """The cheapest link from each node to each other that has one, by tail and head.

    ``way`` numbers what each goes along, see `Ways`.
    """

    nodes: int
    tail: Ints
    head: Ints
    cost: Floats
    way: Ints

    @classmethod
    def cheapest(cls, nodes: int, tail: Ints, head: Ints, cost: Floats, way: Ints) -> Self:
        """Return the cheapest of the links from each node to each other."""
        key = tail * nodes + head
        # Stable: what is sorted already, as most of it is, costs nothing.
        order = np.argsort(key, kind="stable")
        key = key[order]
        again = key[1:] == key[:-1]
        if again.any():
            begins = np.flatnonzero(np.append(True, ~again))
            costs = cost[order]
            least = np.minimum.reduceat(costs, begins)
            best = np.flatnonzero(costs == np.repeat(least, np.diff(begins, append=len(order))))
            order = order[best[np.searchsorted(best, begins)]]
        return cls(nodes, tail[order], head[order], cost[order], way[order])

    def turned(self) -> Links:
        """Return the same links as one finds them who looks where they come from."""
        return self.cheapest(self.nodes, self.head, self.tail, self.cost, self.way)

    def matrix(self) -> csr_array:
        """Return the costs as a sparse matrix."""
        from scipy.sparse import csr_array  # noqa: PLC0415  # costs most of a second

        first = np.concatenate(([0], np.cumsum(np.bincount(self.tail, minlength=self.nodes))))
        # The oldest scipy that is allowed knows graphs of 32 bits only.
        ends = (self.head.astype(np.int32), first.astype(np.int32))
        return csr_array((self.cost, *ends), shape=(self.nodes, self.nodes))


class Ways:
    """What is measured of ways: of the first, and of those that are two others in a row."""

    def __init__(self, measured: Floats) -> None:
        self._measured = measured
        self._count = len(measured)
        self._pairs: list[tuple[Ints, Ints]] = []

    def joined(self, come: Ints, go: Ints) -> Ints:
        """Return the numbers of the ways that go along one, then along another."""
        self._pairs.append((come, go))
        begin, self._count = self._count, self._count + len(come)
        return np.arange(begin, self._count)

    def measures(self, ways: Ints) -> Floats:
        """Return the `MEASURES` of some ways, shape (ways, measures)."""
        asked = np.zeros(self._count, dtype=bool)
        asked[ways] = True
        begin, parts = self._count, []
        for come, go in reversed(self._pairs):
            begin -= len(come)
            some = np.flatnonzero(asked[begin : begin + len(come)])
            parts.append((come[some], go[some]))
            asked[come[some]] = asked[go[some]] = True
        place = np.cumsum(asked) - 1
        found = np.empty((np.count_nonzero(asked), len(MEASURES)))
        done = np.count_nonzero(asked[:begin])
        found[:done] = self._measured[asked[:begin]]
        for come, go in reversed(parts):
            found[done : done + len(come)] = found[place[come]] + found[place[go]]
            done += len(come)
        of_each: Floats = found[place[ways]]
        return of_each


def links_between(priced: Priced, inside: Bools, spots: Sequence[Snap]) -> tuple[Links, Ways]:
    """Return the links among the nodes *inside*, numbered in order, and then the spots.

    The ends of the edges that the spots are on are among those inside.
    """
    number = np.cumsum(inside) - 1
    first = int(inside.sum())
    tail, head, arc, metres, up, down = (
        np.concatenate(both)
        for both in zip(
            _arc_links(priced, inside, number),
            _spot_links(priced, spots, number, first),
            strict=True,
        )
    )
    cost_per_m, measures = _per_metre(priced, arc.astype(np.int64))
    # Who stands at a node is there already, whatever the direction of the street he is put on.
    here = metres < AT_NODE_M
    cost_per_m[here], measures[here] = 0.0, 0.0
    slope_cost, slope_s = priced.slope_of(up, down)
    figures = np.column_stack((measures * metres[:, None], up, down))
    figures[:, MEASURES.index("seconds")] += slope_s
    cost = metres * cost_per_m + slope_cost
    # Nobody walks in a circle, and a node that is tied to itself would never be taken out.
    on = np.flatnonzero(tail != head)
    ends = (tail[on].astype(np.int64), head[on].astype(np.int64))
    return Links.cheapest(first + len(spots), *ends, cost[on], on), Ways(figures)


def _arc_links(priced: Priced, inside: Bools, number: Ints) -> tuple[Floats, ...]:
    """Return tail, head, number, metres, rise and fall of the arcs one may go."""
    network, profile = priced.network, priced.profile
    ends = (np.asarray(network.edge_tail), np.asarray(network.edge_head))
    # Of a large map most is outside: only what is inside is looked at any further.
    edge = np.flatnonzero(inside[ends[0]] & inside[ends[1]])
    arc = np.stack((2 * edge, 2 * edge + 1), axis=1).reshape(-1)
    tail, head = (np.stack((a[edge], b[edge]), axis=1).reshape(-1) for a, b in (ends, ends[::-1]))
    stopped = (np.asarray(network.node_stops)[tail] & int(profile.permit)) != 0
    usable = (np.asarray(network.arc_permits)[arc] & int(profile.uses)) != 0
    tail, head, arc = (part[usable & ~stopped] for part in (tail, head, arc))
    metres = np.asarray(network.edge_length_m)[arc >> 1]
    cost, _ = _per_metre(priced, arc)
    kept = np.isfinite(cost)
    parts: tuple[Any, ...] = (number[tail], number[head], arc, metres, *_slopes(network, arc))
    return tuple(part[kept].astype(np.float64) for part in parts)


def _spot_links(
    priced: Priced, spots: Sequence[Snap], number: Ints, first: int
) -> tuple[Floats, ...]:
    """Return the same of what ties the spots to the network and each other."""
    links: list[_Link] = []
    on_edge: dict[int, list[int]] = {}
    for own, spot in enumerate(spots, first):
        for node, (_, stretch) in priced.exits(spot).items():
            links.append(_link(priced, own, int(number[node]), stretch))
        for node, (_, stretch) in priced.entries(spot).items():
            links.append(_link(priced, int(number[node]), own, stretch))
        for other in on_edge.setdefault(spot.edge, []):
            links.extend(_between(priced, (own, spot), (other, spots[other - first])))
            links.extend(_between(priced, (other, spots[other - first]), (own, spot)))
        on_edge[spot.edge].append(own)
    return tuple(np.array(links, dtype=np.float64).reshape(-1, 6).T)


def _between(priced: Priced, a: tuple[int, Snap], b: tuple[int, Snap]) -> Iterator[_Link]:
    """Yield the link between two numbered spots on one edge, if one may go it."""
    (tail, start), (head, end) = a, b
    if np.isfinite(priced.direct(start, end)):
        # Where both are at one point of it, perhaps only the opposite may be gone.
        arc = _usable(priced, 2 * start.edge + (end.along_m < start.along_m))
        stretch = Stretch(start.edge, start.along_m, end.along_m)
        link = _link(priced, tail, head, stretch)
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
    for number in np.flatnonzero(np.bincount(key)).tolist():
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
