"""The heights of this machine as one: the finest data first, coarser ones where these are void."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.elevation.projection import WGS_84, project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from lens_routes.streets.elevation.raster import Raster

    Floats = NDArray[np.float64]


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
        return self._look(lon, lat)[0]

    def used(self, lon: Floats, lat: Floats) -> list[Raster]:
        """Return the rasters that `at` takes heights of these points from, finest first."""
        source = self._look(lon, lat)[1]
        return [raster for i, raster in enumerate(self._rasters) if (source == i).any()]

    def _look(self, lon: Floats, lat: Floats) -> tuple[Floats, NDArray[np.int32]]:
        heights = np.full(len(lon), np.nan)
        source = np.full(len(lon), -1, dtype=np.int32)
        projected: dict[str, tuple[Floats, Floats]] = {}
        for i, raster in enumerate(self._rasters):
            missing = np.flatnonzero(source < 0)
            if not len(missing):
                break
            if raster.crs not in projected:
                projected[raster.crs] = project(lon, lat, WGS_84, raster.crs)
            x, y = projected[raster.crs]
            found = raster.sample(x[missing], y[missing])
            known = ~np.isnan(found)
            heights[missing[known]] = found[known]
            source[missing[known]] = i
        return heights, source
