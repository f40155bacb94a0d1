"""Put ways and nodes, as a source of OSM data yields them, together into `Ways`.

Every source ends here, so that all agree on what a way is: the walk filter, how missing and
repeated nodes are mended, and what it means to clip by a box.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.access.walkable import is_walkable
from lens_routes.streets.build.boxes import as_text
from lens_routes.streets.build.ways import Ways
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from lens_routes.streets.access.walkable import Tags
    from lens_routes.streets.network.source import BBox, MapSource


class WayCollector:
    """The walkable ways of a source in flat arrays, their nodes still by OSM id."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._refs = array("q")
        self._ends = array("q")
        self._kind = array("i")
        self._name = array("i")
        self._kinds: dict[str, int] = {}
        self._names: dict[str, int] = {"": 0}

    def add(self, way_id: int, tags: Tags, refs: Iterable[int]) -> bool:
        """Take the way if it is walkable, and say so; *refs* is not looked at otherwise."""
        if not is_walkable(tags):
            return False
        self._ids.append(way_id)
        self._refs.extend(refs)
        self._ends.append(len(self._refs))
        self._kind.append(self._kinds.setdefault(tags.get("highway") or "", len(self._kinds)))
        self._name.append(self._names.setdefault(tags.get("name") or "", len(self._names)))
        return True

    def __len__(self) -> int:
        """Count the ways taken."""
        return len(self._ids)

    def node_ids(self) -> NDArray[np.int64]:
        """Return the ids of all nodes the ways run through, ascending, each once."""
        return np.unique(np.frombuffer(self._refs, dtype=np.int64))

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
        included) or is the neighbour, along any walkable way, of a node that does; a stretch of
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
            Nothing walkable is left.
        """
        refs, way = self._clean_refs()
        found, node = _positions(node_ids, refs)
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
        kept_nodes, refs_out = np.unique(node[used], return_inverse=True)
        kind, kinds = _compact(self._kind, tuple(self._kinds), way_of_piece)
        name, names = _compact(self._name, tuple(self._names), way_of_piece, always=0)
        return Ways(
            lon_e7=lon_e7[kept_nodes],
            lat_e7=lat_e7[kept_nodes],
            refs=refs_out.astype(np.int32),
            offsets=np.append(np.flatnonzero(starts), len(refs_out)).astype(np.int64),
            kind=_narrow(kind, source),
            name=name.astype(np.int32),
            kinds=kinds,
            names=names,
            source=source,
        )

    def _clean_refs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return node ids and the way of each, without older versions and repeated nodes."""
        ids = np.frombuffer(self._ids, dtype=np.int64)
        ends = np.frombuffer(self._ends, dtype=np.int64)
        refs = np.frombuffer(self._refs, dtype=np.int64)
        way = np.repeat(np.arange(len(ids)), np.diff(ends, prepend=0))
        _, first_from_the_end = np.unique(ids[::-1], return_index=True)
        newest = np.zeros(len(ids), dtype=bool)
        newest[len(ids) - 1 - first_from_the_end] = True
        keep = newest[way]
        keep[1:] &= (refs[1:] != refs[:-1]) | (way[1:] != way[:-1])
        return refs[keep], way[keep]


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
    inside: NDArray[np.bool_], node: NDArray[np.intp], stretch: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return the nodes one stretch away from a node inside."""
    tail, head = node[:-1][stretch], node[1:][stretch]
    reached = np.zeros_like(inside)
    reached[head[inside[tail]]] = True
    reached[tail[inside[head]]] = True
    return reached


def _compact(
    values: array[int], texts: tuple[str, ...], way: NDArray[np.int64], *, always: int | None = None
) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """Return the text number of each way given, and only the texts in use (and *always*)."""
    chosen = np.frombuffer(values, dtype=np.intc)[way]
    used = np.unique(chosen if always is None else np.append(chosen, always))
    return np.searchsorted(used, chosen), tuple(texts[i] for i in used)


def _narrow(kind: NDArray[np.intp], source: MapSource) -> NDArray[np.int16]:
    if kind.max() > np.iinfo(np.int16).max:
        raise BadInputError(
            tr(
                "{source} holds {n} different values of the tag highway.",
                source=source.name,
                n=wording.grouped(kind.max() + 1),
            ),
            tr("This is not a street map; check how the file was made."),
        )
    return kind.astype(np.int16)


def _nothing_left(source: MapSource) -> BadInputError:
    if source.bbox is None:
        return BadInputError(
            tr("{source} holds no walkable street.", source=source.name),
            tr("Give an extract that holds ways with the tag highway, and the nodes of these."),
        )
    return BadInputError(
        tr(
            "There is no walkable street in the box {box} of {source}.",
            box=as_text(source.bbox),
            source=source.name,
        ),
        tr("Give a box that covers the streets you want, as west,south,east,north degrees."),
    )
