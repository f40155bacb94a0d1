"""GeoJSON: as RFC 7946 has it, read back by GDAL."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import given, settings
from pyogrio import raw
from tests.output.golden_files import GOLDEN, same_bytes
from tests.output.maps import saved, with_train
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.geo import distance_m
from lens_routes.output import geojson
from lens_routes.output.shared.caption import OSM_CREDIT, moves
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.plan.document import read

if TYPE_CHECKING:
    from lens_routes.plan.plan import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(GOLDEN / "day.json")


def assert_rfc7946(collection: dict[str, Any]) -> None:
    """Check every rule of RFC 7946 that a collection of points and lines can break."""
    assert collection["type"] == "FeatureCollection"
    assert not {"geometry", "properties", "coordinates", "geometries", "crs"} & collection.keys()
    west, south, east, north = collection["bbox"]
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids)
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        assert not {"coordinates", "geometries", "features"} & feature.keys()
        geometry = feature["geometry"]
        if geometry is None:
            assert "note" in feature["properties"]
            continue
        positions = geometry["coordinates"]
        if geometry["type"] == "Point":
            positions = [positions]
        else:
            assert geometry["type"] == "LineString"
            assert len(positions) >= 2
        for lon, lat in positions:
            assert west <= lon <= east
            assert south <= lat <= north


def test_the_file_is_the_one_that_was_judged(plan: Plan) -> None:
    """The GeoJSON of the saved plan is byte for byte the golden one."""
    assert same_bytes("day.geojson", geojson.dumps(plan).encode())


@settings(deadline=None, max_examples=examples(20))
@given(plan=plans())
def test_any_plan_keeps_the_rfc(plan: Plan) -> None:
    """Whatever the names and shapes: a valid collection in UTF-8, a feature a stop and a way."""
    collection = json.loads(geojson.dumps(plan).encode())
    assert_rfc7946(collection)
    ways = sum(moves(leg) for day in plan.days for leg in day.legs)
    stops = sum(len(day.stops) + 2 for day in plan.days)
    assert len(collection["features"]) == ways + stops
    assert collection["attribution"]


def test_gdal_reads_it_as_planned(plan: Plan) -> None:
    """Another reader finds the same stops and lines in WGS 84."""
    meta, _, shapes, _ = raw.read(geojson.dumps(plan).encode(), columns=[])
    assert meta["crs"] == "EPSG:4326"
    read_back = shapely.from_wkb(shapes)
    points = [shape for shape in read_back if shape.geom_type == "Point"]
    day = plan.days[0]
    assert [(p.x, p.y) for p in points[1:-1]] == [(stop.lon, stop.lat) for stop in day.stops]
    lines = [list(shape.coords) for shape in read_back if shape.geom_type == "LineString"]
    rounded = [[(round(p.lon, 6), round(p.lat, 6)) for p in leg.geometry or ()] for leg in day.legs]
    assert lines == [[point for point, _ in groupby(line)] for line in rounded]


def test_a_ride_goes_as_far_as_its_line() -> None:
    """A train is not 0 m long, and no position has more than six decimals."""
    plan = with_train(saved())
    ride = next(part for leg in plan.days[0].legs for part in legs_of(leg) if part.rides)
    text = geojson.dumps(plan)
    rides = [f for f in json.loads(text)["features"] if f["properties"]["kind"] == "transit"]
    line = ride.geometry or ()
    length_m = sum(distance_m(a, b) for a, b in pairwise(line))
    assert [f["properties"]["distance_m"] for f in rides] == [round(length_m, 1)]
    assert not re.search(r"\d\.\d{7}", text)


def test_a_way_without_a_trace_has_no_geometry(plan: Plan) -> None:
    """Nothing is invented: the geometry is null, and a note says why."""
    legs = tuple(replace(leg, geometry=None) for leg in plan.days[0].legs)
    bare = json.loads(geojson.dumps(replace(plan, days=(replace(plan.days[0], legs=legs),))))
    assert_rfc7946(bare)
    notes = [f["properties"].get("note") for f in bare["features"] if f["geometry"] is None]
    assert len(notes) == len(legs)


def test_openstreetmap_is_credited(plan: Plan) -> None:
    """A plan that says nothing of its sources still credits the map its walks come from."""
    collection = json.loads(geojson.dumps(replace(plan, provenance=())))
    assert OSM_CREDIT in collection["attribution"]
