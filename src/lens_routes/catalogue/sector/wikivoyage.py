"""Wikivoyage: the table of listings, made for travellers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.sector.listing import Listing
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    import csv
    from collections.abc import Iterator

#: Columns of the table.
TABLE_HEAD = frozenset(("article", "type", "title"))
#: How its style writes days.
_DAYS = {"M": "Mo", "W": "We", "F": "Fr"}
_DAY = expression(r"(?<!\w)[MWF](?!\w)")
#: What is no sight: where one eats, sleeps, shops and arrives.
_OTHER = frozenset(("eat", "drink", "sleep", "buy", "go", "listing"))


def table(reader: csv.DictReader[str], country: str) -> Iterator[Listing]:
    """Yield the sights and activities of the table."""
    for row in reader:
        if row.get("type") in _OTHER:
            continue
        place = row.get("article", "").replace(" ", "_")
        found = Listing(reader.line_num, f"wikivoyage:{place}#{row.get('title', '')}", country)
        found.text("name", row.get("title"))
        found.text("name_en", row.get("title"))
        found.text("description_en", row.get("description"))
        found.text("address", row.get("address"))
        found.text("phone", (row.get("phone") or "").split(",")[0])
        found.website(row.get("url"))
        found.hours(_DAY.sub(lambda day: _DAYS[day[0]], row.get("hours") or ""))
        found.note(row.get("price") or "")
        if row.get("latitude") and row.get("longitude"):
            found.place(row["longitude"], row["latitude"])
        found.sorts([row.get("title", ""), "attraction" if row.get("type") == "see" else ""])
        yield found
