"""From nothing to a printed day, by the commands a newcomer would type."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.streets.overpass_server import serving
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("nine_o_clock", "home")

TABLE = """\
Nom;Latitude;Longitude;Horaires d'ouverture;Tarif;Site web;Durée;Accès PMR;Thème
Beffroi d'Essai;50,291;2,777;mar 10h-18h;9,20 €;www.essai.fr;1h30;oui;Culture
Jardin;50,295;2,78;Fermé le lundi. Ouvert du mardi au dimanche de 10h à 18h;gratuit;;60 min;;Nature
Gare;50,287;2,781;;;;5 min;;Nature
"""


def test_a_territory_of_ones_own(tmp_path: Path) -> None:
    """A header, a spreadsheet with French heads, and a day in that town."""
    mine = tmp_path / "arras.geojson"
    made = run("places", "new", mine, "--title", "Arras", "--timezone", "Europe/Paris",
               "--country", "fr", "--theme", "culture=Culture", "--theme", "nature")  # fmt: skip
    assert made.code == 0, made.err
    header = json.loads(mine.read_text())["lens_routes"]
    assert (header["country"], header["currency"]) == ("FR", "EUR")
    table = tmp_path / "lieux.csv"
    table.write_text(TABLE, encoding="cp1252", errors="replace")
    brought = run("places", "import", table, "--places", mine, "--yes")
    assert brought.code == 0, brought.err
    assert "mar 10h-18h: Tuesday 10:00 to 18:00" in brought.out
    places = {one["id"]: one["properties"] for one in json.loads(mine.read_text())["features"]}
    belfry = places["beffroi-d-essai"]
    assert (belfry["fee"], belfry["price_eur"], belfry["visit_minutes"]) == ("paid", 9.2, 90)
    assert (belfry["wheelchair"], belfry["website"]) == ("yes", "https://www.essai.fr")
    assert run("places", "set", "title=Arras et environs", "default_start=gare",
               "--places", mine).code == 0  # fmt: skip
    assert json.loads(mine.read_text())["lens_routes"]["title"] == "Arras et environs"
    plan = run("plan", "--places", mine, "--date", "2026-12-01", "--for", "4h")
    assert plan.code == 0, plan.err
    assert "Beffroi d'Essai" in plan.out


def test_a_dry_run_ends_as_the_real_one_would(tmp_path: Path) -> None:
    """All faults of a row are told at once, and nothing is written."""
    mine = tmp_path / "a.geojson"
    run("places", "new", mine, "--title", "A", "--timezone", "Europe/Paris", "--country", "FR")
    before = mine.read_bytes()
    table = tmp_path / "t.csv"
    table.write_text("Nom;lat;lon;Durée;Accès PMR\nX;50;2;long;peut-être\n", encoding="utf-8")
    tried = run("places", "import", table, "--places", mine, "--dry-run")
    assert tried.code == run("places", "import", table, "--places", mine, "--yes").code == 3
    assert "visit_minutes" in tried.out
    assert "wheelchair" in tried.out
    assert mine.read_bytes() == before


def test_columns_with_names_of_their_own_are_mapped_and_remembered(tmp_path: Path) -> None:
    """Said once, known the next time."""
    mine = tmp_path / "a.geojson"
    run("places", "new", mine, "--title", "A", "--timezone", "Europe/Paris", "--country", "FR")
    table = tmp_path / "t.csv"
    table.write_text("Intitulé;Nord;Est\nX;50;2\n", encoding="utf-8")
    said = ("--map", "name=Intitulé,lat=Nord", "--map", "lon=Est")
    assert run("places", "import", table, "--places", mine, "--yes", *said).code == 0
    table.write_text("Intitulé;Nord;Est\nY;50,1;2\n", encoding="utf-8")
    assert run("places", "import", table, "--places", mine, "--yes").code == 0
    assert len(json.loads(mine.read_text())["features"]) == 2


def test_what_is_missing_is_asked_for_or_named(tmp_path: Path) -> None:
    """Without a terminal the message says which option; a false zone is told with a right one."""
    missing = run("places", "new", tmp_path / "a.geojson", "--title", "A")
    assert missing.code == 2
    assert "--timezone" in missing.err
    false = run("places", "new", tmp_path / "a.geojson", "--title", "A", "--timezone", "Mars/A",
                "--country", "FR")  # fmt: skip
    assert false.code == 3
    assert "Europe/Paris" in false.err
    assert not (tmp_path / "a.geojson").exists()


def test_a_draft_of_the_map(tmp_path: Path, shared: Path) -> None:
    """Sights of a map in a new catalogue; what a person says stays when the map is read again."""
    mine, again = tmp_path / "monaco.geojson", ("--from", shared / "osm" / "monaco.osm.pbf")
    tried = run("places", "discover", *again, "--places", mine, "--dry-run")
    assert tried.code == 0, tried.err
    assert not mine.exists()
    made = run("places", "discover", *again, "--places", mine, "--yes")
    assert made.code == 0, made.err
    header = json.loads(mine.read_text())["lens_routes"]
    assert (header["country"], header["timezone"]) == ("MC", "Europe/Monaco")
    assert header["default_start"] == "monaco-monte-carlo"
    assert "opening hours" in run("places", "show", "Jardin exotique", "--places", mine).out
    run("places", "edit", "jardin-exotique", "--set", "interest=2", "--places", mine, "--yes")
    kept = mine.read_bytes()
    assert run("places", "discover", *again, "--places", mine, "--yes").code == 0
    assert mine.read_bytes() == kept
    told = run("places", "show", "jardin-exotique", "--places", mine).out
    assert "interest 2 of 5" in told
    assert "guessed" not in told


MUSEUM = {"name": "Musée A", "tourism": "museum"}
ASKED: list[dict[str, object]] = [
    {"type": "node", "id": 1, "lat": 43.7345, "lon": 7.4205, "tags": MUSEUM},
    {"type": "node", "id": 2, "lat": 43.7345, "lon": 7.4215,
     "tags": {"name": "Musée B", "historic": "monument"}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "code", "says"),
    [
        ("success", 0, "Musée B"),
        ("remark", 7, "could not answer the whole query"),
        ("page", 7, "something else than Overpass data"),
        ("empty", 3, "Nothing there has a name"),
    ],
)
def test_a_draft_by_overpass_of_somewhere_else(
    tmp_path: Path, word: str, code: int, says: str
) -> None:
    """Around coordinates far from any catalogue; a server that fails leaves no file."""
    mine = tmp_path / "monaco.geojson"
    with serving(ASKED, word) as server:
        told = run(
            "places", "discover", "--around", "43.7345,7.4205", "--radius", "1", "--places", mine,
            "--endpoint", server.endpoint, "--yes",
        )  # fmt: skip
    assert told.code == code, told.err
    assert says in told.out + told.err
    assert mine.exists() == (code == 0)
    if mine.exists():  # no station: at a sight that does not deserve to be left out
        header = json.loads(mine.read_text())["lens_routes"]
        assert header["default_start"] == "musee-b"


def test_the_first_place_and_the_first_import(tmp_path: Path, shared: Path) -> None:
    """An empty catalogue takes a place; one that is not there is made where its places are."""
    mine = tmp_path / "a.geojson"
    run("places", "new", mine, "--title", "A", "--timezone", "Europe/Paris", "--country", "FR")
    assert run("places", "add", "X", "--at", "near the church", "--places", mine, "--yes").code == 2
    assert run("places", "add", "X", "--at", "50.29,2.77", "--places", mine, "--yes").code == 0
    tokyo = tmp_path / "tokyo.geojson"
    listings = shared / "tourism" / "wikivoyage" / "listings.csv"
    assert run("places", "import", listings, "--places", tokyo, "--dry-run").code == 0
    assert not tokyo.exists()
    assert run("places", "import", listings, "--places", tokyo, "--yes").code == 0
    header = json.loads(tokyo.read_text())["lens_routes"]
    assert (header["timezone"], header["country"], header["currency"]) == (
        "Asia/Tokyo", "JP", "JPY",
    )  # fmt: skip


def test_half_a_name_is_enough_where_words_run_on(tmp_path: Path) -> None:
    """浅草 is 浅草寺 to those who live there; Greek and Cyrillic are found without accents."""
    table, mine = tmp_path / "t.csv", tmp_path / "t.geojson"
    named = {"浅草寺": "浅草", "東京国立博物館": "国立博物館", "Ελευσίνα": "ελευσιν",
             "Исаакиевский собор": "собор"}  # fmt: skip
    rows = [f"{name},35.7{number},139.79" for number, name in enumerate(named)]
    table.write_text("\n".join(["name,lat,lon", *rows]), encoding="utf-8")
    assert run("places", "import", table, "--places", mine, "--yes").code == 0
    for name, half in named.items():
        assert run("places", "search", half, "--places", mine).out.startswith(name)
        assert run("places", "show", half, "--places", mine).out.startswith(name)
    assert run("places", "search", "草", "--places", mine).code != 0


def test_places_of_other_scripts(tmp_path: Path) -> None:
    """They have an id, are found by each of their names, and go through a table and back."""
    mine, table = tmp_path / "a.geojson", tmp_path / "a.csv"
    run("places", "new", mine, "--title", "A", "--timezone", "Asia/Tokyo", "--country", "JP")
    for name, at, names in (("浅草寺", "35.7148,139.7967", "en=Sensō-ji; fr=Senso-ji"),
                            ("Ελευσίνα", "35.7,139.7", "de=Eleusis")):  # fmt: skip
        added = run("places", "add", name, "--at", at, "--set", f"names={names}",
                    "--places", mine, "--yes")  # fmt: skip
        assert added.code == 0, added.err
    assert json.loads(mine.read_text())["features"][1]["id"] == "eleysina"
    for words in ("senso ji", "浅草寺", "eleusis", "Ελευσίνα"):
        assert "1 place" in run("places", "search", words, "--places", mine).out, words
    assert "Senso-ji" in run("places", "list", "--places", mine, "--lang", "fr").out
    run("places", "export", table, "--places", mine)
    assert "Nothing to change" in run("places", "import", table, "--places", mine, "--yes").out
    wrong = run("places", "edit", "eleysina", "--set", "names=DE1=x", "--places", mine, "--yes")
    assert wrong.code == 3


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Let a person answer the questions of a terminal, and leave when there are no more."""
    left = iter(answers)

    def prompt(*_: object, **__: object) -> str:
        if (answer := next(left, None)) is None:
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr("lens_routes.cli.frame.console.interactive", lambda: True)
    monkeypatch.setattr("typer.prompt", prompt)


def test_each_answer_is_checked_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong zone, country or theme is asked again; who leaves gets a line to go on from."""
    mine = tmp_path / "arras.geojson"
    answering(monkeypatch, "Arras", "Europ/Paris", "Europe/Paris", "France", "FR")
    made = run("places", "new", mine, "--theme", "culture=Culture")
    assert "Europe/Paris, " in made.err
    assert json.loads(mine.read_text())["lens_routes"]["country"] == "FR"
    answering(monkeypatch, "Beffroi d’Arras", "monument", "nature", "culture")
    left = run("places", "add", "--places", mine)
    assert left.code == 130
    assert "Not a theme of this catalogue: nature." in left.err
    line = f"places add 'Beffroi d’Arras' --set kind=monument --set themes=culture --places {mine}"
    assert line in left.err.replace("\n", " ")
    answering(monkeypatch, "Arras", "Europe/Paris", "BE", *[""] * 7)
    run("places", "set", "--places", mine)
    assert json.loads(mine.read_text())["lens_routes"]["country"] == "BE"
