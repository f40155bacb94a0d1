"""Read GeoTIFF height data.

Pillow decodes them, 23 MB on disk and 0.1 s to import, through libtiff: every compression and
predictor in use but LERC. tifffile (2 MB, 0.2 s) leaves LZW, zstd and floating-point prediction to
imagecodecs (80 MB); rasterio takes 108 MB and 0.3 s.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.elevation import projection
from lens_routes.streets.elevation.raster import Raster, bounded, raster_of, too_large
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Tags of GeoTIFF 1.1 (OGC 19-008r4), and GDAL's for what stands for "none".
_SCALE, _TIEPOINT, _MATRIX, _KEYS, _NODATA = 33550, 33922, 34264, 34735, 42113
#: Keys of its directory.
_RASTER_TYPE, _GEOGRAPHIC, _PROJECTED = 1025, 2048, 3072
_POINT = 2
_USER_DEFINED = 32767


def read_geotiff(name: str, data: bytes, crs: str | None) -> Raster | None:
    """Return the raster of a GeoTIFF, None when no cell of it is known.

    Parameters
    ----------
    name
        The name of its file.
    data
        Its bytes.
    crs
        Its projection, where somebody says; otherwise what the file itself says.

    Raises
    ------
    BadInputError
        It is no TIFF this program reads, holds no heights, or does not say where it lies.
    """
    tags, cells = _decoded(name, data)
    keys = _directory(tags)
    dx, dy, x, y = _placed(name, tags, point=keys.get(_RASTER_TYPE) == _POINT)
    try:
        void = float(str(tags.get(_NODATA, "")).strip("\0 "))
    except ValueError:
        void = None
    return raster_of(
        cells,
        name=name.rpartition(".")[0],
        crs=crs or _projection(name, keys),
        corner=(x, y),
        cell=(dx, dy),
        void=void,
    )


def _decoded(name: str, data: bytes) -> tuple[dict[int, Any], np.ndarray[Any, Any]]:
    from PIL import Image, TiffImagePlugin, UnidentifiedImageError  # noqa: PLC0415  # see above

    # Pillow unpacks 64-bit floats, and only lacks the line that says so.
    for order, packed in ((TiffImagePlugin.II, "F;64F"), (TiffImagePlugin.MM, "F;64BF")):
        TiffImagePlugin.OPEN_INFO.setdefault((order, 1, (3,), 1, (64,), ()), ("F", packed))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("TIFF",)) as picture:
                if not picture.mode.startswith(("F", "I")):
                    raise _not_heights(name, tr("it is a picture"))
                bounded(name, picture.width * picture.height)
                if min(picture.size) < 2:
                    raise _not_heights(name, tr("it has a single row"))
                return dict(picture.tag_v2), np.asarray(picture)  # type: ignore[attr-defined]
    except Image.DecompressionBombError:
        raise too_large(name) from None
    except UnidentifiedImageError:
        raise _not_heights(
            name, tr("it is no TIFF, or is packed in a way that is not read, such as LERC")
        ) from None
    except (OSError, ValueError, TypeError, KeyError, SyntaxError) as error:
        raise _not_heights(name, str(error).rstrip(".")) from error


def _directory(tags: Mapping[int, Any]) -> dict[int, int]:
    """Return the keys that hold a short value, by number."""
    raw = [int(value) for value in tags.get(_KEYS, ())]
    entries = [raw[i : i + 4] for i in range(4, len(raw) - 3, 4)]
    return {key: value for key, location, _, value in entries if location == 0}


def _placed(
    name: str, tags: Mapping[int, Any], *, point: bool
) -> tuple[float, float, float, float]:
    """Return the size of a cell, and the centre of the first."""
    half = 0.0 if point else 0.5
    if _SCALE in tags and _TIEPOINT in tags:
        dx, dy = map(float, tags[_SCALE][:2])
        column, row, _, x, y = map(float, tags[_TIEPOINT][:5])
    elif len(tags.get(_MATRIX, ())) == 16:
        matrix = [float(value) for value in tags[_MATRIX]]
        dx, dy, x, y = matrix[0], -matrix[5], matrix[3], matrix[7]
        column = row = 0.0
        if matrix[1] or matrix[4]:
            raise _not_heights(name, tr("its rows do not run from west to east"))
    else:
        raise BadInputError(
            tr("{file} does not say where it lies: it is a TIFF, but no GeoTIFF.", file=name),
            tr("Export it again with its position."),
        )
    if dx <= 0.0 or dy <= 0.0:
        raise _not_heights(name, tr("its rows do not run from north to south"))
    return dx, dy, x + (half - column) * dx, y - (half - row) * dy


def _projection(name: str, keys: Mapping[int, int]) -> str:
    code = keys.get(_PROJECTED) or keys.get(_GEOGRAPHIC) or _USER_DEFINED
    if code == _USER_DEFINED:
        raise projection.unknown(name)
    return projection.checked(f"EPSG:{code}")


def _not_heights(name: str, reason: str) -> BadInputError:
    return BadInputError(
        tr("{file} holds no heights this program reads: {reason}.", file=name, reason=reason),
        tr("Export it as a GeoTIFF of one band, 16-bit integers or 32-bit floats."),
    )
