"""Whatever the system says of a file, it is told as an error of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.ordinary import open_folder, run_ordinary
from tests.support.program import environment

from lens_routes.errors import BadInputError
from lens_routes.files import look

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["open_folder"]


def test_what_is_there_is_told_apart(tmp_path: Path) -> None:
    """A file, a folder, a device and nothing are four things; a file is no folder to look in."""
    (tmp_path / "file").write_text("x")
    assert look.is_file(tmp_path / "file")
    assert not look.is_folder(tmp_path / "file")
    assert look.is_folder(tmp_path)
    assert look.is_there(tmp_path)
    assert not look.is_there(tmp_path / "none")
    assert not look.is_there(tmp_path / "file" / "below")
    assert look.files_in(tmp_path / "none", "*") == []


@pytest.mark.parametrize("question", [look.is_there, look.is_file, look.is_folder, look.required])
def test_what_cannot_be_looked_at_is_said(tmp_path: Path, question: object) -> None:
    """Links in a circle, names that are too long or hold a null: an error that names the path."""
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    assert callable(question)
    for path in (circle, tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(BadInputError, match="cannot be read"):
            question(path)


def test_a_link_to_itself_in_a_folder_hides_nothing(tmp_path: Path) -> None:
    """One entry that leads nowhere does not keep the others from being found."""
    (tmp_path / "a.lrt").write_text("x")
    (tmp_path / "b.lrt").symlink_to(tmp_path / "b.lrt")
    (tmp_path / "c.txt").write_text("x")
    assert look.files_in(tmp_path, "*.lrt") == [tmp_path / "a.lrt"]


def test_no_more_is_read_than_is_allowed(tmp_path: Path) -> None:
    """A file of the largest size is read, one byte more is refused, and so is a device."""
    (tmp_path / "file").write_bytes(b"x" * 10)
    assert look.read_bytes(tmp_path / "file", 10) == b"x" * 10
    with pytest.raises(BadInputError, match="larger"):
        look.read_bytes(tmp_path / "file", 9)
    with pytest.raises(BadInputError, match="larger"):
        look.read_bytes(type(tmp_path)("/dev/zero"), 1000)
    with pytest.raises(BadInputError, match="device"):
        look.open_file(type(tmp_path)("/dev/zero"))


def test_a_home_of_nobody_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``~`` is the person's home; that of a person nobody knows is left as it is written."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert look.personal("~/x") == tmp_path / "x"
    assert str(look.personal("~nobody-of-that-name/x")) == "~nobody-of-that-name/x"


#: What nobody may look into is named in these places.
LINES = [
    ["plan"],
    ["replan", "closed/day.json", "--done", "x"],
    ["check", "closed/day.json"],
    ["export", "closed/day.json", "--to", "gpx"],
    ["batch", "closed/tours.toml", "-o", "out"],
    ["nearby", "50.43,2.79", "--places", "closed/own.geojson"],
    ["places", "list", "--places", "closed/own.geojson"],
    ["places", "export", "closed/new.csv"],
    ["places", "edit", "x", "--set", "interest=4", "--places", "closed/own.geojson"],
    ["places", "import", "closed/new.csv", "--places", "own.geojson"],
    ["streets", "import", "closed/map.osm"],
    ["streets", "info"],
    ["transit", "add", "closed/feed.zip"],
    ["transit", "list"],
    ["doctor"],
    ["config", "show"],
    ["config", "init"],
]


def test_an_ordinary_user_meets_closed_doors(open_folder: Path) -> None:
    """Files, settings and data behind a door that is closed: told, never shown as a fault."""
    (open_folder / "closed").mkdir()
    (open_folder / "closed").chmod(0)
    closed = {name: str(open_folder / "closed" / "x" / name) for name in ("home", "c.toml")}
    results = run_ordinary(
        open_folder,
        *LINES,
        LENS_ROUTES_HOME=closed["home"],
        LENS_ROUTES_CONFIG=closed["c.toml"],
    )
    for line, result in zip(LINES, results, strict=True):
        assert result.code in {0, 2, 3, 4, 6}, (line, result.err)
        assert "Traceback" not in result.err, line
        assert "fault of the program" not in result.err, line


@pytest.mark.parametrize("name", ["closed/c.toml", "x" * 300, "circle", "folder"])
def test_help_is_given_whatever_the_settings_are(open_folder: Path, name: str) -> None:
    """Who asks for help gets it, and hears that the settings cannot be looked at."""
    (open_folder / "closed").mkdir()
    (open_folder / "folder").mkdir()
    (open_folder / "closed").chmod(0)
    (open_folder / "circle").symlink_to(open_folder / "circle")
    lines = (["plan", "--help"], ["places", "list", "--json"])
    told, asked = run_ordinary(open_folder, *lines, LENS_ROUTES_CONFIG=str(open_folder / name))
    assert told.code == 0, told.err
    assert "--theme" in told.out
    assert "cannot be read" in told.err
    assert asked.code == 3
    assert asked.error["kind"] == "BadInput"


def test_a_folder_that_is_gone(open_folder: Path) -> None:
    """Who works in a folder that was removed meanwhile is told so."""
    inner = open_folder / "gone"
    inner.mkdir()
    program = f"import os, sys; os.rmdir({str(inner)!r}); from lens_routes.cli.main import run"
    for words in (["places", "export", "x.csv"], ["streets", "import", "m.osm"]):
        inner.mkdir(exist_ok=True)
        done = subprocess.run(
            # An installed program has no path that begins at the folder one works in.
            [sys.executable, "-P", "-c", f"{program}; sys.exit(run({words!r}))"],
            capture_output=True,
            check=False,
            cwd=inner,
            env=environment(LENS_ROUTES_HOME=str(open_folder), LENS_ROUTES_CONFIG=os.devnull),
        )
        assert done.returncode == 3, done.stderr
        assert b"fault" not in done.stderr
