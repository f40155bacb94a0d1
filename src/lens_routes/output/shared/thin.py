"""Make lines of fewer points, straying as little as possible."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.geo import Point

Flat = tuple[float, float]


def thin(lines: Sequence[Sequence[Point]], most: int) -> tuple[list[list[int]], float]:
    """Choose at most *most* points of *lines* in all; every line keeps its two ends.

    Parameters
    ----------
    lines
        Lines of at least two points each.
    most
        How many points may stay, at least two a line.

    Returns
    -------
    tuple
        The positions of the points that stay, line by line, and how far the farthest dropped
        point lies from the thinned line, in metres.

    Notes
    -----
    D. Douglas and T. Peucker, "Algorithms for the reduction of the number of points required to
    represent a digitized line", Cartographica 10 (1973), 112: a piece is split at the point
    farthest from its chord. Here the piece that strays most, of all lines, is always split next,
    until the points are used up, instead of splitting down to a tolerance.
    """
    count = sum(map(len, lines))
    if count <= most:
        return [list(range(len(line))) for line in lines], 0.0
    flat = [_flat(line) for line in lines]
    kept = [{0, len(line) - 1} for line in lines]
    room = most - 2 * len(lines)
    if room < 0:
        message = f"{len(lines)} lines need {2 * len(lines)} points, not {most}"
        raise ValueError(message)
    # Negative distances: the heap gives the least first.
    pieces = [
        (*_farthest(line, 0, len(line) - 1), i, 0, len(line) - 1) for i, line in enumerate(flat)
    ]
    heapq.heapify(pieces)
    for _ in range(room):
        _, middle, i, first, last = heapq.heappop(pieces)
        kept[i].add(middle)
        for a, b in ((first, middle), (middle, last)):
            heapq.heappush(pieces, (*_farthest(flat[i], a, b), i, a, b))
    return [sorted(indices) for indices in kept], -pieces[0][0]


def _farthest(line: Sequence[Flat], first: int, last: int) -> tuple[float, int]:
    """Return minus the distance of the point farthest from the chord, and its position.

    A piece without points in between comes last: it is never split.
    """
    if last - first < 2:
        return 0.0, first
    a, b = line[first], line[last]
    # Against a tie with pieces that have nothing to split, a straight one comes a hair before.
    distance, middle = max((_from_chord(line[i], a, b), -i) for i in range(first + 1, last))
    return min(-distance, -math.ulp(0.0)), -middle


def _from_chord(point: Flat, a: Flat, b: Flat) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy)


def _flat(line: Sequence[Point]) -> list[Flat]:
    """Return a line in metres, on the plane that touches the earth where the line begins."""
    east = math.cos(math.radians(line[0].lat)) * math.radians(1) * EARTH_RADIUS_M
    north = math.radians(1) * EARTH_RADIUS_M
    return [((p.lon - line[0].lon) * east, (p.lat - line[0].lat) * north) for p in line]
