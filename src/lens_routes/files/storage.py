"""Where files live, and how they are written so that nothing good is ever lost."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from lens_routes.errors import StorageError
from lens_routes.files.look import personal
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator


def home() -> Path:
    """Return the data directory: ``LENS_ROUTES_HOME``, else the platform's own.

    The directory may not exist yet; whoever writes into it makes it.
    """
    override = os.environ.get("LENS_ROUTES_HOME")
    return personal(override) if override else of_platform("data")


#: Where the XDG Base Directory Specification has each kind: the variable, else the folder.
_XDG = {"data": ("XDG_DATA_HOME", "~/.local/share"), "config": ("XDG_CONFIG_HOME", "~/.config")}


def of_platform(kind: Literal["data", "config"]) -> Path:
    """Return the folder in which the platform has this program keep its data, or its settings."""
    if os.name == "posix" and sys.platform != "darwin":  # as platformdirs, which takes 6 ms
        variable, usual = _XDG[kind]
        given = Path(os.environ.get(variable, ""))
        return (given if given.is_absolute() else Path(usual).expanduser()) / "lens-routes"
    import platformdirs  # noqa: PLC0415

    found = platformdirs.user_data_path if kind == "data" else platformdirs.user_config_path
    return found("lens-routes", appauthor=False)


@contextlib.contextmanager
def atomic_file(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Open a file beside *path* for writing; rename it over *path* when the block succeeds.

    The old file stays whole until the new one is, whatever happens in between: an exception, a
    full disk, Ctrl-C. Two processes writing at once each rename a whole file; the last one stays.
    What a killed one left is cleared away by the next.
    A device or a pipe, such as /dev/null, is written as it is; a link stays one, and what it leads
    to is written. Folders that are missing are made
    inside the data directory only: elsewhere they are a slip of the pen. What is *private* only its
    owner may read.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    try:
        path = _target(path)
    except (OSError, ValueError) as error:
        raise _explain(error, path) from error
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                yield device
            return
        from lens_routes.files import unfinished  # noqa: PLC0415  # most commands write nothing

        with unfinished.making(path) as (stream, temporary):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            if not private:
                # What is unfinished is private; ours are like any other, or like what they replace.
                mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
                temporary.chmod(mode)
            temporary.replace(path)
    except OSError as error:
        raise _explain(error, path) from error


def _target(path: Path) -> Path:
    """Return the file to write, links followed; in the data directory its folder is made."""
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    if path.absolute().is_relative_to(home().absolute()):
        make_folder(path.parent)
    if path.is_dir():
        raise StorageError(tr("{path} is a directory.", path=path), tr("Name a file inside it."))
    return path


def remove_file(path: Path) -> bool:
    """Delete the file at *path*; return whether there was one.

    Raises
    ------
    StorageError
        The folder cannot be written.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(
            tr("{path} cannot be removed: {reason}.", path=path, reason=wording.reason(error))
        ) from error
    return True


def make_folder(path: Path) -> None:
    """Make a folder and those above it, unless it is there.

    Raises
    ------
    StorageError
        It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _explain(error, path) from error
    except RecursionError:
        # Python makes a thousand folders in one another by calling itself.
        too_long = OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
        raise _explain(too_long, path) from None


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* in UTF-8, atomically; see `atomic_file`."""
    with atomic_file(path) as stream:
        stream.write(text.encode())


#: What says that the folder is at fault, not the moment.
_UNFIT = (errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR, errno.EEXIST, errno.ENOENT)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _explain(error: OSError | ValueError, path: Path) -> StorageError:
    if not isinstance(error, OSError):
        return StorageError(tr("{path} cannot be written: {reason}.", path=path, reason=error))
    if error.errno == errno.ENOENT:
        return StorageError(
            tr(
                "{path} cannot be written: there is no folder {parent}.",
                path=path,
                parent=path.parent,
            ),
            tr("Make the folder first, or name another file."),
        )
    if error.errno == errno.ENOSPC:
        return StorageError(
            tr("The disk is full: {path} was not written.", path=path),
            tr("Free some space; the old file is intact."),
        )
    if error.errno in _UNFIT:
        return StorageError(
            tr("{path} cannot be written: {reason}.", path=path, reason=wording.reason(error)),
            tr("Choose another folder, for example with LENS_ROUTES_HOME, or change its rights."),
        )
    return StorageError(
        tr("{path} cannot be written: {reason}.", path=path, reason=wording.reason(error))
    )
