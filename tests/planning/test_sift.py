"""Very many places: those that promise most are weighed, the others are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.catalogues import write
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def test_a_day_is_chosen_among_those_that_promise_most(tmp_path: Path) -> None:
    """Each of the theme is visited or told of, nothing is proven of so many, a must stays."""
    own = ("--places", write(tmp_path / "land.geojson", 2500), "--theme", "art", "--for", "4h")
    document = run("plan", *own, "--json").document
    assert document["days"][0]["stops"]
    assert not document["proven"]
    reasons = {item["place"]: item["reason"] for item in document["left_out"]}
    assert sum("promise more" in reason for reason in reasons.values()) > 300
    far = next(place for place, reason in reasons.items() if "promise more" in reason)
    named = run("plan", *own, "--must", far, "--json")
    assert named.code == 5 or far in {s["place"] for s in named.document["days"][0]["stops"]}


def test_a_catalogue_is_examined_once(tmp_path: Path, home: Path) -> None:
    """A file that was found sound is known by its bytes; another byte, and it is examined."""
    path = write(tmp_path / "land.geojson", 2500)
    assert run("places", "search", "place 77", "--places", path).code == 0
    known = (home / "sound-catalogues.txt").read_text()
    assert run("places", "search", "place 77", "--places", path).code == 0
    assert (home / "sound-catalogues.txt").read_text() == known
    path.write_text(path.read_text().replace('"place-3"', '"place-4"'), encoding="utf-8")
    assert run("places", "search", "place 77", "--places", path).code == 3
