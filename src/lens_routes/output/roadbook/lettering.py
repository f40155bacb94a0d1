"""Where the names of streets are written on a map so that none covers another."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.output.roadbook.frame import Spot

#: Anchors are tried this far apart along a street, in points of paper.
_STRIDE = 7.0
#: A name is written where its street is at least this straight: the chord over the way along it.
_STRAIGHT = 0.985
#: The room between names, in letter heights.
_AIR = 0.35


@dataclass(frozen=True, slots=True)
class Label:
    """A name written along its street: its middle, and its angle in degrees clockwise."""

    text: str
    x: float
    y: float
    angle: float
    size: float


class Sheet:
    """What is taken on a map, as discs; keeps to itself what it lets you write.

    Parameters
    ----------
    width, height
        The size of the map, in points; nothing is written across its sides.
    """

    def __init__(self, width: float, height: float) -> None:
        self._width = width
        self._height = height
        self._taken: dict[tuple[int, int], list[tuple[float, float, float]]] = {}

    def take(self, x: float, y: float, radius: float) -> None:
        """Keep a disc free of names."""
        for cell in _cells(x, y, radius):
            self._taken.setdefault(cell, []).append((x, y, radius))

    def take_line(self, line: Sequence[Spot], radius: float) -> None:
        """Keep a line free of names."""
        for a, b in pairwise(line):
            steps = max(1, math.ceil(math.dist(a, b) / max(radius, 1.0)))
            for i in range(steps + 1):
                share = i / steps
                self.take(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), radius)

    def free(self, x: float, y: float, radius: float) -> bool:
        """Tell whether a disc lies within the sheet and touches nothing that is taken."""
        if not (
            radius <= x <= self._width - radius and radius <= y <= self._height - radius
        ):  # fmt: skip
            return False
        return all(
            math.hypot(x - other_x, y - other_y) >= radius + other
            for cell in _cells(x, y, radius)
            for other_x, other_y, other in self._taken.get(cell, ())
        )

    def write(self, text: str, line: Sequence[Spot], size: float, offset: float) -> Label | None:
        """Return where a name goes along a line, and keep its room; None where there is none.

        Parameters
        ----------
        text
            The name.
        line
            The street on the map.
        size
            The height of its letters, in points.
        offset
            How far above the line the middle of the letters stands; 0 is on it.
        """
        for label in _anchors(text, line, size, offset):
            discs = list(_discs(label))
            if all(self.free(x, y, radius) for x, y, radius in discs):
                for x, y, radius in discs:
                    self.take(x, y, radius + _AIR * size)
                return label
        return None

    def write_beside(
        self, text: str, spot: Spot, reach: float, size: float, hard: Sheet
    ) -> Label | None:
        """Return where a name goes beside a sign, and keep its room; None where there is none.

        Rather over a line than nowhere, and then over as little of it as can be, but never over
        what is taken on the sheet *hard*.
        """
        best: tuple[int, list[tuple[float, float, float]], Label] | None = None
        for at in _beside(spot, reach, size, width_of(text, size) / 2):
            label = Label(text, *at, 0.0, size)
            discs = list(_discs(label))
            covered = sum(not self.free(*disc) for disc in discs)
            if (best is None or covered < best[0]) and all(hard.free(*disc) for disc in discs):
                best = covered, discs, label
            if best and not best[0]:
                break
        if best is None:
            return None
        for disc in best[1]:
            self.take(*disc)
            hard.take(*disc)
        return best[2]


def _beside(spot: Spot, reach: float, size: float, half: float) -> Iterator[Spot]:
    """Yield where the middle of a name *half* as wide may stand, the spot it names close by first.

    Right and left of it, above and below, then above and below with one end at it; farther away
    the same again.
    """
    x, y = spot
    aside, over = reach + 2.5 + half, reach + 0.8 * size
    for away in (0.0, 0.7 * size, 1.4 * size):
        yield from ((x + way * (aside + away), y) for way in (1, -1))
        for shift in (0.0, half - reach, reach - half):
            yield from ((x + shift, y + way * (over + away)) for way in (-1, 1))
        for lower in (-size, size):
            yield from ((x + way * (aside + away), y + lower) for way in (1, -1))


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is set, rather too wide than too narrow.

    The widths are the averages of our font's letters, in heights of the letters.
    """
    return size * sum(
        0.7 if letter.isupper() else 0.32 if letter in " .,'’-iljtfrI" else 0.58 for letter in text
    )


_CELL = 16.0


def _cells(x: float, y: float, radius: float) -> Iterator[tuple[int, int]]:
    # A disc is found by any other that touches it when both stand in all cells they reach into.
    for column in range(int((x - radius) // _CELL), int((x + radius) // _CELL) + 1):
        for row in range(int((y - radius) // _CELL), int((y + radius) // _CELL) + 1):
            yield column, row


def _anchors(text: str, line: Sequence[Spot], size: float, offset: float) -> Iterator[Label]:
    """Yield where a text may stand along a line, the middle of the line first."""
    lengths = list(accumulate((math.dist(a, b) for a, b in pairwise(line)), initial=0.0))
    need = width_of(text, size)
    room = lengths[-1] - need
    if room < 0:
        return
    starts = [i * _STRIDE for i in range(int(room / _STRIDE) + 1)]
    for start in sorted(starts, key=lambda at: (abs(at - room / 2), at)):
        a, middle, b = (_along(line, lengths, at) for at in (start, start + need / 2, start + need))
        if math.dist(a, b) < _STRAIGHT * need:
            continue
        if a[0] > b[0]:
            a, b = b, a
        angle = math.atan2(b[1] - a[1], b[0] - a[0])
        yield Label(
            text,
            middle[0] + offset * math.sin(angle),
            middle[1] - offset * math.cos(angle),
            math.degrees(angle),
            size,
        )


def _along(line: Sequence[Spot], lengths: Sequence[float], at: float) -> Spot:
    """Return the spot of a line so far along it."""
    i = min(max(bisect_right(lengths, at) - 1, 0), len(line) - 2)
    span = lengths[i + 1] - lengths[i]
    share = (at - lengths[i]) / span if span else 0.0
    (ax, ay), (bx, by) = line[i], line[i + 1]
    return ax + share * (bx - ax), ay + share * (by - ay)


def _discs(label: Label) -> Iterator[tuple[float, float, float]]:
    """Yield discs that cover a label."""
    half, radius = width_of(label.text, label.size) / 2, label.size * 0.6
    cos, sin = math.cos(math.radians(label.angle)), math.sin(math.radians(label.angle))
    count = max(2, math.ceil(2 * half / label.size))
    for i in range(count):
        along = -half + radius + (2 * half - 2 * radius) * i / (count - 1)
        yield label.x + along * cos, label.y + along * sin, radius
