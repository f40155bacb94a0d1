"""Walks between every two of some names, packed: three figures a pair, in rows that can be mapped.

A table of a thousand places holds half a million walks; as objects they would take seconds to make.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, Self

from lens_routes.plan.plan import Grade
from lens_routes.travel.foot.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Figures are kept in tenths of a metre, as unsigned 32-bit integers; this one says "no walk".
PER_METRE = 10
NO_WALK = 0xFFFF_FFFF
CODE = "I"


class Pairs(Mapping[tuple[str, str], Walk]):
    """Walks by pair of names, each pair once, names in alphabetical order.

    Parameters
    ----------
    names
        The names, in alphabetical order.
    distance, steps, main_road
        Lengths in tenths of a metre, shape (names, names) row by row, symmetric.
    """

    def __init__(self, names: Iterable[str], distance: Any, steps: Any, main_road: Any) -> None:
        self.names = tuple(names)
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self.distance, self.steps, self.main_road = distance, steps, main_road

    @classmethod
    def pack(cls, names: Iterable[str], walks: Iterable[tuple[str, str, Sequence[float]]]) -> Self:
        """Return *walks*: two names, then metres, metres on steps and along main roads.

        Raises
        ------
        ValueError
            A length is none, or a name is not among *names*.
        """
        ordered = sorted(names)
        empty = array(CODE, [NO_WALK]) * len(ordered) ** 2
        packed = cls(ordered, empty, array(CODE, empty), array(CODE, empty))
        columns = (packed.distance, packed.steps, packed.main_road)
        for a, b, lengths in walks:
            there, back = packed._cell(a, b), packed._cell(b, a)
            for column, length_m in zip(columns, lengths, strict=True):
                column[there] = column[back] = _tenths(length_m)
        return packed

    def __getitem__(self, pair: tuple[str, str]) -> Walk:
        """Return the walk between two names in alphabetical order."""
        try:
            cell = self._cell(*pair)
        except ValueError:
            raise KeyError(pair) from None
        if pair[0] >= pair[1] or self.distance[cell] == NO_WALK:
            raise KeyError(pair)
        return Walk(
            self.distance[cell] / PER_METRE,
            Grade.TABLE,
            self.steps[cell] / PER_METRE,
            self.main_road[cell] / PER_METRE,
        )

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of names that streets join, in alphabetical order."""
        return (pair for pair in combinations(self.names, 2) if pair in self)

    def __len__(self) -> int:
        """Return how many pairs streets join."""
        return sum(1 for value in self.distance if value != NO_WALK) // 2

    def _cell(self, a: str, b: str) -> int:
        if a not in self.numbers or b not in self.numbers:
            raise ValueError(f"{a if b in self.numbers else b} is a name without a point")
        return self.numbers[a] * len(self.names) + self.numbers[b]


def _tenths(length_m: float) -> int:
    # Written so that NaN fails too.
    if not 0 <= length_m * PER_METRE < NO_WALK:
        raise ValueError("a distance is not a length")
    return round(length_m * PER_METRE)
