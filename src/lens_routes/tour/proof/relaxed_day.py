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

    def put(self, where: tuple[slice, slice], found: Ahead) -> None:
        """Enter what was found of some slots and rows."""
        self.most[where] = found.most
        self.spot[where] = found.spot
        self.otherwise[where] = found.otherwise


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
        self._mine = mine
        self._start = rows = int(region.max(initial=-1)) + 1
        self._slots = (plan.deadline_s - plan.depart_s) // grid_s + 1
        self._spot = spots(nodes)[mine]
        # Regions are nowhere in particular, nor is the start.
        self._row_spot = np.full(rows + 1, -2, dtype=np.int32)
        if rows == len(mine):
            self._row_spot[:rows] = self._spot
        self._same = _alike(self._spot)
        # No step takes less than so many slots, so as many are worked out at once.
        self._block = max(1, shortest_s(nodes) // grid_s)
        self._km: Array | None = None
        self._home_km: Array | None = None
        if nodes.walk is not None:
            self._km, self._home_km = (
                metres.astype(np.float64) / 1000
                for metres in least_by_region(nodes, nodes.walk, day, regions, NEVER_M)
            )
        self._lay_out(nodes, day, ways, regions, grid_s)

    def _lay_out(
        self, nodes: Nodes, day: int, ways: Ways, regions: tuple[Positions, Ints], grid_s: int
    ) -> None:
        """Work out where every step leads, and what it costs."""
        plan, (mine, region) = nodes.problem.days[day], regions
        count, start, here = len(mine), self._start, [nodes.nodes[node] for node in mine]
        opens, closes, lengths = (
            np.array(times, dtype=np.int32)
            for times in zip(*((n.open_s, n.close_s, n.duration_s) for n in here), strict=True)
        )
        tolls = None
        if nodes.legs is not None:
            tolls = Tolls(nodes, day, regions, merged=start < count)
        # The states of the clock, (slot, row) laid out flat; the start of the day is one by itself.
        states = self._slots * start
        rows = np.append(np.tile(np.arange(start, dtype=np.int32), self._slots), np.int32(start))
        clocks = np.append(np.repeat(np.arange(self._slots, dtype=np.int32), start), np.int32(0))
        clocks = plan.depart_s + grid_s * clocks
        self._rows = rows
        # From a state a step leads to a node at this place of the table of gains, laid out flat.
        self._onto = np.empty((states + 1, count), dtype=np.int32)
        self._toll: Floats | None = (
            None if tolls is None else np.empty(self._onto.shape, np.float32)
        )
        in_time = ways.home(rows, clocks) <= plan.deadline_s
        closing = 0.0 if tolls is None else -tolls.home(rows, clocks)
        self._closing = np.where(in_time, closing, IMPOSSIBLE)
        size = max(1, CELLS // count)
        for first in range(0, states + 1, size):
            some = slice(first, first + size)
            begin = ways.arrivals(rows[some], clocks[some])
            idle = np.maximum(opens - begin, 0)
            np.maximum(begin, opens, out=begin)
            late = begin > closes
            begin += lengths - np.int32(plan.depart_s)
            slot = begin // np.int32(grid_s)
            if tolls is not None and self._toll is not None:
                begin -= slot * np.int32(grid_s)
                self._toll[some] = tolls.onto(rows[some], clocks[some], idle, begin)
            late |= (slot >= self._slots) | (self._spot == self._row_spot[rows[some], None])
            slot[late] = self._slots
            self._onto[some] = slot * np.int32(start + 1) + region

    def solve(self, value: Array, km_price: float) -> BestDay:
        """Return the best day when visiting node *i* gains ``value[i]`` and kilometres cost."""
        start, value = self._start, value[self._mine]
        shape = (self._slots + 1, start + 1)
        ahead = Ahead(
            np.full(shape, IMPOSSIBLE),
            np.full(shape, -1, dtype=np.int32),
            np.full(shape, IMPOSSIBLE),
        )
        steps, closing = np.broadcast_to(value, (start + 1, len(value))), self._closing
        if self._km is not None and self._home_km is not None:
            steps = value - km_price * self._km
            closing = closing - km_price * self._home_km[self._rows]
        for last in range(self._slots, 0, -self._block):
            block = slice(max(0, last - self._block), last)
            part = slice(block.start * start, block.stop * start)
            gains = self._gains(ahead, part, slice(start), steps)
            ahead.put((block, slice(start)), self._best(gains, closing[part]))
        part, row = slice(len(closing) - 1, None), slice(start, None)
        gains = self._gains(ahead, part, row, steps)
        ahead.put((slice(1), row), self._best(gains, closing[part]))
        visits, km = self._follow(ahead, steps)
        return BestDay(float(ahead.most[0, start]), visits, km, ahead)

    def _best(self, gains: Array, closing: Array) -> Ahead:
        """Return what some states of the clock gain; *closing* is what they gain going home."""
        shape, gains = gains.shape[:2], gains.reshape(-1, gains.shape[2])
        each, first = np.arange(len(gains)), gains.argmax(axis=1)
        most = gains[each, first]
        spot = np.where(most > closing, self._spot.take(first), np.int32(-1))
        gains[each[:, None], self._same.take(first, axis=0)] = IMPOSSIBLE
        otherwise = np.maximum(gains.max(axis=1), closing)
        return Ahead(
            np.maximum(most, closing).reshape(shape),
            spot.reshape(shape),
            otherwise.reshape(shape),
        )

    def _gains(self, ahead: Ahead, part: slice, rows: slice, steps: Array) -> Array:
        """Return what each step from some states of some rows gains in all, for each slot and row.

        None comes back to where it started at once.
        """
        onto = self._onto[part].reshape(-1, *steps[rows].shape)
        gains: Array = ahead.most.take(onto)
        back = np.flatnonzero(ahead.spot.take(onto) == self._row_spot[rows, None])
        np.put(gains, back, ahead.otherwise.take(onto.take(back)))
        gains += steps[rows]
        if self._toll is not None:
            gains -= self._toll[part].reshape(onto.shape)
        return gains

    def _follow(self, ahead: Ahead, steps: Array) -> tuple[tuple[int, ...], float]:
        visits: list[int] = []
        slot, row, km, before = 0, self._start, 0.0, -2
        while True:
            again = ahead.spot[slot, row] == before
            most = (ahead.otherwise if again else ahead.most)[slot, row]
            state = len(self._onto) - 1 if row == self._start else slot * self._start + row
            gains = self._gains(ahead, slice(state, state + 1), slice(row, row + 1), steps)[0, 0]
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
