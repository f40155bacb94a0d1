"""Places that may be one place entered twice: names alike, positions near."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.geo import distance_m
from lens_routes.text.words import telling_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.geo import Point

#: How alike names have to be, of 100, to be taken for one up to a distance in metres.
_ALIKE = ((90.0, 1000.0), (75.0, 150.0))
#: No two places farther apart than this are compared.
_FARTHEST_M = 1000.0


class Named(NamedTuple):
    """A place as far as twins are concerned."""

    id: str
    names: tuple[str, ...]
    point: Point


class Twins(NamedTuple):
    """Two entries that look like one place, how far apart they are, and how alike their names."""

    first: Named
    second: Named
    distance_m: float
    likeness: float


def twins_of(one: Named, others: Sequence[Named]) -> list[Twins]:
    """Return the entries that may be the same place as *one*, the likest first."""
    found = []
    for other in others:
        if other.id == one.id or abs(other.point.lat - one.point.lat) > 0.01:
            continue
        away_m = distance_m(one.point, other.point)
        if away_m > _FARTHEST_M:
            continue
        alike = likeness(one, other)
        if any(alike >= least and away_m <= most_m for least, most_m in _ALIKE):
            found.append(Twins(one, other, away_m, alike))
    return sorted(found, key=lambda twins: (-twins.likeness, twins.distance_m))


def all_twins(places: Sequence[Named]) -> Iterator[Twins]:
    """Yield every pair of entries that may be one place."""
    for index, one in enumerate(places):
        yield from twins_of(one, places[index + 1 :])


def likeness(one: Named, other: Named) -> float:
    """Return how alike the names of two places are, of 100; 0 where their numbers differ.

    Pits, heaps and estates are told apart by nothing but a number.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  # 50 ms, for who enters or checks places

    best = 0.0
    for a in (telling_words(name) for name in one.names):
        for b in (telling_words(name) for name in other.names):
            if _numbers(a) == _numbers(b):
                best = max(best, fuzz.token_sort_ratio(" ".join(a), " ".join(b)))
    return best


def _numbers(words: Sequence[str]) -> set[str]:
    return {word for word in words if any(letter.isdigit() for letter in word)}
