"""Import a feed: read it, compile it, keep it in place of an older one of the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.text.language import tr
from lens_routes.timetable.network import installed, store
from lens_routes.timetable.read.faults import Faults

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path, PurePath

    from lens_routes.timetable.network.timetable import Timetable

    BBox = tuple[float, float, float, float]
    Report = Callable[[str, float], None]


def name_for(path: PurePath) -> str:
    """Return a name for a feed from that of its file: ``TER-2025 (1).zip`` is ``ter-2025-1``."""
    stem = path.name.removesuffix(".zip").removesuffix(".ZIP").lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:60] or "feed"


def compiled(
    path: Path,
    *,
    name: str,
    source: str,
    bbox: BBox | None,
    now: dt.datetime,
    report: Report,
) -> Timetable:
    """Read and compile the feed at *path*; parameters as `install`."""
    from lens_routes.timetable.build.compile import compile_feed  # noqa: PLC0415  # only to import
    from lens_routes.timetable.read.read_feed import read_feed  # noqa: PLC0415

    faults = Faults(source)
    feed = read_feed(path, faults, report)
    return compile_feed(feed, faults, name=name, source=source, built=now, bbox=bbox, report=report)


def install(
    path: Path,
    *,
    name: str,
    source: str,
    bbox: BBox | None,
    now: dt.datetime,
    report: Report,
) -> Timetable:
    """Compile the feed at *path* and keep it as *name*.

    Parameters
    ----------
    path
        A zip file, or a folder of tables.
    name
        What it is called on this machine; a feed of that name is replaced when all went well.
    source
        The file or address it can be had from again.
    bbox
        Keep only what calls in this box, (west, south, east, north) degrees.
    now
        The instant recorded as the time of building; aware.
    report
        Told what is being done and which share, 0 to 1, is behind.

    Raises
    ------
    BadInputError
        The feed has serious faults; what was installed before is as it was.
    StorageError
        The data directory cannot be written.
    UsageError
        The name cannot be that of a file.
    """
    kept = installed.path_of(name)
    timetable = compiled(path, name=name, source=source, bbox=bbox, now=now, report=report)
    store.save(timetable, kept)
    report(tr("done"), 1.0)
    return timetable
