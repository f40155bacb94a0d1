"""One place of somebody else's file, gathered field by field into a row of ours."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.exchange.changes import Row
from lens_routes.catalogue.exchange.draft import Unreadable, number
from lens_routes.catalogue.hours.model import Opening
from lens_routes.catalogue.hours.read.grammar import read as read_hours
from lens_routes.catalogue.sector.kinds import sort_of
from lens_routes.errors import BadInputError
from lens_routes.geo import Point
from lens_routes.text.expressions import expression
from lens_routes.text.language import LANGUAGES, joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lens_routes.catalogue.catalogue import Term

_TAG = expression(r"<[^>]*>")
_MOST_CHARACTERS = 1000
_SENTENCE = expression(r"(?<=[.!?…])\s")


def plain(value: object) -> str:
    """Return a text without markup, entities, line breaks and doubled spaces."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(_TAG.sub(" ", value)).replace("'''", "").replace("''", "")
    return " ".join(text.split())


def first(*values: object) -> Any:
    """Return the first value that says something; of a list its first item."""
    for value in values:
        one = value[0] if isinstance(value, list) and value else value
        if one not in (None, "", [], {}):
            return one
    return None


def many(value: object) -> list[Any]:
    """Return a value as a list: JSON-LD has one thing or several in the same place."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def unwrapped(value: Any) -> Any:
    """Return JSON whose lists of one text or number are that text or number, at any depth."""
    if isinstance(value, dict):
        return {key: unwrapped(one) for key, one in value.items()}
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], str | int | float):
            return value[0]
        return [unwrapped(one) for one in value]
    return value


def inside(value: object, *path: str) -> Any:
    """Return what stands at a path of keys, through lists with one item; None if nothing does."""
    for key in path:
        value = first(value)
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


class Listing:
    """Gathers what a file says of one place.

    Parameters
    ----------
    line
        Which entry of the file it is, from 1.
    source
        Who keeps it, and by what id: ``datatourisme:0075b425``.
    country
        ISO 3166-1 code, for reading hours.
    """

    def __init__(self, line: int, source: str, country: str) -> None:
        self.line = line
        self.fields: dict[str, Any] = {"source_id": source} if source else {}
        self.words: list[str] = []
        self.reasons: list[str] = []
        self.doubts: list[str] = []
        self.point: Point | None = None
        self.country = country

    def text(self, field: str, *values: object, most: int = _MOST_CHARACTERS) -> None:
        """Give a field the first of some texts that is not empty, cut at the end of a sentence."""
        for value in values:
            if words := plain(first(value)):
                self.fields.setdefault(field, _shortened(words, most))
                return

    def names(self, texts: Mapping[str, str]) -> None:
        """Give the names of other languages: those spoken there, and those of the program."""
        from babel.languages import get_official_languages  # noqa: PLC0415  # only for imports

        spoken = get_official_languages(self.country, de_facto=True) if self.country else ()
        own = plain(self.fields.get("name"))
        kept = {
            code: words
            for code in dict.fromkeys((*LANGUAGES, *spoken))
            if (words := plain(texts.get(code))) and words != own
        }
        if kept and kept != {"en": self.fields.get("name_en")}:
            self.fields["names"] = kept

    def place(self, lon: object, lat: object) -> None:
        """Give the position, numbers or texts of numbers in degrees."""
        try:
            x, y = (
                float(value) if isinstance(value, int | float) else number(str(value))
                for value in (lon, lat)
            )
        except Unreadable as error:
            self.reasons.append(joined(" ", [tr("{field}:", field="position"), *error.args]))
            return
        if abs(y) > 90 >= abs(x):
            self.doubts.append(tr("its longitude and latitude were swapped: put right"))
            x, y = y, x
        self.point = Point(x, y)

    def hours(self, *values: object) -> None:
        """Take over opening hours that can be read; what cannot is kept as a note."""
        for value in values:
            words = plain(first(value))
            if not words:
                continue
            try:
                rules = read_hours(words, self.country)
            except BadInputError as error:
                self.unread(error.message, words)
                return
            if any(rule.dates and not rule.times and rule.state is Opening.OPEN for rule in rules):
                said = tr("“{words}” names days and no times: hours left unknown", words=words)
                self.doubts.append(said)
                self.note(words)
                return
            self.fields["opening_hours"] = words
            return

    def unread(self, reason: str, words: str) -> None:
        """Leave the hours unknown that nobody could read, and keep their words."""
        self.doubts.append(tr("hours not read: {reason}", reason=reason))
        self.note(words)

    def ran_out(self, dates: Sequence[str]) -> None:
        """Leave the hours unknown that held until some dates, which are past."""
        said = tr("its hours ran out on {date}: hours left unknown", date=max(dates))
        self.doubts.append(said)

    def note(self, words: str) -> None:
        """Keep words for whoever looks after the catalogue."""
        if words:
            self.fields["notes"] = "; ".join(
                dict.fromkeys([*filter(None, [self.fields.get("notes", "")]), words])
            )[:_MOST_CHARACTERS]

    def website(self, *values: object) -> None:
        """Give the website, with its scheme."""
        for value in values:
            address = str(first(value) or "").strip()
            if address.startswith(("http://", "https://")):
                self.fields["website"] = address
                return
            if "." in address and " " not in address and "@" not in address:
                self.fields["website"] = f"https://{address}"
                return

    def sorts(self, words: Iterable[object]) -> None:
        """Add words or tags that say what kind of place it is."""
        self.words += [str(word) for word in words if word]

    def row(self, themes: Sequence[Term]) -> Row:
        """Return the row; one without a name or position is refused by `apply_rows`."""
        if sort := sort_of(self.words):
            known = {theme.id for theme in themes}
            self.fields.setdefault("kind", sort.kind)
            if wanted := [theme for theme in sort.themes if theme in known]:
                self.fields.setdefault("themes", wanted)
            self.fields.setdefault("outdoor", sort.outdoor)
            self.fields.setdefault("visit_minutes", sort.minutes)
        reason = joined(" ", self.reasons) if self.reasons else ""
        return Row(self.line, "", self.point, self.fields, reason, tuple(self.doubts))


def _shortened(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    kept = ""
    for sentence in _SENTENCE.split(words):
        if len(kept) + len(sentence) + 1 > most:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or f"{words[: most - 1]}…"


def by_language(texts: object, language: str) -> str:
    """Return a text of ``{"fr": ["…"]}``, ``{"fr": "…"}`` or ``{"libelleFr": "…"}``."""
    if isinstance(texts, list):
        texts = texts[0] if texts else None
    if isinstance(texts, str):
        return plain(texts) if language == "fr" else ""
    if not isinstance(texts, dict):
        return ""
    found: Mapping[str, Any] = texts
    return plain(first(found.get(language), found.get(f"libelle{language.title()}")))
