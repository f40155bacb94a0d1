"""``nearby --what``, what one passes, and where there is a table at noon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support import schemas, world
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")

#: By the station, on the way to the museum; tables at either end.
POINTS = (
    ("G2", {"amenity": "toilets"}),
    ("M2", {"amenity": "drinking_water"}),
    ("G2", {"amenity": "restaurant", "name": "Chez Léon", "opening_hours": "Mo-Su 11:00-15:00"}),
    ("M2", {"amenity": "cafe", "name": "Le Coron", "opening_hours": "Mo-Su 07:00-20:00"}),
    ("M1", {"amenity": "restaurant", "name": "Le Soir", "opening_hours": "Mo-Su 19:00-23:00"}),
    ("M3", {"amenity": "restaurant", "name": "Sans heures"}),
)


@pytest.fixture
def furnished(town: Town, tmp_path: Path) -> Town:
    """Import the streets of the made-up town with points of interest on their corners."""
    nodes = []
    for number, (corner, tags) in enumerate(POINTS, 900):
        lon, lat = world.node(corner)
        told = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        nodes.append(f'<node id="{number}" version="1" lat="{lat}" lon="{lon}">{told}</node>')
    file = tmp_path / "furnished.osm"
    text = town.map.read_text(encoding="utf-8")
    file.write_text(text.replace("<way", "".join(nodes) + "<way", 1), encoding="utf-8")
    result = run("streets", "import", file, "--places", town.catalogue, "--json")
    assert result.document["amenities"] == {"toilets": 1, "water": 1, "restaurant": 3, "cafe": 1}
    return town


def test_what_is_asked_for_comes_by_its_walk(furnished: Town) -> None:
    """Each with the walk along the streets; the document keeps to its schema."""
    own = ("--places", furnished.catalogue)
    found = run("nearby", "gare", "--what", "toilettes", "--what", "water", *own, "--json")
    schemas.assert_valid(found.document)
    kinds = [one["kind"] for one in found.document["amenities"]]
    assert sorted(kinds) == ["toilets", "water"]
    times = [one["duration_s"] for one in found.document["amenities"]]
    assert times == sorted(times)
    assert "Toilets" in run("nearby", "gare", "--what", "wc", *own).out


def test_open_means_open_then(furnished: Town) -> None:
    """At an hour only what is open then is told; unknown hours are not open."""
    own = ("--places", furnished.catalogue, "--within", "30min", "--json")
    noon = run("nearby", "gare", "--what", "lunch", "--open", "--at", "12:30", *own).document
    assert sorted(one["name"] for one in noon["amenities"]) == ["Chez Léon", "Le Coron"]
    late = run("nearby", "gare", "--what", "restaurant", "--at", "21:00", *own).document
    states = {one["name"]: one["opening"] for one in late["amenities"]}
    assert states == {"Chez Léon": "closed", "Le Soir": "open", "Sans heures": "unknown"}


@pytest.mark.parametrize(
    ("line", "code"), [("--what happiness", 2), ("--open", 2), ("--what wc --at noonish", 2)]
)
def test_slips_are_refused(furnished: Town, line: str, code: int) -> None:
    """An unknown need, a lone --open, no hour."""
    result = run("nearby", "gare", *line.split(), "--places", furnished.catalogue, "--json")
    assert result.error["code"] == code


def test_without_streets_it_says_what_to_install(town: Town) -> None:
    """Amenities come with the streets: exit code 6 names the command."""
    result = run("nearby", "gare", "--what", "wc", "--places", town.catalogue, "--json")
    assert result.error["code"] == 6
    assert "streets download" in result.error["hint"]


def test_a_walk_tells_what_one_passes(furnished: Town) -> None:
    """Water and toilets on the way, in order, in the document and in words."""
    own = ("--places", furnished.catalogue)
    (leg,) = run("route", "gare", "musee", *own, "--json").document["legs"]
    passed = leg["passed"]
    assert [one["at_m"] for one in passed] == sorted(one["at_m"] for one in passed)
    assert {one["kind"] for one in passed} <= {"water", "toilets"}
    assert passed
    assert "on the way:" in run("route", "gare", "musee", *own).out.replace("\n", " ")


def test_lunch_names_tables_that_are_open(furnished: Town) -> None:
    """The noon break of a day names up to two tables open all the time, and none that is not."""
    plan = run("plan", "--places", furnished.catalogue, "--at", "9:30", "--for", "7h", "--json")
    lunch = next(s for s in plan.document["days"][0]["stops"] if s["kind"] == "break")
    schemas.assert_valid(plan.document)
    named = [one["name"] for one in lunch.get("tables", ())]
    assert set(named) <= {"Chez Léon", "Le Coron"}
    if named:
        assert all(name in lunch["notes"][0] for name in named)
    else:
        assert lunch["notes"] == [
            "Bring something to eat, or find a table: the catalogue has none here."
        ]
