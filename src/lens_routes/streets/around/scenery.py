"""What a map shows of the installed streets and their surroundings within a box."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from lens_routes.plan.basemap import BaseMap, Ground, MapArea, MapLine, Way
from lens_routes.streets.around.polylines import clip_line, clip_ring
from lens_routes.streets.network.classes import FERRY
from lens_routes.streets.network.landscape import LOOKS
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lens_routes.geo import Point
    from lens_routes.streets.network.landscape import Landscape
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.network.source import BBox

    #: How a street looks, and the number of its name.
    _Style = tuple[Way, int]
    #: The edges of a style at a node.
    _Meeting = defaultdict[tuple[_Style, int], list[int]]

#: Lines reach beyond the box by this share of its sides, so that no end of one shows.
MARGIN = 0.02
#: What is smaller than this share of the box would be a dot.
SMALLEST = 0.001

_LOOKS = {
    "motorway": Way.MAIN_ROAD,
    "motorway_link": Way.MAIN_ROAD,
    "trunk": Way.MAIN_ROAD,
    "trunk_link": Way.MAIN_ROAD,
    "primary": Way.MAIN_ROAD,
    "primary_link": Way.MAIN_ROAD,
    "secondary": Way.MAIN_ROAD,
    "secondary_link": Way.MAIN_ROAD,
    "tertiary": Way.MAIN_ROAD,
    "tertiary_link": Way.MAIN_ROAD,
    "footway": Way.PATH,
    "path": Way.PATH,
    "track": Way.PATH,
    "cycleway": Way.PATH,
    "bridleway": Way.PATH,
    "corridor": Way.PATH,
    "steps": Way.STEPS,
}


def base_map(network: Network, bounds: BBox, ways: Collection[Way] = frozenset(Way)) -> BaseMap:
    """Return what a map of a box shows: its streets, joined where they go on under one name.

    Parameters
    ----------
    network
        The installed streets.
    bounds
        (west, south, east, north) degrees. Lines and areas are cut a little outside.
    ways
        The kinds of ways to show of the streets.
    """
    west, south, east, north = bounds
    lon, lat = MARGIN * (east - west), MARGIN * (north - south)
    box = (west - lon, south - lat, east + lon, north + lat)
    smallest = min(east - west, north - south) * SMALLEST
    around = network.landscape.near(box, smallest)
    lines = [*_streets(network, box, ways), *_lines(network.landscape, around)]
    return BaseMap(
        bounds,
        tuple(MapLine(way, cut, name) for way, name, line in lines for cut in clip_line(line, box)),
        tuple(_areas(network.landscape, around, box)),
        tr("© OpenStreetMap contributors"),
    )


def _lines(
    landscape: Landscape, features: Iterable[int]
) -> Iterator[tuple[Way, str, Sequence[Point]]]:
    """Yield the lines that nobody walks on, uncut."""
    for feature in features:
        look = LOOKS[landscape.look[feature]]
        if isinstance(look, Way):
            for line in landscape.rings(feature):
                yield look, landscape.name_of(feature), line


def _areas(landscape: Landscape, features: Iterable[int], box: BBox) -> Iterator[MapArea]:
    """Yield the areas in a box, cut."""
    for feature in features:
        look = LOOKS[landscape.look[feature]]
        if isinstance(look, Ground):
            cut = (clip_ring(ring, box) for ring in landscape.rings(feature))
            if rings := tuple(ring for ring in cut if ring):
                yield MapArea(look, rings, landscape.name_of(feature))


def _streets(
    network: Network, box: BBox, ways: Collection[Way]
) -> Iterator[tuple[Way, str, list[Point]]]:
    """Yield the streets near a box: how they look, their names, and their lines uncut."""
    styles = {
        edge: (look, network.edge_name[edge])
        for edge in _edges_near(network, box)
        if (kind := network.kind(edge)) != FERRY and (look := _LOOKS.get(kind, Way.STREET)) in ways
    }
    meeting: _Meeting = defaultdict(list)
    for edge, style in styles.items():
        meeting[style, network.edge_tail[edge]].append(edge)
        meeting[style, network.edge_head[edge]].append(edge)
    left = set(styles)
    for edge, style in styles.items():
        if edge in left:
            left.discard(edge)
            line = network.line(edge)
            for end in (network.edge_head[edge], network.edge_tail[edge]):
                _extend(network, line, style, end, meeting, left)
                line.reverse()
            yield style[0], network.name(edge), line


def _extend(
    network: Network, line: list[Point], style: _Style, end: int, meeting: _Meeting, left: set[int]
) -> None:
    """Lengthen a line beyond its *end*, a node, by edges of its style that are *left*."""
    while True:
        for edge in meeting[style, end]:
            if edge in left:
                break
        else:
            return
        left.discard(edge)
        onward = network.line(edge)
        if network.edge_tail[edge] == end:
            end = network.edge_head[edge]
        else:
            end = network.edge_tail[edge]
            onward.reverse()
        line += onward[1:]


def _edges_near(network: Network, box: BBox) -> list[int]:
    """Return the edges that pass the grid's cells under a box, ascending."""
    grid = network.grid
    west, south, east, north = (round(side * 1e7) for side in box)
    columns = ((side - grid.west_e7) // grid.cell_lon_e7 for side in (west, east))
    first, last = (min(max(column, 0), grid.columns - 1) for column in columns)
    rows = ((side - grid.south_e7) // grid.cell_lat_e7 for side in (south, north))
    lowest, highest = (min(max(row, 0), grid.rows - 1) for row in rows)
    segments: set[int] = set()
    for row in range(lowest, highest + 1):
        start = network.cell_first[row * grid.columns + first]
        stop = network.cell_first[row * grid.columns + last + 1]
        segments.update(network.cell_segment[start:stop])
    edges: list[int] = []
    end = 0
    for segment in sorted(segments):
        if segment >= end:
            edge = bisect_right(network.first_point, segment) - 1
            end = network.first_point[edge + 1]
            edges.append(edge)
    return edges
