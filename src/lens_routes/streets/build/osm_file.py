"""Read the ways of an OpenStreetMap file, and what lies around them.

The file is XML, also gzipped or bzipped, or PBF.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.files.look import is_folder, open_file
from lens_routes.streets.access import barriers
from lens_routes.streets.access.ruleset import OSM
from lens_routes.streets.access.tags import WAY_KEYS
from lens_routes.streets.build import landscape_tags
from lens_routes.streets.build.amenities import tags as amenity_tags
from lens_routes.streets.build.amenities.reader import AmenityCollector
from lens_routes.streets.build.assemble import WayCollector
from lens_routes.streets.build.boxes import check_bbox
from lens_routes.streets.build.edited import edits
from lens_routes.streets.build.landscape_reader import LandscapeCollector
from lens_routes.streets.build.shapes.squares import SquareCollector
from lens_routes.streets.build.things import places_of, require_room, things
from lens_routes.streets.build.ways import silent
from lens_routes.streets.network.arrays import distinct
from lens_routes.streets.network.source import MapSource
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import osmium
    from numpy.typing import NDArray

    from lens_routes.streets.access.ruleset import Rules
    from lens_routes.streets.build.edited import Edited
    from lens_routes.streets.build.ways import Report, Ways
    from lens_routes.streets.network.source import BBox


#: Ways and relations without any of these are passed over.
_KEYS = (*WAY_KEYS, *landscape_tags.KEYS, *amenity_tags.KEYS)
#: osmium's name for the format of each ending; upper case in a file's name does not matter.
FORMATS = {
    ".osm.pbf": "pbf",
    ".pbf": "pbf",
    ".osm": "osm",
    ".osm.gz": "osm.gz",
    ".osm.bz2": "osm.bz2",
}


def read(path: Path, bbox: BBox | None = None, report: Report = silent, rules: Rules = OSM) -> Ways:
    """Read the ways of an OSM file, clipped by a box, and the landscape around them.

    The file is read several times, ways first, so that it may hold them in any order and only the
    nodes of what is kept take memory; and once more where it holds lakes or woods of several ways.

    Parameters
    ----------
    path
        A file named ``.osm``, ``.osm.gz``, ``.osm.bz2`` or ``.osm.pbf``.
    bbox
        (west, south, east, north) degrees; `WayCollector.assemble` says what clipping means.
    report
        Called with what is being done and the fraction done, 0 to 1.
    rules
        What says who may use a way.

    Raises
    ------
    UsageError
        The box is not a box.
    BadInputError
        The file cannot be read, is broken, or holds no street (in the box).
    StorageError
        There is no room for what is written while it is read.
    """
    if bbox is not None:
        check_bbox(bbox)
    import osmium  # noqa: PLC0415  # only those who import a map pay for it

    file = osmium.io.File(path.resolve(), _format(path))
    require_room(path)
    try:
        report(tr("Reading the ways of {file}", file=path.name), 0.0)
        edited = edits(path)
        ways, landscape, amenities, map_date = _read_ways(file, rules, edited)
        own = _read_points(file, ways, amenities, edited)
        report(tr("Reading the nodes of {n} ways", n=wording.grouped(len(ways))), 0.5)
        wanted = distinct(ways.node_ids(), landscape.node_ids(), amenities.node_ids())
        node_ids, lon_e7, lat_e7 = _read_nodes(file, wanted, own)
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise BadInputError(
            tr("{path} is not a whole OpenStreetMap file: {reason}.", path=path, reason=reason),
            tr(
                "Download it again, or check that its name ends as its format demands ({endings}).",
                endings=", ".join(FORMATS),
            ),
        ) from error
    if len(ways) and not len(node_ids):
        raise BadInputError(
            tr(
                "{path} holds {n} ways, but none of their nodes.",
                path=path,
                n=wording.grouped(len(ways)),
            ),
            tr("Make the extract with its nodes, for example with `osmium extract`."),
        )
    report(tr("Putting the streets together"), 0.9)
    source = MapSource("file", str(path.resolve()), map_date, bbox)
    result = ways.assemble(node_ids, lon_e7, lat_e7, source)
    places = (node_ids, lon_e7, lat_e7, bbox)
    report(tr("Read {n} ways", n=wording.grouped(len(result.way_class))), 1.0)
    return dataclasses.replace(
        result, landscape=landscape.assemble(*places), amenities=amenities.assemble(*places)
    )


def _format(path: Path) -> str:
    """Return osmium's name for the format of a file that is there and is not empty."""
    name = path.name.lower()
    if is_folder(path):
        raise BadInputError(
            tr("{path} is a directory.", path=path), tr("Name an OpenStreetMap file inside it.")
        )
    if not name.endswith(tuple(FORMATS)):
        raise BadInputError(
            tr("{path} does not look like an OpenStreetMap file.", path=path),
            tr(
                "Its name must end in one of {endings}; unpack archives first.",
                endings=", ".join(FORMATS),
            ),
        )
    with open_file(path) as stream:
        if not stream.read(1):
            raise BadInputError(tr("{path} is empty.", path=path), tr("Download it again."))
    return next(form for suffix, form in FORMATS.items() if name.endswith(suffix))


def _read_ways(
    file: osmium.io.File, rules: Rules, edited: Edited | None
) -> tuple[WayCollector, LandscapeCollector, AmenityCollector, str]:
    """Return the ways one may use, what lies around them, and the date of the map.

    In a file that may be *edited* every way is looked at: a version that was deleted, or is a
    street no more, bears no tag to find it by.
    """
    import osmium  # noqa: PLC0415  # as above

    ways, landscape, squares = WayCollector(rules), LandscapeCollector(), SquareCollector()
    amenities = AmenityCollector()
    newest = ""
    for thing in things(file, () if edited else _KEYS):
        gone = thing.deleted or (edited and (thing.kind, thing.id) in edited.marked)
        tags = {} if gone else thing.tags
        if thing.kind == "r":
            members = thing.ways()
            landscape.add_relation(thing.id, tags, members)
            squares.add_relation(thing.id, tags, members)
            amenities.add_relation(thing.id, tags, members)
            ways.add_relation(tags, members)
            continue
        if not ways.add(thing.id, tags, thing.nodes(), thing.version):
            if edited:
                ways.forget(thing.id, thing.version)
            landscape.add_way(thing.id, tags, thing.nodes())
            amenities.add_way(thing.id, tags, thing.nodes())
        if "highway" in tags:
            newest = max(newest, thing.stamp)
    with osmium.io.Reader(file, osmium.osm.NOTHING) as reader:
        header = reader.header()
    stamp = header.get("osmosis_replication_timestamp") or header.get("timestamp") or newest
    _read_members(file, (landscape, squares, amenities))
    ways.squares.extend(squares.squares())
    return ways, landscape, amenities, stamp[:10]


def _read_points(
    file: osmium.io.File, ways: WayCollector, amenities: AmenityCollector, edited: Edited | None
) -> dict[int, tuple[int, int]]:
    """Give the ways the nodes that may stop somebody, and take those that travellers need.

    In a file that may be *edited* the newest version of each counts, with tags or without.
    Return where the nodes are that were never uploaded: osmium knows no negative ids.
    """
    import osmium  # noqa: PLC0415  # as above

    processor = osmium.FileProcessor(file, osmium.osm.NODE)
    if edited is None:
        keys = osmium.filter.KeyFilter(*barriers.KEYS, *amenity_tags.KEYS)
        processor = processor.with_filter(keys)
    newest: dict[int, int] = {}
    own: dict[int, tuple[int, int]] = {}
    for node in processor:
        if not isinstance(node, osmium.osm.Node):
            continue
        again = node.id in newest
        if edited:
            if again and node.version < newest[node.id]:
                continue
            newest[node.id] = node.version
        place = node.location
        if node.id < 0 and place.valid():
            own[node.id] = place.x, place.y
        if again or node.tags:
            tags = {} if node.deleted or not place.valid() else dict(node.tags)
            ways.add_node(node.id, tags)
            amenities.add_node(node.id, tags, *((place.x, place.y) if tags else (0, 0)))
    return own


def _read_members(
    file: osmium.io.File,
    collectors: Sequence[LandscapeCollector | SquareCollector | AmenityCollector],
) -> None:
    """Give each collector the ways that its multipolygons are made of."""
    import osmium  # noqa: PLC0415  # as above

    wanted = [(collector, collector.members()) for collector in collectors]
    every = set[int]().union(*(members for _, members in wanted))
    if not every:
        return
    processor = osmium.FileProcessor(file, osmium.osm.WAY)
    for way in processor.with_filter(osmium.filter.IdFilter(every)):
        if isinstance(way, osmium.osm.Way) and not way.deleted:
            refs = [node.ref for node in way.nodes]
            for collector, members in wanted:
                if way.id in members:
                    collector.add_member(way.id, refs)


def _read_nodes(
    file: osmium.io.File, wanted: NDArray[np.int64], own: Mapping[int, tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Return the ids, ascending, and coordinates of those wanted nodes that the file holds.

    Where those that were never uploaded are, *own* tells.
    """
    found, lon_e7, lat_e7 = places_of(file, wanted)
    for i, node_id in enumerate(wanted[: np.searchsorted(wanted, 0)].tolist()):
        if node_id in own:
            found[i], (lon_e7[i], lat_e7[i]) = True, own[node_id]
    return wanted[found], lon_e7[found], lat_e7[found]
