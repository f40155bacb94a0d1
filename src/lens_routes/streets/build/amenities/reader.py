"""Put what travellers need, as a source of OSM data yields it, into `Amenities`."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.plan.amenity import Need
from lens_routes.streets.build.amenities.tags import needs_met
from lens_routes.streets.network.amenities import WHEELCHAIR, Amenities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from lens_routes.streets.network.source import BBox

_NEEDS = tuple(Need)


class _Found(NamedTuple):
    needs: list[Need]
    name: str
    hours: str
    wheelchair: str


class AmenityCollector:
    """What is good for something, of a source; of an area the middle counts."""

    def __init__(self) -> None:
        self._points: dict[int, tuple[_Found, int, int]] = {}
        self._areas: dict[int, tuple[_Found, array[int]]] = {}
        self._relations: dict[int, tuple[_Found, list[int]]] = {}
        self._members: dict[int, array[int]] = {}

    def add_node(self, node_id: int, tags: Mapping[str, str], lon_e7: int, lat_e7: int) -> None:
        """Take a node if it is good for something; its position in 1e-7 degrees.

        What was known of it before is void.
        """
        self._points.pop(node_id, None)
        if needs := needs_met(tags):
            self._points[node_id] = (_found(needs, tags), lon_e7, lat_e7)

    def add_way(self, way_id: int, tags: Mapping[str, str], refs: Iterable[int]) -> None:
        """Take a way if it is good for something; *refs* is not looked at otherwise."""
        if needs := needs_met(tags):
            self._areas[way_id] = (_found(needs, tags), array("q", refs))

    def add_relation(
        self, relation_id: int, tags: Mapping[str, str], members: Iterable[tuple[int, str]]
    ) -> None:
        """Take a multipolygon if it is good for something; a later one of its id replaces it."""
        self._relations.pop(relation_id, None)
        if tags.get("type") == "multipolygon" and (needs := needs_met(tags)):
            outer = [way_id for way_id, role in members if role != "inner"]
            self._relations[relation_id] = (_found(needs, tags), outer)

    def members(self) -> set[int]:
        """Return the ids of the ways that multipolygons are made of."""
        return {way for _, outer in self._relations.values() for way in outer}

    def add_member(self, way_id: int, refs: Iterable[int]) -> None:
        """Take the nodes of a way that a multipolygon is made of."""
        self._members[way_id] = array("q", refs)

    def _outlines(self) -> Iterator[tuple[_Found, NDArray[np.int64]]]:
        for found, refs in self._areas.values():
            yield found, np.unique(np.frombuffer(refs, dtype=np.int64))
        for found, outer in self._relations.values():
            parts = [self._members[way] for way in outer if way in self._members]
            yield found, np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *parts]))

    def node_ids(self) -> NDArray[np.int64]:
        """Return the ids of all nodes of areas, ascending, each once."""
        outlines = [outline for _, outline in self._outlines()]
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *outlines]))

    def assemble(
        self,
        node_ids: NDArray[np.int64],
        lon_e7: NDArray[np.int32],
        lat_e7: NDArray[np.int32],
        bbox: BBox | None,
    ) -> Amenities:
        """Return what was taken, of it all that lies in a box.

        Parameters
        ----------
        node_ids
            OSM ids, ascending, each once, of shape (nodes,).
        lon_e7, lat_e7
            Their coordinates in 1e-7 degrees, of the same shape.
        bbox
            (west, south, east, north) degrees, None for all.
        """
        placed = list(self._points.values())
        for found, outline in self._outlines():
            place = np.searchsorted(node_ids, outline).clip(max=max(len(node_ids) - 1, 0))
            if len(node_ids) and (place := place[node_ids[place] == outline]).size:
                placed.append((found, int(lon_e7[place].mean()), int(lat_e7[place].mean())))
        west, south, east, north = (round(s * 1e7) for s in bbox or (-180.0, -90.0, 180.0, 90.0))
        # West to east: whoever looks for what is near finds it by halving.
        return _laid_out(
            sorted(
                (one for one in placed if west <= one[1] <= east and south <= one[2] <= north),
                key=lambda one: (one[1], one[2], one[0].needs),
            )
        )


def _found(needs: list[Need], tags: Mapping[str, str]) -> _Found:
    wheelchair = tags.get("wheelchair", "")
    if Need.TOILETS in needs:
        wheelchair = tags.get("toilets:wheelchair", wheelchair)
    return _Found(
        needs,
        tags.get("name", ""),
        tags.get("opening_hours", ""),
        wheelchair if wheelchair in WHEELCHAIR else "",
    )


def _laid_out(placed: list[tuple[_Found, int, int]]) -> Amenities:
    texts: dict[str, int] = {"": 0}
    columns = {name: array("i") for name in ("lon_e7", "lat_e7", "name", "hours")}
    needs, wheelchair = array("B"), array("B")
    for found, lon_e7, lat_e7 in placed:
        for need in found.needs:
            columns["lon_e7"].append(lon_e7)
            columns["lat_e7"].append(lat_e7)
            columns["name"].append(texts.setdefault(found.name, len(texts)))
            columns["hours"].append(texts.setdefault(found.hours, len(texts)))
            needs.append(_NEEDS.index(need))
            wheelchair.append(WHEELCHAIR.index(found.wheelchair))
    first_byte = array("i", [0])
    for text in texts:
        first_byte.append(first_byte[-1] + len(text.encode()))
    return Amenities(
        need=memoryview(needs),
        wheelchair=memoryview(wheelchair),
        **{name: memoryview(column) for name, column in columns.items()},
        first_text_byte=memoryview(first_byte),
        text_bytes=memoryview("".join(texts).encode()),
    )
