"""Very many places: those that promise most are weighed, the others are told of."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def land(path: Path, count: int) -> Path:
    """Write a made-up catalogue of so many places."""
    chance = random.Random(7)  # noqa: S311  # made up, not secret

    def feature(number: int) -> dict[str, Any]:
        lon, lat = 2.5 + 0.6 * chance.random(), 50.3 + 0.3 * chance.random()
        return {
            "type": "Feature",
            "id": f"place-{number}",
            "geometry": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
            "properties": {
                "name": f"Place {number}",
                "kind": "church",
                "themes": [chance.choice(("art", "memory"))],
                "interest": chance.randint(1, 4),
                "visit_minutes": 30,
                "descriptions": {"en": "One of very many places of a land that somebody made up."},
            },
        }

    header = {"title": "Made up", "timezone": "Europe/Paris", "default_start": "place-0"}
    features = [feature(number) for number in range(count)]
    document = {"type": "FeatureCollection", "lens_routes": header, "features": features}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_day_is_chosen_among_those_that_promise_most(tmp_path: Path) -> None:
    """Each of the theme is visited or told of, nothing is proven of so many, a must stays."""
    own = ("--places", land(tmp_path / "land.geojson", 2500), "--theme", "art", "--for", "4h")
    document = run("plan", *own, "--json").document
    assert document["days"][0]["stops"]
    assert not document["proven"]
    reasons = {item["place"]: item["reason"] for item in document["left_out"]}
    assert sum("promise more" in reason for reason in reasons.values()) > 500
    far = next(place for place, reason in reasons.items() if "promise more" in reason)
    named = run("plan", *own, "--must", far, "--json")
    assert named.code == 5 or far in {s["place"] for s in named.document["days"][0]["stops"]}


def test_a_catalogue_is_examined_once(tmp_path: Path, home: Path) -> None:
    """A file that was found sound is known by its bytes; another byte, and it is examined."""
    path = land(tmp_path / "land.geojson", 2500)
    assert run("places", "search", "place 77", "--places", path).code == 0
    known = (home / "sound-catalogues.txt").read_text()
    assert run("places", "search", "place 77", "--places", path).code == 0
    assert (home / "sound-catalogues.txt").read_text() == known
    path.write_text(path.read_text().replace('"place-3"', '"place-4"'), encoding="utf-8")
    assert run("places", "search", "place 77", "--places", path).code == 3
