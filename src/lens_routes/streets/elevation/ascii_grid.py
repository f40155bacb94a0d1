"""Read ESRI ASCII grids, as IGN publishes RGE ALTI."""

from __future__ import annotations

import codecs
import math
import re
import warnings
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.elevation import projection
from lens_routes.streets.elevation.raster import Raster, bounded, raster_of
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_VOID = "nodata_value"
#: A line of the header: a key and its figure.
_FIGURE = re.compile(
    rb"\s*(?:ncols|nrows|[xy]llcorner|[xy]llcenter|cellsize|dx|dy|nodata_value)"
    rb"[^\S\n]+[!-~]+[^\S\n]*(?:\n|\Z)",
    re.IGNORECASE,
)
_SPACE = re.compile(rb"\s")
#: How much of the text is read at a time, bytes.
_PIECE = 1 << 22


def read_ascii_grid(name: str, data: bytes, crs: str | None) -> Raster | None:
    """Return the raster of an ESRI ASCII grid, None when no cell of it is known.

    Parameters
    ----------
    name
        The name of its file.
    data
        Its bytes.
    crs
        Its projection, where somebody says; it does not say so itself. Otherwise degrees and
        Lambert-93 are told apart by where they lie.

    Raises
    ------
    BadInputError
        It is not such a grid, is cut off, or lies nobody knows where.
    """
    header, begin = _header(name, data)
    columns, rows = round(header["ncols"]), round(header["nrows"])
    width = header.get("cellsize") or header.get("dx") or 0.0
    height = header.get("cellsize") or header.get("dy") or 0.0
    if columns < 2 or rows < 2 or width <= 0.0 or height <= 0.0:
        raise _broken(name, tr("its header describes no grid"))
    west = header["xllcenter"] if "xllcenter" in header else header["xllcorner"] + width / 2
    south = header["yllcenter"] if "yllcenter" in header else header["yllcorner"] + height / 2
    known = crs or projection.guessed(west, south)
    if known is None:
        raise projection.unknown(name)
    bounded(name, rows * columns)
    heights, found = np.empty(rows * columns, dtype=np.float32), 0
    for piece in _pieces(name, data, begin):
        heights[found : found + len(piece)] = piece[: max(0, heights.size - found)]
        found += len(piece)
    if found != heights.size:
        raise _broken(name, tr("it promises {n} heights and holds {m}", n=heights.size, m=found))
    return raster_of(
        heights.reshape(rows, columns),
        name=name.rpartition(".")[0],
        crs=known,
        corner=(west, south + (rows - 1) * height),
        cell=(width, height),
        void=header.get(_VOID, -9999.0),
    )


def _pieces(name: str, data: bytes, begin: int) -> Iterator[NDArray[np.float32]]:
    """Yield the heights from some byte on, so many at a time: text and all of them are large."""
    while begin < len(data):
        space = _SPACE.search(data, begin + _PIECE)
        end = space.end() if space else len(data)
        with warnings.catch_warnings():
            # An older numpy warns of what is no number, and returns what came before.
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                yield np.fromstring(data[begin:end].strip(), dtype=np.float32, sep=" ")
            except ValueError:
                raise _broken(name, tr("it holds something that is no height")) from None
        begin = end


def _header(name: str, data: bytes) -> tuple[dict[str, float], int]:
    """Return the figures of the header, and where they end."""
    header: dict[str, float] = {}
    end = 3 if data.startswith(codecs.BOM_UTF8) else 0
    while (line := _FIGURE.match(data, end)) is not None:
        words = line.group().decode("ascii").split()
        key = words[0].lower()
        try:
            header[key] = float(words[1])
        except ValueError:
            header[key] = math.inf
        # What stands for no height may be no number.
        if not math.isfinite(header[key]) and not (key == _VOID and math.isnan(header[key])):
            raise _broken(name, tr("{words} is no figure", words=" ".join(words)))
        end = line.end()
    placed = any({f"xll{end}", f"yll{end}"} <= header.keys() for end in ("corner", "center"))
    if not placed or not {"ncols", "nrows"} <= header.keys():
        raise _broken(name, tr("it does not begin with ncols, nrows, xllcorner and yllcorner"))
    return header, end


def _broken(name: str, reason: str) -> BadInputError:
    return BadInputError(
        tr("{file} is not a whole ESRI ASCII grid: {reason}.", file=name, reason=reason),
        tr("Unpack or download it again."),
    )
