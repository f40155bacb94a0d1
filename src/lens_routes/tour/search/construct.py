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

from lens_routes.tour.effort import HOUR_S
from lens_routes.tour.search.returns import Returns
from lens_routes.tour.search.route_effort import nights, standing_effort

if TYPE_CHECKING:
    import numpy.typing as npt

    from lens_routes.tour.search.nodes import Nodes

    Floats = npt.NDArray[np.float32]
    Routes = tuple[tuple[int, ...], ...]

#: What travelling longer costs beside the delay it causes: it breaks the tie between visits that
#: fit into a wait, and keeps the walks short.
DETOUR_WEIGHT = 0.1


class Appeal(NamedTuple):
    """How visits are compared: by what they gain to some power, times a weight for each node.

    With less *thrift* only a share of the effort they add counts: several visits together may be
    worth a way that none is worth alone.
    """

    weight: npt.NDArray[np.float64]
    power: float
    thrift: float = 1.0


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
    effort: float | None = None


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
        count = nodes.count
        self._arriving = np.ascontiguousarray(nodes.travel[:, :count])
        self._onward = np.ascontiguousarray(nodes.onward[:, :count])
        self._open = np.array(nodes.open_s[:count], dtype=np.float32)
        self._lengths = np.array(nodes.duration_s, dtype=np.float32)
        self._close = np.array(nodes.close_s[:count], dtype=np.float32)
        self._is_visit = np.array([node.site is not None for node in nodes.nodes], dtype=bool)
        self._prizes = np.array(nodes.prize)
        self._prizes32 = self._prizes.astype(np.float32)
        self._tolls = None if nodes.legs is None else Tolls(nodes)
        self._nights = nights(nodes)
        self.taken = np.zeros(count, dtype=np.int32)
        self.spent = np.zeros(len(nodes.capacity), dtype=np.int64)
        self.returns = Returns(nodes)
        self.routes = [Route([], [], []) for _ in range(days)]
        for day in range(days):
            self.routes[day].stops = [nodes.start(day), nodes.end(day)]
            self.schedule(day)
        if routes:
            self.load(routes)

    # ------------------------------------------------------------------ the tours as they stand

    def snapshot(self) -> Routes:
        """Return the visits of each day."""
        return tuple(tuple(route.stops[1:-1]) for route in self.routes)

    def load(self, routes: Routes) -> None:
        """Replace the days that differ by those of *routes*; they have to fit."""
        for day, visits in enumerate(routes):
            stops = self.routes[day].stops
            if tuple(stops[1:-1]) != visits:
                for node in stops[1:-1]:
                    self._take(node, -1)
                for node in visits:
                    self._take(node, +1)
                stops[1:-1] = visits
                self.schedule(day)

    def score(self) -> float:
        """Return the prize of all visits, diminishing returns counted, less the effort."""
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
        route, after = self.routes[day], gap + 1
        route.stops[after:after] = visits
        route.begin[after:after] = [0] * len(visits)
        route.latest[after:after] = [0] * len(visits)
        for node in visits:
            self._take(node, +1)
        self.schedule(day, after, gap + len(visits))

    def remove(self, day: int, first: int, last: int) -> None:
        """Remove the stops *first* up to but not including *last* of a day."""
        route = self.routes[day]
        for node in route.stops[first:last]:
            self._take(node, -1)
        del route.stops[first:last]
        del route.begin[first:last]
        del route.latest[first:last]
        self.schedule(day, first, first - 1)

    def prune(self) -> None:
        """Take out what gains less than the effort it adds, unless it is required."""
        if self._tolls is None:
            return
        before = self.score()
        for day, route in enumerate(self.routes):
            for place in range(len(route.stops) - 2, 0, -1):
                node = route.stops[place]
                if self.nodes.nodes[node].keys & self.nodes.required:
                    continue
                self.remove(day, place, place + 1)
                after = self.score()
                if after > before:
                    before = after
                else:
                    self.insert(day, place - 1, node)

    def _take(self, node: int, change: int) -> None:
        rivals = self.nodes.rivals[node]
        if len(rivals) == 1:
            self.taken[node] += change
        else:
            self.taken[rivals] += change
        self.spent += change * self.nodes.spends[node]
        self.returns.count(node, change)

    def schedule(self, day: int, first: int = 1, last: int | None = None) -> None:
        """Work out when the visits of a day begin, and the latest they could.

        Only the stops from number *first* on may begin at another time than before, and only those
        up to number *last* have another latest moment.
        """
        nodes, route = self.nodes, self.routes[day]
        route.effort = None
        stops, begin, latest = route.stops, route.begin, route.latest
        hours, lengths = nodes.hours, nodes.duration_s
        if last is None:
            last = len(stops) - 2
            begin[:] = [nodes.open_s[stops[0]]] * len(stops)
            latest[:] = [nodes.close_s[stops[-1]]] * len(stops)
        opens, here, clock = nodes.open_s, stops[first - 1], begin[first - 1]
        for i in range(first, len(stops)):
            there = stops[i]
            clock += lengths[here] + hours[here][there]
            clock = max(clock, opens[there])
            begin[i] = clock
            here = there
        closes, here, clock = nodes.close_s, stops[last + 1], latest[last + 1]
        for i in range(last, -1, -1):
            there = stops[i]
            clock -= lengths[there] + hours[there][here]
            clock = min(clock, closes[there])
            latest[i] = clock
            here = there
        if nodes.problem.max_visits is not None:
            route.visits = sum(1 for n in stops[1:-1] if nodes.nodes[n].site is not None)
        if nodes.walk is not None:
            route.walk_m = float(nodes.walk[stops[:-1], stops[1:]].sum())

    # ------------------------------------------------------------------ what fits where

    def best_insertion(
        self, day: int, appeal: Floats, power: float = 1.0, thrift: float = 1.0
    ) -> Insertion:
        """Return the visit and gap of a day with the most appeal for each second of delay.

        Parameters
        ----------
        day
            The route to insert into.
        appeal
            How much each node is wanted; 0: not at all. Where the way costs something, a factor on
            what it gains, which is its prize less the effort it adds, to some power.
        power, thrift
            That power, and the share of the effort.
        """
        problem, route = self.nodes.problem, self.routes[day]
        if problem.max_visits is not None and route.visits >= problem.max_visits:
            appeal = np.where(self._is_visit, np.float32(0.0), appeal)
        stops = np.array(route.stops)
        before, after = stops[:-1], stops[1:]
        begin, latest = np.array((route.begin, route.latest), dtype=np.float32)
        onward = self._onward.take(after, axis=0)
        clock = self._arriving.take(before, axis=0)
        cost = clock + onward
        cost *= DETOUR_WEIGHT
        clock += (begin + self._lengths.take(stops))[:-1, None]
        waits = None
        if self._tolls is not None:
            waits = np.maximum(self._open - clock, np.float32(0.0))
        np.maximum(clock, self._open, out=clock)
        fits = clock <= self._close
        clock += onward
        fits &= clock <= latest[1:, None]
        detour_m = None
        if self.nodes.walk is not None:
            detour_m = self._walk_detour(self.nodes.walk, before, after)
            if problem.max_walk_m is not None:
                fits &= detour_m <= problem.max_walk_m - route.walk_m
        if self._tolls is not None and waits is not None:
            times = begin, waits, clock
            added = self._tolls.added(stops, times)
            if self._nights[day]:
                added += self._tolls.dark(day, stops, times)
            if detour_m is not None:
                added += self._tolls.tired(route.walk_m, detour_m)
            gains = self._prizes32 * self.returns.share - np.float32(thrift) * added
            appeal = np.maximum(gains, np.float32(0.0)) ** np.float32(power) * appeal
        # The delay of the next stop, plus one so that none divides by zero.
        clock -= begin[1:, None] - np.float32(1.0)
        np.maximum(clock, np.float32(1.0), out=clock)
        cost += clock
        value = np.divide(appeal, cost, out=cost)
        value *= fits
        gap, node = divmod(int(value.argmax()), self.nodes.count)
        return Insertion(float(value[gap, node]), gap, node)

    def _walk_detour(
        self, walk: Floats, before: npt.NDArray[np.intp], after: npt.NDArray[np.intp]
    ) -> Floats:
        count = self.nodes.count
        detour: Floats = walk[before, :count] + walk.T[after, :count]
        detour -= walk[before, after][:, None]
        return detour

    def fill(self, appeal: Appeal) -> None:
        """Insert visits, the most attractive first, until nothing more fits."""
        if self.nodes.count == 0:
            return
        power, thrift = appeal.power, appeal.thrift
        weight = appeal.weight.astype(np.float32)
        if self._tolls is None:
            # Without effort what a visit gains does not depend on where it is put.
            weight = (self._prizes**power * appeal.weight).astype(np.float32)
        wanted = self._wanted(weight)
        best = [self.best_insertion(day, wanted, power, thrift) for day in range(len(self.routes))]
        while (top := max(best)).value > 0.0:
            day = best.index(top)
            self.insert(day, top.gap, top.node)
            wanted = self._wanted(weight)
            for other, choice in enumerate(best):
                if other == day or (choice.value > 0.0 and wanted[choice.node] == 0.0):
                    best[other] = self.best_insertion(other, wanted, power, thrift)

    def _wanted(self, weight: Floats) -> Floats:
        wanted: Floats = weight * self.returns.share if self._tolls is None else weight.copy()
        wanted[self.taken != 0] = 0.0
        if len(self.spent):
            left = self.nodes.capacity - self.spent
            wanted[(self.nodes.spends > left).any(axis=1)] = 0.0
        return wanted


class Tolls:
    """The effort that visits put into gaps add, for all visits and all gaps of a route at once.

    Parameters
    ----------
    nodes
        A problem whose ways cost something.
    """

    def __init__(self, nodes: Nodes) -> None:
        count, prices = nodes.count, nodes.problem.prices
        self._legs = np.array(nodes.legs, dtype=np.float32)
        self._onto = np.ascontiguousarray(self._legs[:, :count])
        self._from = np.ascontiguousarray(self._legs.T[:, :count])
        idle_s = [node.idle_s for node in nodes.nodes]
        rest = [0] * (len(nodes.places) - count)
        # What is left of one's patience with each stop.
        self._patience = prices.patience_s - np.array(idle_s + rest, dtype=np.float32)
        self._open = np.array(nodes.open_s, dtype=np.float32)
        self._wait = np.float32(prices.wait / HOUR_S)
        self._prices = prices
        self._count = count
        self._hours, self._lengths = nodes.hours, nodes.duration_s
        self._lengths32 = np.array(nodes.duration_s, dtype=np.float32)
        self._travel, self._light = nodes.travel, nodes.problem.light

    def added(self, stops: npt.NDArray[np.intp], times: tuple[Floats, Floats, Floats]) -> Floats:
        """Return what visits add to the legs and waits next to them.

        Parameters
        ----------
        stops
            The stops of the route, start and end included.
        times
            When they begin; how long one would wait for each visit in each gap; and when one would
            then be at what follows.
        """
        begin, waits, arrive = times
        before, after = stops[:-1], stops[1:]
        added: Floats = self._onto.take(before, axis=0) + self._from.take(after, axis=0)
        added -= self._legs[before, after][:, None]
        if not self._wait:
            return added
        # Who would wait for the first stop leaves later.
        waits = waits.copy()
        waits[0] = 0.0
        waits -= self._patience[: self._count]
        np.maximum(waits, np.float32(0.0), out=waits)
        patience = self._patience[after]
        old = begin[1:] - begin[:-1] - self._spans(before, after)
        old[0] = 0.0
        old = np.maximum(old - patience, np.float32(0.0))
        new = np.maximum(self._open[after][:, None] - arrive, np.float32(0.0))
        new -= patience[:, None]
        np.maximum(new, np.float32(0.0), out=new)
        waits += new
        waits -= old[:, None]
        waits *= self._wait
        added += waits
        return added

    def dark(
        self, day: int, stops: npt.NDArray[np.intp], times: tuple[Floats, Floats, Floats]
    ) -> Floats:
        """Return what visits add to walking in the dark; see `added`.

        Only the legs next to them are counted, not what comes later for them.
        """
        begin, waits, arrive = times
        before, after = stops[:-1], stops[1:]
        onto, back = self._travel[before, : self._count], self._travel.T[after, : self._count]
        depart = (begin[:-1] + self._lengths32.take(before))[:, None]
        late = np.zeros_like(waits)
        # Who would wait for the first stop leaves later.
        late[0] = waits[0]
        dark = self._dark_s(day, depart + late, onto) + self._dark_s(day, arrive - back, back)
        spans = self._travel[before, after]
        dark -= self._dark_s(day, begin[1:] - spans, spans)[:, None]
        dark *= np.float32(self._prices.in_the_dark / HOUR_S)
        return dark

    def _dark_s(self, day: int, depart: Floats, leg_s: Floats) -> Floats:
        dawn, dusk = self._light[day]
        light = np.minimum(depart + leg_s, dusk) - np.maximum(depart, dawn)
        dark: Floats = leg_s - np.clip(light, np.float32(0.0), leg_s)
        return dark

    def _spans(self, before: npt.NDArray[np.intp], after: npt.NDArray[np.intp]) -> Floats:
        hours, lengths = self._hours, self._lengths
        spans = [lengths[a] + hours[a][b] for a, b in zip(before, after, strict=True)]
        return np.array(spans, dtype=np.float32)

    def tired(self, walk_m: float, detour_m: Floats) -> Floats:
        """Return what detours add beyond the metres a day's legs like."""
        over_m = walk_m - self._prices.fresh_m
        more: Floats = np.maximum(detour_m + np.float32(over_m), np.float32(0.0))
        more -= np.float32(max(over_m, 0.0))
        more *= np.float32(self._prices.tired_km / 1000)
        return more
