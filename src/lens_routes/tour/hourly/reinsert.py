"""Improve plans on travel times that depend on the hour: iterated local search on true times.

A span of visits is taken out of a day, and what pays best is put in, as long as something fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.report import missing
from lens_routes.tour.schedule import Stopover

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from lens_routes.tour.hourly.latest_departures import Plan, Timing
    from lens_routes.tour.search.nodes import Nodes
    from lens_routes.tour.search.stop import Stop

#: Of that many iterations in a row without a better tour, the search starts over from the best.
RESTART_AFTER = 20
#: Seconds added to every delay, so that visits on the way are not all alike.
DELAY_S = 300
#: Gains differ by sums of a few decimals.
EQUAL = 1e-9


class _Way(NamedTuple):
    """A stop that could be added, and what it would count for."""

    stop: Stopover
    gain: float


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

    def run(self, guesses: Sequence[Plan], stop: Stop) -> tuple[Plan, int]:
        """Return the best plan found, and how many iterations that took."""
        nothing: Plan = [[] for _ in self._problem.days]
        starts = [self._fill(self._kept(guess)) for guess in (*guesses, nothing)]
        best = max(starts, key=self._value)
        best_value = self._value(best)
        now, now_value, since, iterations = best, best_value, 0, 0
        while not stop(best_value[0]):
            iterations += 1
            tried = self._fill(self._spoilt(now))
            value = self._value(tried)
            if value >= now_value:
                now, now_value = tried, value
            since += 1
            if value > best_value:
                best, best_value, since = tried, value, 0
            elif since % RESTART_AFTER == 0:
                now, now_value = best, best_value
        return best, iterations

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
        """Return a plan without a span of one of its days, or without a few stops anywhere."""
        filled = [number for number, stops in enumerate(plan) if stops]
        if not filled:
            return plan
        number = self._rng.choice(filled)
        stops = plan[number]
        if self._rng.random() < 0.5:
            length = self._rng.randint(1, max(1, (len(stops) + 1) // 2))
            begin = self._rng.randrange(len(stops))
            shorter = [*stops[:begin], *stops[begin + length :]]
        else:
            shorter = [stop for stop in stops if self._rng.random() < 0.6]
        spoilt = [shorter if k == number else day for k, day in enumerate(plan)]
        return spoilt if self._timing.fits(number, shorter) else plan

    def _fill(self, plan: Plan) -> Plan:
        """Put in what pays best until nothing fits."""
        plan = [list(stops) for stops in plan]
        refused: set[Stopover] = set()
        while True:
            gaps = [gap for day, stops in enumerate(plan) for gap in self._timing.gaps(day, stops)]
            moves = [
                (self._worth(way.gain - added[1], added[0]), gap.day, gap.before, way.stop)
                for way in self._ways(plan)
                if way.stop not in refused
                for gap in gaps
                if (added := self._timing.into(gap, way.stop)) and way.gain - added[1] > EQUAL
            ]
            moves += self._rests(plan)
            moves.sort(key=lambda move: -move[0])
            for _, number, gap, stop in moves:
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

    def _worth(self, gain: float, delay_s: int) -> float:
        noise = 0.7 + 0.6 * self._rng.random()
        return noise * gain**2 / (delay_s + DELAY_S)

    def _ways(self, plan: Plan) -> Iterator[_Way]:
        """Yield the sites that could be added, in each of their ways, with what that gains."""
        visits = [(s.site, s.option) for day in plan for s in day if s.site is not None]
        visited = {site for site, _ in visits}
        shared: dict[str, list[float]] = {}
        for number, option in visits:
            group = self._problem.sites[number].group
            shared.setdefault(group, []).append(self._options[number][option].score)
        for number, options in enumerate(self._options):
            if number in visited:
                continue
            group = self._problem.sites[number].group
            others = shared.get(group, []) if group else []
            for option, way in enumerate(options):
                stop = Stopover(number, option, (), 0.0)
                if not way.windows or not self._timing.affordable([*plan, [stop]]):
                    continue
                gain = self._together([*others, way.score]) - self._together(others) + way.bonus
                if number in self._must:
                    gain += self._urgency
                if gain > EQUAL:
                    yield _Way(stop, gain)

    def _together(self, scores: Sequence[float]) -> float:
        """Return what sites of one group are worth together."""
        returns = self._problem.returns
        return sum(
            score * returns[min(rank, len(returns) - 1)]
            for rank, score in enumerate(sorted(scores, reverse=True))
        )

    def _rests(self, plan: Plan) -> list[tuple[float, int, int, Stopover]]:
        """Return the moves that put a break that is lacking after a stop, or where a day starts.

        A break after stop number *k* stands at the gap ``~k``.
        """
        taken = {b for day in plan for s in day for b in s.pauses}
        moves = []
        for index, pause in enumerate(self._problem.breaks):
            if index in taken:
                continue
            alone = Stopover(None, 0, (index,), 0.0)
            stops = plan[pause.day]
            gaps = [~k for k, stop in enumerate(stops) if stop.site is not None]
            # Breaks come before everything: whatever else there is must leave room for them.
            moves += [
                (self._urgency**2 * (1 + self._rng.random()), pause.day, gap, alone)
                for gap in (0, *gaps)
            ]
        return moves

    def _with_pause(self, stops: Sequence[Stopover], k: int, rest: Stopover) -> list[Stopover]:
        """Return the stops with a break after number *k*; of several, the most urgent first."""
        breaks = self._problem.breaks
        pauses = sorted((*stops[k].pauses, *rest.pauses), key=lambda b: breaks[b].window[1])
        return [*stops[:k], stops[k]._replace(pauses=tuple(pauses)), *stops[k + 1 :]]
