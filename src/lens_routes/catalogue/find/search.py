"""Look for places: by words, forgiving; by theme, kind, commune and distance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.file.faults import quoted
from lens_routes.catalogue.themes import names_of as names_of_term
from lens_routes.catalogue.themes import term_called
from lens_routes.errors import NotFoundError
from lens_routes.geo import distance_m
from lens_routes.text.language import in_use, text_in, tr
from lens_routes.text.words import fold, stands_for, telling_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point

#: What a word is worth that is found as the beginning of another, or with a slip in it.
_PREFIX, _SLIP = 0.8, 0.6


class Hit(NamedTuple):
    """A place found, and how well it answers to the words: comparable within one search only."""

    place: Place
    score: float


def names_of(place: Place) -> tuple[str, ...]:
    """Return what a place is called: its names and its id."""
    others = (text for _, text in place.names)
    return tuple(filter(None, (place.name, place.name_en, *others, place.id)))


def search(catalogue: Catalogue, words: str) -> list[Hit]:
    """Return the places that answer to *words*, the best first.

    Accents, case, punctuation and slips of the pen are forgiven; the names in both languages
    count most, then id, commune, kind and themes, then address and descriptions. Places that
    answer to every word come alone; only if there are none, those that answer to the most words.
    """
    return Index(catalogue).search(words)


class Index:
    """The words of a catalogue, read once for many searches."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._places = catalogue.places
        self._names = [[telling_words(name) for name in names_of(p)] for p in catalogue.places]
        self._themes, self._kinds = (
            {term.id: telling_words(" ".join(names_of_term(term))) for term in terms}
            for terms in (catalogue.themes, catalogue.kinds)
        )
        self._where: dict[str, list[tuple[int, float]]] = {}
        for number, place in enumerate(catalogue.places):
            for word, weight in self._fields(place, self._names[number]).items():
                self._where.setdefault(word, []).append((number, weight))

    def search(self, words: str, *, typing: bool = False) -> list[Hit]:
        """Return the places that answer to *words* as `search` does.

        Of words that somebody is still *typing*, the last may be the beginning of another.
        """
        asked = list(dict.fromkeys(telling_words(words)))
        if not asked:
            return []
        known = list(self._where)
        likeness = [_likeness(word, known) for word in asked]
        if typing and not words[-1:].isspace():
            likeness[-1] = {**_begun(asked[-1], known), **likeness[-1]}
        worth = [self._worth(like) for like in likeness]
        answered = Counter(number for found in worth for number in found)
        most = max(answered.values(), default=0)
        if 2 * most < len(asked):
            return []
        covered: Mapping[str, float] = {}
        for like in likeness:
            covered = {w: max(like.get(w, 0.0), covered.get(w, 0.0)) for w in {*like, *covered}}
        hits = [
            Hit(
                self._places[number],
                sum(found.get(number, 0.0) for found in worth)
                + _coverage(self._names[number], covered),
            )
            for number, count in answered.items()
            if count == most
        ]
        order = {place.id: number for number, place in enumerate(self._places)}
        return sorted(hits, key=lambda h: (-h.score, -h.place.interest, order[h.place.id]))

    def _fields(self, place: Place, names: Sequence[Sequence[str]]) -> Mapping[str, float]:
        """Return the words of a place with the weight of the best field each stands in."""
        first, *others, own = names
        told = f"{place.address} {place.description_fr} {place.description_en}"
        # The lightest first: what follows takes the place of what weighs less.
        weighted = (
            *((telling_words(text), 1.0) for _, text in place.descriptions),
            (() if told.isspace() else telling_words(told), 1.0),
            *((self._themes.get(theme, ()), 4.0) for theme in place.themes),
            (self._kinds.get(place.kind, ()), 4.0),
            (telling_words(place.kind), 4.0),
            (telling_words(place.commune) if place.commune else (), 5.0),
            (own, 8.0),
            *((words, 9.0) for words in others),
            (first, 10.0),
        )
        return {word: weight for words, weight in weighted for word in words}

    def _worth(self, like: Mapping[str, float]) -> dict[int, float]:
        """Return what the best word of each place is worth that answers to one asked for."""
        best: dict[int, float] = {}
        for word, likeness in like.items():
            for number, weight in self._where[word]:
                worth = likeness * weight
                if worth > best.get(number, 0.0):
                    best[number] = worth
        return best


def _begun(word: str, vocabulary: Iterable[str]) -> dict[str, float]:
    """Return the words that begin with one of however few letters."""
    return {other: _PREFIX for other in vocabulary if other.startswith(word)}


def filter_places(
    catalogue: Catalogue,
    *,
    themes: Iterable[str] = (),
    kind: str | None = None,
    commune: str | None = None,
    near: Point | None = None,
    within_m: float | None = None,
) -> list[Place]:
    """Return the places that bear one of the themes and are of the kind and commune given.

    Parameters
    ----------
    themes
        Theme ids, as `lens_routes.catalogue.themes.require_theme` returns them; none means all.
    kind, commune
        By their names, a kind in either language; compared without accents, case and punctuation.
    near
        Sorts the places by great-circle distance from there; otherwise the file's order stays.
    within_m
        Leaves out what is farther from *near*, metres.

    Raises
    ------
    NotFoundError
        The catalogue has no place at all of that kind, or in that commune; the hint says which
        there are.
    """
    places = list(catalogue.places)
    wanted = set(themes)
    if wanted:
        places = [place for place in places if wanted.intersection(place.themes)]
    if kind is not None:
        wanted_kind = _kind_called(catalogue, kind)
        places = [place for place in places if place.kind == wanted_kind]
    if commune is not None:
        is_there = _one_of(
            commune,
            {place.commune for place in catalogue.places},
            tr("No place of the catalogue has the commune “{word}”.", word=quoted(commune)),
        )
        places = [place for place in places if is_there(place.commune)]
    if near is not None:
        away_m = {place.id: distance_m(near, place.point) for place in places}
        places.sort(key=lambda place: away_m[place.id])
        if within_m is not None:
            places = [place for place in places if away_m[place.id] <= within_m]
    return places


def _kind_called(catalogue: Catalogue, word: str) -> str:
    borne = {place.kind for place in catalogue.places}
    known = [kind for kind in catalogue.kinds if kind.id in borne]
    if found := term_called(known, word):
        return found.id
    none = tr("No place of the catalogue has the kind “{word}”.", word=quoted(word))
    named = {text_in(kind.said, in_use()): kind.id for kind in known}
    is_kind = _one_of(word, named, none)
    return next(identity for name, identity in named.items() if is_kind(name))


def _one_of(word: str, values: Iterable[str], none: str) -> Callable[[str], bool]:
    """Return the test of equality with *word*; *none* says that it is none of *values*."""
    folded = fold(word)
    known = {fold(value): value for value in sorted(values) if value}
    if folded in known:
        return lambda value: fold(value) == folded
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only when a word was mistyped

    near = [
        found[0]
        for found in process.extract(folded, list(known), scorer=fuzz.WRatio, limit=3)
        if found[1] >= 70
    ]
    names = ", ".join(known[name] for name in near or known)
    raise NotFoundError(
        none,
        tr("Did you mean {names}?", names=names) if near else tr("There are {names}.", names=names),
    )


def _likeness(word: str, vocabulary: Sequence[str]) -> Mapping[str, float]:
    """Return the words of the vocabulary that *word* may mean, with how surely, up to 1."""
    from rapidfuzz import process  # noqa: PLC0415  # 50 ms, for those who search only
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    slips = 0 if len(word) < 4 or any(letter.isdigit() for letter in word) else 1 + len(word) // 6
    near = process.extract(
        word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None, processor=None
    )
    like = {found: 1.0 if distance == 0 else _SLIP / distance for found, distance, _ in near}
    for other in vocabulary:
        if other != word and stands_for(word, other):
            like[other] = max(_PREFIX, like.get(other, 0.0))
    return like


def _coverage(names: Sequence[Sequence[str]], like: Mapping[str, float]) -> float:
    """Return the share of the best covered name that was asked for: "Vimy" is nearer to "Vimy"."""
    return max(sum(like.get(word, 0.0) for word in name) / max(1, len(name)) for name in names)
