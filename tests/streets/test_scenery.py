"""The base map: streets joined and cut to a box, with what lies around them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import BUILT, at, network_of, small_ways

from lens_routes.geo import Point, distance_m
from lens_routes.plan.basemap import Way
from lens_routes.streets.around.polylines import clip_line, clip_ring
from lens_routes.streets.around.scenery import MARGIN, base_map
from lens_routes.streets.build.compile import compile_network

if TYPE_CHECKING:
    from lens_routes.streets.build.ways import Ways

WORLD = (2.7, 50.3, 2.9, 50.5)
degrees = st.floats(-1, 1, allow_subnormal=False).map(lambda x: round(x, 3))
lines = st.lists(st.builds(Point, degrees, degrees), min_size=2, max_size=8)
BOX = (-0.5, -0.5, 0.5, 0.5)


@settings(deadline=None)
@given(small_ways())
def test_nothing_of_the_streets_is_lost_or_drawn_twice(ways: Ways) -> None:
    """The lines of the whole map are as long as its streets, kind by kind and name by name."""
    network = compile_network(ways, built=BUILT)
    shown = base_map(network, WORLD).lines
    looks = {"residential": Way.STREET, "footway": Way.PATH, "primary": Way.MAIN_ROAD}
    for kind, look in {**looks, "steps": Way.STEPS}.items():
        for name in ("", "A", "É"):
            drawn = sum(
                distance_m(a, b)
                for line in shown
                if (line.way, line.name) == (look, name)
                for a, b in pairwise(line.points)
            )
            there = sum(
                network.edge_length_m[edge]
                for edge in range(network.meta.edges)
                if (network.kind(edge), network.name(edge)) == (kind, name)
            )
            assert drawn == pytest.approx(there, abs=0.01)


def test_one_street_is_one_line() -> None:
    """A street is drawn as one line across its side streets, so that it is named once."""
    metres = [(0, 0), (100, 0), (200, 0), (300, 0), (100, 90), (200, 90)]
    streets = [((0, 1, 2, 3), "residential", "Rue A"), ((1, 4), "path", ""), ((2, 5), "path", "")]
    shown = base_map(network_of(metres, streets), WORLD)
    rue = [line for line in shown.lines if line.name == "Rue A"]
    assert len(rue) == 1
    assert {rue[0].points[0], rue[0].points[-1]} == {at(0, 0), at(300, 0)}
    assert shown.bounds == WORLD
    assert "OpenStreetMap" in shown.credit


def test_a_street_is_cut_a_little_outside_the_box() -> None:
    """A street across the box reaches beyond both its sides by the margin; others are not there."""
    network = network_of([(0, 0), (1000, 0), (1000, 900)], [((0, 1, 2), "residential", "Rue A")])
    west, south, east, north = *at(400, -50), *at(600, 50)
    (line,) = base_map(network, (west, south, east, north)).lines
    margin = MARGIN * (east - west)
    assert [p.lon for p in line.points] == pytest.approx([west - margin, east + margin])
    assert base_map(network, (*at(100, 100), *at(200, 200))).lines == ()
    assert base_map(network, (5.0, 45.0, 5.1, 45.1)).lines == ()


@given(lines)
def test_a_clipped_line_is_the_part_inside(line: list[Point]) -> None:
    """Each piece lies in the box, on the line; and what of the line lies inside is in a piece."""
    pieces = list(clip_line(line, BOX))
    for piece in pieces:
        assert len(piece) > 1
        assert all(abs(x) <= 0.5 + 1e-9 and abs(y) <= 0.5 + 1e-9 for x, y in piece)
    inside = {p for p in line if abs(p.lon) < 0.5 and abs(p.lat) < 0.5}
    if len(set(line)) > 1:
        assert inside <= {p for piece in pieces for p in piece}


@given(lines, degrees, degrees)
def test_a_clipped_ring_holds_the_same_points(line: list[Point], x: float, y: float) -> None:
    """A spot of the box is inside the cut ring exactly when it was inside the whole one."""
    ring = [*line, line[0]]
    spot = Point(x / 2.1 + 1e-4, y / 2.1 + 1e-4)
    cut = clip_ring(ring, BOX)
    assert _inside(cut, spot) == _inside(ring, spot)
    assert not cut or cut[0] == cut[-1]


def _inside(ring: list[Point] | tuple[Point, ...], spot: Point) -> bool:
    crossings = 0
    for a, b in pairwise(ring):
        if (a.lat > spot.lat) != (b.lat > spot.lat):
            crossings += spot.lon < a.lon + (spot.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
    return crossings % 2 == 1
