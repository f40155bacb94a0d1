"""GPX for devices: valid, timed, read back the same by every reader, within each one's limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import gpx as other_reader
import gpxpy
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyogrio import raw
from tests.output.golden_files import GOLDEN, same_bytes
from tests.output.plans import plans
from tests.support.effort import examples

from lens_routes.errors import LensRoutesError, NotInstalledError, UsageError
from lens_routes.geo import Point
from lens_routes.output.gpx.device import DEVICES, FALLBACK_SYMBOL, Device, device
from lens_routes.output.gpx.gpx import write
from lens_routes.output.shared.caption import OSM_CREDIT
from lens_routes.plan.document import read
from lens_routes.text import language
from lens_routes.text.language import said_in

if TYPE_CHECKING:
    from pathlib import Path

    from gpxpy.gpx import GPX

    from lens_routes.plan.plan import Plan

KINDS = {"musee": "museum", "terril": "slag_heap"}
ALL = list(DEVICES.values())


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(GOLDEN / "day.json")


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "schemas" / "gpx.xsd")))


def winding(plan: Plan, points: int) -> Plan:
    """Return a plan whose first leg winds through so many points."""
    day = plan.days[0]
    line = day.legs[0].geometry or ()
    a, b = line[0], line[-1]
    wound = [
        Point(
            a.lon + (b.lon - a.lon) * i / points,
            a.lat + (b.lat - a.lat) * i / points + (i % 3) / 1e5,
        )
        for i in range(1, points)
    ]
    leg = replace(day.legs[0], geometry=(a, *wound, b))
    return replace(plan, days=(replace(day, legs=(leg, *day.legs[1:])),))


def made_or_refused(
    plan: Plan, wanted: Device, most: int | None, *, ascii_names: bool = False
) -> tuple[bytes | None, LensRoutesError | None]:
    try:
        made = write(plan, wanted, kinds=KINDS, ascii_names=ascii_names, max_points=most)
    except LensRoutesError as error:
        return None, error
    return made.data, None


def trackpoints(parsed: GPX) -> list[list[tuple[float, float, dt.datetime | None]]]:
    return [
        [(p.longitude, p.latitude, p.time) for p in segment.points]
        for track in parsed.tracks
        for segment in track.segments
    ]


@pytest.mark.parametrize("name", ["etrex-classic", "garmin", "geotrek", "osmand"])
def test_the_file_is_the_one_that_was_judged(plan: Plan, name: str) -> None:
    """The file for each device is byte for byte the golden one."""
    assert same_bytes(f"day-{name}.gpx", write(plan, DEVICES[name], kinds=KINDS).data)


@pytest.mark.shared
@settings(deadline=None, max_examples=examples(20))
@given(plan=plans(), wanted=st.sampled_from(ALL), most=st.sampled_from([None, 40]))
def test_any_plan_is_valid_or_refused(
    schema: etree.XMLSchema, plan: Plan, wanted: Device, most: int | None
) -> None:
    """Whatever the names and shapes: valid GPX 1.1 and declared so, or an error with a hint."""
    data, refused = made_or_refused(plan, wanted, most)
    if data is None:
        assert isinstance(refused, NotInstalledError | UsageError)
        assert refused.hint
        return
    schema.assertValid(etree.fromstring(data))
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<gpx ')
    assert b'xsi:schemaLocation="http://www.topografix.com/GPX/1/1 ' in data


@settings(deadline=None, max_examples=examples(20))
@given(plan=plans(traced=True), wanted=st.sampled_from(ALL), ascii_names=st.booleans())
def test_every_point_has_its_time_and_times_increase(
    plan: Plan, wanted: Device, ascii_names: bool
) -> None:
    """All points of all kinds are timed in UTC, tracks strictly; no segment has a single point."""
    data, refused = made_or_refused(plan, wanted, None, ascii_names=ascii_names)
    if data is None:
        assert isinstance(refused, UsageError)
        assert wanted.single  # days apart make a gap
        return
    assert data.isascii() or not ascii_names
    parsed = gpxpy.parse(data.decode())
    for segment in trackpoints(parsed):
        assert len(segment) > 1
    for points in [
        *([point for s in track.segments for point in s.points] for track in parsed.tracks),
        *(route.points for route in parsed.routes),
    ]:
        times = [point.time for point in points]
        assert all(a < b for a, b in pairwise(times))
        assert all(time.utcoffset() == dt.timedelta(0) for time in times)
    assert all(point.time for point in parsed.waypoints)
    assert len(parsed.waypoints) == sum(len(day.stops) + 2 for day in plan.days)


@pytest.mark.parametrize("wanted", ALL, ids=lambda d: d.name)
def test_two_other_readers_find_the_same(plan: Plan, wanted: Device) -> None:
    """The package gpx and GDAL read the same points, and gpx the same times, as gpxpy."""
    data = write(plan, wanted, kinds=KINDS).data
    expected = trackpoints(gpxpy.parse(data.decode()))
    other = other_reader.from_string(data, strict=True)
    found = [
        [(float(p.lon), float(p.lat), p.time) for p in segment.trkpt]
        for track in other.trk
        for segment in track.trkseg
    ]
    assert found == expected
    _, _, shapes, _ = raw.read(data, layer="tracks", columns=[])
    lines = [list(part.coords) for shape in shapely.from_wkb(shapes) for part in shape.geoms]
    assert lines == [[(lon, lat) for lon, lat, _ in segment] for segment in expected]


def test_names_symbols_and_types(plan: Plan) -> None:
    """Start and end stand first and last; symbols are Garmin's, with its blue flag for the rest."""
    points = gpxpy.parse(write(plan, DEVICES["osmand"], kinds=KINDS).data.decode()).waypoints
    stops = plan.days[0].stops
    assert [points[0].symbol, points[-1].symbol] == ["Flag, Green", "Flag, Red"]
    assert [p.name for p in points[1:-1]] == [f"{n}. {s.name}" for n, s in enumerate(stops, 1)]
    known = {"musee": "Museum", "terril": "Summit"}
    for point, stop in zip(points[1:-1], stops, strict=True):
        assert point.symbol == known.get(stop.place or "", FALLBACK_SYMBOL)
        assert point.type == stop.place_kind.capitalize().replace("-", " ")
        assert stop.description in (point.description or "")


def test_a_saved_plan_knows_the_kinds_of_its_places(plan: Plan) -> None:
    """Symbols and types come from the plan itself; a catalogue that is named goes before it."""
    day = plan.days[0]
    unknown = [replace(stop, place_kind="") for stop in day.stops]
    older = replace(plan, days=(replace(day, stops=tuple(unknown)),))
    kinds = {stop.place or "": stop.place_kind for stop in day.stops}
    osmand = DEVICES["osmand"]
    assert write(plan, osmand).data == write(older, osmand, kinds=kinds).data
    assert [stop.place for stop in day.stops[:2]] == ["musee", "cite"]
    for tour, types in ((plan, ["Park", "Estate"]), (older, ["Park", "Visit"])):
        other = gpxpy.parse(write(tour, osmand, kinds={"musee": "park"}).data.decode())
        assert [point.type for point in other.waypoints[1:3]] == types


def test_types_are_in_the_language_in_use(plan: Plan) -> None:
    """In French, too, a type and a name are parted by a colon and a blank, as programs read it."""
    day = plan.days[0]
    museum = replace(day.stops[0], kind_name=said_in({"en": "museum", "fr": "musée"}))
    named = replace(plan, days=(replace(day, stops=(museum, *day.stops[1:])),))
    language.use("fr")
    french = {
        name: gpxpy.parse(write(named, DEVICES[name], kinds=KINDS).data.decode()).waypoints
        for name in ("geotrek", "osmand")
    }
    language.use("en")
    first, last = plan.days[0].start.name, plan.days[0].end.name
    stop = plan.days[0].stops[0].name
    assert french["geotrek"][0].name == f"Départ: {first}"
    assert french["geotrek"][1].name == f"Musée: {stop}"
    assert french["geotrek"][-1].name == f"Arrivée: {last}"
    assert french["osmand"][1].type == "Musée"


@pytest.mark.parametrize(
    ("name", "most", "hint"),
    [("generic", 3, "--device"), ("garmin", 1, "Allow more"), ("etrex-classic", 1, "Allow more")],
)
def test_too_few_points_have_a_hint_that_helps(plan: Plan, name: str, most: int, hint: str) -> None:
    """Who has the device that joins legs is not told to choose it."""
    with pytest.raises(UsageError) as refused:
        write(plan, DEVICES[name], max_points=most)
    assert hint in refused.value.hint
    assert ("--device" in refused.value.hint) == (name == "generic")


def test_geotrek_gets_one_line_and_typed_names(plan: Plan) -> None:
    """Geotrek takes "Type: name", and one line that GEOS need not merge."""
    parsed = gpxpy.parse(write(plan, DEVICES["geotrek"], kinds=KINDS).data.decode())
    assert parsed.waypoints[1].name == f"Museum: {plan.days[0].stops[0].name}"
    (track,) = parsed.tracks
    assert len(track.segments) == 1


@pytest.mark.parametrize("name", ["garmin", "etrex-classic", "organicmaps", "komoot"])
def test_a_day_is_one_segment_and_a_stop_is_where_one_waits(plan: Plan, name: str) -> None:
    """Joined legs touch: a stay is two points of one place, no stay is one point."""
    day = plan.days[0]
    passed = replace(day.stops[0], leave=day.stops[0].begin)
    line = day.legs[0].geometry or ()
    legs = (
        replace(day.legs[0], arrive=passed.leave),
        replace(day.legs[1], depart=passed.leave),
        *day.legs[2:],
    )
    brief = replace(plan, days=(replace(day, stops=(passed, *day.stops[1:]), legs=legs),))
    here = (line[-1].lon, line[-1].lat)
    for tour, times in ((plan, 2), (brief, 1)):
        parsed = gpxpy.parse(write(tour, DEVICES[name]).data.decode())
        (segment,) = trackpoints(parsed)
        assert [point[:2] for point in segment].count(here) == times
        assert len(parsed.routes) == (name == "etrex-classic")


def test_geotrek_refuses_a_gap(plan: Plan) -> None:
    """A day that begins elsewhere than the last one ended makes a second line: refused."""
    day = plan.days[0]
    moved = [
        replace(leg, geometry=tuple(Point(p.lon + 0.1, p.lat) for p in leg.geometry or ()))
        for leg in day.legs
    ]
    broken = replace(plan, days=(day, replace(day, legs=tuple(moved))))
    with pytest.raises(UsageError, match=r"2 lines: 7\.\d km is missing") as refused:
        write(broken, DEVICES["geotrek"])
    assert "--day" in refused.value.hint
    legs = tuple(moved[:1]) + day.legs[1:]
    with pytest.raises(UsageError) as refused:
        write(replace(plan, days=(replace(day, legs=legs),)), DEVICES["geotrek"])
    assert "--day" not in refused.value.hint
    assert write(broken, DEVICES["garmin"]).data


def test_the_old_etrex_gets_what_it_can_hold(plan: Plan) -> None:
    """At most 500 track points and 250 a route, in ASCII, and the deviation told in metres."""
    made = write(winding(plan, 3000), DEVICES["etrex-classic"])
    parsed = gpxpy.parse(made.data.decode())
    assert made.data.isascii()
    assert sum(map(len, trackpoints(parsed))) == 500
    assert [len(route.points) for route in parsed.routes] == [len(plan.days[0].stops) + 2]
    (remark,) = made.remarks
    assert "to 500 points" in remark
    assert " m from the line" in remark


def test_two_thousand_stops_fit_an_old_etrex(plan: Plan) -> None:
    """Routes are cut at 250 points, each beginning where the last one ended."""
    day = plan.days[0]
    legs, stops = [], []
    moment = day.start_time
    for n in range(2000):
        here, there = (Point(2.8 + k / 1e5, 50.4 + k % 2 / 1e4) for k in (n, n + 1))
        later = moment + dt.timedelta(seconds=10)
        leg = replace(
            day.legs[0], geometry=(here, there), depart=moment, arrive=later, distance_m=13
        )
        legs.append(leg)
        stops.append(
            replace(
                day.stops[0], lon=there.lon, lat=there.lat, arrive=later, begin=later, leave=later
            )
        )
        moment = later
    legs.append(replace(legs[-1], geometry=None, distance_m=0, depart=moment, arrive=moment))
    long = replace(day, stops=tuple(stops), legs=tuple(legs), end_time=moment)
    made = write(replace(plan, days=(long,)), DEVICES["etrex-classic"])
    parsed = gpxpy.parse(made.data.decode())
    assert sum(map(len, trackpoints(parsed))) == 500
    assert all(len(route.points) <= 250 for route in parsed.routes)
    # The tour ends at its last stop, which is not there twice.
    assert sum(len(route.points) for route in parsed.routes) == 2001 + len(parsed.routes) - 1
    for before, after in pairwise(parsed.routes):
        assert before.points[-1].name == after.points[0].name
        assert (before.points[-1].latitude, before.points[-1].longitude) == (
            after.points[0].latitude,
            after.points[0].longitude,
        )


def test_thinning_keeps_points_and_times_of_the_whole(plan: Plan) -> None:
    """Every point that stays is one of the plan's, at its own time; first and last stay."""
    wound = winding(plan, 300)
    whole, few = (
        [
            p
            for s in trackpoints(
                gpxpy.parse(write(wound, DEVICES["garmin"], max_points=most).data.decode())
            )
            for p in s
        ]
        for most in (None, 50)
    )
    assert len(few) == 50
    assert set(few) <= set(whole)
    assert (few[0], few[-1]) == (whole[0], whole[-1])


def test_too_few_points_are_refused(plan: Plan) -> None:
    """A track with a segment a leg cannot be had in three points."""
    with pytest.raises(UsageError, match="3 points are too few"):
        write(plan, DEVICES["generic"], max_points=3)


def test_a_plan_without_tracks_is_refused(plan: Plan) -> None:
    """A walk that was not traced gives no straight line through the houses, but exit 6."""
    day = plan.days[0]
    bare = replace(day, legs=(replace(day.legs[0], geometry=None), *day.legs[1:]))
    with pytest.raises(NotInstalledError, match=day.legs[0].destination):
        write(replace(plan, days=(bare,)), DEVICES["generic"])


def test_an_unknown_device_is_refused_with_the_known_ones() -> None:
    """A device nobody knows is an error that lists all."""
    with pytest.raises(UsageError) as refused:
        device("nokia")
    assert all(name in refused.value.hint for name in DEVICES)


def test_openstreetmap_is_credited(plan: Plan) -> None:
    """The credit stands in the file, and in every track that leaves it."""
    parsed = gpxpy.parse(write(replace(plan, provenance=()), DEVICES["generic"]).data.decode())
    assert OSM_CREDIT in parsed.description
    assert all(track.source == OSM_CREDIT for track in parsed.tracks)
