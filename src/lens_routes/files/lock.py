"""One at a time: who changes a file waits for whoever else is changing it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.errors import StorageError
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A change takes a fraction of a second; who holds a file longer has been stopped in the middle.
PATIENCE_S = 30.0


@contextlib.contextmanager
def changing(path: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Keep everybody else from changing *path* while the block runs, on network drives too.

    A hidden file beside it, ``.NAME.lock``, is locked and stays; the system itself lets the lock go
    when its holder ends, however that comes about.

    Raises
    ------
    StorageError
        Somebody else does not finish, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # 50 ms, only for changes

    path = Path(os.path.realpath(path))
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=patience_s)
    except Timeout as error:
        raise StorageError(
            tr("Somebody else has been changing {file} for a while.", file=path),
            tr("Try again when they are done."),
        ) from error
    except OSError as error:
        raise StorageError(
            tr("{path} cannot be written: {reason}.", path=path, reason=wording.reason(error)),
            tr("Choose another folder, or change its rights."),
        ) from error
    try:
        yield
    finally:
        lock.release()
