"""Places that may be one place entered twice: names alike, positions near."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lens_routes.geo import distance_m
from lens_routes.text.words import telling_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lens_routes.geo import Point

#: How alike names have to be, of 100, to be taken for one up to a distance in metres.
_ALIKE = ((90.0, 1000.0), (75.0, 150.0))
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
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # 50 ms, for who enters or checks places

    cell_of = _cells([place.point for place in places])
    spelt = [[_spelt(name) for name in place.names] for place in places]
    cells: dict[tuple[_Cell, frozenset[str]], dict[tuple[int, int], str]] = {}
    for index, place in enumerate(places):
        here, *_ = cell_of(place.point)
        for number, (text, numbers) in enumerate(spelt[index]):
            cells.setdefault((here, numbers), {})[index, number] = text
    least = min(alike for alike, _ in _ALIKE)
    for index, one in enumerate(places):
        near: set[int] = set()
        for cell, (text, numbers) in product(cell_of(one.point), spelt[index]):
            if others := cells.get((cell, numbers)):
                alike = process.extract(
                    text, others, scorer=fuzz.ratio, score_cutoff=least, limit=None
                )
                near.update(other for _, _, (other, _) in alike if other > index)
        yield from twins_of(one, [places[other] for other in sorted(near)])


def _cells(points: Sequence[Point]) -> Callable[[Point], list[_Cell]]:
    """Return what names the cell of a point, and those around it where others may be near."""
    farthest = max((abs(point.lat) for point in points), default=0.0)
    columns = max(1, int(360 / _CELL_DEG * math.cos(math.radians(farthest))))

    def cell_of(point: Point) -> list[_Cell]:
        row = math.floor(point.lat / _CELL_DEG)
        column = math.floor((point.lon + 180) / 360 * columns)
        around = product((row, row - 1, row + 1), (column, column - 1, column + 1))
        return list(dict.fromkeys((row, column % columns) for row, column in around))

    return cell_of


def _spelt(name: str) -> tuple[str, frozenset[str]]:
    """Return the words of a name in order, and the numbers among them."""
    words = telling_words(name)
    return " ".join(sorted(words)), frozenset(_numbers(words))


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
