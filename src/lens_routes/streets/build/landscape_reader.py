"""Put waters, greens and railways, as a source of OSM data yields them, into a `Landscape`.

Every source ends here, so that all agree on what is drawn and how the parts of a lake or a forest
are joined into rings.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.plan.basemap import Ground
from lens_routes.streets.build.landscape_tags import area_look, blocks, line_look
from lens_routes.streets.build.shapes.rings import closed, closed_rings
from lens_routes.streets.network.arrays import distinct
from lens_routes.streets.network.landscape import LOOKS, Landscape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from lens_routes.plan.basemap import Way
    from lens_routes.streets.access.tags import Tags
    from lens_routes.streets.network.source import BBox

    Refs = array[int]

#: Areas smaller than this in both directions are verges and flower beds, 1e-7 degrees: 10 m.
SMALLEST_E7 = 900


@dataclass(frozen=True, slots=True)
class _Feature:
    """A line or an area over nodes by OSM id; the refs of an area are its closed rings."""

    look: Way | Ground
    blocks: bool
    name: str
    rings: tuple[Refs, ...]


@dataclass(frozen=True, slots=True)
class _Multipolygon:
    """An area whose rings are made of ways, by OSM id."""

    look: Ground
    blocks: bool
    name: str
    outer: tuple[int, ...]
    inner: tuple[int, ...]


@dataclass(slots=True)
class LandscapeCollector:
    """What is drawn of a source, its nodes still by OSM id; of things with one id the last stays.

    Relations come first: `members` then says whose nodes `add_member` needs.
    """

    _ways: dict[int, _Feature] = field(default_factory=dict)
    _relations: dict[int, _Multipolygon] = field(default_factory=dict)
    _members: dict[int, Refs] = field(default_factory=dict)

    def add_way(self, way_id: int, tags: Tags, refs: Iterable[int]) -> None:
        """Take a way that nobody moves along if it is drawn; *refs* is not looked at otherwise."""
        look: Way | Ground | None = line_look(tags)
        if look is not None:
            self._ways[way_id] = _Feature(
                look, blocks(tags), tags.get("name") or "", (array("q", refs),)
            )
            return
        look = area_look(tags)
        if look is not None:
            ring = array("q", refs)
            if closed(ring):
                self._ways[way_id] = _Feature(look, blocks(tags), tags.get("name") or "", (ring,))

    def add_relation(
        self, relation_id: int, tags: Tags, members: Iterable[tuple[int, str]]
    ) -> None:
        """Take a multipolygon if it is drawn; a later one of its id replaces it.

        *members* are its ways, with their roles.
        """
        self._relations.pop(relation_id, None)
        look = area_look(tags)
        if look is None or tags.get("type") != "multipolygon":
            return
        inner: list[int] = []
        outer: list[int] = []
        for way_id, role in members:
            (inner if role == "inner" else outer).append(way_id)
        self._relations[relation_id] = _Multipolygon(
            look, blocks(tags), tags.get("name") or "", tuple(outer), tuple(inner)
        )

    def members(self) -> set[int]:
        """Return the ids of the ways that multipolygons are made of."""
        return {way for area in self._relations.values() for way in (*area.outer, *area.inner)}

    def add_member(self, way_id: int, refs: Iterable[int]) -> None:
        """Take the nodes of a way that a multipolygon is made of."""
        self._members[way_id] = array("q", refs)

    def node_ids(self) -> NDArray[np.int64]:
        """Return the ids of all nodes of what was taken, ascending, each once."""
        rings = [ring for way in self._ways.values() for ring in way.rings]
        rings.extend(self._members.values())
        if not rings:
            return np.zeros(0, dtype=np.int64)
        return distinct(*(np.frombuffer(ring, dtype=np.int64) for ring in rings))

    def assemble(
        self,
        node_ids: NDArray[np.int64],
        lon_e7: NDArray[np.int32],
        lat_e7: NDArray[np.int32],
        bbox: BBox | None,
    ) -> Landscape:
        """Return what was taken over the nodes given, of it all that touches a box.

        Nodes that are not given are passed over, as at the border of an extract. Verges and
        flower beds, and areas that do not close, are left out.

        Parameters
        ----------
        node_ids
            OSM ids, ascending, each once, of shape (nodes,).
        lon_e7, lat_e7
            Their coordinates in 1e-7 degrees, of the same shape.
        bbox
            (west, south, east, north) degrees, None for all.
        """
        builder = _Builder(bbox)
        for feature in self._features():
            rings = [_positions(node_ids, ring) for ring in feature.rings]
            builder.add(feature, [np.stack((lon_e7[ring], lat_e7[ring])) for ring in rings])
        return builder.landscape()

    def _features(self) -> Iterator[_Feature]:
        yield from self._ways.values()
        for area in self._relations.values():
            outer, whole = closed_rings(
                self._members[way] for way in area.outer if way in self._members
            )
            whole = whole and all(way in self._members for way in area.outer)
            # The hole of an area that is not there would be drawn as an area itself.
            inner, _ = closed_rings(
                self._members[way] for way in area.inner if way in self._members and whole
            )
            yield _Feature(area.look, area.blocks, area.name, (*outer, *inner))


def _positions(node_ids: NDArray[np.int64], refs: Refs) -> NDArray[np.intp]:
    """Return where those refs that are given stand among the nodes."""
    wanted = np.frombuffer(refs, dtype=np.int64)
    if not len(node_ids):
        return np.zeros(0, dtype=np.intp)
    position = np.searchsorted(node_ids, wanted).clip(max=len(node_ids) - 1)
    return np.compress(node_ids[position] == wanted, position)


class _Builder:
    """The buffers of a `Landscape` while features are added to it."""

    def __init__(self, bbox: BBox | None) -> None:
        west, south, east, north = bbox or (-180.0, -90.0, 180.0, 90.0)
        self._low = np.array([west, south]) * 1e7
        self._high = np.array([east, north]) * 1e7
        self._looks = array("B")
        self._blocks = array("B")
        self._names: dict[str, int] = {"": 0}
        self._name = array("i")
        self._boxes = [array("i") for _ in range(4)]
        self._first_ring = array("i", [0])
        self._first_point = array("i", [0])
        self._points: list[NDArray[np.int32]] = []

    def add(self, feature: _Feature, rings: Iterable[NDArray[np.int32]]) -> None:
        """Add a feature whose rings are given as arrays of shape (2, points): lon, lat."""
        is_area = isinstance(feature.look, Ground)
        kept = (
            [ring for ring in map(_closed_again, rings) if ring.shape[1] > 3]
            if is_area
            else [ring for ring in rings if ring.shape[1] > 1]
        )
        if not kept:
            return
        low = np.min([ring.min(axis=1) for ring in kept], axis=0)
        high = np.max([ring.max(axis=1) for ring in kept], axis=0)
        if is_area and (high - low < SMALLEST_E7).all():
            return
        if (high < self._low).any() or (low > self._high).any():
            return
        self._blocks.append(feature.blocks)
        self._looks.append(LOOKS.index(feature.look))
        self._name.append(self._names.setdefault(feature.name, len(self._names)))
        for values, side in zip(self._boxes, (*low, *high), strict=True):
            values.append(int(side))
        for ring in kept:
            self._points.append(ring)
            self._first_point.append(self._first_point[-1] + ring.shape[1])
        self._first_ring.append(len(self._first_point) - 1)

    def landscape(self) -> Landscape:
        """Return what was added."""
        lon, lat = np.concatenate([np.zeros((2, 0), np.int32), *self._points], axis=1)
        texts = [name.encode() for name in self._names]
        first_byte = array("i", [0])
        for text in texts:
            first_byte.append(first_byte[-1] + len(text))
        west, south, east, north = (memoryview(side) for side in self._boxes)
        return Landscape(
            look=memoryview(self._looks),
            blocks=memoryview(self._blocks),
            name=memoryview(self._name),
            west_e7=west,
            south_e7=south,
            east_e7=east,
            north_e7=north,
            first_ring=memoryview(self._first_ring),
            first_point=memoryview(self._first_point),
            lon_e7=np.ascontiguousarray(lon).data,
            lat_e7=np.ascontiguousarray(lat).data,
            first_name_byte=memoryview(first_byte),
            name_bytes=memoryview(b"".join(texts)),
        )


def _closed_again(ring: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return a ring that ends where it begins, also when nodes of it were not given."""
    if not ring.shape[1] or (ring[:, 0] == ring[:, -1]).all():
        return ring
    return np.concatenate((ring, ring[:, :1]), axis=1)
