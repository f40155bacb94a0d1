"""Read ESRI ASCII grids, as IGN publishes RGE ALTI."""

from __future__ import annotations

import math
import warnings

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.elevation import projection
from lens_routes.streets.elevation.raster import Raster, raster_of
from lens_routes.text.language import tr

_VOID = "nodata_value"
_KEYS = (
    "ncols", "nrows", "xllcorner", "yllcorner", "xllcenter", "yllcenter", "cellsize", "dx", "dy",
    _VOID,
)  # fmt: skip


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
    header, body = _header(name, data)
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
    with warnings.catch_warnings():
        # An older numpy warns of what is no number, and returns what came before.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            heights = np.fromstring(body, dtype=np.float32, sep=" ")
        except ValueError:
            raise _broken(name, tr("it holds something that is no height")) from None
    if len(heights) != rows * columns:
        raise _broken(
            name, tr("it promises {n} heights and holds {m}", n=rows * columns, m=len(heights))
        )
    return raster_of(
        heights.reshape(rows, columns),
        name=name.rpartition(".")[0],
        crs=known,
        corner=(west, south + (rows - 1) * height),
        cell=(width, height),
        void=header.get(_VOID, -9999.0),
    )


def _header(name: str, data: bytes) -> tuple[dict[str, float], bytes]:
    """Return the figures of the header, and what follows it."""
    header: dict[str, float] = {}
    rest = data.removeprefix(b"\xef\xbb\xbf")
    while True:
        line, _, after = rest.lstrip().partition(b"\n")
        words = line.decode("ascii", "replace").split()
        if len(words) != 2 or words[0].lower() not in _KEYS:
            break
        key = words[0].lower()
        try:
            header[key] = float(words[1])
        except ValueError:
            header[key] = math.inf
        # What stands for no height may be no number.
        if not math.isfinite(header[key]) and not (key == _VOID and math.isnan(header[key])):
            raise _broken(name, tr("{words} is no figure", words=" ".join(words)))
        rest = after
    placed = any({f"xll{end}", f"yll{end}"} <= header.keys() for end in ("corner", "center"))
    if not placed or not {"ncols", "nrows"} <= header.keys():
        raise _broken(name, tr("it does not begin with ncols, nrows, xllcorner and yllcorner"))
    return header, rest


def _broken(name: str, reason: str) -> BadInputError:
    return BadInputError(
        tr("{file} is not a whole ESRI ASCII grid: {reason}.", file=name, reason=reason),
        tr("Unpack or download it again."),
    )
