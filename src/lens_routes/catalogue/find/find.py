"""The one place that words name, or the reason why there is no saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.file.faults import quoted
from lens_routes.catalogue.find.search import names_of, search
from lens_routes.errors import AmbiguousPlaceError, PlaceNotFoundError
from lens_routes.text.language import joined, tr
from lens_routes.text.words import fold, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place

#: How many candidates a message lists.
_LISTED = 6
#: Names this alike, of 100, are worth a question.
_ALIKE = 70.0


def find(catalogue: Catalogue, words: str) -> Place:
    """Return the one place *words* name: an id, a name, or words of a name no other place has.

    Accents, case and punctuation do not matter; a slip of the pen is never guessed away, because
    a tour from the wrong station is worse than a question.

    Raises
    ------
    AmbiguousPlaceError
        Several places answer equally well; the message lists them.
    PlaceNotFoundError
        No place does; the hint offers the nearest names.
    """
    if place := catalogue.by_id.get(words.strip()):
        return place
    for candidates in _ever_looser(catalogue, words):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            candidates.sort(key=lambda place: len(telling_words(place.name)))
            raise AmbiguousPlaceError(
                tr(
                    "“{words}” may be {places}.",
                    words=quoted(words),
                    places=_listing(candidates),
                ),
                tr("Give the id in brackets, for example {id}.", id=candidates[0].id),
            )
    near = suggestions(catalogue, words)
    raise PlaceNotFoundError(
        tr("No place is called “{words}”.", words=quoted(words)),
        tr("Did you mean {places}?", places=_listing(near))
        if near
        else tr("“lens-routes places list” shows all places, “places search WORDS” looks further."),
    )


def suggestions(catalogue: Catalogue, words: str, limit: int = 3) -> list[Place]:
    """Return the places whose names come nearest to *words*, the best first; perhaps none."""
    from rapidfuzz import fuzz  # noqa: PLC0415  # only when a name was mistyped

    asked = " ".join(telling_words(words))

    def likeness(place: Place) -> float:
        names = [" ".join(telling_words(name)) for name in names_of(place)]
        scorers = (fuzz.ratio, fuzz.token_sort_ratio)
        return max(scorer(asked, name) for name in names for scorer in scorers)

    scored = [(likeness(place), place) for place in catalogue.places]
    ranked = sorted(scored, key=lambda pair: -pair[0])
    nearest = [place for score, place in ranked if score >= _ALIKE]
    nearest += [hit.place for hit in search(catalogue, words)] if len(nearest) < limit else []
    return list(dict.fromkeys(nearest))[:limit]


def _ever_looser(catalogue: Catalogue, words: str) -> Iterable[list[Place]]:
    """Yield the places *words* may name, from the strictest reading to the loosest."""
    folded, asked = fold(words), set(telling_words(words))
    if not asked:
        return
    yield [place for place in catalogue.places if folded in map(fold, names_of(place))]
    named = [
        (place, [set(telling_words(n)) for n in names_of(place)]) for place in catalogue.places
    ]
    yield [place for place, names in named if any(asked == name for name in names)]
    yield [place for place, names in named if any(asked <= name for name in names)]
    yield [place for place, names in named if any(_begin(asked, name) for name in names)]


def _begin(asked: set[str], name: set[str]) -> bool:
    """Tell whether each word asked for begins a word of the name, with three letters or more."""
    return all(
        word in name or (len(word) >= 3 and any(other.startswith(word) for other in name))
        for word in asked
    )


def _listing(places: Sequence[Place]) -> str:
    listed = [f"{place.name} ({place.id})" for place in places[:_LISTED]]
    if len(places) > _LISTED:
        listed.append(tr("{n} more", n=len(places) - _LISTED))
    if len(listed) == 1:
        return listed[0]
    return tr("{first} or {last}", first=joined(", ", listed[:-1]), last=listed[-1])
