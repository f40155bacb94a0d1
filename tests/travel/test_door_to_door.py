"""Journeys from door to door: walks joined with rides."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.timetable.small_feeds import DAY, PARIS, TABLES, calls, numbers_of, timetable, trips

from lens_routes.geo import distance_m
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.waypoint import Waypoint
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.network.wishes import Preference, Wishes
from lens_routes.travel.foot.walk import Walk
from lens_routes.travel.rides import door_to_door
from lens_routes.travel.rides.door_to_door import DoorToDoor
from lens_routes.travel.rides.trip import Trip, Where, once, preferred
from lens_routes.travel.rides.walks_to_stops import Afoot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lens_routes.travel.walking import Walking

PACE_KMH = 4.5


class Streets:
    """Streets half as long again as the straight line, with steps on the way to some points."""

    def __init__(self, steps: frozenset[Waypoint] = frozenset()) -> None:
        self.steps = steps

    def from_first(self, waypoints: Sequence[Waypoint], within_m: float = inf) -> list[Walk]:
        origin, *others = waypoints
        return [
            Walk(
                min(1.5 * distance_m(origin.point, other.point), within_m),
                Grade.TABLE,
                10.0 if other in self.steps else 0.0,
            )
            for other in others
        ]


def walking(steps: frozenset[Waypoint] = frozenset()) -> Walking:
    return cast("Walking", Streets(steps))


def leg(a: Waypoint, b: Waypoint, planned: Walk, depart: dt.datetime) -> Leg:
    seconds = planned.seconds(PACE_KMH)
    arrive = depart + dt.timedelta(seconds=seconds)
    return Leg(a.name, b.name, depart, arrive, planned.distance_m, seconds, Grade.TABLE)


def planner(network: Network) -> DoorToDoor:
    return DoorToDoor(network, walking(), leg, pace_kmh=PACE_KMH)


def at(clock: str) -> dt.datetime:
    return dt.datetime.combine(DAY, dt.time.fromisoformat(clock), PARIS)


def near(network: Network, identity: str, east_m: float) -> Where:
    number = numbers_of(network.timetables[0])[identity]
    point = network.point(number)
    assert point is not None
    return Where(f"near {identity}", Waypoint("door", point.lon + east_m / 71_000, point.lat), None)


def test_a_stop_beyond_the_longest_walk_is_not_at_its_end(tmp_path: Path) -> None:
    """A stop that the streets reach only after the limit is no stop to walk to."""
    network = Network([timetable(tmp_path)])
    afoot = Afoot(network, walking(), PACE_KMH)
    door = near(network, "A", 100).waypoint
    assert door is not None
    numbers = numbers_of(network.timetables[0])
    found = afoot.around(door, 1000.0)
    # B is 900 m away in a straight line, and 1.3 km along the streets.
    assert found.keys() == {numbers["A"]}
    assert found[numbers["A"]].dm == pytest.approx(1500, abs=10)


def test_walks_and_rides_are_joined(tmp_path: Path) -> None:
    """Walks at both ends make up the metres of a journey, and each leg is in time."""
    tables: dict[str, str | None] = {
        "trips.txt": trips("t1", "t2"),
        "stop_times.txt": calls("t1 A 8:00 C 8:10", "t2 C 8:14 E 8:24"),
    }
    network = Network([timetable(tmp_path, tables)])
    a, b = near(network, "A", 200), near(network, "E", 300)
    found = planner(network).depart_at(a, b, at("07:30"))
    ride = next(trip for trip in found if trip.rides)
    assert ride.walk_m == pytest.approx(1.5 * (200 + 300), abs=5)
    assert [one.mode for one in ride.legs] == ["walk", "transit", "transit", "walk"]
    for before, after in zip(ride.legs, ride.legs[1:], strict=False):
        assert before.arrive <= after.depart
    assert ride.depart >= at("07:30")


def test_the_next_day_with_a_connection_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bus of Thursdays is found on Monday, the runs of the week laid out once."""
    tables: dict[str, str | None] = {
        "calendar.txt": TABLES["calendar.txt"].replace("1,1,1,1,1,1,1", "0,0,0,1,0,0,0"),
        "stop_times.txt": calls("t1 A 9:30 E 9:40"),
    }
    network = Network([timetable(tmp_path, tables)])
    a, b = near(network, "A", 200), near(network, "E", 300)
    plans = planner(network)
    assert [trip for trip in plans.depart_at(a, b, at("08:00")) if trip.rides] == []
    laid: list[dt.date] = []

    def counting(network: Network, day: dt.date, *rest: Any) -> Timeline:
        laid.append(day)
        return Timeline(network, day, *rest)

    monkeypatch.setattr(door_to_door, "Timeline", counting)
    error = plans.no_journey(a, b, at("08:00"), DAY + dt.timedelta(days=1))
    assert error.hint == "The next day with a connection is 2025-03-06."
    assert laid == [DAY + dt.timedelta(days=1)]


def test_walking_all_the_way_is_compared(tmp_path: Path) -> None:
    """A bus that is there after who walks, having walked no less, is not offered; the walk is."""
    tables: dict[str, str | None] = {"stop_times.txt": calls("t1 A 9:30 B 9:40")}
    network = Network([timetable(tmp_path, tables)])
    a, b = near(network, "A", 450), near(network, "B", -450)
    (walk,) = planner(network).depart_at(a, b, at("08:00"))
    assert not walk.rides
    late = planner(network).arrive_by(a, b, at("10:00"))
    assert [len(trip.rides) for trip in late] == [0]
    assert late[0].arrive == at("10:00")


def test_nobody_takes_steps_in_a_wheelchair(tmp_path: Path) -> None:
    """A walk with steps is none for a wheelchair; without the wish it is."""
    feed = timetable(tmp_path)
    number = numbers_of(feed)["A"]
    point = feed.point(number)
    assert point is not None
    door = Waypoint("door", point.lon + 0.001, point.lat)
    steps = frozenset({Waypoint(str(number), point.lon, point.lat)})
    for wishes, count in ((Wishes(), 1), (Wishes(wheelchair=True), 0)):
        afoot = Afoot(Network([feed], wishes), walking(steps), PACE_KMH)
        assert len(afoot.around(door, 500.0)) == count


def test_the_same_train_of_two_feeds_is_offered_once(tmp_path: Path) -> None:
    """Two feeds place a station differently: its train is one, by the shorter walk."""
    tables: dict[str, str | None] = {"stop_times.txt": calls("t1 A 8:00 E 8:20")}
    moved = (tmp_path / "x").parent
    feeds = [timetable(moved, tables, "one")]
    stops = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
        f"{name},STOP {name.lower()},50.4302,{2.8 + 0.014 * i + 0.0003:.4f}\n"
        for i, name in enumerate("ABCDE")
    )
    feeds.append(timetable(moved, {**tables, "stops.txt": stops}, "two"))
    network = Network(feeds)
    a, b = near(network, "A", -200), near(network, "E", 200)
    rides = [trip for trip in planner(network).depart_at(a, b, at("07:00")) if trip.rides]
    assert len(rides) == 1


def _trip(depart: str, arrive: str, rides: int, walk_m: float) -> Trip:
    walk = leg(Waypoint("a", 0, 0), Waypoint("b", 0, 0), Walk(walk_m, Grade.TABLE), at(depart))
    return Trip((replace(walk, arrive=at(arrive)),), cast("Any", ("ride",) * rides))


@pytest.mark.parametrize(
    ("preference", "first"),
    [
        (Preference.EARLIER, 0),
        (Preference.FEWER_CHANGES, 1),
        (Preference.LESS_WALKING, 2),
    ],
)
def test_preferences(preference: Preference, first: int) -> None:
    """The first to arrive, the one with the fewest changes, or the one with the least walking."""
    every = [
        _trip("08:00", "09:00", 2, 900),
        _trip("08:00", "09:30", 1, 900),
        _trip("08:00", "09:45", 3, 100),
    ]
    assert preferred(reversed(every), preference)[0] is every[first]
    assert once([]) == []
