"""One definition of a walkable way, the same for Overpass and for local files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.streets.access.walkable import WALK_FILTER, is_walkable, parse_filter


def test_the_filter_is_osmnx_walk_with_two_changes() -> None:
    """A change of OSMnx's own walk filter is noticed, and only cycleway and trunk differ."""
    from osmnx._overpass import _get_network_filter

    theirs = _get_network_filter("walk")
    assert "cycleway|" in theirs
    assert (
        theirs.replace("cycleway|", "").replace('|services"]', '|services|trunk"]') == WALK_FILTER
    )


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "steps"},
        {"highway": "residential", "name": "Rue no 3"},
        {"highway": "cycleway"},
        {"highway": "cycleway", "foot": "yes"},
        {"highway": "path", "access": "customers"},
        {"highway": "service", "service": "parking_aisle"},
        {"highway": "pedestrian", "area": "no"},
        {"highway": "living_street", "sidewalk": "both"},
        {"highway": "primary", "motorroad": "yes"},
    ],
)
def test_walkable(tags: dict[str, str]) -> None:
    """Ways a person may walk are kept, greenways (cycleway) among them."""
    assert is_walkable(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"railway": "rail"},
        {"highway": "motorway"},
        {"highway": "motorway_link"},
        {"highway": "trunk"},
        {"highway": "trunk_link"},
        {"highway": "construction"},
        {"highway": "platform"},
        {"highway": "cycleway", "foot": "no"},
        {"highway": "footway", "access": "private"},
        {"highway": "pedestrian", "area": "yes"},
        {"highway": "service", "service": "private"},
        {"highway": "residential", "sidewalk": "separate"},
        {"highway": "residential", "sidewalk:left": "separate"},
        {"highway": "footway;trunk"},
    ],
)
def test_not_walkable(tags: dict[str, str]) -> None:
    """Ways that are not for walkers are dropped, also where a value only contains the word."""
    assert not is_walkable(tags)


@given(
    st.dictionaries(
        st.sampled_from(["highway", "area", "access", "foot", "service", "sidewalk", "name"]),
        st.sampled_from(["yes", "no", "private", "separate", "cycleway", "trunk", "path", "NO"]),
    )
)
def test_overpass_semantics(tags: dict[str, str]) -> None:
    """A way is walkable exactly when every condition of the text holds, as Overpass reads it."""
    conditions = re.findall(r'\["([^"]+)"(!~"[^"]+")?\]', WALK_FILTER)
    holds = [
        key in tags if not test else not re.search(test[3:-1], tags.get(key, ""))
        for key, test in conditions
    ]
    assert is_walkable(tags) == all(holds)


@pytest.mark.parametrize("text", ['["foot"="no"]', "[highway]", '["a"!~"b"', '["highway"] way'])
def test_a_filter_that_cannot_be_read_is_refused(text: str) -> None:
    """Nothing of a filter is silently ignored."""
    with pytest.raises(ValueError, match="walk filter"):
        parse_filter(text)
