"""Ask about files and read them: whatever the system answers, an error of ours, and never too much.

`Path.exists` and its like raise what the system says of a folder that may not be entered, of a name
that is too long, of links in a circle; and to read a device may take for ever.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

#: What people write, draw or plan is smaller, bytes; maps and timetables are read piece by piece.
#: Parsed, a hostile text of this size takes half a gigabyte of memory.
LARGEST_BYTES = 20_000_000
#: What is read as JSON may take so much memory.
HEAVIEST_JSON_BYTES = 600_000_000


def personal(text: str) -> Path:
    """Return a path as people write it: a ``~`` is a home, where there is one."""
    return Path(os.path.expanduser(text))  # noqa: PTH111  # Path's raises where nobody is known


def status(path: Path) -> os.stat_result | None:
    """Return what the system knows of a file or folder, None where there is nothing.

    Raises
    ------
    BadInputError
        Nobody can tell: a folder on the way may not be entered, links lead in a circle.
    """
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def is_there(path: Path) -> bool:
    """Tell whether there is anything; raises as `status`."""
    return status(path) is not None


def is_file(path: Path) -> bool:
    """Tell whether there is an ordinary file; raises as `status`."""
    return _is(path, stat.S_ISREG)


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; raises as `status`."""
    return _is(path, stat.S_ISDIR)


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    found = status(path)
    return found is not None and kind(found.st_mode)


def files_in(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a folder whose names match, in order; none where there is no folder.

    Raises
    ------
    BadInputError
        The folder cannot be looked into.
    """
    if not is_folder(folder):
        return []
    try:
        # glob() passes over in silence what it may not look into.
        found = [path for path in folder.iterdir() if path.match(pattern)]
    except OSError as error:
        raise unreadable(folder, error) from error
    return sorted(path for path in found if os.path.isfile(path))  # noqa: PTH113  # never raises


def open_file(path: Path) -> IO[bytes]:
    """Open an ordinary file for reading.

    Raises
    ------
    BadInputError
        There is none, or it cannot be read; a device or a pipe has no end, and is refused.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise BadInputError(
                tr("{file} is a device or a pipe.", file=path),
                tr("Save what comes from it as a file, and name that."),
            )
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def read_bytes(path: Path, largest: int = LARGEST_BYTES) -> bytes:
    """Return what a file holds, or what comes from a pipe, up to so many bytes.

    Raises
    ------
    FileNotFoundError
        There is none.
    BadInputError
        It cannot be read, or is larger.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(largest + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if len(data) > largest:
        raise BadInputError(
            tr("{file} is larger than {size} MB.", file=path, size=wording.number(largest / 1e6)),
            tr("Name another file: nothing that is read here is as large."),
        )
    return data


def required(path: Path, largest: int = LARGEST_BYTES) -> bytes:
    """Return what a file holds that has to be there; else as `read_bytes`."""
    try:
        return read_bytes(path, largest)
    except FileNotFoundError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: Exception) -> BadInputError:
    """Return the error to tell of a file that the system does not give."""
    reason = wording.reason(error) if isinstance(error, OSError) else str(error)
    return BadInputError(
        tr("{file} cannot be read: {reason}.", file=path, reason=reason),
        tr("Check the path and its rights."),
    )


def json_weight(text: bytes) -> int:
    """Return about how many bytes of memory a JSON text takes when it is read, at most."""
    # What each object, list and value takes in Python; one may make a list of two characters.
    if (most := 240 * len(text)) <= HEAVIEST_JSON_BYTES:
        return most
    return 240 * text.count(b"{") + 64 * text.count(b"[") + 60 * text.count(b",")
