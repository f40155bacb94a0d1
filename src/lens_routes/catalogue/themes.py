"""The themes of a catalogue: how many places bear each, and which one a word means."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.file.faults import quoted
from lens_routes.errors import ThemeNotFoundError
from lens_routes.text.language import joined, tr
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.catalogue import Catalogue, Term


class ThemeCount(NamedTuple):
    """How many places bear a theme, and how many of them a tour may stop at by itself."""

    theme: Term
    places: int
    tourable: int


def themes(catalogue: Catalogue) -> list[ThemeCount]:
    """Return every theme of the catalogue with its counts, in the catalogue's order."""
    borne = Counter(theme for place in catalogue.places for theme in place.themes)
    tourable = Counter(
        theme for place in catalogue.places if place.tourable for theme in place.themes
    )
    return [ThemeCount(theme, borne[theme.id], tourable[theme.id]) for theme in catalogue.themes]


def names_of(term: Term) -> tuple[str, ...]:
    """Return all that a theme or kind is called."""
    return term.en, term.fr, term.id


def term_called(terms: Sequence[Term], word: str) -> Term | None:
    """Return the theme or kind that *word* names, wholly or by a part that no other has.

    Accents, case and a plural do not matter; a part is the beginning of a word or more, three
    letters at least.
    """
    asked = _singular(word)
    if not asked:
        return None
    names = [(term, [_singular(name) for name in names_of(term)]) for term in terms]
    for term, own in names:
        if asked in own:
            return term
    parts = [term for term, own in names if any(_holds(name, asked) for name in own)]
    return parts[0] if len(parts) == 1 else None


def _singular(text: str) -> list[str]:
    return [
        word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in fold(text).split()
    ]


def _holds(name: list[str], asked: list[str]) -> bool:
    return all(len(part) >= 3 and any(word.startswith(part) for word in name) for part in asked)


def require_group(catalogue: Catalogue, word: str) -> str:
    """Return the kind of place, or else the theme, that *word* names, in either language.

    Raises
    ------
    ThemeNotFoundError
        Neither is called so.
    """
    borne = {place.kind for place in catalogue.places}
    kinds = [kind for kind in catalogue.kinds if kind.id in borne]
    if found := term_called([*kinds, *catalogue.themes], word):
        return found.id
    try:
        return require_theme(catalogue, word)
    except ThemeNotFoundError as error:
        words = joined(", ", [kind.said for kind in kinds])
        listed = tr("The kinds are {kinds}.", kinds=words)
        raise ThemeNotFoundError(error.message, joined(" ", (error.hint, listed))) from error


def require_theme(catalogue: Catalogue, word: str) -> str:
    """Return the id of the theme that *word* names: its id or label in either language.

    A part will do that no other theme has: ``famille`` is "En famille".

    Raises
    ------
    ThemeNotFoundError
        No theme is called so, or no place bears it; the hint offers the nearest and lists all.
    """
    borne = {count.theme.id for count in themes(catalogue) if count.places}
    known = [theme for theme in catalogue.themes if theme.id in borne]
    if found := term_called(known, word):
        return found.id
    names = {fold(name): theme.id for theme in known for name in names_of(theme)}
    folded = fold(word)
    listed = joined(", ", [theme.said for theme in known])
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only when a theme was mistyped

    near = process.extractOne(folded, list(names), scorer=fuzz.ratio, score_cutoff=65)
    guess = tr("Did you mean {theme}?", theme=names[near[0]]) if near else ""
    raise ThemeNotFoundError(
        tr("No place bears the theme “{word}”.", word=quoted(word)),
        joined(" ", filter(None, [guess, tr("The themes are {themes}.", themes=listed)]))
        if listed
        else tr("The places of this catalogue bear none."),
    )
