"""Enumerate the tours of a day that the bound cannot rule out.

Partial tours grow one visit at a time. Of those that have visited the same places and stand at
the same one, only the earliest is kept (M. Held, R. M. Karp, "A dynamic programming approach to
sequencing problems", SIAM Journal 10 (1962), 196-210); and of those only the ones whose gain so
far plus the most still to be gained (see `tour.proof.relaxed_day`) exceeds the best known. When
none is left, no better tour was missed.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.effort import HOUR_S, trips_effort
from lens_routes.tour.problem import HourlyTimes
from lens_routes.tour.proof.arrivals import nodes_of
from lens_routes.tour.proof.bound import EQUAL
from lens_routes.tour.proof.partial_tours import Level, hurried_words, key_words, least_before
from lens_routes.tour.proof.relaxed_day import IMPOSSIBLE
from lens_routes.tour.search.standing_times import main_roads

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from lens_routes.tour.proof.arrivals import Ints, Positions, Ways
    from lens_routes.tour.proof.bound import Relaxed
    from lens_routes.tour.proof.partial_tours import Words
    from lens_routes.tour.search.nodes import Nodes

#: Extensions worked out at once: enough for numpy, little enough for the cache.
CHUNK = 400_000
#: Metres that rounding may add up to.
SAME_M = 1e-3
#: What rounding may add up to in effort.
SAME_EFFORT = 1e-9


class Legs(NamedTuple):
    """Ways from stop to stop: what they cost, the metres on foot, the seconds one is moving."""

    effort: npt.NDArray[np.float64]
    metres: npt.NDArray[np.float64]
    moving_s: npt.NDArray[np.int64]


class Enumeration:
    """All partial tours of a day the bound cannot rule out, one visit longer at each level.

    Parameters
    ----------
    nodes, day, ways
        The problem, one of its days, and the ways of that day.
    relaxed
        The relaxed problem whose prices are paid.
    grid_s
        The grid of its clock, 0 where it has none.
    score
        What a solution must exceed to be of interest; it may be raised on the way.
    effort
        How many partial tours to work out.
    """

    def __init__(
        self,
        nodes: Nodes,
        day: int,
        ways: Ways,
        relaxed: Relaxed,
        grid_s: int,
        score: float,
        effort: int,
    ) -> None:
        self.nodes, self.problem, self.score = nodes, nodes.problem, score
        self._relaxed, self._number = relaxed, day
        self._day = nodes.problem.days[day]
        self._ways, self._grid_s = ways, grid_s
        # What the prices give back, and the most the other days gain.
        self.given = relaxed.bound - relaxed.days[day].gain
        mine = self._mine = nodes_of(nodes, day)
        here = [nodes.nodes[node] for node in mine]
        self._count = len(mine)
        self._stops = np.array([*mine, nodes.start(day)])
        self._opens = np.array([node.open_s for node in here], dtype=np.int32)
        self._closes = np.array([node.close_s for node in here], dtype=np.int32)
        self._lasts = np.array([node.duration_s for node in here], dtype=np.int32)
        self._legs = None if nodes.legs is None else np.array(nodes.legs)
        self._idle = np.array([node.idle_s for node in here], dtype=np.int64)
        self._visits = np.array([node.site is not None for node in here], dtype=np.int32)
        self._value, self._worth = relaxed.value[mine], relaxed.worth[mine]
        self._spends = nodes.spends[mine]
        self.keys = key_words(nodes, [node.keys for node in here])
        keys = len(nodes.problem.sites) + len(nodes.problem.breaks)
        # The end, numbered -1, uses nothing up.
        self._spot_keys = key_words(nodes, [*(1 << key for key in range(keys)), 0])
        self._hurried = hurried_words(nodes)[mine]
        #: Whether the same way takes the same time at any hour.
        self._static = not nodes.hourly
        self._places = np.array(nodes.places)
        self._main_s = main_roads(nodes.problem)
        self.levels: list[Level] = []
        self.left = effort
        #: What a partial tour not looked into may still come to, when the effort ran out.
        self.missed = -np.inf

    def __iter__(self) -> Iterator[Level]:
        """Yield the levels, the tour without a visit first; stop early where effort runs out."""
        limits = len(self.nodes.capacity)
        level = Level.first(self._count, self._day.depart_s, self.keys, self._hurried, limits)
        while len(level.node):
            self.levels.append(level)
            yield level
            longer = self._grow(level)
            if longer is None:
                ahead = self._left_over(level.clock, level.node, level.keys)
                self.missed = float((level.gain + ahead).max()) + self.given
                return
            level = longer

    def promise(self, level: Level) -> npt.NDArray[np.float64]:
        """Return the most a solution is worth in which partial tours go home now."""
        end = self.nodes.end(self._number)
        in_time = self._ways.home(level.node, level.clock) <= self._day.deadline_s
        gain = level.gain
        if self._legs is not None:
            gain = gain - self._home(level).effort
        walk = self.nodes.walk
        if walk is not None:
            gain = gain - self._relaxed.prices.km * walk[self._stops[level.node], end] / 1000
            if self.problem.max_walk_m is not None:
                in_time &= self.length_m(level) <= self.problem.max_walk_m + SAME_M
        return np.where(in_time, gain + self.given, IMPOSSIBLE)

    def worth(self, level: Level) -> npt.NDArray[np.float64]:
        """Return the most that partial tours are worth that go home now, in a tour of one day.

        Nothing is priced any more but diminishing returns.
        """
        tired_m = np.maximum(self.length_m(level) - self.problem.prices.fresh_m, 0.0)
        tired = self.problem.prices.tired_km / 1000 * tired_m
        worth: npt.NDArray[np.float64] = level.worth + self._relaxed.ranked
        return worth - self.effort(level) - tired

    def effort(self, level: Level) -> npt.NDArray[np.float64]:
        """Return the effort of the way where partial tours go home now, legs that tire aside."""
        return level.effort + self._home(level).effort

    def length_m(self, level: Level) -> npt.NDArray[np.float64]:
        """Return the metres walked where partial tours go home now; 0 where they do not matter."""
        return level.walk + self._home(level).metres

    def _home(self, level: Level) -> Legs:
        """Return the ways home of partial tours."""
        end = self.nodes.end(self._number)
        return self._along(level.node, level.clock, np.full(len(level.node), end))

    def trace(self, number: int, which: Positions) -> Positions:
        """Return the visits of some partial tours of level *number*, one a column, then -1."""
        visits = np.full((len(self.levels) - 1, len(which)), -1, dtype=np.intp)
        for n in range(number, 0, -1):
            visits[n - 1] = self._mine[self.levels[n].node[which]]
            which = self.levels[n].parent[which]
        return visits

    def _left_over(self, clock: Ints, node: Ints, keys: Words) -> npt.NDArray[np.float64]:
        """Return the most that partial tours may still gain, the rest of the day relaxed."""
        ahead = self._relaxed.days[self._number].ahead
        if ahead is None:
            raise ValueError("a day from a list says nothing of what is ahead")
        slot = (clock - self._day.depart_s) // self._grid_s if self._grid_s else 0
        spot = ahead.spot[slot, node]
        # Where the best goes on to a place already seen, something else has to come first.
        seen = (keys & self._spot_keys[spot]).any(axis=1)
        most: npt.NDArray[np.float64] = np.where(
            seen, ahead.otherwise[slot, node], ahead.most[slot, node]
        )
        if self._legs is not None and self._grid_s and self._static:
            # Who leaves later than the clock says waits that much less.
            late = clock - self._day.depart_s - slot * self._grid_s
            most += late * (self.problem.prices.wait / HOUR_S)
        return most

    def _grow(self, level: Level) -> Level | None:
        """Return the partial tours one visit longer that may still beat the best known.

        None when they are more than the effort allows.
        """
        size = max(1, CHUNK // max(1, self._count))
        # By where they stand, so that a chunk has ways from few stops.
        order = np.argsort(level.node, kind="stable")
        parts = []
        for first in range(0, len(order), size):
            part = self._grow_some(level, order[first : first + size])
            self.left -= len(part.node)
            if self.left < 0:
                return None
            parts.append(part)
        longer = Level(
            *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Level))
        )
        return self._undominated(longer)

    def _grow_some(self, level: Level, some: npt.NDArray[np.intp]) -> Level:
        old = level.some(some)
        arrive = self._ways.arrivals(old.node, old.clock)
        begin = np.maximum(arrive, self._opens)
        allowed = begin <= self._closes
        for word in range(self.keys.shape[1]):
            allowed &= (old.keys[:, None, word] & self.keys[None, :, word]) == 0
        if self.problem.max_visits is not None:
            allowed &= old.visits[:, None] + self._visits <= self.problem.max_visits
        allowed &= begin + self._lasts <= self._day.deadline_s
        row, node = np.nonzero(allowed)
        if self._legs is not None and not self._static:
            # What the ways cost at the least rules most out before their true cost is looked up.
            least = self._legs[self._stops[old.node[row]], self._stops[node]]
            good = self._hope(old, (row, node), begin[row, node], least)[2] > self.score + EQUAL
            row, node = row[good], node[good]
        times = old.clock[row], arrive[row, node], begin[row, node]
        effort, metres, _ = self._step(old.node[row], node, times)
        clock, gain, hope = self._hope(old, (row, node), begin[row, node], effort)
        keys = old.keys[row] | self.keys[node]
        good = hope > self.score + EQUAL
        spent = old.spent[row] + self._spends[node]
        good &= (spent <= self.nodes.capacity).all(axis=1)
        row, node = row[good], node[good]
        longer = Level(
            node.astype(np.int32),
            clock[good],
            gain[good],
            keys[good],
            old.hurried[row] | self._hurried[node],
            old.walk[row] + metres[good],
            old.worth[row] + self._worth[node],
            old.effort[row] + effort[good],
            spent[good],
            old.visits[row] + self._visits[node],
            some[row],
        )
        walk = self.nodes.walk
        if walk is None or self.problem.max_walk_m is None:
            return longer
        home_m = walk[self._stops[longer.node], self.nodes.end(self._number)]
        return longer.some(np.nonzero(longer.walk + home_m <= self.problem.max_walk_m + SAME_M)[0])

    def _hope(
        self,
        old: Level,
        steps: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
        begin: Ints,
        effort: npt.NDArray[np.float64],
    ) -> tuple[Ints, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return when partial tours leave another node, what they gain, and may gain in all.

        *steps* are the partial tours and the nodes, whose visits begin at *begin*, and *effort*
        what going there costs.
        """
        row, node = steps
        clock = begin + self._lasts[node]
        gain = old.gain[row] + self._value[node] - effort
        if self.nodes.walk is not None:
            km = self.nodes.walk[self._stops[old.node[row]], self._stops[node]] / 1000
            gain -= self._relaxed.prices.km * km
        keys = old.keys[row] | self.keys[node]
        hope = gain + self._left_over(clock, node.astype(np.int32), keys) + self.given
        return clock, gain, hope

    def _step(self, rows: Ints, node: npt.NDArray[np.intp], times: tuple[Ints, Ints, Ints]) -> Legs:
        """Return going from rows to nodes, waits included: left, reached and begun at times."""
        left, arrive, begin = times
        # Who would wait for the first stop of the day leaves later.
        first = rows == self._count
        depart = np.where(first, left + begin - arrive, left) if self._static else left
        leg = self._along(rows, depart, self._stops[node])
        if self._legs is None:
            return leg
        prices = self.problem.prices
        waited = begin - arrive if self._static else begin - left - leg.moving_s
        idle = np.where(first, 0, waited) + self._idle[node]
        waits = prices.wait / HOUR_S * np.maximum(idle - prices.patience_s, 0)
        return leg._replace(effort=waits + leg.effort)

    def _along(self, rows: Ints, departs: Ints, there: npt.NDArray[np.intp]) -> Legs:
        """Return the legs from rows, left at some time, to other stops."""
        nodes, prices, travel = self.nodes, self.problem.prices, self.problem.travel
        stops, metres = self._stops[rows], np.zeros(len(rows))
        if isinstance(travel, HourlyTimes):
            ends = self._places[stops], self._places[there]
            _, foot_s, ride_s, metres = travel.trips(*ends, departs.astype(np.int64))
            leg_s, lit = foot_s + ride_s, ride_s > 0
            effort = trips_effort(prices, foot_s, ride_s, self._main_s[ends])
        else:
            leg_s = nodes.travel[stops, there].astype(np.int64)
            effort = np.zeros(len(rows)) if self._legs is None else self._legs[stops, there]
            lit = np.zeros(len(rows), dtype=bool)
            if nodes.walk is not None:
                metres = nodes.walk[stops, there].astype(np.float64)
        if self.problem.light and prices.in_the_dark:
            light = self.problem.light[self._number]
            in_light = np.minimum(departs + leg_s, light[1]) - np.maximum(departs, light[0])
            dark = (leg_s - np.maximum(in_light, 0)) * ~lit
            effort = effort + prices.in_the_dark / HOUR_S * dark
        return Legs(effort, metres, leg_s)

    def _undominated(self, level: Level) -> Level:
        """Drop, of partial tours with the same visits and the same last one, what another betters.

        The other one is as early and has no worse a way of visiting any place. It may have to wait
        for as long as it is earlier, and to walk in the dark of the morning; it may have walked
        farther, and then tires sooner; what all that costs must not exceed what its way cost less.
        Compared are the earliest, and the one of the least cost in these terms.
        """
        prices, hour_s = self.problem.prices, HOUR_S
        # Where rides depend on the hour, whoever comes later may ride where the earlier one walks.
        by_clock = not self._static and (
            self._legs is not None or self.problem.max_walk_m is not None
        )
        level, first = level.grouped(by_clock=by_clock)
        in_all = level.effort - prices.wait / hour_s * level.clock
        in_all += prices.tired_km / 1000 * level.walk
        kept = np.ones(len(first), dtype=bool)
        for leader in (first, least_before(in_all, first)):
            early = level.clock - level.clock[leader]
            cost = level.effort[leader] - level.effort + prices.wait / hour_s * early
            if self.problem.light:
                dawn = self.problem.light[self._number][0]
                dark = np.clip(dawn - level.clock[leader], 0, early)
                cost += prices.in_the_dark / hour_s * dark
            farther = level.walk[leader] - level.walk
            cost += prices.tired_km / 1000 * np.maximum(farther, 0.0)
            better = (leader != np.arange(len(leader))) & (cost <= SAME_EFFORT) & (early >= 0)
            better &= ~(level.hurried[leader] & ~level.hurried).any(axis=1)
            if self.problem.max_walk_m is not None:
                better &= farther <= SAME_M
            kept &= ~better
        return level.some(np.nonzero(kept)[0])
