"""Apidae: the objects of its API's answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.sector.listing import Listing, by_language, first, inside, many
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Mapping

_PHONE, _WEBSITE = 201, 205
_FREE = expression(r"gratuit|acc[eè]s libre|free", re.IGNORECASE)
_PRICE = expression(r"(\d+(?:[.,]\d{1,2})?)\s*(?:€|euros?)", re.IGNORECASE)


def is_answer(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is an answer of the API."""
    return "objetsTouristiques" in document


def listings(document: Mapping[str, Any], country: str) -> list[Listing]:
    """Return the places of an answer."""
    objects = many(document.get("objetsTouristiques"))
    return [_listing(n, one, country) for n, one in enumerate(objects, 1) if isinstance(one, dict)]


def _listing(line: int, one: Mapping[str, Any], country: str) -> Listing:
    found = Listing(line, f"apidae:{one['id']}" if "id" in one else "", country)
    for language, name in (("fr", "name"), ("en", "name_en")):
        found.text(name, by_language(one.get("nom"), language))
        short = inside(one, "presentation", "descriptifCourt")
        whole = inside(one, "presentation", "descriptifDetaille")
        found.text(
            f"description_{language}", by_language(short, language), by_language(whole, language)
        )
    found.text("name", by_language(one.get("nom"), "en"))
    place = inside(one, "localisation", "geolocalisation", "geoJson", "coordinates")
    if isinstance(place, list) and len(place) >= 2:
        found.place(place[0], place[1])
    address = inside(one, "localisation", "adresse")
    lines = [str(inside(address, f"adresse{n}") or "") for n in (1, 2, 3)]
    town = inside(address, "commune", "nom")
    code = first(inside(address, "codePostal"), inside(address, "commune", "codePostal"))
    found.text("commune", town)
    found.text("insee", inside(address, "commune", "code"))
    found.text("address", ", ".join(filter(None, [*lines, f"{code or ''} {town or ''}".strip()])))
    for mean in many(inside(one, "informations", "moyensCommunication")):
        value = inside(mean, "coordonnees", "fr")
        if inside(mean, "type", "id") == _PHONE:
            found.fields.setdefault("phone", str(value))
        elif inside(mean, "type", "id") == _WEBSITE:
            found.website(value)
    found.hours(by_language(inside(one, "ouverture", "periodeEnClair"), "fr"))
    _prices(found, by_language(inside(one, "descriptionTarif", "tarifsEnClair"), "fr"))
    services = many(inside(one, "prestations", "tourismesAdaptes"))
    if any("fauteuil" in by_language(service, "fr").lower() for service in services):
        found.fields["wheelchair"] = "yes"
    found.sorts([*_types(one), str(one.get("type") or ""), found.fields.get("name", "")])
    if changed := inside(one, "gestion", "dateModification"):
        found.fields["source_date"] = str(changed)[:10]
    return found


def _types(one: Mapping[str, Any]) -> list[str]:
    """Return the words of the block that depends on the type: ``informationsActivite``."""
    words: list[str] = []
    for key, block in one.items():
        if key.startswith("informations") and isinstance(block, dict):
            for name, value in block.items():
                if name.lower().endswith(("type", "types", "categories", "themes")):
                    words += [by_language(item, "fr") for item in many(value)]
    return words


def _prices(found: Listing, words: str) -> None:
    amounts = [float(amount.replace(",", ".")) for amount in _PRICE.findall(words)]
    if amounts:
        found.fields |= {"fee": "paid", "price_eur": max(amounts)}
    elif _FREE.search(words):
        found.fields["fee"] = "free"
