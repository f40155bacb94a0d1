"""Join ways end to end into closed rings."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Refs = array[int]


def closed(ring: Refs) -> bool:
    """Tell whether a line of nodes is the ring of an area."""
    return len(ring) > 3 and ring[0] == ring[-1]


def closed_rings(ways: Iterable[Refs]) -> tuple[list[Refs], bool]:
    """Return the closed rings that ways make end to end, and whether nothing was left over."""
    rings: list[Refs] = []
    ends: dict[int, list[Refs]] = {}
    whole = True
    for way in ways:
        if closed(way):
            rings.append(way)
        elif way and way[0] != way[-1]:
            for end in (way[0], way[-1]):
                ends.setdefault(end, []).append(way)
    while ends:
        _, waiting = next(iter(ends.items()))
        ring = array("q", waiting[0])
        _take(ends, waiting[0])
        while ring[0] != ring[-1] and (onward := ends.get(ring[-1])):
            way = onward[0]
            _take(ends, way)
            ring.extend((way if way[0] == ring[-1] else way[::-1])[1:])
        if closed(ring):
            rings.append(ring)
        else:
            whole = False
    return rings, whole


def _take(ends: dict[int, list[Refs]], way: Refs) -> None:
    for end in (way[0], way[-1]):
        left = [other for other in ends[end] if other is not way]
        if left:
            ends[end] = left
        else:
            del ends[end]
