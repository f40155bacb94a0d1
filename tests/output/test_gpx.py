"""GPX: valid, read back as it was meant, timed, and on the streets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import gpxpy
import pytest
from lxml import etree
from tests.output.test_terminal import GOLDEN, matches
from tests.support.program import run

from lens_routes.errors import NotInstalledError
from lens_routes.geo import Point, distance_m
from lens_routes.output.gpx import gpx
from lens_routes.output.gpx.device import DEVICES, GENERIC
from lens_routes.plan.amenity import Amenity
from lens_routes.plan.document import read
from lens_routes.streets.network import store
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route.snap import snap

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

    from lens_routes.plan.plan import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Give the saved plan of the golden files."""
    return read(GOLDEN / "day.json")


def test_the_file_is_the_one_that_was_judged(plan: Plan) -> None:
    """The GPX of the saved plan is byte for byte the golden one."""
    assert matches("day.gpx", gpx.dumps(plan).decode())


def test_it_reads_back_as_it_was_planned(plan: Plan) -> None:
    """A reader finds each stop as a waypoint, each leg as a segment, each point with its time."""
    read_back = gpxpy.parse(gpx.dumps(plan).decode())
    (day,) = plan.days
    assert [point.name for point in read_back.waypoints] == [
        f"Start: {day.start.name}",
        *(f"{number}. {stop.name}" for number, stop in enumerate(day.stops, 1)),
        f"End: {day.end.name}",
    ]
    assert [point.time for point in read_back.waypoints[1:-1]] == [
        stop.arrive for stop in day.stops
    ]
    (track,) = read_back.tracks
    assert len(track.segments) == len(day.legs)
    for segment, leg in zip(track.segments, day.legs, strict=True):
        assert leg.geometry is not None
        points = [(p.longitude, p.latitude) for p in segment.points]
        assert points == [(round(p.lon, 7), round(p.lat, 7)) for p in leg.geometry]
        times = [p.time for p in segment.points]
        assert (times[0], times[-1]) == (leg.depart, leg.arrive)
        assert all(a < b for a, b in pairwise(times))
        assert all(time.utcoffset() == dt.timedelta(0) for time in times)


def test_a_plan_without_tracks_is_refused(plan: Plan) -> None:
    """A walk that was not traced gives no straight line through the houses, but an error."""
    day = plan.days[0]
    untraced = replace(day, legs=(replace(day.legs[0], geometry=None), *day.legs[1:]))
    with pytest.raises(NotInstalledError, match=day.legs[0].destination):
        gpx.dumps(replace(plan, days=(untraced,)))


def test_nobody_walks_from_a_place_to_itself(plan: Plan) -> None:
    """The empty last leg of a one-way tour needs no track."""
    day = plan.days[0]
    last = replace(day.legs[-1], geometry=None, distance_m=0, duration_s=0)
    read_back = gpxpy.parse(
        gpx.dumps(replace(plan, days=(replace(day, legs=(*day.legs[:-1], last)),))).decode()
    )
    assert len(read_back.tracks[0].segments) == len(day.legs) - 1


def test_every_waypoint_has_a_name_of_its_own(plan: Plan) -> None:
    """Devices keep one waypoint a name: days are said, and names that come again are counted."""
    day = plan.days[0]
    lunch = replace(day.stops[0], kind="break", place=None, name="Déjeuner")
    meals = replace(day, stops=(lunch, lunch, *day.stops[2:]))
    one, two = replace(plan, days=(meals,)), replace(plan, days=(meals, meals))
    names = [point.name for point in gpxpy.parse(gpx.dumps(one).decode()).waypoints]
    assert names[1:3] == ["Déjeuner", "Déjeuner (2)"]
    for device in DEVICES.values():
        if device.single:
            continue
        read_back = gpxpy.parse(gpx.write(two, device).data.decode())
        names = [point.name for point in read_back.waypoints]
        assert len(set(map(str.casefold, names))) == 2 * (len(day.stops) + 2)
        assert names[0].startswith("Day 1 - ")
        assert names[-1].startswith("Day 2 - ")


def test_a_stop_tells_of_the_way_there(plan: Plan) -> None:
    """What one passes, and how much of the way is known to be passable, stands with the stop."""
    (day,) = plan.days
    tap = Amenity("water", "", 2.8, 50.4, at_m=300.0)
    first = replace(day.legs[0], passed=(tap,), passable_m=300.0, unknown_m=200.0)
    told = replace(plan, days=(replace(day, legs=(first, *day.legs[1:])),))
    stop = gpxpy.parse(gpx.dumps(told).decode()).waypoints[1]
    assert "300 m known to be passable, 200 m unknown." in (stop.description or "")
    assert "On the way: drinking water at 300 m." in (stop.description or "")


def test_a_track_is_named_by_its_day_and_tour(plan: Plan) -> None:
    """A folder of tracks reads as days and what they are about."""
    (track,) = gpxpy.parse(gpx.dumps(plan).decode()).tracks
    assert track.name == "2026-11-25 Mining heritage and culture tour"


def test_names_in_other_scripts_are_spelt(plan: Plan) -> None:
    """Where a device needs ASCII, what has no Latin letters is transliterated."""
    stop = replace(plan.days[0].stops[0], name="東京")
    day = replace(plan.days[0], stops=(stop, *plan.days[0].stops[1:]))
    data = gpx.write(replace(plan, days=(day,)), DEVICES["etrex-classic"]).data
    assert gpxpy.parse(data.decode()).waypoints[1].name == "1. DongJing"


@pytest.mark.shared
def test_a_website_is_a_link(plan: Plan, schema: etree.XMLSchema) -> None:
    """A stop whose website is known links it; what is no address of the web is no link."""
    websites = {"musee": "https://example.org/lampe", "cite": "javascript:alert(1)"}
    data = gpx.write(plan, GENERIC, websites=websites).data
    schema.assertValid(etree.fromstring(data))
    points = gpxpy.parse(data.decode()).waypoints
    assert [point.link for point in points[1:3]] == ["https://example.org/lampe", None]


def test_what_xml_cannot_hold_is_left_out(plan: Plan) -> None:
    """Control characters and markup in a name do no harm."""
    stop = replace(plan.days[0].stops[0], name="A <b> & \x00\x0b\ud800 ]]> é")
    day = replace(plan.days[0], stops=(stop, *plan.days[0].stops[1:]))
    read_back = gpxpy.parse(gpx.dumps(replace(plan, days=(day,))).decode())
    assert read_back.waypoints[1].name == "1. A <b> & ]]> é"


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree.XMLSchema:
    """Give the schema of GPX 1.1."""
    return etree.XMLSchema(etree.parse(str(shared / "schemas" / "gpx.xsd")))


@pytest.mark.shared
def test_it_is_valid(plan: Plan, schema: etree.XMLSchema) -> None:
    """The file is valid GPX 1.1 by its schema."""
    schema.assertValid(etree.fromstring(gpx.dumps(plan)))


@pytest.mark.shared
@pytest.mark.usefixtures("nine_o_clock")
def test_tracks_run_on_the_streets_of_lens(
    lens_streets: Path, home: Path, tmp_path: Path, schema: etree.XMLSchema
) -> None:
    """Over the true map: valid, timed, every point but a segment's ends on a street."""
    (home / "streets").symlink_to(lens_streets)
    file = tmp_path / "day.gpx"
    assert run("plan", "--theme", "culture", "--for", "4h", "--gpx", file).code == 0
    schema.assertValid(etree.parse(str(file)))
    network = store.load(store.default_path())
    (track,) = gpxpy.parse(file.read_text(encoding="utf-8")).tracks
    assert track.segments
    for segment in track.segments:
        points = [Point(p.longitude, p.latitude) for p in segment.points]
        assert all(a.time < b.time for a, b in pairwise(segment.points) if a.time and b.time)
        assert max(snap(network, point, FOOT).gap_m for point in points[1:-1]) < 0.1
        assert sum(distance_m(a, b) for a, b in pairwise(points)) > 0


@pytest.mark.usefixtures("nine_o_clock", "streets")
def test_to_stdout_or_to_a_file_it_is_the_same(town: Town, tmp_path: Path) -> None:
    """``--gpx -`` prints what ``--gpx FILE`` writes, which still prints the itinerary."""
    command = ("plan", "--places", town.catalogue)
    file = tmp_path / "day.gpx"
    with_file = run(*command, "--gpx", file)
    assert run(*command, "--gpx", "-").stdout == file.read_bytes()
    assert with_file.out == run(*command).out
