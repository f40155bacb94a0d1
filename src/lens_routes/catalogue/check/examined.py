"""Catalogues that were examined before and found sound, known by their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes import PROGRAM
from lens_routes.errors import LensRoutesError
from lens_routes.files import storage
from lens_routes.files.look import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

#: So many are remembered: each edit of a catalogue makes another.
_MOST = 50


def is_known(sha256: str) -> bool:
    """Say whether this program has found a catalogue sound."""
    return _line(sha256) in _lines()


def remember(sha256: str) -> None:
    """Note that a catalogue is sound; where nothing can be written it is examined again."""
    lines = [line for line in _lines() if line.startswith(f"{PROGRAM} ")]
    try:
        storage.write_text(_path(), "\n".join([*lines[1 - _MOST :], _line(sha256)]) + "\n")
    except LensRoutesError:
        return


def _path() -> Path:
    return storage.home() / "sound-catalogues.txt"


def _line(sha256: str) -> str:
    return f"{PROGRAM} {sha256}"


def _lines() -> list[str]:
    try:
        return read_bytes(_path()).decode("ascii", "replace").splitlines()
    except (LensRoutesError, OSError):
        return []
