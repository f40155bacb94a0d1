"""Cut lines and rings to a box."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.geo import Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.streets.network.source import BBox


def clip_line(line: Sequence[Point], box: BBox) -> Iterator[tuple[Point, ...]]:
    """Yield the pieces of a line that lie in a box, each of two points at least.

    Each straight part is cut by the method of Y.-D. Liang and B. Barsky, "A New Concept and Method
    for Line Clipping", ACM Transactions on Graphics 3 (1984), 1-22.
    """
    if _contains(box, line):
        yield tuple(line)
        return
    piece: list[Point] = []
    for before, after in pairwise(line):
        part = _clip_segment(before, after, box)
        if part is None:
            continue
        if piece and piece[-1] != part[0]:
            yield tuple(piece)
            piece = []
        piece.extend(part if not piece else part[1:])
    if piece:
        yield tuple(piece)


def clip_ring(ring: Sequence[Point], box: BBox) -> tuple[Point, ...]:
    """Return a closed ring cut to a box, closed again along its sides; empty when it is outside.

    By the method of I. E. Sutherland and G. W. Hodgman, "Reentrant Polygon Clipping",
    Communications of the ACM 17 (1974), 32-42. A ring that leaves the box and comes back is
    joined along the side; filled, nothing of that shows.
    """
    points = list(ring)
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        if all(sign * point[axis] >= sign * limit for point in points):
            continue
        kept: list[Point] = []
        for before, after in pairwise(points):
            inside, goes_inside = (sign * p[axis] >= sign * limit for p in (before, after))
            if inside != goes_inside:
                share = (limit - before[axis]) / (after[axis] - before[axis])
                kept.append(_between(before, after, share))
            if goes_inside:
                kept.append(after)
        points = [kept[-1], *kept] if kept else []
    return tuple(points)


def _contains(box: BBox, line: Sequence[Point]) -> bool:
    west, south, east, north = box
    return all(west <= lon <= east and south <= lat <= north for lon, lat in line)


def _clip_segment(before: Point, after: Point, box: BBox) -> tuple[Point, Point] | None:
    enters, leaves = 0.0, 1.0
    west, south, east, north = box
    d_lon, d_lat = after.lon - before.lon, after.lat - before.lat
    for slope, room in (
        (-d_lon, before.lon - west),
        (d_lon, east - before.lon),
        (-d_lat, before.lat - south),
        (d_lat, north - before.lat),
    ):
        if slope == 0.0:
            if room < 0.0:
                return None
        elif slope < 0.0:
            enters = max(enters, room / slope)
        else:
            leaves = min(leaves, room / slope)
    if enters >= leaves:
        return None
    begin = before if enters == 0.0 else _between(before, after, enters)
    end = after if leaves == 1.0 else _between(before, after, leaves)
    return begin, end


def _between(before: Point, after: Point, share: float) -> Point:
    return Point(
        before.lon + share * (after.lon - before.lon), before.lat + share * (after.lat - before.lat)
    )
