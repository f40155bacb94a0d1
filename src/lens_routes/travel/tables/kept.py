"""Keep a machine's own table of ways in one checksummed file that maps into memory."""

from __future__ import annotations

import contextlib
import zlib
from array import array
from typing import TYPE_CHECKING

from lens_routes.files.mapped_file import Format, UnusableFileError, read, write
from lens_routes.geo import Point
from lens_routes.text.language import tr
from lens_routes.travel.foot.walk import DetourFit
from lens_routes.travel.tables import table as text
from lens_routes.travel.tables.pairs import CLIMBED, CODE, FIGURES, LENGTHS, Pairs
from lens_routes.travel.tables.spot import Spot

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.travel.tables.table import WayTable

SUFFIX = ".lrw"
_SECTIONS = tuple(dict.fromkeys((*FIGURES, *CLIMBED)))
FORMAT = Format(b"LRWALKS\n", 3, dict.fromkeys(_SECTIONS, CODE))


def save(table: WayTable, path: Path) -> None:
    """Write a table to *path*, whole or not at all.

    Raises
    ------
    StorageError
        The folder cannot be written, or the disk is full.
    """
    fit, walks = table.fit, table.walks
    about = {
        "points": [[name, *point] for name, point in sorted(table.points.items())],
        "fit": [fit.factor, fit.mean_error, fit.p90_error, fit.pairs],
        "program": table.program,
        "computed": table.computed,
        "map_name": table.map_name,
        "map_date": table.map_date,
        "mode": table.mode,
        "spots": [[name, spot.name, *spot.figures] for name, spot in table.spots.items()],
        "speed_kmh": table.speed_kmh,
        "unknown": table.unknown,
    }
    # Walks are as long as one's pace says: they have no seconds.
    write(path, FORMAT, about, {name: walks.figures.get(name, array(CODE)) for name in _SECTIONS})


def load(path: Path) -> WayTable:
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
    spots = {name: Spot.of(*known) for name, *known in about.pop("spots")}
    names = sorted({spot.name for spot in spots.values()} or points)
    figures = FIGURES if spots else CLIMBED if len(buffers["ascent"]) else LENGTHS
    walks = Pairs(names, {name: buffers[name] for name in figures})
    if any(len(buffers[name]) != len(names) ** 2 for name in figures):
        raise UnusableFileError(tr("is damaged"))
    fit = DetourFit(*about.pop("fit"))
    return text.WayTable(points=points, walks=walks, fit=fit, spots=spots, **about)


def copy_of(path: Path) -> Path:
    """Return where the packed copy of a table kept as text is: beside it, named by its content.

    Raises
    ------
    OSError
        There is no such table.
    """
    return path.with_name(f"{path.stem}-{zlib.crc32(path.read_bytes()):08x}{SUFFIX}")


def load_text(path: Path) -> WayTable:
    """Read a table kept as text: from its packed copy, where there is one of this very text.

    Raises
    ------
    BadInputError
        The file is missing or damaged; the message names it.
    """
    with contextlib.suppress(OSError, UnusableFileError):
        return load(copy_of(path))
    return text.load(path)
