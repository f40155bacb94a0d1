"""Read ``stops.txt``: positions, stations and platforms, wheelchair access."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lens_routes.geo import Point
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.read.feed import STATION, Stop
from lens_routes.timetable.read.fields import parse_choice, reason_of

if TYPE_CHECKING:
    from lens_routes.timetable.read.archive import Archive
    from lens_routes.timetable.read.faults import Faults

FILE = "stops.txt"
_COLUMNS = ("stop_id",)
_OPTIONAL = ("stop_name", "stop_code", "platform_code", "stop_lat", "stop_lon", "location_type",
             "parent_station", "wheelchair_boarding")  # fmt: skip
#: Positions nearer to 0, 0 than this, degrees, are not positions but blanks.
_NOWHERE = 0.001
_UNKNOWN = 0


def read_stops(archive: Archive, faults: Faults) -> dict[str, Stop]:
    """Return the stops by id, each with its station, and position and access inherited from it."""
    stops: dict[str, Stop] = {}
    for line, fields in archive.rows(FILE, _COLUMNS, _OPTIONAL):
        identity, name, code, platform, lat, lon, kind, parent, wheelchair = map(str.strip, fields)
        if not identity:
            faults.mend(FILE, line, tr("no stop_id"), tr("row left out"))
        elif identity in stops:
            faults.mend(
                FILE,
                line,
                tr(
                    "stop_id {stop} again, as in line {line}",
                    stop=wording.quoted(identity),
                    line=stops[identity].line,
                ),
                tr("row left out"),
            )
        else:
            stops[identity] = Stop(
                id=identity,
                name=name or identity,
                code=code,
                platform=platform,
                kind=_choice(kind, 4, line, faults),
                point=_point(lon, lat, line, faults),
                parent=parent,
                wheelchair=_choice(wheelchair, 2, line, faults),
                line=line,
            )
    _cut_bad_parents(stops, faults)
    for stop in stops.values():
        _inherit(stop, stops)
    return stops


def _choice(text: str, highest: int, line: int, faults: Faults) -> int:
    try:
        return parse_choice(text, highest)
    except ValueError as error:
        faults.mend(FILE, line, reason_of(error), tr("taken as 0"))
        return 0


def _point(lon_text: str, lat_text: str, line: int, faults: Faults) -> Point | None:
    if not (lon_text or lat_text):
        return None
    try:
        lon, lat = float(lon_text), float(lat_text)
    except ValueError:
        lon = lat = math.nan
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        faults.mend(
            FILE,
            line,
            tr(
                "{lat}, {lon} is no position",
                lat=wording.quoted(lat_text),
                lon=wording.quoted(lon_text),
            ),
            tr("taken as without position"),
        )
        return None
    if abs(lon) < _NOWHERE and abs(lat) < _NOWHERE:
        faults.mend(FILE, line, tr("a stop at 0, 0"), tr("taken as without position"))
        return None
    return Point(lon, lat)


def _cut_bad_parents(stops: dict[str, Stop], faults: Faults) -> None:
    """Remove parents that do not exist or lead back to the stop itself."""
    for stop in stops.values():
        if stop.parent and stop.parent not in stops:
            reason = tr("no stop {parent} for a parent", parent=wording.quoted(stop.parent))
            faults.mend(FILE, stop.line, reason, tr("parent ignored"))
            stop.parent = ""
    for stop in stops.values():
        seen = {stop.id}
        above = stop
        while above.parent:
            if above.parent in seen:
                faults.mend(
                    FILE,
                    above.line,
                    tr(
                        "parent {parent} is its own descendant", parent=wording.quoted(above.parent)
                    ),
                    tr("parent ignored"),
                )
                above.parent = ""
                break
            seen.add(above.parent)
            above = stops[above.parent]


def _inherit(stop: Stop, stops: dict[str, Stop]) -> None:
    above = stop
    while above.parent:
        above = stops[above.parent]
        stop.point = stop.point or above.point
        stop.wheelchair = stop.wheelchair or above.wheelchair
    stop.station = above.id


def is_station(stop: Stop) -> bool:
    """Tell whether a stop is a station, where no vehicle stops itself."""
    return stop.kind == STATION
