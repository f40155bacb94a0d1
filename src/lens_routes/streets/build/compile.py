"""Compile ways into a network: one edge for each street between two junctions."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import lens_routes
from lens_routes.errors import BadInputError
from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.streets.access.ruleset import OSM
from lens_routes.streets.access.tags import DIRECTED
from lens_routes.streets.build.pieces import mark_largest
from lens_routes.streets.build.shapes.fences import NO_FENCES, Lines, fences_of, is_fence
from lens_routes.streets.network.classes import Classes, written
from lens_routes.streets.network.grid import index_segments
from lens_routes.streets.network.network import NO_HEIGHTS, TURN_E7, Meta, Network
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from numpy.typing import NDArray

    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.source import BBox

    #: Of 32 bits where there is one for each segment: they are what a large map takes.
    Ints = NDArray[np.integer[Any]]
    Floats = NDArray[np.float64]
    Report = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class _Segments:
    """Straight pieces between consecutive nodes of a way; arrays of shape (segments,).

    Segment ``s`` has two arcs, ``2 * s`` from ``tail[s]`` to ``head[s]`` and ``2 * s + 1`` back.
    """

    tail: Ints
    head: Ints
    way: Ints
    length_m: Floats


def compile_network(ways: Ways, *, built: dt.datetime, report: Report | None = None) -> Network:
    """Compile ways into a network.

    Ways are cut where they meet and at barriers, and joined where nothing happens: at a node of
    two segments of the same name and class. Pieces that nothing joins to the rest are kept; which
    piece is the largest, for whom, is noted on the arcs.

    Parameters
    ----------
    ways
        The ways.
    built
        The instant recorded as the time of building; aware.
    report
        Told what is being done and which share, 0 to 1, is behind.

    Raises
    ------
    BadInputError
        There is no way.
    """
    tell = report or (lambda _stage, _share: None)
    tell(tr("joining streets"), 0.0)
    segments = _segments(ways)
    ways = _on_beyond_180(ways, segments)
    chains = _chains(segments, ways)
    tell(tr("laying out the network"), 0.6)
    shape = _shape(segments, chains)
    way = segments.way[chains.arcs[chains.first[:-1]] >> 1]
    permits = ways.permits[ways.way_class[way]].reshape(-1)
    tell(tr("finding connected streets"), 0.8)
    permits |= mark_largest(
        (shape.tail, shape.head),
        np.diff(shape.first_point),
        permits,
        ways.stops[shape.nodes],
    )
    meta = Meta(
        program=f"lens-routes {lens_routes.__version__}",
        built=built.isoformat(),
        source=ways.source,
        bbox=_extent(ways.lon_e7[shape.points], ways.lat_e7[shape.points]),
        nodes=len(shape.nodes),
        edges=len(shape.tail),
        points=len(shape.points),
        length_m=float(segments.length_m.sum()),
        components=chains.components,
        rules=ways.rules,
    )
    network = _assemble(ways, segments, chains, shape, permits, meta)
    tell(tr("done"), 1.0)
    return network


def _segments(ways: Ways) -> _Segments:
    way_of_ref = np.repeat(np.arange(len(ways.way_class), dtype=np.int32), np.diff(ways.offsets))
    tail, head = ways.refs[:-1], ways.refs[1:]
    real = (way_of_ref[:-1] == way_of_ref[1:]) & (tail != head)
    tail, head = tail[real], head[real]
    if not tail.size:
        raise BadInputError(
            tr("{source} holds no street that can be walked.", source=ways.source.name),
            tr("Choose another file, or a larger area."),
        )
    length_m = haversine_m(
        ways.lon_e7[tail], ways.lat_e7[tail], ways.lon_e7[head], ways.lat_e7[head]
    )
    return _Segments(tail, head, way_of_ref[:-1][real], length_m)


def _on_beyond_180(ways: Ways, segments: _Segments) -> Ways:
    """Return ways whose longitudes count on beyond 180 degrees where a street crosses there."""
    lon = ways.lon_e7.astype(np.int64)
    crosses = np.abs(lon[segments.head] - lon[segments.tail]) > TURN_E7 // 2
    if not crosses.any() or lon[lon < 0].max() + TURN_E7 > np.iinfo(np.int32).max:
        return ways
    unrolled = np.where(lon < 0, lon + TURN_E7, lon).astype(np.int32)
    return dataclasses.replace(ways, lon_e7=unrolled)


def haversine_m(
    lon_a: NDArray[np.int32],
    lat_a: NDArray[np.int32],
    lon_b: NDArray[np.int32],
    lat_b: NDArray[np.int32],
) -> Floats:
    """Return great-circle distances in metres between positions in 1e-7 degrees, elementwise.

    The haversine formula of `lens_routes.geo.distance_m`, on arrays.
    """
    phi_a, phi_b = np.radians(lat_a / 1e7), np.radians(lat_b / 1e7)
    half_lon = np.radians(lon_b / 1e7 - lon_a / 1e7) / 2
    h = np.sin((phi_b - phi_a) / 2) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(half_lon) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(h, 1.0))))


@dataclass(frozen=True, slots=True)
class _Chains:
    """Edges as runs of segment arcs: chain ``c`` is ``arcs[first[c]:first[c + 1]]``.

    ``components`` counts the pieces of map that nothing joins.
    """

    arcs: Ints
    first: Ints
    components: int


def _chains(segments: _Segments, ways: Ways) -> _Chains:
    follower, components = _followers(segments, ways)
    arc_count = len(follower)
    # An arc starts a chain when none leads into it.
    led_into = np.zeros(arc_count, dtype=bool)
    led_into[follower[follower >= 0]] = True
    start = np.flatnonzero(~led_into).astype(np.int32)
    current: Ints = start
    chain: Ints = np.arange(len(start), dtype=np.int32)
    last = np.empty_like(start)
    runs: list[tuple[Ints, Ints]] = []
    while current.size:
        runs.append((chain, current))
        last[chain] = current
        following = follower[current]
        goes_on = following >= 0
        chain, current = chain[goes_on], following[goes_on]
    # Every chain was walked from both ends; keep one of the two, along the way if that matters.
    kept = np.where(
        _directed(ways)[ways.way_class[segments.way[start >> 1]]],
        start & 1 == 0,
        start < (last ^ 1),
    )
    runs = [(chain[kept[chain]], arcs[kept[chain]]) for chain, arcs in runs]
    chain_of = np.concatenate([run[0] for run in runs])
    arcs = np.concatenate([run[1] for run in runs])
    order = np.argsort(chain_of, kind="stable")
    lengths = np.bincount(chain_of, minlength=len(start))[kept]
    return _Chains(arcs[order], np.concatenate(([0], np.cumsum(lengths))), components)


def _directed(ways: Ways) -> NDArray[np.bool_]:
    """Return which classes of ways are not the same when they are turned round."""
    tells = np.array([not DIRECTED.isdisjoint(tags) for tags in ways.classes])
    differs: NDArray[np.bool_] = tells | (ways.permits[:, 0] != ways.permits[:, 1])
    return differs


def _followers(segments: _Segments, ways: Ways) -> tuple[Ints, int]:
    """Return for each arc the one that continues its edge, -1 where the edge ends.

    And how many pieces of map there are that nothing joins.
    """
    count = len(segments.tail)
    leaves = np.empty(2 * count, dtype=np.int32)
    leaves[0::2], leaves[1::2] = segments.tail, segments.head
    by_node = np.argsort(leaves, kind="stable").astype(np.int32)
    degree = np.bincount(leaves, minlength=len(ways.lon_e7))
    first = np.concatenate(([0], np.cumsum(degree)))[:-1]
    joints = np.flatnonzero((degree == 2) & (ways.stops == 0))
    pairs = first[joints]
    one, other = by_node[pairs], by_node[pairs + 1]
    style = ways.name.astype(np.int64) * len(ways.classes) + ways.way_class
    style = style[segments.way]
    # Both leave the node: they run on in one direction when just one of them is a segment's first.
    onward = (one ^ other) & 1 == 1
    turns = ~_directed(ways)[ways.way_class[segments.way[one >> 1]]]
    through = (style[one >> 1] == style[other >> 1]) & (onward | turns)
    one, other = one[through], other[through]
    uncut, components = _rings_cut(joints[through], segments, len(ways.lon_e7))
    one, other = one[uncut], other[uncut]
    follower = np.full(2 * count, -1, dtype=np.int32)
    follower[one ^ 1] = other
    follower[other ^ 1] = one
    return follower, components


def _rings_cut(joints: Ints, segments: _Segments, nodes: int) -> tuple[NDArray[np.bool_], int]:
    """Return which joints stay when rings that touch nothing else are cut once; count the pieces.

    A joint is a node where an edge runs on.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415  # costs most of a second
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    ones = np.ones(len(segments.tail), dtype=np.int8)
    graph = coo_array((ones, (segments.tail, segments.head)), shape=(nodes, nodes))
    _, label = connected_components(graph, directed=False)
    pieces = np.bincount(label[segments.tail])
    joined = np.bincount(label[joints], minlength=len(pieces))
    stays = np.ones(len(joints), dtype=bool)
    first_label, first = np.unique(label[joints], return_index=True)
    stays[first[joined[first_label] == pieces[first_label]]] = False
    return stays, int(np.count_nonzero(pieces))


@dataclass(frozen=True, slots=True)
class _Shape:
    """The nodes an edge joins, and the points it runs through, both as nodes of the map.

    ``nodes`` numbers the junctions, ``tail`` and ``head`` refer to those numbers; edge ``e`` runs
    through ``points[first_point[e]:first_point[e + 1]]``.
    """

    nodes: Ints
    tail: Ints
    head: Ints
    points: Ints
    first_point: Ints


def _shape(segments: _Segments, chains: _Chains) -> _Shape:
    edges = len(chains.first) - 1
    segment, backwards = chains.arcs >> 1, (chains.arcs & 1).astype(bool)
    leaves = np.where(backwards, segments.head[segment], segments.tail[segment])
    enters = np.where(backwards, segments.tail[segment], segments.head[segment])
    begin, end = leaves[chains.first[:-1]], enters[chains.first[1:] - 1]
    nodes, number = np.unique(np.concatenate((begin, end)), return_inverse=True)
    # An edge has one point more than segments: where it ends.
    points = np.insert(leaves, chains.first[1:], end)
    first_point = chains.first + np.arange(edges + 1)
    return _Shape(nodes, number[:edges], number[edges:], points, first_point)


def _assemble(
    ways: Ways,
    segments: _Segments,
    chains: _Chains,
    shape: _Shape,
    permits: NDArray[np.uint16],
    meta: Meta,
) -> Network:
    lon_e7, lat_e7 = ways.lon_e7[shape.points], ways.lat_e7[shape.points]
    starts = chains.first[:-1]
    edge_length_m = np.add.reduceat(segments.length_m[chains.arcs >> 1], starts)
    first_arc, arcs = _arcs_by_node(shape)
    way = segments.way[chains.arcs[starts] >> 1]
    edge_name, first_name_byte, name_bytes = _used(
        ways.name[way], [name.encode() for name in ways.names], 0
    )
    edge_class, first_class_byte, class_text = _used(ways.way_class[way], written(ways.classes))
    grid, cell_first, cell_segment = index_segments(lon_e7, lat_e7, shape.first_point)
    fenced = _express_ways(ways, way, lon_e7, lat_e7, shape.first_point)
    return Network(
        node_lon_e7=_int32(ways.lon_e7[shape.nodes]),
        node_lat_e7=_int32(ways.lat_e7[shape.nodes]),
        first_arc=_int32(first_arc),
        arcs=_int32(arcs),
        arc_permits=permits.data,
        node_stops=ways.stops[shape.nodes].data,
        edge_tail=_int32(shape.tail),
        edge_head=_int32(shape.head),
        edge_length_m=edge_length_m.data.cast("B").cast("d"),
        edge_class=_int32(edge_class),
        edge_ascent_m=NO_HEIGHTS,
        edge_descent_m=NO_HEIGHTS,
        edge_name=_int32(edge_name),
        first_point=_int32(shape.first_point),
        point_lon_e7=_int32(lon_e7),
        point_lat_e7=_int32(lat_e7),
        first_name_byte=_int32(first_name_byte),
        name_bytes=name_bytes.data,
        cell_first=_int32(cell_first),
        cell_segment=_int32(cell_segment),
        classes=Classes(_int32(first_class_byte), class_text.data),
        grid=grid,
        meta=meta,
        fences=fences_of(ways.landscape, fenced) if ways.rules == OSM.name else NO_FENCES,
        landscape=ways.landscape,
        amenities=ways.amenities,
    )


def _express_ways(
    ways: Ways, way: Ints, lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32], first_point: Ints
) -> Lines:
    """Return the edges nobody crosses but by a bridge or a tunnel, as points and ring sizes."""
    express = np.array([is_fence(tags) for tags in ways.classes])[ways.way_class[way]]
    points = np.diff(first_point)
    kept = np.repeat(express, points)
    return Lines(lon_e7[kept], lat_e7[kept], points[express])


def _arcs_by_node(shape: _Shape) -> tuple[Ints, Ints]:
    leaves = np.empty(2 * len(shape.tail), dtype=np.int64)
    leaves[0::2], leaves[1::2] = shape.tail, shape.head
    first_arc = np.concatenate(([0], np.cumsum(np.bincount(leaves))))
    return first_arc, np.argsort(leaves, kind="stable")


def _used(
    numbers: NDArray[np.int32], texts: list[bytes], *always: int
) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    """Return numbers of texts anew, so that only those in use (and *always*) are kept, and these.

    They are kept one after another: first the byte where each begins, then all bytes.
    """
    used = np.union1d(np.array(always, dtype=np.int64), numbers)
    kept = [texts[number] for number in used.tolist()]
    first_byte = np.cumsum([0, *map(len, kept)])
    return np.searchsorted(used, numbers), first_byte, np.frombuffer(b"".join(kept), dtype=np.uint8)


def _extent(lon_e7: NDArray[np.int32], lat_e7: NDArray[np.int32]) -> BBox:
    return (
        int(lon_e7.min()) / 1e7,
        int(lat_e7.min()) / 1e7,
        int(lon_e7.max()) / 1e7,
        int(lat_e7.max()) / 1e7,
    )


def _int32(values: Ints) -> memoryview[int]:
    return np.ascontiguousarray(values, dtype=np.int32).data
