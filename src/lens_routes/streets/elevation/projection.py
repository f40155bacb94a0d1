"""Projections of height data: which one, and from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError, UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Degrees of longitude and latitude.
WGS_84 = "EPSG:4326"
#: What IGN publishes its height data of France in, metres.
LAMBERT_93 = "EPSG:2154"
#: Where Lambert-93 has France: x and y, from and to.
_FRANCE = ((0.0, 1_300_000.0), (6_000_000.0, 7_200_000.0))


def project(x: Floats, y: Floats, source: str, target: str) -> tuple[Floats, Floats]:
    """Return positions given in one projection in another; NaN or infinite where it has none."""
    if source == target:
        return x, y
    from pyproj import Transformer  # noqa: PLC0415  # only for data that are not in degrees

    along, across = Transformer.from_crs(source, target, always_xy=True).transform(x, y)
    return np.asarray(along, dtype=np.float64), np.asarray(across, dtype=np.float64)


def checked(crs: str) -> str:
    """Return the name of a projection as pyproj has it.

    Parameters
    ----------
    crs
        An EPSG code, such as ``EPSG:2154`` or ``2154``, or a WKT text.

    Raises
    ------
    UsageError
        There is no such projection.
    """
    if crs == WGS_84:
        return crs
    from pyproj import CRS  # noqa: PLC0415  # as above
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    text = crs.strip()
    try:
        known = CRS.from_user_input(int(text) if text.isdigit() else text)
    except (CRSError, ValueError, OverflowError):  # what is no text, or digits of another kind
        raise UsageError(
            tr("There is no projection {crs}.", crs=wording.quoted(text[:60])),
            tr("Give an EPSG code, for example {code} for Lambert-93.", code=LAMBERT_93),
        ) from None
    code = known.to_epsg(min_confidence=70)
    return f"EPSG:{code}" if code else str(known.to_wkt())


def guessed(x: float, y: float) -> str | None:
    """Return the projection that a lone corner speaks for: degrees, Lambert-93, else None."""
    if abs(x) <= 180.0 and abs(y) <= 90.0:
        return WGS_84
    (west, east), (south, north) = _FRANCE
    if west <= x <= east and south <= y <= north:
        return LAMBERT_93
    return None


def unknown(path: object) -> BadInputError:
    """Return the error of a file that does not say where on the earth it lies."""
    return BadInputError(
        tr("{path} does not say in which projection it is.", path=path),
        tr("Name it, for example: {option}.", option=f"--crs {LAMBERT_93}"),
    )
