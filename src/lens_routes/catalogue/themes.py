"""The themes of a catalogue: how many places bear each, and which one a word means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.catalogue.file.faults import quoted
from lens_routes.errors import ThemeNotFoundError
from lens_routes.text.language import LANGUAGES, joined, tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue, Theme


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How many places bear a theme, and how many of them a tour may stop at by itself."""

    theme: Theme
    places: int
    tourable: int


def themes(catalogue: Catalogue) -> list[ThemeCount]:
    """Return every theme of the catalogue with its counts, in the catalogue's order."""
    borne = Counter(theme for place in catalogue.places for theme in place.themes)
    tourable = Counter(
        theme for place in catalogue.places if place.tourable for theme in place.themes
    )
    return [ThemeCount(theme, borne[theme.id], tourable[theme.id]) for theme in catalogue.themes]


def require_group(catalogue: Catalogue, word: str) -> str:
    """Return the kind of place, or else the theme, that *word* names, in either language.

    Raises
    ------
    ThemeNotFoundError
        Neither is called so.
    """
    kinds = sorted({place.kind for place in catalogue.places})
    for kind in kinds:
        spoken = tr(kind.replace("_", " ").replace("-", " "))
        if fold(word) in {fold(kind), *(fold(spoken.in_language(one)) for one in LANGUAGES)}:
            return kind
    try:
        return require_theme(catalogue, word)
    except ThemeNotFoundError as error:
        listed = tr("The kinds are {kinds}.", kinds=", ".join(kinds))
        raise ThemeNotFoundError(error.message, joined(" ", (error.hint, listed))) from error


def require_theme(catalogue: Catalogue, word: str) -> str:
    """Return the id of the theme that *word* names: its id or its French or English label.

    Raises
    ------
    ThemeNotFoundError
        No theme is called so, or no place bears it; the hint offers the nearest and lists all.
    """
    borne = {count.theme.id for count in themes(catalogue) if count.places}
    names = {
        fold(name): theme.id
        for theme in catalogue.themes
        for name in (theme.en, theme.fr, theme.id)
        if theme.id in borne
    }
    folded = fold(word)
    if folded in names:
        return names[folded]
    listed = ", ".join(theme.id for theme in catalogue.themes if theme.id in borne)
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only when a theme was mistyped

    near = process.extractOne(folded, list(names), scorer=fuzz.ratio, score_cutoff=65)
    guess = tr("Did you mean {theme}?", theme=names[near[0]]) if near else ""
    raise ThemeNotFoundError(
        tr("No place bears the theme “{word}”.", word=quoted(word)),
        joined(" ", filter(None, [guess, tr("The themes are {themes}.", themes=listed)]))
        if listed
        else tr("The places of this catalogue bear none."),
    )
