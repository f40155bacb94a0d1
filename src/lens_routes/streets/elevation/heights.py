"""The heights of this machine as one: the finest data first, coarser ones where these are void."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.elevation.projection import WGS_84, project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from lens_routes.streets.elevation.raster import Raster

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The heights of points in metres, whether data cover each, and those used, finest first.

    A point that is covered may have no height (NaN): it lies in a void.
    """

    heights_m: Floats
    covered: NDArray[np.bool_]
    used: list[Raster]


class Heights:
    """Several rasters to be asked together."""

    def __init__(self, rasters: Iterable[Raster]) -> None:
        self._rasters = sorted(rasters, key=lambda raster: (raster.cell_m, raster.name))

    def at(self, lon: Floats, lat: Floats) -> Floats:
        """Return the heights of points, metres, NaN where nobody knows.

        Parameters
        ----------
        lon, lat
            WGS 84 degrees, of shape (points,).
        """
        return self.look(lon, lat).heights_m

    def look(self, lon: Floats, lat: Floats) -> Look:
        """Return the heights of points, and whose they are; parameters as `at`."""
        heights = np.full(len(lon), np.nan)
        source = np.full(len(lon), -1, dtype=np.int32)
        covered = np.zeros(len(lon), dtype=bool)
        projected: dict[str, tuple[Floats, Floats]] = {}
        for i, raster in enumerate(self._rasters):
            missing = np.flatnonzero(source < 0)
            if not len(missing):
                break
            if raster.crs not in projected:
                projected[raster.crs] = project(lon, lat, WGS_84, raster.crs)
            x, y = (along[missing] for along in projected[raster.crs])
            inside = raster.covers(x, y)
            covered[missing[inside]] = True
            found = raster.sample(x[inside], y[inside])
            known = ~np.isnan(found)
            heights[missing[inside][known]] = found[known]
            source[missing[inside][known]] = i
        used = [raster for i, raster in enumerate(self._rasters) if (source == i).any()]
        return Look(heights, covered, used)
