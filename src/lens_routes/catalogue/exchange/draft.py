"""What a person writes about a place: words of a form, a table or a track, as JSON values."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file.fields import RULES
from lens_routes.text.language import tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.catalogue import Theme
    from lens_routes.text.language import Said

FLAGS = ("outdoor", "unesco", "tourable")
WHOLE = ("visit_minutes", "visit_minutes_min", "interest")
NUMBERS = ("price_eur", "elevation_m")
DATES = ("checked",)
THEMES = "themes"
#: Every field of a place but its id and position.
FIELDS = ("name", "name_en", "kind", THEMES, *(n for n in RULES if n not in
          ("name", "name_en", "kind")))  # fmt: skip
_YES = frozenset({"true", "yes", "y", "oui", "o", "vrai", "1"})
_NO = frozenset({"false", "no", "n", "non", "faux", "0"})
#: What French sheets write in the fields of a closed vocabulary.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "fee": {"gratuit": "free", "payant": "paid", "inconnu": "unknown"},
    "wheelchair": {"oui": "yes", "non": "no", "limite": "limited", "partiel": "limited",
                   "inconnu": "unknown"},
    "status": {"ouvert": "open", "ferme": "closed", "prevu": "planned", "en projet": "planned"},
    "coord_confidence": {"haute": "high", "moyenne": "medium", "basse": "low", "faible": "low"},
}  # fmt: skip
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class Unreadable(ValueError):  # noqa: N818  # a reason, not an error of the program
    """A text that is no value of its field; the arguments are the problem and its remedy."""


def value_of(field: str, text: str, themes: Sequence[Theme] = ()) -> Any:
    """Return the JSON value that a text gives a field; None for an empty text.

    Decimal commas, French dates and yes-and-no words are read; whether the value is a sound one is
    for `lens_routes.catalogue.file.fields` to say.

    Parameters
    ----------
    field
        One of `FIELDS`.
    text
        As it was typed, or stands in a cell.
    themes
        Those of the catalogue, so that their names will do.

    Raises
    ------
    Unreadable
        The text is no such value.
    """
    words = text.strip()
    if not words:
        return None
    if field == THEMES:
        return _themes(words, themes)
    for fields, read in ((FLAGS, _flag), (WHOLE, _whole), (NUMBERS, _plain), (DATES, _date)):
        if field in fields:
            return read(words)
    return _WORDS.get(field, {}).get(fold(words), words)


def number(text: str) -> float:
    """Return a number written with a decimal point or comma.

    Raises
    ------
    Unreadable
        The text is no number.
    """
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    if re.fullmatch(r"[+-]?\d{1,15}(?:[.,]\d{1,20})?(?:[eE][+-]?\d{1,3})?", plain):
        return float(plain.replace(",", "."))
    raise Unreadable(tr("“{text}” is not a number.", text=text), tr("Write a number."))


def meaning(field: str) -> Said:
    """Return what a field is for and what may stand in it, for whoever fills it in."""
    return {
        "name": lambda: tr("The name people know it by, in French."),
        "name_en": lambda: tr("The name in English; empty: the same."),
        "kind": lambda: tr("What it is, in a word: museum, park, church, memorial…"),
        THEMES: lambda: tr("What it is visited for: themes, separated by commas."),
        "commune": lambda: tr("The commune it is in."),
        "insee": lambda: tr("The INSEE code of the commune, such as 62498."),
        "address": lambda: tr("Street, number, postcode and town."),
        "description_fr": lambda: tr("One or two sentences in French for visitors."),
        "description_en": lambda: tr("The same in English."),
        "opening_hours": lambda: tr(
            "Opening hours in OSM syntax, such as We-Mo 10:00-18:00; May 01 off. Empty: unknown."
        ),
        "outdoor": lambda: tr("Whether the sight is in the open: yes or no."),
        "visit_minutes": lambda: tr("How long a visit takes, in minutes: 1 to 720."),
        "visit_minutes_min": lambda: tr("The shortest visit worth the way, in minutes."),
        "interest": lambda: tr("From 1, in passing, to 5, worth the journey."),
        "fee": lambda: tr("What entry costs: free, paid or unknown."),
        "price_eur": lambda: tr("What one adult pays, in euros."),
        "wheelchair": lambda: tr("Access by wheelchair: yes, limited, no or unknown."),
        "website": lambda: tr("Its web address, beginning with https://."),
        "phone": lambda: tr("Its telephone number."),
        "unesco": lambda: tr("Whether it is part of the UNESCO mining heritage: yes or no."),
        "elevation_m": lambda: tr("Its height above the sea, in metres."),
        "status": lambda: tr("Whether it exists: open, planned or closed."),
        "tourable": lambda: tr("Whether a tour may stop there by itself: yes or no."),
        "coord_source": lambda: tr("Where the position comes from."),
        "coord_confidence": lambda: tr("How sure the position is: high, medium or low."),
        "source": lambda: tr("Where the facts come from: web addresses, documents."),
        "checked": lambda: tr("The day the facts were checked, such as 2026-11-22."),
        "notes": lambda: tr("What colleagues should know."),
    }[field]()


def _plain(text: str) -> float:
    value = number(text)
    return int(value) if value.is_integer() else value


def _flag(text: str) -> bool:
    folded = fold(text)
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise Unreadable(tr("“{text}” is neither yes nor no.", text=text), tr("Write yes or no."))


def _whole(text: str) -> int:
    value = number(text)
    if value != int(value):
        raise Unreadable(
            tr("“{text}” is not a whole number.", text=text), tr("Write a whole number.")
        )
    return int(value)


def _date(text: str) -> str:
    french = _FRENCH_DATE.fullmatch(text)
    iso = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}" if french else text
    try:
        return dt.date.fromisoformat(iso).isoformat()
    except ValueError:
        raise Unreadable(
            tr("“{text}” is not a date.", text=text),
            tr("Write a date as 2025-11-01 (year-month-day)."),
        ) from None


def _themes(text: str, themes: Sequence[Theme]) -> list[str] | None:
    """Return the ids of themes written as a list, or as ids or names between commas."""
    if text.startswith("["):
        try:
            listed = json.loads(text)
        except ValueError:
            listed = None
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise Unreadable(
                tr("“{text}” is not a list of themes.", text=text),
                tr("Write themes separated by commas."),
            )
        parts = listed
    else:
        parts = re.split(r"[,;|]", text)
    by_name = {fold(name): theme.id for theme in themes for name in (theme.fr, theme.en, theme.id)}
    found = [by_name.get(fold(part), part.strip()) for part in parts if part.strip()]
    return list(dict.fromkeys(found)) or None
