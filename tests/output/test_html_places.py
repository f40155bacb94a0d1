"""All places of a catalogue as a page: whole, valid, asking nobody, with the hours of each day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.output.html_pages import map_data, parsed, words
from tests.support.program import run

from lens_routes.catalogue.hours import context_of, day_opening
from lens_routes.catalogue.load import load
from lens_routes.catalogue.picture import Picture
from lens_routes.output.html.places import dumps, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

TODAY = dt.date(2026, 11, 25)


def test_every_place_is_there_with_its_hours(town: Town) -> None:
    """Each place has a row with its name, and a number of a text for each of the days to come."""
    catalogue = load(town.catalogue)
    context = context_of(catalogue)
    openings = {
        place.id: [day_opening(place, TODAY + dt.timedelta(days=n), context) for n in range(3)]
        for place in catalogue.places
    }
    picture = Picture(b"JPEG", 4, 3, "Photo: <J>")
    first = catalogue.places[0].id
    page = dumps(catalogue, None, TODAY, openings, "lens-routes 0.1.0", {first: picture})
    root = parsed(page)
    rows = [node for node in root.iter("li") if node.attrib.get("class") == "place"]
    shown = [place for place in catalogue.places if place.status != "closed"]
    assert [row.attrib["id"] for row in rows] == [f"place-{place.id}" for place in shown]
    assert all(place.name in words(row) for place, row in zip(shown, rows, strict=True))
    (figure,) = root.iter("figure")
    assert words(figure) == "Photo: <J>"
    known = map_data(page, "catalogue")
    assert all(len(days) == 3 for days in known["hours"]["days"])
    museum = next(n for n, place in enumerate(shown) if place.opening_hours)
    assert any("Today: " in known["hours"]["texts"][n][1] for n in known["hours"]["days"][museum])
    assert "http" not in next(
        m.attrib["content"] for m in root.iter("meta") if "http-equiv" in m.attrib
    )


def test_what_the_map_shows_holds_every_place(town: Town) -> None:
    """No place lies beyond the ground that is drawn."""
    catalogue = load(town.catalogue)
    west, south, east, north = surroundings(catalogue)
    assert all(west < p.lon < east and south < p.lat < north for p in catalogue.places)


def test_the_command_writes_the_page(town: Town, tmp_path: Path) -> None:
    """``places export`` makes it, told by the name of the file."""
    target = tmp_path / "places.html"
    result = run("places", "export", target, "--places", town.catalogue)
    assert result.code == 0, result.err
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
