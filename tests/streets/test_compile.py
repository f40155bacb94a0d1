from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import (
    BUILT,
    is_main,
    network_of,
    pieces_of,
    position,
    small_ways,
    ways_of,
)

from lens_routes.errors import BadInputError
from lens_routes.geo import Point, distance_m
from lens_routes.streets.build.compile import compile_network

if TYPE_CHECKING:
    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.network import Network


def pieces(network: Network) -> Counter[tuple[frozenset[Point], str, str]]:
    return Counter(
        (frozenset(ends), network.kind(edge), network.name(edge))
        for edge in range(network.meta.edges)
        for ends in pairwise(network.line(edge))
    )


def drawn(ways: Ways) -> Counter[tuple[frozenset[Point], str, str]]:
    return Counter(
        (frozenset((position(ways, tail), position(ways, head))), kind, name)
        for tail, head, kind, name in pieces_of(ways)
    )


@settings(deadline=None)
@given(small_ways())
def test_every_piece_of_the_map_is_kept_once(ways: Ways) -> None:
    """The straight pieces of the network are those of the map, no more, no less."""
    assert pieces(compile_network(ways, built=BUILT)) == drawn(ways)


@settings(deadline=None)
@given(small_ways())
def test_the_largest_piece_is_marked(ways: Ways) -> None:
    """Edges that walkers find in the largest piece hang together, and nothing else joins them."""
    network = compile_network(ways, built=BUILT)
    marked = [edge for edge in range(network.meta.edges) if is_main(network, edge)]
    joined = {network.edge_tail[marked[0]]}
    for _ in marked:
        for edge in range(network.meta.edges):
            ends = {network.edge_tail[edge], network.edge_head[edge]}
            joined |= ends if ends & joined else set()
    assert marked == [e for e in range(network.meta.edges) if network.edge_tail[e] in joined]


@settings(deadline=None)
@given(small_ways())
def test_edges_are_as_long_as_their_lines(ways: Ways) -> None:
    """An edge's length is the sum of the great-circle lengths of its pieces."""
    network = compile_network(ways, built=BUILT)
    for edge in range(network.meta.edges):
        line = network.line(edge)
        assert network.edge_length_m[edge] == pytest.approx(
            sum(distance_m(a, b) for a, b in pairwise(line)), rel=1e-12
        )
        assert line[0] == network.node(network.edge_tail[edge])
        assert line[-1] == network.node(network.edge_head[edge])


@settings(deadline=None)
@given(small_ways())
def test_arcs_leave_the_nodes_they_are_listed_under(ways: Ways) -> None:
    """Each edge is listed once at either end, as the arc that leaves it."""
    network = compile_network(ways, built=BUILT)
    listed = []
    for node in range(network.meta.nodes):
        for arc in network.arcs[network.first_arc[node] : network.first_arc[node + 1]]:
            leaves = network.edge_head if arc & 1 else network.edge_tail
            assert leaves[arc >> 1] == node
            listed.append(arc)
    assert sorted(listed) == list(range(2 * network.meta.edges))


@settings(deadline=None)
@given(small_ways())
def test_no_street_is_cut_without_a_reason(ways: Ways) -> None:
    """A node of two edges is where the name or the kind changes, or where a ring closes."""
    network = compile_network(ways, built=BUILT)
    for node in range(network.meta.nodes):
        arcs = network.arcs[network.first_arc[node] : network.first_arc[node + 1]]
        if len(arcs) == 2:
            one, other = (arc >> 1 for arc in arcs)
            same = network.edge_class[one] == network.edge_class[other]
            assert one == other or not (same and network.name(one) == network.name(other))


@settings(deadline=None)
@given(small_ways(), st.floats(0, 1))
def test_the_grid_lists_a_piece_wherever_it_passes(ways: Ways, share: float) -> None:
    """Whatever point of a street is taken, its cell lists the piece it is on."""
    network = compile_network(ways, built=BUILT)
    grid = network.grid
    for edge in range(network.meta.edges):
        for piece in range(network.first_point[edge], network.first_point[edge + 1] - 1):
            lon, lat = network.point_lon_e7, network.point_lat_e7
            x = lon[piece] + share * (lon[piece + 1] - lon[piece])
            y = lat[piece] + share * (lat[piece + 1] - lat[piece])
            column = (x - grid.west_e7) / grid.cell_lon_e7
            row = (y - grid.south_e7) / grid.cell_lat_e7
            if min(column % 1, row % 1) < 1e-6 or max(column % 1, row % 1) > 1 - 1e-6:
                continue  # On a border either cell will do.
            cell = int(row) * grid.columns + int(column)
            touching = network.cell_segment[network.cell_first[cell] : network.cell_first[cell + 1]]
            assert piece in touching


@settings(deadline=None)
@given(small_ways(), st.integers(1, 3))
def test_a_grid_laid_in_blocks_is_the_same(ways: Ways, at_once: int) -> None:
    """Large maps are laid on the grid block by block; how large the blocks are changes nothing."""
    whole = compile_network(ways, built=BUILT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lens_routes.streets.network.grid.AT_ONCE", at_once)
        blocks = compile_network(ways, built=BUILT)
    assert blocks.grid == whole.grid
    assert list(blocks.cell_first) == list(whole.cell_first)
    assert list(blocks.cell_segment) == list(whole.cell_segment)


def test_a_street_mapped_in_parts_is_one_edge() -> None:
    """Two ways of one name and kind that meet end to end are joined; a change of kind is not."""
    metres = [(0, 0), (100, 0), (200, 0), (300, 0)]
    network = network_of(
        metres, [((1, 0), "path", "A"), ((1, 2), "path", "A"), ((3, 2), "steps", "A")]
    )
    assert network.meta.edges == 2
    assert sorted(map(len, map(network.line, range(2)))) == [2, 3]


def test_a_ring_without_a_junction_is_kept() -> None:
    """A closed way nothing else touches becomes one edge from a node to itself."""
    network = network_of([(0, 0), (100, 0), (100, 100)], [((0, 1, 2, 0), "footway", "")])
    assert (network.meta.nodes, network.meta.edges, len(network.line(0))) == (1, 1, 4)


def test_two_ways_between_the_same_junctions_stay_two() -> None:
    """Parallel edges keep their own lengths."""
    metres = [(0, 0), (100, 0), (50, 80), (-50, 0), (150, 0)]
    lines = [((3, 0, 1, 4), "path", ""), ((0, 2, 1), "path", "")]
    network = network_of(metres, lines)
    assert network.meta.edges == 4
    assert len({round(metre) for metre in network.edge_length_m}) == 3


def test_islands_are_kept_and_counted() -> None:
    """The metadata tell of how many pieces a network is made."""
    metres = [(0, 0), (100, 0), (200, 0), (0, 500), (100, 500)]
    network = network_of(metres, [((0, 1, 2), "path", "Bäche"), ((3, 4), "path", "away")])
    assert network.meta.components == 2
    assert network.meta.length_m == pytest.approx(300, rel=0.01)


def test_a_map_without_streets_is_refused() -> None:
    """Nothing to walk on is an error that names the source, not an empty network."""
    with pytest.raises(BadInputError, match=r"small\.osm"):
        network_of([(0, 0), (100, 0)], [((0,), "path", ""), ((1, 1), "path", "")])


def test_progress_is_told_from_nothing_to_all() -> None:
    """The shares reported ascend to 1."""
    told: list[float] = []
    ways = ways_of([(0, 0), (100, 0)], [((0, 1), "path", "")])
    compile_network(ways, built=BUILT, report=lambda _, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
