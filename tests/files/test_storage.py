"""Nothing good is ever lost, whatever happens while a file is written."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import platformdirs
import pytest

from lens_routes.errors import StorageError
from lens_routes.files.storage import atomic_file, home, make_folder, of_platform, write_text


def test_the_variable_names_the_data_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """LENS_ROUTES_HOME wins, its ~ is the person's home; nothing is made by asking."""
    monkeypatch.setenv("LENS_ROUTES_HOME", str(tmp_path / "there"))
    assert home() == tmp_path / "there"
    assert not home().exists()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LENS_ROUTES_HOME", "~/data")
    assert home() == tmp_path / "data"


def test_without_the_variable_the_platform_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An unset or empty variable means the platform's data directory."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LENS_ROUTES_HOME", "")
    empty = home()
    monkeypatch.delenv("LENS_ROUTES_HOME")
    assert home() == empty
    assert empty.name == "lens-routes"
    assert empty.is_absolute()


def test_a_file_is_written_whole(home: Path) -> None:
    """In the data directory the text is there in UTF-8, folders are made, nothing else is left."""
    path = home / "new" / "folder" / "file.txt"
    write_text(path, "Liévin\n")
    assert path.read_bytes() == "Liévin\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_elsewhere_no_folder_is_made(tmp_path: Path) -> None:
    """A folder that is not there is a slip of the pen, and the message says so."""
    with pytest.raises(StorageError) as caught:
        write_text(tmp_path / "new" / "file.txt", "x")
    assert "Make the folder" in caught.value.hint
    assert not (tmp_path / "new").exists()


def test_devices_are_written_not_replaced() -> None:
    """What goes to /dev/null is gone, and /dev/null is still a device."""
    write_text(Path("/dev/null"), "x")
    assert Path("/dev/null").is_char_device()


def test_files_may_be_read_like_any_other(tmp_path: Path) -> None:
    """What is written has the rights the person's umask gives to new files."""
    mask = os.umask(0o027)
    try:
        write_text(tmp_path / "file", "x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError, SystemExit])
def test_the_old_file_survives_what_interrupts(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    """Ctrl-C or a fault in the middle leaves the old file as it was, and no half of the new one."""
    path = tmp_path / "file"
    write_text(path, "old")

    def interrupted() -> None:
        with atomic_file(path) as stream:
            stream.write(b"half of the n")
            raise failure

    with pytest.raises(failure):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "full"), (errno.EIO, "cannot be written")]
)
def test_a_full_disk_is_named_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    """A disk that is full, or breaks, is named with the file; the old file stays."""
    path = tmp_path / "file"
    write_text(path, "old")

    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(StorageError, match=says) as caught:
        write_text(path, "new")
    assert str(path) in caught.value.message
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_a_read_only_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """A folder that may not be written is named, and what to do about it."""

    def fails(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", fails)
    with pytest.raises(StorageError, match="cannot be written") as caught:
        write_text(tmp_path / "file", "new")
    assert "LENS_ROUTES_HOME" in caught.value.hint


def test_a_file_where_a_folder_is_due(tmp_path: Path) -> None:
    """A file in the place of a folder, or a folder in that of a file, is named and kept."""
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(StorageError, match="taken"):
        write_text(tmp_path / "taken" / "file", "new")
    assert (tmp_path / "taken").read_text() == "mine"
    with pytest.raises(StorageError, match="is a directory"):
        write_text(tmp_path, "new")


def test_a_name_too_long_is_an_error_of_ours(tmp_path: Path) -> None:
    """Whatever the system refuses is told as a StorageError."""
    with pytest.raises(StorageError):
        write_text(tmp_path / ("x" * 300), "new")


def test_folders_without_end_are_an_error_of_ours(tmp_path: Path) -> None:
    """A thousand folders in one another, or a name that no system has."""
    for folder in (tmp_path / Path(*"n" * 2000), tmp_path / "a\0b"):
        with pytest.raises(StorageError, match="cannot be written"):
            make_folder(folder)


def test_the_rights_of_a_file_stay(tmp_path: Path) -> None:
    """What a group may write, or nobody else read, is so after it was written anew."""
    for rights in (0o664, 0o600):
        path = tmp_path / f"{rights:o}.txt"
        path.write_text("old")
        path.chmod(rights)
        write_text(path, "new")
        assert path.stat().st_mode & 0o777 == rights


def test_a_link_stays_one(tmp_path: Path) -> None:
    """Who keeps a file elsewhere and links to it finds the new text there, behind two too."""
    (tmp_path / "elsewhere").mkdir()
    kept = tmp_path / "elsewhere" / "day.json"
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.symlink_to(kept)
    second.symlink_to(first)
    for text in ("made where the link leads", "written again"):
        write_text(second, text)
        assert kept.read_text(encoding="utf-8") == text
        assert second.is_symlink()
        assert first.is_symlink()


@pytest.mark.parametrize("given", [None, "", "/elsewhere", "relative", "~/mine"])
def test_folders_are_where_platformdirs_has_them(
    given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sets the variables of XDG, well or not, finds the same files as by the package."""
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if given is not None:
            monkeypatch.setenv(variable, given)
    name = "lens-routes"
    assert of_platform("data") == platformdirs.user_data_path(name, appauthor=False)
    assert of_platform("config") == platformdirs.user_config_path(name, appauthor=False)
