"""Places that may be one place entered twice: names alike, positions near."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lens_routes.geo import distance_m
from lens_routes.text.words import telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens_routes.geo import Point

#: How alike names have to be, of 100, to be taken for one up to a distance in metres.
_ALIKE = ((90.0, 1000.0), (75.0, 150.0))
_LEAST_ALIKE = min(least for least, _ in _ALIKE)
#: No two places farther apart than this are compared.
_FARTHEST_M = 1000.0
#: Rows of cells are so high, degrees, and columns no narrower: a bit more than that distance.
_CELL_DEG = 0.01
#: Row and column.
_Cell: TypeAlias = tuple[int, int]


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
        if other.id == one.id or abs(other.point.lat - one.point.lat) > _CELL_DEG:
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
    alike = Alike(places)
    for index, one in enumerate(places):
        yield from twins_of(one, [places[n] for n in alike.numbers(one) if n > index])


class Alike:
    """Places, found again by names that are alike and not far."""

    def __init__(self, places: Iterable[Named] = ()) -> None:
        self._count = 0
        #: By cell and the numbers of a name: the words of names, by place and which name it is.
        self._cells: dict[tuple[_Cell, frozenset[str]], dict[tuple[int, int], str]] = {}
        for place in places:
            self.add(place)

    def add(self, place: Named) -> None:
        """Take one place more; they are numbered from 0."""
        here, *_ = _cells(place.point)
        for which, (text, numbers) in enumerate(map(_spelt, place.names)):
            self._cells.setdefault((here, numbers), {})[self._count, which] = text
        self._count += 1

    def numbers(self, one: Named) -> list[int]:
        """Return the numbers of places that may be twins of one, ascending."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # as in `likeness`

        found: set[int] = set()
        for cell, (text, numbers) in product(_cells(one.point), map(_spelt, one.names)):
            if others := self._cells.get((cell, numbers)):
                alike = process.extract(
                    text, others, scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE, limit=None
                )
                found.update(number for _, _, (number, _) in alike)
        return sorted(found)


def _cells(point: Point) -> list[_Cell]:
    """Return the cell of a point, then those around it: what is near is in one of them."""
    row, cells = math.floor(point.lat / _CELL_DEG), []
    for y in (row, row - 1, row + 1):
        # As wide as a degree is where it is narrowest, in the rows beside it too.
        narrowest = math.cos(math.radians(min(90.0, (abs(y) + 2) * _CELL_DEG)))
        columns = max(1, int(360 / _CELL_DEG * narrowest))
        column = math.floor((point.lon + 180) / 360 * columns)
        cells += [(y, x % columns) for x in (column, column - 1, column + 1)]
    return list(dict.fromkeys(cells))


def _spelt(name: str) -> tuple[str, frozenset[str]]:
    """Return the words of a name in order, and the numbers among them."""
    words = telling_words(name)
    numbers = (word for word in words if any(letter.isdigit() for letter in word))
    return " ".join(sorted(words)), frozenset(numbers)


def likeness(one: Named, other: Named) -> float:
    """Return how alike the names of two places are, of 100; 0 where their numbers differ.

    Pits, heaps and estates are told apart by nothing but a number.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  # 50 ms, for who enters or checks places

    best = 0.0
    for (a, numbers), (b, others) in product(map(_spelt, one.names), map(_spelt, other.names)):
        if numbers == others:
            best = max(best, fuzz.ratio(a, b))
    return best
