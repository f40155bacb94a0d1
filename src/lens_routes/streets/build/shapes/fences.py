"""Index what one does not cross on the way to a street, so that snapping can look it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.network.grid import index_segments
from lens_routes.streets.network.network import Fences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from lens_routes.streets.network.landscape import Landscape


_NOTHING = np.zeros(0, dtype=np.int32).data
NO_FENCES = Fences(None, _NOTHING, _NOTHING, _NOTHING, _NOTHING)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines one after another: positions in 1e-7 degrees, and the number of points of each."""

    lon_e7: NDArray[np.int32]
    lat_e7: NDArray[np.int32]
    points: NDArray[np.int64]


def is_fence(tags: Mapping[str, str]) -> bool:
    """Tell whether a street is one that nobody crosses: a motorway on the ground."""
    motorway = tags.get("highway") in ("motorway", "motorway_link")
    return motorway and not {"bridge", "tunnel"} & tags.keys()


def fences_of(landscape: Landscape, streets: Lines) -> Fences:
    """Return the waters and railways of a landscape, and *streets*, by grid cell."""
    around = _blocking(landscape)
    lon = np.concatenate((around.lon_e7, streets.lon_e7))
    lat = np.concatenate((around.lat_e7, streets.lat_e7))
    first_point = np.concatenate(
        ([0], np.cumsum(around.points), np.cumsum(streets.points) + len(around.lon_e7))
    )
    if not len(lon):
        return NO_FENCES
    grid, first, segment = index_segments(lon, lat, first_point)
    return Fences(
        grid, lon.data, lat.data, first.astype(np.int32).data, segment.astype(np.int32).data
    )


def _blocking(landscape: Landscape) -> Lines:
    blocks = np.asarray(landscape.blocks, dtype=bool)
    fenced = np.repeat(blocks, np.diff(np.asarray(landscape.first_ring)))
    points = np.diff(np.asarray(landscape.first_point)).astype(np.int64)
    kept = np.repeat(fenced, points)
    lon, lat = np.asarray(landscape.lon_e7), np.asarray(landscape.lat_e7)
    return Lines(lon[kept], lat[kept], points[fenced])
