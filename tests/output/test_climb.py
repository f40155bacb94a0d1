"""What is said of climbs: words with the rule that chose them."""

from __future__ import annotations

import pytest

from lens_routes.output.shared.climb import effort


@pytest.mark.parametrize(
    ("km", "ascent_m", "mode", "said"),
    [
        (3.0, 50.0, "walk", "effort 3.5, very easy (0 to 4; km + ascent / 100 m)"),
        (3.0, 150.0, "walk", "effort 4.5, easy (4 to 9; km + ascent / 100 m)"),
        (25.0, 600.0, "walk", "effort 31.0, very hard (above 28; km + ascent / 100 m)"),
        (20.0, 200.0, "bike", "effort 22.0, easy (0 to 22; km + ascent / 100 m)"),
        (85.0, 600.0, "bike", "effort 91.0, very hard (above 90; km + ascent / 100 m)"),
    ],
)
def test_effort_stands_with_its_rule(km: float, ascent_m: float, mode: str, said: str) -> None:
    """Kilometres and hundreds of metres up, by the measure of how one moves."""
    assert list(effort(km * 1000, ascent_m, mode)) == [said]


def test_a_car_makes_no_effort() -> None:
    """Nobody is told how hard it is to drive."""
    assert list(effort(50_000, 500, "car")) == []
