"""The whole addresses of feeds that need a password or a key, apart from what may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.files.look import read_bytes
from lens_routes.files.storage import atomic_file, remove_file
from lens_routes.net.address import public
from lens_routes.timetable.network.installed import folder

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".address"
_LARGEST_BYTES = 10_000


def keep(name: str, address: str) -> None:
    """Keep the address of a feed in a file that only its owner may read; none without secrets.

    Raises
    ------
    StorageError
        The data directory cannot be written.
    """
    if public(address) == address:
        forget(name)
        return
    with atomic_file(_path(name), private=True) as stream:
        stream.write(address.encode())


def whole(name: str, source: str) -> str:
    """Return the address that *source* is the public part of, where one is kept; else *source*."""
    try:
        kept = read_bytes(_path(name), _LARGEST_BYTES).decode()
    except (FileNotFoundError, BadInputError, UnicodeDecodeError):
        return source
    return kept if public(kept) == source else source


def forget(name: str) -> None:
    """Remove what is kept for a feed.

    Raises
    ------
    StorageError
        The data directory cannot be written.
    """
    remove_file(_path(name))


def _path(name: str) -> Path:
    return folder() / f"{name}{_SUFFIX}"
