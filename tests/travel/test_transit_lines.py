"""The journeys between places on a day: found whole, traced again, kept, and bound by wishes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.timetable.small_feeds import calls, moment, timetable, trips

from lens_routes.plan.waypoint import Waypoint
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.wishes import Preference, Wishes, wished
from lens_routes.travel.foot.walk import DetourFit
from lens_routes.travel.rides.kept import Keeping
from lens_routes.travel.rides.lines import Lines, Span
from lens_routes.travel.rides.table import RideTable
from lens_routes.travel.rides.times import TransitTimes
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2025, 3, 3)
#: On foot as the crow flies, a metre a second.
WALKING = Walking(None, (), DetourFit(1.0, 0.0, 0.0, 1))
PACE_KMH = 3.6
#: Stops 7 km apart, and places beside the first, the third and the last.
STOPS = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
    f"{name},Stop {name},50.43,{2.8 + 0.1 * k:.1f}\n" for k, name in enumerate("ABCDE")
)
A, C, E = (Waypoint(name, 2.8 + 0.1 * k, 50.4305) for name, k in (("a", 0), ("c", 2), ("e", 4)))
ON_FOOT_S = 28_000
SPAN = Span(DAY, moment("8:00", DAY), moment("23:00", DAY))


def _network(folder: Path, wishes: Wishes | None = None) -> Network:
    """Return a slow bus all the way, a change at C, and a last bus after midnight."""
    rows = [
        "slow A 9:05 B 9:15 C 9:30 D 9:45 E 9:55",
        "east A 9:10 C 9:20",
        "west C 9:25 E 9:35",
        "night A 24:30 E 24:50",
    ]
    names = [row.split()[0] for row in rows]
    tables = {"stops.txt": STOPS, "trips.txt": trips(*names), "stop_times.txt": calls(*rows)}
    feed = timetable(folder, tables)
    return Network([feed], wishes or Wishes())


def _lines(network: Network, keeping: Keeping | None = None, wish: str | None = None) -> Lines:
    prefer = None if wish is None else Preference(wish)
    return Lines(network, WALKING, [A, C, E], [SPAN], PACE_KMH, prefer, keeping)


def _trips_at(lines: Lines, clock: str) -> list[str]:
    """Return the trips of the journey from A to E taken by who may leave at a time."""
    walks = [[0, ON_FOOT_S], [ON_FOOT_S, 0]]
    journeys = lines.journeys([A, E], 0)
    choice = RideTable(journeys, lines.trouble, (walks, walks), [0, 0], PACE_KMH).choice(0, 1)
    journey = None if choice is None else choice.at(moment(clock, DAY))
    if journey is None:
        return []
    riding = lines.riding(A, E, journey)
    assert (riding.leave, riding.arrive) == (journey.leave, journey.arrive)
    network = lines.network
    found = []
    clocks = [journey.leave]
    for ridden in riding.rides:
        feed = network.pattern(ridden.pattern).timetable
        run, _ = ridden.lane.runs[ridden.row]
        found.append(feed.text(feed.trip_id[feed.part_trip[feed.run_first_part[run]]]))
        clocks.append(ridden.lane.departures[ridden.row][ridden.board])
        clocks.append(ridden.lane.arrivals[ridden.row][ridden.alight])
    assert clocks == sorted(clocks)
    assert clocks[-1] <= journey.arrive
    return found


@pytest.mark.parametrize(
    ("wish", "taken"),
    [(None, ["east", "west"]), ("earlier", ["east", "west"]), ("fewer-changes", ["slow"])],
)
def test_what_is_preferred_is_taken(tmp_path: Path, wish: str | None, taken: list[str]) -> None:
    """The quick way with a change, or the slow one without, as one prefers."""
    assert _trips_at(_lines(_network(tmp_path), wish=wish), "8:30") == taken


def test_after_midnight_is_the_same_day(tmp_path: Path) -> None:
    """Who has missed all else is brought home after midnight, unless walking is sooner."""
    assert _trips_at(_lines(_network(tmp_path)), "22:00") == ["night"]
    assert _trips_at(_lines(_network(tmp_path), wish="earlier"), "10:00") == []


@pytest.mark.parametrize(
    "wishes", [wished(max_transfers=0), wished(max_rides=1), wished(min_transfer_s=1200)]
)
def test_wishes_hold_for_every_journey(tmp_path: Path, wishes: Wishes) -> None:
    """Without a change, or without a short one, only the slow bus is left."""
    assert _trips_at(_lines(_network(tmp_path, wishes)), "8:30") == ["slow"]


def test_what_is_avoided_is_not_ridden(tmp_path: Path) -> None:
    """Without buses everything is walked."""
    network = _network(tmp_path, wished(avoid_modes=("bus",)))
    assert _trips_at(_lines(network), "8:30") == []


def test_kept_journeys_are_those_worked_out(tmp_path: Path) -> None:
    """Read from disk they are the same; with other wishes or another pace they are others."""
    told: list[str] = []
    keeping = Keeping(tmp_path / "kept", tell=told.append)
    (tmp_path / "kept").mkdir()
    network = _network(tmp_path)
    first, second = _lines(network, keeping), _lines(network, keeping)
    assert len(list((tmp_path / "kept").iterdir())) == 1
    both = zip(first.journeys([A, C, E], 0), second.journeys([A, C, E], 0), strict=True)
    assert all(one.tolist() == other.tolist() for one, other in both)
    _lines(Network(network.timetables, wished(max_rides=1)), keeping)
    _lines(network, keeping, "less-walking")
    assert len(list((tmp_path / "kept").iterdir())) == 3
    assert told == []


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """The journeys are worked out all the same, and the person is told."""
    (tmp_path / "kept").write_text("a file")
    told: list[str] = []
    lines = _lines(_network(tmp_path), Keeping(tmp_path / "kept", tell=told.append))
    assert len(lines.journeys([A, E], 0).pair)
    assert len(told) >= 1


def test_a_place_no_stop_is_near_is_walked_to(tmp_path: Path) -> None:
    """Locations beyond the points of the timetables, and those far from stops, are walked to."""
    far = Waypoint("far", 3.5, 50.0)
    lines = Lines(_network(tmp_path), WALKING, [A, far], [SPAN], PACE_KMH)
    rows = [[500] * 3] * 3
    times = TransitTimes(lines, [A, far], moment("0:00", DAY), rows, rows)
    for destination in (1, 2):
        assert times.seconds(0, destination, 36_000) == 500
        assert times.riding(0, destination, 36_000) is None
