"""Fetch height data from the public store of skadi tiles: one degree each, a height every 1″.

The tiles are those of Mapzen's joerd project, kept by AWS Open Data: SRTM, and in Europe EU-DEM.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from lens_routes.errors import NetworkError, UsageError
from lens_routes.files.storage import make_folder
from lens_routes.files.unfinished import SUFFIX
from lens_routes.net.address import public
from lens_routes.net.download import Terms, fetch
from lens_routes.streets.elevation import store
from lens_routes.streets.elevation.read import read_heights
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.net.download import Report
    from lens_routes.streets.elevation.raster import Raster
    from lens_routes.streets.network.source import BBox

ADDRESS = "https://elevation-tiles-prod.s3.amazonaws.com/skadi"
CREDIT = "SRTM (NASA/USGS) and EU-DEM (Copernicus), through AWS Terrain Tiles"
USER_AGENT = "lens-routes (height data)"
#: A tile unpacked has 26 MB; packed it is no larger.
LARGEST_BYTES = 30_000_000
#: How long a server may stay silent, and how long a tile may take, seconds.
SILENCE_S, TILE_S = 30.0, 600.0
#: More squares than this are a slip of the pen: nobody walks across a country.
MOST_TILES = 16
#: Of what broke off longer ago, the tile may be another by now.
_FRESH_S = 24 * 3600.0


def tiles(bbox: BBox) -> list[str]:
    """Return the names of the degree squares that a box touches, west to east, south to north.

    Raises
    ------
    UsageError
        There are too many.
    """
    west, south, east, north = bbox
    columns = range(math.floor(west), max(math.floor(west) + 1, math.ceil(east)))
    rows = range(math.floor(south), max(math.floor(south) + 1, math.ceil(north)))
    if len(columns) * len(rows) > MOST_TILES:
        raise UsageError(
            tr(
                "That is {n} degree squares; {most} are the most at once.",
                n=wording.grouped(len(columns) * len(rows)),
                most=MOST_TILES,
            ),
            tr("Name a smaller box."),
        )
    return [
        f"{'N' if lat >= 0 else 'S'}{abs(lat):02}{'E' if lon >= 0 else 'W'}{abs(lon):03}"
        for lat in rows
        for lon in columns
    ]


def download(tile: str, report: Report, *, address: str = ADDRESS) -> Raster | None:
    """Fetch a tile; None where there is none, over the sea.

    What came before the connection broke off is kept, and the next attempt goes on from there.

    Parameters
    ----------
    tile
        Its name, such as ``N50E002``.
    report
        Told what is being done and which share, 0 to 1, is behind.
    address
        The folder of the tiles on a server.

    Raises
    ------
    NetworkError
        The server is out of reach, refuses, breaks off, or sends something else.
    StorageError
        There is no room for the tile.
    """
    url = f"{address.rstrip('/')}/{tile[:3]}/{tile}.hgt.gz"
    make_folder(store.folder())
    # The ending stays last, since the reader goes by it.
    part = store.folder() / f"{tile}{SUFFIX}.hgt.gz"
    terms = Terms(
        USER_AGENT,
        LARGEST_BYTES,
        SILENCE_S,
        TILE_S,
        tr("Try again: it goes on where it stopped; the height data kept are as they were."),
        lacking=(403, 404),  # the store hides what it lacks behind 403
    )
    if not fetch(url, part, report, terms, _left_over(part)):
        return None
    try:
        return next(read_heights(part))
    except Exception as error:
        raise NetworkError(
            tr("{url} sent something else than a height file.", url=public(url)),
            tr("Check the address, and whether this network asks you to log in."),
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _left_over(part: Path) -> int:
    """Return how many bytes of a tile are there from before; what is a day old is let go."""
    try:
        kept = part.stat()
    except FileNotFoundError:
        return 0
    if time.time() - kept.st_mtime < _FRESH_S and kept.st_size < LARGEST_BYTES:
        return kept.st_size
    part.unlink()
    return 0
