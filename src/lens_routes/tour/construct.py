"""Build tours by inserting visits, each insertion tested in constant time.

Along a route every stop knows when its visit *begins* and the *latest* moment it could begin with
the rest of the day still working. A visit *u* fits between *a* and *b* exactly if it begins inside
its window and *b* is then reached by its latest moment; nothing further along need be looked at
(M. W. P. Savelsbergh, "The vehicle routing problem with time windows: minimizing route duration",
ORSA Journal on Computing 4 (1992), 146-154). numpy asks that for all visits and all gaps of a
route at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from lens_routes.tour.nodes import Nodes

    Floats = npt.NDArray[np.float32]
    Routes = tuple[tuple[int, ...], ...]

#: What travelling longer costs beside the delay it causes: it breaks the tie between visits that
#: fit into a wait, and keeps the walks short.
DETOUR_WEIGHT = 0.1


class Insertion(NamedTuple):
    """A visit, the gap of a route it fits into, and how attractive that is (0: nothing fits)."""

    value: float
    gap: int
    node: int


@dataclass(slots=True)
class Route:
    """One day under construction: its stops with start and end, and their times in seconds."""

    stops: list[int]
    begin: list[int]
    latest: list[int]
    walk_m: float = 0.0
    visits: int = 0


class Draft:
    """Tours under construction.

    Parameters
    ----------
    nodes
        The problem.
    routes
        The visits of each day to begin with; they have to fit.
    """

    def __init__(self, nodes: Nodes, routes: Routes = ()) -> None:
        self.nodes = nodes
        days = len(nodes.problem.days)
        self._arriving = np.ascontiguousarray(nodes.travel[:, : nodes.count])
        self._onward = np.ascontiguousarray(nodes.onward[:, : nodes.count])
        self._open = np.array(nodes.open_s[: nodes.count], dtype=np.float32)
        self._close = np.array(nodes.close_s[: nodes.count], dtype=np.float32)
        self._is_visit = np.array([node.site is not None for node in nodes.nodes], dtype=bool)
        self.prize = np.array(nodes.prize, dtype=np.float64)
        self.taken = np.zeros(nodes.count, dtype=np.int32)
        self.cost = 0
        self.routes = [Route([], [], []) for _ in range(days)]
        self.load(routes or ((),) * days)

    # ------------------------------------------------------------------ the tours as they stand

    def snapshot(self) -> Routes:
        """Return the visits of each day."""
        return tuple(tuple(route.stops[1:-1]) for route in self.routes)

    def load(self, routes: Routes) -> None:
        """Replace all days by *routes*."""
        self.taken[:] = 0
        self.cost = 0
        for day, visits in enumerate(routes):
            self.routes[day].stops = [self.nodes.start(day), *visits, self.nodes.end(day)]
            for node in visits:
                self._take(node, +1)
            self.schedule(day)

    def score(self) -> float:
        """Return the prize of all visits, diminishing returns counted."""
        visits = [node for route in self.routes for node in route.stops[1:-1]]
        return prize(self.nodes, visits)

    def seconds(self) -> int:
        """Return how long the days last, all together."""
        return sum(route.begin[-1] - route.begin[0] for route in self.routes)

    # ------------------------------------------------------------------ changing them

    def insert(self, day: int, gap: int, node: int) -> None:
        """Insert *node* after stop number *gap* of a day."""
        self.routes[day].stops.insert(gap + 1, node)
        self._take(node, +1)
        self.schedule(day)

    def remove(self, day: int, first: int, last: int) -> None:
        """Remove the stops *first* up to but not including *last* of a day."""
        stops = self.routes[day].stops
        for node in stops[first:last]:
            self._take(node, -1)
        del stops[first:last]
        self.schedule(day)

    def _take(self, node: int, change: int) -> None:
        self.taken[self.nodes.rivals[node]] += change
        self.cost += change * self.nodes.cost[node]

    def schedule(self, day: int) -> None:
        """Work out when the visits of a day begin, and the latest they could."""
        nodes, route = self.nodes, self.routes[day]
        stops, hours = route.stops, nodes.hours
        opens, closes, lengths = nodes.open_s, nodes.close_s, nodes.duration_s
        here = stops[0]
        clock = opens[here]
        begin = [clock]
        for there in stops[1:]:
            clock += lengths[here] + hours[here][there]
            clock = max(clock, opens[there])
            begin.append(clock)
            here = there
        clock = closes[here]
        latest = [clock]
        for there in stops[-2::-1]:
            clock -= lengths[there] + hours[there][here]
            clock = min(clock, closes[there])
            latest.append(clock)
            here = there
        latest.reverse()
        route.begin, route.latest = begin, latest
        route.visits = sum(1 for n in stops[1:-1] if nodes.nodes[n].site is not None)
        if nodes.walk is not None:
            route.walk_m = float(nodes.walk[stops[:-1], stops[1:]].sum())

    # ------------------------------------------------------------------ what fits where

    def best_insertion(self, day: int, appeal: Floats) -> Insertion:
        """Return the visit and gap of a day with the most appeal for each second of delay.

        Parameters
        ----------
        day
            The route to insert into.
        appeal
            How much each node is wanted; 0: not at all.
        """
        problem, route = self.nodes.problem, self.routes[day]
        if problem.max_visits is not None and route.visits >= problem.max_visits:
            appeal = np.where(self._is_visit, np.float32(0.0), appeal)
        before, after = route.stops[:-1], route.stops[1:]
        times = np.array((route.begin, route.latest), dtype=np.float32)
        lengths = self.nodes.duration_s
        leave = times[0, :-1] + np.array([lengths[a] for a in before], dtype=np.float32)
        there = self._arriving[before]
        there += leave[:, None]
        np.maximum(there, self._open, out=there)
        bad = there > self._close
        there += self._onward[after]
        bad |= there > times[1, 1:, None]
        if self.nodes.walk is not None and problem.max_walk_m is not None:
            detour_m = self._walk_detour(self.nodes.walk, before, after)
            bad |= detour_m > problem.max_walk_m - route.walk_m
        there -= times[0, 1:, None]
        np.maximum(there, 0.0, out=there)
        there += 1.0
        if DETOUR_WEIGHT:
            detour = self._arriving[before]
            detour += self._onward[after]
            detour *= DETOUR_WEIGHT
            there += detour
        value = appeal / there
        value[bad] = 0.0
        place = int(value.argmax())
        gap, node = divmod(place, self.nodes.count)
        return Insertion(float(value[gap, node]), gap, node)

    def _walk_detour(self, walk: Floats, before: list[int], after: list[int]) -> Floats:
        count = self.nodes.count
        detour: Floats = walk[before, :count] + walk.T[after, :count]
        detour -= walk[before, after][:, None]
        return detour

    def fill(self, appeal: Floats) -> None:
        """Insert visits, the most attractive first, until nothing more fits."""
        if self.nodes.count == 0:
            return
        best = [self.best_insertion(day, self._wanted(appeal)) for day in range(len(self.routes))]
        while (top := max(best)).value > 0.0:
            day = best.index(top)
            self.insert(day, top.gap, top.node)
            wanted = self._wanted(appeal)
            for other, choice in enumerate(best):
                if other == day or (choice.value > 0.0 and wanted[choice.node] == 0.0):
                    best[other] = self.best_insertion(other, wanted)

    def _wanted(self, appeal: Floats) -> Floats:
        nodes = self.nodes
        wanted = np.where(self.taken == 0, appeal, np.float32(0.0))
        if nodes.problem.max_cost is not None:
            left = nodes.problem.max_cost - self.cost
            wanted[np.array(nodes.cost) > left] = 0.0
        for members in nodes.groups:
            self._diminish(wanted, members)
        return wanted

    def _diminish(self, wanted: Floats, members: tuple[int, ...]) -> None:
        visits = [n for route in self.routes for n in route.stops[1:-1] if self.nodes.group[n] >= 0]
        base = prize(self.nodes, visits)
        for node in members:
            if wanted[node] > 0.0:
                gain = prize(self.nodes, [*visits, node]) - base
                wanted[node] *= gain / self.nodes.prize[node]


def prize(nodes: Nodes, visits: list[int]) -> float:
    """Return what the search maximises: scores after diminishing returns, and required keys."""
    if not nodes.groups:
        return sum(nodes.prize[n] for n in visits)
    total = 0.0
    shared: dict[int, list[float]] = {}
    for n in visits:
        score = nodes.nodes[n].score
        total += nodes.prize[n] - score
        if nodes.group[n] < 0:
            total += score
        else:
            shared.setdefault(nodes.group[n], []).append(score)
    factors = nodes.problem.returns
    for scores in shared.values():
        for rank, score in enumerate(sorted(scores, reverse=True)):
            total += score * factors[min(rank, len(factors) - 1)]
    return total
