"""A plan as KML 2.2: a folder a day, a placemark a stop and a way."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from lens_routes.geo import Point, distance_m
from lens_routes.output.shared import caption
from lens_routes.output.shared.leaving import from_places
from lens_routes.output.shared.leg_parts import legs_of
from lens_routes.output.shared.safe_text import tidy
from lens_routes.text import wording

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Plan, Stop
    from lens_routes.plan.waypoint import Waypoint

NAMESPACE = "http://www.opengis.net/kml/2.2"

#: Colours as KML writes them: opacity, blue, green, red. No icon is named: icons lie on servers.
_POINTS = {"end": "ff5e9e21", "visit": "ff9c3b1f", "break": "ff808080"}
_LINES = {
    "walk": ("ff9c3b1f", 4),
    "transit": ("ff2a6fd6", 5),
    "bike": ("ff3d8f2e", 5),
    "car": ("ff5a5a5a", 5),
}


def dumps(plan: Plan) -> bytes:
    """Return *plan* as a KML file, UTF-8; a way without a trace is a placemark without a line.

    Times are data: a ``TimeSpan`` or ``TimeStamp`` would make Google Earth open at the first of
    them and hide the rest.
    """
    plan = from_places(tidy(plan))
    root = ET.Element("kml", {"xmlns": NAMESPACE})
    document = ET.SubElement(root, "Document")
    _text(document, "name", caption.title(plan))
    _text(document, "open", "1")
    about = [caption.day_line(day) for day in plan.days]
    if missing := caption.untraced(plan):
        about.append(caption.lines_missing(missing))
    _describe(document, [*about, *plan.warnings, caption.attribution(plan)])
    _look_at(document, plan)
    _styles(document)
    _data(document, {"attribution": caption.attribution(plan), "program": plan.program})
    for day in plan.days:
        _folder(document, day)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    # Not ElementTree's own declaration, whose single quotes some readers do not know.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _look_at(document: ET.Element, plan: Plan) -> None:
    """Write the view from straight above that has the whole tour in it."""
    points = [
        point
        for day in plan.days
        for point in (
            day.start.point,
            *(Point(stop.lon, stop.lat) for stop in day.stops),
            day.end.point,
            *(point for leg in day.legs for point in leg.geometry or ()),
        )
    ]
    lons, lats = zip(*points, strict=True)
    corners = Point(min(lons), min(lats)), Point(max(lons), max(lats))
    view = ET.SubElement(document, "LookAt")
    _text(view, "longitude", f"{(corners[0].lon + corners[1].lon) / 2:.6f}")
    _text(view, "latitude", f"{(corners[0].lat + corners[1].lat) / 2:.6f}")
    _text(view, "tilt", "0")
    _text(view, "range", f"{max(1000.0, 1.5 * distance_m(*corners)):.0f}")


def _styles(document: ET.Element) -> None:
    for name, color in _POINTS.items():
        style = ET.SubElement(document, "Style", {"id": name})
        _text(ET.SubElement(style, "IconStyle"), "color", color)
    for name, (color, width) in _LINES.items():
        style = ET.SubElement(document, "Style", {"id": name})
        line = ET.SubElement(style, "LineStyle")
        _text(line, "color", color)
        _text(line, "width", str(width))


def _folder(document: ET.Element, day: Day) -> None:
    folder = ET.SubElement(document, "Folder")
    _text(folder, "name", wording.sentence(wording.date(day.date)))
    _text(folder, "open", "1")
    _describe(folder, [caption.day_line(day)])
    _endpoint(folder, "start", day.start, day.start_time)
    for leg, (number, stop) in zip(day.legs, caption.numbered(day), strict=False):
        _way(folder, leg)
        _stop(folder, number, stop)
    _way(folder, day.legs[-1])
    _endpoint(folder, "end", day.end, day.end_time)


def _endpoint(folder: ET.Element, role: str, waypoint: Waypoint, moment: dt.datetime) -> None:
    mark = ET.SubElement(folder, "Placemark")
    _text(mark, "name", caption.endpoint(role, waypoint.name))
    _text(mark, "styleUrl", "#end")
    _data(mark, {"kind": role, "place": waypoint.id or "", "time": moment.isoformat()})
    _point(mark, waypoint.point)


def _stop(folder: ET.Element, number: int | None, stop: Stop) -> None:
    mark = ET.SubElement(folder, "Placemark")
    _text(mark, "name", caption.label(number, stop))
    _describe(mark, caption.facts(stop))
    _text(mark, "styleUrl", "#visit" if stop.kind == "visit" else "#break")
    _data(
        mark,
        {
            "kind": stop.kind,
            "number": "" if number is None else str(number),
            "place": stop.place or "",
            "arrive": stop.arrive.isoformat(),
            "begin": stop.begin.isoformat(),
            "leave": stop.leave.isoformat(),
            "opening": stop.opening,
            "hours": stop.hours,
            "slack_minutes": str(stop.slack_minutes),
        },
    )
    _point(mark, Point(stop.lon, stop.lat))


def _way(folder: ET.Element, leg: Leg) -> None:
    if leg.parts:
        for part in legs_of(leg):
            _way(folder, part)
        return
    if not caption.moves(leg):
        return
    points, length_m = caption.line_of(leg), caption.length_m(leg)
    mark = ET.SubElement(folder, "Placemark")
    _text(mark, "name", caption.from_to(leg))
    steps = [step.instruction for step in leg.steps]
    beside = [*([] if points else [caption.no_trace()]), *caption.besides(leg)]
    _describe(mark, [caption.way(leg), *beside, *steps])
    _text(mark, "styleUrl", f"#{leg.mode}")
    _data(
        mark,
        {
            "kind": leg.mode,
            "depart": leg.depart.isoformat(),
            "arrive": leg.arrive.isoformat(),
            "distance_m": "" if length_m is None else f"{length_m:.1f}",
            "duration_s": f"{leg.duration_s:.0f}",
            "source": leg.source.value,
        },
    )
    if points:
        line = ET.SubElement(mark, "LineString")
        _text(line, "tessellate", "1")
        _text(line, "coordinates", " ".join(map(_position, points)))


def _point(mark: ET.Element, point: Point) -> None:
    _text(ET.SubElement(mark, "Point"), "coordinates", _position(point))


def _position(point: Point) -> str:
    return f"{point.lon:.7f},{point.lat:.7f}"


def _describe(parent: ET.Element, lines: Sequence[str]) -> None:
    # Readers take a description for HTML.
    _text(parent, "description", "<br/>".join(html.escape(line, quote=False) for line in lines))


def _data(parent: ET.Element, values: Mapping[str, str]) -> None:
    extended = ET.SubElement(parent, "ExtendedData")
    for name, value in values.items():
        if value:
            _text(ET.SubElement(extended, "Data", {"name": name}), "value", value)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
