from __future__ import annotations

import datetime as dt
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.effort import examples
from tests.timetable.brute_force import BruteForce
from tests.timetable.small_feeds import (
    DAY,
    TABLES,
    compiled_from,
    moment,
    numbers_of,
    trips,
    write,
)

from lens_routes.geo import Point, distance_m
from lens_routes.timetable.ask.walks import NearStops
from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.network.wishes import Wishes
from lens_routes.timetable.search import query
from lens_routes.timetable.search.bags import Foot
from lens_routes.timetable.search.raptor import earliest

if TYPE_CHECKING:
    from lens_routes.timetable.network.timetable import Timetable

HAUTS_DE_FRANCE = (1.35, 48.8, 4.3, 51.1)
STOPS = "ABCDEFG"


@st.composite
def small_networks(draw: st.DrawFn) -> dict[str, str]:
    """Draw a feed of stations, platforms and trips that loop, overtake and run past midnight."""
    parents = {"A": "S", "B": "S", "C": "T", "D": "T"}
    rows = ["stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station"]
    rows += [f"{name},{name},50.4,2.8,1," for name in "ST"]
    # Farther apart than one walks to change.
    rows += [f"{x},{x},50.4,{2.8 + i / 100},0,{parents.get(x, '')}" for i, x in enumerate(STOPS)]
    times = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type"]
    count = draw(st.integers(1, 12))
    for trip in range(count):
        clock = draw(st.integers(6 * 60, 27 * 60))
        length = draw(st.integers(2, 5))
        route = draw(st.lists(st.sampled_from(STOPS), min_size=length, max_size=length))
        for number, stop in enumerate(route):
            arrive = clock + (draw(st.integers(1, 20)) if number else 0)
            clock = arrive + draw(st.integers(0, 3))
            flags = f"{int(draw(st.integers(0, 9)) == 0)},{int(draw(st.integers(0, 9)) == 0)}"
            times.append(f"t{trip},{_hms(arrive)},{_hms(clock)},{stop},{number},{flags}")
    return {
        "stops.txt": "\n".join([*rows, ""]),
        "trips.txt": trips(*(f"t{n}" for n in range(count))),
        "stop_times.txt": "\n".join([*times, ""]),
    }


def _hms(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}:00"


@settings(max_examples=examples(50), deadline=None)
@given(small_networks(), st.sampled_from(["S", *STOPS]), st.sampled_from(["T", *STOPS]),
       st.integers(5 * 60, 30 * 60), st.sampled_from([60, 120, 300]))  # fmt: skip
def test_random_networks_agree_with_brute_force(
    tables: dict[str, str], origin: str, destination: str, minute: int, change_s: int
) -> None:
    """On any small network, the arrivals by number of rides equal those of scanning every hop."""
    with tempfile.TemporaryDirectory() as folder:
        feed = write(Path(folder) / "feed", dict(tables))
        brute, timetable = BruteForce(feed), compiled_from(feed)
    network = Network([timetable])
    ends = [
        dict.fromkeys(network.meant(numbers_of(timetable)[end]), 0) for end in (origin, destination)
    ]
    if ends[0].keys() & ends[1].keys():
        return
    depart = moment("0:00") + minute * 60
    day = dt.datetime.fromtimestamp(depart, brute.zone).date()
    timeline, changes = Timeline(network, day), Changes(network, change_s)
    found = earliest(timeline, changes, *ends, depart, until=depart + 86400)
    assert [(one.rides, one.arrive) for one in found] == brute.ask(
        origin, destination, depart, change_s
    )


@pytest.fixture(scope="module", params=["cairns", "hauts-de-france"])
def real(request: pytest.FixtureRequest, shared: Path) -> tuple[BruteForce, Timetable]:
    """Read a real feed with both programs."""
    from lens_routes.timetable.feeds.install import compiled

    box = None if request.param == "cairns" else HAUTS_DE_FRANCE
    path = shared / "gtfs" / ("cairns.zip" if box is None else "ter-2025-01.zip")
    timetable = compiled(
        path,
        name="real",
        source=str(path),
        bbox=box,
        now=dt.datetime.now(dt.UTC),
        report=lambda _w, _s: None,
    )
    return BruteForce(path, box), timetable


@pytest.mark.shared
def test_real_feeds_agree_with_brute_force(real: tuple[BruteForce, Timetable]) -> None:
    """On random pairs, days and times of a real feed, arrivals and rides equal brute force."""
    brute, timetable = real
    network = Network([timetable])
    changes = Changes(network, 120, rules=False)
    rnd = random.Random(7)  # noqa: S311  # a sample, no secret
    stops = [stop for stop in range(network.stop_count) if network.boardings(stop)]
    first = timetable.meta.first_day
    days = [
        first + dt.timedelta(days=rnd.randrange(len(timetable.meta.days) - 1)) for _ in range(4)
    ]
    answered = 0
    for number in range(examples(8)):
        day = days[number % len(days)]
        a, b = rnd.sample(stops, 2)
        if network.station(a) == network.station(b):
            continue
        depart = moment("0:00", day, brute.zone) + rnd.randrange(5 * 3600, 23 * 3600)
        ends = dict.fromkeys(network.meant(network.station(a)), 0), {b: 0}
        names = [timetable.text(timetable.stop_id[stop]) for stop in (network.station(a), b)]
        found = earliest(Timeline(network, day), changes, *ends, depart, until=depart + 86400)
        expected = brute.ask(*names, depart, 120)
        assert [(one.rides, one.arrive) for one in found] == expected, (names, depart)
        answered += bool(expected)
    assert answered > examples(8) // 4


def test_journeys_hold_together() -> None:
    """Of a journey, each ride begins where and after the one before ended, with time to change."""
    tables = {
        "trips.txt": trips("t1", "t2"),
        "stop_times.txt": TABLES["stop_times.txt"]
        + "t2,8:30:00,8:30:00,C,1\nt2,8:40:00,8:40:00,E,2\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        network = Network([compiled_from(write(Path(folder) / "feed", dict(tables)))])
    numbers = numbers_of(network.timetables[0])
    access = {numbers["A"]: Foot(300, 4000), numbers["B"]: Foot(0, 0)}
    ends = query.Ends(access, {numbers["E"]: Foot(60, 800)})
    timeline, changes = Timeline(network, DAY), Changes(network)
    (one,) = query.depart_at(timeline, changes, ends, moment("7:00"))
    # Boarding at B needs no walk and leaves later than walking to A.
    assert (one.leave, one.arrive, one.rides) == (moment("8:11"), moment("8:41"), 2)
    assert one.walked_dm == 800
    before = Timeline(network, DAY - dt.timedelta(days=1))
    (late,) = query.arrive_by(before, changes, ends, moment("9:00"))
    assert (late.leave, late.arrive) == (one.leave, one.arrive)
    # What is not in time today was in time yesterday, had one left more than 24 hours before.
    assert query.arrive_by(before, changes, ends, moment("8:40")) == []
    window = (moment("7:00"), moment("8:00"))
    # Leaving at 7:55 for the bus at A is no better than leaving at 8:11, but it is in the window.
    (only,) = query.depart_within(timeline, changes, ends, window)
    assert (only.leave, only.arrive) == (moment("7:55"), moment("8:41"))
    strict = Network(network.timetables, Wishes(max_rides=1))
    assert query.depart_at(Timeline(strict, DAY), Changes(strict), ends, moment("7:00")) == []


@settings(max_examples=examples(30), deadline=None)
@given(
    st.lists(st.tuples(st.integers(-200, 200), st.integers(-200, 200)), min_size=1, max_size=12),
    st.sampled_from([1, 45, 70]),
    st.integers(1, 3000),
)
def test_stops_near_a_point_are_those_within_its_circle(
    offsets: list[tuple[int, int]], latitude: int, radius_m: int
) -> None:
    """At any latitude they are all the stops that are not farther, the nearest first."""
    stops = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
        f"{n},Stop,{latitude + y / 1e4},{2.8 + x / 1e4}\n" for n, (x, y) in enumerate(offsets)
    )
    # One bus calls at all of them, and again at the first.
    visits = [*range(len(offsets)), 0]
    times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "".join(
        f"t1,{_hms(480 + n)},{_hms(480 + n)},{stop},{n}\n" for n, stop in enumerate(visits)
    )
    tables = {"stops.txt": stops, "trips.txt": trips("t1"), "stop_times.txt": times}
    with tempfile.TemporaryDirectory() as folder:
        feed = compiled_from(write(Path(folder) / "feed", dict(tables)))
    middle = Point(2.8, latitude)
    expected = {
        number: metres
        for number in range(len(offsets))
        if (point := feed.point(number)) and (metres := distance_m(middle, point)) <= radius_m
    }
    found = NearStops(Network([feed])).within(middle, radius_m)
    assert {stop: metres for stop, _, metres in found} == expected
    assert [metres for _, _, metres in found] == sorted(expected.values())
