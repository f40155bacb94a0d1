"""DATAtourisme: the objects of the JSON-LD flux, and the published table."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.sector.listing import Listing, by_language, first, inside, many, plain
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import csv
    from collections.abc import Iterable, Iterator, Mapping

#: Columns of the published table.
TABLE_HEAD = frozenset(("Nom_du_POI", "Latitude", "Longitude"))
_DAYS = {
    "monday": "Mo", "tuesday": "Tu", "wednesday": "We", "thursday": "Th", "friday": "Fr",
    "saturday": "Sa", "sunday": "Su",
}  # fmt: skip
_WHEELCHAIR = expression(r"fauteuil|wheelchair|mobilit[eé] r[eé]duite", re.IGNORECASE)


def is_object(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is a point of interest of the flux."""
    ours = "datatourisme.fr" in str(document.get("@id", ""))
    return "isLocatedAt" in document or (ours and "@type" in document)


def listings(objects: Iterable[Mapping[str, Any]], today: dt.date, country: str) -> list[Listing]:
    """Return the places of the flux's objects."""
    return [_listing(n, one, today, country) for n, one in enumerate(objects, 1)]


def _listing(line: int, document: Mapping[str, Any], today: dt.date, country: str) -> Listing:
    found = Listing(line, _source(str(document.get("@id", ""))), country)
    labels = document.get("rdfs:label")
    found.text(
        "name", by_language(labels, "fr"), by_language(labels, "en"), inside(labels, "@value")
    )
    found.text("name_en", by_language(labels, "en"))
    for language in ("fr", "en"):
        short = inside(document, "hasDescription", "shortDescription")
        whole = inside(document, "hasDescription", "dc:description")
        found.text(
            f"description_{language}",
            by_language(short, language),
            by_language(document.get("rdfs:comment"), language),
            by_language(whole, language),
        )
    where = first(document.get("isLocatedAt")) or {}
    geo = inside(where, "schema:geo") or {}
    found.place(inside(geo, "schema:longitude"), inside(geo, "schema:latitude"))
    _address(found, inside(where, "schema:address"))
    _contact(found, many(document.get("hasContact")) + many(document.get("hasBookingContact")))
    _hours(found, where, today)
    _prices(found, document)
    features = [
        one for group in many(document.get("hasFeature")) for one in many(inside(group, "features"))
    ]
    if any(_WHEELCHAIR.search(by_language(inside(one, "rdfs:label"), "fr")) for one in features):
        found.fields["wheelchair"] = "yes"
    if document.get("reducedMobilityAccess") is True:
        found.fields["wheelchair"] = "yes"
    found.sorts(many(document.get("@type")))
    if changed := str(document.get("lastUpdate") or document.get("lastUpdateDatatourisme") or ""):
        found.fields["source_date"] = changed[:10]
    return found


def _source(uri: str) -> str:
    return f"datatourisme:{uri.rpartition('/')[2]}" if uri else ""


def _address(found: Listing, address: Any) -> None:
    street = " ".join(map(str, many(inside(address, "schema:streetAddress"))))
    town = plain(first(inside(address, "schema:addressLocality"))) or by_language(
        inside(address, "hasAddressCity", "rdfs:label"), "fr"
    )
    code = str(first(inside(address, "schema:postalCode")) or "")
    found.text("commune", town)
    found.text("address", ", ".join(filter(None, [street, " ".join(filter(None, [code, town]))])))
    found.text("insee", inside(address, "hasAddressCity", "insee"))


def _contact(found: Listing, contacts: list[Any]) -> None:
    for contact in contacts:
        found.website(inside(contact, "foaf:homepage"))
        if phone := first(inside(contact, "schema:telephone")):
            found.fields.setdefault("phone", str(phone))


def _hours(found: Listing, where: Any, today: dt.date) -> None:
    """Take the structured hours, unless they have run out or their words say otherwise."""
    structured: list[str] = []
    words: list[str] = []
    over: list[str] = []
    for one in many(inside(where, "schema:openingHoursSpecification")):
        if not isinstance(one, dict):
            continue
        if said := by_language(one.get("additionalInformation"), "fr"):
            words.append(said)
        until = str(first(one.get("schema:validThrough")) or "")[:10]
        if until and until < today.isoformat():
            over.append(until)
        else:
            try:
                structured += filter(None, [_rule(one)])
            except ValueError as error:
                found.unread(str(error), until)
                return
    if structured and not words:
        found.hours("; ".join(dict.fromkeys(structured)))
        return
    if structured and words:
        found.doubts.append(
            tr("structured hours ({rules}) beside words ({words}): hours left unknown",
               rules="; ".join(structured), words=" / ".join(words))
        )  # fmt: skip
    elif over:
        found.ran_out(over)
    for said in words:
        found.note(said)


def _rule(one: Mapping[str, Any]) -> str:
    """Return OSM's spelling of structured hours; a ValueError says that a date is none."""
    opens, closes = (str(first(one.get(f"schema:{key}")) or "")[:5] for key in ("opens", "closes"))
    if not opens or not closes or opens == closes:
        return ""
    days = [
        _DAYS[name]
        for day in many(one.get("schema:dayOfWeek"))
        if (name := str(day.get("@id", "") if isinstance(day, dict) else day)
            .rpartition("/")[2].rpartition(":")[2].lower()) in _DAYS
    ]  # fmt: skip
    begin, end = (
        str(first(one.get(f"schema:{key}")) or "")[:10] for key in ("validFrom", "validThrough")
    )
    dates = ""
    if begin and end:
        first_day, last_day = dt.date.fromisoformat(begin), dt.date.fromisoformat(end)
        dates = f"{first_day:%Y %b %d}-{last_day:%Y %b %d} "
    return f"{dates}{','.join(days)} {opens}-{closes}".strip()


def _prices(found: Listing, document: Mapping[str, Any]) -> None:
    amounts = [
        float(amount)
        for offer in many(document.get("offers"))
        for price in many(inside(offer, "schema:priceSpecification"))
        for amount in many(price.get("schema:price") if isinstance(price, dict) else None)
        if re.fullmatch(r"\d+(?:\.\d+)?", str(amount))
    ]
    if not amounts:
        return
    if max(amounts) == 0:
        found.fields["fee"] = "free"
    else:
        found.fields |= {"fee": "paid", "price_eur": max(amounts)}


def table(reader: csv.DictReader[str], country: str) -> Iterator[Listing]:
    """Yield the places of the published table; a last row that breaks off is told."""
    for row in reader:
        found = Listing(reader.line_num, _source(row.get("URI_ID_du_POI") or ""), country)
        if None in row.values():
            found.reasons.append(tr("The row breaks off."))
        found.text("name", row.get("Nom_du_POI"))
        found.place(row.get("Longitude") or "", row.get("Latitude") or "")
        code, _, town = (row.get("Code_postal_et_commune") or "").partition("#")
        street = row.get("Adresse_postale") or ""
        found.text("commune", town)
        found.text("address", ", ".join(filter(None, [street, f"{code} {town}".strip()])))
        found.text("description_fr", row.get("Description"))
        found.website(*(row.get("Contacts_du_POI") or "").split("#"))
        found.sorts((row.get("Categories_de_POI") or "").split("|"))
        if changed := row.get("Date_de_mise_a_jour"):
            found.fields["source_date"] = changed[:10]
        yield found
