"""OSMnx's networks as rules: the same filters, read as Overpass reads them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.streets.access.osmnx import FILTERS, keeps, parse_filter, permissions
from lens_routes.streets.network.permit import Permit

BOTH = Permit.FOOT | Permit.BIKE | Permit.CAR


@pytest.mark.parametrize("network", FILTERS)
def test_the_filters_are_those_of_the_installed_osmnx(network: str) -> None:
    """Our copy of each filter is OSMnx's own text."""
    from osmnx import _overpass

    assert FILTERS[network] == _overpass._get_network_filter(network)


@given(
    st.sampled_from(sorted(FILTERS)),
    st.dictionaries(
        st.sampled_from(["highway", "area", "access", "foot", "service", "sidewalk", "bicycle"]),
        st.sampled_from(["yes", "no", "private", "separate", "cycleway", "trunk", "path", "NO"]),
    ),
)
def test_overpass_semantics(network: str, tags: dict[str, str]) -> None:
    """A way is kept exactly when every condition of the text holds, as Overpass reads it."""
    conditions = re.findall(r'\["([^"]+)"(!~"[^"]+")?\]', FILTERS[network])
    holds = [
        key in tags if not test else not re.search(test[3:-1], tags.get(key, ""))
        for key, test in conditions
    ]
    assert keeps(network, tags) == all(holds)


@pytest.mark.parametrize("text", ['["foot"="no"]', "[highway]", '["a"!~"b"', '["highway"] way'])
def test_a_filter_that_cannot_be_read_is_refused(text: str) -> None:
    """Nothing of a filter is silently ignored."""
    with pytest.raises(ValueError, match="a filter"):
        parse_filter(text)


@pytest.mark.parametrize(
    ("oneway", "forward", "backward"),
    [
        ("no", BOTH, BOTH),
        ("yes", BOTH, Permit.FOOT),
        ("-1", Permit.FOOT, BOTH),
        ("T", Permit.FOOT, BOTH),
        ("alternating", BOTH, BOTH),
    ],
)
def test_one_way_streets_are_walked_both_ways(
    oneway: str, forward: Permit, backward: Permit
) -> None:
    """OSMnx's walk network has no direction; its others follow ``oneway``."""
    tags = {"highway": "residential", "oneway": oneway}
    assert permissions(tags) == (forward, backward)
