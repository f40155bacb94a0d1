from __future__ import annotations

import math
import random
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
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
from lens_routes.streets.network.permit import MAIN
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route import snap as module
from lens_routes.streets.route.snap import snap
from lens_routes.streets.route.stretch import Stretch, stretch_line

if TYPE_CHECKING:
    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.network import Network

points = st.builds(at, st.floats(-3000, 3000), st.floats(-3000, 3000))
BITS = FOOT.permit << MAIN
LANE = ([(0, 0), (1000, 0)], [((0, 1), "path", "Allée")])


def nearest_m(network: Network, asked: Point) -> float:
    """Try every piece of every street, dividing each until the best point is pinned down."""
    best = math.inf
    for edge in filter(partial(is_main, network), range(network.meta.edges)):
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
    """The gap is that of the nearest point of all streets, found by trying them all."""
    network = compile_network(ways, built=BUILT)
    assert snap(network, asked, FOOT).gap_m == pytest.approx(
        nearest_m(network, asked), rel=1e-3, abs=0.02
    )


@settings(deadline=None)
@given(small_ways(), points)
def test_rings_of_cells_find_what_a_full_search_finds(ways: Ways, asked: Point) -> None:
    """The grid only saves work: trying all pieces at once gives the same gap."""
    network = compile_network(ways, built=BUILT)
    shrink = math.cos(math.radians(asked.lat))
    piece = module._nearest_of_all(network, asked.lon * 1e7, asked.lat * 1e7, shrink, BITS)
    assert module._spot(network, asked, piece).gap_m == pytest.approx(
        snap(network, asked, FOOT).gap_m, abs=1e-6
    )


@cache
def winding_lane() -> Network:
    """Return a lane that winds through a square of 3 km, with a thousand bends."""
    chance = random.Random(3)  # noqa: S311  # reproducible, no secret
    metres = []
    for row in range(32):
        across = [(column * 100, row * 100) for column in range(32)]
        metres += across if row % 2 == 0 else across[::-1]
    moved = [(x + chance.uniform(-90, 90), y + chance.uniform(-90, 90)) for x, y in metres]
    return network_of(moved, [(range(len(moved)), "path", "")])


@settings(deadline=None)
@given(st.builds(at, st.floats(-300, 3400), st.floats(-300, 3400)))
def test_no_cell_is_left_out_that_holds_the_nearest_street(asked: Point) -> None:
    """On a map of many cells the search does not stop a ring too early."""
    network = winding_lane()
    shrink = math.cos(math.radians(asked.lat))
    piece = module._nearest_of_all(network, asked.lon * 1e7, asked.lat * 1e7, shrink, BITS)
    assert network.grid.rows > 10
    assert module._spot(network, asked, piece).gap_m == pytest.approx(
        snap(network, asked, FOOT).gap_m, abs=1e-6
    )


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


@pytest.mark.parametrize(
    "asked", [Point(math.nan, 50), Point(2.8, math.inf), Point(2.8, 91), Point(-181, 0)]
)
def test_what_is_no_position_is_refused(asked: Point) -> None:
    """Not a number, infinity and degrees off the globe are bad input, not a wrong answer."""
    with pytest.raises(BadInputError):
        snap(network_of(*LANE), asked, FOOT)
