"""Keep a machine's own table of walks in one checksummed file that maps into memory."""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING

from lens_routes.files.mapped_file import Format, UnusableFileError, read, write
from lens_routes.geo import Point
from lens_routes.text.language import tr
from lens_routes.travel.foot.walk import DetourFit
from lens_routes.travel.tables import table as text
from lens_routes.travel.tables.pairs import CODE, Pairs

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.travel.tables.table import WalkTable

SUFFIX = ".lrw"
FORMAT = Format(b"LRWALKS\n", 1, {"distance": CODE, "steps": CODE, "main_road": CODE})


def save(table: WalkTable, path: Path) -> None:
    """Write a table to *path*, whole or not at all.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    fit, walks = table.fit, table.walks
    about = {
        "points": [[name, *table.points[name]] for name in walks.names],
        "fit": [fit.factor, fit.mean_error, fit.p90_error, fit.pairs],
        "program": table.program,
        "computed": table.computed,
        "map_name": table.map_name,
        "map_date": table.map_date,
    }
    buffers = {"distance": walks.distance, "steps": walks.steps, "main_road": walks.main_road}
    write(path, FORMAT, about, buffers)


def load(path: Path) -> WalkTable:
    """Map a table into memory, after checking that every byte of it is as it was written.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    UnusableFileError
        The file is damaged, of another kind, or of another version.
    """
    about, buffers = read(path, FORMAT)
    points = {name: Point(lon, lat) for name, lon, lat in about.pop("points")}
    walks = Pairs(points, buffers["distance"], buffers["steps"], buffers["main_road"])
    if len(walks.distance) != len(points) ** 2:
        raise UnusableFileError(tr("is damaged"))
    return text.WalkTable(points=points, walks=walks, fit=DetourFit(*about.pop("fit")), **about)


def copy_of(path: Path) -> Path:
    """Return where the packed copy of a table kept as text is: beside it, named by its content.

    Raises
    ------
    OSError
        There is no such table.
    """
    return path.with_name(f"{path.stem}-{zlib.crc32(path.read_bytes()):08x}{SUFFIX}")


def load_text(path: Path) -> WalkTable:
    """Read a table kept as text: from its packed copy, where there is one of this very text.

    Raises
    ------
    BadInputError
        The file is missing or damaged; the message names it.
    """
    with contextlib.suppress(OSError, UnusableFileError):
        return load(copy_of(path))
    return text.load(path)
