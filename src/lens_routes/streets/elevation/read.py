"""Read files of height data, told apart by their names, also packed."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.files.look import open_file
from lens_routes.streets.elevation.ascii_grid import read_ascii_grid
from lens_routes.streets.elevation.geotiff import read_geotiff
from lens_routes.streets.elevation.hgt import read_hgt
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from lens_routes.streets.elevation.raster import Raster

ENDINGS = (".hgt", ".tif", ".tiff", ".asc")
#: An unpacked file may be this large: as many heights as are read, seven characters each.
LARGEST_BYTES = 420_000_000


def read_heights(path: Path, crs: str | None = None) -> Iterator[Raster]:
    """Yield the rasters of a file; of an archive, one for each file of heights in it.

    Parameters
    ----------
    path
        A file named ``.hgt``, ``.tif`` or ``.asc``, or one of these packed as ``.gz`` or ``.zip``.
    crs
        The projection, for files that do not say it.

    Raises
    ------
    BadInputError
        The file cannot be read, is broken, of another kind, or holds no height at all.
    """
    found = False
    try:
        for name, data in _files(path):
            raster = _read(name, data, crs)
            if raster is not None:
                found = True
                yield _on_earth(raster, name)
    except OSError as error:
        raise BadInputError(
            tr("{path} cannot be read: {reason}.", path=path, reason=wording.reason(error)),
            tr("Check its name and its rights."),
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise BadInputError(
            tr("{path} cannot be unpacked: {reason}.", path=path, reason=error),
            tr("Download it again."),
        ) from error
    if not found:
        raise BadInputError(
            tr("{path} holds no height: every cell of it is void.", path=path),
            tr("It may be a square of open sea; leave it out."),
        )


def _read(name: str, data: bytes, crs: str | None) -> Raster | None:
    if name.lower().endswith(".hgt"):
        return read_hgt(name, data)
    return (read_ascii_grid if name.lower().endswith(".asc") else read_geotiff)(name, data, crs)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file of heights."""
    name = path.name.lower()
    if name.endswith(ENDINGS):
        with open_file(path) as stream:
            yield path.name, _whole(stream, path.name)
    elif name.endswith(tuple(f"{ending}.gz" for ending in ENDINGS)):
        with open_file(path) as packed, gzip.open(packed) as stream:
            yield path.name[:-3], _whole(stream, path.name)
    elif name.endswith(".zip"):
        with open_file(path) as packed, zipfile.ZipFile(packed) as archive:
            members = [one for one in archive.infolist() if _wanted(one.filename)]
            if not members:
                raise _unfit(path)
            for member in members:
                with archive.open(member) as stream:
                    yield PurePosixPath(member.filename).name, _whole(stream, member.filename)
    else:
        raise _unfit(path)


def _wanted(member: str) -> bool:
    # Archives packed on a Mac carry a shadow of each file.
    return member.lower().endswith(ENDINGS) and not member.startswith("__MACOSX/")


def _whole(stream: IO[bytes] | io.BufferedIOBase, name: str) -> bytes:
    data = stream.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise BadInputError(
            tr("{file} is larger than {n} MB.", file=name, n=wording.grouped(LARGEST_BYTES / 1e6)),
            tr("Cut it to the area you need."),
        )
    return data


def _on_earth(raster: Raster, name: str) -> Raster:
    """Return the raster when its corners lie somewhere on the earth."""
    west, south, east, north = raster.bbox()
    # A square that crosses the 180th meridian ends beyond it; infinite and NaN fail here too.
    if -181.0 <= west <= east <= 361.0 and -91.0 <= south <= north <= 91.0:
        return raster
    raise BadInputError(
        tr("In the projection {crs}, {file} lies off the earth.", crs=raster.crs, file=name),
        tr("Name the right one, for example: {option}.", option="--crs EPSG:2154"),
    )


def _unfit(path: Path) -> BadInputError:
    return BadInputError(
        tr("{path} holds no height data this program reads.", path=path),
        tr("Give {endings}, also as .gz or .zip; unpack .7z first.", endings=", ".join(ENDINGS)),
    )
