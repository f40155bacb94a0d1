"""Read the walkable ways of an OpenStreetMap file: XML, also gzipped or bzipped, or PBF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.assemble import WayCollector
from lens_routes.streets.boxes import check_bbox
from lens_routes.streets.progress import silent
from lens_routes.streets.ways import MapSource

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import osmium
    from numpy.typing import NDArray

    from lens_routes.streets.progress import Report
    from lens_routes.streets.ways import BBox, Ways


#: osmium's name for the format of each ending; upper case in a file's name does not matter.
FORMATS = {
    ".osm.pbf": "pbf",
    ".pbf": "pbf",
    ".osm": "osm",
    ".osm.gz": "osm.gz",
    ".osm.bz2": "osm.bz2",
}


def read(path: Path, bbox: BBox | None = None, report: Report = silent) -> Ways:
    """Read the walkable ways of an OSM file, clipped by a box.

    The file is read twice, ways first, so that it may hold them in any order and only the nodes of
    walkable ways take memory.

    Parameters
    ----------
    path
        A file named ``.osm``, ``.osm.gz``, ``.osm.bz2`` or ``.osm.pbf``.
    bbox
        (west, south, east, north) degrees; `WayCollector.assemble` says what clipping means.
    report
        Called with what is being done and the fraction done, 0 to 1.

    Raises
    ------
    UsageError
        The box is not a box.
    BadInputError
        The file cannot be read, is broken, or holds no walkable street (in the box).
    """
    if bbox is not None:
        check_bbox(bbox)
    import osmium  # noqa: PLC0415  # only those who import a map pay for it

    file = osmium.io.File(path.resolve(), _format(path))
    try:
        report(f"Reading the ways of {path.name}", 0.0)
        ways, map_date = _read_ways(file)
        report(f"Reading the nodes of {len(ways):,} ways", 0.5)
        node_ids, lon_e7, lat_e7 = _read_nodes(file, _positive(ways.node_ids(), path))
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise BadInputError(
            f"{path} is not a whole OpenStreetMap file: {reason}.",
            "Download it again, or check that its name ends as its format demands "
            f"({', '.join(FORMATS)}).",
        ) from error
    if len(ways) and not len(node_ids):
        raise BadInputError(
            f"{path} holds {len(ways):,} walkable ways, but none of their nodes.",
            "Make the extract with its nodes, for example with `osmium extract`.",
        )
    report("Putting the streets together", 0.9)
    source = MapSource("file", str(path.resolve()), map_date, bbox)
    result = ways.assemble(node_ids, lon_e7, lat_e7, source)
    report(f"Read {len(result.kind):,} walkable ways", 1.0)
    return result


def _format(path: Path) -> str:
    """Return osmium's name for the format of a file that is there and is not empty."""
    name = path.name.lower()
    try:
        if path.is_dir():
            raise BadInputError(f"{path} is a directory.", "Name an OpenStreetMap file inside it.")
        if not name.endswith(tuple(FORMATS)):
            raise BadInputError(
                f"{path} does not look like an OpenStreetMap file.",
                f"Its name must end in one of {', '.join(FORMATS)}; unpack archives first.",
            )
        with path.open("rb") as stream:
            if not stream.read(1):
                raise BadInputError(f"{path} is empty.", "Download it again.")
    except OSError as error:
        raise BadInputError(
            f"{path} cannot be read: {error.strerror or error}.", "Check its name and its rights."
        ) from error
    return next(form for suffix, form in FORMATS.items() if name.endswith(suffix))


def _read_ways(file: osmium.io.File) -> tuple[WayCollector, str]:
    """Return the walkable ways and the date of the map."""
    import osmium  # noqa: PLC0415  # as above

    processor = osmium.FileProcessor(file, osmium.osm.WAY)
    ways = WayCollector()
    newest: dt.datetime | None = None
    for way in processor.with_filter(osmium.filter.KeyFilter("highway")):
        if not isinstance(way, osmium.osm.Way) or way.deleted:
            continue
        ways.add(way.id, way.tags, (node.ref for node in way.nodes))
        newest = max(newest, way.timestamp) if newest else way.timestamp
    header = processor.header
    stamp = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    if not stamp and newest and newest.timestamp() > 0:  # 1970 stands for "no timestamp"
        stamp = newest.isoformat()
    return ways, stamp[:10]


def _positive(node_ids: NDArray[np.int64], path: Path) -> NDArray[np.int64]:
    if len(node_ids) and node_ids[0] < 0:
        raise BadInputError(
            f"{path} holds edits that were never uploaded (negative ids, node {node_ids[0]}).",
            "Upload them first, or give every object a positive id with `osmium renumber`.",
        )
    return node_ids


def _read_nodes(
    file: osmium.io.File, wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Return the ids, ascending, and coordinates of those wanted nodes that the file holds."""
    import osmium  # noqa: PLC0415  # as above

    ids = wanted.tolist()
    # Unlike osmium's sorted arrays, the map finds nodes that come unsorted; it is as fast.
    table = osmium.index.create_map("sparse_mem_map")
    keep = osmium.NodeLocationsForWays(table)
    # No Python runs for a node: osmium drops the unwanted and stores the others by itself.
    with osmium.io.Reader(file, osmium.osm.NODE) as reader:
        osmium.apply(reader, osmium.filter.IdFilter(ids), keep)
    found = np.zeros(len(ids), dtype=bool)
    lon_e7 = np.zeros(len(ids), dtype=np.int32)
    lat_e7 = np.zeros(len(ids), dtype=np.int32)
    for i, node_id in enumerate(ids):
        try:
            location = table.get(node_id)
        except KeyError:
            continue
        if location.valid():
            found[i], lon_e7[i], lat_e7[i] = True, location.x, location.y
    return wanted[found], lon_e7[found], lat_e7[found]
