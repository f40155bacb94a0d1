"""Other ways between two points: really different, and not much dearer."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import WALKER, at, network_of

from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route.alternatives import MOST_COST, MOST_SHARED, alternatives
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.snap import snap

#: A grid of streets 100 m apart, each called by its line.
SIZE = 6
GRID = (
    [(100 * x, 100 * y) for y in range(SIZE) for x in range(SIZE)],
    [
        *((range(SIZE * y, SIZE * y + SIZE), "residential", f"Rue {y}") for y in range(SIZE)),
        *((range(x, SIZE * SIZE, SIZE), "residential", f"Avenue {x}") for x in range(SIZE)),
    ],
)
corners = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))


@settings(deadline=None)
@given(corners, corners, st.integers(0, 3))
def test_ways_differ_and_cost_little_more(
    a: tuple[int, int], b: tuple[int, int], count: int
) -> None:
    """The first is the cheapest; no two share most of their streets, and none costs far more."""
    network = network_of(*GRID)
    ends = [snap(network, at(100 * x, 100 * y), FOOT) for x, y in (a, b)]
    priced = WALKER.price(network)
    found = alternatives(priced, *ends, count)
    best = shortest(priced, *ends)
    assert best is not None
    assert found[0].cost == pytest.approx(best.cost)
    assert len(found) <= count + 1
    for before, after in combinations(found, 2):
        edges = {stretch.edge for stretch in before.stretches}
        shared = sum(s.length_m for s in after.stretches if s.edge in edges)
        assert shared <= MOST_SHARED * after.length_m + 1e-6
        assert after.cost <= MOST_COST * best.cost + 1e-6


def test_across_a_grid_there_are_several_ways() -> None:
    """From corner to corner of a town of streets two other ways are found."""
    network = network_of(*GRID)
    ends = [snap(network, at(x, x), FOOT) for x in (0, 500)]
    assert len(alternatives(WALKER.price(network), *ends, 2)) == 3


def test_along_the_only_road_there_is_no_other_way() -> None:
    """Where one road leads, one way is shown and no feigned second."""
    network = network_of([(0, 0), (500, 0)], [((0, 1), "track", "")])
    ends = [snap(network, at(x, 0), FOOT) for x in (0, 500)]
    assert len(alternatives(WALKER.price(network), *ends, 2)) == 1
