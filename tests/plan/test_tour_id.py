"""The id of a tour: what was made of it can be updated, and of another tour is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.output.golden_files import GOLDEN
from tests.support.program import run

from lens_routes.plan.document import from_document, read, to_document
from lens_routes.plan.tour_id import id_of_request, tour_id

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

EMPTY = st.sampled_from([None, False, 0, "", [], {}])


@given(name=st.text(min_size=1).map("new_".__add__), value=EMPTY)
def test_an_option_that_is_not_used_changes_nothing(name: str, value: object) -> None:
    """A later version's option leaves the tours that do not use it what they were."""
    request = read(GOLDEN / "day.json").request
    assert id_of_request({**request, name: value}) == id_of_request(request)
    assert id_of_request({**request, name: "used"}) != id_of_request(request)


def test_corrections_of_the_catalogue_change_nothing() -> None:
    """A start moved by a metre, or a catalogue of one place more, plans the same tour."""
    request = {
        "date": "2026-11-25",
        "start": {"name": "Gare", "id": "gare", "lon": 2.8, "lat": 50.4},
        "catalogue": {"title": "Lens", "places": 124, "sha256": "a"},
    }
    corrected = {
        "date": "2026-11-25",
        "start": {"name": "La gare", "id": "gare", "lon": 2.81, "lat": 50.4},
        "catalogue": {"title": "Lens", "places": 125, "sha256": "b"},
    }
    assert id_of_request(request) == id_of_request(corrected)
    for other in (
        {**request, "date": "2026-11-26"},
        {**request, "start": {"name": "Musée", "id": "musee", "lon": 2.8, "lat": 50.4}},
        {**request, "start": {"name": "Gare", "id": None, "lon": 2.8, "lat": 50.4}},
        {**request, "catalogue": {"title": "Arras", "places": 124, "sha256": "a"}},
    ):
        assert id_of_request(other) != id_of_request(request)


def test_the_id_is_saved_and_read_back() -> None:
    """A document keeps the id; one from before there were ids has the id it would be given."""
    plan = read(GOLDEN / "day.json")
    document = to_document(plan)
    assert document["id"] == tour_id(plan) == id_of_request(plan.request)
    edited = {**document, "request": {**document["request"], "at": "11:00"}}
    assert tour_id(from_document(edited)) == document["id"]
    assert tour_id(replace(plan, id="mine")) == "mine"


@pytest.mark.usefixtures("streets", "nine_o_clock")
def test_the_rest_of_a_day_is_the_same_tour_and_an_alternative_another(
    town: Town, tmp_path: Path
) -> None:
    """``replan`` keeps the id, so that calendars are updated; alternatives have their own."""
    saved, rest = tmp_path / "day.json", tmp_path / "rest.json"
    own = ("--places", town.catalogue, "--json")
    plan = run("plan", "--alternatives", "2", "--save", saved, *own).document
    first = plan["days"][0]["stops"][0]["place"]
    again = run("replan", saved, "--now", "12:00", "--done", first, "--save", rest, *own).document
    assert again["id"] == plan["id"]
    ids = [plan["id"], *(other["plan"]["id"] for other in plan["alternatives"])]
    assert len(ids) > 1
    assert len(set(ids)) == len(ids)
    assert all(bool(s["place_kind"]) == bool(s["place"]) for s in plan["days"][0]["stops"])
