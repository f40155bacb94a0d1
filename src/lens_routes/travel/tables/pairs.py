"""Ways between every two of some names, packed: a few figures a pair, in rows that can be mapped.

A table of a thousand places holds half a million ways; as objects they would take seconds to make.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, Self

from lens_routes.plan.grade import Grade
from lens_routes.travel.foot.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Figures are kept in tenths, of metres and seconds, as unsigned 32-bit integers; this one says
#: "no way".
PER_UNIT = 10
NO_WAY = 0xFFFF_FFFF
CODE = "I"
#: What is known of a way: metres, those on steps and along main roads; where the way there is not
#: the way back, its seconds too.
LENGTHS = ("distance", "steps", "main_road")
FIGURES = (*LENGTHS, "seconds")
#: What is known of a walk where there are height data: what falls on the way there rises back.
CLIMBED = (*LENGTHS, "ascent")


class Pairs(Mapping[tuple[str, str], Walk]):
    """Ways by pair of names, names in alphabetical order.

    Parameters
    ----------
    names
        The names, in alphabetical order.
    figures
        Buffers by the names of `FIGURES`, or of `LENGTHS` or `CLIMBED` where ways are the same in
        both directions; tenths, shape (names, names) row by row, the origin first.
    """

    def __init__(self, names: Iterable[str], figures: Mapping[str, Any]) -> None:
        self.names = tuple(names)
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self.figures = figures

    @classmethod
    def pack(
        cls,
        names: Iterable[str],
        rows: Iterable[tuple[str, str, Sequence[float]]],
        figures: Sequence[str] = LENGTHS,
    ) -> Self:
        """Return the ways of some rows: two names, then the figures, as `rows` yields them.

        Raises
        ------
        ValueError
            A figure is none, or a name is not among *names*.
        """
        ordered = sorted(names)
        empty = array(CODE, [NO_WAY]) * len(ordered) ** 2
        packed = cls(ordered, {name: array(CODE, empty) for name in figures})
        columns = tuple(packed.figures.values())
        for a, b, values in rows:
            there = packed._cell(a, b)
            # What stands in the order of names holds in both directions, unless more follows.
            back = packed._cell(b, a) if a < b else there
            for column, value in zip(columns, values, strict=True):
                column[there] = column[back] = _tenths(value)
        return packed

    def rows(self) -> Iterator[tuple[str, str, tuple[float, ...]]]:
        """Yield the ways there are, and those back that are other ways, with their figures."""
        for a, b in permutations(self.names, 2):
            there, back = self._cell(a, b), self._cell(b, a)
            found = [column[there] for column in self.figures.values()]
            if NO_WAY in found or (a > b and found == [c[back] for c in self.figures.values()]):
                continue
            yield a, b, tuple(value / PER_UNIT for value in found)

    def lengths(self) -> Iterator[tuple[str, str, float]]:
        """Yield the pairs of names that streets join, in alphabetical order, and their metres."""
        length, count = self.figures["distance"], len(self.names)
        for (i, a), (j, b) in combinations(enumerate(self.names), 2):
            if (found := length[i * count + j]) != NO_WAY:
                yield a, b, found / PER_UNIT

    def __getitem__(self, pair: tuple[str, str]) -> Walk:
        """Return the way from one name to another."""
        try:
            cell = self._cell(*pair)
        except ValueError:
            raise KeyError(pair) from None
        found = [self.figures[name][cell] for name in LENGTHS]
        if pair[0] == pair[1] or NO_WAY in found:
            raise KeyError(pair)
        distance_m, steps_m, main_road_m = (value / PER_UNIT for value in found)
        ascent = self.figures.get("ascent")
        climbs = (0.0, 0.0)
        if ascent is not None:
            climbs = ascent[cell] / PER_UNIT, ascent[self._cell(*pair[::-1])] / PER_UNIT
        return Walk(distance_m, Grade.TABLE, steps_m, main_road_m, *climbs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of names that streets join, each in alphabetical order."""
        return ((a, b) for a, b, _ in self.lengths())

    def __len__(self) -> int:
        """Return how many pairs streets join."""
        return sum(1 for value in self.figures["distance"] if value != NO_WAY) // 2

    def _cell(self, a: str, b: str) -> int:
        if a not in self.numbers or b not in self.numbers:
            raise ValueError(f"{a if b in self.numbers else b} is a name without a point")
        return self.numbers[a] * len(self.names) + self.numbers[b]


def _tenths(value: float) -> int:
    # Written so that NaN fails too.
    if not 0 <= value * PER_UNIT < NO_WAY:
        raise ValueError("a distance is not a length")
    return round(value * PER_UNIT)
