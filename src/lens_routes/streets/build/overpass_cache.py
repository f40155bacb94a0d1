"""Keep the answers of an Overpass server for a while: only whole ones, however a download ends."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import time
from typing import TYPE_CHECKING

from lens_routes.errors import StorageError
from lens_routes.files import unfinished
from lens_routes.files.storage import home
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Answers younger than this are used again, so that an interrupted download goes on where it was.
KEPT_SECONDS = 24 * 3600


@contextlib.contextmanager
def answers(*key: object) -> Iterator[Path]:
    """Lend a folder that holds the answers kept for one download; keep those added to it.

    The folder is private to the process: OSMnx writes its cache in place, so that a process may
    be stopped, or another one read, in the middle of a file. Whole answers are moved to where the
    next download finds them, each in one step, when the block ends, and also when it fails.

    Parameters
    ----------
    key
        What the answers depend on: the endpoint, the box, the filter.

    Raises
    ------
    StorageError
        The disk is full or the data directory cannot be written.
    """
    root = home() / "streets" / "osmnx-cache"
    kept = root / hashlib.sha256(json.dumps(key).encode()).hexdigest()[:16]
    try:
        kept.mkdir(parents=True, exist_ok=True)
        _drop_old(root)
        with unfinished.scratch(root, "answers") as folder:
            for file in kept.glob("*.json"):
                shutil.copy2(file, folder)  # with its age
            try:
                yield folder
            finally:
                _keep_whole(folder, kept)
    except OSError as error:
        raise StorageError(
            tr(
                "The map cannot be kept in {folder}: {reason}.",
                folder=root,
                reason=wording.reason(error),
            ),
            tr(
                "Free some space there, change its rights,"
                " or set LENS_ROUTES_HOME to another folder."
            ),
        ) from error


def _drop_old(root: Path) -> None:
    oldest = time.time() - KEPT_SECONDS
    for file in root.glob("*/*.json"):
        with contextlib.suppress(FileNotFoundError):  # another process may drop it first
            if file.stat().st_mtime < oldest:
                file.unlink()


def _keep_whole(folder: Path, kept: Path) -> None:
    for file in folder.glob("*.json"):
        with contextlib.suppress(ValueError):
            json.loads(file.read_text(encoding="utf-8"))
            shutil.copy2(file, file.with_suffix(".whole"))
            file.with_suffix(".whole").replace(kept / file.name)
