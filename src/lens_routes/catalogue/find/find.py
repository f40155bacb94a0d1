"""The one place that words name, or the reason why there is no saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.file.faults import quoted
from lens_routes.catalogue.find.search import names_of, search
from lens_routes.errors import AmbiguousPlaceError, PlaceNotFoundError
from lens_routes.text.language import joined, tr, trn
from lens_routes.text.words import fold, stands_for, telling_words

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
    found = candidates(catalogue, words)
    if len(found) > 1:
        # Who names a village and means a sight there means its greatest.
        found.sort(key=lambda place: -place.interest)
        raise ambiguous(words, [(place.name, place.id) for place in found])
    if found:
        return found[0]
    near = suggestions(catalogue, words)
    raise PlaceNotFoundError(
        tr("No place is called “{words}”.", words=quoted(words)),
        tr("Did you mean {places}?", places=listing([(place.name, place.id) for place in near]))
        if near
        else tr("“lens-routes places list” shows all places, “places search WORDS” looks further."),
        words,
    )


def candidates(catalogue: Catalogue, words: str) -> list[Place]:
    """Return the places that *words* may name, read as strictly as any place answers to them."""
    place = called(catalogue, words)
    readings = [[place]] if place else _ever_looser(catalogue, words)
    found = next(filter(None, readings), [])
    return sorted(found, key=lambda place: len(telling_words(place.name)))


def called(catalogue: Catalogue, words: str) -> Place | None:
    """Return the one place with this id, or with exactly this name, in either language."""
    if place := catalogue.by_id.get(words.strip()):
        return place
    folded = fold(words)
    named = [place for place in catalogue.places if folded in map(fold, names_of(place))]
    return named[0] if folded and len(named) == 1 else None


def ambiguous(words: str, choices: Sequence[tuple[str, str]]) -> AmbiguousPlaceError:
    """Return the refusal of *words* that several things answer to, given as name and id."""
    return AmbiguousPlaceError(
        tr("“{words}” may be {places}.", words=quoted(words), places=listing(choices)),
        tr("Give the id in brackets, for example {id}.", id=choices[0][1]),
        words,
        [{"name": name, "id": identity} for name, identity in choices],
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
    """Tell whether each word asked for is one of the name, or stands for one."""
    return all(word in name or any(stands_for(word, other) for other in name) for word in asked)


def listing(choices: Sequence[tuple[str, str]]) -> str:
    """Return the first things of a list, each by its name and, in brackets, its id."""
    # One more is sooner named than counted.
    most = _LISTED if len(choices) > _LISTED + 1 else len(choices)
    listed: list[str] = [f"{name} ({identity})" for name, identity in choices[:most]]
    if most < len(choices):
        more = len(choices) - most
        listed.append(trn("{n} more", "{n} more", more))
    if len(listed) == 1:
        return listed[0]
    return tr("{first} or {last}", first=joined(", ", listed[:-1]), last=listed[-1])
