"""Squares are crossed, not walked round: straight lines between the points where one enters."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.streets.build.shapes.rings import closed_rings
from lens_routes.streets.network.classes import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    Refs = array[int]
    #: A position in degrees.
    Position = tuple[float, float]

#: More corners and entries than these make too many lines; such a square is walked round.
MOST_POINTS = 80
#: Rounding puts a line along the edge of a square a hair outside of it, degrees: 1 cm.
HAIR = 1e-7


@dataclass(frozen=True, slots=True)
class Square:
    """An area one may move across: its tags, its outer rings and its holes, as OSM ids."""

    tags: Mapping[str, str]
    outer: tuple[Refs, ...]
    inner: tuple[Refs, ...] = ()

    def rings(self) -> Iterator[Refs]:
        """Yield all rings."""
        yield from self.outer
        yield from self.inner


@dataclass(slots=True)
class SquareCollector:
    """The multipolygons of a source that are squares; their ways come later."""

    _relations: dict[int, tuple[dict[str, str], tuple[int, ...], tuple[int, ...]]] = field(
        default_factory=dict
    )
    _members: dict[int, Refs] = field(default_factory=dict)

    def add_relation(
        self, relation_id: int, tags: Mapping[str, str], members: Iterable[tuple[int, str]]
    ) -> None:
        """Take a multipolygon if one moves across it; a later one of its id replaces it."""
        self._relations.pop(relation_id, None)
        if tags.get("type") == "multipolygon" and kind_of(tags):
            sides: dict[bool, list[int]] = {True: [], False: []}
            for way_id, role in members:
                sides[role == "inner"].append(way_id)
            about = {"area": "yes", **tags}
            self._relations[relation_id] = (about, tuple(sides[False]), tuple(sides[True]))

    def members(self) -> set[int]:
        """Return the ids of the ways that squares are made of."""
        return {way for _, outer, inner in self._relations.values() for way in (*outer, *inner)}

    def add_member(self, way_id: int, refs: Iterable[int]) -> None:
        """Take the nodes of a way that a square is made of."""
        self._members[way_id] = array("q", refs)

    def squares(self) -> Iterator[Square]:
        """Yield the squares whose rings are whole."""
        for tags, outer, inner in self._relations.values():
            if all(way in self._members for way in outer):
                rings, whole = closed_rings(self._members[way] for way in outer)
                holes, _ = closed_rings(self._members[way] for way in inner if way in self._members)
                if whole and rings:
                    yield Square(tags, tuple(rings), tuple(holes))


def crossings(
    square: Square, entries: Collection[int], where: Mapping[int, Position]
) -> list[tuple[int, int]]:
    """Return the straight lines across a square that a person may take, as pairs of nodes.

    Parameters
    ----------
    square
        The square.
    entries
        The nodes of its rings where other ways begin.
    where
        The positions of its nodes in degrees.
    """
    import shapely  # noqa: PLC0415  # only maps with squares pay for it

    outer = [[where[ref] for ref in ring if ref in where] for ring in square.outer]
    holes = [[where[ref] for ref in ring if ref in where] for ring in square.inner]
    if any(len(ring) < 4 for ring in (*outer, *holes)):
        return []
    area = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in outer])
    for hole in holes:
        area = shapely.difference(area, shapely.make_valid(shapely.Polygon(hole)))
    inside = [ref for ref in entries if ref in where]
    points = list(dict.fromkeys((*inside, *_corners(square, where))))
    if not inside or len(points) > MOST_POINTS:
        return []
    pairs = [pair for pair in combinations(points, 2) if where[pair[0]] != where[pair[1]]]
    if not pairs:
        return []
    lines = shapely.linestrings([[where[a], where[b]] for a, b in pairs])
    free: NDArray[np.bool_] = shapely.covers(area.buffer(HAIR), lines)
    return [pair for pair, is_free in zip(pairs, free.tolist(), strict=True) if is_free]


def _corners(square: Square, where: Mapping[int, Position]) -> Iterator[int]:
    """Yield the nodes one may have to walk round: corners that point into the square."""
    for rings, hole in ((square.outer, False), (square.inner, True)):
        for ring in rings:
            refs = [ref for ref in ring[:-1] if ref in where]
            spots: Any = np.array([where[ref] for ref in refs])
            before, after = spots - np.roll(spots, 1, axis=0), np.roll(spots, -1, axis=0) - spots
            turn = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
            x, y = spots[:, 0], spots[:, 1]
            anticlockwise = (x * np.roll(y, -1) - np.roll(x, -1) * y).sum() > 0
            inward = (turn < 0) == (anticlockwise != hole)
            yield from (ref for ref, bends in zip(refs, inward & (turn != 0), strict=True) if bends)
