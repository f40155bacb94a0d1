"""Take up what follows from where ways lie: lines across squares, ferries, pavements elsewhere."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Protocol

import numpy as np

from lens_routes.streets.build.shapes.placed import (
    has_pavement_elsewhere,
    is_pavement,
    is_timed_ferry,
    paved_apart,
    sailing,
    with_pavements,
)
from lens_routes.streets.build.shapes.squares import Square, crossings
from lens_routes.streets.network.arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    #: Positions in degrees, shape (nodes, 2): lon, lat.
    Positions = NDArray[np.float64]
    Tags = Mapping[str, str]

#: Lines across squares are ways of their own, with ids no map uses.
FIRST_ID = -(1 << 40)


class Collector(Protocol):
    """The ways of a source."""

    squares: list[Square]

    def such(self, wanted: Callable[[Tags], bool]) -> list[tuple[int, Tags, Ints]]:
        """Return the ways whose tags are *wanted*: number, tags and nodes of each."""

    def refine(self, way: int, tags: Tags) -> None:
        """Give a way other tags."""

    def meetings(self, nodes: Ints) -> dict[int, int]:
        """Return of how many ways each of some nodes, ascending, is a part."""

    def name_of(self, way: int) -> str:
        """Return the name of a way."""

    def add(self, way_id: int, tags: Tags, refs: Iterable[int], version: int = 0) -> bool:
        """Take a way."""


def look_at_shapes(ways: Collector, node_ids: Ints, positions: Positions) -> None:
    """Refine ways by their place, and add the lines across squares.

    Parameters
    ----------
    ways
        The ways.
    node_ids
        OSM ids, ascending, each once, of shape (nodes,).
    positions
        Where these nodes are.
    """
    if not len(node_ids):
        return

    def line(refs: Ints) -> Positions:
        found: Positions = positions[_known(node_ids, refs)[1]]
        return found

    for way, tags, refs in ways.such(is_timed_ferry):
        ways.refine(way, sailing(tags, line(refs)))
    streets = [(way, tags, line(refs)) for way, tags, refs in ways.such(has_pavement_elsewhere)]
    streets = [street for street in streets if len(street[2]) > 1]
    walked = [line(refs) for _, _, refs in ways.such(is_pavement)] if streets else []
    pavements = [points for points in walked if len(points) > 1]
    for (way, tags, _), apart in zip(
        streets, with_pavements([points for _, _, points in streets], pavements), strict=True
    ):
        ways.refine(way, paved_apart(tags, apart=apart))

    def where(refs: list[int]) -> dict[int, tuple[float, float]]:
        known, index = _known(node_ids, np.array(refs, dtype=np.int64))
        spots = positions[index].tolist()
        return {ref: (x, y) for ref, (x, y) in zip(known.tolist(), spots, strict=True)}

    _cross(ways, where)


def _known(node_ids: Ints, refs: Ints) -> tuple[Ints, Ints]:
    """Return those refs that are among the nodes, and where they stand there."""
    index = np.searchsorted(node_ids, refs).clip(max=len(node_ids) - 1)
    known = node_ids[index] == refs
    return refs[known], index[known]


def _cross(ways: Collector, where: Callable[[list[int]], dict[int, tuple[float, float]]]) -> None:
    """Add the outlines of squares of several ways, and the lines across all squares."""
    squares = [
        Square({**tags, "name": ways.name_of(way)}, (array("q", refs.tolist()),))
        for way, tags, refs in ways.such(lambda tags: tags.get("area") == "yes")
        if len(refs) > 3 and refs[0] == refs[-1]
    ]
    numbers = count(FIRST_ID, -1)
    for square in ways.squares:
        for ring in square.rings():
            ways.add(next(numbers), square.tags, ring)
    if not (squares or ways.squares):
        return
    everything = (*squares, *ways.squares)
    corners = distinct(*(np.array(ring) for square in everything for ring in square.rings()))
    met = ways.meetings(corners)
    for square in everything:
        own = Counter(ref for ring in square.rings() for ref in set(ring))
        entries = [ref for ref in own if met[ref] > own[ref]]
        for pair in crossings(square, entries, where(list(own))):
            ways.add(next(numbers), square.tags, pair)
