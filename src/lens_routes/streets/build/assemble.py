"""Put ways and nodes, as a source of OSM data yields them, together into `Ways`.

Every source ends here, so that all agree on what a way is: the rules of access, how missing and
repeated nodes are mended, and what it means to clip by a box.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.access.barriers import gate_hours
from lens_routes.streets.access.ruleset import OSM
from lens_routes.streets.build.boxes import as_text
from lens_routes.streets.build.shapes.apply import look_at_shapes
from lens_routes.streets.build.shapes.gates import put_in_gates
from lens_routes.streets.build.ways import Ways
from lens_routes.streets.network.arrays import distinct
from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from lens_routes.streets.access.ruleset import Rules
    from lens_routes.streets.build.shapes.squares import Square
    from lens_routes.streets.network.source import BBox, MapSource

    Ints = NDArray[np.int64]
    Tags = Mapping[str, str]


#: Nodes that ways run through, in all: a region of France has five million, and takes 1 GB.
MOST_REFS = 40_000_000


class WayCollector:
    """The ways of a source that somebody may use, in flat arrays, their nodes still by OSM id.

    Parameters
    ----------
    rules
        What says who may use a way: those of OpenStreetMap, or OSMnx's networks.
    """

    def __init__(self, rules: Rules = OSM) -> None:
        self.rules = rules
        #: Squares made of several ways.
        self.squares: list[Square] = []
        self._ids = array("q")
        self._versions = array("q")
        self._refs = array("q")
        self._ends = array("q")
        self._class = array("i")
        self._name = array("i")
        #: By the tags of a class: its number, -1 when nobody may use such a way.
        self._known: dict[frozenset[tuple[str, str]], int] = {}
        self._classes: list[dict[str, str]] = []
        self._permits: list[tuple[int, int]] = []
        self._names: dict[str, int] = {"": 0}
        self._stops: dict[int, int] = {}
        #: How long ferries take by the relation each is all of, by way.
        self._sailings: dict[int, str] = {}
        #: What gates with hours say, by node.
        self.gates: dict[int, dict[str, str]] = {}

    def add(
        self, way_id: int, tags: Mapping[str, str], refs: Iterable[int], version: int = 0
    ) -> bool:
        """Take the way if anybody may use it, and say so; *refs* is not looked at otherwise."""
        number = self._class_number(tags)
        if number < 0:
            return False
        self._note(way_id, version, number, self._name_number(tags))
        self._refs.extend(refs)
        self._ends[-1] = len(self._refs)
        if len(self._refs) > MOST_REFS:
            raise BadInputError(
                tr("The map is larger than a region: it would not fit into memory."),
                tr("Cut it to your area first, for example with `osmium extract`."),
            )
        return True

    def add_relation(self, tags: Tags, members: Sequence[tuple[int, str]]) -> None:
        """Take from a relation how long a ferry takes, where that is a single way."""
        if tags.get("route") == "ferry" and "duration" in tags and len(members) == 1:
            self._sailings[members[0][0]] = tags["duration"]

    def forget(self, way_id: int, version: int) -> None:
        """Note that a version of a way is deleted, or is no street: older ones are void."""
        self._note(way_id, version, -1, 0)

    def add_node(self, node_id: int, tags: Mapping[str, str]) -> None:
        """Note whom a node stops, if anybody; what was known of it before is void."""
        self._stops.pop(node_id, None)
        self.gates.pop(node_id, None)
        stops = self.rules.stopped(tags)
        if stops:
            self._stops[node_id] = int(stops)
        if self.rules.shapes and (hours := gate_hours(tags)):
            self.gates[node_id] = hours

    def such(self, wanted: Callable[[Tags], bool]) -> list[tuple[int, Tags, Ints]]:
        """Return the ways taken whose tags are *wanted*: number, tags and nodes of each."""
        flags = np.array([*map(wanted, self._classes), False])  # the last one stands for -1
        if not flags.any():
            return []
        classes, ends, refs = (np.array(part) for part in (self._class, self._ends, self._refs))
        found = np.flatnonzero(flags[classes]).tolist()
        begins = np.concatenate(([0], ends[:-1]))
        return [(way, self._classes[classes[way]], refs[begins[way] : ends[way]]) for way in found]

    def through(self, nodes: Ints) -> list[tuple[int, Tags, Ints]]:
        """Return the ways taken through some nodes, ascending: number, tags and nodes of each."""
        refs, ends = np.array(self._refs), np.array(self._ends)
        hits = np.flatnonzero(_positions(nodes, refs)[0])
        found = np.unique(np.searchsorted(ends, hits, side="right")).tolist()
        parts = np.split(refs, ends)
        return [
            (way, self._classes[self._class[way]] | {"name": self.name_of(way)}, parts[way])
            for way in found
            if self._class[way] >= 0
        ]

    def replace(self, way: int, pieces: Iterable[tuple[int, Tags, Iterable[int]]]) -> None:
        """Take pieces, with ids, in the place of a way taken."""
        for way_id, tags, refs in pieces:
            self.add(way_id, tags, refs)
        self._class[way] = -1

    def meetings(self, nodes: Ints) -> dict[int, int]:
        """Return of how many ways each of some nodes, ascending, is a part."""
        refs, ends = np.array(self._refs), np.array(self._ends)
        way = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
        found, position = _positions(nodes, refs)
        found &= np.array(self._class)[way] >= 0
        parts = distinct(way[found] * len(nodes) + position[found])
        counts = np.bincount(parts % len(nodes), minlength=len(nodes))
        return dict(zip(nodes.tolist(), counts.tolist(), strict=True))

    def refine(self, way: int, tags: Tags) -> None:
        """Give a way taken other tags of its class."""
        self._class[way] = self._class_number(tags)

    def name_of(self, way: int) -> str:
        """Return the name of a way taken."""
        return self._texts()[self._name[way]]

    def _texts(self) -> tuple[str, ...]:
        return tuple(self._names)

    def _note(self, way_id: int, version: int, number: int, name: int) -> None:
        self._ids.append(way_id)
        self._versions.append(version)
        self._class.append(number)
        self._name.append(name)
        self._ends.append(len(self._refs))

    def _name_number(self, tags: Mapping[str, str]) -> int:
        return self._names.setdefault(tags.get("name") or "", len(self._names))

    def _class_number(self, tags: Mapping[str, str]) -> int:
        kept = {key: value for key, value in tags.items() if key in self.rules.keys}
        key = frozenset(kept.items())
        number = self._known.get(key)
        if number is None:
            forward, backward = self.rules.permissions(kept)
            number = len(self._classes) if forward or backward else -1
            self._known[key] = number
            if number >= 0:
                self._classes.append(dict(sorted(kept.items())))
                self._permits.append((int(forward), int(backward)))
        return number

    def __len__(self) -> int:
        """Count the ways taken."""
        return len(self._ids)

    def node_ids(self) -> NDArray[np.int64]:
        """Return the ids of all nodes the ways run through, ascending, each once."""
        rings = [np.array(ring) for square in self.squares for ring in square.rings()]
        return distinct(np.frombuffer(self._refs, dtype=np.int64), *rings)

    def assemble(
        self,
        node_ids: NDArray[np.int64],
        lon_e7: NDArray[np.int32],
        lat_e7: NDArray[np.int32],
        source: MapSource,
    ) -> Ways:
        """Return the ways over the nodes given, clipped by the box of *source*.

        A node that comes twice in a row counts once; a way is cut where it runs through a node
        that is not given, as at the border of an extract; of ways with the same id the last
        stays; pieces of less than two nodes go.

        Clipping is OSMnx's ``truncate_by_edge``: a node stays if it lies in the box (its border
        included) or is the neighbour, along any way, of a node that does; a stretch of
        way stays if both its ends do.

        Parameters
        ----------
        node_ids
            OSM ids, ascending, each once, of shape (nodes,).
        lon_e7, lat_e7
            Their coordinates in 1e-7 degrees, of the same shape.
        source
            Where the map came from.

        Raises
        ------
        BadInputError
            Nothing is left.
        """
        self._drop_older()
        if self.rules.shapes:
            self._time_ferries()
            look_at_shapes(self, node_ids, _degrees(lon_e7, lat_e7))
            node_ids, lon_e7, lat_e7 = self._with_gates(node_ids, lon_e7, lat_e7)
        refs, way = self._clean_refs()
        found, position = _positions(node_ids, refs)
        node = position.astype(np.int32)
        del refs, position  # of a large map, memory is what there is least of
        stays = found[:-1] & found[1:] & (way[:-1] == way[1:])
        if source.bbox is not None:
            near = _inside(lon_e7, lat_e7, source.bbox)
            near |= _neighbours(near, node, stays)
            stays &= near[node[:-1]] & near[node[1:]]
        if not stays.any():
            raise _nothing_left(source)

        after = np.concatenate((stays, [False]))  # a stretch leaves this node along the way
        before = np.concatenate(([False], stays))  # one arrives at it
        used = after | before
        starts = (after & ~before)[used]
        way_of_piece = way[used][starts]
        node = node[used]
        kept = np.zeros(len(node_ids), dtype=bool)
        kept[node] = True
        kept_nodes = np.flatnonzero(kept)
        refs_out = (np.cumsum(kept, dtype=np.int32) - 1)[node]
        way_class, classes = _compact(self._class, way_of_piece)
        name, names = _compact(self._name, way_of_piece, always=0)
        texts = self._texts()
        return Ways(
            lon_e7=lon_e7[kept_nodes],
            lat_e7=lat_e7[kept_nodes],
            refs=refs_out,
            offsets=np.append(np.flatnonzero(starts), len(refs_out)).astype(np.int64),
            way_class=way_class,
            name=name,
            classes=tuple(self._classes[number] for number in classes),
            permits=np.array(self._permits, dtype=np.uint16)[classes],
            names=tuple(texts[number] for number in names),
            stops=self._stopped(node_ids[kept_nodes]),
            source=source,
            rules=self.rules.name,
        )

    def _time_ferries(self) -> None:
        """Give the ferries that do not say how long they take what their relations say."""
        if not self._sailings:
            return
        for way, tags, _ in self.such(lambda tags: kind_of(tags) == FERRY):
            if "duration" not in tags and (said := self._sailings.get(self._ids[way])):
                self.refine(way, {**tags, "duration": said})

    def _stopped(self, node_ids: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return whom each node stops."""
        stops = np.zeros(len(node_ids), dtype=np.uint8)
        listed = np.array(sorted(self._stops), dtype=np.int64)
        found, position = _positions(node_ids, listed)
        stops[position[found]] = [self._stops[number] for number in listed[found].tolist()]
        return stops

    def _with_gates(
        self, node_ids: Ints, lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32]
    ) -> tuple[Ints, NDArray[np.int32], NDArray[np.int32]]:
        """Return the nodes, and those of the bits of way that lie in gates with hours."""
        if not self.gates:
            return node_ids, lon_e7, lat_e7
        near = [refs for _, _, refs in self.through(np.array(sorted(self.gates)))]
        known = np.flatnonzero(np.isin(node_ids, np.concatenate([*near, node_ids[:0]])))
        spots = zip(lon_e7[known].tolist(), lat_e7[known].tolist(), strict=True)
        added = put_in_gates(self, dict(zip(node_ids[known].tolist(), spots, strict=True)))
        # They count downwards from below all others.
        new = np.array(list(added.values()), dtype=np.int32).reshape(-1, 2)[::-1]
        return (
            np.concatenate((np.array(list(added), dtype=np.int64)[::-1], node_ids)),
            np.concatenate((new[:, 0], lon_e7)),
            np.concatenate((new[:, 1], lat_e7)),
        )

    def _drop_older(self) -> None:
        """Void all but the highest version of each way, of equal versions all but the last."""
        ids, versions = np.array(self._ids), np.array(self._versions)
        order = np.lexsort((np.arange(len(ids)), versions, ids))
        older = order[:-1][ids[order][1:] == ids[order][:-1]]
        for way in older.tolist():
            self._class[way] = -1

    def _clean_refs(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return node ids and the way of each, without void ways and repeated nodes."""
        ends = np.frombuffer(self._ends, dtype=np.int64)
        refs = np.frombuffer(self._refs, dtype=np.int64)
        way = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=0))
        keep = np.frombuffer(self._class, dtype=np.intc)[way] >= 0
        keep[1:] &= (refs[1:] != refs[:-1]) | (way[1:] != way[:-1])
        return refs[keep], way[keep]


def _degrees(lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return positions, shape (nodes, 2); longitudes count on beyond 180 degrees."""
    lon = lon_e7 / 1e7
    if len(lon) and np.ptp(lon) > 180.0:
        lon %= 360.0
    return np.stack((lon, lat_e7 / 1e7), axis=1)


def _positions(
    node_ids: NDArray[np.int64], refs: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return whether each ref is among the nodes, and where (anywhere when it is not)."""
    if not len(node_ids):
        return np.zeros(len(refs), dtype=bool), np.zeros(len(refs), dtype=np.intp)
    position = np.searchsorted(node_ids, refs).clip(max=len(node_ids) - 1)
    return node_ids[position] == refs, position


def _inside(lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32], bbox: BBox) -> NDArray[np.bool_]:
    west, south, east, north = bbox
    lon, lat = lon_e7 / 1e7, lat_e7 / 1e7
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _neighbours(
    inside: NDArray[np.bool_], node: NDArray[np.int32], stretch: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return the nodes one stretch away from a node inside."""
    tail, head = node[:-1][stretch], node[1:][stretch]
    reached = np.zeros_like(inside)
    reached[head[inside[tail]]] = True
    reached[tail[inside[head]]] = True
    return reached


def _compact(
    values: array[int], way: NDArray[np.int32], *, always: int | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the number of each way given among those in use (and *always*), and these."""
    chosen = np.frombuffer(values, dtype=np.intc)[way].astype(np.int64)
    used = np.unique(chosen if always is None else np.append(chosen, always))
    return np.searchsorted(used, chosen).astype(np.int32), used


def _nothing_left(source: MapSource) -> BadInputError:
    if source.bbox is None:
        return BadInputError(
            tr("{source} holds no street.", source=source.name),
            tr("Give an extract that holds ways with the tag highway, and the nodes of these."),
        )
    return BadInputError(
        tr(
            "There is no street in the box {box} of {source}.",
            box=as_text(source.bbox),
            source=source.name,
        ),
        tr("Give a box that covers the streets you want, as west,south,east,north degrees."),
    )
