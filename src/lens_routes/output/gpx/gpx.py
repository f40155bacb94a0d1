"""A plan as GPX 1.1, the way a given device or service reads it."""

from __future__ import annotations

import datetime as dt
import math
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.geo import Point
from lens_routes.output.gpx.device import (
    END_SYMBOL,
    GENERIC,
    RIDE_SYMBOL,
    START_SYMBOL,
    Device,
    symbol_of,
)
from lens_routes.output.gpx.spelling import ascii_only
from lens_routes.output.gpx.track import (
    require_traces,
    rides_of,
    stops_of,
    thinned,
    tracks,
    walks_of,
)
from lens_routes.output.shared import caption
from lens_routes.output.shared.safe_text import tidy
from lens_routes.output.shared.website import is_address
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.output.gpx.track import Track
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan
    from lens_routes.plan.waypoint import Waypoint

    #: Spells a text; the second one where nothing of the first can be spelt.
    Spell = Callable[[str, str], str]

NAMESPACE = "http://www.topografix.com/GPX/1/1"
SCHEMA_LOCATION = f"{NAMESPACE} http://www.topografix.com/GPX/1/1/gpx.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ODBL = "https://opendatacommons.org/licenses/odbl/1-0/"
_TICK = dt.timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A GPX file, and what a person should know about it."""

    data: bytes
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Waypoint:
    """What is marked; ``kind`` says in words what it is, ``label`` is its name in a sequence."""

    point: Point
    time: dt.datetime
    kind: str
    name: str
    label: str
    about: str
    symbol: str
    website: str = ""


def dumps(plan: Plan) -> bytes:
    """Return *plan* as a GPX file any reader takes; see `write`."""
    return write(plan, GENERIC).data


def write(
    plan: Plan,
    wanted: Device,
    *,
    kinds: Mapping[str, str] | None = None,
    websites: Mapping[str, str] | None = None,
    ascii_names: bool = False,
    max_points: int | None = None,
) -> Made:
    """Return *plan* as a GPX file for a device: UTF-8, planned UTC times on every point.

    Stops are waypoints; tracks have a segment a leg, or a day where the device wants them joined.

    Parameters
    ----------
    plan
        The plan; every walk in it is traced.
    wanted
        The device or service that will read the file.
    kinds
        The kind of each place, by id, for symbols and types, instead of the plan's.
    websites
        The website of each place, by id.
    ascii_names
        Whether names are spelt in ASCII, also where the device could read others.
    max_points
        Most track points in the file; the device may allow fewer.

    Raises
    ------
    NotInstalledError
        A walk has no trace: the plan was made without a street network.
    UsageError
        The device takes one line without gaps and the plan has gaps, or the points are too few.
    """
    plan = tidy(plan)
    require_traces(plan)
    limits = [limit for limit in (max_points, wanted.most_points) if limit is not None]
    whole = tracks(plan, wanted)
    lines, deviation_m = thinned(whole, min(limits, default=None), wanted)
    spell = ascii_only if ascii_names or wanted.ascii_names else _as_it_is
    root = _root(plan, spell)
    taken: Counter[str] = Counter()
    for number, day in enumerate(plan.days, 1):
        for waypoint in _waypoints(day, kinds or {}, websites or {}):
            name = _name(waypoint, wanted, spell)
            if len(plan.days) > 1:
                which = spell(tr("Day {number}", number=number), str(number))
                name = f"{which} - {name}"
            _write_waypoint(root, waypoint, _apart(name, taken), wanted, spell)
    if wanted.route:
        for day in plan.days:
            _write_routes(root, day, wanted.most_route_points, spell)
    heights = _heights(plan)
    for line in lines:
        _write_track(root, line, heights, spell)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
    return Made(data, _remarks(whole, lines, deviation_m))


def _remarks(whole: list[Track], lines: list[Track], deviation_m: float | None) -> tuple[str, ...]:
    if deviation_m is None:
        return ()
    before, after = (sum(len(s) for t in tracks for s in t.segments) for tracks in (whole, lines))
    metres = math.ceil(deviation_m * 10) / 10
    return (
        tr(
            "Thinned from {before} to {after} points; no dropped point lies more than {metres} m"
            " from the line.",
            before=before,
            after=after,
            metres=wording.number(metres, 1),
        ),
    )


def _as_it_is(text: str, _fallback: str) -> str:
    return text


def _root(plan: Plan, spell: Spell) -> ET.Element:
    root = ET.Element(
        "gpx",
        {
            "version": "1.1",
            "creator": plan.program,
            "xmlns": NAMESPACE,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": SCHEMA_LOCATION,
        },
    )
    metadata = ET.SubElement(root, "metadata")
    _text(metadata, "name", spell(caption.title(plan), "Tour"))
    _text(metadata, "desc", spell(caption.attribution(plan), ""))
    holder = ET.SubElement(metadata, "copyright", {"author": "OpenStreetMap contributors"})
    _text(holder, "license", ODBL)
    _text(metadata, "time", _utc(plan.created))
    return root


def _waypoints(
    day: Day, kinds: Mapping[str, str], websites: Mapping[str, str]
) -> Iterator[_Waypoint]:
    yield _endpoint("start", tr("Start"), day.start, day.start_time, START_SYMBOL)
    for leg, (number, stop) in zip(day.legs, caption.numbered(day), strict=False):
        yield from _calls(leg)
        known = replace(stop, place_kind=kinds.get(stop.place or "") or stop.place_kind)
        yield _Waypoint(
            Point(stop.lon, stop.lat),
            stop.arrive,
            caption.kind_of_place(known),
            stop.name,
            caption.label(number, stop),
            " ".join((*caption.facts(stop), *_way_there(leg))),
            symbol_of(known.place_kind),
            websites.get(stop.place or "", ""),
        )
    yield from _calls(day.legs[-1])
    end = _endpoint("end", tr("End"), day.end, day.end_time, END_SYMBOL)
    yield replace(end, about=" ".join(_way_there(day.legs[-1])))


def _way_there(leg: Leg) -> Iterator[str]:
    """Yield what the way to a stop is like, part by part."""
    for part in leg.parts or (leg,):
        yield from caption.besides(part)


def _endpoint(role: str, kind: str, where: Waypoint, moment: dt.datetime, symbol: str) -> _Waypoint:
    label = caption.endpoint(role, where.name)
    return _Waypoint(where.point, moment, kind, where.name, label, "", symbol)


def _calls(leg: Leg) -> Iterator[_Waypoint]:
    """Yield where one boards and where one alights: tracks have no line for rides."""
    kind = wording.sentence(tr("public transport"))
    for part in rides_of(leg):
        points, about = caption.line_of(part), caption.ride(part.rides[0])
        for point, moment, name, label in (
            (points[0], part.depart, part.origin, tr("Board at {stop}", stop=part.origin)),
            (
                points[-1],
                part.arrive,
                part.destination,
                tr("Alight at {stop}", stop=part.destination),
            ),
        ):
            yield _Waypoint(point, moment, kind, name, label, about, RIDE_SYMBOL)


def _name(waypoint: _Waypoint, wanted: Device, spell: Spell) -> str:
    kind = spell(waypoint.kind, "Stop")
    # "Type: name" is read by a program: no blank before the colon, in French neither.
    return spell(f"{kind}: {waypoint.name}" if wanted.typed else waypoint.label, kind)


def _apart(name: str, taken: Counter[str]) -> str:
    """Return a name no waypoint before has: programs and devices keep one of each name."""
    taken[name.casefold()] += 1
    times = taken[name.casefold()]
    return name if times == 1 else _apart(f"{name} ({times})", taken)


def _write_waypoint(
    root: ET.Element, waypoint: _Waypoint, name: str, wanted: Device, spell: Spell
) -> None:
    element = ET.SubElement(root, "wpt", _position(waypoint.point))
    _text(element, "time", _utc(waypoint.time))
    _text(element, "name", name)
    if waypoint.about:
        _text(element, "desc", spell(waypoint.about, ""))
    if is_address(waypoint.website):
        ET.SubElement(element, "link", {"href": waypoint.website})
    _text(element, "sym", waypoint.symbol)
    if wanted.grouped:
        _text(element, "type", spell(waypoint.kind, "Stop"))


def _write_routes(root: ET.Element, day: Day, most: int, spell: Spell) -> None:
    """Write the stops as routes; each next one begins where the last one ended."""
    points = stops_of(day)
    latest = None
    for number, first in enumerate(range(0, len(points) - 1, most - 1), 1):
        part = points[first : first + most]
        route = ET.SubElement(root, "rte")
        _text(route, "name", f"{day.date.isoformat()} {number}")
        for name, point, moment in part:
            latest = moment if latest is None or moment > latest else latest + _TICK
            element = ET.SubElement(route, "rtept", _position(point))
            _text(element, "time", _utc(latest))
            _text(element, "name", spell(name, "Stop"))


def _write_track(
    root: ET.Element, line: Track, heights: Mapping[Point, float], spell: Spell
) -> None:
    track = ET.SubElement(root, "trk")
    _text(track, "name", spell(line.name, "Track"))
    _text(track, "src", spell(caption.OSM_CREDIT, ""))
    for segment in line.segments:
        element = ET.SubElement(track, "trkseg")
        for point, moment in segment:
            place = ET.SubElement(element, "trkpt", _position(point))
            if point in heights:
                _text(place, "ele", f"{heights[point]:.1f}")
            _text(place, "time", _utc(moment))


def _heights(plan: Plan) -> dict[Point, float]:
    """Return how high the points of all walks are, metres, as far as that is known."""
    return {
        point: height_m
        for day in plan.days
        for leg in day.legs
        for walk in walks_of(leg)
        for point, height_m in zip(walk.geometry or (), walk.elevations, strict=False)
    }


def _position(point: Point) -> dict[str, str]:
    return {"lat": f"{point.lat:.7f}", "lon": f"{point.lon:.7f}"}


def _utc(moment: dt.datetime) -> str:
    text = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return text.replace(".000", "").replace("+00:00", "Z")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
