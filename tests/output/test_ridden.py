"""A day with a ride, in the formats for maps: what is walked, what is ridden, where one boards."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import gpxpy
import pytest
from lxml import etree
from tests.output.test_terminal import GOLDEN

from lens_routes.errors import NotInstalledError, UsageError
from lens_routes.geo import Point
from lens_routes.output import csv_table, geojson, kml, markdown
from lens_routes.output.gpx import gpx
from lens_routes.output.gpx.device import device
from lens_routes.plan.document import from_document, read, to_document
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.plan.plan import Plan

RIDE = {
    "line": "C41",
    "headsign": "843217",
    "from_stop": "Lens",
    "to_stop": "Dourges",
    "depart": "2026-11-25T11:10:00+01:00",
    "arrive": "2026-11-25T11:25:00+01:00",
    "trip_id": "t",
    "feed": "ter",
    "route_type": 2,
    "next": None,
    "last": None,
    "length_m": 9000.0,
}


def _part(ends: tuple[str, str], line: Sequence[Point], span: tuple[str, str], ride: bool) -> Leg:
    begin, end = (dt.datetime.fromisoformat(f"2026-11-25T{clock}:00+01:00") for clock in span)
    return Leg(
        *ends,
        begin,
        end,
        0.0 if ride else 300.0,
        (end - begin).total_seconds(),
        Grade.TABLE if ride else Grade.STREETS,
        mode="transit" if ride else "walk",
        geometry=tuple(line),
        steps=() if ride else (Step("Head east", "Rue Basse", 300.0), Step("Arrive", "", 0.0)),
        rides=(RIDE,) if ride else (),
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Give the saved plan of the golden files, its second leg ridden: walk, train, walk."""
    plan = read(GOLDEN / "day.json")
    (day,) = plan.days
    leg = day.legs[1]
    a, b, c, d = (Point(round(2.8 + 0.01 * k, 2), 50.42) for k in range(4))
    parts = (
        _part((leg.origin, "Lens"), (a, b), ("11:00", "11:08"), False),
        _part(("Lens", "Dourges"), (b, c), ("11:10", "11:25"), True),
        _part(("Dourges", leg.destination), (c, d), ("11:25", "11:30"), False),
    )
    ridden = replace(
        leg,
        depart=parts[0].depart,
        arrive=parts[-1].arrive,
        mode="transit",
        distance_m=600.0,
        geometry=(a, b, b, c, c, d),
        steps=(*parts[0].steps, *parts[2].steps),
        rides=(RIDE,),
        parts=parts,
        direct_m=10_000.0,
    )
    return replace(plan, days=(replace(day, legs=(day.legs[0], ridden, *day.legs[2:])),))


def test_a_saved_leg_is_read_back_part_by_part(plan: Plan) -> None:
    """Each walk and each ride keeps its own line, directions and ride."""
    again = from_document(json.loads(json.dumps(to_document(plan))))
    (before,), (after,) = plan.days, again.days
    assert [p.geometry for p in after.legs[1].parts] == [p.geometry for p in before.legs[1].parts]
    assert [p.steps for p in after.legs[1].parts] == [p.steps for p in before.legs[1].parts]
    assert [len(p.rides) for p in after.legs[1].parts] == [0, 1, 0]
    assert after.legs[1].direct_m == 10_000.0


def test_a_track_has_no_line_where_a_train_goes(plan: Plan) -> None:
    """The walks to and from the train are segments of their own; its stops are waypoints."""
    whole = gpxpy.parse(gpx.dumps(plan).decode())
    (track,) = whole.tracks
    ends = [
        (segment.points[0].longitude, segment.points[-1].longitude) for segment in track.segments
    ]
    assert len(ends) == len(plan.days[0].legs) + 1
    assert ends[1:3] == [(2.80, 2.81), (2.82, 2.83)]
    named = {point.name: point for point in whole.waypoints}
    assert named["Board at Lens"].longitude == 2.81
    assert named["Alight at Dourges"].time == dt.datetime(2026, 11, 25, 10, 25, tzinfo=dt.UTC)
    assert "C41 843217" in str(named["Board at Lens"].description)
    times = [point.time for segment in track.segments for point in segment.points]
    assert times == sorted(times)


def test_one_line_without_a_gap_cannot_be_had(plan: Plan) -> None:
    """A reader of one line gets none with a ride in it; an untraced walk is named."""
    with pytest.raises(UsageError):
        gpx.write(plan, device("geotrek"))
    (day,) = plan.days
    leg = day.legs[1]
    blind = replace(
        leg, geometry=None, parts=tuple(replace(p, geometry=None, steps=()) for p in leg.parts)
    )
    legs = (day.legs[0], blind, *day.legs[2:])
    with pytest.raises(NotInstalledError):
        gpx.dumps(replace(plan, days=(replace(day, legs=legs),)))


def test_maps_tell_walks_from_rides(plan: Plan) -> None:
    """GeoJSON and KML have a line for each walk and each ride, and say which is which."""
    features = json.loads(geojson.dumps(plan))["features"]
    kinds = {
        f["id"]: (f["properties"]["kind"], f["geometry"]["coordinates"])
        for f in features
        if "-part-" in f["id"]
    }
    assert [kind for kind, _ in kinds.values()] == ["walk", "transit", "walk"]
    assert kinds["day-1-leg-2-part-2"][1] == [[2.81, 50.42], [2.82, 50.42]]
    root = etree.fromstring(kml.dumps(plan))
    namespace = {"k": kml.NAMESPACE}
    styles = {
        mark.findtext("k:name", namespaces=namespace): mark.findtext(
            "k:styleUrl", namespaces=namespace
        )
        for mark in root.iterfind(".//k:Placemark[k:LineString]", namespace)
    }
    assert styles["Lens to Dourges"] == "#transit"
    assert styles["Dourges to " + plan.days[0].legs[1].destination] == "#walk"


def test_the_roadbook_tells_walk_ride_walk(plan: Plan) -> None:
    """Directions to where one boards come before the ride, those from where one alights after."""
    text = markdown.dumps(plan)
    leg = plan.days[0].legs[1]
    heads = ["**To Lens:**", "**To Dourges:**", f"**To {leg.destination}:**"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    board, ride, after = (text[a:b] for a, b in pairwise([*places, places[-1] + 200]))
    assert "Head east" in board
    assert "C41 843217 from Lens at 11:10 to Dourges at 11:25" in ride
    assert "Head east" not in ride
    assert "Head east" in after


def test_the_table_has_a_row_a_part(plan: Plan) -> None:
    """Walks and rides are rows of their own: metres add up, and a ride claims no street."""
    table = list(csv.DictReader(io.StringIO(csv_table.dumps(plan), newline="")))
    leg = plan.days[0].legs[1]
    first = next(i for i, row in enumerate(table) if row["name"] == f"{leg.origin} to Lens")
    parts = table[first : first + 3]
    assert [row["kind"] for row in parts] == ["walk", "transit", "walk"]
    assert [row["distance_m"] for row in parts] == ["300", "0", "300"]
    assert [row["source"] for row in parts] == ["streets", "", "streets"]
    assert parts[1]["text"] == "C41 843217 from Lens at 11:10 to Dourges at 11:25"
