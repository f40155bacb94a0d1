"""Small maps of one kind of difficulty each: which way is gone, and how long it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from tests.streets.small_maps import BUILT

from lens_routes.geo import Point
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.build.shapes.placed import duration_minutes
from lens_routes.streets.profiles.named import profile_called
from lens_routes.streets.route.directions import directions
from lens_routes.streets.route.hourly import shortest_at
from lens_routes.streets.route.phrases import phrase
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.snap import snap

if TYPE_CHECKING:
    from pathlib import Path as File

    from lens_routes.streets.route.path import Path

A, B = Point(2.828, 50.43), Point(2.834, 50.43)
SHORT_M, DETOUR_M = 425.0, 1537.0
JUNE = dt.datetime(2026, 6, 10, 10, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def node(number: int, lon: float, lat: float, tags: str = "") -> str:
    return f"<node id='{number}' version='1' lat='{lat}' lon='{lon}'>{marks(tags)}</node>"


def way(number: int, refs: list[int], tags: str, extra: str = "version='1'") -> str:
    nodes = "".join(f"<nd ref='{ref}'/>" for ref in refs)
    return f"<way id='{number}' {extra}>{nodes}{marks(tags)}</way>"


def marks(tags: str) -> str:
    pairs = (tag.split("=", 1) for tag in tags.split("|") if tag)
    return "".join(f"<tag k='{key}' v='{value}'/>" for key, value in pairs)


#: From A by Rue Ouest to node 1, by Rue Est from node 3 to B; the only way round is 1.3 km.
NODES = (
    node(1, 2.83, 50.43)
    + node(3, 2.832, 50.43)
    + node(4, 2.83, 50.435)
    + node(5, 2.832, 50.435)
    + node(6, 2.828, 50.43)
    + node(7, 2.834, 50.43)
)
ROUND = (
    way(10, [6, 1], "highway=residential|name=Rue Ouest")
    + way(11, [3, 7], "highway=residential|name=Rue Est")
    + way(12, [1, 4, 5, 3], "highway=residential|name=Rue du Détour")
)
MIDDLE = node(2, 2.831, 50.43)


def gone(
    folder: File, elements: str, mode: str = "foot", depart: dt.datetime | None = None
) -> Path | None:
    """Return the way from A to B on the base map and *elements*."""
    file = folder / "map.osm"
    file.write_text(f"<osm version='0.6'>{NODES}{elements}{ROUND}</osm>", encoding="utf-8")
    network = compile_network(read(file), built=BUILT)
    profile = profile_called(mode)
    priced = price(network, profile)
    ends = (snap(network, A, profile), snap(network, B, profile))
    return shortest_at(priced, *ends, depart) if depart else shortest(priced, *ends)


def metres(folder: File, elements: str, mode: str = "foot") -> float:
    path = gone(folder, elements, mode)
    assert path is not None
    return path.length_m


@pytest.mark.parametrize(
    ("mode", "tags", "used"),
    [
        ("foot", "highway=footway", True),
        ("foot", "highway=footway|access=no", False),
        ("foot", "highway=track|access=agricultural|foot=yes", True),
        ("foot", "highway=footway|oneway:foot=-1", False),
        ("foot", "highway=corridor|indoor=yes", True),
        ("foot", "highway=residential|sidewalk=separate", True),
        ("foot", "highway=trunk", False),
        ("foot", "highway=busway", False),
        ("foot", "highway=busway|sidewalk=right", True),
        ("foot", "highway=path|via_ferrata_scale=3", False),
        ("car", "highway=service|service=emergency_access", False),
        ("bike", "highway=residential|oneway=-1|cycleway:left=opposite_lane", True),
        ("wheelchair", "highway=footway|incline=10°", False),
        ("foot", "man_made=pier", True),
        ("foot", "route=ferry", True),
        ("wheelchair", "highway=steps", False),
        ("wheelchair", "highway=footway|kerb=raised", False),
        ("wheelchair", "highway=footway|surface=asphalt", True),
        ("bike", "highway=footway", True),  # pushed
        ("bike", "highway=steps", False),
        ("bike", "highway=residential|oneway=-1", True),  # pushed
        ("bike", "highway=residential|oneway=-1|bicycle=no", True),  # pushed all the same
        ("car", "highway=residential|oneway=-1", False),
        ("car", "highway=residential|oneway=yes", True),
        ("car", "highway=pedestrian", False),
        ("car", "highway=residential|motor_vehicle=destination", False),
    ],
)
def test_the_way_under_test(mode: str, tags: str, used: bool, tmp_path: File) -> None:
    """What may be used is used, and what may not is gone round."""
    found = metres(tmp_path, MIDDLE + way(13, [1, 2, 3], tags), mode)
    assert found == pytest.approx(SHORT_M if used else DETOUR_M, abs=2)


@pytest.mark.parametrize(
    ("mode", "barrier", "passed"),
    [
        ("foot", "barrier=gate", True),
        ("foot", "barrier=gate|access=private", False),
        ("foot", "barrier=gate|locked=yes", False),
        ("foot", "barrier=wall", False),
        ("foot", "barrier=stile", True),
        ("foot", "barrier=gate|opening_hours=Nov-Feb", True),  # at some hour
        ("bike", "barrier=bollard", True),
        ("bike", "barrier=stile", False),
        ("car", "barrier=bollard", False),
        ("wheelchair", "barrier=kerb|kerb=raised", False),
    ],
)
def test_barriers_on_the_way(mode: str, barrier: str, passed: bool, tmp_path: File) -> None:
    """A node that stops one is not passed, though nothing else happens there."""
    street = node(2, 2.831, 50.43, barrier) + way(13, [1, 2, 3], "highway=service")
    expected = SHORT_M if passed else DETOUR_M
    assert metres(tmp_path, street, mode) == pytest.approx(expected, abs=2)


def test_a_bicycle_is_pushed_where_it_may_not_be_ridden(tmp_path: File) -> None:
    """A short one-way street against one is walked, and the metres are told; it takes longer."""
    pushed, ridden = (
        gone(tmp_path, MIDDLE + way(13, [1, 2, 3], f"highway=residential|oneway={value}"), "bike")
        for value in ("-1", "no")
    )
    assert pushed is not None
    assert ridden is not None
    assert pushed.measures.pushed == pytest.approx(142, abs=2)
    assert ridden.measures.pushed == 0
    assert pushed.seconds > ridden.seconds + 60


@pytest.mark.parametrize(
    ("tags", "used"),
    [
        ("highway=footway|opening_hours=Nov-Feb", False),
        ("highway=footway|opening_hours=Mo-Su 08:00-20:00", True),
        ("highway=footway|access:conditional=no @ (Apr-Oct)", False),
        ("highway=footway|access=no|access:conditional=yes @ (Apr-Oct)", True),
        ("highway=footway|access=no|foot:conditional=yes @ (Mo-Fr 18:00-22:00)", False),
        ("highway=footway|foot:conditional=no @ (snow)", True),
        ("highway=residential|motor_vehicle:conditional=no @ (08:00-12:00)", True),
    ],
)
def test_hours_are_minded(tags: str, used: bool, tmp_path: File) -> None:
    """On a Wednesday in June at ten: what is closed then is gone round, what is open is used."""
    path = gone(tmp_path, MIDDLE + way(13, [1, 2, 3], tags), depart=JUNE)
    assert path is not None
    assert path.length_m == pytest.approx(SHORT_M if used else DETOUR_M, abs=2)


@pytest.mark.parametrize(
    ("gate", "passed"),
    [
        ("opening_hours=Mo-Su 08:00-20:00", True),
        ("opening_hours=Nov-Feb", False),
        ("access:conditional=no @ (08:00-12:00)", False),
        ("access=no|access:conditional=yes @ (08:00-12:00)", True),
        ("access=private|foot:conditional=yes @ (18:00-20:00)", False),
        ("locked=yes|opening_hours=Mo-Su 08:00-20:00", True),
    ],
)
def test_gates_have_hours(gate: str, passed: bool, tmp_path: File) -> None:
    """A gate that is shut when one comes there is gone round, whatever its way allows."""
    street = node(2, 2.831, 50.43, f"barrier=gate|{gate}")
    street += way(13, [1, 2, 3], "highway=footway|foot=designated")
    path = gone(tmp_path, street, depart=JUNE)
    assert path is not None
    assert path.length_m == pytest.approx(SHORT_M if passed else DETOUR_M, abs=2)


def test_at_an_hour_without_bicycles_one_pushes(tmp_path: File) -> None:
    """What may be walked then, not ridden, is pushed, and the metres are told."""
    tags = "highway=residential|bicycle:conditional=no @ (09:00-12:00)"
    path = gone(tmp_path, MIDDLE + way(13, [1, 2, 3], tags), "bike", JUNE)
    assert path is not None
    assert path.measures.pushed == pytest.approx(142, abs=2)


def test_the_sun_opens_parks(tmp_path: File) -> None:
    """Hours may follow the sun of the place, on its own clock."""
    paris = dt.datetime(2026, 6, 10, 10, tzinfo=ZoneInfo("Europe/Paris"))
    for hours, expected in (("sunrise-sunset", SHORT_M), ("sunset-sunrise", DETOUR_M)):
        tags = f"highway=footway|opening_hours={hours}"
        path = gone(tmp_path, MIDDLE + way(13, [1, 2, 3], tags), depart=paris)
        assert path is not None
        assert path.length_m == pytest.approx(expected, abs=2)


def test_what_closes_before_one_comes_there_is_closed(tmp_path: File) -> None:
    """The hour counts at which one passes, two minutes after leaving, not that of leaving."""
    tags = "highway=footway|opening_hours=Mo-Su 08:00-10:01"
    path = gone(tmp_path, MIDDLE + way(13, [1, 2, 3], tags), depart=JUNE)
    assert path is not None
    assert path.length_m == pytest.approx(DETOUR_M, abs=2)


SQUARE = node(20, 2.831, 50.432) + node(21, 2.831, 50.428)


def test_a_square_is_crossed(tmp_path: File) -> None:
    """From corner to corner one goes straight, not along the edge."""
    area = SQUARE + way(30, [1, 20, 3, 21, 1], "highway=pedestrian|area=yes|name=Grand Place")
    assert metres(tmp_path, area) == pytest.approx(SHORT_M, abs=2)


@pytest.mark.parametrize("tags", ["highway=pedestrian", "railway=platform", "man_made=pier"])
def test_nobody_walks_through_a_hole_in_a_square(tags: str, tmp_path: File) -> None:
    """A square of several ways is crossed round what stands on it."""
    hole = (
        node(22, 2.8305, 50.4305)
        + node(23, 2.8315, 50.4305)
        + node(24, 2.8315, 50.4295)
        + node(25, 2.8305, 50.4295)
    )
    ways = way(31, [1, 20, 3], "") + way(32, [3, 21, 1], "") + way(33, [22, 23, 24, 25, 22], "")
    relation = (
        "<relation id='1' version='1'><member type='way' ref='31' role='outer'/>"
        "<member type='way' ref='32' role='outer'/><member type='way' ref='33' role='inner'/>"
        + marks(f"type=multipolygon|{tags}")
        + "</relation>"
    )
    file = tmp_path / "map.osm"
    text = f"{NODES}{SQUARE}{hole}{ROUND}{ways}{relation}"
    file.write_text(f"<osm version='0.6'>{text}</osm>", encoding="utf-8")
    network = compile_network(read(file), built=BUILT)
    foot = profile_called("foot")
    path = shortest(price(network, foot), snap(network, A, foot), snap(network, B, foot))
    assert path is not None
    # By a corner of the hole, 55 m aside: 66 + 71 + 66 m, and 284 m of streets.
    assert SHORT_M + 30 < path.length_m < SHORT_M + 90


def test_a_square_of_odd_shape_is_not_left(tmp_path: File) -> None:
    """A line that would leave the square is none: an L is walked round its inner corner."""
    corners = node(20, 2.83, 50.434) + node(21, 2.8302, 50.434) + node(22, 2.8302, 50.4332)
    corners += node(23, 2.832, 50.4332)
    area = corners + way(30, [1, 20, 21, 22, 23, 3, 22, 1], "highway=pedestrian|area=yes")
    assert metres(tmp_path, area) > SHORT_M + 300


def test_a_ferry_takes_its_time(tmp_path: File) -> None:
    """The map says how long a ferry takes; `avoid` keeps off it."""
    path = gone(tmp_path, way(13, [1, 3], "route=ferry|duration=00:20"))
    assert path is None or path.measures.ferry == 0  # a walk round takes 18 minutes
    path = gone(tmp_path, way(13, [1, 3], "route=ferry|duration=00:05"))
    assert path is not None
    assert path.measures.ferry == pytest.approx(142, abs=2)
    assert path.seconds == pytest.approx(300 + 284 / 1.25, abs=3)


@pytest.mark.parametrize(
    ("tags", "used"),
    [
        ("sidewalk=separate", False),
        ("sidewalk:both=separate", False),
        ("sidewalk:left=separate|sidewalk:right=no", False),
        ("sidewalk:left=separate|sidewalk:right=yes", True),
        ("sidewalk=both", True),
    ],
)
def test_one_walks_on_the_pavement_that_is_mapped(tags: str, used: bool, tmp_path: File) -> None:
    """Where a street has its pavement elsewhere, and it is there, nobody walks in the street."""
    beside = node(40, 2.8303, 50.4301) + node(41, 2.8317, 50.4301)
    pavement = beside + way(40, [1, 40, 41, 3], "highway=footway|footway=sidewalk|name=Trottoir")
    path = gone(tmp_path, MIDDLE + way(13, [1, 2, 3], f"highway=residential|{tags}") + pavement)
    assert path is not None
    on_street = path.length_m == pytest.approx(SHORT_M, abs=0.5)
    assert on_street == used


FOOTWAY = "highway=footway"


@pytest.mark.parametrize(
    ("versions", "used"),
    [
        (way(13, [1, 2, 3], FOOTWAY), True),
        (way(13, [1, 2, 3], FOOTWAY, "version='1' visible='false'"), False),
        (way(13, [1, 2, 3], FOOTWAY, "version='1' action='delete'"), False),
        (way(13, [1, 2, 3], FOOTWAY, "version='1' action='modify'"), True),
        (way(13, [1, 2, 3], FOOTWAY) + way(13, [], "", "version='2' visible='false'"), False),
        (way(13, [1, 2, 3], FOOTWAY) + way(13, [1, 2, 3], "", "version='2'"), False),
        (way(13, [1, 2, 3], FOOTWAY, "version='3'") + way(13, [1, 2, 3], "", "version='2'"), True),
        (way(13, [1, 2, 3], "") + way(13, [1, 2, 3], FOOTWAY, "version='2'"), True),
        (way(13, [1, -2, 3], FOOTWAY) + node(-2, 2.831, 50.43), True),
        (way(13, [1, -2, 3], FOOTWAY) + node(-2, 2.831, 50.43, "barrier=wall"), False),
    ],
)
def test_deleted_ways_are_gone(versions: str, used: bool, tmp_path: File) -> None:
    """In an edited file the newest version counts, and one that is deleted is no way."""
    expected = SHORT_M if used else DETOUR_M
    assert metres(tmp_path, MIDDLE + versions) == pytest.approx(expected, abs=2)


def test_a_gate_taken_away_stops_nobody(tmp_path: File) -> None:
    """Of a node, too, the newest version counts."""
    gate = node(2, 2.831, 50.43, "barrier=gate|access=private")
    street = gate + MIDDLE.replace("version='1'", "version='2'") + way(13, [1, 2, 3], FOOTWAY)
    assert metres(tmp_path, street) == pytest.approx(SHORT_M, abs=2)


def told(folder: File, elements: str, mode: str) -> list[str]:
    """Return the directions from A to B."""
    file = folder / "map.osm"
    file.write_text(f"<osm version='0.6'>{NODES}{elements}{ROUND}</osm>", encoding="utf-8")
    network = compile_network(read(file), built=BUILT)
    profile = profile_called(mode)
    path = shortest(price(network, profile), snap(network, A, profile), snap(network, B, profile))
    assert path is not None
    return [str(phrase(step, "B")) for step in directions(network, path)]


@pytest.mark.parametrize(
    ("mode", "tags", "sentence"),
    [
        ("bike", "highway=footway", "Continue onto the footpath, pushing the bike"),
        ("bike", "highway=cycleway", "Continue onto the cycle path"),
        ("foot", "route=ferry|duration=00:05", "Take the ferry, 5 min on the water"),
        ("foot", "railway=platform", "Continue onto the platform"),
        ("foot", "man_made=pier", "Continue onto the pier"),
        ("foot", "highway=steps", "Take the steps"),
        ("car", "highway=service", "Continue onto the service road"),
        (
            "foot",
            "highway=footway|opening_hours=08:00-20:00",
            "Continue onto the footpath (the map says: 08:00-20:00)",
        ),
    ],
)
def test_directions_say_what_one_moves_on(
    mode: str, tags: str, sentence: str, tmp_path: File
) -> None:
    """A path is a path, a ferry a ferry; where a bike is pushed or hours bind, they say so."""
    steps = told(tmp_path, way(13, [1, 3], tags), mode)
    assert [step.removesuffix(", riding again") for step in steps] == [
        "Head east on Rue Ouest",
        sentence,
        "Continue onto Rue Est",
        "Arrive at B",
    ]


def test_a_gate_with_hours_is_told(tmp_path: File) -> None:
    """One goes through it, and the map's hours stand beside."""
    gate = node(2, 2.831, 50.43, "barrier=gate|opening_hours=08:00-20:00")
    assert told(tmp_path, gate + way(13, [1, 2, 3], FOOTWAY), "foot")[1:4] == [
        "Continue onto the footpath",
        "Go through the gate (the map says: 08:00-20:00)",
        "Continue onto the footpath",
    ]


def test_a_pushed_bike_is_ridden_again(tmp_path: File) -> None:
    """In one street that is one-way for a bit, only that bit is pushed."""
    street = MIDDLE + way(13, [1, 2], "highway=residential|name=Rue Ouest|oneway=-1")
    street += way(14, [2, 3], "highway=residential|name=Rue Ouest")
    assert told(tmp_path, street, "bike") == [
        "Head east on Rue Ouest",
        "Continue to stay on Rue Ouest, pushing the bike",
        "Continue to stay on Rue Ouest, riding again",
        "Continue onto Rue Est",
        "Arrive at B",
    ]


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        ("20", 20),
        ("00:20", 20),
        ("1:30", 90),
        ("01:00:30", 60.5),
        ("PT20M", 20),
        ("PT1H05M", 65),
        ("soon", 0),
        ("", 0),
        ("1:2:3:4", 0),
    ],
)
def test_durations(duration: str, minutes: float) -> None:
    """All spellings of a duration are read; what is none is nothing."""
    assert duration_minutes(duration) == pytest.approx(minutes)


def test_a_ferry_takes_the_time_of_its_relation(tmp_path: File) -> None:
    """Where the way does not say how long it takes, the relation does that it is all of."""
    relation = (
        "<relation id='20' version='1'><member type='way' ref='13' role=''/>"
        f"{marks('type=route|route=ferry|duration=00:05')}</relation>"
    )
    file = tmp_path / "map.osm"
    ferry = way(13, [1, 3], "route=ferry")
    file.write_text(f"<osm version='0.6'>{NODES}{ROUND}{ferry}{relation}</osm>", encoding="utf-8")
    network = compile_network(read(file), built=BUILT)
    foot = profile_called("foot")
    path = shortest(price(network, foot), snap(network, A, foot), snap(network, B, foot))
    assert path is not None
    assert max(path.times) == pytest.approx(300, rel=0.01)


def test_a_ferry_can_be_avoided(tmp_path: File) -> None:
    """With ``avoid`` one goes round."""
    file = tmp_path / "map.osm"
    ferry = way(13, [1, 3], "route=ferry|duration=00:05")
    file.write_text(f"<osm version='0.6'>{NODES}{ferry}{ROUND}</osm>", encoding="utf-8")
    network = compile_network(read(file), built=BUILT)
    foot = profile_called("foot")
    priced = price(network, foot, avoid=frozenset({"ferry"}))
    path = shortest(priced, snap(network, A, foot), snap(network, B, foot))
    assert path is not None
    assert path.length_m == pytest.approx(DETOUR_M, abs=2)


@pytest.mark.parametrize("aside_m", [4, 8, 12, 16])
def test_a_crossing_set_back_is_no_turn(aside_m: float, tmp_path: File) -> None:
    """A pavement that swings aside to cross a street goes straight on."""
    north = 50.43 + aside_m / 111_195
    aside = node(40, 2.8308, 50.43) + node(41, 2.8309, north) + node(42, 2.831, north)
    aside += node(43, 2.8311, north) + node(44, 2.8312, 50.43)
    street = node(45, 2.831, 50.428) + node(46, 2.831, 50.432)
    ways = way(40, [1, 40], "highway=footway|footway=sidewalk")
    ways += way(41, [40, 41], "highway=footway|footway=sidewalk")
    ways += way(42, [41, 42, 43], "highway=footway|footway=crossing")
    ways += way(43, [43, 44], "highway=footway|footway=sidewalk")
    ways += way(44, [44, 3], "highway=footway|footway=sidewalk")
    ways += way(45, [45, 42, 46], "highway=residential|name=Rue Nord")
    assert told(tmp_path, aside + street + ways, "foot") == [
        "Head east on Rue Ouest",
        "Continue onto the footpath",
        "Continue onto Rue Est",
        "Arrive at B",
    ]


#: The small files of the shared cases, and how long their walk is.
SHARED_CASES = {
    "control_footway": SHORT_M,
    "access_private_foot_yes": SHORT_M,
    "trunk_foot_yes": SHORT_M,
    "platform": SHORT_M,
    "sidewalk_left_separate_right_yes": SHORT_M,
    "square_area_yes": SHORT_M,
    "access_no": DETOUR_M,
    "gate_private": DETOUR_M,
    "oneway_foot_against": DETOUR_M,
    "way_opening_hours": DETOUR_M,
}


@pytest.mark.shared
@pytest.mark.parametrize("case", SHARED_CASES)
def test_shared_cases(case: str, shared: File) -> None:
    """The walk of each file is as long as its README says."""
    network = compile_network(read(shared / "cases" / "osm" / f"{case}.osm"), built=BUILT)
    foot = profile_called("foot")
    ends = (snap(network, A, foot), snap(network, B, foot))
    path = shortest_at(price(network, foot), *ends, JUNE)
    assert path is not None
    assert path.length_m == pytest.approx(SHARED_CASES[case], abs=16)


@pytest.mark.shared
def test_across_the_180th_meridian(shared: File) -> None:
    """Streets that cross where longitudes jump are walked straight on."""
    network = compile_network(read(shared / "cases" / "osm" / "antimeridian.osm"), built=BUILT)
    foot = profile_called("foot")
    ends = [snap(network, Point(lon, -16.8), foot) for lon in (179.997, -179.997)]
    path = shortest(price(network, foot), *ends)
    assert path is not None
    assert path.length_m == pytest.approx(0.006 * 111_195 * 0.9573, abs=1)
