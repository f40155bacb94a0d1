"""The rest of a day by bus: later buses where they still bring one there, else a true refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.bus import FAR, install_bus
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save a day to a place only a bus reaches: it leaves hourly from 10:10 and comes back late."""
    monkeypatch.setenv("LENS_ROUTES_NOW", "2025-03-03T07:30")
    install_bus(tmp_path)
    path = tmp_path / "day.json"
    words = ["--mode", "transit", "--date", "2025-03-05", "--must", FAR, "--theme", "sport"]
    result = run("plan", *words, "--for", "7h", "--save", path)
    assert result.code == 0, result.err
    return path


def _replanned(path: Path, *words: str) -> dict[str, Any]:
    document: dict[str, Any] = run("replan", path, "--json", *words).document
    return document


def _visits(document: dict[str, Any]) -> list[str]:
    return [s["place"] for day in document["days"] for s in day["stops"] if s["place"]]


def test_before_the_bus_the_rest_is_as_planned(saved: Path) -> None:
    """At the start of the day every visit stays, in its order."""
    planned = _visits(json.loads(saved.read_bytes()))
    assert _visits(_replanned(saved, "--now", "10:00")) == planned


def test_who_missed_a_bus_takes_the_next(saved: Path) -> None:
    """At 11:30 there is one bus left: the place that has to be in the day still is."""
    document = _replanned(saved, "--now", "11:30", "--here", "gare-de-lens")
    assert FAR in _visits(document)
    rides = [ride for leg in document["days"][0]["legs"] for ride in leg["rides"]]
    assert rides[0]["depart"][11:16] == "12:10"


def test_who_missed_the_last_bus_is_told(saved: Path) -> None:
    """After the last bus the place cannot be reached: it goes, by name, or nothing is left."""
    result = run("replan", saved, "--json", "--now", "12:30", "--here", "gare-de-lens")
    if result.code == 0:
        assert FAR not in _visits(result.document)
        assert any("Cité des Électriciens" in warning for warning in result.document["warnings"])
    else:
        assert result.error["code"] == 5
        assert "Cité des Électriciens" in result.error["message"]
        assert result.error["hint"]
