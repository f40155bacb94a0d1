"""KML: the placemarks of Google's My Maps and of other maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.sector.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET


def placemarks(root: ET.Element, country: str) -> Iterator[Listing]:
    """Yield the placemarks with a point, or the first point of a line or area."""
    for n, mark in enumerate(root.iter(), 1):
        if not mark.tag.endswith("}Placemark") and mark.tag != "Placemark":
            continue
        found = Listing(n, "", country)
        for child in mark.iter():
            tag = child.tag.rpartition("}")[2]
            if tag == "name" and child in list(mark):
                found.text("name", child.text or "")
            elif tag == "description":
                found.text("description_fr", child.text or "")
            elif tag == "coordinates" and found.point is None and (child.text or "").split():
                lon, lat, *_ = (child.text or "").split()[0].split(",")
                found.place(lon, lat)
            elif tag == "Data":
                _extended(found, child)
        found.sorts([found.fields.get("name", "")])
        yield found


def _extended(found: Listing, data: ET.Element) -> None:
    """Read ``<Data name="opening_hours"><value>…`` where the name is one of our fields."""
    value = next((one.text or "" for one in data if one.tag.endswith("value")), "")
    name = data.get("name", "").strip().lower()
    if name in {"opening_hours", "horaires"}:
        found.hours(value)
    elif name in {"website", "site web", "url"}:
        found.website(value)
    elif name in {"phone", "telephone", "téléphone"}:
        found.text("phone", value)
    elif name in {"address", "adresse"}:
        found.text("address", value)
