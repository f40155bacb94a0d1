"""KML: valid by its schema, read back by GDAL, times and lines as planned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from lxml import etree
from pyogrio import list_layers, raw
from tests.output.golden_files import GOLDEN, same_bytes
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.geo import Point, distance_m
from lens_routes.output import kml
from lens_routes.output.shared.caption import OSM_CREDIT
from lens_routes.plan.document import read

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.plan.plan import Plan

KML = {"k": kml.NAMESPACE}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(GOLDEN / "day.json")


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "schemas" / "kml" / "ogckml22.xsd")))


def test_the_file_is_the_one_that_was_judged(plan: Plan) -> None:
    """The KML of the saved plan is byte for byte the golden one."""
    assert same_bytes("day.kml", kml.dumps(plan))


@pytest.mark.shared
def test_the_saved_plan_is_valid(plan: Plan, schema: etree.XMLSchema) -> None:
    """The file is valid KML 2.2 by the schema of the OGC."""
    schema.assertValid(etree.fromstring(kml.dumps(plan)))


@pytest.mark.shared
@settings(deadline=None, max_examples=examples(20))
@given(plan=plans())
def test_any_plan_is_valid(schema: etree.XMLSchema, plan: Plan) -> None:
    """Whatever the names and shapes, the file is valid."""
    schema.assertValid(etree.fromstring(kml.dumps(plan)))


def test_gdal_finds_a_folder_a_day_and_every_stop_where_it_is(plan: Plan) -> None:
    """Another reader finds the day as a layer, its points in order, its ways as lines."""
    data = kml.dumps(replace(plan, days=(plan.days[0], plan.days[0])))
    assert len(list_layers(data)) == 2
    _, _, _, fields = raw.read(data, layer=0, columns=["Name"], read_geometry=False)
    day = plan.days[0]
    ways = [f"{leg.origin} to {leg.destination}" for leg in day.legs if leg.distance_m > 0]
    names = [name for name in fields[0] if name not in ways]
    assert names == [
        f"Start: {day.start.name}",
        *(f"{number}. {stop.name}" for number, stop in enumerate(day.stops, 1)),
        f"End: {day.end.name}",
    ]
    assert [name for name in fields[0] if name in ways] == ways


def test_it_opens_showing_everything(plan: Plan) -> None:
    """Nothing has a time that would hide it, unlike in ``timespan_on_each_placemark.kml``.

    The view lies over the middle of the tour, and high enough.
    """
    root = etree.fromstring(kml.dumps(plan))
    assert not [*root.iter("{*}TimeSpan", "{*}TimeStamp")]
    lon, lat, range_m = (
        float(root.findtext(f".//k:LookAt/k:{name}", namespaces=KML) or "nan")
        for name in ("longitude", "latitude", "range")
    )
    for stop in plan.days[0].stops:
        assert distance_m(Point(lon, lat), Point(stop.lon, stop.lat)) < range_m / 2


def test_lines_are_those_of_the_plan(plan: Plan) -> None:
    """Every traced leg is a line through the same points, longitude first."""
    root = etree.fromstring(kml.dumps(plan))
    lines = root.findall(".//k:LineString/k:coordinates", KML)
    assert len(lines) == len(plan.days[0].legs)
    for line, leg in zip(lines, plan.days[0].legs, strict=True):
        read_back = [tuple(map(float, pair.split(","))) for pair in str(line.text).split()]
        assert read_back == [(round(p.lon, 7), round(p.lat, 7)) for p in leg.geometry or ()]


def test_a_way_without_a_trace_says_so(plan: Plan) -> None:
    """No straight line through the houses: the placemark has no line and tells why."""
    legs = tuple(replace(leg, geometry=None) for leg in plan.days[0].legs)
    bare = replace(plan, days=(replace(plan.days[0], legs=legs),))
    root = etree.fromstring(kml.dumps(bare))
    assert root.findall(".//k:LineString", KML) == []
    assert "without the street network" in root.findtext("k:Document/k:description", "", KML)


def test_markup_in_a_description_is_shown_not_run(plan: Plan) -> None:
    """Readers take descriptions for HTML: a tag in a text stays a text."""
    stop = replace(plan.days[0].stops[0], description="<script>x</script> & é")
    day = replace(plan.days[0], stops=(stop, *plan.days[0].stops[1:]))
    root = etree.fromstring(kml.dumps(replace(plan, days=(day,))))
    described = [str(element.text) for element in root.iterfind(".//k:description", KML)]
    assert any("&lt;script&gt;x&lt;/script&gt; &amp; é" in text for text in described)
    assert not any("<script>" in text for text in described)


def test_openstreetmap_is_credited(plan: Plan) -> None:
    """A plan that says nothing of its sources still credits the map its walks come from."""
    assert OSM_CREDIT.encode() in kml.dumps(replace(plan, provenance=()))
