"""Improve plans on travel times that depend on the hour: iterated local search on true times.

A span of visits is taken out of a day, and what pays best is put in, as long as something fits.
"""

from __future__ import annotations

import heapq
import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.report import missing
from lens_routes.tour.schedule import Stopover

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from lens_routes.tour.hourly.latest_departures import Gap, Plan, Timing
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Stop

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

#: So many iterations later the search starts over from the best; each time it goes on for longer.
CYCLE, GROWTH = 60, 1.5
#: The loss accepted when it starts over, as a share of the mean score of a site.
WARMTH = 0.5
#: The mean number of visits in a span taken out, and the chance that a second one is.
SPAN, SECOND = 5.0, 0.4
#: The share of visits not considered at first, in every other iteration.
SHUN = 0.2
#: What is gained counts to one of these powers.
POWERS = (1.0, 1.5, 2.0, 3.0)
#: Seconds added to every delay, so that visits on the way are not all alike.
DELAY_S = 300
#: Gains differ by sums of a few decimals.
EQUAL = 1e-9


#: Gains of sets of one group that are remembered.
KNOWN = 100_000


class _Ways:
    """What could be added to a plan, in arrays: each site in each of its ways.

    Parameters
    ----------
    nodes
        The problem; its shortest times and cheapest legs say what cannot fit or pay.
    """

    def __init__(self, nodes: Nodes) -> None:
        plain: dict[tuple[int, int], list[int]] = {}
        for number, node in enumerate(nodes.nodes):
            if node.site is not None and not node.pauses:
                plain.setdefault((node.site, node.option), []).append(number)
        self.stops = [Stopover(site, option, (), 0.0) for site, option in plain]
        self.site = np.array([site for site, _ in plain], dtype=np.intp)
        rows = [members[0] for members in plain.values()]
        self._open = np.array([min(nodes.open_s[n] for n in m) for m in plain.values()])
        self._close = np.array([max(nodes.close_s[n] for n in m) for m in plain.values()])
        self._lasts = np.array([nodes.duration_s[n] for n in rows], dtype=np.int64)
        whole = [*rows, *range(nodes.count, len(nodes.places))]
        self._number = {nodes.places[n]: i for i, n in reversed([*enumerate(whole)])}
        hours = np.array(nodes.hours, dtype=np.int64)[np.ix_(whole, whole)]
        legs = np.zeros(hours.shape)
        if nodes.legs is not None:
            legs = np.array(nodes.legs)[np.ix_(whole, whole)]
        count = len(rows)
        self._onto_s, self._onto = hours[:, :count], legs[:, :count]
        self._from_s, self._from = hours[:count].T, legs[:count].T

    def hopes(self, gap: Gap, gains: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Return the most each way may gain in a gap, less its effort, and the least it delays.

        What surely does not fit gains nothing.
        """
        here, following = self._number[gap.here], self._number[gap.following]
        begin = np.maximum(gap.clock_s + self._onto_s[here], self._open)
        arrive = begin + self._lasts + self._from_s[following]
        most: Floats = gains - (self._onto[here] + self._from[following] - gap.effort)
        most[(gains <= EQUAL) | (begin > self._close) | (arrive > gap.latest_s)] = 0.0
        return most, np.maximum(arrive - gap.clock_s - gap.direct_s, 0)


class Reinsertion:
    """Iterated local search over stops in order.

    Parameters
    ----------
    nodes, timing
        The problem, and the true times of its plans.
    rng
        Chance.
    """

    def __init__(self, nodes: Nodes, timing: Timing, rng: random.Random) -> None:
        problem = nodes.problem
        self._problem, self._timing, self._rng = problem, timing, rng
        self._urgency = nodes.urgency
        self._options = [site.options for site in problem.sites]
        self._must = frozenset(problem.index(name) for name in problem.must)
        self._ways = _Ways(nodes)
        best = [max(option.score for option in options) for options in self._options]
        self._warmth = WARMTH * sum(best) / max(1, len(best))
        self._noise = np.random.default_rng(rng.getrandbits(32))
        self._together = lru_cache(KNOWN)(self._worth_together)

    def run(self, guesses: Sequence[Plan], stop: Stop) -> tuple[Plan, int]:
        """Return the best plan found, and how many iterations that took."""
        nothing: Plan = [[] for _ in self._problem.days]
        starts = [self._fill(self._kept(guess)) for guess in (*guesses, nothing)]
        best = max(starts, key=self._value)
        best_value = self._value(best)
        now, now_value, iterations = best, best_value, 0
        step, cycle = 0, CYCLE
        while not stop(best_value[0]):
            iterations += 1
            step += 1
            if step > cycle:
                step, cycle = 0, math.ceil(cycle * GROWTH)
                now, now_value = best, best_value
            tried = self._changed(now)
            value = self._value(tried)
            # A loss is accepted the more rarely the greater it is, and the later.
            loss = -math.log(1.0 - self._rng.random()) * self._warmth * (1 - step / cycle)
            if value >= now_value or now_value[0] - value[0] < loss:
                now, now_value = tried, value
            if value > best_value:
                best, best_value = tried, value
        return best, iterations

    def _changed(self, plan: Plan) -> Plan:
        """Return a plan with other visits in place of some."""
        plan, power = self._spoilt(plan), self._rng.choice(POWERS)
        if self._rng.random() < 0.5:
            considered = self._noise.random(len(self._ways.stops)) >= SHUN
            plan = self._fill(plan, power, considered)
        return self._fill(plan, power)

    def _value(self, plan: Plan) -> tuple[float, int]:
        """Return what is maximised: scores with what is required, then an early end."""
        lacking = len(missing(self._problem, plan))
        late = sum(self._timing.end(number, stops) for number, stops in enumerate(plan))
        return self._timing.value(plan) - self._urgency * lacking, -late

    def _kept(self, guess: Plan) -> Plan:
        """Return what of a guess works on true times, put in one after the other."""
        plan: Plan = [[] for _ in guess]
        for number, stops in enumerate(guess):
            for stop in stops:
                longer = [*plan[number], stop]
                if self._timing.fits(number, longer) and self._timing.affordable([*plan, [stop]]):
                    plan[number] = longer
        return plan

    def _spoilt(self, plan: Plan) -> Plan:
        """Return a plan without a span or two of one of its days, or without a few stops of it."""
        filled = [number for number, stops in enumerate(plan) if stops]
        if not filled:
            return plan
        number = self._rng.choice(filled)
        shorter = plan[number]
        if self._rng.random() < 0.75:
            for _ in range(1 + (self._rng.random() < SECOND)):
                length = 1 + int(-math.log(1.0 - self._rng.random()) * (SPAN - 1.0))
                begin = self._rng.randrange(max(1, len(shorter) - length + 1))
                shorter = [*shorter[:begin], *shorter[begin + length :]]
        else:
            shorter = [stop for stop in shorter if self._rng.random() < 0.6]
        spoilt = [shorter if k == number else day for k, day in enumerate(plan)]
        return spoilt if self._timing.fits(number, shorter) else plan

    def _fill(self, plan: Plan, power: float = 2.0, considered: Bools | None = None) -> Plan:
        """Put in what pays best, of all or of what is considered, until nothing fits."""
        plan = [list(stops) for stops in plan]
        refused: set[Stopover] = set()
        while True:
            for number, gap, stop in self._moves(plan, refused, power, considered):
                joined = stop.site is None and gap < 0
                longer = (
                    self._with_pause(plan[number], ~gap, stop)
                    if joined
                    else [*plan[number][:gap], stop, *plan[number][gap:]]
                )
                if self._timing.fits(number, longer):
                    plan[number] = longer
                    break
                # A must that cannot be reached yet may be from somewhere that is put in later.
                if not joined and stop.site not in self._must:
                    refused.add(stop)
            else:
                return plan

    def _moves(
        self, plan: Plan, refused: set[Stopover], power: float, considered: Bools | None
    ) -> Iterator[tuple[int, int, Stopover]]:
        """Yield what could be put where, the best first: a day, a place in it, a stop.

        What a visit is worth in a gap is worked out when nothing else may be worth more.
        """
        # Breaks come before everything: whatever else there is must leave room for them.
        yield from self._rests(plan)
        gains = self._gains(plan, refused)
        if considered is not None:
            gains *= considered
        gaps = [gap for day, stops in enumerate(plan) for gap in self._timing.gaps(day, stops)]
        noise = self._noise.uniform(0.7, 1.3, (len(gaps), len(gains)))
        hopes = np.empty(noise.shape)
        for row, gap in enumerate(gaps):
            most, delay_s = self._ways.hopes(gap, gains)
            np.maximum(most, 0.0, out=most)
            hopes[row] = noise[row] * most**power / (delay_s + DELAY_S)
        some = np.flatnonzero(hopes)
        sure: list[tuple[float, int]] = []
        for move in some[np.argsort(-hopes.flat[some], kind="stable")].tolist():
            while sure and -sure[0][0] >= hopes.flat[move]:
                yield self._move(gaps, heapq.heappop(sure)[1])
            number, way = divmod(move, len(gains))
            added = self._timing.into(gaps[number], self._ways.stops[way])
            if added is not None and (gain := gains[way] - added[1]) > EQUAL:
                worth = float(noise[number, way] * gain**power / (added[0] + DELAY_S))
                heapq.heappush(sure, (-worth, move))
        while sure:
            yield self._move(gaps, heapq.heappop(sure)[1])

    def _move(self, gaps: Sequence[Gap], move: int) -> tuple[int, int, Stopover]:
        number, way = divmod(move, len(self._ways.stops))
        return gaps[number].day, gaps[number].before, self._ways.stops[way]

    def _gains(self, plan: Plan, refused: set[Stopover]) -> Floats:
        """Return what adding each way would gain; nothing where that must not be."""
        visits = [(s.site, s.option) for day in plan for s in day if s.site is not None]
        visited = {site for site, _ in visits}
        shared: dict[str, list[float]] = {}
        for number, option in visits:
            group = self._problem.sites[number].group
            shared.setdefault(group, []).append(self._options[number][option].score)
        limited = bool(self._problem.limits) or self._problem.max_cost is not None
        gains = np.zeros(len(self._ways.stops))
        for way, stop in enumerate(self._ways.stops):
            site = stop.site
            if site is None or site in visited or stop in refused:
                continue
            if limited and not self._timing.affordable([*plan, [stop]]):
                continue
            offer = self._options[site][stop.option]
            group = self._problem.sites[site].group
            others = tuple(shared.get(group, ())) if group else ()
            gain = self._together((*others, offer.score)) - self._together(others) + offer.bonus
            gains[way] = gain + self._urgency if site in self._must else gain
        return gains

    def _worth_together(self, scores: tuple[float, ...]) -> float:
        """Return what sites of one group are worth together."""
        returns = self._problem.returns
        return sum(
            score * returns[min(rank, len(returns) - 1)]
            for rank, score in enumerate(sorted(scores, reverse=True))
        )

    def _rests(self, plan: Plan) -> list[tuple[int, int, Stopover]]:
        """Return the moves that put a break that is lacking after a stop, or where a day starts.

        A break after stop number *k* stands at the gap ``~k``.
        """
        taken = {b for day in plan for s in day for b in s.pauses}
        moves = []
        for index, pause in enumerate(self._problem.breaks):
            if index in taken:
                continue
            alone = Stopover(None, 0, (index,), 0.0)
            gaps = [~k for k, stop in enumerate(plan[pause.day]) if stop.site is not None]
            moves += [(pause.day, gap, alone) for gap in (0, *gaps)]
        self._rng.shuffle(moves)
        return moves

    def _with_pause(self, stops: Sequence[Stopover], k: int, rest: Stopover) -> list[Stopover]:
        """Return the stops with a break after number *k*; of several, the most urgent first."""
        breaks = self._problem.breaks
        pauses = sorted((*stops[k].pauses, *rest.pauses), key=lambda b: breaks[b].window[1])
        return [*stops[:k], stops[k]._replace(pauses=tuple(pauses)), *stops[k + 1 :]]
