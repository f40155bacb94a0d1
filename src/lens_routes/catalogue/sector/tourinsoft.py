"""Tourinsoft: the objects of a syndication, whose fields hold lists between # and |."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.hours.read.lexicon import MONTHS
from lens_routes.catalogue.sector.listing import Listing, first, many
from lens_routes.text.expressions import expression

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

_DATE = expression(r"(\d\d)/(\d\d)/(\d{4})")
#: Words that a town's name writes small.
_SMALL = expression(r"(?<=-)(?:Le|La|Les|De|Du|Des|Sur|Sous|En|Et|Lès|Lez)(?=-)")
_DAYS = {
    "lundi": "Mo", "mardi": "Tu", "mercredi": "We", "jeudi": "Th", "vendredi": "Fr",
    "samedi": "Sa", "dimanche": "Su", "jours fériés": "PH",
}  # fmt: skip


def is_syndication(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is a syndication's answer."""
    return any(isinstance(one, dict) and "SyndicObjectID" in one for one in _objects(document))


def _objects(document: Mapping[str, Any]) -> list[Any]:
    """Return the objects of ``{"d": {"results": […]}}``, ``{"d": […]}`` or ``{"value": […]}``."""
    within = document.get("d")
    results = within.get("results") if isinstance(within, dict) else within
    return many(results) or many(document.get("value"))


def listings(document: Mapping[str, Any], today: dt.date, country: str) -> list[Listing]:
    """Return the places of a syndication."""
    return [
        _listing(n, one, today, country)
        for n, one in enumerate(_objects(document), 1)
        if isinstance(one, dict)
    ]


def _listing(line: int, one: Mapping[str, Any], today: dt.date, country: str) -> Listing:
    found = Listing(line, f"tourinsoft:{one.get('SyndicObjectID', '')}", country)
    found.text("name", one.get("SyndicObjectName"), one.get("title"))
    found.text("description_fr", one.get("DescriptionCommerciale"), one.get("Descriptif"))
    lat = first(one.get("GmapLatitude"), one.get("GooglemapLatitude"))
    lon = first(one.get("GmapLongitude"), one.get("GooglemapLongitude"))
    found.place(lon or "", lat or "")
    if str(one.get("AdresseComplete") or "").count("|") == 5:
        street, _, _, code, town, insee = str(one["AdresseComplete"]).split("|")
        town = _SMALL.sub(lambda word: word[0].lower(), town.title())
        found.text("commune", town)
        found.text("insee", insee)
        found.text("address", ", ".join(filter(None, [street, f"{code} {town}".strip()])))
    for mean in str(one.get("MoyenDeCom") or "").split("#"):
        label, _, value = mean.partition("|")
        if label.startswith("Téléphone"):
            found.fields.setdefault("phone", value)
        elif label.startswith("Site web"):
            found.website(value)
    _hours(found, str(one.get("PeriodeOuverture") or ""), today)
    if "fauteuil" in str(one.get("Handicap") or "").lower():
        found.fields["wheelchair"] = "yes"
    found.sorts([str(one.get("Classification") or ""), str(one.get("ObjectTypeName") or "")])
    return found


def _hours(found: Listing, periods: str, today: dt.date) -> None:
    """Read ``from|to|opens|closes|opens|closes|days|days closed`` between # signs."""
    rules: list[str] = []
    over: list[str] = []
    strange: list[str] = []
    for period in filter(None, periods.split("#")):
        cells = period.split("|")
        begin, end = (_DATE.fullmatch(cell.strip()) for cell in [*cells, "", ""][:2])
        if not begin or not end:
            strange.append(period)
            continue
        until = f"{end[3]}-{end[2]}-{end[1]}"
        if until < today.isoformat():
            over.append(until)
            continue
        names = [name.strip() for name in (cells[6] if len(cells) > 6 else "").split("$") if name]
        days = [_DAYS[name.lower()] for name in names if name.lower() in _DAYS]
        if len(days) < len(names):
            strange.append(period)
            continue
        times = [
            f"{opens}-{closes}"
            for opens, closes in zip(cells[2:6:2], cells[3:6:2], strict=False)
            if opens and closes
        ]
        dates = "-".join(f"{d[3]} {MONTHS[int(d[2]) - 1]} {d[1]}" for d in (begin, end))
        rules.append(" ".join(filter(None, [dates, ",".join(days), ",".join(times)])))
    if strange:
        found.unread(" # ".join(strange), periods)
    elif rules:
        found.hours("; ".join(rules))
    elif over:
        found.ran_out(over)
