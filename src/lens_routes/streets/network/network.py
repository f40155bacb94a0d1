"""The compiled street network: flat buffers that open in milliseconds and need no numpy to read.

The buffers are typed memoryviews, over a file mapped into memory or over numpy arrays; both are
bounds-checked, and ``numpy.asarray`` turns either into an array without a copy.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.geo import Point, within_180
from lens_routes.streets.network.amenities import NONE_KNOWN, Amenities
from lens_routes.streets.network.classes import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.streets.network.classes import Classes
    from lens_routes.streets.network.landscape import Landscape
    from lens_routes.streets.network.source import BBox, MapSource

#: All the way round the earth.
TURN_E7 = 3_600_000_000
#: The ascents of a network without height data.
NO_HEIGHTS: memoryview[float] = memoryview(array("f"))
_NO_PLACES: memoryview[int] = memoryview(array("i"))
LICENCE = "© OpenStreetMap contributors, ODbL 1.0"


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of equal cells over the network, in 1e-7 degrees; rows go north, columns east."""

    west_e7: int
    south_e7: int
    cell_lon_e7: int
    cell_lat_e7: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Fences:
    """Waters, railways and motorways, which are crossed by bridges and tunnels only.

    Cell ``c`` of ``grid`` is touched by the segments ``segment[first[c]:first[c + 1]]``; segment
    ``p`` runs from point ``p`` to point ``p + 1``; all int32, positions in 1e-7 degrees. ``grid``
    is None where there is nothing.
    """

    grid: Grid | None
    lon_e7: memoryview[int]
    lat_e7: memoryview[int]
    first: memoryview[int]
    segment: memoryview[int]


@dataclass(frozen=True, slots=True)
class Meta:
    """What a network is made of and where it comes from.

    ``built`` is an ISO 8601 instant; ``bbox`` the extent of the network as (west, south, east,
    north) degrees; ``length_m`` the metres of streets and paths; ``components`` counts the pieces
    of network that nothing joins; ``rules`` says whose access rules were read, ``osm`` or
    ``osmnx``. With height data, ``heights`` names them, ``heights_plus_minus_m`` says how far they
    may be off, and ``heights_known`` for which share of the length they are known.
    """

    program: str
    built: str
    source: MapSource
    bbox: BBox
    nodes: int
    edges: int
    points: int
    length_m: float
    components: int
    rules: str = "osm"
    heights: str = ""
    heights_plus_minus_m: float = 0.0
    heights_known: float = 0.0
    licence: str = LICENCE


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Streets and paths as a directed graph, for all who move along them.

    A node is a junction, a dead end, a barrier, or a spot where a street changes its name or its
    class. An edge is the street between two nodes. Edge ``e`` has two arcs, ``2 * e`` from its tail
    to its head and ``2 * e + 1`` back; bits say who may use each.

    Attributes
    ----------
    node_lon_e7, node_lat_e7
        Positions of the nodes, 1e-7 degrees, int32 of shape (nodes,).
    first_arc
        Node ``n`` is left by the arcs ``arcs[first_arc[n]:first_arc[n + 1]]``; int32, (nodes + 1,).
    arcs
        Arc numbers grouped by the node they leave; int32, (2 * edges,).
    arc_permits
        Who may use an arc, see `lens_routes.streets.network.permit`; uint16, (2 * edges,).
    node_stops
        Who cannot pass a node, bits of a `Permit`; uint8, (nodes,).
    edge_tail, edge_head
        The nodes an edge runs between; int32, (edges,).
    edge_length_m
        Sum of the great-circle lengths of an edge's segments, metres; float64, (edges,).
    edge_class, edge_name
        Index into ``classes``, and into the names (0 is "no name"); int32, (edges,).
    edge_ascent_m, edge_descent_m
        Metres up and down from tail to head; float32, (edges,), or empty without height data.
    first_height, height_m
        Edge ``e`` has the heights ``height_m[first_height[e]:first_height[e + 1]]`` at equal
        distances, both its ends included, NaN where they are not known; int32, (edges + 1,), and
        float32; or empty.
    first_point, point_lon_e7, point_lat_e7
        Edge ``e`` runs through points ``first_point[e]`` to ``first_point[e + 1] - 1``, both its
        nodes included; int32, (edges + 1,) and (points,).
    first_name_byte, name_bytes
        UTF-8 text of the names one after another; int32, (names + 1,) and uint8.
    cell_first, cell_segment
        Cell ``c`` is touched by segments ``cell_segment[cell_first[c]:cell_first[c + 1]]``;
        segment ``p`` runs from point ``p`` to point ``p + 1``; int32.
    classes
        The tags that the edges of a class share.
    fences
        What one does not cross on the way to a street.
    landscape
        What a map shows around the streets.
    amenities
        What travellers need on the way.
    """

    node_lon_e7: memoryview[int]
    node_lat_e7: memoryview[int]
    first_arc: memoryview[int]
    arcs: memoryview[int]
    arc_permits: memoryview[int]
    node_stops: memoryview[int]
    edge_tail: memoryview[int]
    edge_head: memoryview[int]
    edge_length_m: memoryview[float]
    edge_class: memoryview[int]
    edge_ascent_m: memoryview[float]
    edge_descent_m: memoryview[float]
    edge_name: memoryview[int]
    first_point: memoryview[int]
    point_lon_e7: memoryview[int]
    point_lat_e7: memoryview[int]
    first_name_byte: memoryview[int]
    name_bytes: memoryview[int]
    cell_first: memoryview[int]
    cell_segment: memoryview[int]
    fences: Fences
    classes: Classes
    grid: Grid
    meta: Meta
    landscape: Landscape
    first_height: memoryview[int] = _NO_PLACES
    height_m: memoryview[float] = NO_HEIGHTS
    amenities: Amenities = NONE_KNOWN

    def name(self, edge: int) -> str:
        """Return the street name of an edge, empty when it has none."""
        index = self.edge_name[edge]
        start, stop = self.first_name_byte[index], self.first_name_byte[index + 1]
        return bytes(self.name_bytes[start:stop]).decode()

    def kind(self, edge: int) -> str:
        """Return the kind of way an edge is: its OSM ``highway`` value, or ``ferry``."""
        return kind_of(self.tags(edge))

    def tags(self, edge: int) -> Mapping[str, str]:
        """Return the tags of an edge that say how one moves along it."""
        return self.classes[self.edge_class[edge]]

    def node(self, index: int) -> Point:
        """Return the position of a node."""
        return Point(within_180(self.node_lon_e7[index] / 1e7), self.node_lat_e7[index] / 1e7)

    def point(self, index: int) -> Point:
        """Return a point of the geometry."""
        return Point(within_180(self.point_lon_e7[index] / 1e7), self.point_lat_e7[index] / 1e7)

    def line(self, edge: int) -> list[Point]:
        """Return the points an edge runs through, from its tail to its head."""
        points = slice(self.first_point[edge], self.first_point[edge + 1])
        line = [
            Point(lon / 1e7, lat / 1e7)
            for lon, lat in zip(self.point_lon_e7[points], self.point_lat_e7[points], strict=True)
        ]
        if self.meta.bbox[2] > 180:
            line = [Point(within_180(lon), lat) for lon, lat in line]
        return line

    def x_e7(self, lon: float) -> float:
        """Return a longitude in 1e-7 degrees as this network counts them: on beyond 180 degrees.

        Of a meridian's numbers, a turn apart, it is the one nearest to the middle of the map.
        """
        middle = self.grid.west_e7 + self.grid.columns * self.grid.cell_lon_e7 / 2
        return lon * 1e7 + TURN_E7 * round((middle - lon * 1e7) / TURN_E7)


def without_heights(network: Network) -> Network:
    """Return a network as it is without height data."""
    return replace(
        network,
        edge_ascent_m=NO_HEIGHTS,
        edge_descent_m=NO_HEIGHTS,
        first_height=_NO_PLACES,
        height_m=NO_HEIGHTS,
        meta=replace(network.meta, heights="", heights_plus_minus_m=0.0, heights_known=0.0),
    )
