"""How large a park is that the map draws as a point: by the paths around it."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

from lens_routes.geo import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lens_routes.geo import Point

#: Ways one strolls on.
_PATHS = ("footway", "path", "track", "cycleway", "bridleway", "steps")
#: They are counted up to this far from the point, metres; so many of them are a hectare of park.
_AROUND_M, _METRES_A_HECTARE = 250.0, 250.0


def hectares(path: Path, spots: Sequence[Point]) -> list[float]:
    """Return how many hectares of park the paths of a map speak of around each of some points.

    Parameters
    ----------
    path
        An OpenStreetMap file.
    spots
        Points of it, not far from one another beside the size of the earth.
    """
    import numpy as np  # noqa: PLC0415  # only those who read a map pay for it
    import osmium  # noqa: PLC0415  # as above
    from shapely import STRtree, points  # noqa: PLC0415  # as above

    if not spots:
        return []
    degree_m = radians(1) * EARTH_RADIUS_M
    scale = np.array([cos(radians(spots[0].lat)), 1.0]) * degree_m
    middles, lengths = [np.empty((0, 2))], [np.empty(0)]
    wanted = osmium.filter.TagFilter(*(("highway", value) for value in _PATHS))
    ways: Any = osmium.FileProcessor(path).with_locations().with_filter(wanted)
    for way in ways:
        if way.is_way():
            corners = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
            if len(corners) > 1:
                line = np.array(corners) * scale
                middles.append((line[1:] + line[:-1]) / 2)
                lengths.append(np.hypot(*(line[1:] - line[:-1]).T))
    tree, metres = STRtree(points(np.concatenate(middles))), np.concatenate(lengths)
    places = points(np.array([(spot.lon, spot.lat) for spot in spots]) * scale)
    near = (tree.query(place, "dwithin", distance=_AROUND_M) for place in places)
    return [float(metres[found].sum()) / _METRES_A_HECTARE for found in near]
