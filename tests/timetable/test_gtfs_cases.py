from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from tests.timetable.small_feeds import (
    DAY,
    TABLES,
    calls,
    compiled_from,
    numbers_of,
    shown,
    timetable,
    travel,
    trips,
)

from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.wishes import Wishes

if TYPE_CHECKING:
    from pathlib import Path

CALENDAR = TABLES["calendar.txt"].splitlines()[0] + "\n"
DATES = "service_id,date,exception_type\n"


def test_a_bus_is_ridden(tmp_path: Path) -> None:
    """The plain case: line, direction, times, the operator and the stop in between."""
    one = travel(timetable(tmp_path), "A", "C", "7:30")
    assert one is not None
    (ride,) = one.rides
    assert shown(one) == "A 08:00 C 08:20"
    assert (ride.line, ride.headsign, ride.agency) == ("1", "Stop E", "Bus Co")
    assert (ride.passed, ride.trip_ids, ride.feed) == (1, ("t1",), "small")
    assert ride.depart.isoformat() == "2025-03-03T08:00:00+01:00"


def test_a_missed_bus_comes_tomorrow(tmp_path: Path) -> None:
    """Within 24 hours the next service day is searched."""
    one = travel(timetable(tmp_path), "A", "C", "9:00")
    assert one is not None
    assert one.arrive.isoformat() == "2025-03-04T08:20:00+01:00"


def test_a_zip_with_a_folder_inside(tmp_path: Path) -> None:
    """A nested folder beside __MACOSX, a byte-order mark, CRLF and quoted commas."""
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in TABLES.items():
            odd = text.replace("Stop A", '"Stop, A"').replace("\n", "\r\n")
            archive.writestr(f"my feed/{name}", b"\xef\xbb\xbf" + odd.encode())
            archive.writestr(f"__MACOSX/my feed/._{name}", b"\x00\x05\x16\x07")
    one = travel(compiled_from(path), "A", "C", "7:30")
    assert one is not None
    assert one.rides[0].origin.name == "Stop, A"


@pytest.mark.parametrize(
    ("calendar", "dates", "runs"),
    [
        (CALENDAR + "daily,1,0,0,0,0,0,0,20250301,20250331\n", None, [3, 10, 17, 24, 31]),
        (None, DATES + "daily,20250305,1\ndaily,20250307,1\n", [5, 7]),
        (
            CALENDAR + "daily,1,0,0,0,0,0,0,20250301,20250314\n",
            DATES + "daily,20250303,2\ndaily,20250309,1\n",
            [9, 10],
        ),
        (CALENDAR + "daily,0,0,0,0,0,0,0,20250301,20250331\n", DATES + "daily,20250331,1\n", [31]),
    ],
    ids=["calendar alone", "dates alone", "exceptions", "a week of none"],
)
def test_days_of_service(
    tmp_path: Path, calendar: str | None, dates: str | None, runs: list[int]
) -> None:
    """A service runs on exactly the days its calendar and exceptions say, either file alone."""
    feed = timetable(tmp_path, {"calendar.txt": calendar, "calendar_dates.txt": dates})
    days = [dt.date(2025, 3, n) for n in range(1, 32)]
    assert [day.day for day in days if any(feed.services_on(day))] == runs
    assert (feed.meta.first_day.day, feed.meta.last_day.day) == (runs[0], runs[-1])
    assert [day.day for day in days if feed.meta.runs_on(day)] == runs


def test_times_beyond_midnight_belong_to_the_day_before(tmp_path: Path) -> None:
    """A trip of yesterday's service at 25:10 is caught at 1:10 today, and 49:10 the day after."""
    feed = timetable(
        tmp_path,
        {
            "calendar.txt": None,
            "calendar_dates.txt": DATES + "daily,20250303,1\n",
            "trips.txt": trips("t1", "t2"),
            "stop_times.txt": calls("t1 A 25:10 B 25:30", "t2 A 49:10 B 49:30"),
        },
    )
    one = travel(feed, "A", "B", "1:00", dt.date(2025, 3, 4))
    assert one is not None
    assert one.arrive.isoformat() == "2025-03-04T01:30:00+01:00"
    other = travel(feed, "A", "B", "1:00", dt.date(2025, 3, 5))
    assert other is not None
    assert other.arrive.isoformat() == "2025-03-05T01:30:00+01:00"


@pytest.mark.parametrize(
    ("day", "gtfs", "arrives"),
    [
        (dt.date(2025, 3, 30), "8:00", "2025-03-30T08:00:00+02:00"),
        (dt.date(2025, 3, 30), "1:30", "2025-03-30T00:30:00+01:00"),
        (dt.date(2025, 10, 26), "8:00", "2025-10-26T08:00:00+01:00"),
        (dt.date(2025, 10, 26), "1:30", "2025-10-26T02:30:00+02:00"),
    ],
)
def test_days_on_which_the_clocks_change(
    tmp_path: Path, day: dt.date, gtfs: str, arrives: str
) -> None:
    """Times count from noon minus 12 hours: after the change as the clock shows, before it not."""
    hour, minute = gtfs.split(":")
    feed = timetable(
        tmp_path,
        {
            "calendar.txt": None,
            "calendar_dates.txt": DATES + f"daily,{day:%Y%m%d},1\n",
            "trips.txt": trips("t1"),
            "stop_times.txt": calls(f"t1 A {int(hour) - 1}:{minute} B {gtfs}"),
        },
    )
    # The service day begins an hour before midnight when an hour is lost.
    one = travel(feed, "A", "B", "22:00", day - dt.timedelta(days=1))
    assert one is not None
    assert one.arrive.isoformat() == arrives


def test_the_night_before_the_clocks_go_forward(tmp_path: Path) -> None:
    """A trip at 0:30 of that service day runs at 23:30, within 24 hours of 23:45 the day before."""
    feed = timetable(
        tmp_path,
        {
            "calendar.txt": None,
            "calendar_dates.txt": DATES + "daily,20250330,1\n",
            "trips.txt": trips("t1"),
            "stop_times.txt": calls("t1 A 0:30 B 0:40"),
        },
    )
    one = travel(feed, "A", "B", "23:45", dt.date(2025, 3, 28))
    assert one is not None
    assert one.arrive.isoformat() == "2025-03-29T23:40:00+01:00"


@pytest.mark.parametrize("exact", [0, 1])
def test_frequencies(tmp_path: Path, exact: int) -> None:
    """Departures every so often from the start until before the end; the trip's own time not."""
    feed = timetable(
        tmp_path,
        {
            "frequencies.txt": "trip_id,start_time,end_time,headway_secs,exact_times\n"
            f"t1,10:00:00,10:30:00,600,{exact}\n"
        },
    )
    assert shown(travel(feed, "A", "C", "7:00")) == "A 10:00 C 10:20"
    assert shown(travel(feed, "B", "C", "10:22")) == "B 10:31 C 10:40"
    one = travel(feed, "A", "C", "10:21")
    assert one is not None
    assert one.arrive.day == DAY.day + 1
    assert one.rides[0].every_s == (0 if exact else 600)


def test_blank_times_are_interpolated(tmp_path: Path) -> None:
    """Between known times the blank ones are spread evenly over the stops."""
    feed = timetable(tmp_path, {"stop_times.txt": calls("t1 A 8:00 B ? C ? D 8:30-8:40 E 8:50")})
    assert shown(travel(feed, "B", "E", "7:00")) == "B 08:10 E 08:50"
    assert shown(travel(feed, "A", "C", "7:00")) == "A 08:00 C 08:20"
    assert shown(travel(feed, "D", "E", "8:35")) == "D 08:40 E 08:50"


def test_pick_up_and_drop_off(tmp_path: Path) -> None:
    """Nobody boards where it is not allowed, nor alights; on request is allowed and said."""
    rows = [
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type",
        "t1,8:00:00,8:00:00,A,1,0,1",
        "t1,8:10:00,8:10:00,B,2,1,0",
        "t1,8:20:00,8:20:00,C,3,2,1",
        "t1,8:30:00,8:30:00,D,4,0,0",
    ]
    feed = timetable(tmp_path, {"stop_times.txt": "\n".join(rows) + "\n"})
    assert shown(travel(feed, "A", "B", "7:00")) == "A 08:00 B 08:10"
    assert travel(feed, "A", "C", "7:00") is None
    assert travel(feed, "B", "D", "7:00") is None
    one = travel(feed, "C", "D", "7:00")
    assert one is not None
    assert one.rides[0].on_request


BLOCK = {
    "trips.txt": "route_id,service_id,trip_id,block_id\n1,daily,t1,b\n1,daily,t2,b\n",
    "stop_times.txt": calls("t1 A 8:00 B 8:10", "t2 B 8:11 C 8:20"),
}


def test_a_block_is_ridden_seated(tmp_path: Path) -> None:
    """A vehicle that goes on as another trip takes no change and counts as one ride."""
    one = travel(timetable(tmp_path, BLOCK), "A", "C", "7:00")
    assert one is not None
    (ride,) = one.rides
    assert (ride.trip_ids, f"{ride.arrive:%H:%M}") == (("t1", "t2"), "08:20")
    assert shown(travel(timetable(tmp_path, BLOCK), "B", "C", "7:00")) == "B 08:11 C 08:20"


def test_a_block_only_on_the_days_of_both(tmp_path: Path) -> None:
    """Trips of a block are joined on the days both run, and ride alone on the others."""
    feed = timetable(
        tmp_path,
        {
            **BLOCK,
            "calendar_dates.txt": DATES + "one,20250303,1\n",
            "trips.txt": "route_id,service_id,trip_id,block_id\n1,daily,t1,b\n1,one,t2,b\n",
        },
    )
    joined = travel(feed, "A", "C", "7:00")
    assert joined is not None
    assert joined.rides[0].trip_ids == ("t1", "t2")
    assert travel(feed, "A", "C", "7:00", dt.date(2025, 3, 5)) is None
    assert shown(travel(feed, "A", "B", "7:00", dt.date(2025, 3, 5))) == "A 08:00 B 08:10"


LINKS = "transfer_type,from_stop_id,to_stop_id,min_transfer_time,from_trip_id,to_trip_id\n"


def test_in_seat_transfers(tmp_path: Path) -> None:
    """Type 4 joins two trips without a block, type 5 parts two of the same block."""
    joined = {**BLOCK, "trips.txt": trips("t1", "t2"), "transfers.txt": LINKS + "4,,,,t1,t2\n"}
    one = travel(timetable(tmp_path, joined), "A", "C", "7:00")
    assert one is not None
    assert one.rides[0].trip_ids == ("t1", "t2")
    parted = {**BLOCK, "transfers.txt": LINKS + "5,,,,t1,t2\n"}
    other = travel(timetable(tmp_path, parted, "parted"), "A", "C", "7:00", change_s=60)
    assert other is not None
    assert len(other.rides) == 2


CHANGE = {
    "trips.txt": trips("t1", "t2", "t3", "t4", "t5"),
    "stop_times.txt": calls(
        "t1 A 8:00 B 8:10",
        "t2 B 8:11 C 8:20",
        "t3 B 8:14 C 8:24",
        "t4 D 8:30 E 8:40",
        "t5 B 8:40 C 8:50",
    ),
}


@pytest.mark.parametrize(
    ("rule", "arrives"),
    [
        ("", "08:24"),
        ("0,B,B,,,\n", "08:24"),
        ("1,B,B,,,\n", "08:20"),
        ("2,B,B,60,,\n", "08:20"),
        ("2,B,B,300,,\n", "08:50"),
        ("3,B,B,,,\n", "none"),
    ],
    ids=["no rule", "recommended", "timed", "minimum short", "minimum long", "forbidden"],
)
def test_transfer_types(tmp_path: Path, rule: str, arrives: str) -> None:
    """A change takes what the feed says it takes, and where it may not be made it is not."""
    feed = timetable(tmp_path, {**CHANGE, "transfers.txt": LINKS + rule})
    one = travel(feed, "A", "C", "7:00")
    if arrives == "none":
        assert one is None
    else:
        assert one is not None
        assert f"{one.arrive:%H:%M}" == arrives


def test_a_transfer_between_stops_is_walked(tmp_path: Path) -> None:
    """A rule between two stops lets one walk from the one to the other, in that direction only."""
    feed = timetable(tmp_path, {**CHANGE, "transfers.txt": LINKS + "2,C,D,300,,\n"})
    assert shown(travel(feed, "B", "E", "8:12")) == "B 08:14 C 08:24, D 08:30 E 08:40"
    assert travel(timetable(tmp_path, CHANGE, "bare"), "B", "E", "8:12") is None


STATION = {
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code,"
    "wheelchair_boarding\nS,Station,50.43,2.81,1,,,1\nB1,Station,,,0,S,1,\n"
    "B2,Station,50.43,2.811,0,S,2,2\nA,Stop A,50.43,2.80,0,,,\nC,Stop C,50.43,2.82,0,,,\n",
    "trips.txt": trips("t1", "t2"),
    "stop_times.txt": calls("t1 A 8:00 B1 8:10", "t2 B2 8:12 C 8:20"),
}


def test_stations_and_platforms(tmp_path: Path) -> None:
    """One changes between the platforms of a station; a station means any of them."""
    feed = timetable(tmp_path, STATION)
    one = travel(feed, "A", "C", "7:00")
    assert shown(one) == "A 08:00 B1 08:10, B2 08:12 C 08:20"
    assert one is not None
    assert one.rides[1].origin.platform == "2"
    assert shown(travel(feed, "S", "C", "7:00")) == "B2 08:12 C 08:20"
    assert travel(feed, "B1", "C", "7:00") is None


def test_position_and_access_are_inherited(tmp_path: Path) -> None:
    """A platform without position or wheelchair field has those of its station."""
    feed = timetable(tmp_path, STATION)
    b1, b2 = numbers_of(feed)["B1"], numbers_of(feed)["B2"]
    assert feed.point(b1) == feed.point(numbers_of(feed)["S"])
    assert (feed.stop_wheelchair[b1], feed.stop_wheelchair[b2]) == (1, 2)


def test_a_loop_calls_twice_at_a_stop(tmp_path: Path) -> None:
    """A trip may come back to a stop: it can be boarded at either call, and left at either."""
    feed = timetable(
        tmp_path,
        {"stop_times.txt": calls("t1 A 8:00 B 8:10 C 8:20 A 8:30 B 8:40 D 8:50")},
    )
    assert shown(travel(feed, "A", "D", "8:15")) == "A 08:30 D 08:50"
    assert shown(travel(feed, "C", "B", "8:00")) == "C 08:20 B 08:40"
    assert shown(travel(feed, "A", "B", "7:00")) == "A 08:00 B 08:10"


def test_a_train_that_overtakes(tmp_path: Path) -> None:
    """The later train that is faster arrives first, and is taken; the slow one where it is not."""
    feed = timetable(
        tmp_path,
        {
            "trips.txt": trips("slow", "fast"),
            "stop_times.txt": calls("slow A 8:00 B 8:30 C 9:00", "fast A 8:10 B 8:20 C 8:25"),
        },
    )
    one = travel(feed, "A", "C", "7:00")
    assert one is not None
    assert one.rides[0].trip_ids == ("fast",)
    assert shown(travel(feed, "B", "C", "8:22")) == "B 08:30 C 09:00"


def test_time_zones_of_agencies(tmp_path: Path) -> None:
    """Times are those of the agency; two feeds of different zones are searched together."""
    london = TABLES["agency.txt"].replace("Europe/Paris", "Europe/London")
    there = timetable(tmp_path, {"agency.txt": london}, "london")
    one = travel(there, "A", "C", "7:30", zone=ZoneInfo("Europe/London"))
    assert one is not None
    assert one.arrive.isoformat() == "2025-03-03T08:20:00+00:00"
    both = [timetable(tmp_path), there]
    late = travel(both, "london:A", "london:C", "8:30")
    assert late is not None
    assert late.leave.isoformat() == "2025-03-03T07:30:00+00:00"
    assert late.arrive.isoformat() == "2025-03-03T08:20:00+00:00"


def test_colliding_ids_of_two_feeds(tmp_path: Path) -> None:
    """Stops, trips and services of the same id in two feeds are different things."""
    other = {"stop_times.txt": calls("t1 A 9:00 D 9:10")}
    both = [timetable(tmp_path), timetable(tmp_path, other, "other")]
    assert shown(travel(both, "small:A", "small:C", "7:00")) == "A 08:00 C 08:20"
    assert shown(travel(both, "other:A", "other:D", "7:00")) == "A 09:00 D 09:10"
    assert travel(both, "small:A", "other:D", "7:00") is None


def test_stops_at_nowhere(tmp_path: Path) -> None:
    """A stop at 0, 0 has no position: it is ridden to, and never walked to across the earth."""
    stops = TABLES["stops.txt"].replace("B,Stop B,50.43,2.814", "B,Stop B,0,0")
    feed = timetable(tmp_path, {"stops.txt": stops})
    assert feed.point(numbers_of(feed)["B"]) is None
    assert shown(travel(feed, "A", "B", "7:00")) == "A 08:00 B 08:10"
    assert ("stops.txt", "taken as without position", 1) in feed.meta.mended_counts


NARROW = LINKS.replace("\n", ",from_route_id,to_route_id\n")
#: Two lines meet at B; t2 leaves a minute after t1 arrives, t3 four, t5 half an hour.
LINES = {
    **CHANGE,
    "routes.txt": "route_id,agency_id,route_short_name,route_type\n1,x,1,3\n2,x,2,3\n",
    "trips.txt": "route_id,service_id,trip_id\n1,daily,t1\n1,daily,t2\n2,daily,t3\n"
    "2,daily,t4\n1,daily,t5\n",
}


@pytest.mark.parametrize(
    ("rules", "arrives"),
    [
        ("1,B,B,,t1,t2,,\n", "08:20"),
        ("3,B,B,,t1,t3,,\n", "08:50"),
        ("2,B,B,600,,,1,2\n", "08:50"),
        ("3,B,B,,,,1,\n", "none"),
        ("3,B,B,,,,,\n1,B,B,,t1,t2,,\n", "08:20"),
        ("3,B,B,,,,,\n2,B,B,60,,,1,2\n", "08:24"),
        ("1,B,B,,,,1,1\n3,B,B,,t1,t2,,\n", "08:24"),
        ("2,B,B,600,,,2,1\n", "08:24"),
        ("1,B,B,,t1,t9,,\n", "08:24"),
    ],
    ids=[
        "a train that waits", "two trips apart", "two lines apart", "a line nobody changes from",
        "a trip before the stop", "lines before the stop", "a trip before its line",
        "not the other way round", "an unknown trip",
    ],
)  # fmt: skip
def test_rules_of_single_lines_and_trips(tmp_path: Path, rules: str, arrives: str) -> None:
    """A rule holds for the lines and trips it names, the narrowest of several, others as usual."""
    feed = timetable(tmp_path, {**LINES, "transfers.txt": NARROW + rules})
    one = travel(feed, "A", "C", "7:00")
    assert (f"{one.arrive:%H:%M}" if one else "none") == arrives
    # Who begins at B is not changing.
    assert shown(travel(feed, "B", "C", "8:10")) == "B 08:11 C 08:20"
    assert feed.meta.stops == 5


@pytest.mark.parametrize(
    ("rules", "arrives"),
    [
        ("3,S,S,,t1,t2,,\n", "none"),
        ("3,B1,B2,,t1,t2,,\n", "none"),
        ("3,S,S,,,,,\n2,B1,B2,100,,t2,,\n", "08:20"),
        ("3,B2,B1,,t1,t2,,\n", "08:20"),
    ],
)
def test_narrow_rules_of_stations(tmp_path: Path, rules: str, arrives: str) -> None:
    """A rule of a station stands for its platforms, for the trips it names alone."""
    feed = timetable(tmp_path, {**STATION, "transfers.txt": NARROW + rules})
    one = travel(feed, "A", "C", "7:00")
    assert (f"{one.arrive:%H:%M}" if one else "none") == arrives
    assert shown(travel(feed, "S", "C", "7:00")) == "B2 08:12 C 08:20"
    assert shown(travel(feed, "B2", "C", "7:00")) == "B2 08:12 C 08:20"
    assert shown(travel(feed, "A", "S", "7:00")) == "A 08:00 B1 08:10"


def test_a_rule_that_changes_nothing_costs_nothing(tmp_path: Path) -> None:
    """Where the timetable shows the connection anyway, no stop is made two for its rule."""
    rules = NARROW + "0,B,B,,t1,t3,,\n1,B,B,,t1,t5,,\n"
    feed = timetable(tmp_path, {**LINES, "transfers.txt": rules})
    assert len(feed.twin_stop) == 0
    assert len(timetable(tmp_path, {**LINES, "transfers.txt": NARROW + "1,B,B,,t1,t2,,\n"}, "two")
               .twin_stop) == 2  # fmt: skip


def test_a_recommended_change_is_possible(tmp_path: Path) -> None:
    """Type 0 between two stops says that one may walk there, in a usual change and the walk."""
    feed = timetable(tmp_path, {**CHANGE, "transfers.txt": LINKS + "0,C,D,,,\n"})
    assert shown(travel(feed, "B", "E", "8:12")) == "B 08:14 C 08:24, D 08:30 E 08:40"


PATHS = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n"
INSIDE = {
    **STATION,
    "stops.txt": STATION["stops.txt"].replace(",2,2\n", ",2,\n")
    + "door,Door,50.43,2.81,2,S,,\nhall,Hall,,,3,S,,\n",
    "stop_times.txt": calls("t1 A 8:00 B1 8:10", "t2 B2 8:12 C 8:20", "t3 B2 8:20 C 8:30"),
    "trips.txt": trips("t1", "t2", "t3"),
    "pathways.txt": PATHS + "1,B1,hall,2,1,200\n2,hall,B2,1,1,100\n3,door,hall,1,1,30\n"
    "4,B1,hall,5,1,350\n5,hall,nowhere,1,1,3\n",
}


def test_pathways_inside_a_station(tmp_path: Path) -> None:
    """A change takes the way through the station, with a wheelchair the one without steps."""
    feed = timetable(tmp_path, INSIDE)
    assert shown(travel(feed, "A", "C", "7:00")) == "A 08:00 B1 08:10, B2 08:20 C 08:30"
    numbers = numbers_of(feed)
    b1, b2 = numbers["B1"], numbers["B2"]
    plain, wheels = Network([feed]), Network([feed], Wishes(wheelchair=True))
    assert dict(Changes(plain).at(b1))[b2] == 300
    assert dict(Changes(wheels).at(b1))[b2] == 450
    assert (plain.inside_s(b1), wheels.inside_s(b1)) == (230, 380)
    assert ("pathways.txt", "row left out", 1) in feed.meta.mended_counts
    stairs = {**INSIDE, "pathways.txt": PATHS + "1,B1,hall,2,1,200\n2,hall,B2,1,1,100\n"}
    network = Network([timetable(tmp_path, stairs, "stairs")], Wishes(wheelchair=True))
    assert b2 not in dict(Changes(network).at(b1))


def test_what_runs_on_demand_is_passed_over(tmp_path: Path) -> None:
    """Rows of zones and of windows of time are no timetable; the rest of the feed is read."""
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,location_id,"
    rows = [
        f"{head}start_pickup_drop_off_window,end_pickup_drop_off_window",
        "t1,8:00:00,8:00:00,A,1,,,",
        "t1,,,,2,zone,8:00:00,8:30:00",
        "t1,8:30:00,8:30:00,B,3,,,",
        "t2,,,,1,zone,8:00:00,18:00:00",
        "t2,,,,2,zone,8:00:00,18:00:00",
    ]
    tables: dict[str, str | None] = {
        "trips.txt": trips("t1", "t2"),
        "stop_times.txt": "\n".join(rows) + "\n",
    }
    feed = timetable(tmp_path, tables)
    assert shown(travel(feed, "A", "B", "7:00")) == "A 08:00 B 08:30"
    assert feed.meta.trips == 1
    assert sum(count for *_, count in feed.meta.mended_counts) == 3


def test_odd_but_right_ways_of_writing(tmp_path: Path) -> None:
    """Hours of one digit, spaces, distances, colours in small letters, a kind of the long list."""
    tables: dict[str, str | None] = {
        "routes.txt": "route_id,route_short_name,route_type,route_color\n1, X1 ,715,a1b2c3\n",
        "stop_times.txt": "trip_id,stop_sequence,stop_id,arrival_time,departure_time,"
        "shape_dist_traveled\nt1,10,B,8:10:00, 8:11:00,1.5\nt1,2,A,8:00:00,8:00:00,0\n",
        "feed_info.txt": "feed_publisher_name,feed_version\nOffice,v7\n",
    }
    feed = timetable(tmp_path, tables)
    one = travel(feed, "A", "B", "7:00")
    assert one is not None
    (ride,) = one.rides
    assert (ride.line, ride.kind, ride.colour) == ("X1", 715, "A1B2C3")
    assert (feed.meta.publisher, feed.meta.version) == ("Office", "v7")
    assert not feed.meta.mended
