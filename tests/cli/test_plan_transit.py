"""``plan --mode transit``: days with trains and buses."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.support import schemas
from tests.support.bus import FAR, install_bus
from tests.support.program import run

from lens_routes.files.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2025-03-03T07:30"
#: Of one theme and of no other, so that the tests are quick.
ASK = [
    "plan", "--mode", "transit", "--date", "2025-03-05",
    "--must", FAR, "--theme", "sport", "--only",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LENS_ROUTES_NOW", NOW)


def know_few_places(home: Path) -> None:
    """Set a catalogue of the places that matter here: journeys are worked out between all."""
    document = json.loads(shipped("places.geojson").read_bytes())
    kept = {FAR, document["lens_routes"]["default_start"]}
    document["features"] = [
        feature
        for feature in document["features"]
        if feature["id"] in kept or "sport" in feature["properties"]["themes"]
    ]
    (home / "few.geojson").write_text(json.dumps(document), encoding="utf-8")
    (home / "config.toml").write_text(f'[all]\nplaces = "{home / "few.geojson"}"\n')


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install a bus that goes there at 10:10, 11:10 and 12:10 and back at 14:30 and 15:30.

    The journeys of the day asked for are worked out once, for all tests.
    """
    folder = tmp_path_factory.mktemp("bus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LENS_ROUTES_HOME", str(folder / "home"))
        patch.setenv("LENS_ROUTES_CONFIG", str(folder / "home" / "config.toml"))
        patch.setenv("LENS_ROUTES_NOW", NOW)
        install_bus(folder)
        know_few_places(folder / "home")
        assert run(*ASK).code == 0
    return folder / "home"


@pytest.fixture
def bus(prepared: Path, home: Path) -> None:
    """Give a bus whose journeys of the day are known."""
    shutil.copytree(prepared, home, dirs_exist_ok=True)


def _planned(*options: str) -> dict[str, Any]:
    result = run(*ASK, "--json", *options)
    assert result.code == 0, result.err
    document: dict[str, Any] = result.document
    schemas.assert_valid(document)
    return document


@pytest.mark.usefixtures("bus")
def test_a_day_by_bus_follows_the_contract(tmp_path: Path) -> None:
    """What no walk reaches is reached by bus, to the minute; the checker and the schema agree."""
    document = _planned("--save", str(tmp_path / "day.json"))
    (day,) = document["days"]
    rides = [ride for leg in day["legs"] for ride in leg["rides"]]
    assert {ride["from_stop"] for ride in rides} >= {"Stop A", "Stop C"}
    wanted = {"line", "headsign", "from_stop", "to_stop", "depart", "arrive", "trip_id", "feed"}
    assert all(wanted <= ride.keys() for ride in rides)
    lasting = sum(
        (
            dt.datetime.fromisoformat(r["arrive"]) - dt.datetime.fromisoformat(r["depart"])
        ).total_seconds()
        for r in rides
    )
    assert day["totals"]["ride_s"] == lasting
    walked = sum(leg["distance_m"] for leg in day["legs"])
    assert day["totals"]["walk_m"] == pytest.approx(walked, abs=1)
    assert walked < 12_000
    assert day["end"]["time"] <= "2025-03-05T16:00:00+01:00"
    for stop, leg in zip(day["stops"], day["legs"][1:], strict=True):
        assert leg["depart"] >= stop["leave"]
    out = next(ride for ride in rides if ride["trip_id"].startswith("r"))
    assert out["last"]["depart"].startswith("2025-03-05T15:30")
    assert run("check", tmp_path / "day.json").code == 0


@pytest.mark.usefixtures("bus")
def test_it_is_printed_and_exported(tmp_path: Path) -> None:
    """Lines, stops and times are printed, also the last way back; every format takes the plan."""
    result = run(*ASK, "--save", tmp_path / "day.json")
    assert "bus 1" in result.out
    assert "Stop A" in result.out
    assert "last at 15:30" in result.out or "the last of the day" in result.out
    for form in ("geojson", "kml", "ics", "csv", "markdown"):
        exported = run("export", tmp_path / "day.json", "--to", form, "--output", "-")
        assert exported.code == 0, exported.err
    # Its walks have no line on the map without the streets.
    assert run("export", tmp_path / "day.json", "--to", "gpx", "--output", "-").code == 6


@pytest.mark.usefixtures("bus")
def test_nobody_is_stranded() -> None:
    """Where the last way back is before the visit could end, the place cannot be a must."""
    error = run(*ASK, "--at", "15:00", "--for", "3h", "--json").error
    assert error["code"] == 5


@pytest.mark.usefixtures("bus")
def test_the_checker_sees_a_missed_bus(tmp_path: Path) -> None:
    """A ride that leaves before one is there, and a walk too short for its time, are faults."""
    document = _planned()
    legs = document["days"][0]["legs"]
    number = next(i for i, leg in enumerate(legs) if leg["rides"])
    ride = legs[number]["rides"][0]
    ride["depart"] = "2025-03-05T09:00:00+01:00"
    path = tmp_path / "day.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    error = run("check", path, "--json").error
    assert any(f"legs[{number}].rides[0].depart" in item["where"] for item in error["details"])


def test_a_bus_on_another_clock(tmp_path: Path, home: Path) -> None:
    """Where the timetable's time zone is not the catalogue's, instants are compared, not texts."""
    install_bus(tmp_path, "Europe/London")
    know_few_places(home)
    document = _planned("--for", "8h", "--save", str(tmp_path / "day.json"))
    rides = [ride for leg in document["days"][0]["legs"] for ride in leg["rides"]]
    departs = {dt.datetime.fromisoformat(ride["depart"]).astimezone(dt.UTC) for ride in rides}
    assert all(depart.minute in (10, 30) for depart in departs)
    assert departs
    assert run("check", tmp_path / "day.json").code == 0


def test_without_a_timetable() -> None:
    """No timetable: exit 6, and the command that installs one."""
    error = run(*ASK, "--json").error
    assert error["code"] == 6
    assert "transit add" in error["hint"]


@pytest.mark.usefixtures("bus")
def test_a_date_outside_every_timetable() -> None:
    """A date no timetable covers: exit 6, and the dates they cover."""
    error = run("plan", "--mode", "transit", "--date", "2025-05-01", "--json").error
    assert error["code"] == 6
    assert "2025-03-01 to 2025-03-31" in error["message"]


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize(
    "options",
    [
        ["--mode", "broomstick"],
        ["--mode", "walk", "--prefer", "earlier"],
        ["--mode", "transit", "--prefer", "cheaper"],
        ["--mode", "transit", "--avoid-mode", "broomstick"],
        ["--mode", "transit", "--min-transfer", "soon"],
    ],
)
def test_what_cannot_be_asked(options: list[str]) -> None:
    """An unknown mode or wish, and a wish about rides for a tour on foot: exit 2."""
    assert run("plan", "--date", "2025-03-05", *options, "--json").error["code"] == 2


@pytest.mark.usefixtures("bus")
def test_what_is_wished_is_kept_in_the_plan() -> None:
    """Every wish is part of the request, and a means of transport avoided is not taken."""
    wishes = ["--max-rides", "2", "--max-transfers", "0", "--min-transfer", "5min"]
    document = _planned(*wishes, "--prefer", "less-walking", "--avoid-mode", "tram")
    request = document["request"]
    assert (request["max_rides"], request["max_transfers"]) == (2, 0)
    assert request["min_transfer_minutes"] == 5
    assert (request["prefer"], request["avoid_modes"]) == ("less-walking", ["tram"])
    assert run(*ASK, "--avoid-mode", "bus", "--json").error["code"] == 5


@pytest.mark.usefixtures("bus")
def test_the_emissions_of_the_day_and_of_a_car() -> None:
    """The rides of a bus by ADEME's factor along its stops; a car on the same ways; under --why."""
    (day,) = _planned()["days"]
    rides = [ride for leg in day["legs"] for ride in leg["rides"]]
    ridden_km = sum(ride["length_m"] for ride in rides) / 1000
    assert 35 < ridden_km < 45
    assert day["totals"]["co2_g"] == pytest.approx(113.2 * ridden_km, rel=1e-3)
    driven_km = sum(leg["direct_m"] for leg in day["legs"] if leg["rides"]) / 1000
    assert driven_km > ridden_km
    assert day["totals"]["car_co2_g"] == pytest.approx(217.6 * driven_km, rel=1e-3)
    assert "CO2 of the rides 4." in run(*ASK, "--why").out


@pytest.mark.usefixtures("bus")
def test_emissions_are_left_out_where_nobody_gives_figures(home: Path) -> None:
    """The factors are those of France: elsewhere neither figures nor their source are told."""
    places = home / "few.geojson"
    document = json.loads(places.read_text(encoding="utf-8"))
    document["lens_routes"] |= {"country": "BE", "region": "", "school_zone": ""}
    places.write_text(json.dumps(document), encoding="utf-8")
    plan = _planned("--places", str(places))
    assert {"co2_g", "car_co2_g"}.isdisjoint(plan["days"][0]["totals"])
    assert "ADEME" not in json.dumps(plan)
    assert "CO2" not in run(*ASK, "--why", "--places", places).out


@pytest.mark.usefixtures("bus")
def test_nobody_waits_at_a_stop_who_could_stay() -> None:
    """The day begins when one has to leave; the wait for a bus is spent at the visit, and said."""
    (day,) = _planned()["days"]
    assert day["start"]["time"] == day["legs"][0]["depart"]
    spared = 0
    for stop, leg in zip(day["stops"], day["legs"][1:], strict=True):
        if leg["rides"] and stop["leave"] < leg["depart"]:
            spared += any(leg["depart"][11:16] in note for note in stop["notes"])
    assert spared


@pytest.mark.usefixtures("bus")
def test_a_relaxed_day_may_miss_a_bus() -> None:
    """Who is late by the margin still catches the bus or has a later one; else there is no plan."""
    document = _planned("--relaxed", "--for", "7h")
    assert document["request"]["margin_minutes"] == 15
    (day,) = document["days"]
    leaves = [day["start"]["time"], *(stop["leave"] for stop in day["stops"])]
    for leave, leg in zip(leaves, day["legs"], strict=True):
        late = dt.datetime.fromisoformat(leave) + dt.timedelta(minutes=15)
        if leg["rides"] and late > dt.datetime.fromisoformat(leg["depart"]):
            assert all(ride["next"] for ride in leg["rides"])
    # The last bus back is the only one in time: whoever misses it is stranded.
    error = run(*ASK, "--relaxed", "--at", "13:30", "--for", "3h", "--json").error
    assert error["code"] == 5


def test_the_journeys_of_a_day_are_kept(home: Path, tmp_path: Path) -> None:
    """The second plan of a day reads them, and is the same; a damaged file is made again."""
    install_bus(tmp_path)
    know_few_places(home)
    first = run(*ASK, "--json")
    (kept,) = (home / "transit" / "journeys").glob("2025-03-05-*")
    written = kept.stat().st_mtime_ns
    assert run(*ASK, "--json").stdout == first.stdout
    assert kept.stat().st_mtime_ns == written
    kept.write_bytes(kept.read_bytes()[:-1])
    again = run(*ASK, "--json")
    assert again.stdout == first.stdout
    assert "made again" in again.err
    assert run(*ASK, "--pace", "slow", "--json").code == 0
    assert len(list(kept.parent.iterdir())) == 2


@pytest.mark.usefixtures("bus")
def test_the_checker_looks_rides_up(tmp_path: Path) -> None:
    """A bus that the timetable does not know is a fault; without the timetable, it is said so."""
    path = tmp_path / "day.json"
    document = _planned("--save", path)
    legs = document["days"][0]["legs"]
    number = next(i for i, leg in enumerate(legs) if leg["rides"])
    legs[number]["rides"][0]["trip_id"] = "o99"
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(document), encoding="utf-8")
    error = run("check", forged, "--json").error
    assert any("o99" in item["problem"] for item in error["details"])
    assert run("transit", "remove", "bus").code == 0
    result = run("check", path)
    assert result.code == 0
    assert "bus" in result.err
