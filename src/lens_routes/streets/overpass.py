"""Download the walkable ways of a box from an Overpass server, through OSMnx.

OSMnx writes the queries, splits large areas and fills its cache; the answers are then read from
that cache into flat arrays, clipped as OSMnx clips. The graph OSMnx would make of them is not
built: a test proves that the ways are the same.
"""

from __future__ import annotations

import json
import math
import shutil
import time
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from lens_routes.errors import NetworkError, UsageError
from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.streets import overpass_cache, overpass_request
from lens_routes.streets.assemble import WayCollector
from lens_routes.streets.boxes import as_text, check_bbox
from lens_routes.streets.progress import silent
from lens_routes.streets.walkable import WALK_FILTER
from lens_routes.streets.ways import MapSource

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from lens_routes.streets.progress import Report
    from lens_routes.streets.ways import BBox, Ways


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
) -> Ways:
    """Download the walkable ways of a box.

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

    Raises
    ------
    UsageError
        The box or the endpoint makes no sense.
    BadInputError
        There is no walkable street in the box.
    NetworkError
        The server is out of reach, stays busy, or answers nonsense.
    StorageError
        The answers cannot be kept.
    """
    check_bbox(bbox)
    _check_area(bbox)
    endpoint = _check_endpoint(endpoint)
    with overpass_cache.answers(endpoint, WALK_FILTER, bbox, patience.timeout_s) as folder:
        _fetch(bbox, endpoint, folder, report, patience)
        report("Reading the answer", 0.7)
        try:
            ways, node_ids, lon_e7, lat_e7, map_date = _read(folder)
        except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
            shutil.rmtree(folder)  # worth nothing to the next download
            folder.mkdir()
            raise NetworkError(
                f"{endpoint} answered something that is not OpenStreetMap data ({error!r}).",
                "Check the endpoint, or try another Overpass server.",
            ) from error
    report("Putting the streets together", 0.9)
    result = ways.assemble(
        node_ids, lon_e7, lat_e7, MapSource("overpass", endpoint, map_date, bbox)
    )
    report(f"Downloaded {len(result.kind):,} walkable ways", 1.0)
    return result


def _check_area(bbox: BBox) -> None:
    west, south, east, north = bbox
    band = math.sin(math.radians(north)) - math.sin(math.radians(south))
    area_km2 = (EARTH_RADIUS_M / 1000) ** 2 * math.radians(east - west) * band
    if area_km2 > LARGEST_AREA_KM2:
        raise UsageError(
            f"The box {as_text(bbox)} covers {area_km2:,.0f} km²; "
            f"a public server is asked for {LARGEST_AREA_KM2:,} km² at most.",
            "Download an extract (.osm.pbf), for example from Geofabrik, "
            "and use `lens-routes streets import FILE`.",
        )


def _check_endpoint(endpoint: str) -> str:
    try:
        parts = urlsplit(endpoint.strip())
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise UsageError(
            f"{endpoint!r} is not the address of an Overpass server.",
            f"Give its base URL, for example {ENDPOINT}.",
        )
    return endpoint.strip().rstrip("/").removesuffix("/interpreter")


def _fetch(bbox: BBox, endpoint: str, folder: Path, report: Report, patience: Patience) -> None:
    """Fill *folder* with the answers, trying again while the failure may pass."""
    for attempt in range(1, patience.attempts + 1):
        try:
            overpass_request.fetch(bbox, endpoint, folder, report, patience.timeout_s)
        except overpass_request.TransientError as failure:
            if attempt == patience.attempts:
                raise NetworkError(
                    f"{failure.message} Gave up at attempt {attempt}.", failure.hint
                ) from failure
            wait_s = patience.pause_s * 2 ** (attempt - 1)
            report(f"{failure.message} Trying again in {wait_s:.0f} s", 0.1)
            time.sleep(wait_s)
        else:
            return


def _read(
    folder: Path,
) -> tuple[WayCollector, NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], str]:
    """Return the ways, the nodes by ascending id, and the date of the oldest answer."""
    ways = WayCollector()
    node_ids, lon, lat = array("q"), array("d"), array("d")
    stamps = []
    for file in sorted(folder.glob("*.json")):
        answer = json.loads(file.read_text(encoding="utf-8"))
        stamps.append(str(answer.get("osm3s", {}).get("timestamp_osm_base", "")))
        for element in answer["elements"]:
            if element["type"] == "node":
                node_ids.append(element["id"])
                lon.append(element["lon"])
                lat.append(element["lat"])
            elif element["type"] == "way":
                ways.add(element["id"], element.get("tags", {}), element["nodes"])
    if not all(-180 <= degrees <= 180 for degrees in (*lon, *lat)):
        raise ValueError("a node lies off the earth")
    ids, first = np.unique(np.array(node_ids, dtype=np.int64), return_index=True)
    lon_e7, lat_e7 = (
        np.rint(np.array(degrees)[first] * 1e7).astype(np.int32) for degrees in (lon, lat)
    )
    return ways, ids, lon_e7, lat_e7, min(stamps, default="")[:10]
