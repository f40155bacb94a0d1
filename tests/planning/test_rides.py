"""The rides of a plan, looked up in the timetables; what they emit."""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from tests.timetable.small_feeds import calls, timetable, trips

from lens_routes.geo import Point
from lens_routes.judge.rides import check_rides
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.travel.rides import emissions

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.timetable.network.timetable import Timetable

DATE = "2025-03-03"


@pytest.fixture
def bus(tmp_path: Path) -> Timetable:
    """Return a bus from A by B to C at 8:00, 9:00 and, the night after, at 24:30."""
    rows = [f"t{h} A {h}:00 B {h}:10 C {h}:20" for h in (8, 9)]
    night = "t24 A 24:30 B 24:40 C 24:50"
    return timetable(
        tmp_path,
        {"trips.txt": trips("t8", "t9", "t24"), "stop_times.txt": calls(*rows, night)},
        "bus",
    )


def _ride(trip: str, depart: str, arrive: str, **more: Any) -> dict[str, Any]:
    return {
        "feed": "bus",
        "trip_id": trip,
        "from_stop": "Stop A",
        "to_stop": "Stop C",
        "from_stop_id": "A",
        "to_stop_id": "C",
        "depart": depart,
        "arrive": arrive,
        "route_type": 3,
        **more,
    }


def _moment(clock: str, day: str = DATE) -> str:
    return f"{day}T{clock}:00+01:00"


def _document(*rides: dict[str, Any], **request: Any) -> dict[str, Any]:
    leg = {"rides": list(rides), "parts": []}
    return {"request": {"mode": "transit", **request}, "days": [{"date": DATE, "legs": [leg]}]}


def _pair(clock: str, arrive: str, day: str = DATE) -> dict[str, str]:
    return {"depart": _moment(clock, day), "arrive": _moment(arrive, day)}


EIGHT = _ride("t8", _moment("08:00"), _moment("08:20"))


def test_a_true_ride_passes(bus: Timetable) -> None:
    """A trip that runs that day, and the next and the last one after it."""
    named = {
        "next": _pair("09:00", "09:20"),
        "last": _pair("00:30", "00:50", "2025-03-04"),
    }
    assert check_rides(_document({**EIGHT, **named}), [bus]) == []
    night = _ride("t24", _moment("00:30", "2025-03-04"), _moment("00:50", "2025-03-04"))
    assert check_rides(_document({**night, "next": None, "last": named["last"]}), [bus]) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"trip_id": "t7"}, "trip_id"),
        ({"from_stop_id": "X"}, "from_stop_id"),
        ({"from_stop_id": "C", "to_stop_id": "A"}, "rides[0]"),
        ({"depart": _moment("08:01")}, "depart"),
        ({"depart": _moment("08:00", "2025-04-02")}, "depart"),
        ({"arrive": _moment("08:19")}, "depart"),
        ({"next": _pair("08:30", "08:50"), "last": _pair("00:30", "00:50", "2025-03-04")}, "next"),
        ({"next": _pair("09:00", "09:20"), "last": _pair("09:00", "09:20")}, "last"),
        ({"next": None, "last": None}, "last"),
    ],
)
def test_a_false_ride_is_found(bus: Timetable, change: dict[str, Any], where: str) -> None:
    """Another trip, stop, time or day than the timetable's, and false words on later rides."""
    faults = check_rides(_document({**EIGHT, **change}), [bus])
    assert any(fault.path.endswith(where) for fault in faults)


@pytest.mark.parametrize(
    "asked",
    [
        {"max_rides": 1},
        {"max_transfers": 0},
        {"min_transfer_minutes": 45},
        {"avoid_modes": ["bus"]},
    ],
)
def test_wishes_are_checked_without_a_timetable(asked: dict[str, Any]) -> None:
    """Too many rides, too short a change, and what was not wanted, from the plan alone."""
    rides = EIGHT, _ride("t9", _moment("09:00"), _moment("09:20"))
    assert check_rides(_document(*copy.deepcopy(rides)), []) == []
    assert check_rides(_document(*copy.deepcopy(rides), **asked), [])


def _leg(*route_types: int) -> Leg:
    begin = dt.datetime(2025, 3, 3, 8, tzinfo=dt.UTC)
    return Leg(
        "A",
        "C",
        begin,
        begin + dt.timedelta(hours=1),
        0.0,
        3600.0,
        Grade.TABLE,
        mode="transit",
        geometry=(Point(2.8, 50.4),),
        rides=tuple({"route_type": kind, "length_m": 10_000.0} for kind in route_types),
        direct_m=12_000.0,
    )


@pytest.mark.parametrize(
    ("route_type", "grams_per_km"),
    [(2, 27.69), (106, 27.69), (3, 113.2), (700, 113.2), (200, 29.42), (0, 4.28), (1, 4.44)],
)
def test_grams_of_a_kilometre(route_type: int, grams_per_km: float) -> None:
    """ADEME's figures for regional trains, urban buses, coaches, trams and metros."""
    emitted = emissions.of_day([_leg(route_type)])
    assert emitted is not None
    assert emitted.co2_g == pytest.approx(10 * grams_per_km)
    assert emitted.car_co2_g == pytest.approx(12 * 217.6)
    assert emitted.unknown == ()


def test_a_way_with_an_unknown_vehicle_is_left_out_of_both_sums() -> None:
    """Nobody gives a figure for a ferry: the way counts neither as ridden nor as driven."""
    emitted = emissions.of_day([_leg(2, 4), _leg(2)])
    assert emitted is not None
    assert emitted.co2_g == pytest.approx(276.9)
    assert emitted.car_co2_g == pytest.approx(12 * 217.6)
    assert emitted.unknown == ("ferry",)


def test_a_day_on_foot_emits_nothing_to_compare() -> None:
    """Without a ride there is no figure, rather than a zero beside a car nobody would take."""
    assert emissions.of_day([]) is None
