"""The best relaxed day: a longest path through (place, minute), where a place may come again.

It may not come again at once, nor after one other place: each state of the clock knows what gains
most from there, and what gains most going somewhere else first (2-cycle elimination: D. J. Houck
et al., "The travelling salesman problem as a constrained shortest path problem", Opsearch 17
(1980), 93-109). Clock times are rounded down to a grid, which only ever lets the relaxed day do
more. What the way costs must be no more than it truly does: who is earlier by rounding waits
longer, so each rounding gives back what as much waiting costs; and only evenings are dark, which
come to whoever is late.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.effort import HOUR_S
from lens_routes.tour.problem import StaticTimes
from lens_routes.tour.proof.arrivals import least_by_region
from lens_routes.tour.search.nodes import NEVER_S

if TYPE_CHECKING:
    import numpy.typing as npt

    from lens_routes.tour.proof.arrivals import Ints, Positions, Table, Ways
    from lens_routes.tour.search.nodes import Floats, Nodes

    Array = npt.NDArray[np.float64]

IMPOSSIBLE = -1e12
#: From a node to itself nobody goes.
NEVER_M = 1e9
#: Steps worked out at once: enough for numpy, little enough for the cache.
CELLS = 40_000
#: Costs are kept in small numbers, which may be off by less than this.
TINY = 1e-6


class BestDay(NamedTuple):
    """The day that gains most at some prices: what it gains, what it visits, how far it walks.

    ``ahead`` says what may still be gained from any moment on; a day from a list has none.
    """

    gain: float
    visits: tuple[int, ...]
    km: float
    ahead: Ahead | None = None


class Ahead(NamedTuple):
    """What can still be gained from each slot of the clock and row, shape (slots, rows).

    ``most`` is reached going to ``spot`` next, ``otherwise`` is the most that can be gained going
    elsewhere first. A spot is a site or where a break at the start is taken; -1 is the end.
    """

    most: Array
    spot: Ints
    otherwise: Array


class NoClock:
    """Stands in for a clock where steps take no time: whatever there is may still be gained.

    Parameters
    ----------
    count
        How many nodes there are.
    """

    def __init__(self, count: int) -> None:
        self._rows = count + 1

    def solve(self, value: Array, km_price: float) -> BestDay:  # noqa: ARG002  # not a metre is sure
        """Return a day that gains all there is; its clock stands still."""
        gain = float(np.maximum(value, 0.0).sum())
        most = np.full((1, self._rows), gain)
        return BestDay(gain, (), 0.0, Ahead(most, np.full(most.shape, -1, dtype=np.int32), most))


class Clock:
    """The clock of one day on a grid: where every step from row to node leads in time.

    Parameters
    ----------
    nodes, day
        The problem, and one of its days.
    ways
        When one arrives, from the rows of the day: regions of nodes, then its start.
    regions
        The nodes that may be visited on the day, and for each the row one then leaves from.
    grid_s
        The grid, seconds; no step of a tour may be shorter.
    """

    def __init__(
        self, nodes: Nodes, day: int, ways: Ways, regions: tuple[Positions, Ints], grid_s: int
    ) -> None:
        plan, (mine, region) = nodes.problem.days[day], regions
        here = [nodes.nodes[node] for node in mine]
        self._mine, self._region, self._ways = mine, region, ways
        self._start = start = int(region.max(initial=-1)) + 1
        self._grid_s, self._depart_s = np.int32(grid_s), np.int32(plan.depart_s)
        self._slots = (plan.deadline_s - plan.depart_s) // grid_s + 1
        self._opens, self._closes, self._lasts = (
            np.array(times, dtype=np.int32)
            for times in zip(*((n.open_s, n.close_s, n.duration_s) for n in here), strict=True)
        )
        self._spot = spots(nodes)[mine]
        # Regions are nowhere in particular, nor is the start.
        self._row_spot = np.full(start + 1, -2, dtype=np.int32)
        if start == len(mine):
            self._row_spot[:start] = self._spot
        self._same = _alike(self._spot)
        self._km: Array | None = None
        self._home_km: Array | None = None
        if nodes.walk is not None:
            self._km, self._home_km = (
                metres.astype(np.float64) / 1000
                for metres in least_by_region(nodes, nodes.walk, day, regions, NEVER_M)
            )
        # The states of the clock, slot by slot: where each has its place in a table, laid out flat.
        lives = np.arange(self._slots)[:, None] >= self._earliest()
        lives[1:, start] = False
        self._place = np.flatnonzero(lives)
        slots = self._place // (start + 1)
        self._rows = (self._place - slots * (start + 1)).astype(np.int32)
        # No step takes less than so many slots, so as many are worked out at once.
        block = max(1, shortest_s(nodes) // grid_s)
        bounds = np.searchsorted(slots, [*range(self._slots, 0, -block), 0]).tolist()
        self._blocks = [slice(first, last) for last, first in pairwise(bounds)]
        tolls = None
        if nodes.legs is not None:
            tolls = Tolls(nodes, day, regions, merged=start < len(mine))
        clocks = self._depart_s + self._grid_s * slots.astype(np.int32)
        in_time = ways.home(self._rows, clocks) <= plan.deadline_s
        closing = 0.0 if tolls is None else -tolls.home(self._rows, clocks)
        self._closing = np.where(in_time, closing, IMPOSSIBLE)
        self._lay_out(clocks, tolls)

    def _earliest(self) -> Ints:
        """Return the first slot in which one may leave each row."""
        first = np.full(self._start + 1, self._slots, dtype=np.int32)
        first[self._start] = 0
        rows = np.array([self._start], dtype=np.int32)
        while len(rows):
            before = first.copy()
            slot, *_ = self._steps(rows, self._depart_s + self._grid_s * first[rows])
            np.minimum.at(first, self._region, slot.min(axis=0))
            rows = np.flatnonzero(first < before).astype(np.int32)
        return first

    def _lay_out(self, clocks: Ints, tolls: Tolls | None) -> None:
        """Work out to which place in a table each step leads from the states, and what it costs."""
        shape = len(clocks), len(self._mine)
        self._onto = np.empty(shape, dtype=np.int32)
        self._toll: Floats | None = None if tolls is None else np.empty(shape, dtype=np.float32)
        size = max(1, CELLS // len(self._mine))
        for first in range(0, len(clocks), size):
            some = slice(first, first + size)
            slot, idle, rounded = self._steps(self._rows[some], clocks[some])
            self._onto[some] = slot * np.int32(self._start + 1) + self._region
            if tolls is not None and self._toll is not None:
                self._toll[some] = tolls.onto(self._rows[some], clocks[some], idle, rounded)

    def _steps(self, rows: Ints, clocks: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the slot in which steps from rows lead on from each node, the last for never.

        Besides how long one waits for each, and the seconds dropped on leaving it.
        """
        begin = self._ways.arrivals(rows, clocks)
        idle = np.maximum(self._opens - begin, 0)
        np.maximum(begin, self._opens, out=begin)
        late = begin > self._closes
        begin += self._lasts - self._depart_s
        slot = begin // self._grid_s
        begin -= slot * self._grid_s
        late |= (slot >= self._slots) | (self._spot == self._row_spot[rows, None])
        slot[late] = self._slots
        return slot, idle, begin

    def solve(self, value: Array, km_price: float) -> BestDay:
        """Return the best day when visiting node *i* gains ``value[i]`` and kilometres cost."""
        value = value[self._mine]
        shape = (self._slots + 1, self._start + 1)
        ahead = Ahead(
            np.full(shape, IMPOSSIBLE),
            np.full(shape, -1, dtype=np.int32),
            np.full(shape, IMPOSSIBLE),
        )
        most, spot, otherwise = (table.reshape(-1) for table in ahead)
        steps, closing = value[None], self._closing
        if km_price and self._km is not None and self._home_km is not None:
            steps = value - km_price * self._km
            closing = closing - km_price * self._home_km[self._rows]
        for part in self._blocks:
            gains, home, place = self._gains(ahead, part, steps), closing[part], self._place[part]
            each, first = np.arange(len(gains)), gains.argmax(axis=1)
            best = gains[each, first]
            most[place] = np.maximum(best, home)
            spot[place] = np.where(best > home, self._spot.take(first), -1)
            gains[each[:, None], self._same.take(first, axis=0)] = IMPOSSIBLE
            otherwise[place] = np.maximum(gains.max(axis=1), home)
        visits, km = self._follow(ahead, steps)
        return BestDay(float(ahead.most[0, self._start]), visits, km, ahead)

    def _gains(self, ahead: Ahead, part: slice, steps: Array) -> Array:
        """Return what each step from some states gains in all, never coming back at once."""
        onto, rows = self._onto[part], self._rows[part]
        gains: Array = ahead.most.take(onto)
        back = np.flatnonzero(ahead.spot.take(onto) == self._row_spot[rows, None])
        np.put(gains, back, ahead.otherwise.take(onto.take(back)))
        gains += steps if len(steps) == 1 else steps.take(rows, axis=0)
        if self._toll is not None:
            gains -= self._toll[part]
        return gains

    def _follow(self, ahead: Ahead, steps: Array) -> tuple[tuple[int, ...], float]:
        visits: list[int] = []
        slot, row, km, before = 0, self._start, 0.0, -2
        while True:
            again = ahead.spot[slot, row] == before
            most = (ahead.otherwise if again else ahead.most)[slot, row]
            state = int(np.searchsorted(self._place, slot * (self._start + 1) + row))
            gains = self._gains(ahead, slice(state, state + 1), steps)[0]
            gains[self._spot == before] = IMPOSSIBLE
            node = int(gains.argmax())
            if gains[node] < most or gains[node] < IMPOSSIBLE / 2:
                break
            visits.append(int(self._mine[node]))
            km += float(self._km[row, node]) if self._km is not None else 0.0
            before = int(self._row_spot[row])
            slot, row = divmod(int(self._onto[state, node]), self._start + 1)
        km += float(self._home_km[row]) if self._home_km is not None else 0.0
        return tuple(visits), km


class Tolls:
    """What steps of the clock cost at least.

    Parameters
    ----------
    nodes, day
        The problem, whose ways cost something, and one of its days.
    regions
        The nodes that may be visited on the day, and for each the row one then leaves from.
    merged
        Whether rows are regions of several nodes.
    """

    def __init__(
        self, nodes: Nodes, day: int, regions: tuple[Positions, Ints], *, merged: bool
    ) -> None:
        problem = nodes.problem
        self._prices = problem.prices
        legs = np.array(nodes.legs)
        self._legs, self._home = least_by_region(nodes, legs, day, regions, 0.0)
        self._start = len(self._legs) - 1
        self._inner = np.array([nodes.nodes[node].idle_s for node in regions[0]], dtype=np.float64)
        #: Whether one knows when one arrives, and so how long one waits.
        self.sure = isinstance(problem.travel, StaticTimes) and not merged
        self._dusk = None
        if problem.light and isinstance(problem.travel, StaticTimes):
            hours = nodes.travel.astype(np.float64)
            self._hours, self._home_hours = least_by_region(nodes, hours, day, regions, 0.0)
            self._dusk = problem.light[day][1]

    def onto(self, rows: Ints, clocks: Ints, idle: Ints, rounded: Ints) -> Array:
        """Return what going from rows to each node costs at some clocks; shape (rows, nodes).

        *idle* is how long one waits for it, *rounded* the seconds that are dropped on leaving it.
        """
        prices = self._prices
        # Who would wait for the first stop of the day leaves later.
        first = (rows == self._start)[:, None]
        waits = self._inner
        if self.sure:
            waits = np.where(first, 0, idle) + self._inner
        cost: Array = np.maximum(waits - prices.patience_s, 0.0)
        if self.sure:
            cost = cost - rounded
        cost = self._legs[rows] + cost * (prices.wait / HOUR_S) - TINY
        if self._dusk is not None:
            late = np.where(first, idle, 0) if self.sure else 0
            cost += self._dark(clocks[:, None] + late, self._hours[rows])
        return cost

    def home(self, rows: Ints, clocks: Ints) -> Table:
        """Return what going home from rows costs at some clocks."""
        cost: Table = self._home[rows] - TINY
        if self._dusk is not None:
            cost = cost + self._dark(clocks, self._home_hours[rows])
        return cost

    def _dark(self, clocks: Ints, leg_s: Table) -> Array:
        after: Array = np.clip(clocks + leg_s - (self._dusk or 0), 0.0, leg_s)
        return self._prices.in_the_dark / HOUR_S * after


def shortest_s(nodes: Nodes) -> int:
    """Return the time of the shortest step between nodes, and from the start of a day, seconds."""
    count = nodes.count
    rows = [*range(count), *(nodes.start(day) for day in range(len(nodes.problem.days)))]
    steps = nodes.travel[rows, :count] + np.array(nodes.duration_s[:count], dtype=np.float32)
    steps[range(count), range(count)] = NEVER_S
    return int(steps.min())


def spots(nodes: Nodes) -> Ints:
    """Return for each node the number of its spot: its site, or where a break alone is taken."""
    sites = len(nodes.problem.sites)
    return np.array(
        [sites + n.pauses[0] if n.site is None else n.site for n in nodes.nodes], dtype=np.int32
    )


def _alike(spot: Ints) -> Positions:
    """Return for each node all those of its spot, as often as it takes to fill the row."""
    members: dict[int, list[int]] = {}
    for node, number in enumerate(spot.tolist()):
        members.setdefault(number, []).append(node)
    width = max(map(len, members.values()), default=0)
    rows = [(members[number] * width)[:width] for number in spot.tolist()]
    return np.array(rows, dtype=np.intp).reshape(len(rows), width)
