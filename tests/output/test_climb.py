"""What is said of climbs: words with the rule that chose them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lens_routes.output.shared.climb import climb, effort, summary
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg


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


def test_a_part_is_not_told_as_all() -> None:
    """Where heights end on the way, its climb is that of the part they cover, and it is said."""
    moment = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
    leg = Leg(
        origin="A", destination="B", depart=moment, arrive=moment, distance_m=900.0,
        duration_s=700.0, source=Grade.STREETS, ascent_m=20.0, descent_m=5.0,
    )  # fmt: skip
    assert climb(leg) == "↗ 20 m ↘ 5 m as far as heights are known"
    assert "heights are known of a part of it only" in summary(leg)
    known = replace(leg, elevations=(10.0, 25.0))
    assert climb(known) == "↗ 20 m ↘ 5 m"
    assert summary(replace(leg, ascent_m=None)) == ""
