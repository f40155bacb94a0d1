"""Boxes around places."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.errors import UsageError
from lens_routes.geo import Point, distance_m
from lens_routes.streets.build.boxes import bbox_around, check_bbox

points = st.builds(Point, st.floats(-170, 170), st.floats(-80, 80))


@given(st.lists(points, min_size=1, max_size=5), st.floats(1, 50_000))
def test_every_point_has_its_margin(places: list[Point], margin_m: float) -> None:
    """Whoever walks less than the margin from a place, in any direction, stays in the box."""
    west, south, east, north = check_bbox(bbox_around(places, margin_m))
    for place in places:
        for side in (
            Point(west, place.lat),
            Point(east, place.lat),
            Point(place.lon, south),
            Point(place.lon, north),
        ):
            # A parallel is not the shortest way: allow for the few metres it is longer.
            assert distance_m(place, side) >= margin_m * 0.999


def test_one_point_gives_a_square() -> None:
    """A radius around a point reaches as far to each side: the box is no larger than asked."""
    west, south, east, north = bbox_around([Point(2.83, 50.43)], 3000)
    assert distance_m(Point(2.83, south), Point(2.83, north)) == pytest.approx(6000, abs=1)
    assert distance_m(Point(west, 50.43), Point(east, 50.43)) == pytest.approx(6000, abs=10)


@pytest.mark.parametrize("margin_m", [0, -5, math.nan, math.inf])
def test_a_margin_must_be_a_length(margin_m: float) -> None:
    """A radius that is no positive length is refused by its value."""
    with pytest.raises(UsageError, match="makes no box"):
        bbox_around([Point(2.83, 50.43)], margin_m)


def test_no_points_no_box() -> None:
    """An empty catalogue gives a message, not a crash."""
    with pytest.raises(UsageError, match="no point"):
        bbox_around([], 1000)


@pytest.mark.parametrize(
    ("bbox", "reason"),
    [
        ((2.9, 50.4, 2.8, 50.5), "no inside"),
        ((2.8, 50.5, 2.9, 50.4), "no inside"),
        ((2.8, 50.4, 2.8, 50.5), "no inside"),
        ((2.8, 50.4, math.nan, 50.5), "not a number"),
        ((2.8, 50.4, 200, 50.5), "off the earth"),
        ((2.8, -91, 2.9, 50.5), "off the earth"),
    ],
)
def test_a_box_must_be_a_box(bbox: tuple[float, float, float, float], reason: str) -> None:
    """Swapped, empty and impossible sides are refused with the reason."""
    with pytest.raises(UsageError, match=reason):
        check_bbox(bbox)
