"""Download the ways of a box, and what lies around them, from an Overpass server.

OSMnx writes the queries, splits large areas and fills its cache; the answers are then read from
that cache into flat arrays, clipped as OSMnx clips. The graph OSMnx would make of them is not
built: a test proves that the ways are the same.
"""

from __future__ import annotations

import dataclasses
import json
import math
import shutil
import time
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from lens_routes.errors import NetworkError, UsageError
from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.net.address import public, spelled
from lens_routes.streets.access.tags import OVERPASS
from lens_routes.streets.build import overpass_cache, overpass_request
from lens_routes.streets.build.amenities.reader import AmenityCollector
from lens_routes.streets.build.assemble import WayCollector
from lens_routes.streets.build.boxes import as_text, check_bbox
from lens_routes.streets.build.landscape_reader import LandscapeCollector
from lens_routes.streets.build.ways import silent
from lens_routes.streets.network.source import MapSource
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from lens_routes.streets.build.ways import Report, Ways
    from lens_routes.streets.network.source import BBox


ENDPOINT = "https://overpass-api.de/api"

#: Beyond this a public server should not be asked: four of OSMnx's queries of 2,500 km².
LARGEST_AREA_KM2 = 10_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for.

    ``timeout_s`` seconds it may take over one query, and stay silent while it answers; a query is
    sent ``attempts`` times at most to a server that is busy, slow or breaks off, with a pause of
    ``pause_s`` seconds before the second attempt and twice the last one before each further.
    """

    timeout_s: int = 180
    attempts: int = 4
    pause_s: float = 15.0


PATIENCE = Patience()


def download(
    bbox: BBox,
    endpoint: str = ENDPOINT,
    report: Report = silent,
    patience: Patience = PATIENCE,
    tell: Callable[[str], None] = lambda _: None,
) -> Ways:
    """Download the ways of a box, and the landscape around them.

    Answers are kept for a day under ``streets/osmnx-cache`` of the data directory.

    Parameters
    ----------
    bbox
        (west, south, east, north) degrees; `WayCollector.assemble` says what clipping means.
    endpoint
        The base URL of an Overpass API, without ``/interpreter``.
    report
        Called with what is being done and the fraction done, 0 to 1.
    patience
        How long and how often to try.
    tell
        Called with what a person should know afterwards: the streets are kept without their
        landscape when the server does not give it.

    Raises
    ------
    UsageError
        The box or the endpoint makes no sense.
    BadInputError
        There is no street in the box.
    NetworkError
        The server is out of reach, stays busy, or answers nonsense.
    StorageError
        The answers cannot be kept.
    """
    check_bbox(bbox)
    _check_area(bbox)
    endpoint = _check_endpoint(endpoint)
    key = (endpoint, OVERPASS, overpass_request.wanted_values(), bbox, patience.timeout_s)
    with overpass_cache.answers(*key) as folder:
        query = overpass_request.Query(bbox, endpoint, folder, patience.timeout_s)
        _patiently(overpass_request.fetch_streets, query, report, patience)
        try:
            _patiently(overpass_request.fetch_landscape, query, report, patience)
        except NetworkError as error:
            tell(tr("Maps will lack waters and greens: {reason}", reason=error.message))
        report(tr("Reading the answer"), 0.7)
        try:
            answers = _read(folder)
        except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
            shutil.rmtree(folder)  # worth nothing to the next download
            folder.mkdir()
            raise NetworkError(
                tr(
                    "{server} answered something that is not OpenStreetMap data ({error}).",
                    server=public(endpoint),
                    error=repr(error),
                ),
                tr("Check the endpoint, or try another Overpass server."),
            ) from error
    report(tr("Putting the streets together"), 0.9)
    nodes = (answers.node_ids, answers.lon_e7, answers.lat_e7)
    source = MapSource("overpass", public(endpoint), answers.map_date, bbox)
    result = answers.ways.assemble(*nodes, source)
    landscape = answers.landscape.assemble(*nodes, bbox)
    amenities = answers.amenities.assemble(*nodes, bbox)
    report(tr("Downloaded {n} ways", n=wording.grouped(len(result.way_class))), 1.0)
    return dataclasses.replace(result, landscape=landscape, amenities=amenities)


def features(
    bbox: BBox,
    values: dict[str, bool | str | list[str]],
    endpoint: str = ENDPOINT,
    report: Report = silent,
    patience: Patience = PATIENCE,
) -> list[Mapping[str, Any]]:
    """Return the elements that bear some values of keys in a box, with the nodes they are made of.

    Parameters and errors are those of `download`; *values* are as OSMnx takes them.
    """
    check_bbox(bbox)
    _check_area(bbox)
    endpoint = _check_endpoint(endpoint)
    found: list[Mapping[str, Any]] = []
    with overpass_cache.answers(endpoint, values, bbox, patience.timeout_s) as folder:
        query = overpass_request.Query(bbox, endpoint, folder, patience.timeout_s)
        _patiently(
            lambda query, report: overpass_request.fetch_features(query, values, report),
            query,
            report,
            patience,
        )
        for file in sorted(folder.glob("*.json")):
            found += json.loads(file.read_text(encoding="utf-8"))["elements"]
    return found


def _check_area(bbox: BBox) -> None:
    west, south, east, north = bbox
    band = math.sin(math.radians(north)) - math.sin(math.radians(south))
    area_km2 = (EARTH_RADIUS_M / 1000) ** 2 * math.radians(east - west) * band
    if area_km2 > LARGEST_AREA_KM2:
        raise UsageError(
            tr(
                "The box {box} covers {area} km²;"
                " a public server is asked for {largest} km² at most.",
                box=as_text(bbox),
                area=wording.grouped(area_km2),
                largest=wording.grouped(LARGEST_AREA_KM2),
            ),
            tr(
                "Download an extract (.osm.pbf), for example from Geofabrik, and use `{command}`.",
                command="lens-routes streets import FILE",
            ),
        )


def _check_endpoint(endpoint: str) -> str:
    endpoint = spelled(endpoint.strip())
    try:
        parts = urlsplit(endpoint)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise UsageError(
            tr(
                "{address} is not the address of an Overpass server.",
                address=repr(public(endpoint)),
            ),
            tr("Give its base URL, for example {address}.", address=ENDPOINT),
        )
    return endpoint.rstrip("/").removesuffix("/interpreter")


def _patiently(
    fetch: Callable[[overpass_request.Query, Report], None],
    query: overpass_request.Query,
    report: Report,
    patience: Patience,
) -> None:
    """Have the answers fetched, trying again while the failure may pass."""
    for attempt in range(1, patience.attempts + 1):
        try:
            fetch(query, report)
        except overpass_request.TransientError as failure:
            if attempt == patience.attempts:
                message = tr(
                    "{failure} Gave up at attempt {n}.", failure=failure.message, n=attempt
                )
                raise NetworkError(message, failure.hint) from failure
            wait_s = patience.pause_s * 2 ** (attempt - 1)
            again = tr(
                "{failure} Trying again in {n} s", failure=failure.message, n=f"{wait_s:.0f}"
            )
            report(again, 0.1)
            time.sleep(wait_s)
        else:
            return


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the answers of a server hold; nodes by ascending id, each once."""

    ways: WayCollector
    landscape: LandscapeCollector
    amenities: AmenityCollector
    node_ids: NDArray[np.int64]
    lon_e7: NDArray[np.int32]
    lat_e7: NDArray[np.int32]
    map_date: str


def _read(folder: Path) -> _Answers:
    """Read all answers; the map is as old as the oldest."""
    ways, landscape, amenities = WayCollector(), LandscapeCollector(), AmenityCollector()
    node_ids, lon, lat = array("q"), array("d"), array("d")
    stamps = []
    for file in sorted(folder.glob("*.json")):
        answer = json.loads(file.read_text(encoding="utf-8"))
        stamps.append(str(answer.get("osm3s", {}).get("timestamp_osm_base", "")))
        elements = answer["elements"]
        _collect_relations(elements, landscape)
        _collect_ways(elements, ways, landscape)
        _collect_amenities(elements, amenities)
        for element in elements:
            if element["type"] == "node":
                if "tags" in element:
                    ways.add_node(element["id"], element["tags"])
                node_ids.append(element["id"])
                lon.append(element["lon"])
                lat.append(element["lat"])
    if not all(-180 <= degrees <= 180 for degrees in (*lon, *lat)):
        raise ValueError("a node lies off the earth")
    ids, first = np.unique(np.array(node_ids, dtype=np.int64), return_index=True)
    lon_e7, lat_e7 = (
        np.rint(np.array(degrees)[first] * 1e7).astype(np.int32) for degrees in (lon, lat)
    )
    return _Answers(ways, landscape, amenities, ids, lon_e7, lat_e7, min(stamps, default="")[:10])


def _collect_amenities(elements: Iterable[Mapping[str, Any]], amenities: AmenityCollector) -> None:
    for element in elements:
        number, tags = element["id"], element.get("tags", {})
        if element["type"] == "node" and tags:
            lon_e7, lat_e7 = (round(element[degrees] * 1e7) for degrees in ("lon", "lat"))
            amenities.add_node(number, tags, lon_e7, lat_e7)
        elif element["type"] == "way":
            amenities.add_way(number, tags, element["nodes"])


def _collect_relations(
    elements: Iterable[Mapping[str, Any]], landscape: LandscapeCollector
) -> None:
    for element in elements:
        if element["type"] == "relation":
            members = ((m["ref"], m["role"]) for m in element["members"] if m["type"] == "way")
            landscape.add_relation(element["id"], element.get("tags", {}), members)


def _collect_ways(
    elements: Iterable[Mapping[str, Any]], ways: WayCollector, landscape: LandscapeCollector
) -> None:
    members = landscape.members()
    for element in elements:
        if element["type"] == "way":
            number, tags, refs = element["id"], element.get("tags", {}), element["nodes"]
            if not ways.add(number, tags, refs):
                landscape.add_way(number, tags, refs)
            if number in members:
                landscape.add_member(number, refs)
