"""What a person writes about a place: words of a form, a table or a track, as JSON values."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file.fields import FIELDS, Sort
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lens_routes.catalogue.catalogue import Term
    from lens_routes.text.language import Said

_YES = frozenset({"true", "yes", "y", "oui", "o", "vrai", "1"})
_NO = frozenset({"false", "no", "n", "non", "faux", "0"})
#: What French sheets write in the fields of a closed vocabulary.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "fee": {"gratuit": "free", "payant": "paid", "inconnu": "unknown"},
    "wheelchair": {"oui": "yes", "non": "no", "limite": "limited", "partiel": "limited",
                   "inconnu": "unknown", "acces pmr": "yes", "pmr": "yes", "accessible": "yes",
                   "fauteuil roulant": "yes", "x": "yes", "non accessible": "no",
                   "partiellement accessible": "limited", "partiellement": "limited"},
    "status": {"ouvert": "open", "ferme": "closed", "prevu": "planned", "en projet": "planned"},
    "coord_confidence": {"haute": "high", "moyenne": "medium", "basse": "low", "faible": "low"},
}  # fmt: skip
_PRICES = frozenset(("price_eur", "price_reduced_eur"))
_MINUTES = frozenset(("visit_minutes", "visit_minutes_min"))
_AMOUNT = expression(
    r"(?:(\d+(?:[.,]\d{1,2})?)\s*(?:[€$£¥]|euros?|[A-Z]{3}|[kK]r)"
    r"|(?:[€$£¥]|[A-Z]{3})\s*(\d+(?:[.,]\d{1,2})?))",
    re.IGNORECASE,
)
_LENGTH = expression(
    r"(?:(\d{1,2})\s*h(?:eures?)?)?\s*(?:(\d{1,3})\s*(?:m|mn|min|minutes?)?)?", re.IGNORECASE
)
_FRENCH_DATE = expression(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class Unreadable(ValueError):  # noqa: N818  # a reason, not an error of the program
    """A text that is no value of its field; the arguments are the problem and its remedy."""


def value_of(field: str, text: str, themes: Sequence[Term] = ()) -> Any:
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
    sort = FIELDS[field].sort
    if sort is Sort.THEMES:
        return _themes(words, themes)
    if (said := _as_people_write(field, words)) is not None:
        return said
    if sort is Sort.WORD:
        return _WORDS.get(field, {}).get(fold(words), words)
    return _READERS[sort](words)


def _as_people_write(field: str, words: str) -> Any:
    """Return the value of a price, a length or an address with its unit or without its scheme."""
    if field == "website" and re.match(r"www\.\w", words):
        return f"https://{words}"
    if field == "fee" and (amount := amount_of(words)) is not None:
        return "paid" if amount else "free"
    if field in _PRICES:
        return amount_of(words)
    return _minutes(words) if field in _MINUTES else None


def amount_of(text: str) -> float | None:
    """Return a price as people write it, ``9,20 €`` or ``EUR 5``; None where it is none."""
    found = _AMOUNT.fullmatch(text.strip().replace("\u00a0", " ").replace("\u202f", " "))
    return float((found[1] or found[2]).replace(",", ".")) if found else None


def _minutes(text: str) -> int | None:
    """Return a length as people write it, ``60 min`` or ``1h30``, in minutes."""
    found = _LENGTH.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    return 60 * int(found[1] or 0) + int(found[2] or 0)


def number(text: str) -> float:
    """Return a number written with a decimal point or comma.

    Raises
    ------
    Unreadable
        The text is no number.
    """
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    if re.fullmatch(r"[+-]?\d{1,15}(?:[.,]\d{1,20})?(?:[eE][+-]?\d{1,3})?", plain):
        value = float(plain.replace(",", "."))
        if math.isfinite(value):
            return value
    raise Unreadable(tr("“{text}” is not a number.", text=text), tr("Write a number."))


def meaning(field: str) -> Said:
    """Return what a field is for and what may stand in it, for whoever fills it in."""
    return tr(FIELDS[field].meaning)


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


def _part_of_date(text: str) -> str:
    """Return a date, or the year or month that is known of it, as it is written in files."""
    if re.fullmatch(r"\d{4}(?:-\d{2})?", text):
        return text
    if month := re.fullmatch(r"(\d{1,2})[/.](\d{4})", text):
        return f"{month[2]}-{int(month[1]):02}"
    return _date(text)


def _names(text: str) -> list[str] | None:
    """Return names written as a list, or between commas."""
    parts: Any = re.split(r"[,;|]", text)
    if text.startswith("["):
        try:
            parts = json.loads(text)
        except (ValueError, RecursionError):
            parts = None
        if not isinstance(parts, list) or not all(isinstance(item, str) for item in parts):
            raise Unreadable(
                tr("“{text}” is not a list of names.", text=text),
                tr("Write names separated by commas."),
            )
    return list(dict.fromkeys(part.strip() for part in parts if part.strip())) or None


def _themes(text: str, themes: Sequence[Term]) -> list[str] | None:
    """Return the ids of themes written as a list, or as ids or names between commas."""
    by_name = {fold(name): theme.id for theme in themes for name in (theme.fr, theme.en, theme.id)}
    named = _names(text) or []
    return list(dict.fromkeys(by_name.get(fold(name), name) for name in named)) or None


def _texts(text: str) -> dict[str, str] | None:
    """Return texts by language, written as an object or as ``de=Dom | ja=浅草寺``."""
    parts: Any = dict(part.split("=", 1) for part in re.split(r"[;|]", text) if "=" in part)
    if text.startswith("{"):
        try:
            parts = json.loads(text)
        except (ValueError, RecursionError):
            parts = None
    if not isinstance(parts, dict) or not parts:
        raise Unreadable(
            tr("“{text}” is no text by language.", text=text), tr("Write de=Dom | ja=浅草寺.")
        )
    return {str(key).strip(): str(value).strip() for key, value in parts.items()}


_READERS: Mapping[Sort, Callable[[str], Any]] = {
    Sort.TEXT: str,
    Sort.FLAG: _flag,
    Sort.WHOLE: _whole,
    Sort.NUMBER: _plain,
    Sort.DATE: _date,
    Sort.PART_OF_DATE: _part_of_date,
    Sort.NAMES: _names,
    Sort.TEXTS: _texts,
}
