"""``route`` by other means than the usual walk: modes, wishes, other ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support import schemas
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town


@pytest.mark.parametrize("mode", ["wheelchair", "bike", "road", "e-bike", "car"])
@pytest.mark.usefixtures("streets")
def test_a_route_in_each_mode(town: Town, mode: str) -> None:
    """Whoever moves gets a way with directions, and a document of the known form."""
    answer = run("route", "gare", "musee", "--mode", mode, "--places", town.catalogue, "--json")
    assert answer.code == 0, answer.err
    schemas.assert_valid(answer.document)
    (leg,) = answer.document["legs"]
    assert leg["source"] == "streets"
    assert leg["steps"]


@pytest.mark.usefixtures("streets")
def test_wishes_and_other_ways(town: Town) -> None:
    """Each wish gets an answer; alternatives are shown besides, or that there are none is said."""
    own = ("--places", town.catalogue)
    for wish in ("calm", "direct", "green"):
        assert run("route", "gare", "musee", "--way", wish, *own).code == 0
    shown = run("route", "gare", "musee", "--alternatives", "2", *own, "--json")
    schemas.assert_valid(shown.document)
    lengths = [leg["distance_m"] for leg in shown.document.get("alternatives", [])]
    assert len(lengths) <= 2


@pytest.mark.parametrize(
    "words",
    [
        ("--mode", "hovercraft"),
        ("--way", "scenic"),
        ("--avoid", "rain"),
        ("--alternatives", "2", "terril"),
    ],
)
def test_what_makes_no_sense_is_refused(town: Town, words: tuple[str, ...]) -> None:
    """An unknown profile, wish or thing to avoid, and other ways by three places: exit code 2."""
    answer = run("route", "gare", "musee", *words, "--places", town.catalogue, "--json")
    assert answer.code == 2
    assert answer.error["code"] == 2


def test_without_streets_only_the_usual_walk_is_known(town: Town) -> None:
    """A ride needs the streets, and says so with the command that helps."""
    answer = run("route", "gare", "musee", "--mode", "bike", "--places", town.catalogue)
    assert answer.code != 0
    assert "streets" in answer.err


@pytest.mark.parametrize("duration", ["20", "00:20", "PT20M"])
def test_a_ferry_on_foot_takes_its_time(tmp_path: Path, duration: str) -> None:
    """140 m to the landing, 20 minutes on the water, 140 m on: 24 minutes, not the 6 of a walk."""
    nodes = "".join(
        f"<node id='{n}' version='1' lat='50.43' lon='{lon}'/>"
        for n, lon in enumerate((2.828, 2.83, 2.832, 2.834), 1)
    )
    street = "<tag k='highway' v='residential'/>"
    ferry = f"<tag k='route' v='ferry'/><tag k='duration' v='{duration}'/>"
    ways = "".join(
        f"<way id='{n}' version='1'><nd ref='{n}'/><nd ref='{n + 1}'/>{tags}</way>"
        for n, tags in enumerate((street, ferry, street), 1)
    )
    file = tmp_path / "bac.osm"
    file.write_text(f"<osm version='0.6'>{nodes}{ways}</osm>", encoding="utf-8")
    assert run("streets", "import", file).code == 0
    (leg,) = run("route", "50.43,2.828", "50.43,2.834", "--json").document["legs"]
    assert leg["duration_s"] == pytest.approx(20 * 60 + 2 * 142 / 1.25, abs=5)
