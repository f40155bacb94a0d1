"""Fetch height data from the public store of skadi tiles: one degree each, a height every 1″.

The tiles are those of Mapzen's joerd project, kept by AWS Open Data: SRTM, and in Europe EU-DEM.
"""

from __future__ import annotations

import contextlib
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.errors import NetworkError, StorageError, UsageError
from lens_routes.files.storage import make_folder
from lens_routes.files.unfinished import SUFFIX
from lens_routes.net.address import public
from lens_routes.net.bounds import TooLateError, Watch, within
from lens_routes.streets.elevation import store
from lens_routes.streets.elevation.read import read_heights
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import requests

    from lens_routes.streets.elevation.raster import Raster
    from lens_routes.streets.network.source import BBox

    Report = Callable[[str, float], None]

ADDRESS = "https://elevation-tiles-prod.s3.amazonaws.com/skadi"
CREDIT = "SRTM (NASA/USGS) and EU-DEM (Copernicus), through AWS Terrain Tiles"
USER_AGENT = "lens-routes (height data)"
#: A tile unpacked has 26 MB; packed it is no larger.
LARGEST_BYTES = 30_000_000
#: More squares than this are a slip of the pen: nobody walks across a country.
MOST_TILES = 16
_CHUNK = 1 << 16
#: Of what broke off longer ago, the tile may be another by now.
_FRESH_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server may stay silent, and how long a tile may take, seconds."""

    silence_s: float = 30.0
    tile_s: float = 600.0


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


def download(
    tile: str, report: Report, *, address: str = ADDRESS, patience: Patience | None = None
) -> Raster | None:
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
    patience
        How long to wait.

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
    waits = patience or Patience()
    try:
        there = within(Watch(waits.tile_s), lambda: _fetch(url, part, report, waits))
    except TooLateError:
        raise _late(url, waits) from None
    if not there:
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


def _fetch(url: str, part: Path, report: Report, patience: Patience) -> bool:
    """Download to *part*, going on where it ends; return whether the server has the tile."""
    import requests  # noqa: PLC0415  # only to download

    report(tr("asking {url}", url=public(url)), 0.0)
    have = _left_over(part)
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with (
        _explained(url, patience),
        requests.get(url, headers=headers, timeout=patience.silence_s, stream=True) as answer,
    ):
        if answer.status_code in {403, 404}:  # the store hides what it lacks behind 403
            return False
        if answer.status_code == 416:  # what is there is not what the server has
            part.unlink(missing_ok=True)
            return _fetch(url, part, report, patience)
        if not answer.ok:
            raise NetworkError(
                tr(
                    "{url} answered HTTP {status} {reason}.",
                    url=public(url),
                    status=answer.status_code,
                    reason=answer.reason,
                ),
                _try_again(),
            )
        goes_on = answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(
            f"bytes {have}-"
        )
        _keep(answer, part, have if goes_on else 0, report, patience)
    return True


def _keep(
    answer: requests.Response, part: Path, have: int, report: Report, patience: Patience
) -> None:
    length = answer.headers.get("Content-Length", "")
    whole = have + int(length) if length.isdigit() else 0
    deadline = time.monotonic() + patience.tile_s
    with _room(part), part.open("ab" if have else "wb") as stream:
        for chunk in answer.iter_content(_CHUNK):
            have += len(chunk)
            if have > LARGEST_BYTES:
                raise NetworkError(
                    tr(
                        "{url} sends more than {size} MB.",
                        url=public(answer.url),
                        size=wording.number(LARGEST_BYTES / 1e6),
                    ),
                    tr("Check the address."),
                )
            if time.monotonic() > deadline:
                raise _late(answer.url, patience)
            stream.write(chunk)
            report(
                tr("{size} MB", size=wording.number(have / 1e6, 1)),
                min(1.0, have / whole) if whole else 0.0,
            )
    if whole and have != whole:
        raise NetworkError(tr("{url} broke off.", url=public(answer.url)), _try_again())


def _left_over(part: Path) -> int:
    """Return how many bytes of a tile are there from before; what is a day old is let go."""
    try:
        kept = part.stat()
    except FileNotFoundError:
        return 0
    if time.time() - kept.st_mtime < _FRESH_S:
        return kept.st_size
    part.unlink()
    return 0


def _late(url: str, patience: Patience) -> NetworkError:
    return NetworkError(
        tr("{url} was not done after {n} s.", url=public(url), n=f"{patience.tile_s:g}"),
        _try_again(),
    )


def _try_again() -> str:
    return tr("Try again: it goes on where it stopped; the height data kept are as they were.")


@contextlib.contextmanager
def _room(part: Path) -> Iterator[None]:
    """Say that a file cannot be written; what the network did is left to others."""
    import requests  # noqa: PLC0415  # as above

    try:
        yield
    except requests.RequestException:
        raise  # it is an OSError too, and none of this disk
    except OSError as error:
        raise StorageError(
            tr("{path} cannot be written: {reason}.", path=part, reason=wording.reason(error))
        ) from error


@contextlib.contextmanager
def _explained(url: str, patience: Patience) -> Iterator[None]:
    """Say in words how a request failed."""
    import requests  # noqa: PLC0415  # as above

    shown = public(url)
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise NetworkError(
            tr(
                "{url} does not prove its identity: {error}.",
                url=shown,
                error=public(str(error)),
            ),
            tr("Check the address and the clock."),
        ) from error
    except requests.Timeout as error:
        raise NetworkError(
            tr(
                "{url} did not answer within {seconds} s.",
                url=shown,
                seconds=patience.silence_s,
            ),
            _try_again(),
        ) from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise NetworkError(tr("{url} broke off.", url=shown), _try_again()) from error
    except requests.RequestException as error:
        silent = "timed out" in str(error)
        raise NetworkError(
            tr(
                "{url} did not answer within {seconds} s.",
                url=shown,
                seconds=patience.silence_s,
            )
            if silent
            else tr("{url} cannot be reached.", url=shown),
            tr("Check the internet connection and the address, or give a file."),
        ) from error
