"""Journeys that nothing beats in arrival, rides and walking."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.effort import examples
from tests.timetable.brute_force import BruteForce
from tests.timetable.pareto_force import ParetoForce, front
from tests.timetable.small_feeds import (
    DAY,
    TABLES,
    calls,
    compiled_from,
    moment,
    numbers_of,
    timetable,
    trips,
    write,
)
from tests.timetable.test_search import STOPS, small_networks

from lens_routes.timetable.ask.journey import journey
from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.network.wishes import Mode, Wishes, wished
from lens_routes.timetable.search import query, raptor
from lens_routes.timetable.search.bags import Bag, Foot
from lens_routes.timetable.search.shortest import Shortest

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.timetable.search.raptor import Found

_WALKS = st.tuples(st.integers(0, 15), st.integers(0, 6)).map(lambda w: (w[0] * 60, w[1] * 100))
_ENDS = st.dictionaries(st.sampled_from(STOPS), _WALKS, min_size=1, max_size=3)
_NEAR = st.dictionaries(
    st.sampled_from(STOPS), st.dictionaries(st.sampled_from(STOPS), _WALKS, max_size=2), max_size=4
)


class Case:
    """The same small world, for the program and for brute force."""

    def __init__(
        self,
        tables: dict[str, str],
        ends: tuple[dict[str, tuple[int, int]], ...],
        near: dict[str, dict[str, tuple[int, int]]],
        on_foot: tuple[int, int] | None,
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            feed = write(Path(folder) / "feed", dict(tables))
            self.force = ParetoForce(BruteForce(feed), *ends, near, 120)
            timetable = compiled_from(feed)
        self.network = Network([timetable])
        self.numbers = numbers_of(timetable)
        names = {number: name for name, number in self.numbers.items()}
        self.ends = query.Ends(
            *({self.numbers[s]: Foot(*w) for s, w in end.items()} for end in ends),
            Foot(*on_foot) if on_foot else None,
        )
        self.on_foot = on_foot
        self.changes = Changes(
            self.network,
            walks=lambda stop: {
                self.numbers[other]: walk[0] for other, walk in near.get(names[stop], {}).items()
            },
            afoot=lambda stop, other: near[names[stop]][names[other]],
        )

    def timeline(self, day: dt.date) -> Timeline:
        return Timeline(self.network, day)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    on_foot = draw(st.none() | st.tuples(st.integers(600, 9000), st.integers(0, 2000)))
    return Case(draw(small_networks()), (draw(_ENDS), draw(_ENDS)), draw(_NEAR), on_foot)


def values(found: list[Found]) -> set[tuple[int, int, int]]:
    kept = {(one.arrive, one.rides, one.walked_dm) for one in found}
    assert len(kept) == len(found), "the same twice"
    return kept


@settings(max_examples=examples(40), deadline=None)
@given(cases(), st.integers(5, 26))
def test_leaving_at_a_time(case: Case, hour: int) -> None:
    """Arrival, rides and walking are those of brute force, the walk all the way compared.

    Of journeys alike in these, none could have left later.
    """
    depart = moment("0:00") + hour * 3600
    day = dt.datetime.fromtimestamp(depart, case.force.brute.zone).date()
    found = query.depart_at(case.timeline(day), case.changes, case.ends, depart)
    walk = {(depart + case.on_foot[0], 0, case.on_foot[1])} if case.on_foot else set()
    expected = front(case.force.leaving(depart, depart + 86400) | walk) - walk
    assert values(found) == expected
    for one in found:
        later = case.force.leaving(one.leave + 1, one.arrive)
        assert not any(
            arrive <= one.arrive and rides <= one.rides and walked <= one.walked_dm
            for arrive, rides, walked in later
        )


@settings(max_examples=examples(20), deadline=None)
@given(cases(), st.integers(8, 28))
def test_arriving_by_a_time(case: Case, hour: int) -> None:
    """Leaving, rides and walking are those of brute force, which tries every departure."""
    arrive = moment("0:00") + hour * 3600
    before = dt.datetime.fromtimestamp(arrive, case.force.brute.zone).date()
    timeline = case.timeline(before - dt.timedelta(days=1))
    found = query.arrive_by(timeline, case.changes, case.ends, arrive)
    expected = {
        (-leave, rides, walked)
        for leave in case.force.moments(arrive - 86400, arrive)
        for _, rides, walked in case.force.leaving(leave, arrive, longest_wait_s=0)
    }
    walk = {(case.on_foot[0] - arrive, 0, case.on_foot[1])} if case.on_foot else set()
    assert {(-one.leave, one.rides, one.walked_dm) for one in found} == front(
        expected | walk
    ) - walk


@settings(max_examples=examples(20), deadline=None)
@given(cases(), st.integers(6, 24), st.integers(1, 4))
def test_all_good_departures_of_a_window(case: Case, hour: int, hours: int) -> None:
    """What leaves in the window and nothing beats in leaving, arriving, rides and walking."""
    begin = moment("0:00") + hour * 3600
    end = begin + hours * 3600
    day = dt.datetime.fromtimestamp(begin, case.force.brute.zone).date()
    found = query.depart_within(case.timeline(day), case.changes, case.ends, (begin, end))

    def good(until: int) -> set[tuple[int, ...]]:
        every = {
            (-leave, *one)
            for leave in case.force.moments(begin, until)
            for one in case.force.leaving(leave, until + 86400, longest_wait_s=0)
        }
        kept = {one for one in front(every) if -one[0] <= end and one[1] + one[0] <= 86400}
        if case.on_foot:
            seconds, walked = case.on_foot
            kept = {one for one in kept if one[1] + one[0] < seconds or one[3] < walked}
        return kept

    expected = good(end + query.BEYOND_S) or good(end)
    assert {(-one.leave, one.arrive, one.rides, one.walked_dm) for one in found} == expected


@settings(max_examples=examples(40), deadline=None)
@given(small_networks(), _ENDS, _ENDS, st.integers(5, 26))
def test_what_leads_nowhere_is_all_that_is_left_out(
    tables: dict[str, str],
    access: dict[str, tuple[int, int]],
    egress: dict[str, tuple[int, int]],
    hour: int,
) -> None:
    """Knowing the least seconds from everywhere, the searches find the same."""
    case = Case(tables, (access, egress), {}, None)
    shortest = Shortest(case.network, 400.0)
    moment_s = moment("0:00") + hour * 3600
    day = dt.datetime.fromtimestamp(moment_s, case.force.brute.zone).date()
    searches: list[tuple[Callable[..., list[Found]], dt.date, int | tuple[int, int]]] = [
        (query.depart_at, day, moment_s),
        (query.arrive_by, day - dt.timedelta(days=1), moment_s),
        (query.depart_within, day, (moment_s, moment_s + 7200)),
    ]
    for search, begin, when in searches:
        timeline = case.timeline(begin)
        plain = search(timeline, case.changes, case.ends, when)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(raptor, "MANY_STOPS", 0)
            assert search(timeline, case.changes, case.ends, when, shortest) == plain


@settings(max_examples=examples(20), deadline=None)
@given(small_networks(), _ENDS, _ENDS, st.lists(st.sampled_from("01"), min_size=7, max_size=7))
def test_what_no_merged_day_has_no_day_has(
    tables: dict[str, str],
    access: dict[str, tuple[int, int]],
    egress: dict[str, tuple[int, int]],
    weekdays: list[str],
) -> None:
    """Where a day leads there, so does the one on which all runs of the days run."""
    calendar = TABLES["calendar.txt"].replace("1,1,1,1,1,1,1", ",".join(weekdays))
    tables = {**tables, "calendar.txt": calendar}
    if "1" not in weekdays:
        return
    case = Case(tables, (access, egress), {}, None)
    days = Timeline(case.network, DAY, count=7)
    merged = days.merged()
    assert merged is not None

    def leads(timeline: Timeline, number: int) -> bool:
        begin = moment("0:00") + number * 86400
        way = (timeline, case.changes, case.ends, begin, begin + 86400)
        return query.least_if_any(*way) is not None

    if not leads(merged, 0):
        assert not any(leads(days, number) for number in range(7))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_a_bag_keeps_what_nothing_beats(pairs: list[tuple[int, int]]) -> None:
    """Of all pairs put in, a bag holds exactly those that no other beats, by time."""
    bag = Bag()
    for pair in pairs:
        if not bag.beats(*pair):
            bag.put(*pair)
    assert list(zip(bag.times, bag.walks, strict=True)) == sorted(front(pairs))


def test_the_wishes_hold(tmp_path: Path) -> None:
    """Rides, changes, modes and wheelchairs: what is not wished is not offered."""
    tables: dict[str, str | None] = {
        "routes.txt": "route_id,agency_id,route_short_name,route_type\n"
        "1,x,1,3\n2,x,2,2\n3,x,3,715\n",
        "trips.txt": "route_id,service_id,trip_id,wheelchair_accessible\n"
        "1,daily,bus,2\n2,daily,train,1\n3,daily,flexbus,0\n1,daily,on,0\n",
        "stop_times.txt": calls(
            "bus A 8:00 C 8:10", "train A 8:00 B 8:05", "flexbus B 8:10 C 8:20", "on B 8:08 C 8:12"
        ),
    }
    feed = timetable(tmp_path, tables)

    def trips_of(wishes: Wishes) -> list[str]:
        network = Network([feed], wishes)
        numbers = numbers_of(feed)
        ends = query.Ends({numbers["A"]: Foot(0, 0)}, {numbers["C"]: Foot(0, 0)})
        timeline, changes = Timeline(network, DAY), Changes(network)
        found = query.depart_at(timeline, changes, ends, moment("7:00"))
        return ["+".join(ride.trip_ids[0] for ride in journey(network, one).rides) for one in found]

    assert trips_of(Wishes()) == ["bus"]
    assert trips_of(Wishes(wheelchair=True)) == ["train+on"]
    assert trips_of(Wishes(wheelchair=True, min_transfer_s=240)) == ["train+flexbus"]
    assert trips_of(Wishes(wheelchair=True, max_rides=1)) == []
    assert trips_of(wished(max_transfers=0, avoid_modes=("train",))) == ["bus"]
    assert trips_of(Wishes(avoid_modes=frozenset({Mode.BUS}))) == []


def test_less_walking_is_offered_beside_earlier(tmp_path: Path) -> None:
    """A long walk to a train is no reason to hide the bus at the door that arrives later."""
    feed = timetable(
        tmp_path,
        {
            "trips.txt": trips("train", "bus"),
            "stop_times.txt": calls("train A 8:30 D 8:40", "bus B 8:05 D 9:00"),
        },
    )
    network, numbers = Network([feed]), numbers_of(feed)
    ends = query.Ends(
        {numbers["A"]: Foot(1500, 20_000), numbers["B"]: Foot(60, 800)},
        {numbers["D"]: Foot(0, 0)},
    )
    found = query.depart_at(Timeline(network, DAY), Changes(network), ends, moment("8:00"))
    assert [(one.leave, one.arrive, one.walked_dm) for one in found] == [
        (moment("8:04"), moment("9:00"), 800),
        (moment("8:05"), moment("8:40"), 20_000),
    ]
