"""The named things of a map, from a file or from the answer of a server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.discover.walked import hectares
from lens_routes.errors import BadInputError
from lens_routes.files.look import open_file
from lens_routes.geo import Point
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    _Line = list[tuple[float, float]]
    _Nodes = Mapping[Any, tuple[float, float]]

#: Without any of these a thing is no sight; they are what a server is asked for.
KEYS = ("tourism", "historic", "heritage", "amenity", "leisure", "natural", "man_made", "building",
        "place", "landuse", "railway", "highway")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Element:
    """A named thing: ``id`` such as ``way/123``, a point on it, and its area if it is one.

    ``hectares`` is how large the paths around it make a park that is drawn as a point.
    """

    id: str
    tags: Mapping[str, str]
    point: Point
    area: BaseGeometry | None = None
    hectares: float = 0.0


def of_file(path: Path) -> list[Element]:
    """Return the named things of an OpenStreetMap file, in its order.

    Raises
    ------
    BadInputError
        The file cannot be read, or breaks off.
    """
    import osmium  # noqa: PLC0415  # only those who read a map pay for it

    with open_file(path):
        pass  # what cannot be read is told in our words
    wanted = osmium.filter.KeyFilter(*KEYS)
    try:
        things = osmium.FileProcessor(path).with_areas(osmium.filter.KeyFilter("name"), wanted)
        things = things.with_filter(osmium.filter.KeyFilter("name")).with_filter(wanted)
        found = {one.id: one for one in filter(None, map(_element, things))}
        dots = [
            one for one in found.values() if one.area is None and one.tags.get("leisure") == "park"
        ]
        for one, size in zip(dots, hectares(path, [one.point for one in dots]), strict=True):
            found[one.id] = replace(one, hectares=size)
    except (RuntimeError, ValueError, OSError) as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise BadInputError(
            tr("{path} is not a whole OpenStreetMap file: {reason}.", path=path, reason=reason),
            tr("Download it again."),
        ) from error
    return list(found.values())


def _element(thing: Any) -> Element | None:
    """Return a thing as osmium yields it; an area comes after the way it is made of."""
    import osmium  # noqa: PLC0415  # as above
    from shapely import LineString, from_wkb  # noqa: PLC0415  # as above

    tags = dict(thing.tags)
    if thing.is_node():
        return Element(f"node/{thing.id}", tags, Point(thing.lon, thing.lat))
    try:
        if thing.is_area():
            area = from_wkb(osmium.geom.WKBFactory().create_multipolygon(thing))
            sort = "way" if thing.from_way() else "relation"
            return Element(f"{sort}/{thing.orig_id()}", tags, _on(area), area)
        if thing.is_way():
            corners = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
            if len(corners) > 1:
                return Element(f"way/{thing.id}", tags, _on(LineString(corners)))
    except (RuntimeError, ValueError):
        pass  # cut at the edge of the file
    return None


def of_answer(elements: Iterable[object]) -> list[Element]:
    """Return the named things of an answer of Overpass, with their nodes or their geometry.

    What of it cannot be placed, such as a way without its nodes, is left out.
    """
    everything = [one for one in elements if isinstance(one, dict) and "id" in one]
    nodes = {one["id"]: at for one in everything if one.get("type") == "node" and (at := _at(one))}
    ways = {one["id"]: _corners(one, nodes) for one in everything if one.get("type") == "way"}
    found: dict[str, Element] = {}
    for one in everything:
        said = one["tags"].items() if isinstance(one.get("tags"), dict) else ()
        tags = {key: value for key, value in said if isinstance(value, str)}
        lines = _lines(one, nodes, ways)
        if "name" in tags and (shape := _shape([line for line in lines if line])):
            identity = f"{one['type']}/{one['id']}"
            found[identity] = Element(identity, tags, *shape)
    return list(found.values())


def _lines(one: Mapping[str, Any], nodes: _Nodes, ways: Mapping[Any, _Line]) -> list[_Line]:
    """Return the lines an element is drawn with, of which a node has one with one point."""
    if one.get("type") == "node":
        return [[nodes[one["id"]]]] if one["id"] in nodes else []
    if one.get("type") == "way":
        return [ways[one["id"]]]
    return [
        ways.get(member.get("ref")) or _corners(member, nodes)
        for member in one.get("members") or ()
        if isinstance(member, dict)
        and member.get("type") == "way"
        and member.get("role") != "inner"
    ]


def _corners(one: Mapping[str, Any], nodes: _Nodes) -> _Line:
    if "geometry" in one:
        return [
            at for corner in one["geometry"] if isinstance(corner, dict) and (at := _at(corner))
        ]
    return [nodes[node] for node in one.get("nodes") or () if node in nodes]


def _at(one: Mapping[str, Any]) -> tuple[float, float] | None:
    lon, lat = one.get("lon"), one.get("lat")
    if isinstance(lon, int | float) and isinstance(lat, int | float):
        return lon, lat
    return None


def _shape(lines: list[_Line]) -> tuple[Point, BaseGeometry | None] | None:
    """Return a point on the lines of a thing, and the area they enclose if they do."""
    if not lines:
        return None
    if max(map(len, lines)) == 1:
        return Point(*lines[0][0]), None
    from shapely import LineString, MultiLineString, polygonize, union_all  # noqa: PLC0415  # as above

    drawn = MultiLineString([LineString(line) for line in lines if len(line) > 1])
    area = union_all(polygonize([drawn]))
    return _on(area if area.area else drawn), area if area.area else None


def _on(shape: BaseGeometry) -> Point:
    inside = shape.representative_point()
    return Point(round(inside.x, 7), round(inside.y, 7))
