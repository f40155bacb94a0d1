"""Days by a vehicle of one's own: it stands where one left it, and one walks to it."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.fuzz import material
from tests.support import world
from tests.support.program import run

from lens_routes.catalogue.load import load
from lens_routes.errors import InfeasibleError, UsageError
from lens_routes.geo import distance_m
from lens_routes.judge.judge import judge
from lens_routes.plan.document import read, to_document
from lens_routes.plan.grade import Grade
from lens_routes.plan.waypoint import Waypoint
from lens_routes.planning.plan_tour import plan_tour
from lens_routes.planning.request import Request
from lens_routes.planning.supplies import Supplies
from lens_routes.streets.network import store
from lens_routes.streets.profiles.stress import stress_of
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.travel.foot.walk import DetourFit, Walk
from lens_routes.travel.tables import table as tables
from lens_routes.travel.tables.pairs import FIGURES, Pairs
from lens_routes.travel.tables.spot import Spot
from lens_routes.travel.tables.table import WayTable
from lens_routes.travel.vehicles.driving import Driving
from lens_routes.travel.vehicles.vehicle import VEHICLES
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import Town

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.plan import Plan

FIT = DetourFit(1.3, 0.1, 0.2, 100)
#: The church and the memorial share a spot; uphill one is slower than down.
SHARED = {"eglise": "monument"}
NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    path: Path = tmp_path_factory.mktemp("vehicle") / "places.geojson"
    path.write_text(json.dumps(world.catalogue()), encoding="utf-8")
    return load(path)


def table(catalogue: Catalogue, mode: str, kmh: float) -> WayTable:
    points = {place.id: place.point for place in catalogue.places}
    spots = {
        name: Spot(other, points[other], Walk(distance_m(point, points[other]) * 1.1, Grade.TABLE))
        if (other := SHARED.get(name))
        else Spot(name, point, Walk(60.0, Grade.TABLE))
        for name, point in points.items()
    }
    names = sorted({spot.name for spot in spots.values()})
    rows = [
        (a, b, (length_m, 0.0, 0.0, length_m / kmh * 3.6 * (1.0 if a < b else 0.9)))
        for a in names
        for b in names
        if a != b
        for length_m in [1.2 * distance_m(points[a], points[b])]
    ]
    about = ("p 1", "2026-11-25", "map", "2026-01-01")
    return WayTable(points, Pairs.pack(names, rows, FIGURES), FIT, *about, mode, spots, kmh)


def by(catalogue: Catalogue, mode: str, **asked: Any) -> Plan:
    """Return a day by a vehicle, which the checker accepts."""
    start = catalogue.by_id["gare"]
    gare = Waypoint(start.name, start.lon, start.lat, start.id)
    known = {
        "start": gare,
        "end": gare,
        "date": dt.date(2026, 11, 25),
        "at": dt.time(10),
        "minutes": 360,
        "pace_kmh": 4.5,
    }
    request = Request(**{**known, "mode": mode, **asked})
    ways = table(catalogue, mode, {"bike": 16.0, "car": 30.0}[mode])
    walking = Walking(None, (), FIT)
    driving = Driving(VEHICLES[mode], walking, (ways,), FIT, ways.speed_kmh)
    supplies = Supplies(
        catalogue, walking, NOW, lambda: MaxIterations(50), driving=lambda _mode, _stress: driving
    )
    plan = plan_tour(request, supplies)
    assert judge(to_document(plan), catalogue) == []
    return plan


@pytest.mark.parametrize("mode", ["bike", "car"])
def test_the_vehicle_is_where_it_was_left(catalogue: Catalogue, mode: str) -> None:
    """Each ride begins where the one before ended, and every leg is walk, ride, walk at most."""
    day = by(catalogue, mode).days[0]
    rides = [part for leg in day.legs for part in leg.parts if part.mode == mode]
    assert len(rides) > 2
    assert all(a.spots[1] == b.spots[0] for a, b in pairwise(rides))
    for leg in day.legs:
        modes = [part.mode for part in leg.parts]
        assert modes in ([], ["walk", mode, "walk"])
        assert all(a.arrive == b.depart for a, b in pairwise(leg.parts))
    assert all(ride.handling_s == VEHICLES[mode].handling_s for ride in rides)
    assert day.totals.ride_m == pytest.approx(sum(ride.distance_m for ride in rides))


def test_places_that_share_a_spot_are_walked_between(catalogue: Catalogue) -> None:
    """Between the church and the memorial nobody unlocks a bike."""
    plan = by(catalogue, "bike", only=("eglise", "monument"))
    between = plan.days[0].legs[1]
    assert (between.mode, between.parts) == ("walk", ())
    assert all(leg.mode == "bike" for leg in plan.days[0].legs[::2])


def test_there_and_back_take_their_own_time(catalogue: Catalogue) -> None:
    """Who rides down in nine minutes what takes ten up arrives when the way says so."""
    day = by(catalogue, "bike", only=("musee",)).days[0]
    there, back = (leg.parts[1] for leg in day.legs)
    handling_s = VEHICLES["bike"].handling_s
    assert there.distance_m == back.distance_m
    assert back.duration_s - handling_s == pytest.approx(
        0.9 * (there.duration_s - handling_s), abs=1
    )


def test_a_limit_on_rides_is_kept(catalogue: Catalogue) -> None:
    """``--max-ride`` counts what is ridden; what is left out for it says so."""
    free = by(catalogue, "bike")
    ridden_m = free.days[0].totals.ride_m
    assert ridden_m
    short = by(catalogue, "bike", max_ride_m=ridden_m / 2)
    assert (short.days[0].totals.ride_m or 0) <= ridden_m / 2
    assert len(short.days[0].stops) < len(free.days[0].stops)


def test_a_slower_bike_takes_longer(catalogue: Catalogue) -> None:
    """At two thirds of the usual speed the same way takes half as long again."""
    usual, slow = (
        by(catalogue, "bike", only=("musee",), **speed).days[0].legs[0].parts[1]
        for speed in ({}, {"speed_kmh": 12.0})
    )
    handling_s = VEHICLES["bike"].handling_s
    assert slow.duration_s - handling_s == pytest.approx(
        1.5 * (usual.duration_s - handling_s), abs=1
    )


@pytest.mark.parametrize("mode", ["bike", "car"])
def test_a_plan_names_the_tables_it_used(catalogue: Catalogue, mode: str) -> None:
    """Of ways the table of the vehicle is named, and what emits; of walks nothing is known."""
    named = [item.data for item in by(catalogue, mode, only=("musee",)).provenance]
    table_of = {"bike": "cycling distances", "car": "driving distances"}
    assert named == ["places", table_of[mode], "emissions"]


@pytest.mark.usefixtures("nine_o_clock")
def test_on_a_map_of_footways_alone_a_day_on_foot_has_a_hint_less(tmp_path: Path) -> None:
    """A bicycle is only pushed there, and nobody drives: that is said of a day by car only."""
    path = tmp_path / "graph.graphml"
    path.write_text(material.GRAPHML, encoding="utf-8")
    assert run("streets", "import", path).code == 0
    assert [run("plan", "--for", "2h", *mode).code for mode in ((), ("--mode", "bike"))] == [0, 0]
    assert (
        "no way that may be used so"
        in run("route", "50.43,2.79", "50.431,2.791", "--mode", "car").err
    )


@pytest.mark.usefixtures("streets", "nine_o_clock")
@pytest.mark.parametrize("mode", ["bike", "car"])
def test_rides_are_traced_through_the_streets(town: Town, mode: str, tmp_path: Path) -> None:
    """Each part has its line and its directions; the ways are told by what they are like."""
    saved = tmp_path / "day.json"
    result = run("plan", "--places", town.catalogue, "--mode", mode, "--save", saved, "--json")
    rides = [part for leg in read(saved).days[0].legs for part in leg.parts if part.mode == mode]
    assert rides
    for ride in rides:
        assert ride.source is Grade.STREETS
        assert ride.steps
        assert ride.surface
        assert sum(ride.surface.values()) == pytest.approx(ride.distance_m, abs=0.5)
        line = ride.geometry or ()
        drawn_m = sum(distance_m(a, b) for a, b in pairwise(line))
        assert drawn_m == pytest.approx(ride.distance_m, abs=2 + 0.01 * ride.distance_m)
        for end, spot in ((line[0], ride.spots[0]), (line[-1], ride.spots[1])):
            assert distance_m(end, spot) < 1
    assert "streets" in [item["data"] for item in result.document["provenance"]]


@pytest.mark.usefixtures("streets", "nine_o_clock")
@pytest.mark.parametrize("mode", ["vélo", "car"])
def test_a_table_is_made_of_the_streets_and_read_again(
    town: Town, mode: str, tmp_path: Path
) -> None:
    """``streets table --mode`` writes what the program reads: spots, and ways there and back."""
    path = tmp_path / "ways.csv"
    made = run("streets", "table", "--places", town.catalogue, "--mode", mode, "--output", path)
    assert made.code == 0
    ways = tables.load(path)
    assert tables.dumps(ways) == path.read_text(encoding="utf-8")
    assert set(ways.spots) == set(ways.points)
    assert {spot.name for spot in ways.spots.values()} == set(ways.walks.names)
    for a, b, (length_m, _, _, seconds) in ways.walks.rows():
        straight_m = distance_m(ways.spots[a].point, ways.spots[b].point)
        assert length_m >= straight_m - 1
        assert 0 < seconds < 3600


def test_a_table_of_rides_in_trains_is_refused(town: Town) -> None:
    """Only walks and ways by one's own vehicle are the same every day."""
    refused = run("streets", "table", "--places", town.catalogue, "--mode", "transit")
    assert refused.code == 2


@pytest.mark.usefixtures("streets", "nine_o_clock")
def test_calm_ways_are_kept_to(town: Town, tmp_path: Path) -> None:
    """With ``--stress 1`` nobody cycles along the Avenue de la Gare, nor the Rue Basse."""
    saved = tmp_path / "day.json"
    run("plan", "--places", town.catalogue, "--mode", "bike", "--stress", "1", "--save", saved)
    rides = [part for leg in read(saved).days[0].legs for part in leg.parts if part.ride_m]
    assert rides
    streets = {step.street for ride in rides for step in ride.steps if step.distance_m > 1}
    assert not streets & {"Avenue de la Gare", "Rue Basse"}


@pytest.mark.usefixtures("nine_o_clock")
def test_calm_ways_need_the_streets(town: Town) -> None:
    """A table does not know how busy its ways are."""
    asked = ("plan", "--places", town.catalogue, "--mode", "bike", "--stress", "2")
    assert run(*asked).code == 6


@pytest.mark.parametrize(
    ("tags", "level"),
    [
        ({"highway": "cycleway"}, 1),
        ({"highway": "residential"}, 1),
        ({"highway": "tertiary", "cycleway": "lane", "maxspeed": "50"}, 2),
        ({"highway": "tertiary"}, 2),
        ({"highway": "secondary", "maxspeed": "30"}, 2),
        ({"highway": "secondary", "maxspeed": "50", "cycleway:right": "track"}, 3),
        ({"highway": "primary"}, 4),
        ({"highway": "secondary", "maxspeed": "30", "lanes": "4"}, 4),
        ({"highway": "primary", "lts": "1"}, 1),
    ],
)
def test_levels_of_traffic_stress(tags: Mapping[str, str], level: int) -> None:
    """The levels are R5's, but that a main road without a limit is not taken for slow."""
    assert stress_of(tags) == level


@pytest.mark.usefixtures("nine_o_clock")
def test_a_day_on_foot_knows_the_bike() -> None:
    """How much that is too far on foot fits by bike is said; it was computed."""
    asked = ("--theme", "culture", "--date", "2026-12-02")
    hints = run("plan", *asked, "--json").document["hints"]
    assert any("by bike" in hint["text"] for hint in hints)
    far = run("plan", *asked, "--mode", "bike", "--json").document["left_out"]
    assert "too-far" not in {item["obstacle"] for item in far}


@pytest.mark.usefixtures("streets", "nine_o_clock")
def test_only_the_ways_asked_for_are_searched(town: Town) -> None:
    """From one spot to all others and back there is one row, measured; the rest stays a guess."""
    network = store.load(town.streets / "network.lrn")
    walking = Walking(network, (), FIT)
    driving = Driving(VEHICLES["bike"], walking, (), FIT, 15.0)
    places = load(town.catalogue).places
    spots = driving.spots([Waypoint(p.name, *p.point, p.id) for p in places])
    row, table = driving.drives(spots, origins=1), driving.drives(spots)
    for other in range(1, len(spots)):
        assert row[0, other] == table[0, other]
        assert row[other, 0].grade is Grade.TABLE
    assert row[1, 2].grade is Grade.ESTIMATE


def test_more_is_near_by_bike(town: Town) -> None:
    """Within five minutes one gets farther by bike than on foot."""
    on_foot, by_bike = (
        {
            near["place"]
            for near in run(
                "nearby",
                "gare",
                "--within",
                "8min",
                "--mode",
                mode,
                "--places",
                town.catalogue,
                "--json",
            ).document["places"]
        }
        for mode in ("walk", "bike")
    )
    assert on_foot < by_bike
    assert run("nearby", "gare", "--mode", "transit", "--places", town.catalogue).code == 2


@pytest.mark.usefixtures("nine_o_clock")
def test_streets_of_another_town_are_not_named(shared: Path) -> None:
    """A plan on the shipped table says so, whatever streets lie on this machine beside it."""
    assert run("streets", "import", shared / "cases/osm/antimeridian.osm").code == 0
    document = run("plan", "--for", "3h", "--json").document
    assert [item["data"] for item in document["provenance"]] == ["places", "walking distances"]


@pytest.mark.parametrize(
    "asked",
    [
        {"mode": "walk", "max_ride_m": 1000.0},
        {"mode": "car", "speed_kmh": 12.0},
        {"mode": "bike", "speed_kmh": 60.0},
        {"mode": "bike", "stress": 5},
        {"mode": "bike", "max_ride_m": 9000.0, "max_walk_m": 9000.0},
        {"mode": "bike", "max_rides": 2},
    ],
)
def test_what_makes_no_sense_is_refused(catalogue: Catalogue, asked: Mapping[str, Any]) -> None:
    """An option of other ways to travel, or a figure nobody cycles, is a usage error."""
    with pytest.raises(UsageError):
        by(catalogue, **{"mode": "bike", **asked})


def _changes(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return documents that are wrong in one thing each, with what it is."""
    found = []
    for name, change in {
        "left elsewhere": lambda ride: ride["spots"][0].__setitem__(0, ride["spots"][0][0] + 0.01),
        "no spot": lambda ride: ride.pop("spots"),
        "no time to park": lambda ride: ride.__setitem__("handling_s", 0),
        "too short": lambda ride: ride.__setitem__("distance_m", 10.0),
        "another vehicle": lambda ride: ride.__setitem__("mode", "car"),
        "later": lambda ride: ride.__setitem__("depart", ride["arrive"]),
    }.items():
        wrong = copy.deepcopy(document)
        leg = next(leg for leg in wrong["days"][0]["legs"] if leg["mode"] == "bike")
        change(next(part for part in leg["parts"] if part["mode"] == "bike"))
        found.append((name, wrong))
    return found


def test_the_checker_finds_what_is_wrong_with_rides(catalogue: Catalogue) -> None:
    """Each thing that cannot be is a fault: where the vehicle stands, how far, how fast."""
    document = json.loads(json.dumps(to_document(by(catalogue, "bike"))))
    assert judge(document, catalogue) == []
    for name, wrong in _changes(document):
        assert judge(wrong, catalogue), name


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(
    minutes=st.integers(60, 480),
    mode=st.sampled_from(["bike", "car"]),
    loop=st.booleans(),
    most_km=st.none() | st.floats(1.0, 20.0),
)
def test_any_day_by_a_vehicle_keeps_the_rules(
    catalogue: Catalogue, minutes: int, mode: str, loop: bool, most_km: float | None
) -> None:
    """Whatever is asked, the plan is one that the checker accepts, if there is any."""
    asked: dict[str, Any] = {"minutes": minutes}
    if not loop:
        asked["end"] = None
    if most_km is not None:
        asked["max_ride_m"] = 1000 * most_km
    with contextlib.suppress(InfeasibleError):
        by(catalogue, mode, **asked)
