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

    from lens_routes.tour.proof.arrivals import Ints, Positions, Ways
    from lens_routes.tour.search.nodes import Floats, Nodes

    Array = npt.NDArray[np.float64]

IMPOSSIBLE = -1e12
#: From a node to itself nobody goes.
NEVER_M = 1e9
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
        count, here = len(mine), [nodes.nodes[node] for node in mine]
        self._mine = mine
        self._regions = rows = int(region.max(initial=-1)) + 1
        self._slots = (plan.deadline_s - plan.depart_s) // grid_s + 1
        clocks = plan.depart_s + grid_s * np.arange(self._slots, dtype=np.int32)
        opens = np.array([node.open_s for node in here], dtype=np.int32)
        tolls = Tolls(nodes, day, regions, merged=rows < count) if nodes.legs is not None else None
        closes = np.array([node.close_s for node in here], dtype=np.int32)
        lengths = np.array([node.duration_s for node in here], dtype=np.int32)
        self._spot = spots(nodes)[mine]
        # Regions are nowhere in particular.
        self._row_spot = np.full(rows + 1, -2, dtype=np.int32)
        if rows == count:
            self._row_spot[:count] = self._spot
        self._same = _alike(self._spot)
        # One step leads from (slot, row) to this index of the table of gains, laid out flat.
        self._onto = np.empty((self._slots, rows + 1, count), dtype=np.int32)
        self._home = np.empty((self._slots, rows + 1), dtype=bool)
        self._toll: Floats | None = None
        self._home_toll = np.zeros((self._slots, rows + 1))
        if tolls is not None:
            self._toll = np.empty(self._onto.shape, dtype=np.float32)
        for row in range(rows + 1):
            same = np.full(self._slots, row, dtype=np.int32)
            begin = ways.arrivals(same, clocks)
            idle = np.maximum(opens - begin, 0)
            np.maximum(begin, opens, out=begin)
            slot = (begin + (lengths - np.int32(plan.depart_s))) // np.int32(grid_s)
            if tolls is not None and self._toll is not None:
                rounded = (begin + lengths - np.int32(plan.depart_s)) % np.int32(grid_s)
                self._toll[:, row] = tolls.onto(row, clocks, idle, rounded)
                self._home_toll[:, row] = tolls.home(row, clocks)
            slot[(begin > closes) | (slot >= self._slots)] = self._slots
            slot[:, self._spot == self._row_spot[row]] = self._slots
            self._onto[:, row] = slot * np.int32(rows) + region
            self._home[:, row] = ways.home(same, clocks) <= plan.deadline_s
        # No step takes less than so many slots, so as many are worked out at once.
        self._block = max(1, shortest_s(nodes) // grid_s)
        self._region = region
        self._km: Array | None = None
        self._home_km: Array | None = None
        if nodes.walk is not None:
            self._km, self._home_km = (
                metres.astype(np.float64) / 1000
                for metres in least_by_region(nodes, nodes.walk, day, regions, NEVER_M)
            )

    def solve(self, value: Array, km_price: float) -> BestDay:
        """Return the best day when visiting node *i* gains ``value[i]`` and kilometres cost."""
        rows, value = self._regions, value[self._mine]
        shape = (self._slots + 1, rows + 1)
        ahead = Ahead(
            np.full(shape, IMPOSSIBLE),
            np.full(shape, -1, dtype=np.int32),
            np.full(shape, IMPOSSIBLE),
        )
        # The same without the start of the day, to which no step leads.
        size = (self._slots + 1) * rows
        inner = Ahead(
            np.full(size, IMPOSSIBLE), np.full(size, -1, dtype=np.int32), np.full(size, IMPOSSIBLE)
        )
        closing = np.where(self._home, -self._home_toll, IMPOSSIBLE)
        steps = np.broadcast_to(value, (rows + 1, len(value)))
        if self._km is not None and self._home_km is not None:
            steps = value - km_price * self._km
            closing -= km_price * self._home_km
        for last in range(self._slots, 0, -self._block):
            block = slice(max(0, last - self._block), last)
            gains = self._gains(inner, self._onto[block], self._row_spot[:, None], steps)
            if self._toll is not None:
                gains -= self._toll[block]
            first = gains.argmax(axis=2)
            most = np.take_along_axis(gains, first[..., None], axis=2)[..., 0]
            np.put_along_axis(gains, self._same[first], IMPOSSIBLE, axis=2)
            ahead.most[block] = np.maximum(most, closing[block])
            ahead.spot[block] = np.where(most > closing[block], self._spot[first], -1)
            ahead.otherwise[block] = np.maximum(gains.max(axis=2), closing[block])
            part = slice(block.start * rows, block.stop * rows)
            inner.most[part] = ahead.most[block, :rows].ravel()
            inner.spot[part] = ahead.spot[block, :rows].ravel()
            inner.otherwise[part] = ahead.otherwise[block, :rows].ravel()
        visits, km = self._follow(ahead, inner, steps)
        return BestDay(float(ahead.most[0, rows]), visits, km, ahead)

    def _gains(self, inner: Ahead, onto: Ints, spot: Ints, steps: Array) -> Array:
        """Return what each step gains in all, never coming back to where it started at once."""
        gains: Array = inner.most.take(onto)
        back = np.flatnonzero(inner.spot.take(onto) == spot)
        np.put(gains, back, inner.otherwise.take(onto.take(back)))
        gains += steps
        return gains

    def _follow(self, ahead: Ahead, inner: Ahead, steps: Array) -> tuple[tuple[int, ...], float]:
        visits: list[int] = []
        slot, row, km, before = 0, self._regions, 0.0, -2
        while True:
            again = ahead.spot[slot, row] == before
            most = (ahead.otherwise if again else ahead.most)[slot, row]
            gains = self._gains(inner, self._onto[slot, row], self._row_spot[row], steps[row])
            if self._toll is not None:
                gains -= self._toll[slot, row]
            gains[self._spot == before] = IMPOSSIBLE
            node = int(gains.argmax())
            if gains[node] < most or gains[node] < IMPOSSIBLE / 2:
                break
            visits.append(int(self._mine[node]))
            km += float(self._km[row, node]) if self._km is not None else 0.0
            before = int(self._row_spot[row])
            slot, row = divmod(int(self._onto[slot, row, node]), self._regions)
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

    def onto(self, row: int, clocks: Ints, idle: Ints, rounded: Ints) -> Array:
        """Return what going from a row to each node costs at some clocks; shape (clocks, nodes).

        *idle* is how long one waits for it, *rounded* the seconds that are dropped on leaving it.
        """
        prices = self._prices
        counts = self.sure and row != self._start
        waits = idle + self._inner if counts else np.broadcast_to(self._inner, idle.shape)
        cost: Array = np.maximum(waits - prices.patience_s, 0.0)
        if self.sure:
            cost = cost - rounded
        cost = self._legs[row] + cost * (prices.wait / HOUR_S) - TINY
        if self._dusk is not None:
            # Who would wait for the first stop of the day leaves later.
            late = idle if row == self._start and self.sure else 0
            cost += self._dark(clocks[:, None] + late, self._hours[row])
        return cost

    def home(self, row: int, clocks: Ints) -> Array:
        """Return what going home from a row costs at some clocks."""
        cost: Array = np.full(len(clocks), self._home[row] - TINY)
        if self._dusk is not None:
            cost += self._dark(clocks, self._home_hours[row])
        return cost

    def _dark(self, clocks: Ints, leg_s: Array) -> Array:
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
