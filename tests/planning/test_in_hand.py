"""Time in hand: before buses, closings and appointments, where there is any."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.bus import FAR, install_bus
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

ASK = ["plan", "--mode", "transit", "--date", "2025-03-05", "--must", FAR, "--theme", "sport"]


@pytest.fixture
def _bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a bus that goes there at 10:10, 11:10 and 12:10 and back at 14:30 and 15:30."""
    monkeypatch.setenv("LENS_ROUTES_NOW", "2025-03-03T07:30")
    install_bus(tmp_path)


def _day(*words: object) -> dict[str, Any]:
    day: dict[str, Any] = run(*ASK, "--json", *words).document["days"][0]
    return day


def _minutes(first: str, then: str) -> float:
    return (dt.datetime.fromisoformat(then) - dt.datetime.fromisoformat(first)).seconds / 60


@pytest.mark.usefixtures("_bus")
def test_ten_minutes_are_left_before_a_bus() -> None:
    """Before a bus in the day; where the day begins one knows the way, and three will do."""
    day = _day("--at", "10:00", "--for", "7h")
    rides = [leg for leg in day["legs"] if leg["rides"]]
    assert rides[0]["rides"][0]["depart"][11:16] == "10:10"
    for stop, leg in zip(day["stops"], day["legs"][1:], strict=True):
        if leg["rides"]:
            assert _minutes(stop["leave"], leg["depart"]) >= 10
            assert stop["slack_minutes"] >= 10


@pytest.mark.usefixtures("_bus")
def test_a_tight_bus_is_better_than_none() -> None:
    """The last bus is taken even by who has to run for it."""
    day = _day("--at", "12:00", "--for", "5h")
    assert next(leg for leg in day["legs"] if leg["rides"])["rides"][0]["depart"][11:16] == "12:10"


@pytest.mark.usefixtures("nine_o_clock", "streets")
def test_one_is_early_for_an_appointment_if_one_can(town: Town) -> None:
    """Ten minutes before it begins."""
    words = ("plan", "--places", town.catalogue, "--json", "--appointment", "musee=13:40")
    day = run(*words, "--for", "7h").document["days"][0]
    (stop,) = [stop for stop in day["stops"] if stop["place"] == "musee"]
    assert _minutes(stop["arrive"], stop["begin"]) >= 10
