"""Improve plans on travel times that depend on the hour: iterated local search on true times.

A span of visits is taken out of a day, and what pays best is put in, as long as something fits.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.effort import trips_effort
from lens_routes.tour.problem import FREE
from lens_routes.tour.report import missing
from lens_routes.tour.schedule import Stopover
from lens_routes.tour.search.nodes import NEVER_S
from lens_routes.tour.search.standing_times import main_roads

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from lens_routes.tour.hourly.latest_departures import Gap, Plan, Timing
    from lens_routes.tour.problem import HourlyTimes, Moments, Places
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Stop

    Floats = npt.NDArray[np.float64]

#: So many iterations later the search starts over from the best; each time it goes on for longer.
CYCLE, GROWTH = 60, 1.5
#: The loss accepted when it starts over, as a share of the mean score of a site.
WARMTH = 0.5
#: The mean number of visits in a span taken out, and the chance that a second one is.
SPAN, SECOND = 5.0, 0.4
#: The share of visits not considered at first, in every other iteration.
SHUN = 0.2
#: How far chance bends how much each visit is wanted, in every iteration anew.
NOISE = 0.8
#: What is gained counts to one of these powers.
POWERS = (1.0, 1.5, 2.0, 3.0)
#: Seconds added to every delay, so that visits on the way are not all alike.
DELAY_S = 300
#: Gains differ by sums of a few decimals.
EQUAL = 1e-9


#: Gaps of which it is remembered what fits into them.
MOST_ROWS = 5_000
#: Gains of sets of one group that are remembered.
KNOWN = 100_000


class _Ways:
    """What could be added to a plan, in arrays: each site in each of its ways.

    Parameters
    ----------
    nodes, travel
        The problem, and its travel times.
    """

    def __init__(self, nodes: Nodes, travel: HourlyTimes) -> None:
        problem, self._travel = nodes.problem, travel
        self._prices, self._main_s = problem.prices, main_roads(problem)
        plain = {(n.site, n.option) for n in nodes.nodes if n.site is not None and not n.pauses}
        self.stops = [Stopover(site, option, (), 0.0) for site, option in sorted(plain)]
        self.numbers = {stop: number for number, stop in enumerate(self.stops)}
        offers = [problem.sites[site].options[option] for site, option in sorted(plain)]
        self.site = np.array([site for site, _ in sorted(plain)], dtype=np.intp)
        self._lasts = np.array([offer.duration_s for offer in offers], dtype=np.int64)
        # The windows of each way, the last one again where others have more.
        most = max((len(offer.windows) for offer in offers), default=0)
        padded = [(*o.windows, *(o.windows[-1:] * (most - len(o.windows)))) for o in offers]
        self._windows = np.array(padded, dtype=np.int64).reshape(len(offers), most, 2)
        self._known: dict[tuple[int, int, int], tuple[Moments, Floats]] = {}

    def into(self, gaps: Sequence[Gap], ways: Places) -> tuple[Moments, Floats]:
        """Return the delay in seconds and the effort that ways add in gaps; shape (gaps, ways).

        What it adds to legs is counted, not what it changes in waits and in the dark; what does not
        fit delays by less than nothing.
        """
        rows = self._rows(gaps)
        arrive = np.array([row[0] for row in rows])[:, ways]
        figures = np.array([gap[5:] for gap in gaps])
        soonest_s, latest_s = figures[:, 0, None], figures[:, 2, None]
        delay: Moments = np.maximum(arrive - soonest_s, 0)
        delay[arrive > latest_s] = -1
        if self._prices == FREE:
            return delay, np.zeros(delay.shape)
        return delay, np.array([row[1] for row in rows])[:, ways] - figures[:, 1, None]

    def _rows(self, gaps: Sequence[Gap]) -> list[tuple[Moments, Floats]]:
        """Return when one is at what follows each gap by each way, and the effort of it.

        Who changes the end of a day meets its beginning again.
        """
        if len(self._known) > MOST_ROWS:
            self._known.clear()
        new = [gap for gap in dict.fromkeys(gap[2:5] for gap in gaps) if gap not in self._known]
        if new:
            found = zip(*self._through(np.array(new).T), strict=True)
            self._known.update(zip(new, found, strict=True))
        return [self._known[gap[2:5]] for gap in gaps]

    def _through(self, gaps: Places) -> tuple[Moments, Floats]:
        """Return when one arrives, and the effort, leaving each place for another at a moment."""
        here, following, clock = (figures[:, None] for figures in gaps)
        there = self.site
        onto_s, onto_foot_s, onto_ride_s, _ = self._travel.trips(here, there, clock)
        arrive = clock + onto_s
        begin = np.full_like(arrive, NEVER_S)
        for opens, closes in self._windows.transpose(1, 2, 0)[::-1]:
            np.copyto(begin, np.maximum(arrive, opens), where=arrive <= closes)
        leave = begin + self._lasts
        onward_s, foot_s, ride_s, _ = self._travel.trips(there, following, leave)
        if self._prices == FREE:
            return leave + onward_s, np.zeros(arrive.shape)
        effort = trips_effort(self._prices, onto_foot_s, onto_ride_s, self._main_s[here, there])
        effort += trips_effort(self._prices, foot_s, ride_s, self._main_s[there, following])
        return leave + onward_s, effort


class Reinsertion:
    """Iterated local search over stops in order.

    Parameters
    ----------
    nodes, travel, timing
        The problem, its travel times, and the true times of its plans.
    rng
        Chance.
    """

    def __init__(
        self, nodes: Nodes, travel: HourlyTimes, timing: Timing, rng: random.Random
    ) -> None:
        problem = nodes.problem
        self._problem, self._timing, self._rng = problem, timing, rng
        self._free = problem.max_walk_m is None and problem.max_visits is None
        self._urgency = nodes.urgency
        self._options = [site.options for site in problem.sites]
        self._must = frozenset(problem.index(name) for name in problem.must)
        self._ways = ways = _Ways(nodes, travel)
        offers = [self._options[stop.site or 0][stop.option] for stop in ways.stops]
        self._offers = np.array([offer.score for offer in offers])
        urgent = np.isin(ways.site, list(self._must)) * nodes.urgency
        self._base = self._offers + np.array([offer.bonus for offer in offers]) + urgent
        groups = [problem.sites[site].group for site in ways.site.tolist()]
        self._groups = {
            group: [number for number, other in enumerate(groups) if other == group]
            for group in set(groups) - {""}
        }
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
        weight = 1.0 - NOISE * self._noise.random(len(self._ways.stops))
        if self._rng.random() < 0.5:
            plan = self._fill(plan, power, weight * (self._noise.random(len(weight)) >= SHUN))
        return self._fill(plan, power, weight)

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

    def _fill(self, plan: Plan, power: float = 2.0, weight: Floats | None = None) -> Plan:
        """Put in what pays best until nothing fits; *weight* is how much each way is wanted."""
        weight = np.ones(len(self._ways.stops)) if weight is None else weight
        plan = [list(stops) for stops in plan]
        refused: set[Stopover] = set()
        while True:
            for number, gap, stop in self._moves(plan, refused, power, weight):
                joined = stop.site is None and gap < 0
                longer = (
                    self._with_pause(plan[number], ~gap, stop)
                    if joined
                    else [*plan[number][:gap], stop, *plan[number][gap:]]
                )
                # A visit that fits a gap keeps every window; limits are another matter.
                if (self._free and stop.site is not None) or self._timing.fits(number, longer):
                    plan[number] = longer
                    break
                # A must that cannot be reached yet may be from somewhere that is put in later.
                if stop.site is not None and stop.site not in self._must:
                    refused.add(stop)
            else:
                return plan

    def _moves(
        self, plan: Plan, refused: set[Stopover], power: float, weight: Floats
    ) -> Iterator[tuple[int, int, Stopover]]:
        """Yield what could be put where, the best first: a day, a place in it, a stop."""
        # Breaks come before everything: whatever else there is must leave room for them.
        yield from self._rests(plan)
        gains = self._gains(plan, refused)
        ways = np.flatnonzero((gains > EQUAL) & (weight > 0.0))
        gaps = [gap for day, stops in enumerate(plan) for gap in self._timing.gaps(day, stops)]
        if not len(ways) or not gaps:
            return
        delay_s, effort = self._ways.into(gaps, ways)
        gain = gains[ways] - effort
        gain[(delay_s < 0) | (gain <= EQUAL)] = 0.0
        gain = (gain * weight[ways]) ** power / (delay_s + DELAY_S)
        worth = gain * self._noise.uniform(0.7, 1.3, gain.shape)
        while worth.flat[move := int(worth.argmax())] > 0.0:
            number, way = divmod(move, len(ways))
            yield gaps[number].day, gaps[number].before, self._ways.stops[ways[way]]
            worth.flat[move] = 0.0

    def _gains(self, plan: Plan, refused: set[Stopover]) -> Floats:
        """Return what adding each way would gain; nothing where that must not be."""
        visits = [(s.site, s.option) for day in plan for s in day if s.site is not None]
        gains: Floats = self._base.copy()
        shared: dict[str, list[float]] = {}
        for number, option in visits:
            group = self._problem.sites[number].group
            shared.setdefault(group, []).append(self._options[number][option].score)
        for group, scores in shared.items():
            others = tuple(scores)
            for way in self._groups.get(group, ()):
                score = float(self._offers[way])
                together = self._together((*others, score)) - self._together(others)
                gains[way] += together - score
        taken = np.zeros(len(self._options), dtype=bool)
        taken[[site for site, _ in visits]] = True
        gains[taken[self._ways.site]] = 0.0
        if refused:
            gains[[self._ways.numbers[stop] for stop in refused]] = 0.0
        if self._problem.limits or self._problem.max_cost is not None:
            for way in np.flatnonzero(gains).tolist():
                if not self._timing.affordable([*plan, [self._ways.stops[way]]]):
                    gains[way] = 0.0
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
