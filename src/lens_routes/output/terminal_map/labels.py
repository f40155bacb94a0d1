"""Words on a terminal's map: numbers that stay apart, and names where there is room for them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Cell = tuple[int, int]

#: How far from its spot a label may stand, cells.
FARTHEST = 4
#: A name stands on its street: this share of its letters at least.
ON_THE_STREET = 0.6
#: Cells of the map for each name, at least; more names hide the streets.
CELLS_PER_NAME = 200


@dataclass(frozen=True, slots=True)
class Label:
    """A text whose first letter stands in a cell; ``style`` as rich understands it."""

    text: str
    column: int
    row: int
    style: str

    @property
    def cells(self) -> set[Cell]:
        """The cells the text takes."""
        return {(self.column + i, self.row) for i in range(len(self.text))}


def place_labels(
    wanted: Iterable[tuple[str, str, float, float]], columns: int, rows: int
) -> tuple[list[Label], int]:
    """Return labels that do not overlap, each as close to its spot as can be.

    Parameters
    ----------
    wanted
        Text, style, and spot (columns east, rows south of the corner) of each; the first wins.
    columns, rows
        The size of the map.

    Returns
    -------
    labels, left_out
        And how many found no room within `FARTHEST` cells.
    """
    placed: list[Label] = []
    taken: set[Cell] = set()
    left_out = 0
    for text, style, x, y in wanted:
        label = next(
            (
                label
                for label in _around(text, style, x, y)
                if 0 <= label.column <= columns - len(text)
                and 0 <= label.row < rows
                and not taken & label.cells
            ),
            None,
        )
        if label is None:
            left_out += 1
        else:
            placed.append(label)
            taken |= label.cells
    return placed, left_out


def _around(text: str, style: str, x: float, y: float) -> Iterator[Label]:
    """Yield where a label could stand, the nearest first; a row counts as two columns."""
    column, row = int(x) - len(text) // 2, int(y)
    shifts = product(range(-FARTHEST, FARTHEST + 1), range(-FARTHEST // 2, FARTHEST // 2 + 1))
    for right, down in sorted(shifts, key=lambda s: (abs(s[0]) + 2 * abs(s[1]), s)):
        yield Label(text, column + right, row + down, style)


def place_names(
    named: Sequence[tuple[str, set[Cell]]], blocked: set[Cell], columns: int, rows: int
) -> list[Label]:
    """Return the names of streets and areas that find room where they belong, each once.

    Parameters
    ----------
    named
        Names and the cells of what bears them, the most important first.
    blocked
        Cells that no name may hide.
    columns, rows
        The size of the map.
    """
    placed: list[Label] = []
    taken = set(blocked)
    seen: set[str] = set()
    for name, cells in named:
        if len(placed) >= columns * rows // CELLS_PER_NAME:
            break
        if name in seen or len(name) > columns // 2 or not _plain(name):
            continue
        label = _on(name, cells, taken, columns, rows)
        if label is not None:
            seen.add(name)
            placed.append(label)
            taken |= _with_margin(label)  # names in heaps cannot be told apart
    return placed


def _on(name: str, cells: set[Cell], taken: set[Cell], columns: int, rows: int) -> Label | None:
    """Return the name where most of it lies on its cells, None where too little does.

    Of places that are equally good the one nearest to the middle of the cells is taken.
    """
    best, most = None, max(1, int(len(name) * ON_THE_STREET) - 1)
    x = sum(column for column, _ in cells) / len(cells)
    y = sum(row for _, row in cells) / len(cells)
    for column, row in sorted(cells, key=lambda c: (abs(c[0] - x) + 2 * abs(c[1] - y), c)):
        label = Label(name, column - len(name) // 2, row, "italic")
        if label.column < 1 or label.column + len(name) >= columns or not 0 <= row < rows:
            continue
        on = len(label.cells & cells)
        if on > most and not taken & label.cells:
            best, most = label, on
    return best


def _with_margin(label: Label) -> set[Cell]:
    """Return the cells of a name and those around it, but for its corners."""
    cells = label.cells
    beside = {(label.column - 1, label.row), (label.column + len(label.text), label.row)}
    return cells | beside | {(c, r + 1) for c, r in cells} | {(c, r - 1) for c, r in cells}


def _plain(name: str) -> bool:
    """Tell whether every letter takes one cell and is written from left to right."""
    return cell_len(name) == len(name) and not any(
        unicodedata.combining(letter) or unicodedata.bidirectional(letter) in {"R", "AL", "AN"}
        for letter in name
    )
