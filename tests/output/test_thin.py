"""Lines of fewer points: the promised deviation is the true one."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from lens_routes.geo import Point, distance_m
from lens_routes.output.shared.thin import thin

DEGREE_M = distance_m(Point(0, 0), Point(0, 1))


def _line() -> st.SearchStrategy[list[Point]]:
    offset = st.integers(-3000, 3000).map(lambda n: n / 1e5)
    return st.lists(
        st.builds(lambda x, y: Point(2.8 + x, 50.4 + y), offset, offset), min_size=2, max_size=40
    )


def _flat(points: list[Point], origin: Point) -> list[tuple[float, float]]:
    east = DEGREE_M * math.cos(math.radians(origin.lat))
    return [((p.lon - origin.lon) * east, (p.lat - origin.lat) * DEGREE_M) for p in points]


@settings(deadline=None)
@given(lines=st.lists(_line(), min_size=1, max_size=4), more=st.integers(0, 60))
def test_no_point_strays_farther_than_told(lines: list[list[Point]], more: int) -> None:
    """At most so many points stay, every line's ends among them, and shapely measures no more."""
    most = 2 * len(lines) + more
    kept, deviation_m = thin(lines, most)
    assert sum(map(len, kept)) <= max(most, 0)
    farthest = 0.0
    for line, indices in zip(lines, kept, strict=True):
        assert (indices[0], indices[-1]) == (0, len(line) - 1)
        assert indices == sorted(set(indices))
        flat = _flat(line, line[0])
        thinned = shapely.LineString([flat[i] for i in indices])
        # Each dropped point is measured against its own piece, which shapely's nearest may beat.
        farthest = max(farthest, *(thinned.distance(shapely.Point(p)) for p in flat))
    assert farthest <= deviation_m + 1e-6


def test_the_deviation_is_that_of_the_farthest_point() -> None:
    """A detour of 100 m that is dropped is told as 100 m."""
    north = 100 / DEGREE_M
    line = [Point(2.8, 50.4), Point(2.801, 50.4 + north), Point(2.802, 50.4)]
    assert thin([line], 2) == ([[0, 2]], pytest.approx(100, rel=1e-6))
    assert thin([line], 3) == ([[0, 1, 2]], 0.0)


def test_the_farthest_points_stay_whichever_line_they_are_on() -> None:
    """The points are spent where the lines stray most."""
    bent = [Point(2.8, 50.4), Point(2.801, 50.41), Point(2.802, 50.4)]
    nearly_straight = [Point(2.8, 50.5), Point(2.801, 50.50001), Point(2.802, 50.5)]
    assert thin([nearly_straight, bent], 5)[0] == [[0, 2], [0, 1, 2]]


def test_too_few_points_are_refused() -> None:
    """Two lines cannot keep four ends in three points."""
    line = [Point(0, 0), Point(0, 1), Point(1, 1)]
    with pytest.raises(ValueError, match="2 lines need 4 points, not 3"):
        thin([line, line], 3)
