"""What is known of tours already built: their inputs and the checksums of their files.

A record is written before the first file of a tour, empty, and again after the last one: whatever
interrupts the work in between, the tour counts as unfinished and its files as ours to replace.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError, UsageError
from lens_routes.files.look import files_in, is_there, read_bytes
from lens_routes.files.storage import atomic_file, make_folder, remove_file, write_text
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = ".batch"
_VERSION = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a tour: its checksum and size, bytes."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Record:
    """A tour that was built: from what (a checksum of its inputs), its files, its summary."""

    inputs: str
    files: Mapping[str, Made] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)


def read_record(out: Path, name: str) -> Record | None:
    """Return what is known of a tour; None where nothing is, or nothing that can be read."""
    with contextlib.suppress(
        OSError, BadInputError, ValueError, KeyError, TypeError, RecursionError
    ):
        document = json.loads(read_bytes(_path(out, name)))
        if document["version"] == _VERSION:
            files = {file: Made(**made) for file, made in document["files"].items()}
            return Record(document["inputs"], files, document["summary"])
    return None


def known_names(out: Path) -> list[str]:
    """Return the tours that have a record."""
    return [path.stem for path in files_in(out / FOLDER, "*.json")]


def is_whole(out: Path, name: str, record: Record) -> bool:
    """Tell whether every file of a tour is as it was written."""
    return bool(record.files) and all(
        _sha256(out / name / file) == made.sha256 for file, made in record.files.items()
    )


def write_tour(
    out: Path, name: str, files: Mapping[str, bytes], record: Record, *, force: bool
) -> Record:
    """Write the files of a tour into its folder, each whole or not at all, and its record.

    Files of an earlier build that this one no longer has are removed; files that are not of the
    batch are left alone.

    Raises
    ------
    UsageError
        A file is in the way that this program did not write, and nobody forces it.
    StorageError
        The folder cannot be written.
    """
    folder = out / name
    before = read_record(out, name)
    ours = before.files if before else {}
    for file in files:
        if not force and file not in ours and is_there(folder / file):
            raise UsageError(
                tr("{file} is there already, and not of this batch.", file=folder / file),
                tr("Name another folder with -o, or replace it with --force."),
            )
    made = {file: Made(hashlib.sha256(data).hexdigest(), len(data)) for file, data in files.items()}
    make_folder(folder)
    make_folder(out / FOLDER)
    _write(out, name, Record("", {**ours, **made}))
    for file, data in files.items():
        with atomic_file(folder / file) as stream:
            stream.write(data)
    for file in ours.keys() - files.keys():
        remove_file(folder / file)
    finished = Record(record.inputs, made, record.summary)
    _write(out, name, finished)
    return finished


def _write(out: Path, name: str, record: Record) -> None:
    text = json.dumps({"version": _VERSION, **asdict(record)}, ensure_ascii=False, indent=1)
    write_text(_path(out, name), text + "\n")


def _path(out: Path, name: str) -> Path:
    return out / FOLDER / f"{name}.json"


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except (OSError, BadInputError):
        return ""
