"""Partial tours: what has been visited so far, many of them at once, in arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lens_routes.tour.proof.arrivals import Ints
    from lens_routes.tour.search.nodes import Nodes

    Positions = npt.NDArray[np.intp]
    Words = npt.NDArray[np.uint64]

WORD = 62  # bits used of a 64-bit word


@dataclass(slots=True)
class Level:
    """Partial tours of one length.

    ``node`` is where they stand (the start of the day has the number after the last node) and
    ``clock`` when they leave it; ``keys`` they have used and ``hurried`` marks the ways of visiting
    that are better than theirs; ``worth`` is what they count for at most, ``effort`` that of the
    way, legs that tire aside; ``spent`` what they use of each limit; ``parent`` points into the
    level before.
    """

    node: Ints
    clock: Ints
    gain: npt.NDArray[np.float64]
    keys: Words
    hurried: Words
    walk: npt.NDArray[np.float64]
    worth: npt.NDArray[np.float64]
    effort: npt.NDArray[np.float64]
    spent: npt.NDArray[np.int64]
    visits: Ints
    parent: npt.NDArray[np.int64]

    def some(self, which: npt.NDArray[np.intp]) -> Level:
        """Return some of the partial tours."""
        return Level(*(getattr(self, field.name)[which] for field in fields(self)))

    @classmethod
    def first(cls, node: int, clock: int, keys: Words, hurried: Words, limits: int) -> Level:
        """Return the one partial tour that has visited nothing yet; masks are as wide as others."""
        return cls(
            np.array([node], dtype=np.int32),
            np.array([clock], dtype=np.int32),
            np.zeros(1),
            np.zeros((1, keys.shape[1]), dtype=np.uint64),
            np.zeros((1, hurried.shape[1]), dtype=np.uint64),
            np.zeros(1),
            np.zeros(1),
            np.zeros(1),
            np.zeros((1, limits), dtype=np.int64),
            np.zeros(1, dtype=np.int32),
            np.zeros(1, dtype=np.int64),
        )

    def grouped(self, *, by_clock: bool) -> tuple[Level, npt.NDArray[np.intp]]:
        """Return the partial tours in another order, and for each one the first of its group.

        A group has the same keys and stands at the same node, perhaps at the same time; in it the
        earliest come first.
        """
        level = self.some(np.lexsort([self.walk, self.effort, self.clock, self.node, *self.keys.T]))
        same = level.node[1:] == level.node[:-1]
        same &= (level.keys[1:] == level.keys[:-1]).all(axis=1)
        if by_clock:
            same &= level.clock[1:] == level.clock[:-1]
        first = np.arange(len(level.node))
        first[1:][same] = 0
        return level, np.maximum.accumulate(first)


def least_before(value: npt.NDArray[np.float64], first: npt.NDArray[np.intp]) -> Positions:
    """Return for each item the position of the least value of its group up to it.

    Groups are runs of items; *first* is the position where each item's group begins.
    """
    order = np.argsort(value, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    # Later groups rank before all earlier ones, so that one pass serves them all.
    offset = first * len(order)
    least: Positions = order[np.minimum.accumulate(rank - offset) + offset]
    return least


def _words(masks: Sequence[int], bits: int) -> Words:
    """Return masks of a number of bits as rows of words."""
    count = max(1, -(-bits // WORD))
    return np.array(
        [[mask >> WORD * word & (1 << WORD) - 1 for word in range(count)] for mask in masks],
        dtype=np.uint64,
    ).reshape(len(masks), count)


def key_words(nodes: Nodes, masks: Sequence[int]) -> Words:
    """Return masks of keys as rows of words."""
    return _words(masks, len(nodes.problem.sites) + len(nodes.problem.breaks))


def hurried_words(nodes: Nodes) -> Words:
    """Return for each node a bit of each way to visit its site that has more score or bonus."""
    masks, first = [], {}
    free = 0
    for number, site in enumerate(nodes.problem.sites):
        first[number] = free
        free += len(site.options)
    for node in nodes.nodes:
        better = 0
        if node.site is not None:
            for number, option in enumerate(nodes.problem.sites[node.site].options):
                if option.score > node.score or option.bonus > node.bonus:
                    better |= 1 << first[node.site] + number
        masks.append(better)
    return _words(masks, free)
