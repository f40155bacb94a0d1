"""A plan as GPX 1.1: stops as waypoints, one track a day with one segment a leg."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.errors import NotInstalledError
from lens_routes.geo import Point, distance_m

if TYPE_CHECKING:
    from lens_routes.plan import Day, Leg, Plan

NAMESPACE = "http://www.topografix.com/GPX/1/1"
SCHEMA_LOCATION = f"{NAMESPACE} http://www.topografix.com/GPX/1/1/gpx.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ODBL = "https://opendatacommons.org/licenses/odbl/1-0/"

#: Symbols every Garmin device knows.
START_SYMBOL, END_SYMBOL, VISIT_SYMBOL = "Flag, Green", "Flag, Red", "Flag, Blue"

#: Characters XML 1.0 cannot hold, whatever a catalogue's author pasted.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def dumps(plan: Plan) -> bytes:
    """Return *plan* as a GPX file, UTF-8, planned UTC times on every point, strictly increasing.

    Raises
    ------
    NotInstalledError
        A leg has no trace: the plan was made without a street network.
    """
    for day in plan.days:
        for leg in day.legs:
            if leg.geometry is None and leg.distance_m > 0:
                raise NotInstalledError(
                    f"A GPX track needs the streets, and the leg from {leg.origin} to"
                    f" {leg.destination} has none.",
                    "Install them, then plan again: lens-routes streets download --places",
                )
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
    _text(metadata, "name", _title(plan))
    holder = ET.SubElement(metadata, "copyright", {"author": "OpenStreetMap contributors"})
    _text(holder, "license", ODBL)
    _text(metadata, "time", _utc(plan.created))
    for day in plan.days:
        _waypoints(root, day)
    for day in plan.days:
        _track(root, day)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _title(plan: Plan) -> str:
    themes = ", ".join(str(name) for name in plan.request.get("themes", ())) or "discovery"
    return f"Tour: {themes}, {plan.days[0].date.isoformat()}"


def _waypoints(root: ET.Element, day: Day) -> None:
    _waypoint(root, day.start.point, day.start_time, f"Start: {day.start.name}", "", START_SYMBOL)
    for number, stop in enumerate(day.stops, 1):
        about = " ".join(
            part
            for part in (
                f"Planned {stop.begin:%H:%M}-{stop.leave:%H:%M}.",
                stop.hours and f"{wording.sentence(stop.hours)}.",
                stop.description,
            )
            if part
        )
        _waypoint(root, Point(stop.lon, stop.lat), stop.arrive, f"{number}. {stop.name}", about)
    _waypoint(root, day.end.point, day.end_time, f"End: {day.end.name}", "", END_SYMBOL)


def _waypoint(
    root: ET.Element,
    point: Point,
    moment: dt.datetime,
    name: str,
    about: str,
    symbol: str = VISIT_SYMBOL,
) -> None:
    element = ET.SubElement(root, "wpt", _position(point))
    _text(element, "time", _utc(moment))
    _text(element, "name", name)
    if about:
        _text(element, "desc", about)
    _text(element, "sym", symbol)


def _track(root: ET.Element, day: Day) -> None:
    walked = [leg for leg in day.legs if leg.geometry and len(leg.geometry) > 1]
    if not walked:
        return
    track = ET.SubElement(root, "trk")
    _text(track, "name", f"{day.date.isoformat()} {day.start.name} - {day.end.name}")
    _text(track, "src", "© OpenStreetMap contributors, ODbL 1.0")
    for leg in walked:
        segment = ET.SubElement(track, "trkseg")
        for point, moment in timed_points(leg):
            element = ET.SubElement(segment, "trkpt", _position(point))
            _text(element, "time", _utc(moment))


def timed_points(leg: Leg) -> list[tuple[Point, dt.datetime]]:
    """Return a leg's points with the time one passes each, proportional to the way covered.

    Points that repeat their predecessor are dropped, so that times increase strictly.
    """
    points = [leg.geometry[0]] if leg.geometry else []
    along_m = [0.0]
    for point in (leg.geometry or ())[1:]:
        step_m = distance_m(points[-1], point)
        if step_m > 0.01:
            points.append(point)
            along_m.append(along_m[-1] + step_m)
    whole_m = along_m[-1] or 1.0
    depart = leg.depart.astimezone(dt.UTC)
    span = leg.arrive.astimezone(dt.UTC) - depart
    return [(p, depart + span * (m / whole_m)) for p, m in zip(points, along_m, strict=True)]


def _position(point: Point) -> dict[str, str]:
    return {"lat": f"{point.lat:.7f}", "lon": f"{point.lon:.7f}"}


def _utc(moment: dt.datetime) -> str:
    text = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return text.replace(".000", "").replace("+00:00", "Z")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _UNSAYABLE.sub("", text)
