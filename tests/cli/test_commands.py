"""Every other command: its exit code and its words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support import schemas
from tests.support.program import environment, run

from lens_routes.cli import main
from lens_routes.cli.frame import console, resources
from lens_routes.errors import NotInstalledError
from lens_routes.files import territory
from lens_routes.text import language

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("places list --theme nature", ["Terril de la fosse 3", "Parc de la Digue", "2 places"]),
        ("places list --kind museum", ["Musée de la Lampe", "★★★★★", "1 place\n"]),
        ("places list --commune fosse-haute --near gare", ["Gare de Fosse-Haute", "11 places"]),
        ("places search lampes", ["Musée de la Lampe"]),
        ("places show MUSÉE", ["Museum of the Lamp", "Tuesday 1 December 2026", "closed", "paid"]),
        ("places show hopital", ["status      planned"]),
        ("places themes", ["mining-heritage", "3 places", "1 place,"]),
        ("places validate", ["is sound."]),
        ("nearby gare --within 12min", ["4 places within 12 min of Gare de Fosse-Haute", "840 m"]),
        ("nearby gare --within 900m --theme memory", ["1 place within 900 m", "open now"]),
        ("nearby gare --within 5", ["Nothing within 5 min of Gare de Fosse-Haute."]),
        ("nearby eglise --within 1h", ["open now", "closed now"]),
        ("route gare musee parc", ["Head north on Grand-Rue", "Rue des Mineurs", "In all 2.0 km"]),
        ("route tour terril --pace 9", ["270 m of stairs"]),
        ("doctor", ["ok      places: 11 places", "ok      streets: 15 km", "ok      program: "]),
    ],
)
@pytest.mark.usefixtures("streets")
def test_answers_in_words(town: Town, command: str, says: list[str]) -> None:
    """Each answer names what was asked for, on stdout alone."""
    result = run(*command.split(), "--places", town.catalogue)
    assert result.code == 0
    assert result.err == ""
    for words in says:
        assert words in result.out


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("nearby", 2, "where"),
        ("nearby nowhere", 4, "nowhere"),
        ("nearby 1234 main street", 2, "street"),
        ("nearby gare --within soon", 2, "--within"),
        ("nearby gare --within 100km", 2, "a day's walk"),
        ("nearby gare --within 0m", 2, "--within"),
        ("nearby gare --theme zzz", 4, "zzz"),
        ("nearby gare --pace 0", 2, "--pace"),
        ("route gare", 2, "two places"),
        ("route gare nowhere", 4, "nowhere"),
        ("route gare musee --depart 25:00", 2, "--depart"),
        ("places show zzzz", 4, "zzzz"),
        ("places search zzzzzz", 4, "zzzzzz"),
        ("places list --kind castle", 4, "castle"),
        ("places list --commune Paris", 4, "Paris"),
        ("places frob", 2, "frob"),
        ("streets info", 6, "streets download"),
        ("streets table", 6, "streets download"),
        ("streets import nowhere.osm", 3, "nowhere.osm"),
        ("streets import nowhere.txt", 3, ".osm.pbf"),
        ("streets import nowhere.osm --bbox 1,2,3", 2, "--bbox"),
        ("streets import nowhere.osm --bbox 3,2,1,4", 2, "west"),
        ("streets table -o - --json", 2, "stdout"),
        ("streets download --radius 3", 2, "--around"),
        ("streets download --around gare --bbox 1,2,3,4", 2, "--around"),
        ("streets download --around gare --radius 5000", 2, "out of range"),
        ("streets download --endpoint ftp://x", 2, "ftp://x"),
        ("places validate nowhere.geojson", 3, "nowhere.geojson"),
    ],
)
def test_refusals(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int, says: str
) -> None:
    """Each request that cannot be answered has its exit code and one helpful message."""
    monkeypatch.chdir(tmp_path)
    words = command.split()
    own = (
        ()
        if words[:2] in (["places", "frob"], ["streets", "info"])
        else ("--places", town.catalogue)
    )
    as_json = () if "--json" in words else ("--json",)
    error = run(*words, *own, *as_json).error
    schemas.assert_valid({"error": error})
    assert error["code"] == code
    assert says in f"{error['message']} {error['hint']}"
    plain = run(*(word for word in words if word != "--json"), *own)
    if as_json:
        assert plain.code == code
        assert plain.out == ""
        assert plain.err.startswith("Error: ")
        assert len(plain.err.splitlines()) <= 3


def test_no_command_shows_help() -> None:
    """The program alone, and a group alone, show what there is instead of failing."""
    for words in ((), ("places",), ("streets",)):
        result = run(*words)
        assert result.code == 0
        assert "Commands:" in result.out


def test_version() -> None:
    """``--version`` prints the name and the version, and nothing else."""
    assert run("--version").out.split()[0] == "lens-routes"


def test_a_broken_catalogue_is_told_whole(tmp_path: Path) -> None:
    """``places validate`` lists every fault, in words and as records; other commands name it."""
    file = tmp_path / "broken.geojson"
    feature = {
        "type": "Feature",
        "id": "a",
        "geometry": {"type": "Point", "coordinates": [2.8, 50.4]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, feature]}))
    error = run("places", "validate", file, "--json").error
    schemas.assert_valid({"error": error})
    assert error["code"] == 3
    assert len(error["details"]) >= 2
    assert run("plan", "--places", file, "--json").error["code"] == 3


def test_a_catalogue_without_a_start_asks_for_one(town: Town, tmp_path: Path) -> None:
    """A catalogue that names no start plans as soon as the person names one."""
    document = json.loads(town.catalogue.read_text(encoding="utf-8"))
    del document["lens_routes"]
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    error = run("plan", "--places", own, "--json").error
    assert error["code"] == 2
    assert "--start" in error["hint"]
    assert run("plan", "--places", own, "--start", "gare").code == 0


def test_a_clock_that_is_none(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """LENS_ROUTES_NOW is named when it is no time."""
    monkeypatch.setenv("LENS_ROUTES_NOW", "soon")
    assert "LENS_ROUTES_NOW" in run("plan", "--places", town.catalogue, "--json").error["message"]


def test_ctrl_c_is_130(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C anywhere ends with 130 and a line, not with a traceback."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(resources, "load_catalogue", interrupted)
    error = run("plan", "--places", town.catalogue, "--json").error
    schemas.assert_valid({"error": error})
    assert error["code"] == 130


def test_a_fault_of_the_program_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last resort: 70, one line for the person, and a report that holds the traceback."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(resources, "load_catalogue", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    error = run("plan", "--json").error
    schemas.assert_valid({"error": error})
    (report,) = tmp_path.iterdir()
    assert error["code"] == 70
    assert str(report) in error["hint"]
    assert "Traceback" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("places", "list"), ("places", "list", "--json"), ("--help",)])
def test_a_reader_who_has_had_enough_is_no_error(town: Town, command: tuple[str, ...]) -> None:
    """A closed pipe, as with ``| head``, ends the program in silence and without an error."""
    own = () if command == ("--help",) else ("--places", str(town.catalogue))
    program = [sys.executable, "-m", "lens_routes.cli.start", *command, *own]
    source, pipe = os.pipe()
    os.close(source)
    done = subprocess.run(
        program, stdout=pipe, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(pipe)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("says", "expected"), [(True, 0), (False, 6)])
def test_missing_streets_are_offered_on_a_terminal(
    town: Town, monkeypatch: pytest.MonkeyPatch, says: bool, expected: int
) -> None:
    """On a terminal the program offers to install what is missing, then does what was asked."""
    monkeypatch.setattr(main, "interactive", lambda: True)
    asked = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return says

    monkeypatch.setattr("typer.confirm", confirm)
    whole = main._run

    def instead_of_the_internet(arguments: list[str]) -> int:
        if arguments[:2] == ["streets", "download"]:
            arguments = ["streets", "import", str(town.map), "--places", str(town.catalogue)]
        return whole(arguments)

    monkeypatch.setattr(main, "_run", instead_of_the_internet)
    result = run("plan", "--places", town.catalogue, "--steps")
    assert asked == ["Run it now: lens-routes streets download --places?"]
    assert result.code == expected
    assert ("Head north on Grand-Rue" in result.out) is says


def test_nothing_is_offered_under_json(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    """Under --json nobody is asked, even on a terminal."""
    monkeypatch.setattr(main, "interactive", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: pytest.fail("asked"))
    assert run("plan", "--places", town.catalogue, "--steps", "--json").error["code"] == 6


def test_errors_without_a_command_offer_nothing() -> None:
    """What no command installs is not offered."""
    assert not main._offer(NotInstalledError("x", "y"))


def test_doctor_names_what_is_missing_or_broken(town: Town, home: Path, tmp_path: Path) -> None:
    """``doctor`` never fails: it says what is missing or damaged, and the command for it."""
    findings = {f["what"]: f for f in run("doctor", "--json").document["findings"]}
    assert findings["streets"]["state"] == "missing"
    assert "streets download" in findings["streets"]["advice"]
    (home / "streets").mkdir()
    (home / "streets" / "network.lrn").write_bytes(b"rubbish")
    broken = tmp_path / "broken.geojson"
    broken.write_text("{")
    findings = {
        f["what"]: f for f in run("doctor", "--places", broken, "--json").document["findings"]
    }
    assert findings["streets"]["state"] == findings["places"]["state"] == "damaged"
    assert findings["places"]["advice"]
    assert run("doctor", "--places", town.catalogue).code == 0


@pytest.mark.usefixtures("streets")
def test_doctor_says_what_covers_the_places(town: Town) -> None:
    """Of streets and tables: how many of the places, and where those of the streets are kept."""
    assert run("plan", "--places", town.catalogue).code == 0
    told = " ".join(run("doctor", "--places", town.catalogue).out.split())
    shipped, streets = re.findall(r"covers (\d+) of (\d+) places", told)[::-1]
    assert shipped[0] == "0"
    assert streets[0] == streets[1]
    assert f"of the installed streets: {territory.folder() / 'streets' / 'tables'}" in told


@pytest.mark.usefixtures("streets")
def test_doctor_says_what_is_old(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data older than a year are called old."""
    monkeypatch.setenv("LENS_ROUTES_NOW", "2028-06-01T09:00")
    found = run("doctor", "--places", town.catalogue, "--json").document["findings"]
    states = {item["what"]: item["state"] for item in found}
    assert states["places"] == states["walking distances"] == "old"


def test_a_data_directory_that_is_a_file(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the data directory cannot be, planning still works and installing says so."""
    taken = tmp_path / "taken"
    taken.write_text("mine")
    monkeypatch.setenv("LENS_ROUTES_HOME", str(taken))
    assert run("plan", "--places", town.catalogue).code == 0
    error = run("streets", "import", town.map, "--places", town.catalogue, "--json").error
    assert error["code"] == 3
    assert str(taken) in error["message"]
    assert "LENS_ROUTES_HOME" in error["hint"]
    assert taken.read_text() == "mine"
    assert run("doctor", "--places", town.catalogue).code == 0


@pytest.mark.parametrize(
    ("typed", "default", "agreed"),
    [("oui", False, True), ("o", False, True), ("y", False, True), ("N", True, False),
     ("", True, True), ("", False, False)],
)  # fmt: skip
def test_a_french_question_takes_a_french_answer(
    monkeypatch: pytest.MonkeyPatch, typed: str, default: bool, agreed: bool
) -> None:
    """Where the program asks in French, oui is yes; Typer's own question knows English only."""
    asked = []

    def prompt(question: str, **_: object) -> str:
        asked.append(question)
        return typed

    monkeypatch.setattr("typer.prompt", prompt)
    monkeypatch.setattr(language, "_in_use", "fr")
    assert console.confirm("Continuer ?", default=default) is agreed
    assert asked == [f"Continuer ? [{'O/n' if default else 'o/N'}]"]
