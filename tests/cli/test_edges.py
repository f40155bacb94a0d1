"""Numbers, clocks, encodings and streams at their edges: answered, or said what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.program import environment, run

from lens_routes.cli.frame import console

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

PROGRAM = [sys.executable, "-m", "lens_routes.cli.start"]
HEAD = "id,name,latitude,longitude,interest,parts"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["plan", "--budget", "1e9"], 2),
        (["plan", "--budget", "1e999"], 2),
        (["plan", "--max-visits", "9" * 40], 2),
        (["plan", "--max-walk", "9" * 400 + "km"], 2),
        (["plan", "--start", "1e999,1e999"], 4),
        (["nearby", "[/x]"], 4),
        (["nearby", "[bold]x[/bold] [/"], 4),
        (["places", "edit", "musee", "--set", "elevation_m=1e999", "--places", "{town}"], 2),
        (["places", "edit", "musee", "--set", "visit_minutes=1e999", "--places", "{town}"], 2),
        (["places", "edit", "musee", "--set", "parts=" + "[" * 9000, "--places", "{town}"], 2),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
@pytest.mark.usefixtures("nine_o_clock")
def test_a_number_out_of_all_bounds(town: Town, line: list[str], code: int) -> None:
    """However large it is, it is refused as a number that makes no sense here."""
    assert run(*(word.format(town=town.catalogue) if "{" in word else word for word in line),
               "--json").code == code  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "says"),
    [
        ("9999-12-31T23:30", "year 9999"),
        ("9999-12-31T23:30:00-12:00", "not a time"),
        ("0001-01-01T00:30:00+12:00", "not a time"),
        ("1812-06-24T08:00", "year 1812"),
        ("2199-12-31T23:30", ""),
    ],
)
def test_a_clock_at_the_end_of_time(
    town: Town, monkeypatch: pytest.MonkeyPatch, clock: str, says: str
) -> None:
    """A clock that no calendar reckons with is named; the last year there is can be asked of."""
    monkeypatch.setenv("LENS_ROUTES_NOW", clock)
    result = run("nearby", "50.43,2.79", "--places", town.catalogue)
    assert (result.code, says in result.err) == (2 if says else 0, True), result.err


#: The same table, as programs of several decades and systems write it.
TABLES = {
    "several": f"{HEAD}\r\ncafe,Café,50.43,2.79,3,\n\r".encode(),
    "old Macs": f"{HEAD}\rcafe,Café,50.43,2.79,3,\r".encode(),
    "UTF-16 without mark": f"{HEAD}\ncafe,Café,50.43,2.79,3,\n".encode("utf-16-le"),
    "UTF-16 of other machines": f"{HEAD}\ncafe,Café,50.43,2.79,3,\n".encode("utf-16-be"),
    "UTF-16 with its mark": f"{HEAD}\ncafe,Café,50.43,2.79,3,\n".encode("utf-16"),
    "Windows": f"{HEAD}\r\ncafe,Café,50.43,2.79,3,\r\n".encode("cp1252"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_any_machine(town: Town, tmp_path: Path, name: str) -> None:
    """Line ends and encodings are found out."""
    (tmp_path / "table.csv").write_bytes(TABLES[name])
    line = ["places", "import", tmp_path / "table.csv", "--places", town.catalogue, "--dry-run"]
    change = run(*line, "--json").document["changes"][0]
    assert (change["state"], change["name"]) == ("added", "Café")


@pytest.mark.parametrize("encoding", ["latin-13", "utf-7", "shift_jis", "UTF-32", "nonsense"])
@pytest.mark.parametrize("kind", ["gpx", "osm", "graphml"])
def test_xml_in_an_unknown_encoding(town: Town, tmp_path: Path, kind: str, encoding: str) -> None:
    """An encoding that nobody reads is a fault of the file."""
    path = tmp_path / f"own.{kind}"
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?><{kind}/>')
    line = ["places", "import", path, "--places", town.catalogue]
    result = run(*(line if kind == "gpx" else ["streets", "import", path]), "--json")
    assert result.error["kind"] == "BadInput"


@pytest.mark.parametrize(
    "encoding", ["ascii", "iso8859-1", "iso8859-15", "cp437", "cp850", "cp65001"]
)
@pytest.mark.parametrize(
    "line", [["plan", "--help"], ["places", "show", "musee"], ["places", "no"]]
)
def test_a_console_of_any_encoding(town: Town, encoding: str, line: list[str]) -> None:
    """Help, answers and errors in French come out where the console has no typography."""
    own = ["--places", str(town.catalogue)] if line[:2] == ["places", "show"] else []
    done = run("--lang", "fr", *line, *own, encoding=encoding)
    # Typer takes ASCII for a slip of the system, and writes help in UTF-8 there.
    said = (done.stdout + done.stderr).decode("utf-8" if encoding == "ascii" else encoding)
    assert done.code == (2 if line[1] == "no" else 0), said
    assert "?" not in said


def test_a_console_of_its_own_encoding() -> None:
    """What the system says of the console is what the program writes in."""
    done = subprocess.run(
        [*PROGRAM, "places", "no"],
        capture_output=True,
        env=environment(PYTHONIOENCODING="cp850", LENS_ROUTES_LANG="fr"),
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode("cp850") == run("--lang", "fr", "places", "no").err.replace("’", "'")


@pytest.mark.skipif(os.name != "posix", reason="the locales of Unix")
@pytest.mark.parametrize("locale", ["fr_FR@euro", "fr_FR.ISO-8859-1", "POSIX", "xx_YY.nonsense"])
def test_a_locale_of_any_name(town: Town, locale: str) -> None:
    """Whether the machine has it or not, and in whichever encoding."""
    env = environment(LC_ALL=locale, LANG=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    line = [*PROGRAM, "places", "list", "--places", str(town.catalogue)]
    done = subprocess.run(line, capture_output=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="a shell of Unix")
def test_a_name_that_is_no_text_is_told_in_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """What of the name of a file no encoding holds stands in JSON as an escape."""
    console.print_json({"file": os.fsdecode(b"\xff.csv")})
    assert json.loads(capfdbinary.readouterr().out)["file"] == os.fsdecode(b"\xff.csv")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed(town: Town, closed: str) -> None:
    """Nobody may be there to type, to read or to hear: the exit code says how it went."""
    python = f"{sys.executable} -m lens_routes.cli.start"
    for line, code in (("places add", 2), ("places list", 0)):
        shell = f"{python} {line} --places {town.catalogue} {closed}"
        done = subprocess.run(
            ["/bin/sh", "-c", shell], capture_output=True, env=environment(), check=False
        )
        assert done.returncode == code, done.stderr


def test_what_is_done_at_once_shows_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bar comes with the first word of how far it is, not before."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with console.progress("Streets"):
        pass
    assert not capsys.readouterr().err
    with console.progress("Streets") as report:
        report("reading", 0.5)
    assert "Streets: reading" in capsys.readouterr().err


def test_what_is_shown_while_one_waits_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks like rich's markup in an address is shown as it is."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with console.progress("[/x]") as report:
        report("asking http://host/[/x]", 0.5)
    with console.waiting("[/x]"):
        pass
