"""Text no author should write, in every format: readers that forgive nothing read it back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import fastkml
import gpxpy
import html5lib
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.output import csv_table, geojson, kml, markdown
from lens_routes.output.calendar import ics
from lens_routes.output.gpx import gpx
from lens_routes.output.html import page
from lens_routes.output.shared.safe_text import line
from lens_routes.text import language
from lens_routes.text.characters import UNSAYABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.plan import Plan


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    language.use("en")


def names(plan: Plan) -> list[str]:
    """Return the names of the stops as every format should say them."""
    spoken = language.in_use()
    return [line(language.text_in(stop.name, spoken)) for day in plan.days for stop in day.stops]


@settings(deadline=None, max_examples=examples(10))
@given(plan=plans(), spoken=st.sampled_from(language.LANGUAGES))
def test_a_calendar_reads_back(plan: Plan, spoken: str) -> None:
    """vobject, which refuses what RFC 5545 does, finds every stop under its name."""
    language.use(spoken)
    # It decodes as UTF-8, which has no half surrogates, and ends lines at CR LF alone.
    (found,) = vobject.readComponents(ics.dumps(plan).decode())
    places = Counter(event.location.value for event in found.contents.get("vevent", []))
    assert Counter(names(plan)) <= places


@settings(deadline=None, max_examples=examples(10))
@given(plan=plans(traced=True))
def test_gpx_reads_back(plan: Plan) -> None:
    """The file is XML, and gpxpy finds a waypoint a stop, with the name it should have."""
    data = gpx.dumps(plan)
    etree.fromstring(data)
    found = [waypoint.name or "" for waypoint in gpxpy.parse(data).waypoints]
    for name in names(plan):
        assert any(name in text for text in found)


@settings(deadline=None, max_examples=examples(10))
@given(plan=plans())
def test_kml_reads_back(plan: Plan) -> None:
    """The file is XML, and fastkml finds placemarks with the names they should have."""
    data = kml.dumps(plan)
    (document,) = fastkml.KML.from_string(data, strict=True).features
    found = [mark.name or "" for folder in document.features for mark in folder.features]
    etree.fromstring(data)
    for name in names(plan):
        assert any(name in text for text in found)


@settings(deadline=None, max_examples=examples(10))
@given(plan=plans())
def test_tables_and_documents_read_back(plan: Plan) -> None:
    """Names stand in cells and values as they should; Markdown has no character it must not."""
    rows = [*csv.DictReader(io.StringIO(csv_table.dumps(plan), newline=""), strict=True)]
    stops = [row for row in rows if row["kind"] in {"visit", "break"}]
    for row, name in zip(stops, names(plan), strict=True):
        assert row["name"].replace("'", "") == name.replace("'", "")
    points = json.loads(geojson.dumps(plan).encode())["features"]
    said = [
        f["properties"]["name"] for f in points if f["properties"]["kind"] in {"visit", "break"}
    ]
    assert said == names(plan)
    # Only its own isolates, which it closes, turn the writing around.
    own = re.sub("\u2068(.*?)\u2069", r"\1", markdown.dumps(plan))
    assert not re.search(f"[{UNSAYABLE}\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]", own)


@settings(deadline=None, max_examples=examples(4))
@given(plan=plans())
def test_a_page_reads_back(plan: Plan) -> None:
    """A strict parser of HTML accepts the page."""
    html5lib.HTMLParser(strict=True).parse(page.dumps(plan))
