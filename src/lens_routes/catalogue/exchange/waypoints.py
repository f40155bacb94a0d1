"""Places as waypoints of a GPX file, for maps and devices; and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from lens_routes.catalogue.exchange.changes import Row
from lens_routes.catalogue.exchange.draft import Unreadable, number
from lens_routes.catalogue.file.faults import UNPRINTABLE
from lens_routes.errors import BadInputError
from lens_routes.files.look import required
from lens_routes.geo import Point
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_GPX = "http://www.topografix.com/GPX/1/1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OWN = "urn:lens-routes:place"
#: Elements of a waypoint and the fields they stand for; a link is an attribute's value.
_FIELDS = {"name": "name", "desc": "description_fr", "type": "kind", "ele": "elevation_m"}


def write_waypoints(features: Iterable[Mapping[str, Any]], creator: str) -> bytes:
    """Return places as GPX 1.1: name, position, height, description in French, kind, website.

    The id stands in an extension, so that what comes back is known again.
    """
    root = ET.Element(
        "gpx",
        {
            "version": "1.1",
            "creator": creator,
            "xmlns": _GPX,
            "xmlns:xsi": _XSI,
            "xmlns:lens": _OWN,
            "xsi:schemaLocation": f"{_GPX} {_GPX}/gpx.xsd",
        },
    )
    for feature in features:
        _waypoint(root, feature)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _waypoint(root: ET.Element, feature: Mapping[str, Any]) -> None:
    lon, lat = feature["geometry"]["coordinates"][:2]
    properties = feature["properties"]
    point = ET.SubElement(root, "wpt", {"lat": repr(lat), "lon": repr(lon)})
    for tag in ("ele", "name", "desc"):
        _text(point, tag, properties.get(_FIELDS[tag]))
    if website := properties.get("website"):
        ET.SubElement(point, "link", {"href": website})
    _text(point, "type", properties.get("kind"))
    _text(ET.SubElement(point, "extensions"), "lens:id", feature["id"])


def _text(parent: ET.Element, tag: str, value: object) -> None:
    if value is not None and value != "":
        # XML has no way to write most control characters.
        lines = str(value).split("\n")
        ET.SubElement(parent, tag).text = "\n".join(UNPRINTABLE.sub(" ", line) for line in lines)


def read_waypoints(path: Path) -> list[Row]:
    """Return the waypoints of a GPX file as rows; tracks and routes are no places.

    Raises
    ------
    BadInputError
        The file cannot be read, is no GPX, or has no waypoint.
    """
    reading = _Reading()
    try:
        reading.parser.Parse(required(path), True)  # noqa: FBT003  # the end of the text
    except expat.ExpatError as error:
        raise BadInputError(
            tr(
                "{file}, line {line}: this is not XML: {reason}.",
                file=path,
                line=error.lineno,
                reason=expat.ErrorString(error.code),
            ),
            tr("Export it again from where it comes from."),
        ) from error
    except (LookupError, ValueError) as error:
        raise BadInputError(
            tr("{file} is in an encoding that cannot be read: {reason}.", file=path, reason=error),
            tr("Export it again from where it comes from, in UTF-8."),
        ) from error
    except _DoctypeError:
        raise BadInputError(
            tr("{file} defines entities of its own, which no GPX file does.", file=path),
            tr("Export it again from where it comes from."),
        ) from None
    if not reading.rows:
        raise BadInputError(
            tr("{file} has no waypoint.", file=path),
            tr("Tracks and routes are no places: export waypoints."),
        )
    return reading.rows


class _DoctypeError(Exception):
    """The file begins with what could make it grow without end."""


class _Reading:
    """Gathers waypoints while a file is parsed; expat tells on which line it is."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._point: dict[str, str] | None = None
        self._line = 0
        self._text = ""

    def _doctype(self, *_: object) -> None:
        raise _DoctypeError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._text = ""
        if tag == "wpt":
            self._point, self._line = dict(attributes), self.parser.CurrentLineNumber
        elif tag == "link" and self._point is not None:
            self._point.setdefault("website", attributes.get("href", ""))

    def _characters(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        if self._point is None:
            return
        space, _, tag = name.rpartition(" ")
        if tag == "wpt":
            self.rows.append(_row(self._line, self._point))
            self._point = None
        elif tag == "id" and space == _OWN:
            self._point["id"] = self._text.strip()
        elif tag in _FIELDS and space != _OWN:
            self._point.setdefault(_FIELDS[tag], self._text.strip())
        self._text = ""


def _row(line: int, found: Mapping[str, str]) -> Row:
    reasons: list[str] = []
    values: dict[str, float] = {}
    for key in ("lat", "lon", "elevation_m"):
        if key in found or key != "elevation_m":
            try:
                values[key] = number(found.get(key, ""))
            except Unreadable as error:
                reasons.append(joined(" ", [tr("{field}:", field=key), *error.args]))
    fields: dict[str, Any] = {
        key: found[key] for key in ("name", "description_fr", "kind", "website") if found.get(key)
    }
    if (height_m := values.get("elevation_m")) is not None:
        fields["elevation_m"] = int(height_m) if height_m.is_integer() else height_m
    point = None if reasons else Point(values["lon"], values["lat"])
    return Row(line, found.get("id", ""), point, fields, joined(" ", reasons) if reasons else "")
