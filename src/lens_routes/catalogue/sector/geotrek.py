"""Geotrek: the pages of its API's second version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.sector.listing import Listing, by_language, inside, many

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_page(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is a page of places."""
    return any(
        isinstance(one, dict) and ("geometry" in one or "description_teaser" in one)
        for one in many(document.get("results"))
    )


def listings(document: Mapping[str, Any], country: str) -> list[Listing]:
    """Return the places of a page."""
    return [
        _listing(n, one, country)
        for n, one in enumerate(many(document["results"]), 1)
        if isinstance(one, dict)
    ]


def _listing(line: int, one: Mapping[str, Any], country: str) -> Listing:
    address = str(one.get("url") or "")
    found = Listing(line, f"geotrek:{one.get('uuid') or address or one.get('id', '')}", country)
    found.text("name", by_language(one.get("name"), "fr"), by_language(one.get("name"), "en"))
    found.text("name_en", by_language(one.get("name"), "en"))
    for language in ("fr", "en"):
        found.text(
            f"description_{language}",
            by_language(one.get("description_teaser"), language),
            by_language(one.get("description"), language),
        )
    place = _position(one.get("geometry"))
    if place:
        found.place(place[0], place[1])
        if len(place) > 2 and isinstance(place[2], int | float):
            found.fields["elevation_m"] = round(place[2])
    found.website(one.get("website"))
    found.text("phone", one.get("phone"))
    found.note(by_language(one.get("practical_info"), "fr"))
    found.sorts([by_language(one.get("type_label"), "fr"), by_language(one.get("type_label"), "en"),
                 found.fields.get("name", "")])  # fmt: skip
    if changed := one.get("update_datetime"):
        found.fields["source_date"] = str(changed)[:10]
    return found


def _position(geometry: object) -> list[Any]:
    """Return a point of a geometry: itself, or the first of a line or polygon."""
    place = inside(geometry, "coordinates")
    while isinstance(place, list) and place and isinstance(place[0], list):
        place = place[0]
    if isinstance(place, list) and len(place) >= 2:
        return place
    return []
