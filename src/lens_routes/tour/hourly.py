"""Plan with travel times that depend on the hour: trains and buses.

The search of `lens_routes.tour.improve` prices places with times that hold at any hour. Here it
runs once on the shortest times there are: no tour of the true times scores more than that
problem's bound, and its tours are a first guess; those of the usual times are another. Then tours
are improved on the true times by iterated local search: a span of visits is taken out, and what
fits best is put in, as long as something fits.

Whether a visit fits is asked of two journeys only: the one to it, and the one from it to what
follows, which must be reached by the latest arrival that the rest of the day allows. That is right
because whoever leaves later does not arrive earlier.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import InfeasibleError
from lens_routes.tour.problem import Solution, StaticTimes
from lens_routes.tour.solve import (
    Stopover,
    first_begin,
    marginal_scores,
    parts_of,
    schedule,
)
from lens_routes.tour.stop import MaxIterations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.tour.problem import HourlyTimes, Problem, Tour, Window
    from lens_routes.tour.stop import Effort, Stop

#: Iterations of the search on the shortest times: it only has to guess.
GUESS_ITERATIONS = 100
#: Hours of a day at which travel times are sampled, to know what is usual.
SAMPLES = 9
#: Of that many iterations in a row without a better tour, the search starts over from the best.
RESTART_AFTER = 20
#: Seconds added to every delay, so that visits on the way are not all alike.
DELAY_S = 300
#: Gains differ by sums of a few decimals.
EQUAL = 1e-9

Plan = list[list[Stopover]]


def solve_hourly(
    problem: Problem, travel: HourlyTimes, stop: Stop, seed: int, effort: Effort | None
) -> Solution:
    """Choose and order visits on travel times that depend on the hour; see `solve`.

    The bound is that of the shortest times; a tour that reaches it is proven the best.
    """
    from lens_routes.tour.solve import solve  # noqa: PLC0415  # that module enters here

    guess = solve(least(problem, travel), MaxIterations(GUESS_ITERATIONS), seed, effort)
    guesses = [guess.tours]
    try:
        usual = solve(typical(problem, travel), MaxIterations(GUESS_ITERATIONS), seed, None)
        guesses.append(usual.tours)
    except InfeasibleError:
        pass  # At most hours the day is too short to get to its end.
    search = _Search(problem, travel, random.Random(seed))  # noqa: S311  # no secret
    plan, iterations = search.run(
        [[_stopovers(problem, tour) for tour in tours] for tours in guesses], stop
    )
    scores = search.scores(plan)
    tours = tuple(
        schedule(
            problem,
            number,
            [s if s.site is None else s._replace(score=scores[s.site]) for s in stops],
        )
        for number, stops in enumerate(plan)
    )
    missing = search.missing(plan)
    score = sum(scores.values())
    if missing:
        impossible = bool(guess.missing) and guess.proven
        return Solution(tours, score, None, impossible, missing, iterations)
    # A bound without the musts in it would be no bound of this problem.
    bound = None if guess.missing else guess.bound
    proven = bound is not None and bound <= score + 1e-6
    return Solution(tours, score, score if proven else bound, proven, (), iterations)


def least(problem: Problem, travel: HourlyTimes) -> Problem:
    """Return the problem with times and metres that no journey undercuts, by whatever way.

    Every solution of the problem is one of the problem returned.
    """
    places = range(_locations(problem))
    metres = None
    if problem.max_walk_m is not None:
        metres = _closed([[travel.least_metres(i, j) for j in places] for i in places])
    seconds = _closed([[travel.least(i, j) for j in places] for i in places])
    times = StaticTimes([[int(s) for s in row] for row in seconds])
    return replace(problem, travel=times, walk_m=metres)


def typical(problem: Problem, travel: HourlyTimes) -> Problem:
    """Return the problem with the times and metres of a departure that is neither good nor bad."""
    days = problem.days
    samples = [
        day.depart_s + (day.deadline_s - day.depart_s) * k // SAMPLES
        for day in days
        for k in range(SAMPLES)
    ]
    places = range(_locations(problem))
    seconds: list[list[int]] = []
    metres: list[list[float]] = []
    for i in places:
        pairs = [
            sorted((travel.seconds(i, j, s), travel.metres(i, j, s)) for s in samples)[
                len(samples) // 2
            ]
            for j in places
        ]
        seconds.append([pair[0] for pair in pairs])
        metres.append([pair[1] for pair in pairs])
    return replace(problem, travel=StaticTimes(seconds), walk_m=metres)


def _locations(problem: Problem) -> int:
    return 1 + max([len(problem.sites) - 1, *(max(d.start, d.end) for d in problem.days)])


def _closed(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the lengths of the shortest ways over any locations: no detour is shorter."""
    import numpy as np  # noqa: PLC0415  # loaded only to search

    table = np.array(rows, dtype=np.float64)
    for via in range(len(table)):
        table = np.minimum(table, table[:, via, None] + table[None, via, :])
    closed: list[list[float]] = table.tolist()
    return closed


def _stopovers(problem: Problem, tour: Tour) -> list[Stopover]:
    from lens_routes.tour.retime import stopovers  # noqa: PLC0415  # that module imports solve

    return stopovers(problem, tour)


class _Timed(NamedTuple):
    """A day as it is: when each stop is left, and the latest arrival at each and at the end."""

    leaves: list[int]
    latest: list[int]


@dataclass(frozen=True, slots=True)
class _Way:
    """A stop that could be added: what it would count for, and what it uses up."""

    stop: Stopover
    gain: float


class _Search:
    """Iterated local search over stops in order, on true times."""

    def __init__(self, problem: Problem, travel: HourlyTimes, rng: random.Random) -> None:
        self._problem = problem
        self._travel = travel
        self._rng = rng
        self._bonus = 1.0 + sum(max(o.score for o in s.options) for s in problem.sites)
        self._parts = cache(partial(parts_of, problem))
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

    def scores(self, plan: Plan) -> dict[int, float]:
        """Return what each site visited counts for."""
        return marginal_scores(
            self._problem, [(s.site, s.option) for day in plan for s in day if s.site is not None]
        )

    def missing(self, plan: Plan) -> tuple[str, ...]:
        """Return the musts and breaks that are not in a plan."""
        sites = {s.site for day in plan for s in day}
        pauses = {s.pause for day in plan for s in day}
        return (
            *(s.id for i, s in enumerate(self._problem.sites) if i in self._must - sites),
            *(b.id for i, b in enumerate(self._problem.breaks) if i not in pauses),
        )

    def _value(self, plan: Plan) -> tuple[float, int]:
        """Return what is maximised: scores with what is required, then an early end."""
        lacking = len(self.missing(plan))
        late = sum(self._end(number, stops) for number, stops in enumerate(plan))
        return sum(self.scores(plan).values()) - self._bonus * lacking, -late

    def _end(self, number: int, stops: Sequence[Stopover]) -> int:
        day = self._problem.days[number]
        leaves = self._leaves(number, stops)
        here, clock = self._last(number, stops, leaves)
        return clock + self._travel.seconds(here, day.end, clock)

    def _last(
        self, number: int, stops: Sequence[Stopover], leaves: Sequence[int]
    ) -> tuple[int, int]:
        day = self._problem.days[number]
        if not stops:
            return day.start, day.depart_s
        return self._place(number, stops[-1]), leaves[-1]

    def _place(self, number: int, stop: Stopover) -> int:
        return self._problem.days[number].start if stop.site is None else stop.site

    def _leaves(self, number: int, stops: Sequence[Stopover]) -> list[int]:
        """Return when each stop is left; `ValueError` where one is reached too late."""
        day = self._problem.days[number]
        here, clock, leaves = day.start, day.depart_s, []
        for stop in stops:
            there = self._place(number, stop)
            clock = self._through(stop, clock + self._travel.seconds(here, there, clock))
            leaves.append(clock)
            here = there
        return leaves

    def _through(self, stop: Stopover, clock: int) -> int:
        for part in self._parts(stop):
            clock = first_begin(part.windows, clock) + part.duration_s
        return clock

    def _timed(self, number: int, stops: Sequence[Stopover]) -> _Timed:
        day = self._problem.days[number]
        leaves = self._leaves(number, stops)
        latest, there = [day.deadline_s], day.end
        for stop in reversed(stops):
            here = self._place(number, stop)
            clock = self._travel.latest(here, there, latest[-1])
            for part in reversed(self._parts(stop)):
                clock = _latest_begin(part.windows, clock - part.duration_s)
            latest.append(clock)
            there = here
        return _Timed(leaves, latest[::-1])

    def _fits(self, number: int, stops: Sequence[Stopover]) -> bool:
        """Tell whether a day works: windows, deadline, walking, visits."""
        problem, day = self._problem, self._problem.days[number]
        visits = sum(stop.site is not None for stop in stops)
        if problem.max_visits is not None and visits > problem.max_visits:
            return False
        try:
            leaves = self._leaves(number, stops)
        except ValueError:
            return False
        here, clock = self._last(number, stops, leaves)
        if clock + self._travel.seconds(here, day.end, clock) > day.deadline_s:
            return False
        return problem.max_walk_m is None or self._walk_m(number, stops, leaves) <= (
            problem.max_walk_m
        )

    def _walk_m(self, number: int, stops: Sequence[Stopover], leaves: Sequence[int]) -> float:
        day = self._problem.days[number]
        places = [day.start, *(self._place(number, stop) for stop in stops), day.end]
        clocks = [day.depart_s, *leaves]
        return sum(
            self._problem.metres(a, b, clock)
            for a, b, clock in zip(places, places[1:], clocks, strict=False)
        )

    def _kept(self, guess: Plan) -> Plan:
        """Return what of a guess works on true times, put in one after the other."""
        plan: Plan = [[] for _ in guess]
        for number, stops in enumerate(guess):
            for stop in stops:
                longer = [*plan[number], stop]
                if self._fits(number, longer) and self._affordable([*plan, [stop]]):
                    plan[number] = longer
        return plan

    def _affordable(self, plan: Plan) -> bool:
        if self._problem.max_cost is None:
            return True
        cost = self._problem.cost
        return sum(cost[s.site] for d in plan for s in d if s.site is not None) <= (
            self._problem.max_cost
        )

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
        return spoilt if self._fits(number, shorter) else plan

    def _fill(self, plan: Plan) -> Plan:
        """Put in what pays best until nothing fits."""
        plan = [list(stops) for stops in plan]
        refused: set[Stopover] = set()
        while True:
            ways = [way for way in self._ways(plan) if way.stop not in refused]
            timed = [self._timed(number, stops) for number, stops in enumerate(plan)]
            moves = [
                (self._worth(way, delay), number, gap, way.stop)
                for way in ways
                for number, gap, delay in self._gaps(plan, timed, way.stop)
            ]
            moves += self._rests(plan)
            moves.sort(key=lambda move: -move[0])
            for _, number, gap, stop in moves:
                joined = stop.site is None and gap < 0
                longer = (
                    _with_pause(plan[number], ~gap, stop)
                    if joined
                    else [*plan[number][:gap], stop, *plan[number][gap:]]
                )
                if self._fits(number, longer):
                    plan[number] = longer
                    break
                if not joined:
                    refused.add(stop)
            else:
                return plan

    def _worth(self, way: _Way, delay_s: int) -> float:
        noise = 0.7 + 0.6 * self._rng.random()
        return noise * way.gain**2 / (delay_s + DELAY_S)

    def _ways(self, plan: Plan) -> Iterator[_Way]:
        """Yield the sites that could be added, in each of their ways, with what that gains."""
        problem = self._problem
        visits = [(s.site, s.option) for day in plan for s in day if s.site is not None]
        visited = {site for site, _ in visits}
        before = sum(marginal_scores(problem, visits).values())
        for number, site in enumerate(problem.sites):
            if number in visited:
                continue
            for option, way in enumerate(site.options):
                stop = Stopover(number, option, None, 0.0)
                if not way.windows or not self._affordable([*plan, [stop]]):
                    continue
                after = marginal_scores(problem, [*visits, (number, option)])
                gain = sum(after.values()) - before
                if number in self._must:
                    gain += self._bonus
                if gain > EQUAL:
                    yield _Way(stop, gain)

    def _gaps(
        self, plan: Plan, timed: Sequence[_Timed], stop: Stopover
    ) -> Iterator[tuple[int, int, int]]:
        """Yield (day, gap, delay in seconds) of each place in a plan where a stop fits."""
        seconds = self._travel.seconds
        for number, stops in enumerate(plan):
            day = self._problem.days[number]
            leaves, latest = timed[number]
            there = self._place(number, stop)
            for gap in range(len(stops) + 1):
                if gap < len(stops) and stops[gap].site is None:
                    continue
                here, clock = self._last(number, stops[:gap], leaves[:gap])
                following = self._place(number, stops[gap]) if gap < len(stops) else day.end
                try:
                    leave = self._through(stop, clock + seconds(here, there, clock))
                except ValueError:
                    continue
                arrive = leave + seconds(there, following, leave)
                if arrive <= latest[gap]:
                    delay = arrive - clock - seconds(here, following, clock)
                    yield number, gap, max(0, delay)

    def _rests(self, plan: Plan) -> list[tuple[float, int, int, Stopover]]:
        """Return the moves that put a break that is lacking after a stop, or where a day starts.

        A break after stop number *k* stands at the gap ``~k``.
        """
        taken = {s.pause for day in plan for s in day}
        moves = []
        for index, pause in enumerate(self._problem.breaks):
            if index in taken:
                continue
            alone = Stopover(None, 0, index, 0.0)
            stops = plan[pause.day]
            gaps = [~k for k, stop in enumerate(stops) if stop.pause is None]
            # Breaks come before everything: whatever else there is must leave room for them.
            moves += [
                (self._bonus**2 * (1 + self._rng.random()), pause.day, gap, alone)
                for gap in (0, *gaps)
            ]
        return moves


def _with_pause(stops: Sequence[Stopover], k: int, rest: Stopover) -> list[Stopover]:
    return [*stops[:k], stops[k]._replace(pause=rest.pause), *stops[k + 1 :]]


def _latest_begin(windows: Sequence[Window], by_s: int) -> int:
    """Return the latest moment of the windows that is not after *by_s*."""
    return max(min(closes, by_s) for opens, closes in windows if opens <= by_s)
