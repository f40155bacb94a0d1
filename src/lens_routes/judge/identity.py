"""Check that what a plan says of places, themes and dates is what the catalogue says of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.hours import holiday_name
from lens_routes.judge.shape import Fault
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, text_in, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place


def check_names(document: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Fault]:
    """Yield every name of a plan that is not the catalogue's, in any language.

    A field that a plan made earlier lacks is no fault.
    """
    for d, day in enumerate(document["days"]):
        date = dt.date.fromisoformat(day["date"])
        name = holiday_name(date, catalogue.country, catalogue.region) or ""
        yield from _check_said(day, "holiday", name, f"days[{d}]")
        for s, stop in enumerate(day["stops"]):
            if (place := catalogue.by_id.get(stop["place"])) is not None:
                yield from check_identity(stop, place, f"days[{d}].stops[{s}]")
    for field in ("left_out", "flagships"):
        for i, item in enumerate(document.get(field) or ()):
            if (place := catalogue.by_id.get(item["place"])) is not None:
                yield from _check_name(item, place, f"{field}[{i}]")
    yield from _check_themes(document, catalogue)


def check_identity(stop: Mapping[str, Any], place: Place, path: str) -> Iterator[Fault]:
    """Yield what a stop says of its place and the catalogue does not."""
    if abs(stop["lon"] - place.lon) > 1e-6 or abs(stop["lat"] - place.lat) > 1e-6:
        elsewhere = tr(
            "{place} lies elsewhere: {lon}, {lat}", place=place.id, lon=place.lon, lat=place.lat
        )
        yield Fault(f"{path}.lon", elsewhere)
    if stop.get("place_kind", place.kind) != place.kind:
        kind = tr("{place} is a {kind}", place=place.id, kind=place.kind)
        yield Fault(f"{path}.place_kind", kind)
    yield from _check_said(stop, "kind_name", place.kind_name, path)
    yield from _check_name(stop, place, path)
    due = _entry_eur(place)
    if stop.get("entry_eur", due) != due:
        yield _wrong(f"{path}.entry_eur", stop["entry_eur"], due)
    if stop.get("currency", "EUR") != place.currency and stop.get("entry_eur"):
        yield _wrong(f"{path}.currency", stop.get("currency", "EUR"), place.currency)


def _entry_eur(place: Place) -> float | None:
    if place.fee == "free":
        return 0.0
    return place.price_eur


def _check_name(item: Mapping[str, Any], place: Place, path: str) -> Iterator[Fault]:
    if item.get("name", place.name) != place.name:
        called = tr("{place} is called {name}", place=place.id, name=wording.quoted(place.name))
        yield Fault(f"{path}.name", called)


def _check_themes(document: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Fault]:
    themes = document["request"].get("themes") or ()
    told = document.get("theme_names")
    if told is None:
        return
    if len(told) != len(themes):
        yield _wrong("theme_names", len(told), len(themes))
        return
    for i, (name, theme) in enumerate(zip(told, themes, strict=True)):
        term = catalogue.theme_by_id.get(theme)
        if term is not None and not _is_said(name, term.said):
            yield _wrong(f"theme_names[{i}]", name, term.said)


def _check_said(item: Mapping[str, Any], field: str, due: str, path: str) -> Iterator[Fault]:
    told = item.get(field)
    if told is not None and not _is_said(told, due):
        yield _wrong(f"{path}.{field}", told, due)


def _is_said(told: str, due: str) -> bool:
    """Return whether a text is said as it is due, in whatever language."""
    return told in {text_in(due, language) for language in LANGUAGES}


def _wrong(where: str, found: object, due: object) -> Fault:
    return Fault(where, tr("{found} should be {due}", found=found, due=due))
