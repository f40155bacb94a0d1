"""Small street maps, drawn by hand or by Hypothesis, and the plain truth about walks on them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from hypothesis import strategies as st

from lens_routes.geo import Point, distance_m
from lens_routes.streets.access.ruleset import OSM
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.ways import Ways
from lens_routes.streets.network.permit import MAIN, Permit
from lens_routes.streets.network.source import MapSource
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.profile import Wish
from lens_routes.streets.route.cost import rate
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.snap import Snap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.priced import Priced

    Line = tuple[Sequence[int], str, str]


class Model(NamedTuple):
    """What ways are chosen by."""

    profile: Profile
    wish: Wish

    def factor(self, kind: str) -> float:
        """Return what a metre of a kind of way costs."""
        tags = {"highway": kind}
        return rate(self.profile, tags, rides=True, wish=self.wish, speed_kmh=4.5).cost

    def price(self, network: Network) -> Priced:
        """Return a network with these prices."""
        return price(network, self.profile, wish=self.wish)


LENGTH = Model(FOOT, Wish.SHORTEST)
WALKER = Model(FOOT, Wish.USUAL)

BUILT = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
#: 1e-7 degrees of latitude in a metre, and of longitude where the small maps lie.
METRE_LAT = 90
METRE_LON = 141
WEST, SOUTH = 28_000_000, 504_000_000
KINDS = ("residential", "footway", "primary", "steps")


def ways_of(metres: Sequence[tuple[float, float]], lines: Sequence[Line]) -> Ways:
    """Return ways over nodes given in metres east and north of a corner near Lens."""
    kinds = sorted({kind for _, kind, _ in lines})
    classes = tuple({"highway": kind} for kind in kinds)
    names = ["", *sorted({name for _, _, name in lines} - {""})]
    return Ways(
        lon_e7=np.array([WEST + round(x * METRE_LON) for x, _ in metres], dtype=np.int32),
        lat_e7=np.array([SOUTH + round(y * METRE_LAT) for _, y in metres], dtype=np.int32),
        refs=np.array([ref for refs, _, _ in lines for ref in refs], dtype=np.int32),
        offsets=np.cumsum([0] + [len(refs) for refs, _, _ in lines]),
        stops=np.zeros(len(metres), dtype=np.uint8),
        way_class=np.array([kinds.index(kind) for _, kind, _ in lines], dtype=np.int32),
        name=np.array([names.index(name) for _, _, name in lines], dtype=np.int32),
        classes=classes,
        permits=np.array([OSM.permissions(tags) for tags in classes], dtype=np.uint16),
        names=tuple(names),
        source=MapSource("file", "small.osm", "2026-01-01", None),
    )


def network_of(metres: Sequence[tuple[float, float]], lines: Sequence[Line]) -> Network:
    """Return the compiled network of a small map."""
    return compile_network(ways_of(metres, lines), built=BUILT)


def at(x: float, y: float) -> Point:
    """Return a point in metres east and north of the corner."""
    return Point((WEST + x * METRE_LON) / 1e7, (SOUTH + y * METRE_LAT) / 1e7)


@st.composite
def small_ways(draw: st.DrawFn) -> Ways:
    """Draw up to ten ways over a dozen nodes: loops, parallels, spurs and islands included."""
    corners = st.tuples(st.integers(0, 9), st.integers(0, 9))
    cells = draw(st.lists(corners, min_size=2, max_size=12, unique=True))
    jitter = st.integers(-20, 20)
    metres = [(x * 60 + draw(jitter), y * 60 + draw(jitter)) for x, y in cells]
    refs = st.lists(st.integers(0, len(metres) - 1), min_size=2, max_size=6)
    line = st.tuples(refs, st.sampled_from(KINDS), st.sampled_from(["", "A", "É"]))
    lines = draw(st.lists(line, min_size=1, max_size=10))
    # One certain street, so that there is a network.
    return ways_of(metres, [*lines, ((0, 1), "residential", "")])


@dataclass(frozen=True, slots=True)
class Spot:
    """A share of the way along the straight piece between two nodes of a way."""

    tail: int
    head: int
    kind: str
    name: str
    share: float


def pieces_of(ways: Ways) -> Iterator[tuple[int, int, str, str]]:
    """Yield the straight pieces of the map: the two nodes, the kind and the name."""
    for way, (start, end) in enumerate(pairwise(ways.offsets.tolist())):
        for tail, head in pairwise(ways.refs[start:end].tolist()):
            if tail != head:
                yield (
                    tail,
                    head,
                    ways.classes[ways.way_class[way]]["highway"],
                    ways.names[ways.name[way]],
                )


def spots_of(ways: Ways, shares: Sequence[float]) -> list[Spot]:
    """Return a spot on each straight piece of the map, at the next of the shares in turn.

    Of pieces drawn twice only one gets a spot: which of the two is meant could not be told.
    """
    spots: list[Spot] = []
    taken = set()
    for tail, head, kind, name in pieces_of(ways):
        if {tail, head} not in taken:
            taken.add(frozenset((tail, head)))
            spots.append(Spot(tail, head, kind, name, shares[len(spots) % len(shares)]))
    return spots


def position(ways: Ways, node: int) -> Point:
    """Return the position of a node of the map."""
    return Point(int(ways.lon_e7[node]) / 1e7, int(ways.lat_e7[node]) / 1e7)


def is_main(network: Network, edge: int) -> bool:
    """Tell whether an edge is part of the largest piece of network for walkers."""
    return bool(network.arc_permits[2 * edge] & Permit.FOOT << MAIN)


def locate(network: Network, ways: Ways, spot: Spot) -> Snap | None:
    """Return a spot as a place on the network; None when it is on an island."""
    tail, head = position(ways, spot.tail), position(ways, spot.head)
    for edge in range(network.meta.edges):
        if (network.kind(edge), network.name(edge)) != (spot.kind, spot.name):
            continue
        if not is_main(network, edge):
            continue
        done_m = 0.0
        for before, after in pairwise(network.line(edge)):
            piece_m = distance_m(before, after)
            if {before, after} == {tail, head}:
                share = spot.share if before == tail else 1 - spot.share
                point = Point(
                    before.lon + share * (after.lon - before.lon),
                    before.lat + share * (after.lat - before.lat),
                )
                along_m = min(done_m + share * piece_m, network.edge_length_m[edge])
                return Snap(edge, along_m, point, point, 0.0)
            done_m += piece_m
    return None


def true_costs(ways: Ways, spots: Sequence[Spot], model: Model) -> list[list[float]]:
    """Return the least costs between all spots by Floyd and Warshall, on the map as drawn."""
    nodes = len(ways.lon_e7)
    count = nodes + len(spots)
    costs = [[0.0 if i == j else math.inf for j in range(count)] for i in range(count)]

    def link(a: int, b: int, cost: float) -> None:
        costs[a][b] = costs[b][a] = min(costs[a][b], cost)

    def cost_of(tail: int, head: int, kind: str) -> float:
        return distance_m(position(ways, tail), position(ways, head)) * model.factor(kind)

    for tail, head, kind, _ in pieces_of(ways):
        link(tail, head, cost_of(tail, head, kind))
    for number, spot in enumerate(spots):
        cost = cost_of(spot.tail, spot.head, spot.kind)
        link(nodes + number, spot.tail, spot.share * cost)
        link(nodes + number, spot.head, (1 - spot.share) * cost)
    for k in range(count):
        for i in range(count):
            through = costs[i][k]
            if through < math.inf:
                costs[i] = [
                    min(old, through + onward)
                    for old, onward in zip(costs[i], costs[k], strict=True)
                ]
    return [row[nodes:] for row in costs[nodes:]]
