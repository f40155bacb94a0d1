from __future__ import annotations

import math
import random
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import (
    BUILT,
    METRE_LAT,
    SOUTH,
    WEST,
    at,
    is_main,
    network_of,
    small_ways,
)

from lens_routes.errors import BadInputError
from lens_routes.geo import Point, distance_m
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.many.many import many_to_many
from lens_routes.streets.network.permit import MAIN
from lens_routes.streets.profiles.car import CAR
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route import nearest
from lens_routes.streets.route import snap as module
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.reach import reach
from lens_routes.streets.route.reach import within as reached_within
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.snap import snap
from lens_routes.streets.route.stretch import Stretch, stretch_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.network import Network

points = st.builds(at, st.floats(-3000, 3000), st.floats(-3000, 3000))
BITS = FOOT.permit << MAIN
LANE = ([(0, 0), (1000, 0)], [((0, 1), "path", "Allée")])


def nearest_m(network: Network, asked: Point, edges: Iterable[int]) -> float:
    """Try every piece of every street, dividing each until the best point is pinned down."""
    best = math.inf
    for edge in edges:
        for a, b in pairwise(network.line(edge)):

            def apart(share: float, a: Point = a, b: Point = b) -> float:
                spot = Point(a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat))
                return distance_m(asked, spot)

            low, high = 0.0, 1.0
            for _ in range(60):
                third = (high - low) / 3
                if apart(low + third) < apart(high - third):
                    high -= third
                else:
                    low += third
            best = min(best, apart(low))
    return best


@settings(deadline=None)
@given(small_ways(), points)
def test_no_street_is_nearer(ways: Ways, asked: Point) -> None:
    """The gap is that of the nearest point of the streets one can leave again.

    Out of their reach it is that of any street: there one is on an island.
    """
    network = compile_network(ways, built=BUILT)
    edges = range(network.meta.edges)
    expected_m = nearest_m(network, asked, filter(partial(is_main, network), edges))
    assume(abs(expected_m - module.OFF_MAP_M) > 1)
    if expected_m > module.OFF_MAP_M:
        expected_m = nearest_m(network, asked, edges)
    assert snap(network, asked, FOOT).gap_m == pytest.approx(expected_m, rel=1e-3, abs=0.02)


def of_all(network: Network, asked: Point) -> int:
    """Return the nearest of all segments that serve."""
    shrink = math.cos(math.radians(asked.lat))
    every = np.asarray(network.cell_segment).astype(np.int64)
    found = nearest._nearest_in(network, every, (asked.lon * 1e7, asked.lat * 1e7, shrink), BITS)
    assert found is not None
    return found[1]


@settings(deadline=None)
@given(small_ways(), points)
def test_rings_of_cells_find_what_a_full_search_finds(ways: Ways, asked: Point) -> None:
    """The grid only saves work: trying all pieces at once gives the same gap."""
    network = compile_network(ways, built=BUILT)
    piece = of_all(network, asked)
    full = module._spot(network, asked, piece, nearest.edge_of(network, piece))
    _, found = module._around(network, asked, BITS, BITS)
    assert found is not None
    assert full.gap_m == pytest.approx(found.gap_m, abs=1e-6)


@cache
def winding_lane() -> Network:
    """Return a lane that winds through a square of 3 km, with a thousand bends; another far off."""
    chance = random.Random(3)  # noqa: S311  # reproducible, no secret
    metres = []
    for row in range(32):
        across = [(column * 100, row * 100) for column in range(32)]
        metres += across if row % 2 == 0 else across[::-1]
    moved = [(x + chance.uniform(-90, 90), y + chance.uniform(-90, 90)) for x, y in metres]
    far = [(12_000, 0), (12_000, 3000)]
    lines = [(range(len(moved)), "path", ""), (range(len(moved), len(moved) + 2), "path", "")]
    return network_of([*moved, *far], lines)


@settings(deadline=None)
@given(st.builds(at, st.floats(-300, 3400), st.floats(-300, 3400)), st.sampled_from([12, 1]))
def test_no_cell_is_left_out_that_holds_the_nearest_street(asked: Point, rings: int) -> None:
    """On a map of many cells the search does not stop a ring, or a square, too early."""
    network = winding_lane()
    piece = of_all(network, asked)
    assert network.grid.rows > 10
    edge = nearest.edge_of(network, piece)
    gap_m = module._spot(network, asked, piece, edge).gap_m
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "MOST_RINGS", rings)
        found, _ = next(nearest.nearest(network, asked, BITS))
        spot = module._spot(network, asked, found, nearest.edge_of(network, found))
    assert spot.gap_m == pytest.approx(gap_m, abs=1e-6)


def test_in_a_void_no_more_is_looked_at_than_its_rim(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the rings, squares grow until the nearest street is found; the rest is not read."""
    network, looked = winding_lane(), []
    search = nearest._nearest_in

    def counting(network: Network, segments: NDArray[np.int64], *rest: Any) -> Any:
        looked.append(len(set(segments.tolist())))
        return search(network, segments, *rest)

    monkeypatch.setattr(nearest, "_nearest_in", counting)
    assert snap(network, at(7300, 1500), FOOT).gap_m == pytest.approx(4150, abs=120)
    assert 0 < looked[-1] < 0.9 * len(network.point_lon_e7)


@settings(deadline=None)
@given(small_ways(), points)
def test_the_spot_is_where_it_says(ways: Ways, asked: Point) -> None:
    """Walking ``along_m`` from the tail of the edge leads to the spot."""
    network = compile_network(ways, built=BUILT)
    spot = snap(network, asked, FOOT)
    assert 0.0 <= spot.along_m <= network.edge_length_m[spot.edge]
    end = stretch_line(network, Stretch(spot.edge, 0.0, spot.along_m))[-1]
    assert distance_m(end, spot.point) < 0.01
    assert spot.gap_m == distance_m(asked, spot.point)
    assert spot.asked == asked


def test_a_point_beside_a_long_street_goes_to_its_middle() -> None:
    """The nearest point of an edge counts, not its nearest end."""
    spot = snap(network_of(*LANE), at(400, 30), FOOT)
    assert spot.along_m == pytest.approx(400, abs=1)
    assert spot.gap_m == pytest.approx(30, abs=0.1)


def test_a_point_on_a_street_has_no_gap() -> None:
    """What is on the network stays where it is."""
    assert snap(network_of(*LANE), at(1000, 0), FOOT).gap_m < 0.02


@pytest.mark.parametrize("asked", [Point(2.35, 48.85), Point(-180, -90), Point(180, 90)])
def test_a_far_away_point_still_gets_its_gap(asked: Point) -> None:
    """From 200 km away, or from the poles, the gap tells how far off the map one is."""
    spot = snap(network_of(*LANE), asked, FOOT)
    lane = Point((WEST + 70_000) / 1e7, (SOUTH + METRE_LAT) / 1e7)
    assert spot.gap_m == pytest.approx(distance_m(asked, lane), rel=0.05)


def test_a_point_in_a_void_finds_the_rim() -> None:
    """Where no street is near on a dense map, the nearest is still found."""
    rim = [
        (6000 * math.cos(i / 200 * math.tau), 6000 * math.sin(i / 200 * math.tau))
        for i in range(200)
    ]
    network = network_of(rim, [((*range(200), 0), "track", "")])
    assert snap(network, at(2500, 10), FOOT).gap_m == pytest.approx(3500, rel=0.01)


def read_map(elements: str, folder: Path) -> Network:
    path = folder / "map.osm"
    path.write_text(f"<osm version='0.6'>{elements}</osm>")
    return compile_network(read(path), built=BUILT)


def line(number: int, south: float, tags: str) -> str:
    """Return a way 1.4 km from west to east, its nodes included."""
    ends = (2 * number, 2 * number + 1)
    nodes = "".join(
        f"<node id='{node}' version='1' lat='{50.43 + south}' lon='{lon}'/>"
        for node, lon in zip(ends, (2.82, 2.84), strict=True)
    )
    pairs = (tag.split("=") for tag in tags.split())
    marks = "".join(f"<tag k='{key}' v='{value}'/>" for key, value in pairs)
    refs = "".join(f"<nd ref='{node}'/>" for node in ends)
    return f"{nodes}<way id='{number}' version='1'>{refs}{marks}</way>"


JOINED = (
    "<way id='9' version='1'><nd ref='2'/><nd ref='4'/><tag k='highway' v='residential'/></way>"
)


@pytest.mark.parametrize(
    ("fence", "street"),
    [
        ("waterway=canal", "own"),
        ("railway=rail", "own"),
        ("highway=motorway", "own"),
        ("waterway=canal tunnel=yes", "other"),
        ("railway=rail bridge=yes", "other"),
        ("railway=tram", "other"),
        ("railway=preserved", "other"),
        ("waterway=stream", "other"),
    ],
)
def test_nobody_wades_to_a_street(fence: str, street: str, tmp_path: Path) -> None:
    """A street 22 m away across a water, a railway or a motorway loses to one 33 m away."""
    network = read_map(
        line(1, -0.0002, "highway=path name=other")
        + line(2, 0.0003, "highway=residential name=own")
        + line(3, -0.0001, f"{fence} name=fence")
        + JOINED,
        tmp_path,
    )
    spot = snap(network, Point(2.83, 50.43), FOOT)
    assert network.name(spot.edge) == street


def test_a_point_in_the_water_goes_to_the_nearest_shore(tmp_path: Path) -> None:
    """Where every street is across a water, the nearest is taken."""
    shores = line(1, -0.001, "highway=path name=far") + line(2, 0.0003, "highway=path name=near")
    water = line(3, -0.0001, "waterway=river") + line(4, 0.0001, "waterway=river")
    network = read_map(shores + water + JOINED, tmp_path)
    assert network.name(snap(network, Point(2.83, 50.43), FOOT).edge) == "near"


def test_a_small_piece_is_routable_within_itself(tmp_path: Path) -> None:
    """Two points beside a path that leads nowhere are joined by it; others pass it over.

    Trace, table and reach say so alike, gaps to the path included.
    """
    lanes = line(1, 0.002, "highway=path name=A") + line(2, -0.001, "highway=path name=B") + JOINED
    network = read_map(lanes + line(3, 0.0, "highway=footway name=garden"), tmp_path)
    a, b = (snap(network, Point(lon, 50.4301), FOOT) for lon in (2.825, 2.835))
    outside = snap(network, Point(2.83, 50.4289), FOOT)
    priced = price(network, FOOT)
    within, across = shortest(priced, a, b), shortest(priced, a, outside)
    assert within is not None
    assert {network.name(stretch.edge) for stretch in within.stretches} == {"garden"}
    assert across is not None
    assert "garden" not in {network.name(stretch.edge) for stretch in across.stretches}
    table = many_to_many(priced, [outside, a, b])
    for goal, way in ((2, within), (0, across)):
        assert table.distance_m[1, goal] == pytest.approx(way.length_m)
        assert table.gaps_m[1, goal] == pytest.approx(way.start.gap_m + way.end.gap_m)
    assert reach(priced, a, within.length_m + 1).to(b) == within
    assert reach(priced, a, within.length_m - 1).to(b) is None
    lats = {round(point.lat, 6) for line in reached_within(priced, a, 60.0) for point in line}
    assert {50.43, a.point.lat} <= lats


@pytest.mark.parametrize(
    "asked", [Point(math.nan, 50), Point(2.8, math.inf), Point(2.8, 91), Point(-181, 0)]
)
def test_what_is_no_position_is_refused(asked: Point) -> None:
    """Not a number, infinity and degrees off the globe are bad input, not a wrong answer."""
    with pytest.raises(BadInputError):
        snap(network_of(*LANE), asked, FOOT)


def test_a_car_is_put_on_the_motorway_it_is_on(tmp_path: Path) -> None:
    """What is a fence to others is none to who is on it or beside it, on either side."""
    network = read_map(
        line(1, 0.0, "highway=motorway oneway=no name=A1")
        + line(2, 0.002, "highway=residential name=own")
        + JOINED,
        tmp_path,
    )
    for south in (0.0, 1e-9, -1e-9, 0.0001, -0.0001):
        spot = snap(network, Point(2.8312345, 50.43 + south), CAR)
        assert network.name(spot.edge) == "A1"
