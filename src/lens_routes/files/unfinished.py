"""What is being made beside what it will replace, and cleared away where its maker died.

Its name begins with a dot and ends in ``.part``. Whoever makes it holds it locked as long as he
lives, so a neighbour, or the next run, can tell work that goes on from what a killed one left.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    import fcntl
except ImportError:  # on Windows nobody can remove a file that another has open, which will do
    fcntl = None  # type: ignore[assignment]

#: How the name ends of what is not whole yet; it stays where a process is killed.
SUFFIX = ".part"
#: What stands for the letters that make each such name another.
_ANY = "????????"
#: Without locks, a folder this old, seconds, is nobody's any more.
_OLD_S = 24 * 3600


@contextlib.contextmanager
def making(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Lend an unfinished file beside *path*, open for writing; remove those left of it.

    It is held until the block ends, also while it is closed and renamed; what is not renamed goes.
    """
    clear(path.parent, path.name)
    stream, name = _begun(path)
    # A copy of the descriptor keeps the lock; on Windows it would keep the file from being renamed.
    held = os.dup(stream.fileno()) if fcntl else -1
    try:
        with stream:
            yield stream, Path(name)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        if fcntl:
            os.close(held)


def _begun(path: Path) -> tuple[IO[bytes], str]:
    while True:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=SUFFIX, dir=path.parent)
        if _hold(descriptor, name):
            return os.fdopen(descriptor, "wb"), name
        os.close(descriptor)


@contextlib.contextmanager
def scratch(folder: Path, name: str) -> Iterator[Path]:
    """Lend a folder inside *folder* for the time of the block; remove those left of that name."""
    clear(folder, name)
    with tempfile.TemporaryDirectory(
        prefix=f".{name}.", suffix=SUFFIX, dir=folder, ignore_cleanup_errors=True
    ) as made:
        descriptor = os.open(made, os.O_RDONLY) if fcntl else -1
        try:
            _hold(descriptor, made)
            yield Path(made)
        finally:
            if fcntl:
                os.close(descriptor)


def clear(folder: Path, name: str) -> None:
    """Remove what dead processes left unfinished of *name* in a folder; failing is no failure."""
    for left in folder.glob(f".{glob.escape(name)}.{_ANY}{SUFFIX}"):
        with contextlib.suppress(OSError):
            _remove(left)


def _remove(left: Path) -> None:
    """Remove what is unfinished, unless its maker holds it."""
    is_folder = left.is_dir()
    if not fcntl:
        if not is_folder or time.time() - left.stat().st_mtime > _OLD_S:
            shutil.rmtree(left) if is_folder else left.unlink()
        return
    descriptor = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left) if is_folder else left.unlink()
    finally:
        os.close(descriptor)


def _hold(descriptor: int, name: str) -> bool:
    """Lock what was just made; tell whether it is still there, not cleared away a moment before."""
    if not fcntl:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), os.stat(name))  # noqa: PTH116  # of any name
    except (BlockingIOError, FileNotFoundError):
        return False
    except OSError:
        return True  # a disk that knows no locks: nobody clears away what he cannot lock
