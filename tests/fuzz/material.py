"""Sound files of every kind the program reads: what hostile ones are made from."""

from __future__ import annotations

import functools
import json
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from tests.support import world
from tests.support.program import run
from tests.timetable.small_feeds import TABLES

GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="graph" attr.name="crs" attr.type="string"/>
<key id="d1" for="node" attr.name="y" attr.type="string"/>
<key id="d2" for="node" attr.name="x" attr.type="string"/>
<key id="d3" for="edge" attr.name="highway" attr.type="string"/>
<key id="d4" for="edge" attr.name="geometry" attr.type="string"/>
<graph edgedefault="directed"><data key="d0">epsg:4326</data>
<node id="1"><data key="d1">50.43</data><data key="d2">2.79</data></node>
<node id="2"><data key="d1">50.431</data><data key="d2">2.791</data></node>
<edge source="1" target="2" id="0"><data key="d3">footway</data>
<data key="d4">LINESTRING (2.79 50.43, 2.7905 50.4306, 2.791 50.431)</data></edge>
</graph></graphml>
"""
TOURS = """title = "Winter tours"
as-of = 2026-11-25T09:00:00
lang = "fr"
formats = ["gpx", "csv"]
places = "town.geojson"
[defaults]
for = "3h"
max-walk = "8km"
[export]
device = "garmin"
[[tour]]
name = "winter"
must = ["musee"]
[tour.each]
date = ["2026-12-05", "2026-12-06"]
"""
SETTINGS = """lang = "fr"
[all]
places = "town.geojson"
[plan]
theme = ["culture"]
max-walk = "8km"
[streets.download]
attempts = 2
[profile.office.plan]
max-walk = "5km"
"""
TABLE = """id;name;latitude;longitude;themes;visit_minutes;opening_hours;checked
musee;Musée de la Lampe;50,43;2,79;culture;60;We-Mo 10:00-18:00;24/11/2026
;Café;50,431;2,791;culture, nature;20;Mo-Su 09:00+;2026-11-24
"""
GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="50.43" lon="2.79"><ele>30</ele><name>Café</name><link href="https://x"/></wpt></gpx>
"""
HEIGHTS = """ncols 3
nrows 2
xllcorner 682000
yllcorner 7036000
cellsize 5.0
NODATA_value -99999
31.5 32.25 33
30 -99999 35.75
"""


@functools.cache
def files() -> dict[str, bytes]:
    """Return the sound files by name; the plan is made by the program itself, once."""
    catalogue = json.dumps(world.catalogue(), ensure_ascii=False).encode()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "town.geojson"
        path.write_bytes(catalogue)
        day = run("plan", "--places", path, "--json").stdout
    return {
        "town.geojson": catalogue,
        "day.json": day,
        "tours.toml": TOURS.encode(),
        "config.toml": SETTINGS.encode(),
        "table.csv": TABLE.encode(),
        "points.gpx": GPX.encode(),
        "town.osm": world.map_xml().encode(),
        "graph.graphml": GRAPHML.encode(),
        "feed.zip": packed(TABLES),
        "heights.asc": HEIGHTS.encode(),
        "empty": b"",
        "noise": bytes(range(256)),
    }


def packed(tables: dict[str, str]) -> bytes:
    """Return tables as a GTFS feed; the same tables, the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in tables.items():
            out.writestr(zipfile.ZipInfo(name), text)
    return buffer.getvalue()
