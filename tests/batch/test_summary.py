"""What the index of a batch tells of a tour: its figures, and its way as a small map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.output.maps import saved, streets

from lens_routes.batch.summary import SIDE, summary
from lens_routes.output.shared import caption
from lens_routes.output.shared.summary import moved
from lens_routes.plan.amenity import Amenity

if TYPE_CHECKING:
    from lens_routes.geo import Point


def roads(bounds: tuple[float, float, float, float]) -> list[tuple[Point, ...]]:
    """Return some streets of a box as if they were main roads."""
    return [line.points for line in streets(bounds, across=3).lines]


def test_a_tour_is_drawn_over_the_roads_around_it() -> None:
    """Roads come first and lie under the way; all of the tour is within the square."""
    plan = saved()
    bare, mapped = (summary(plan, "en", under)["sketch"] for under in (None, roads))
    ground = [shape for shape in mapped if shape["kind"] == "road"]
    assert ground
    assert mapped[: len(ground)] == ground
    assert mapped[len(ground) :] == bare
    assert all(0 <= value <= SIDE for shape in bare for spot in shape["at"] for value in spot)
    assert len(bare[-1]["at"]) == caption.visits(plan.days[0])


def test_no_walk_is_told_of_who_only_rides() -> None:
    """From a bike to a door is no walk; of several days the sums are told."""
    day = saved().days[0]
    legs = tuple(replace(leg, mode="bike", ride_m=5000.0, distance_m=0.0) for leg in day.legs)
    ridden = replace(day, legs=legs, totals=replace(day.totals, ride_m=35_000.0, walk_m=12.0))
    assert next(str(told) for told in moved([ridden])).startswith("35.0 km by bike")
    assert "on foot" not in caption.day_line(ridden)
    assert str(next(moved([day, day]))).startswith(f"{2 * day.totals.walk_m / 1000:.1f} km on foot")


def test_what_is_on_the_way_is_told_once_a_kind() -> None:
    """Two toilets are one thing at two places."""
    leg = saved().days[0].legs[0]
    passed = tuple(
        Amenity(kind, "", 2.8, 50.4, at_m=at)
        for kind, at in (("toilets", 3.0), ("water", 500.0), ("toilets", 1200.0))
    )
    told = str(caption.on_the_way(replace(leg, passed=passed)))
    assert told == "on the way: toilets at the start and at 1.2 km, drinking water at 500 m"
