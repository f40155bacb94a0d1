"""How far one gets within a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import shapely
from tests.support import world
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("streets", "nine_o_clock")


def _area(town: Town, *words: str) -> tuple[shapely.Geometry, set[str]]:
    document = run("reach", "gare", *words, "--places", town.catalogue, "--json").document
    found = {item["place"] for item in document["places"]}
    return shapely.geometry.shape(document["area"]["geometry"]), found


def test_more_time_reaches_farther(town: Town) -> None:
    """What is reached in five minutes is reached in ten, and the start always is."""
    near, some = _area(town, "--within", "5min")
    far, more = _area(town, "--within", "10min")
    assert far.area > near.area
    assert some <= more
    assert "gare" in some
    assert near.covers(shapely.Point(*world.node("G2")))


def test_a_walk_ends_where_time_does(town: Town) -> None:
    """At 4.5 km/h one is 375 m away after five minutes, not at the next crossing after that."""
    near, _ = _area(town, "--within", "5min")
    east_m = 400 / world.LON_STEP
    west, _, east, _ = near.bounds
    assert (east - west) * east_m < 2 * (375 + 80)


def test_a_bike_reaches_farther(town: Town) -> None:
    """By bike one gets farther than on foot, in the words of either language."""
    on_foot, _ = _area(town, "--within", "5min")
    by_bike, _ = _area(town, "--within", "5min", "--mode", "vélo")
    assert by_bike.area > 2 * on_foot.area


def test_the_area_is_a_file_for_maps(town: Town, tmp_path: Path) -> None:
    """``--output`` writes a collection of GeoJSON with one valid polygon."""
    path = tmp_path / "reach.geojson"
    run("reach", "gare", "--places", town.catalogue, "--output", path)
    (feature,) = json.loads(path.read_text(encoding="utf-8"))["features"]
    polygon = shapely.geometry.shape(feature["geometry"])
    assert polygon.is_valid
    assert feature["properties"]["mode"] == "walk"


def test_trains_have_no_reach(town: Town) -> None:
    """Where one gets by timetables depends on the hour: it is not told here."""
    assert run("reach", "gare", "--places", town.catalogue, "--mode", "transit").code == 2
