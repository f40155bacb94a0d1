"""Heights over streets: exact between junctions, straight on bridges, the same however one asks."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import BUILT, METRE_LAT, METRE_LON, SOUTH, WEST, small_ways, ways_of

from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.elevation.drape import draped_over
from lens_routes.streets.elevation.heights import Heights
from lens_routes.streets.elevation.raster import Raster, raster_of
from lens_routes.streets.elevation.read import read_heights
from lens_routes.streets.many.many import many_to_many
from lens_routes.streets.network.network import without_heights
from lens_routes.streets.profiles.bike import BIKE
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route.path import geometry
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.slopes import climbs, course, heights_along, steepest
from lens_routes.streets.route.snap import snap
from lens_routes.streets.route.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lens_routes.geo import Point
    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.network import Network

    Ground = Callable[[np.ndarray, np.ndarray], np.ndarray]

#: The raster reaches this far to all sides of the small maps, in cells of 10 m.
MARGIN = 20
SIDE = 120


def raster(ground: Ground, *, columns: int = SIDE, void: np.ndarray | None = None) -> Raster:
    """Return a raster of 10 m cells of a ground given in metres east and north of the corner."""
    east, north = np.meshgrid(
        (np.arange(columns) - MARGIN) * 10.0, (SIDE - 1 - MARGIN - np.arange(SIDE)) * 10.0
    )
    heights = ground(east, north)
    if void is not None:
        heights = np.where(void, -9999.0, heights)
    made = raster_of(
        heights,
        name="model",
        crs="EPSG:4326",
        corner=((WEST + east[0, 0] * METRE_LON) / 1e7, (SOUTH + north[0, 0] * METRE_LAT) / 1e7),
        cell=(10 * METRE_LON / 1e7, 10 * METRE_LAT / 1e7),
        void=-9999.0,
    )
    assert made is not None
    return made


def hills(east: np.ndarray, north: np.ndarray) -> np.ndarray:
    return 50.0 + 12.0 * np.sin(east / 60) + 9.0 * np.cos(north / 45)


def plane(east: np.ndarray, north: np.ndarray) -> np.ndarray:
    return 30.0 + 0.05 * east - 0.02 * north


def draped(ways: Ways, ground: Ground = hills) -> Network:
    return draped_over(compile_network(ways, built=BUILT), Heights([raster(ground)]))


def street(metres: list[tuple[float, float]]) -> Ways:
    """Return one street, with a side street at each of its nodes, so that it is cut there."""
    sides = [(x, y - 10.0) for x, y in metres]
    count = len(metres)
    lines = [((i, i + 1), "residential", f"S{i}") for i in range(count - 1)]
    return ways_of(
        [*metres, *sides], [*lines, *[((i, i + count), "footway", "") for i in range(count)]]
    )


@settings(deadline=None)
@given(small_ways())
def test_what_edges_rise_is_exact(ways: Ways) -> None:
    """Up less down is the difference of the ground at both ends, whatever was smoothed between."""
    network = draped(ways)
    rise = np.asarray(network.edge_ascent_m) - np.asarray(network.edge_descent_m)
    lon, lat = np.asarray(network.node_lon_e7) / 1e7, np.asarray(network.node_lat_e7) / 1e7
    ground = Heights([raster(hills)]).at(lon, lat)
    ends = ground[np.asarray(network.edge_head)] - ground[np.asarray(network.edge_tail)]
    assert rise == pytest.approx(ends, abs=1e-3)


@settings(deadline=None)
@given(small_ways(), st.floats(0, 1), st.floats(0, 1))
def test_a_part_rises_what_it_rises(ways: Ways, begin: float, end: float) -> None:
    """Two halves of an edge rise what the whole does, and there is back turned round."""
    network = draped(ways)
    for edge in range(len(network.edge_length_m)):
        whole = network.edge_length_m[edge]
        cuts = [0.0, *sorted((begin * whole, end * whole)), whole]
        pieces = [climbs(network, Stretch(edge, a, b)) for a, b in pairwise(cuts) if a < b]
        together = np.sum(pieces, axis=0)
        assert together == pytest.approx(climbs(network, Stretch(edge, 0.0, whole)), abs=1e-3)
        there = climbs(network, Stretch(edge, cuts[1], cuts[2]))
        assert climbs(network, Stretch(edge, cuts[2], cuts[1])) == pytest.approx(there[::-1])


@settings(deadline=None)
@given(small_ways(), st.sampled_from([FOOT, BIKE]), st.integers(0, 10**6))
def test_tables_and_traces_agree_on_slopes(ways: Ways, profile: object, seed: int) -> None:
    """What many-to-many says of a way is what its trace says: metres, seconds, climb."""
    network = draped(ways)
    priced = price(network, profile)  # type: ignore[arg-type]
    random = np.random.default_rng(seed)
    inner = random.integers(0, len(network.point_lon_e7), 4)
    spots = [snap(network, network.point(int(i)), profile) for i in inner]  # type: ignore[arg-type]
    table = many_to_many(priced, spots)
    for i, a in enumerate(spots):
        for j, b in enumerate(spots):
            path = shortest(priced, a, b)
            if path is None or i == j:
                continue
            assert table.seconds[i, j] == pytest.approx(path.seconds, abs=2e-3)
            assert table.ascent_m[i, j] == pytest.approx(path.measures.ascent_m, abs=2e-3)
            assert table.descent_m[i, j] == pytest.approx(path.measures.descent_m, abs=2e-3)


@settings(deadline=None)
@given(small_ways(), st.integers(0, 10**6))
def test_the_best_way_back_is_the_way_there(ways: Ways, seed: int) -> None:
    """On foot a way costs the same in both directions, and rises back what it fell there."""
    network = draped(ways)
    priced = price(network, FOOT)
    random = np.random.default_rng(seed)
    a, b = (
        snap(network, network.point(int(i)), FOOT)
        for i in random.integers(0, len(network.point_lon_e7), 2)
    )
    there, back = shortest(priced, a, b), shortest(priced, b, a)
    assume(there is not None)
    assert there is not None
    assert back is not None
    assert back.cost == pytest.approx(there.cost)
    rise = there.measures.ascent_m - there.measures.descent_m
    fall = back.measures.ascent_m - back.measures.descent_m
    assert fall == pytest.approx(-rise, abs=1e-3)


def test_a_climb_takes_its_time() -> None:
    """400 m up 5 % take what 400 m and eight times 20 m take on the flat; down, what 400 m take."""
    network = draped(ways_of([(0, 0), (400, 0)], [((0, 1), "residential", "")]), plane)
    west, east = (snap(network, network.node(i), FOOT) for i in (0, 1))
    if west.point.lon > east.point.lon:
        west, east = east, west
    priced = price(network, FOOT, speed_kmh=4.5)
    up, down = shortest(priced, west, east), shortest(priced, east, west)
    assert up is not None
    assert down is not None
    assert up.measures.ascent_m == pytest.approx(20.0, abs=0.1)
    assert down.seconds == pytest.approx(down.length_m / 1.25)
    assert up.seconds == pytest.approx((up.length_m + 8 * up.measures.ascent_m) / 1.25)
    assert steepest(course(network, up.stretches))[0] == pytest.approx(0.05, abs=0.001)


def test_a_bridge_is_straight_between_its_ends() -> None:
    """A valley under a bridge is not climbed out of; a footpath through it is."""

    def valley(east: np.ndarray, _north: np.ndarray) -> np.ndarray:
        return 40.0 - np.maximum(0.0, 30.0 - np.abs(east - 200.0) / 4)

    metres = [(0.0, 0.0), (40.0, 0.0), (360.0, 0.0), (400.0, 0.0)]
    lines = [
        ((0, 1), "residential", "A"),
        ((1, 2), "primary", "Pont"),
        ((2, 3), "residential", "B"),
    ]
    ways = ways_of(metres, lines)
    ground = draped(ways, valley)
    classes = tuple(
        {**tags, "bridge": "yes"} if tags["highway"] == "primary" else tags for tags in ways.classes
    )
    bridge = draped(dataclasses.replace(ways, classes=classes), valley)
    climbed = [sum(network.edge_ascent_m) for network in (ground, bridge)]
    assert climbed[0] > 15
    assert climbed[1] == pytest.approx(0.0, abs=0.1)


def test_a_void_is_crossed_straight() -> None:
    """Where the data have a hole, streets rise evenly from its one side to the other."""
    void = np.zeros((SIDE, SIDE), dtype=bool)
    void[:, MARGIN + 10 : MARGIN + 30] = True
    ways = ways_of(
        [(0, 0), (200, 0), (200, 30), (400, 0)],
        [((0, 1), "residential", ""), ((1, 2), "footway", ""), ((1, 3), "residential", "")],
    )
    network = draped_over(compile_network(ways, built=BUILT), Heights([raster(plane, void=void)]))
    assert network.meta.heights_known == 1.0
    middle = min(range(4), key=lambda i: abs(network.node_lon_e7[i] - WEST - 200 * METRE_LON))
    heights = {
        end: network.height_m[place]
        for edge in range(len(network.edge_tail))
        for end, place in (
            (network.edge_tail[edge], network.first_height[edge]),
            (network.edge_head[edge], network.first_height[edge + 1] - 1),
        )
    }
    assert heights[middle] == pytest.approx(40.0, abs=0.2)


def test_streets_beyond_the_data_are_level_and_said_so() -> None:
    """A model that ends before the streets: what it covers is climbed, and the share is told."""
    ways = ways_of(
        [(0, 0), (100, 0), (300, 0), (400, 0)],
        [((0, 1), "residential", ""), ((1, 2), "footway", ""), ((2, 3), "residential", "")],
    )
    network = draped_over(
        compile_network(ways, built=BUILT), Heights([raster(plane, columns=MARGIN + 15)])
    )
    assert network.meta.heights_known == pytest.approx(0.25, abs=0.01)
    a, b = snap(network, network.node(0), FOOT), snap(network, network.node(3), FOOT)
    path = shortest(price(network, FOOT), a, b)
    assert path is not None
    assert course(network, path.stretches) == []
    assert max(path.measures.ascent_m, path.measures.descent_m) == pytest.approx(5.0, abs=0.1)


def test_data_from_elsewhere_change_nothing() -> None:
    """Heights of another town leave the streets as they are."""
    network = compile_network(street([(0, 0), (100, 0)]), built=BUILT)
    far = dataclasses.replace(raster(plane), x=100.0)
    assert draped_over(network, Heights([far])) is network
    assert without_heights(draped_over(network, Heights([raster(plane)]))).meta == network.meta


def test_every_point_of_a_line_has_its_height() -> None:
    """As many heights as points, the gaps to the streets level."""
    network = draped(ways_of([(0, 0), (400, 0)], [((0, 1), "residential", "")]), plane)
    a, b = snap(network, network.node(0), FOOT), snap(network, network.node(1), FOOT)
    path = shortest(price(network, FOOT), a, b)
    assert path is not None
    line: list[Point] = geometry(network, path)
    off = line[0]._replace(lat=line[0].lat + 0.001)
    heights = heights_along([off, *line], course(network, path.stretches), 111.0)
    assert len(heights) == len(line) + 1
    assert heights[0] == pytest.approx(heights[1], abs=0.1)
    assert abs(heights[-1] - heights[0]) == pytest.approx(20.0, abs=0.2)
    assert heights_along(line, [], 0.0) == ()


@pytest.mark.shared
def test_from_the_rock_to_fontvieille(shared: Path) -> None:
    """In Monaco one goes down 44 to 46 m in all, with some metres up: less than noise has."""
    network = draped_over(
        compile_network(read(shared / "osm" / "monaco.osm.pbf"), built=BUILT),
        Heights(read_heights(shared / "elevation" / "N43E007.hgt.zip")),
    )
    a, b = (
        snap(network, network.point(0)._replace(lon=lon, lat=lat), FOOT)
        for lat, lon in ((43.730729, 7.421288), (43.727697, 7.419199))
    )
    path = shortest(price(network, FOOT), a, b)
    assert path is not None
    assert -46 <= path.measures.ascent_m - path.measures.descent_m <= -44
    assert 8 <= path.measures.ascent_m <= 30
