"""Count the prize of tours whose sites of one group are worth less and less together.

Within a group the best score counts in full, the next by the second factor of
``Problem.returns``, and so on. `Returns` keeps the prize, and what each further visit would add to
it, up to date while visits come and go.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import chain, repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from lens_routes.tour.search.nodes import Nodes

#: Sets of scores of one group whose shares are remembered: the same ones come again and again.
MOST_KNOWN = 10_000


class Returns:
    """The prize of a changing set of visits.

    Parameters
    ----------
    nodes
        The problem; the set is empty to begin with.

    Attributes
    ----------
    prize
        The prize of the visits.
    share
        For each node, the share of its prize that visiting it now would add.
    """

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._scores = [node.score for node in nodes.nodes]
        # Ascending negative scores: the best of a group comes first.
        self._chosen: list[list[float]] = [[] for _ in nodes.groups]
        self._members = [np.array(members, dtype=np.intp) for members in nodes.groups]
        self._sums = [0.0] * len(nodes.groups)
        self._known: dict[tuple[float, ...], tuple[float, npt.NDArray[np.float32]]] = {}
        self.prize = 0.0
        self.share = np.ones(nodes.count, dtype=np.float32)

    def count(self, node: int, change: int) -> None:
        """Add a visit (*change* 1), or take it away (-1)."""
        nodes = self._nodes
        group = nodes.group[node]
        if group < 0:
            self.prize += change * nodes.prize[node]
            return
        score, chosen = self._scores[node], self._chosen[group]
        if change > 0:
            insort(chosen, -score)
        else:
            chosen.remove(-score)
        together, share = self._together(group)
        self.prize += change * (nodes.prize[node] - score) + self._sums[group] - together
        self._sums[group] = together
        self.share[self._members[group]] = share

    def _together(self, group: int) -> tuple[float, npt.NDArray[np.float32]]:
        """Return the negative score of what is chosen of a group, and the share of each member."""
        nodes, chosen = self._nodes, self._chosen[group]
        factors = nodes.problem.returns
        key = group, *chosen
        if key in self._known:
            return self._known[key]
        known: dict[float, float] = {}
        base = _sum(chosen, factors)
        share = np.zeros(len(nodes.groups[group]), dtype=np.float32)
        for number, node in enumerate(nodes.groups[group]):
            score = self._scores[node]
            if score not in known:
                place = bisect_right(chosen, -score)
                with_it = [*chosen[:place], -score, *chosen[place:]]
                known[score] = base - _sum(with_it, factors)
            full = nodes.prize[node]
            share[number] = (full - score + known[score]) / full if full else 0.0
        if len(self._known) < MOST_KNOWN:
            self._known[key] = base, share
        return base, share


def _sum(chosen: Sequence[float], factors: Sequence[float]) -> float:
    return sum(map(float.__mul__, map(float, chosen), _forever(factors)))


def _forever(factors: Sequence[float]) -> Iterable[float]:
    return chain(factors, repeat(factors[-1]))


def prize(nodes: Nodes, visits: Iterable[int]) -> float:
    """Return what the search maximises: scores after diminishing returns, and required keys."""
    total = 0.0
    chosen: dict[int, list[float]] = {}
    for node in visits:
        total += nodes.prize[node]
        if (group := nodes.group[node]) >= 0:
            score = nodes.nodes[node].score
            total -= score
            chosen.setdefault(group, []).append(-score)
    return total - sum(_sum(sorted(s), nodes.problem.returns) for s in chosen.values())
