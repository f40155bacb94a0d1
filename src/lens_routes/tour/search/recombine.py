"""Remember the days of good tours, and recombine them into better tours.

A search that changes a few visits at a time rarely finds the best three days together, though it
meets each of them sooner or later. So the days of every tour it accepts are kept, and now and then
the best set of days without a common place is chosen among them: a set packing problem (as in
Q. Hu, A. Lim, "An iterative three-component heuristic for the team orienteering problem with time
windows", European Journal of Operational Research 232 (2014), 276-286). Prices on places, stepped
as in `tour.proof.bound`, say which days are worth combining; a short tree search does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.search.route_effort import effort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes

#: How many days are remembered; then the older half is forgotten.
MEMORY = 5000
#: Steps of the prices, and sets of days looked into, at each recombination.
PRICE_STEPS, LOOKS = 60, 200


class Memory:
    """The days of good tours.

    Parameters
    ----------
    nodes
        The problem.
    """

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        days = nodes.problem.days
        # Days that begin and end alike may be exchanged.
        self._class = [days.index(day) for day in days]
        self._known: dict[tuple[int, frozenset[int]], tuple[int, ...]] = {}

    def add(self, routes: Routes) -> None:
        """Remember the days of a tour; with a single day there is nothing to combine."""
        if len(routes) == 1:
            return
        for day, route in enumerate(routes):
            if route and not self._nodes.goes_on[route[-1]]:
                self._known[self._class[day], frozenset(route)] = route
        if len(self._known) > MEMORY:
            for key in list(self._known)[: MEMORY // 2]:
                del self._known[key]

    def best(self, target: float) -> Routes | None:
        """Return a set of days with a prize above *target*, the best found; None if none is."""
        nothing = [effort_of(self._nodes, day, ()) for day in range(len(self._class))]
        prizes = [
            sum(self._nodes.prize[n] for n in route)
            - effort_of(self._nodes, kind, route)
            + nothing[kind]
            for (kind, _), route in self._known.items()
        ]
        # A day of nothing is not remembered; its way counts for each.
        known, target = list(self._known), target + sum(nothing)
        return _Packing(self._nodes, self._class, (known, prizes), target).run(self._known)


class _Packing:
    """One set packing problem: a day of each class wanted, no place twice."""

    def __init__(
        self,
        nodes: Nodes,
        classes: list[int],
        days: tuple[list[tuple[int, frozenset[int]]], list[float]],
        target: float,
    ) -> None:
        known, prizes = days
        self.keys, self.classes, self.best = known, classes, target
        keys = max((node.keys.bit_length() for node in nodes.nodes), default=0)
        self.uses = np.zeros((len(known), keys), dtype=np.float32)
        bits = [[k for k in range(keys) if node.keys >> k & 1] for node in nodes.nodes]
        rows = [i for i, (_, route) in enumerate(known) for n in route for _ in bits[n]]
        self.uses[rows, [k for _, route in known for n in route for k in bits[n]]] = 1.0
        self.prize = np.array(prizes, dtype=np.float64)
        self.kind = np.array([kind for kind, _ in known])
        self.chosen: tuple[int, ...] | None = None
        self.looks = LOOKS

    def run(self, known: dict[tuple[int, frozenset[int]], tuple[int, ...]]) -> Routes | None:
        """Return the best days found, in the order of the days."""
        if not self.keys:
            return None
        self.reduced, self.constant = self._price()
        order = np.argsort(-self.reduced, kind="stable")
        self._search(0, order, 0.0, 0.0, ())
        if self.chosen is None:
            return None
        left = [known[self.keys[i]] for i in self.chosen]
        routes = []
        for kind in self.classes:
            fitting = [
                i for i in self.chosen if self.kind[i] == kind and known[self.keys[i]] in left
            ]
            route = known[self.keys[fitting[0]]] if fitting else ()
            if fitting:
                left.remove(route)
            routes.append(route)
        return tuple(routes)

    def _price(self) -> tuple[npt.NDArray[np.float64], float]:
        """Return each day's prize less the prices of its places, and what the prices sum to."""
        price = np.zeros(self.uses.shape[1])
        best = (float("inf"), self.prize, 0.0)
        pace = 1.0
        wanted = [(kind, self.classes.count(kind)) for kind in dict.fromkeys(self.classes)]
        for _ in range(PRICE_STEPS):
            reduced = self.prize - self.uses @ price.astype(np.float32)
            picked = np.concatenate([self._top(reduced, kind, n) for kind, n in wanted])
            picked = picked[reduced[picked] > 0]
            bound = float(price.sum() + reduced[picked].sum())
            if bound < best[0]:
                best = (bound, reduced, float(price.sum()))
            else:
                pace *= 0.9
            slope = 1.0 - self.uses[picked].sum(axis=0)
            slope[(price <= 0) & (slope > 0)] = 0.0
            norm = float((slope**2).sum())
            if norm == 0.0 or bound <= self.best:
                break
            price = np.maximum(0.0, price - pace * (bound - self.best) / norm * slope)
        return best[1], best[2]

    def _top(
        self, reduced: npt.NDArray[np.float64], kind: int, number: int
    ) -> npt.NDArray[np.intp]:
        members = np.nonzero(self.kind == kind)[0]
        if len(members) > number:
            members = members[np.argpartition(-reduced[members], number - 1)[:number]]
        return members

    def _search(
        self,
        depth: int,
        candidates: npt.NDArray[np.intp],
        prize: float,
        reduced: float,
        chosen: tuple[int, ...],
    ) -> None:
        """Choose a day for each place from number *depth* on, the most promising first."""
        if prize > self.best + 1e-6:
            self.best, self.chosen = prize, chosen
        if depth == len(self.classes):
            return
        for number, i in self._of_class(candidates, self.classes[depth]):
            # No day that follows in the order gains more than this one.
            most = self.constant + reduced + self._most(depth, candidates[number:])
            if most <= self.best + 1e-6 or self.looks <= 0:
                return
            self.looks -= 1
            rest = candidates[number + 1 :] if self._repeats(depth) else candidates
            free = rest[(self.uses[rest] @ self.uses[i]) == 0]
            self._search(
                depth + 1,
                free,
                prize + float(self.prize[i]),
                reduced + float(self.reduced[i]),
                (*chosen, int(i)),
            )

    def _repeats(self, depth: int) -> bool:
        return depth + 1 < len(self.classes) and self.classes[depth + 1] == self.classes[depth]

    def _of_class(self, candidates: npt.NDArray[np.intp], kind: int) -> Iterator[tuple[int, int]]:
        for number in np.nonzero(self.kind[candidates] == kind)[0]:
            yield int(number), int(candidates[number])

    def _most(self, depth: int, candidates: npt.NDArray[np.intp]) -> float:
        kinds = self.kind[candidates]
        total = 0.0
        for kind in self.classes[depth:]:
            where = np.nonzero(kinds == kind)[0]
            if len(where):
                total += max(0.0, float(self.reduced[candidates[where[0]]]))
        return total
