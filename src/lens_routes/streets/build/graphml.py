"""Read the ways of a street graph that OSMnx saved as GraphML.

The file is read as XML, in one pass: ``osmnx.load_graphml`` takes seconds to import and builds a
graph that would only be taken apart again.
"""

from __future__ import annotations

import ast
import contextlib
import math
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.files.look import open_file, unreadable
from lens_routes.streets.build.assemble import WayCollector
from lens_routes.streets.build.boxes import check_bbox
from lens_routes.streets.build.ways import silent
from lens_routes.streets.network.source import MapSource
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.streets.build.ways import Report, Ways
    from lens_routes.streets.network.source import BBox

    _Position = tuple[int, int]

_NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
_WGS84 = ("epsg:4326", "ogc:crs84", "urn:ogc:def:crs:ogc:1.3:crs84", 'geogcrs["wgs 84"')


def read(path: Path, report: Report = silent, *, bbox: BBox | None = None) -> Ways:
    """Read the ways of an OSMnx GraphML file, simplified or not.

    The two directions of a street become one way, and the bends of a simplified edge nodes of
    their own. Where simplification merged ways of several kinds or names into one edge, its kind is
    the first in alphabetical order, its name all of them. Tags that OSMnx was not told to keep
    (``foot``, ``sidewalk``) cannot be judged.

    Parameters
    ----------
    path
        A file written by ``osmnx.save_graphml``, unprojected.
    report
        Called with what is being done and the fraction done, 0 to 1.
    bbox
        (west, south, east, north) degrees; `WayCollector.assemble` says what clipping means.

    Raises
    ------
    UsageError
        The box is not a box.
    BadInputError
        The file cannot be read, is not an unprojected OSMnx graph, or holds no street.
    """
    if bbox is not None:
        check_bbox(bbox)
    report(tr("Reading the graph {file}", file=path.name), 0.0)
    try:
        with open_file(path) as stream:
            graph = _parse(stream, path)
    except ET.ParseError as error:
        raise BadInputError(
            tr("{path} is not whole XML: {reason}.", path=path, reason=error),
            tr("Save the graph again with osmnx.save_graphml."),
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, LookupError, TypeError) as error:
        raise BadInputError(
            tr("{path} is not a street graph of OSMnx: {reason}.", path=path, reason=error),
            tr("Save the graph with osmnx.save_graphml, or import an .osm.pbf file."),
        ) from error
    report(tr("Putting the streets together"), 0.9)
    result = graph.ways.assemble(
        np.arange(len(graph.points), dtype=np.int64),
        np.array([lon for lon, _ in graph.points], dtype=np.int32),
        np.array([lat for _, lat in graph.points], dtype=np.int32),
        MapSource("graphml", str(path.resolve()), "", bbox),
    )
    report(tr("Read {n} ways", n=wording.grouped(len(result.way_class))), 1.0)
    return result


def _parse(stream: IO[bytes], path: Path) -> _Graph:
    # Expat refuses entities that grow out of bounds by itself, and loads no external ones.
    events = ET.iterparse(stream, ("start", "end"))  # noqa: S314
    _, root = next(events)
    if root.tag != f"{_NAMESPACE}graphml":
        raise ValueError(tr("it starts with the element {tag}", tag=root.tag))
    keys: dict[str, str] = {}
    graph = _Graph()
    crs = ""
    for event, element in events:
        tag = element.tag.removeprefix(_NAMESPACE)
        if event == "start":
            continue
        if tag == "key":
            keys[element.get("id", "")] = element.get("attr.name", "")
        elif tag == "data" and keys.get(element.get("key", "")) == "crs":
            crs = _check_crs((element.text or "").strip(), path)
        elif tag in ("node", "edge"):
            data = {keys.get(item.get("key", ""), ""): item.text or "" for item in element}
            try:
                if tag == "node":
                    graph.add_node(element.attrib["id"], data)
                else:
                    graph.add_edge(element.attrib["source"], element.attrib["target"], data)
            except KeyError as error:
                where = element.get("id") or f"{element.get('source')}-{element.get('target')}"
                raise ValueError(
                    tr("{tag} {number} lacks {key}", tag=tag, number=where, key=error)
                ) from error
            element.clear()
    if not crs:
        raise ValueError(tr("it names no coordinate system (crs)"))
    return graph


def _check_crs(crs: str, path: Path) -> str:
    if not crs.lower().startswith(_WGS84):
        raise BadInputError(
            tr(
                "{path} is projected ({crs}): its coordinates are not degrees.",
                path=path,
                crs=crs[:60],
            ),
            tr(
                "Save it unprojected: {command}.",
                command="osmnx.save_graphml(osmnx.project_graph(G, to_latlong=True), FILE)",
            ),
        )
    return crs


class _Graph:
    """What has been read: points in 1e-7 degrees (nodes and bends), and ways through them."""

    def __init__(self) -> None:
        self.points: list[_Position] = []
        self.ways = WayCollector()
        self._number: dict[str, int] = {}
        self._seen: set[tuple[object, ...]] = set()

    def add_node(self, node: str, data: dict[str, str]) -> None:
        """Take a node of the graph, with its position ``x`` and ``y``."""
        self._number[node] = self._add_point(_position(data["x"], data["y"]))

    def add_edge(self, source: str, target: str, data: dict[str, str]) -> None:
        """Take an edge as a way, unless it is the other direction of one taken before."""
        tail, head = self._number[source], self._number[target]
        line = self._line(tail, head, data.pop("geometry", ""))
        tags = {key: " / ".join(sorted(_values(text))) for key, text in data.items()}
        tags["highway"] = min(_values(data.get("highway", "")))
        one_way = data.get("oneway") == "True"
        tags["oneway"] = "yes" if one_way else "no"
        ends = (tail, head) if one_way else (min(tail, head), max(tail, head))
        course = line if one_way else min(line, line[::-1])
        street = (*ends, tags["highway"], tags.get("name"), *course)
        if street in self._seen:
            return
        self._seen.add(street)
        refs = [tail, *map(self._add_point, line[1:-1]), head]
        self.ways.add(len(self._seen), tags, refs)

    def _add_point(self, point: _Position) -> int:
        self.points.append(point)
        return len(self.points) - 1

    def _line(self, tail: int, head: int, geometry: str) -> list[_Position]:
        """Return the positions along an edge, from its tail to its head."""
        start, end = self.points[tail], self.points[head]
        if not geometry:
            return [start, end]
        if not geometry.startswith("LINESTRING ("):
            raise ValueError(
                tr(
                    "the geometry {text} is no LINESTRING of lon lat pairs",
                    text=wording.quoted(geometry[:40]),
                )
            )
        pairs = geometry.removeprefix("LINESTRING (").removesuffix(")").split(",")
        points = [_position(*pair.split()) for pair in pairs]
        if math.dist(points[0], start) > math.dist(points[0], end):
            points.reverse()  # in an undirected graph an edge may be written from either end
        return [start, *points[1:-1], end]


def _position(lon: str, lat: str) -> _Position:
    x, y = float(lon), float(lat)
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise ValueError(tr("{lon} {lat} is no position in degrees", lon=lon, lat=lat))
    return round(x * 1e7), round(y * 1e7)


def _values(text: str) -> list[str]:
    """Return the values of a tag: OSMnx writes those of merged ways as a Python list."""
    if text.startswith("[") and text.endswith("]"):
        with contextlib.suppress(ValueError, SyntaxError, MemoryError, RecursionError):
            return [str(value) for value in ast.literal_eval(text)] or [""]
    return [text]
