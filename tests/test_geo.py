"""The straight line between points."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.geo import EARTH_RADIUS_M, Point, bearing_deg, distance_m

points = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))


def test_known_distances() -> None:
    """A degree of a great circle, half the globe, and the museum to the station of Lens."""
    degree_m = math.radians(1) * EARTH_RADIUS_M
    assert distance_m(Point(2, 0), Point(3, 0)) == pytest.approx(degree_m)
    assert distance_m(Point(2, 50), Point(2, 51)) == pytest.approx(degree_m)
    assert distance_m(Point(0, 0), Point(180, 0)) == pytest.approx(math.pi * EARTH_RADIUS_M)
    assert distance_m(Point(2.80333, 50.43056), Point(2.8283, 50.4266)) == pytest.approx(
        1822, abs=1
    )


@given(points, points)
def test_distance_is_symmetric_and_bounded(a: Point, b: Point) -> None:
    """There and back are equal, nothing is farther than the other side of the earth."""
    assert distance_m(a, b) == pytest.approx(distance_m(b, a))
    assert 0 <= distance_m(a, b) <= math.pi * EARTH_RADIUS_M
    assert distance_m(a, a) == 0


@given(points, points, points)
def test_a_detour_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    """The triangle inequality holds."""
    assert distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 1e-3


@pytest.mark.parametrize(
    ("to", "bearing"),
    [(Point(2, 51), 0), (Point(2, 49), 180), (Point(2.001, 50), 90), (Point(1.999, 50), 270)],
)
def test_bearings_run_clockwise_from_north(to: Point, bearing: float) -> None:
    """North is 0, east 90, south 180, west 270."""
    assert bearing_deg(Point(2, 50), to) == pytest.approx(bearing, abs=0.01)


@given(points, points)
def test_bearings_stay_in_the_circle(a: Point, b: Point) -> None:
    """A bearing is at least 0 and less than 360."""
    assert 0 <= bearing_deg(a, b) < 360 or math.isclose(bearing_deg(a, b), 360)
