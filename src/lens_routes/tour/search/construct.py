"""Build tours by inserting visits, those first that gain most for the delay they cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.search.fits import Fitting, Route
from lens_routes.tour.search.returns import Returns
from lens_routes.tour.search.route_effort import standing_effort

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from lens_routes.tour.search.fits import Fits
    from lens_routes.tour.search.nodes import Nodes

    Floats = npt.NDArray[np.float32]
    Routes = tuple[tuple[int, ...], ...]


class Appeal(NamedTuple):
    """How visits are compared: by what they gain to some power, times a weight for each node.

    With less *thrift* only a share of the effort they add counts: several visits together may be
    worth a way that none is worth alone.
    """

    weight: Floats
    power: float
    thrift: float = 1.0


class Insertion(NamedTuple):
    """A visit, the gap of a route it fits into, and how attractive that is (0: nothing fits)."""

    value: float
    gap: int
    node: int


NOTHING = Insertion(0.0, 0, 0)
#: Days that are remembered with what fits into them: small changes lead to the same ones again.
MOST_KNOWN = 3_000


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
        self._fitting = Fitting(nodes)
        self._is_visit = np.array([node.site is not None for node in nodes.nodes], dtype=bool)
        self._prizes = np.array(nodes.prize, dtype=np.float32)
        self._priced = nodes.legs is not None
        self.taken = np.zeros(nodes.count, dtype=np.int32)
        self.spent = np.zeros(len(nodes.capacity), dtype=np.int64)
        self.returns = Returns(nodes)
        self._known: dict[tuple[int, ...], Route] = {}
        self.routes = [self._nothing(day) for day in range(len(nodes.problem.days))]
        if routes:
            self.load(routes)

    # ------------------------------------------------------------------ the tours as they stand

    def snapshot(self) -> tuple[Route, ...]:
        """Return the days as they stand."""
        return tuple(self.routes)

    def restore(self, routes: Iterable[Route]) -> None:
        """Go back to days as they stood."""
        for day, route in enumerate(routes):
            if route is not (now := self.routes[day]):
                self._exchange(now.stops[1:-1], route.stops[1:-1])
                self.routes[day] = route

    def load(self, routes: Routes) -> None:
        """Replace the days that differ by those of *routes*; they have to fit."""
        for day, visits in enumerate(routes):
            now = self.routes[day].stops[1:-1]
            if tuple(now) != visits:
                self._exchange(now, visits)
                self._replace(day, 1, len(now) + 1, visits)

    def score(self) -> float:
        """Return the prize of all visits, diminishing returns counted, less the effort."""
        if not self._priced:
            return self.returns.prize
        return self.returns.prize - sum(map(self._effort, range(len(self.routes))))

    def _effort(self, day: int) -> float:
        """Return the effort of a day; more than there is to gain where it does not get home."""
        nodes, route = self.nodes, self.routes[day]
        if route.effort is None:
            in_time = route.begin[-1] <= nodes.close_s[route.stops[-1]]
            route.effort = (
                standing_effort(nodes, day, route.stops, route.begin)
                if in_time
                else nodes.urgency * (1 + nodes.required.bit_count())
            )
        return route.effort

    def seconds(self) -> int:
        """Return how long the days last, all together."""
        return sum(route.begin[-1] - route.begin[0] for route in self.routes)

    def affordable(self) -> bool:
        """Return whether the visits keep to the budget, and to the limits on sets of sites."""
        return bool((self.spent <= self.nodes.capacity).all())

    # ------------------------------------------------------------------ changing them

    def insert(self, day: int, gap: int, *visits: int) -> None:
        """Insert one visit or several in a row after stop number *gap* of a day."""
        for node in visits:
            self._take(node, +1)
        self._replace(day, gap + 1, gap + 1, visits)

    def remove(self, day: int, first: int, last: int) -> None:
        """Remove the stops *first* up to but not including *last* of a day."""
        for node in self.routes[day].stops[first:last]:
            self._take(node, -1)
        self._replace(day, first, last, ())

    def prune(self) -> None:
        """Take out what gains less than the effort it adds, unless it is required."""
        if not self._priced:
            return
        before = self.score()
        for day in range(len(self.routes)):
            for place in range(len(self.routes[day].stops) - 2, 0, -1):
                was = self.routes[day]
                if self.nodes.nodes[was.stops[place]].keys & self.nodes.required:
                    continue
                self.remove(day, place, place + 1)
                after = self.score()
                if after > before:
                    before = after
                else:
                    self._take(was.stops[place], +1)
                    self.routes[day] = was

    def _exchange(self, old: Sequence[int], new: Sequence[int]) -> None:
        for node in old:
            if node not in new:
                self._take(node, -1)
        for node in new:
            if node not in old:
                self._take(node, +1)

    def _take(self, node: int, change: int) -> None:
        rivals = self.nodes.rivals[node]
        if len(rivals) == 1:
            self.taken[node] += change
        else:
            self.taken[rivals] += change
        if len(self.spent):
            self.spent += change * self.nodes.spends[node]
        self.returns.count(node, change)

    def _nothing(self, day: int) -> Route:
        """Return a day without visits."""
        start, end = self.nodes.start(day), self.nodes.end(day)
        begin, latest = [self.nodes.open_s[start]] * 2, [self.nodes.close_s[end]] * 2
        return self._timed(Route([start, end], begin, latest), 1, 2, 0, 0)

    def _replace(self, day: int, first: int, last: int, visits: Sequence[int]) -> None:
        """Put visits in the place of the stops *first* up to but not including *last* of a day."""
        route = self.routes[day]
        stops = [*route.stops[:first], *visits, *route.stops[last:]]
        key = tuple(stops)
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            nothing = [0] * len(visits)
            begin = [*route.begin[:first], *nothing, *route.begin[last:]]
            latest = [*route.latest[:first], *nothing, *route.latest[last:]]
            rest = first + len(visits)
            new = self._timed(Route(stops, begin, latest), first, rest, rest - 1, first)
            self._known[key] = new
        self.routes[day] = self._known[key]

    def _timed(self, route: Route, first: int, rest: int, last: int, head: int) -> Route:
        """Work out when the visits of a day begin, and the latest they could.

        Only the stops from number *first* on may begin at another time than before, those from
        *rest* on as soon as one before does; only those up to number *last* have another latest
        moment, those before *head* as soon as one after does.
        """
        nodes = self.nodes
        stops, begin, latest = route.stops, route.begin, route.latest
        hours, lengths = nodes.hours, nodes.duration_s
        opens, here, clock = nodes.open_s, stops[first - 1], begin[first - 1]
        for i in range(first, len(stops)):
            there = stops[i]
            clock += lengths[here] + hours[here][there]
            clock = max(clock, opens[there])
            if i >= rest and begin[i] == clock:
                break
            begin[i] = clock
            here = there
        closes, here, clock = nodes.close_s, stops[last + 1], latest[last + 1]
        for i in range(last, -1, -1):
            there = stops[i]
            clock -= lengths[there] + hours[there][here]
            clock = min(clock, closes[there])
            if i < head and latest[i] == clock:
                break
            latest[i] = clock
            here = there
        if nodes.problem.max_visits is not None:
            route.visits = sum(1 for n in stops[1:-1] if nodes.nodes[n].site is not None)
        if nodes.walk is not None:
            route.walk_m = float(nodes.walk[stops[:-1], stops[1:]].sum())
        return route

    # ------------------------------------------------------------------ filling them

    def fill(self, appeal: Appeal) -> None:
        """Insert visits, the most attractive first, until nothing more fits."""
        if self.nodes.count == 0:
            return
        if not self._priced:
            # What a visit gains does not depend on where it is put.
            appeal = appeal._replace(weight=self._prizes**appeal.power * appeal.weight)
        wanted = self._wanted(appeal)
        best = [self._best_insertion(day, wanted) for day in range(len(self.routes))]
        while (top := max(best)).value > 0.0:
            day = best.index(top)
            self.insert(day, top.gap, top.node)
            wanted = self._wanted(appeal)
            for other, choice in enumerate(best):
                if other == day or (choice.value > 0.0 and wanted.weight[choice.node] == 0.0):
                    best[other] = self._best_insertion(other, wanted)

    def _best_insertion(self, day: int, wanted: Appeal) -> Insertion:
        """Return the visit and gap of a day with the most appeal for each second of delay."""
        most, route = self.nodes.problem.max_visits, self.routes[day]
        weight = wanted.weight
        if most is not None and route.visits >= most:
            weight = np.where(self._is_visit, np.float32(0.0), weight)
        if route.fits is None:
            route.fits = self._fitting.fits(day, route)
        fits = route.fits
        if not len(fits.node):
            return NOTHING
        value = weight.take(fits.node)
        if fits.effort is not None:
            value *= self._gains(fits, fits.effort, wanted)
        value /= fits.delay_s
        best = int(value.argmax())
        return Insertion(float(value[best]), int(fits.gap[best]), int(fits.node[best]))

    def _gains(self, fits: Fits, effort: Floats, wanted: Appeal) -> Floats:
        """Return what visits gain less the effort they add, to the power that is wanted."""
        gains = (self._prizes * self.returns.share).take(fits.node)
        gains -= np.float32(wanted.thrift) * effort
        np.maximum(gains, np.float32(0.0), out=gains)
        gains **= np.float32(wanted.power)
        return gains

    def _wanted(self, appeal: Appeal) -> Appeal:
        """Return how much each node is wanted now: not at all if it is taken, or too dear."""
        weight = appeal.weight * (self.taken == 0)
        if not self._priced:
            weight *= self.returns.share
        if len(self.spent):
            left = self.nodes.capacity - self.spent
            weight[(self.nodes.spends > left).any(axis=1)] = 0.0
        return appeal._replace(weight=weight)
