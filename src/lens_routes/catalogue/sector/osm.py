"""OpenStreetMap: the elements of an Overpass answer, and GeoJSON made of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.sector.listing import Listing, many
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ID = expression(r"(?:node|way|relation)/\d+")
_SHORT = expression(r"([nwr])(\d+)")
_TYPES = {"n": "node", "w": "way", "r": "relation"}
_SORTS = ("tourism", "historic", "leisure", "amenity", "natural", "memorial", "railway", "sport",
          "man_made", "building", "landuse", "craft")  # fmt: skip


def is_answer(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is an answer of Overpass."""
    return isinstance(document.get("elements"), list)


def is_collection(document: Mapping[str, Any]) -> bool:
    """Say whether a GeoJSON collection holds elements of the map: ``node/123``."""
    return any(
        isinstance(one, dict) and _ID.fullmatch(_identity(one))
        for one in many(document.get("features"))
    )


def _identity(feature: Mapping[str, Any]) -> str:
    """Return ``node/123`` of what calls it so, ``n123``, or a type and a number."""
    inner = feature.get("properties")
    tags = inner if isinstance(inner, dict) else {}
    said = str(tags.get("@id") or tags.get("full_id") or feature.get("id") or "")
    if match := _SHORT.fullmatch(said):
        return f"{_TYPES[match[1]]}/{match[2]}"
    if not _ID.fullmatch(said) and tags.get("osm_type") in _TYPES.values() and "osm_id" in tags:
        return f"{tags['osm_type']}/{str(tags['osm_id']).lstrip('-')}"
    return said


def elements(document: Mapping[str, Any], country: str) -> list[Listing]:
    """Return the named elements of an answer of Overpass."""
    found = []
    for n, one in enumerate(many(document.get("elements")), 1):
        tags = one.get("tags") if isinstance(one, dict) else None
        if not isinstance(tags, dict) or not tags:
            continue
        listing = tagged(n, f"osm:{one.get('type', '')}/{one.get('id', '')}", tags, country)
        centre = one["center"] if isinstance(one.get("center"), dict) else one
        if "lat" in centre:
            listing.place(centre.get("lon"), centre.get("lat"))
        else:
            _middle(listing, _members(one))
        found.append(listing)
    return found


def _members(one: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    parts = [one, *(part for part in many(one.get("members")) if isinstance(part, dict))]
    corners = [corner for part in parts for corner in many(part.get("geometry"))]
    points = [(p.get("lon"), p["lat"]) for p in corners if isinstance(p, dict) and "lat" in p]
    if not points and isinstance(bounds := one.get("bounds"), dict):
        return [(bounds.get(f"{end}lon"), bounds.get(f"{end}lat")) for end in ("min", "max")]
    return points


def collection(document: Mapping[str, Any], country: str) -> list[Listing]:
    """Return the features of a GeoJSON collection of elements."""
    found = []
    for n, one in enumerate(many(document.get("features")), 1):
        properties = one.get("properties") if isinstance(one, dict) else None
        tags = properties if isinstance(properties, dict) else {}
        nested = tags.get("tags")
        listing = tagged(n, f"osm:{_identity(one)}", nested if isinstance(nested, dict) else tags,
                          country)  # fmt: skip
        _middle(listing, list(_points(one.get("geometry"))))
        found.append(listing)
    return found


def _points(geometry: object) -> Iterable[tuple[Any, Any]]:
    """Yield the points of a GeoJSON geometry."""
    if not isinstance(geometry, dict):
        return
    stack = [geometry.get("coordinates")]
    while stack:
        value = stack.pop()
        if isinstance(value, list) and len(value) >= 2 and not isinstance(value[0], list):
            yield value[0], value[1]
        elif isinstance(value, list):
            stack += reversed(value)


def _middle(listing: Listing, points: list[tuple[Any, Any]]) -> None:
    """Put a place at a point on the thing itself: of an area one that lies in it."""
    if not points:
        return
    numbers = all(isinstance(value, int | float) for point in points for value in point)
    if len(points) < 4 or points[0] != points[-1] or not numbers:
        listing.place(*points[len(points) // 2])
        return
    from shapely import Polygon  # noqa: PLC0415  # only for areas

    inside = Polygon(points).buffer(0).representative_point()
    listing.place(round(inside.x, 7), round(inside.y, 7))


def tagged(line: int, source: str, tags: Mapping[str, Any], country: str) -> Listing:
    """Return what the tags of an element say of a place."""
    found = Listing(line, source, country)
    found.text("name", tags.get("name"), tags.get("name:fr"), tags.get("name:en"))
    found.text("name_en", tags.get("name:en"))
    found.names({key[5:]: str(tags[key]) for key in tags if key.startswith("name:")})
    found.text("description_fr", tags.get("description:fr"), tags.get("description"))
    found.text("description_en", tags.get("description:en"))
    found.hours(tags.get("opening_hours"))
    found.website(tags.get("website"), tags.get("contact:website"), tags.get("url"))
    found.text("phone", tags.get("phone"), tags.get("contact:phone"))
    found.text("commune", tags.get("addr:city"))
    number, street, code, town = (
        str(tags.get(f"addr:{key}") or "") for key in ("housenumber", "street", "postcode", "city")
    )
    lines = (f"{number} {street}".strip(), f"{code} {town}".strip())
    found.text("address", ", ".join(filter(None, lines)))
    if tags.get("wheelchair") in ("yes", "limited", "no"):
        found.fields["wheelchair"] = tags["wheelchair"]
    if tags.get("fee") in ("yes", "no"):
        found.fields["fee"] = "paid" if tags["fee"] == "yes" else "free"
    if re.fullmatch(r"\d{1,4}(?:\.\d+)?", str(tags.get("ele") or "")):
        found.fields["elevation_m"] = float(tags["ele"])
    found.sorts([str(tags[key]) for key in _SORTS if tags.get(key) not in (None, "yes")])
    return found
