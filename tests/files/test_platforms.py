"""Windows and macOS played here: what they have not, what they refuse, how they spell."""

from __future__ import annotations

import os
import signal
import time
import unicodedata
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import run

from lens_routes.batch import processes, tours
from lens_routes.errors import StorageError
from lens_routes.files import unfinished
from lens_routes.files.names import portable
from lens_routes.files.storage import write_text
from lens_routes.timetable.feeds.install import name_for

if TYPE_CHECKING:
    from tests.conftest import Town


def test_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no flock: files are written whole, what is left goes, a folder when it is old."""
    monkeypatch.setattr(unfinished, "fcntl", None)
    left = tmp_path / ".map.12345678.part"
    left.write_text("of a killed run")
    write_text(tmp_path / "map", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["map"]
    folder = tmp_path / ".feed.12345678.part"
    folder.mkdir()
    with unfinished.scratch(tmp_path, "feed") as mine:
        assert mine.is_dir()
        assert folder.is_dir()
    old = time.time() - 2 * 24 * 3600
    os.utime(folder, (old, old))
    unfinished.clear(tmp_path, "feed")
    assert [path.name for path in tmp_path.iterdir()] == ["map"]


def test_a_file_that_another_program_holds_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody replace what is open elsewhere: that is said, the old file stays."""
    path = tmp_path / "day.json"
    write_text(path, "old")

    def held(*_: Any) -> None:
        raise PermissionError(13, "The process cannot access the file", str(path))

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(StorageError, match="cannot be written"):
        write_text(path, "new")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_without_the_signals_of_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers begin all the same where no signal can be kept from them."""
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    with processes._undisturbed():
        pass


@pytest.mark.parametrize("name", ["con", "NUL.txt", "com1", "lpt9.lrt", "aux"])
def test_names_of_devices(name: str) -> None:
    """A tour or a timetable may be called as it likes; its file is called otherwise."""
    assert portable(name) != name
    assert portable(f"x{name}") == f"x{name}"
    stem = name.partition(".")[0]
    assert tours._folder([stem]) == f"{stem.lower()}-"


def test_paths_as_windows_writes_them() -> None:
    """A drive and backslashes are a path, not an address; the name is that of the file."""
    assert name_for(PureWindowsPath(r"C:\Feeds\TER 2025 (1).ZIP")) == "ter-2025-1"
    result = run("transit", "add", r"C:\Feeds\TER.zip", "--json")
    assert result.error["kind"] == "NotFound"


def test_words_as_macos_spells_them(town: Town, tmp_path: Path) -> None:
    """Accents that stand apart from their letters, in words and in names of files, are the same."""
    apart = unicodedata.normalize("NFD", "Musée de la Lampe")
    assert apart != "Musée de la Lampe"
    assert run("places", "show", apart, "--places", town.catalogue).code == 0
    path = tmp_path / unicodedata.normalize("NFD", "été.geojson")
    path.write_bytes(town.catalogue.read_bytes().replace(b"\n", b"\r\n"))
    assert run("places", "validate", path).code == 0
    assert (
        run("places", "edit", "musee", "--set", "interest=2", "--places", path, "--yes").code == 0
    )
    assert b"\r\n" in path.read_bytes() or b"\n" not in path.read_bytes()
