from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.support import schemas
from tests.support.program import run
from tests.timetable.small_feeds import TABLES, calls, trips, write
from tests.timetable.test_download import packed, serving

from lens_routes.files import territory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = "2025-03-03T07:30"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LENS_ROUTES_NOW", NOW)


def add(folder: Path, changes: Mapping[str, str | None] | None = None, name: str = "bus") -> Path:
    """Install a small feed and return where it lies."""
    path = write(folder / name, dict(changes or {}))
    assert run("transit", "add", path, "--name", name).code == 0
    return path


def test_add_tells_what_it_found(tmp_path: Path) -> None:
    """Adding a feed tells its days, size and faults; so does info."""
    path = write(tmp_path / "feed", {"trips.txt": TABLES["trips.txt"] + "9,daily,t9,X\n"})
    answer = run("transit", "add", path, "--name", "bus", "--json").document
    schemas.assert_valid(answer)
    (document,) = answer["feeds"]
    assert (document["first_day"], document["last_day"]) == ("2025-03-01", "2025-03-31")
    (fault,) = document["faults"]
    assert (fault["file"], fault["count"]) == ("trips.txt", 1)
    assert document["mended"][0]["line"] == 3
    (info,) = run("transit", "info", "bus", "--json").document["feeds"]
    assert info["services"]["2025-03-03"] == 1
    assert "route_id '9'" in run("transit", "info").out


def test_list_and_remove(tmp_path: Path) -> None:
    """What is installed is listed beside what is known by name, and can be removed."""
    add(tmp_path)
    listed = run("transit", "list", "--json").document
    schemas.assert_valid(listed)
    assert [feed["name"] for feed in listed["feeds"]] == ["bus"]
    assert "tadao" in {feed["name"] for feed in listed["known"]}
    assert "bus" in run("transit", "list").out
    removed = run("transit", "remove", "bus", "--json").document
    schemas.assert_valid(removed)
    assert removed["removed"]
    assert run("transit", "list", "--json").document["feeds"] == []


@pytest.mark.parametrize(
    "command", [["info"], ["update"], ["departures", "A"], ["journey", "A", "C"]]
)
def test_nothing_installed(command: list[str]) -> None:
    """Without a timetable the commands that need one name the command that installs it."""
    error = run("transit", *command, "--json").error
    assert error["code"] == 6
    assert "lens-routes transit add" in error["hint"]


def test_what_cannot_be_added(tmp_path: Path) -> None:
    """An unknown name offers the known ones; a broken feed leaves the installed one."""
    error = run("transit", "add", "tdao", "--json").error
    assert (error["code"], "tadao" in error["hint"]) == (4, True)
    add(tmp_path)
    bad = write(tmp_path / "bad", {"stops.txt": "stop_name\nx\n"})
    error = run("transit", "add", bad, "--name", "bus", "--json").error
    assert error["code"] == 3
    assert error["details"][0] == {
        "file": "stops.txt",
        "line": 1,
        "reason": "the column stop_id is missing",
    }
    assert run("transit", "info", "bus").code == 0
    assert run("transit", "add", bad, "--name", "No Name", "--json").error["code"] == 2


def test_a_box_keeps_only_what_touches_it(tmp_path: Path) -> None:
    """With --bbox, trips elsewhere go; a box of nothing refuses the feed."""
    path = write(
        tmp_path / "feed",
        {
            "trips.txt": trips("t1", "t2"),
            "stop_times.txt": calls("t1 A 8:00 B 8:10", "t2 D 8:00 E 8:10"),
        },
    )
    box = "--bbox=2.79,50.4,2.81,50.5"
    (document,) = run("transit", "add", path, "--name", "bus", box, "--json").document["feeds"]
    assert (document["trips"], document["stops"]) == (1, 2)
    error = run("transit", "add", path, "--name", "bus", "--bbox=0,0,1,1", "--json").error
    assert error["code"] == 3


def test_departures(tmp_path: Path) -> None:
    """The board lists what leaves a stop from a time on, with line, direction and time."""
    add(tmp_path)
    document = run("transit", "departures", "stop b", "--at", "8:00", "--json").document
    schemas.assert_valid(document)
    assert document["stop"] == "Stop B"
    first = document["departures"][0]
    assert (first["line"], first["headsign"]) == ("1", "Stop E")
    assert first["depart"] == "2025-03-03T08:11:00+01:00"
    shown = run("transit", "departures", "B", "--date", "2025-03-04").out
    assert "08:11  bus 1 to Stop C (Stop E)" in shown


def test_the_same_train_in_two_feeds_is_shown_once(tmp_path: Path) -> None:
    """Two feeds that hold the same trip give one departure and one journey."""
    add(tmp_path)
    add(tmp_path, name="copy")
    board = run("transit", "departures", "Stop A", "--at", "7:30", "--count", 5, "--json").document
    assert len(board["departures"]) == 1
    journeys = run("transit", "journey", "Stop A", "Stop C", "--depart", "7:30", "--json").document
    assert len([one for one in journeys["journeys"] if one["rides"]]) == 1


@pytest.mark.parametrize(
    ("words", "code"), [("Stop", 4), ("Nowhere At All", 4), ("stop é", 0), ("bus:A", 0)]
)
def test_stops_by_name(tmp_path: Path, words: str, code: int) -> None:
    """Accents and case do not matter; several places, or none, are exit code 4 with candidates."""
    add(tmp_path)
    result = run("transit", "departures", words, "--json")
    assert result.code == code
    if code:
        assert result.error["hint"]


def test_journeys_follow_the_contract(tmp_path: Path) -> None:
    """``lens-routes/journeys/1``: times with offset, rides, metres walked, legs and rides."""
    add(tmp_path)
    document = run(
        "transit", "journey", "A", "C", "--depart", "2025-03-03T07:45", "--json"
    ).document
    assert document["schema"] == "lens-routes/journeys/1"
    schemas.assert_valid(document)
    by_bus, on_foot = document["journeys"]
    assert (by_bus["rides"], by_bus["depart"]) == (1, "2025-03-03T08:00:00+01:00")
    assert (by_bus["arrive"], by_bus["walk_m"]) == ("2025-03-03T08:20:00+01:00", 0)
    (leg,) = by_bus["legs"]
    assert leg["mode"] == "transit"
    wanted = {"line", "headsign", "from_stop", "to_stop", "depart", "arrive", "trip_id", "feed"}
    assert wanted <= leg["rides"][0].keys()
    assert (on_foot["rides"], on_foot["legs"][0]["mode"]) == (0, "walk")


def test_door_to_door(tmp_path: Path) -> None:
    """From a point to a point: walk, ride, walk, each beginning after the one before ended."""
    add(tmp_path)
    result = run(
        "transit", "journey", "50.4300,2.7990", "50.4300,2.8290", "--depart", "7:30", "--json"
    )
    one = next(one for one in result.document["journeys"] if one["rides"])
    assert [leg["mode"] for leg in one["legs"]] == ["walk", "transit", "walk"]
    legs = one["legs"]
    assert all(a["arrive"] <= b["depart"] for a, b in pairwise(legs))
    assert one["depart"] == legs[0]["depart"]
    assert one["walk_m"] == pytest.approx(legs[0]["distance_m"] + legs[2]["distance_m"], abs=0.2)
    text = run("transit", "journey", "50.4300,2.7990", "50.4300,2.8290", "--depart", "7:30").out
    assert "bus 1 towards Stop E" in text
    assert "walk" in text


def test_arrive_by_and_window(tmp_path: Path) -> None:
    """--arrive gives the last that is there in time, --window all that leave within it."""
    rows = [f"t{n} A 8:{n}0 C 8:{n}5" for n in range(5)]
    add(
        tmp_path, {"trips.txt": trips(*(f"t{n}" for n in range(5))), "stop_times.txt": calls(*rows)}
    )

    def leaves(*options: str) -> list[str]:
        document = run("transit", "journey", "A", "C", *options, "--json").document
        return [one["depart"][11:16] for one in document["journeys"] if one["rides"]]

    assert leaves("--arrive", "8:30") == ["08:20"]
    assert leaves("--depart", "8:05", "--window", "30min") == ["08:10", "08:20", "08:30"]
    assert leaves("--depart", "8:05") == ["08:10"]


def test_dates_without_service(tmp_path: Path) -> None:
    """A date outside the feed: exit 6 and its days; a day without service: 5 and the next one."""
    weekdays = TABLES["calendar.txt"].replace("1,1,1,1,1,1,1", "1,1,1,1,1,0,0")
    add(tmp_path, {"calendar.txt": weekdays})
    for command in (["departures", "A", "--date"], ["journey", "A", "C", "--depart"]):
        error = run("transit", *command, "2025-05-01", "--json").error
        assert error["code"] == 6
        assert "2025-03-03 to 2025-03-31" in error["message"]
        error = run("transit", *command, "2025-03-08", "--json").error
        assert error["code"] == 5
        assert "2025-03-10" in error["hint"]


def test_no_connection(tmp_path: Path) -> None:
    """Where nothing leads, that is said, with exit code 5."""
    far = TABLES["stops.txt"] + "F,Far,51.5,3.9\n"
    add(tmp_path, {"stops.txt": far})
    error = run("transit", "journey", "A", "F", "--depart", "8:00", "--json").error
    assert error["code"] == 5
    assert "week" in error["hint"]


def test_the_day_that_is_named_has_a_connection(tmp_path: Path) -> None:
    """A bus on Fridays, and others every day: the Friday is named, the same day before it runs."""
    days = TABLES["calendar.txt"] + "fridays,0,0,0,0,1,0,0,20250301,20250331\n"
    changes = {
        "stops.txt": TABLES["stops.txt"].replace("2.856", "3.356"),
        "calendar.txt": days,
        "trips.txt": trips("t1") + "1,fridays,t2,Stop E\n",
        "stop_times.txt": calls("t1 A 8:00 C 8:20", "t2 A 9:00 E 9:30"),
    }
    add(tmp_path, changes)
    error = run("transit", "journey", "A", "E", "--depart", "8:00", "--json").error
    assert "2025-03-07" in error["hint"]
    error = run("transit", "journey", "A", "E", "--arrive", "2025-03-07T09:00", "--json").error
    assert "2025-03-07" in error["hint"]


def test_a_place_far_from_any_stop_is_named(tmp_path: Path) -> None:
    """Where no stop can be walked to, that is the reason, and not the day."""
    add(tmp_path)
    error = run("transit", "journey", "cite-des-electriciens", "C", "--json").error
    assert error["code"] == 5
    assert "Cité des Électriciens" in error["hint"]
    assert "--max-walk" in error["hint"]


def test_feeds_of_other_time_zones_change_no_clock(tmp_path: Path) -> None:
    """What is installed beside a feed does not move its hours: times are those of the stop."""
    add(tmp_path)
    plain = [
        run("transit", *command, "--json").out
        for command in (
            ["departures", "A", "--at", "7:30"],
            ["journey", "A", "C", "--depart", "7:30"],
        )
    ]
    agency = TABLES["agency.txt"].replace("Europe/Paris", "Australia/Brisbane")
    stops = TABLES["stops.txt"].replace("50.43", "-16.9").replace(",Stop ", ",Halt ")
    renamed = {"stops.txt": stops.replace("\n", "\nx", 5), "agency.txt": agency}
    times = TABLES["stop_times.txt"]
    for name in "ABC":
        times = times.replace(f",{name},", f",x{name},")
    # Alphabetically the first of the timetables.
    add(tmp_path, {**renamed, "stop_times.txt": times}, name="afar")
    beside = [
        run("transit", *command, "--json").out
        for command in (
            ["departures", "A", "--at", "7:30"],
            ["journey", "A", "C", "--depart", "7:30"],
        )
    ]
    assert beside == plain


@pytest.mark.parametrize(
    "options",
    [
        ["--depart", "8:00", "--arrive", "9:00"],
        ["--arrive", "9:00", "--window", "1h"],
        ["--depart", "soon"],
        ["--max-walk", "far"],
        ["--min-transfer", "none"],
    ],
)
def test_options_that_make_no_sense(tmp_path: Path, options: list[str]) -> None:
    """Contradictory or senseless options are exit code 2."""
    add(tmp_path)
    assert run("transit", "journey", "A", "C", *options, "--json").error["code"] == 2


def test_update_keeps_the_old_until_the_new_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address is fetched again; when that fails the timetable is as it was."""
    answers: dict[str, tuple[int, bytes, int | None]] = {"/bus.zip": (200, packed(), None)}
    with serving(answers) as base:
        assert run("transit", "add", f"{base}/bus.zip").code == 0
        before = run("transit", "info", "bus", "--json").document
        answers["/bus.zip"] = (200, packed()[:99], None)
        assert run("transit", "update", "bus", "--json").error["code"] == 3
        answers["/bus.zip"] = (503, b"", None)
        assert run("transit", "update", "--json").error["code"] == 7
        assert run("transit", "info", "bus", "--json").document == before
        answers["/bus.zip"] = (200, packed(), None)
        monkeypatch.setenv("LENS_ROUTES_NOW", "2025-03-09T12:00")
        (updated,) = run("transit", "update", "--json").document["feeds"]
    assert updated["built"] != before["feeds"][0]["built"]


def test_a_timetable_is_not_replaced_silently(tmp_path: Path) -> None:
    """Whose place it takes is told; the same file again takes nobody's."""
    add(tmp_path)
    again = run("transit", "add", tmp_path / "bus", "--name", "bus")
    assert "replaces" not in again.err
    other = run("transit", "add", write(tmp_path / "other", {}), "--name", "bus")
    assert f"It replaces the timetable of {tmp_path / 'bus'}." in " ".join(other.err.split())


def test_a_known_name_is_fetched_from_its_address() -> None:
    """``transit add NAME`` fetches the address known for the name, by way of its data set.

    What the territory says of a name in its ``feeds.toml`` stands before what is shipped.
    """
    with serving({"/feed.zip": (200, packed(), None)}) as base:
        entry = {"resources": [{"format": "gtfs", "url": f"{base}/feed.zip"}]}
        with serving({"/entry/": (200, json.dumps(entry).encode(), None)}) as catalogue:
            own = territory.folder() / "feeds.toml"
            own.write_text(
                f'[tadao]\ntitle = "Tadao"\nurl = "{catalogue}/entry/"\nlicence = "ODbL"\n'
                'fare = {en = "Rides are free.", fr = "Gratuit."}\n'
            )
            (document,) = run("transit", "add", "tadao", "--json").document["feeds"]
    assert (document["name"], document["source"]) == ("tadao", f"{catalogue}/entry/")
    assert document["licence"] == "ODbL"
    told = run("transit", "info", "tadao").out
    assert "ODbL" in told
    assert "2025-03-01 to 2025-03-31" in told
    assert "Rides are free." in told
    assert "Gratuit." in run("transit", "info", "tadao", "--lang", "fr").out


def test_a_feed_of_the_territory_that_says_too_little_is_named() -> None:
    """The file, the line and the feed; the answer names what it has to say."""
    territory.folder().joinpath("feeds.toml").write_text('[arras]\ntitle = "Arras"\n')
    refused = run("transit", "list")
    told = refused.err
    assert refused.code == 3
    assert "feeds.toml, line 1, [arras]" in told
    assert "url = " in told


def test_free_rides_are_said_to_be(tmp_path: Path) -> None:
    """Who rides a network that is free for everyone is told so; of another nothing is said."""
    ends = ("50.4300,2.7990", "50.4300,2.8290", "--depart", "7:30")
    add(tmp_path)
    assert "free for everyone" not in run("transit", "journey", *ends).out
    add(tmp_path, name="tadao")
    assert "free for everyone" in run("transit", "journey", *ends, "--feed", "tadao").out


def test_a_damaged_timetable_is_named(tmp_path: Path, home: Path) -> None:
    """A damaged file is exit code 6, with the command that builds it again; ``doctor`` tells it."""
    add(tmp_path)
    path = home / "transit" / "bus.lrt"
    path.write_bytes(path.read_bytes()[:-80])
    error = run("transit", "journey", "A", "C", "--json").error
    assert error["code"] == 6
    assert "transit add" in error["hint"]
    findings = {f["what"]: f for f in run("doctor", "--json").document["findings"]}
    assert findings["timetables"]["state"] == "damaged"
    assert "transit add" in findings["timetables"]["advice"]


#: A bus all the way, and two trains that are there first; too far apart to walk.
WISHED = {
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n"
    "A,A,50.43,2.80\nB,B,50.43,2.95\nE,E,50.43,3.10\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_type\n1,x,1,3\n2,x,2,2\n",
    "trips.txt": "route_id,service_id,trip_id,wheelchair_accessible\n"
    "1,daily,bus,2\n2,daily,early,0\n2,daily,late,1\n",
    "stop_times.txt": calls("bus A 8:00 E 8:30", "early A 8:00 B 8:05", "late B 8:10 E 8:20"),
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["1", "2+2"]),
        (["--avoid-mode", "bus"], ["2+2"]),
        (["--avoid-mode", "Coach"], ["2+2"]),
        (["--wheelchair"], ["2+2"]),
        (["--max-transfers", "0"], ["1"]),
        (["--max-rides", "1"], ["1"]),
        (["--min-transfer", "6min"], ["1"]),
    ],
)
def test_what_is_wished(tmp_path: Path, options: list[str], expected: list[str]) -> None:
    """Modes, rides, changes and wheelchairs: what is not wished is not offered."""
    add(tmp_path, WISHED)
    result = run("transit", "journey", "A", "E", "--depart", "7:30", *options, "--json")
    found = [
        "+".join(ride["line"] for leg in one["legs"] for ride in leg["rides"])
        for one in result.document["journeys"]
        if one["rides"]
    ]
    assert sorted(found) == expected


def test_what_is_preferred_comes_first(tmp_path: Path) -> None:
    """--prefer puts journeys in order, and leaves none out."""
    tables = {
        "trips.txt": trips("near", "far"),
        "stop_times.txt": calls("near B 8:20 E 9:00", "far A 8:25 E 8:35"),
    }
    add(tmp_path, tables)
    start = "50.4300,2.8140"  # where B is

    def walked(*options: str) -> list[float]:
        found = run(
            "transit", "journey", start, "E", "--depart", "8:00", *options, "--json"
        ).document["journeys"]
        return [one["walk_m"] for one in found if one["rides"]]

    earlier = walked("--prefer", "earlier")
    less = walked("--prefer", "less-walking")
    assert sorted(earlier) == sorted(less) == less
    assert earlier == less[::-1]
    assert len(less) == 2


@pytest.mark.parametrize(
    "options",
    [["--avoid-mode", "rocket"], ["--prefer", "comfort"], ["--max-rides", "0"]],
)
def test_wishes_nobody_can_have(tmp_path: Path, options: list[str]) -> None:
    """An unknown mode or preference is exit code 2, and what is known is listed."""
    add(tmp_path)
    error = run("transit", "journey", "A", "C", *options, "--json").error
    assert error["code"] == 2


def test_unknown_wheelchair_access_is_said(tmp_path: Path) -> None:
    """With --wheelchair, a ride of which the feed says nothing says so."""
    add(tmp_path)
    text = run("transit", "journey", "A", "C", "--depart", "7:30", "--wheelchair").out
    assert "wheelchair access is not known: the vehicle, Stop A and Stop C" in " ".join(
        text.split()
    )
    assert "wheelchair" not in run("transit", "journey", "A", "C", "--depart", "7:30").out


def test_a_box_around_the_places(tmp_path: Path) -> None:
    """``--bbox places`` keeps what runs near the catalogue; a feed elsewhere is remarked on."""
    tables = {
        "stops.txt": TABLES["stops.txt"] + "X,Far,-16.9,145.7\nY,Away,-16.8,145.7\n",
        "trips.txt": trips("t1", "t2"),
        "stop_times.txt": calls("t1 A 8:00 B 8:10", "t2 X 8:00 Y 8:10"),
    }
    path = write(tmp_path / "feed", tables)
    result = run("transit", "add", path, "--name", "bus", "--bbox", "places", "--json")
    assert result.document["feeds"][0]["trips"] == 1
    assert "No stop" not in result.err
    elsewhere = write(tmp_path / "far", {**tables, "stop_times.txt": calls("t1 X 8:00 Y 8:10")})
    (elsewhere / "stops.txt").write_text(
        "stop_id,stop_lat,stop_lon\nX,-16.9,145.7\nY,-16.8,145.7\n"
    )
    result = run("transit", "add", elsewhere, "--name", "cairns", "--json")
    assert result.code == 0
    assert "No stop of cairns lies within 50.0 km" in result.err


def test_runs_of_each_day_are_shown(tmp_path: Path) -> None:
    """``transit info`` shows the runs day by day, a week a line, from today on."""
    add(
        tmp_path, {"calendar.txt": TABLES["calendar.txt"].replace("1,1,1,1,1,1,1", "1,1,1,1,1,0,0")}
    )
    shown = run("transit", "info").out
    row = next(line for line in shown.splitlines() if line.startswith("2025-03-03"))
    assert row.split()[1:] == ["1"] * 5 + ["-"] * 2
