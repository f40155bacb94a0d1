"""Read SRTM height data: one degree square of big-endian integers, named after its corner."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.elevation.projection import WGS_84
from lens_routes.streets.elevation.raster import bounded, raster_of
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.streets.elevation.raster import Raster

_CORNER = expression(r"([NS])(\d{1,2})([EW])(\d{1,3})(?!\d)", re.IGNORECASE)
_VOID = -32768
_SECONDS = 3600


def read_hgt(name: str, data: bytes) -> Raster | None:
    """Return the raster of an .hgt file, None when it is all sea or void.

    Parameters
    ----------
    name
        Its name, which says where it lies: ``N43E007.hgt`` has its south-west corner there.
    data
        Its bytes.

    Raises
    ------
    BadInputError
        The name tells no place, or the size is not that of a square.
    """
    corner = _CORNER.match(name)
    if corner is None:
        raise BadInputError(
            tr("The name of {file} does not tell which degree square it is.", file=name),
            tr("Name it after its south-west corner, for example N50E002.hgt."),
        )
    side = math.isqrt(len(data) // 2)
    whole = side > 1 and side * side * 2 == len(data)
    if not whole or (_SECONDS % (side - 1) and (side - 1) % _SECONDS):
        raise BadInputError(
            tr(
                "{file} is not a whole height file: {n} bytes are no square of heights.",
                file=name,
                n=len(data),
            ),
            tr("Download it again."),
        )
    bounded(name, side * side)
    north, lat, east, lon = corner.groups()
    south = int(lat) * (1 if north in "nN" else -1)
    west = int(lon) * (1 if east in "eE" else -1)
    cell = 1.0 / (side - 1)
    return raster_of(
        np.frombuffer(data, dtype=">i2").reshape(side, side),
        name=f"{corner.group().upper()}",
        crs=WGS_84,
        corner=(float(west), south + 1.0),
        cell=(cell, cell),
        void=_VOID,
    )
