from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import (
    BUILT,
    LENGTH,
    WALKER,
    Model,
    at,
    locate,
    network_of,
    small_ways,
    spots_of,
    true_costs,
)

from lens_routes.geo import distance_m
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.many import many, window
from lens_routes.streets.many.many import many_to_many
from lens_routes.streets.profiles.bike import BIKE
from lens_routes.streets.profiles.car import CAR
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.profile import Wish
from lens_routes.streets.route.path import geometry
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.reach import reach
from lens_routes.streets.route.search import shortest as found
from lens_routes.streets.route.snap import snap

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.path import Path
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

ODD = FOOT._replace(likes={"steps": 4.5, "footway": 0.7}, other_like=1.0)
shares = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.75, 1.0]), min_size=1, max_size=5)
models = st.sampled_from([LENGTH, WALKER, Model(ODD, Wish.USUAL)])
#: Seven spots at most keep a case fast; they are spread over the map.
MOST = 7


def located(network: Network, ways: Ways, at_shares: list[float]) -> tuple[list[int], list[Snap]]:
    found = [(i, locate(network, ways, spot)) for i, spot in enumerate(spots_of(ways, at_shares))]
    kept = [(i, spot) for i, spot in found if spot is not None]
    kept = kept[:: math.ceil(len(kept) / MOST)]
    return [i for i, _ in kept], [spot for _, spot in kept]


def shortest(priced: Priced, a: Snap, b: Snap) -> Path:
    path = found(priced, a, b)
    assert path is not None
    return path


def line_m(network: Network, path: Path) -> float:
    return sum(itertools.starmap(distance_m, itertools.pairwise(geometry(network, path))))


@settings(deadline=None)
@given(small_ways(), shares, models)
def test_walks_are_the_cheapest_there_are(ways: Ways, at_shares: list[float], model: Model) -> None:
    """Between all spots the cost is the least on the map as drawn, by Floyd and Warshall."""
    network = compile_network(ways, built=BUILT)
    numbers, spots = located(network, ways, at_shares)
    truth = true_costs(ways, spots_of(ways, at_shares), model)
    priced = model.price(network)
    for (i, a), (j, b) in itertools.product(zip(numbers, spots, strict=True), repeat=2):
        assert shortest(priced, a, b).cost == pytest.approx(truth[i][j], rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(small_ways(), shares, models)
def test_a_walk_is_as_long_as_its_line(ways: Ways, at_shares: list[float], model: Model) -> None:
    """Length, cost and line agree, the line runs from spot to spot without a jump."""
    network = compile_network(ways, built=BUILT)
    _, spots = located(network, ways, at_shares)
    priced = model.price(network)
    for a, b in itertools.combinations(spots, 2):
        path = shortest(priced, a, b)
        line = geometry(network, path)
        assert (line[0], line[-1]) == (a.point, b.point)
        assert line_m(network, path) == pytest.approx(path.length_m, rel=1e-6, abs=0.05)
        cost = sum(s.length_m * model.factor(network.kind(s.edge)) for s in path.stretches)
        assert cost == pytest.approx(path.cost, rel=1e-9, abs=1e-6)
        for kind, metres in (("steps", path.steps_m), ("primary", path.main_road_m)):
            walked = [s.length_m for s in path.stretches if network.kind(s.edge) == kind]
            assert metres == pytest.approx(sum(walked))


@settings(deadline=None)
@given(small_ways(), shares, models)
def test_walks_are_symmetric_and_no_detour_is_shorter(
    ways: Ways, at_shares: list[float], model: Model
) -> None:
    """There and back cost the same, and going by a third spot never costs less."""
    network = compile_network(ways, built=BUILT)
    _, spots = located(network, ways, at_shares)
    priced = model.price(network)
    cost = {(a, b): shortest(priced, a, b).cost for a in spots for b in spots}
    for a, b, c in itertools.product(spots, repeat=3):
        assert cost[a, b] == pytest.approx(cost[b, a], abs=1e-6)
        assert cost[a, c] <= cost[a, b] + cost[b, c] + 1e-6


@settings(deadline=None)
@given(small_ways(), shares, st.sampled_from([LENGTH, WALKER]))
def test_the_table_measures_walks_of_the_least_cost(
    ways: Ways, at_shares: list[float], model: Model
) -> None:
    """The three figures of each walk of a table add up to the cost of the walk that is traced."""
    network = compile_network(ways, built=BUILT)
    _, spots = located(network, ways, at_shares)
    priced = model.price(network)
    table = many_to_many(priced, spots)
    costs = (
        table.distance_m
        + (model.factor("steps") - 1) * table.steps_m
        + (model.factor("primary") - 1) * table.main_road_m
    )
    for (i, a), (j, b) in itertools.product(enumerate(spots), repeat=2):
        assert costs[i, j] == pytest.approx(shortest(priced, a, b).cost, rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(small_ways(), shares, st.sampled_from([LENGTH, WALKER]))
def test_a_table_needs_neither_all_nodes_nor_all_streets(
    ways: Ways, at_shares: list[float], model: Model
) -> None:
    """Nodes taken out and a window that is too narrow at first change no figure of any way."""
    network = compile_network(ways, built=BUILT)
    _, spots = located(network, ways, at_shares)
    priced = model.price(network)
    with pytest.MonkeyPatch.context() as narrow:
        narrow.setattr(many, "WORTH_CONTRACTING", 0)
        narrow.setattr(window, "MARGIN", 0.0)
        narrow.setattr(window, "LEAST_MARGIN", 1.0)
        table = many_to_many(priced, spots)
    costs = (
        table.distance_m
        + (model.factor("steps") - 1) * table.steps_m
        + (model.factor("primary") - 1) * table.main_road_m
    )
    for (i, a), (j, b) in itertools.product(enumerate(spots), repeat=2):
        assert costs[i, j] == pytest.approx(shortest(priced, a, b).cost, rel=1e-9, abs=1e-6)


def test_only_the_streets_around_are_searched() -> None:
    """Two spots of a long street see the part of it between them; asked for one row, it is one."""
    metres = [(i * 500, 0) for i in range(60)]
    network = network_of(metres, [((i, i + 1), "footway", f"A{i}") for i in range(59)])
    priced = WALKER.price(network)
    spots = [snap(network, at(x, 0), FOOT) for x in (15_000, 15_600, 16_200)]
    first = next(window.windows(priced, spots))
    assert 8 <= first.inside.sum() <= 16
    told: list[tuple[int, int]] = []
    row = many_to_many(priced, spots, lambda *of: told.append(of), origins=1)
    assert told == [(1, 1)]
    assert row.distance_m.shape == (1, 3)
    assert row.distance_m[0] == pytest.approx(many_to_many(priced, spots).distance_m[0])


@pytest.mark.shared
@pytest.mark.parametrize("profile", [FOOT, BIKE, CAR], ids=lambda profile: profile.name)
def test_the_table_of_a_town_holds_the_ways_that_are_traced(
    shared: FilePath, monkeypatch: pytest.MonkeyPatch, profile: Profile
) -> None:
    """Where no two ways cost the same, as on a real map, table and trace are the same way."""
    monkeypatch.setattr(many, "WORTH_CONTRACTING", 0)
    network = compile_network(read(shared / "osm" / "lens-centre.osm.pbf"), built=BUILT)
    step = network.meta.nodes // 25
    spots = [snap(network, network.node(i * step), profile) for i in range(25)]
    priced = price(network, profile)
    table = many_to_many(priced, spots)
    for (i, a), (j, b) in itertools.permutations(enumerate(spots), 2):
        path = found(priced, a, b)
        if path is None:
            assert table.distance_m[i, j] == math.inf
            continue
        figures = (table.distance_m[i, j], table.steps_m[i, j], table.main_road_m[i, j])
        assert figures == pytest.approx((path.length_m, path.steps_m, path.main_road_m), abs=1e-6)


@settings(deadline=None)
@given(small_ways(), shares, models, st.floats(0, 800))
def test_reach_holds_just_the_walks_within_the_limit(
    ways: Ways, at_shares: list[float], model: Model, limit_m: float
) -> None:
    """A spot is reached if and only if the walk to it is within the limit, by that very walk."""
    network = compile_network(ways, built=BUILT)
    _, spots = located(network, ways, at_shares)
    priced = model.price(network)
    for a in spots:
        reached = reach(priced, a, limit_m)
        for b in spots:
            path, answer = shortest(priced, a, b), reached.to(b)
            assume(abs(path.length_m - limit_m) > 1e-6)
            if path.length_m <= limit_m:
                assert answer is not None
                assert answer.cost == pytest.approx(path.cost, rel=1e-12)
            else:
                assert answer is None


def test_reach_counts_metres_not_costs() -> None:
    """Along a main road, where a metre costs more than a metre, the limit is still the length."""
    network = network_of(
        [(i * 100, 0) for i in range(31)],
        [((i, i + 1), "primary", f"Route {i}") for i in range(30)],
    )
    reached = reach(WALKER.price(network), snap(network, at(0, 0), FOOT), 2500.0)
    assert reached.to(snap(network, at(2490, 0), FOOT)) is not None
    assert reached.to(snap(network, at(2520, 0), FOOT)) is None


def test_reach_knows_that_the_preferred_walk_exceeds_the_limit() -> None:
    """A short walk over steps is no answer where the walk one would choose is too long."""
    metres = [(0, 0), (10, 0), (140, 0), (5, 125)]
    lines = [
        ((0, 1), "footway", "A"),
        ((1, 2), "steps", ""),
        ((0, 3), "footway", "B"),
        ((3, 2), "footway", "C"),
    ]
    network = network_of(metres, lines)
    priced = Model(ODD, Wish.USUAL).price(network)
    start, spot = snap(network, at(0, 0), FOOT), snap(network, at(110, 0), FOOT)
    path = shortest(priced, start, spot)
    assert path.length_m > 120
    assert reach(priced, start, 120.0).to(spot) is None


#: A detour of 30 m past the stairs, and a shortcut along the main road.
TOWN = (
    [(0, 0), (100, 0), (200, 0), (100, 10), (0, 100), (100, 60), (200, 100), (-50, 0), (250, 0)],
    [
        ((7, 0), "footway", ""),
        ((2, 8), "footway", ""),
        ((0, 1, 2), "primary", "Route"),
        ((0, 5, 2), "footway", "Allée"),
    ],
)


def test_a_walker_prefers_the_quiet_way_only_while_it_is_short() -> None:
    """A tenth more along a footway beats a main road; half as much again does not."""
    for rise, chosen in ((40, "Allée"), (90, "Route")):
        metres = list(TOWN[0])
        metres[5] = (100, rise)
        network = network_of(metres, TOWN[1])
        path = shortest(
            WALKER.price(network), snap(network, at(-50, 0), FOOT), snap(network, at(250, 0), FOOT)
        )
        assert {network.name(s.edge) for s in path.stretches} == {"", chosen}
        assert (path.main_road_m > 0) == (chosen == "Route")


def test_a_walk_to_where_one_is_has_no_length() -> None:
    """The walk from a spot to itself is nothing, with a line that can still be drawn."""
    network = network_of(*TOWN)
    spot = snap(network, at(30, 0), FOOT)
    path = shortest(WALKER.price(network), spot, spot)
    assert (path.length_m, path.stretches) == (0.0, ())
    assert geometry(network, path) == [spot.point, spot.point]


def test_a_table_tells_its_progress() -> None:
    """How many spots are done, and of how many, until all are."""
    network = network_of(*TOWN)
    spots = [snap(network, at(x, 0), FOOT) for x in (0, 30, 200)]
    told: list[tuple[int, int]] = []
    many_to_many(WALKER.price(network), spots, lambda done, count: told.append((done, count)))
    assert told[-1] == (3, 3)


def test_a_table_of_nothing_is_empty() -> None:
    """No spots make no table, and no failure."""
    network = network_of(*TOWN)
    assert many_to_many(WALKER.price(network), []).distance_m.shape == (0, 0)
