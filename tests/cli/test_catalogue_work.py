"""``places add, edit, remove, import, export, check``: staff keep a catalogue from the shell."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.support import schemas
from tests.support.program import environment, run

from lens_routes.cli.frame import console
from lens_routes.files import shipped as data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


@pytest.fixture
def own(tmp_path: Path, town: Town, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a catalogue to work on, in the current folder."""
    document = json.loads(town.catalogue.read_bytes())
    path = tmp_path / "own.geojson"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def _properties(path: Path, identity: str) -> Any:
    features = json.loads(path.read_bytes())["features"]
    return next(f["properties"] for f in features if f["id"] == identity)


def test_an_id_that_is_no_text_is_in_nobodys_way(town: Town, tmp_path: Path) -> None:
    """Another place whose id is a list is a fault of the catalogue, not of the program."""
    document = json.loads(town.catalogue.read_bytes())
    first, *others = document["features"]
    first["id"] = []
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    words = ("--set", "interest=3", "--places", own, "--yes")
    assert run("places", "edit", others[0]["id"], *words).code in {0, 3}


def test_add(own: Path) -> None:
    """A place is added with what is said of it, checked today, and can be planned over."""
    result = run(
        "places", "add", "Café des Mineurs", "--at", "50.4236,2.7913", "--set", "themes=culture",
        "--set", "opening_hours=Mo-Su 09:00-19:00", "--set", "interest=5", "--places", own,
    )  # fmt: skip
    assert result.code == 0, result.err
    assert "added Café des Mineurs (cafe-des-mineurs)" in result.out
    assert '+    "name": "Café des Mineurs",' in result.out
    assert _properties(own, "cafe-des-mineurs") == {
        "name": "Café des Mineurs",
        "themes": ["culture"],
        "opening_hours": "Mo-Su 09:00-19:00",
        "interest": 5,
        "checked": "2026-11-25",
    }
    assert run("places", "validate", own).code == 0
    assert run("plan", "--must", "café des mineurs", "--places", own).code == 0


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("add", 2, "name and a position"),
        ("add X", 2, "name and a position"),
        ("add Gare --id gare --at 50.42,2.79", 2, "called gare already"),
        ("add X --at 2.79,50.42", 2, "longitude,latitude"),
        ("add X --at 50.42,2.79 --set interest=9", 3, "1 place is refused"),
        ("add X --at 50.42,2.79 --set interset=3", 2, "interest?"),
        ("add X --at 50.42,2.79 --set interest", 2, "which value"),
        ("add X --at 50.42,2.79 --set outdoor=perhaps", 2, "neither yes nor no"),
        ("add X --at 50.42,2.79 --set opening_hours=soon", 3, "Opening hours"),
        ("edit gare", 2, "Nothing is to be changed"),
        ("edit nowhere --set interest=3", 4, "nowhere"),
        ("edit gare --set id=x", 2, "no such field"),
        ("edit gare --set name=", 3, "no name"),
        ("remove musee", 2, "--yes"),
        ("remove gare --yes", 3, "would not be sound"),
        ("import none.csv", 3, "none.csv"),
        ("import none.txt", 2, "none.txt"),
        ("export own.geojson", 2, "exists"),
        ("export --to doc", 2, "doc"),
        ("export --to gpx --table excel", 2, "--table"),
        ("export --to csv --table x", 2, "--table"),
        ("check --stale soon", 2, "--stale"),
    ],
)
def test_refusals(own: Path, line: str, code: int, says: str) -> None:
    """What makes no sense is refused with its reason, and the file is as it was."""
    before = own.read_bytes()
    as_json = () if "export" in line else ("--json",)
    result = run("places", *line.split(), "--places", own, *as_json)
    assert result.code == code, result.err
    if as_json:
        schemas.assert_valid({"error": result.error})
        assert says in f"{result.error['message']} {result.error['hint']}"
    else:
        assert says in result.err
    assert own.read_bytes() == before


def test_a_twin_is_not_added_by_a_script(own: Path) -> None:
    """What looks like a place that is there needs a word that it is another one."""
    line = ("places", "add", "Le musée de la lampe", "--at", "50.4238,2.7859", "--places", own)
    error = run(*line, "--json").error
    assert "musee" in error["message"]
    assert "--not-the-same" in error["hint"]
    assert run(*line, "--not-the-same").code == 0


def test_edit(own: Path) -> None:
    """Fields change, empty ones go, names do for ids, and the answer says what was there before."""
    document = run(
        "places", "edit", "musée de la lampe", "--set", "interest=4", "--set", "fee=",
        "--at", "50.424,2.786", "--places", own, "--json",
    ).document  # fmt: skip
    schemas.assert_valid(document)
    (change,) = document["changes"]
    assert (document["written"], change["state"], change["place"]) == (True, "changed", "musee")
    assert change["fields"]["interest"] == {"old": 5, "new": 4}
    assert change["fields"]["fee"] == {"old": "paid", "new": None}
    assert change["fields"]["position"]["new"] == [2.786, 50.424]
    assert "fee" not in _properties(own, "musee")
    same = run("places", "edit", "musee", "--set", "interest=4", "--places", own)
    assert same.out == f"Nothing to change in {own}.\n"


def test_a_dry_run_writes_nothing(own: Path) -> None:
    """Every command that writes shows the same without writing."""
    before = own.read_bytes()
    for line in ("edit musee --set interest=4", "remove musee", "add X --at 50.42,2.79"):
        result = run("places", *line.split(), "--dry-run", "--places", own)
        assert result.code == 0, result.err
        assert "would have" in result.out
        schemas.assert_valid(
            run("places", *line.split(), "--dry-run", "--places", own, "--json").document
        )
    assert own.read_bytes() == before


def test_remove(own: Path) -> None:
    """A place goes with all its lines and nothing else."""
    assert run("places", "remove", "tour", "--yes", "--places", own).code == 0
    assert "tour" not in {f["id"] for f in json.loads(own.read_bytes())["features"]}
    assert run("places", "validate", own).code == 0


@pytest.mark.parametrize("name", ["t.csv", "t.gpx", "t.geojson"])
def test_what_is_exported_comes_back_unchanged(own: Path, name: str) -> None:
    """Export and import are each other's reverse."""
    assert run("places", "export", name, "--places", own).code == 0
    before = own.read_bytes()
    document = run("places", "import", name, "--places", own, "--json").document
    schemas.assert_valid(document)
    assert {change["state"] for change in document["changes"]} == {"unchanged"}
    assert document["written"] is False
    assert own.read_bytes() == before


def test_two_people_at_once(own: Path) -> None:
    """Whoever is told that a place was written finds it in the file, however many write at once."""
    before = len(json.loads(own.read_bytes())["features"])
    lines = [
        ["places", "add", f"Lieu {n}", "--at", f"50.4{n},2.7{n}", "--yes", "--places", str(own)]
        for n in range(4)
    ]
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "lens_routes.cli.start", *line],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        for line in lines
    ]
    told = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, told
    names = [f["properties"]["name"] for f in json.loads(own.read_bytes())["features"]]
    assert sorted(names[before:]) == ["Lieu 0", "Lieu 1", "Lieu 2", "Lieu 3"]


def test_what_somebody_else_did_meanwhile_stays(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is asked, another writes: both changes are in the file, or the second is told."""

    def meanwhile(*_: object, **__: object) -> bool:
        monkeypatch.setattr(console, "interactive", lambda: False)
        other = own.read_text(encoding="utf-8").replace("Musée de la Lampe", "Musée des Lampes")
        own.write_text(other, encoding="utf-8")
        return True

    line = ["places", "edit", "musee", "--set", "interest=2", "--places", own]
    monkeypatch.setattr(console, "interactive", lambda: True)
    monkeypatch.setattr(console, "confirm", meanwhile)
    assert run(*line).code == 0
    assert _properties(own, "musee")["name"] == "Musée des Lampes"
    assert _properties(own, "musee")["interest"] == 2

    def gone(*_: object, **__: object) -> bool:
        monkeypatch.setattr(console, "interactive", lambda: False)
        assert run("places", "remove", "musee", "--yes", "--places", own).code == 0
        return True

    monkeypatch.setattr(console, "interactive", lambda: True)
    monkeypatch.setattr(console, "confirm", gone)
    result = run("places", "edit", "musee", "--set", "interest=3", "--places", own)
    assert (result.code, result.out.count("Wrote")) == (4, 0), result.err


def test_export_to_stdout(own: Path) -> None:
    """Without a file the places go to stdout, as GeoJSON unless another format is named."""
    assert run("places", "export", "--places", own).stdout == own.read_bytes()
    assert run("places", "export", "-", "--to", "csv", "--places", own).out.startswith("id,")


def test_import_of_a_table_with_faults(own: Path) -> None:
    """Nothing is written while a row is refused, unless the sound ones are wanted all the same."""
    table = own.with_name("t.csv")
    table.write_bytes(
        "id;nom;latitude;longitude;intérêt;couleur\r\n"
        "musee;Musée de la Lampe;50,4238;2,7859;4;bleu\r\n"
        ";Café;50,4236;2,7913;3;\r\n"
        ";Nulle part;;;3;\r\n"
        "parc;Parc de la Digue;;;neuf;\r\n".encode("cp1252")
    )
    before = own.read_bytes()
    error = run("places", "import", table, "--places", own, "--json").error
    schemas.assert_valid({"error": error})
    assert error["code"] == 3
    assert [fault["line"] for fault in error["details"]] == [4, 5]
    assert "--partial" in error["hint"]
    dry = run("places", "import", table, "--places", own, "--dry-run")
    assert dry.code == 3  # as the real run would end
    for words in ("line 4", "line 5", "It has no position.", "interest: 5 → 4", "2 refused"):
        assert words in dry.out
    assert "couleur" in dry.err
    assert own.read_bytes() == before
    document = run("places", "import", table, "--partial", "--places", own, "--json").document
    schemas.assert_valid(document)
    states = [change["state"] for change in document["changes"]]
    assert states == ["changed", "added", "refused", "refused"]
    assert _properties(own, "musee")["interest"] == 4


def test_check(own: Path) -> None:
    """Findings are told by kind with their places; they fail only where that is asked for."""
    run("places", "edit", "musee", "--set", "source_date=2012", "--set",
        "notes=Closed on Mondays.", "--places", own)  # fmt: skip
    document = run("places", "check", "--places", own, "--json").document
    schemas.assert_valid(document)
    kinds = {finding["kind"] for finding in document["findings"]}
    assert kinds == {"stale", "contradiction"}
    assert document["streets"] is False
    told = run("places", "check", "--stale", "10y", "--places", own)
    assert told.code == 0
    assert "[musee]" in told.out
    assert "none are installed" in told.err
    error = run("places", "check", "--strict", "--places", own, "--json").error
    schemas.assert_valid({"error": error})
    assert error["code"] == 3
    assert len(error["details"]) == 2


@pytest.mark.usefixtures("streets")
def test_check_against_the_streets(own: Path) -> None:
    """With streets installed, a place in the middle of nowhere is found."""
    run("places", "edit", "parc", "--at", "50.4290,2.7828", "--places", own)
    findings = run("places", "check", "--places", own, "--json").document["findings"]
    assert [f["places"] for f in findings if f["kind"] == "off-street"] == [["parc"]]


def test_the_shipped_catalogue_of_an_installed_program_is_not_edited(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an upgrade would replace is not for editing; how to get a copy is said."""
    before = own.read_bytes()
    monkeypatch.setattr(data, "shipped", lambda _name: own)
    monkeypatch.setattr(data, "is_installed", lambda _path: True)
    error = run("places", "edit", "musee", "--set", "interest=1", "--json").error
    assert error["code"] == 3
    assert "places export" in error["hint"]
    assert own.read_bytes() == before


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Make it a terminal where somebody types the lines given, one for each question."""
    typed: list[str] = []
    monkeypatch.setattr(console, "interactive", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: typed.pop(0))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: typed.pop(0) == "y")
    yield typed
    assert typed == []


def test_asking_for_a_new_place(own: Path, at_a_terminal: list[str]) -> None:
    """On a terminal each field is explained and asked again until it can be read."""
    at_a_terminal += [
        "", "Café Neuf", "café", "culture", "Fosse-Haute", "", "Un café.", "",
        "whenever", "Mo-Fr 9-18", "30", "9", "3", "paid", "", "", "visite",
        "2.79,50.42", "50.4236,2.7913", "y",
    ]  # fmt: skip
    result = run("places", "add", "--places", own)
    assert result.code == 0, result.err
    assert "worth the journey" in result.err
    assert "out of range" in result.err
    assert "A place needs a name." in result.err
    assert "“whenever”" in result.err or '"whenever"' in result.err
    assert "Write latitude first" in result.err
    properties = _properties(own, "cafe-neuf")
    assert (properties["interest"], properties["fee"]) == (3, "paid")


def test_saying_no(own: Path, at_a_terminal: list[str]) -> None:
    """Who says no to the difference shown keeps the file; nothing is asked under --yes."""
    before = own.read_bytes()
    at_a_terminal.append("n")
    result = run("places", "edit", "musee", "--set", "interest=4", "--places", own)
    assert (result.code, own.read_bytes()) == (130, before)
    assert run("places", "edit", "musee", "--set", "interest=4", "--yes", "--places", own).code == 0


def test_an_address_becomes_a_position(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--at takes an address with --online, and says so without it."""
    from lens_routes.geocode.geocoder import Geocoder
    from lens_routes.plan.waypoint import Waypoint

    found = Waypoint("3 rue Basse", 2.79, 50.424)
    monkeypatch.setattr(Geocoder, "locate", lambda _self, _where: found)
    line = ("places", "add", "Maison", "--at", "3 rue Basse Fosse-Haute", "--places", own)
    assert "--online" in run(*line, "--json").error["hint"]
    assert run(*line, "--online").code == 0
    features = json.loads(own.read_bytes())["features"]
    assert features[-1]["geometry"]["coordinates"] == [2.79, 50.424]
