from __future__ import annotations

import pytest

from lens_routes.streets.route.cost import LENGTH, MAIN_ROADS, WALKER, CostModel, walking_s


def test_the_shortest_way_prices_every_metre_alike() -> None:
    """The model of pure length knows no kinds."""
    assert {LENGTH.factor(kind) for kind in ("steps", "primary", "anything")} == {1.0}


def test_quiet_ways_cost_their_length_and_nothing_costs_less() -> None:
    """A walker's cost is never below the length, so that lengths bound the search."""
    assert WALKER.factor("footway") == WALKER.factor("residential") == 1.0
    assert min(*WALKER.factors.values(), WALKER.other) == 1.0


def test_roads_cost_more_the_more_traffic_their_class_bears() -> None:
    """Residential, tertiary, secondary, primary, trunk: each costs more than the one before."""
    classes = ["residential", "tertiary", "secondary", "primary", "trunk"]
    factors = [WALKER.factor(kind) for kind in classes]
    assert factors == sorted(set(factors))


def test_penalties_stay_modest() -> None:
    """No road sends a walker on a detour of more than half its length again."""
    assert max(WALKER.factor(kind) for kind in MAIN_ROADS) <= 1.5


def test_links_cost_as_much_as_their_roads() -> None:
    """A slip road is priced like the road it belongs to."""
    for kind in ("primary", "secondary", "tertiary", "trunk"):
        assert WALKER.factor(f"{kind}_link") == WALKER.factor(kind)


def test_an_unknown_kind_gets_the_price_of_others() -> None:
    """Whatever kind the map invents has a price."""
    assert CostModel("m", {"path": 1.0}, other=1.7).factor("emergency_bay") == 1.7


@pytest.mark.parametrize(
    ("distance_m", "steps_m", "seconds"), [(4500, 0, 3600), (4500, 100, 3680), (0, 0, 0)]
)
def test_steps_take_twice_their_length(distance_m: float, steps_m: float, seconds: float) -> None:
    """4.5 km take an hour on the flat; each metre of it on steps counts double."""
    assert walking_s(distance_m, steps_m, 4.5) == pytest.approx(seconds)
