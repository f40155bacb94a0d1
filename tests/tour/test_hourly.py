"""Planning with travel times that depend on the hour."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.effort import examples
from tests.tour.problems import objective, prices

from lens_routes.tour.hourly.beam import Beam
from lens_routes.tour.hourly.latest_departures import Timing
from lens_routes.tour.hourly.reinsert import Reinsertion
from lens_routes.tour.problem import (
    FREE,
    Break,
    Day,
    HourlyTimes,
    Problem,
    Site,
    StaticTimes,
)
from lens_routes.tour.report import missing
from lens_routes.tour.schedule import Stopover, marginal_scores, schedule
from lens_routes.tour.search.nodes import flatten
from lens_routes.tour.search.standing_times import least_seconds
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens_routes.tour.problem import Moments, Places, Solution, Trips

HOUR = 3600
BEGIN = 8 * HOUR


@dataclass(frozen=True)
class Shuttles:
    """Walks, and between two locations shuttles by (leave, arrive), none overtaking another."""

    walk_s: tuple[tuple[int, ...], ...]
    runs: dict[tuple[int, int], list[tuple[int, int]]]

    def _next(self, i: int, j: int, depart_s: int) -> tuple[int, int] | None:
        runs = self.runs.get((i, j), [])
        index = bisect_left([leave for leave, _ in runs], depart_s)
        return runs[index] if index < len(runs) else None

    def seconds(self, i: int, j: int, depart_s: int) -> int:
        run = self._next(i, j, depart_s)
        return min(self.walk_s[i][j], run[1] - depart_s if run else self.walk_s[i][j])

    def trip(self, i: int, j: int, depart_s: int) -> tuple[int, int]:
        run = self._next(i, j, depart_s)
        if run is None or self.seconds(i, j, depart_s) == self.walk_s[i][j]:
            return self.walk_s[i][j], 0
        return 0, run[1] - run[0]

    def trips(self, origins: Places, destinations: Places, departs_s: Moments) -> Trips:
        asked = np.broadcast(origins, destinations, departs_s)
        trips = _columns(
            (i, j, self.seconds(i, j, s), *self.trip(i, j, s), self.metres(i, j, s))
            for i, j, s in asked
        )
        seconds, foot_s, ride_s, metres = (column.reshape(asked.shape) for column in trips[2:])
        return seconds, foot_s, ride_s, metres

    def every_trip(self) -> tuple[Places, Places, Trips]:
        places = range(len(self.walk_s))
        walks = [(i, j, self.walk_s[i][j]) for i in places for j in places]
        rides = [(i, j, b - a) for (i, j), runs in self.runs.items() for a, b in runs]
        origins, destinations, *trips = _columns(
            [
                *((i, j, s, s, 0, 1.25 * s) for i, j, s in walks),
                *((i, j, s, 0, s, 0.0) for i, j, s in rides),
            ]
        )
        return origins, destinations, cast("Trips", tuple(trips))

    def arrivals(self, i: int, places: Places, departs_s: Moments) -> Moments:
        return np.array(
            [[s + self.seconds(i, j, s) for j in places.tolist()] for s in departs_s.tolist()],
            dtype=np.int64,
        )

    def metres(self, i: int, j: int, depart_s: int) -> float:
        walked = self.seconds(i, j, depart_s) == self.walk_s[i][j]
        return 1.25 * self.walk_s[i][j] if walked else 0.0

    def latest(self, i: int, j: int, arrive_s: int) -> int:
        runs = self.runs.get((i, j), [])
        index = bisect_right([arrive for _, arrive in runs], arrive_s) - 1
        return max([arrive_s - self.walk_s[i][j], *([runs[index][0]] if index >= 0 else [])])


def _columns(rows: Iterable[tuple[float, ...]]) -> list[np.ndarray]:
    table = np.array(list(rows), dtype=np.float64).reshape(-1, 6)
    return [*table[:, :5].astype(np.int64).T, table[:, 5]]


@st.composite
def hourly_problems(draw: st.DrawFn) -> Problem:
    """Draw a day of up to four sites with walks and shuttles; windows, a must, a break, limits."""
    count = draw(st.integers(1, 4))
    places = count + 1
    minutes = st.integers(1, 90)
    walks = [[0] * places for _ in range(places)]
    runs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i in range(places):
        for j in range(places):
            if i == j:
                continue
            walks[i][j] = 60 * draw(minutes)
            pairs = draw(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 30)), max_size=4))
            leaves = sorted({BEGIN + 60 * a for a, _ in pairs})
            arrives = sorted(BEGIN + 60 * (a + b) for a, b in pairs)[-len(leaves) :]
            kept = [(a, b) for a, b in zip(leaves, arrives, strict=False) if b > a]
            if kept:
                runs[i, j] = kept
    sites = []
    for number in range(count):
        opens = draw(st.integers(0, 240))
        closes = opens + draw(st.integers(0, 240))
        windows = ((BEGIN + 60 * opens, BEGIN + 60 * closes),)
        score = float(draw(st.integers(1, 9)))
        bonus = draw(st.sampled_from([0.0, 0.0, 50.0]))
        length = 60 * draw(st.integers(0, 60))
        sites.append(Site(f"s{number}", score, length, windows, "g", bonus=bonus))
    lunch = Break("lunch", 1800, (BEGIN + HOUR, BEGIN + 3 * HOUR), after=draw(st.booleans()))
    dawn = BEGIN + 60 * draw(st.integers(-60, 120))
    return Problem(
        sites=tuple(sites),
        # Nobody has to travel to be back where the day starts.
        days=(Day(count, count, BEGIN, BEGIN + 60 * draw(st.integers(60, 360))),),
        travel=Shuttles(tuple(map(tuple, walks)), runs),
        must=frozenset(draw(st.sampled_from([(), ("s0",)]))),
        breaks=draw(st.sampled_from([(), (lunch,)])),
        max_visits=draw(st.sampled_from([None, 2])),
        max_walk_m=draw(st.sampled_from([None, 5000.0])),
        returns=(1.0, 0.8),
        limits=draw(st.sampled_from([(), ((frozenset(range(count)), 1),)])),
        prices=draw(prices()),
        main_s=[[seconds / 3 for seconds in row] for row in walks],
        light=((dawn, dawn + 3 * HOUR),),
    )


def _days(problem: Problem) -> Iterator[list[Stopover]]:
    """Yield every order of every choice of sites, the break at any stop or the start."""
    numbers = range(len(problem.sites))
    for size in range(len(problem.sites) + 1):
        for order in permutations(numbers, size):
            plain = [Stopover(site, 0, (), 0.0) for site in order]
            if not problem.breaks:
                yield plain
                continue
            for k in range(size + 1):
                yield [*plain[:k], Stopover(None, 0, (0,), 0.0), *plain[k:]]
            for k in range(size):
                yield [*plain[:k], plain[k]._replace(pauses=(0,)), *plain[k + 1 :]]


def _best_score(problem: Problem) -> float | None:
    best: float | None = None
    for stops in _days(problem):
        sites = {stop.site for stop in stops if stop.site is not None}
        if not {problem.index(name) for name in problem.must} <= sites:
            continue
        if problem.max_visits is not None and len(sites) > problem.max_visits:
            continue
        try:
            tour = schedule(problem, 0, stops)
        except ValueError:
            continue
        if problem.max_walk_m is not None and (tour.walk_m or 0) > problem.max_walk_m:
            continue
        if any(len(sites & some) > most for some, most in problem.limits):
            continue
        score = sum(marginal_scores(problem, [(site, 0) for site in sites]).values())
        score += sum(problem.sites[site].bonus for site in sites) - tour.effort
        best = score if best is None else max(best, score)
    return best


@settings(max_examples=examples(60), deadline=None)
@given(hourly_problems())
def test_a_beam_as_wide_as_there_are_days_meets_the_best(problem: Problem) -> None:
    """With nothing to keep to but times, the days of a few sites are all built.

    As everywhere here, no way is quicker by another place: nobody is home sooner by one.
    """
    plain = replace(
        problem,
        breaks=(),
        max_visits=None,
        max_walk_m=None,
        returns=(1.0,),
        limits=(),
        prices=FREE,
    )
    best, nodes = _best_score(plain), flatten(plain)
    travel, day = plain.travel, plain.days[0]
    if best is None or not isinstance(travel, HourlyTimes):
        return
    places = range(len(plain.sites))
    home = [travel.latest(place, day.end, day.deadline_s) for place in places]
    if any(home[a] < travel.latest(a, b, home[b]) for a in places for b in places):
        return
    (visits,) = Beam(nodes, travel, seed=1).days()
    assert sum(nodes.nodes[n].score + nodes.nodes[n].bonus for n in visits) == best


def _wait(problem: Problem, idle_s: int) -> float:
    return problem.prices.wait * max(0, idle_s - problem.prices.patience_s) / HOUR


def _leg(problem: Problem, i: int, j: int, depart_s: int) -> float:
    prices, (foot_s, ride_s) = problem.prices, problem.travel.trip(i, j, depart_s)
    effort = prices.walk * foot_s + prices.ride * ride_s
    if not ride_s and problem.main_s is not None:
        effort += max(0.0, prices.main_road - prices.walk) * problem.main_s[i][j]
        dawn, dusk = problem.light[0]
        seconds = range(depart_s, depart_s + foot_s, 60)
        dark_s = 60 * sum(not dawn <= second < dusk for second in seconds)
        effort += max(0.0, prices.dark - prices.walk) * dark_s
    return effort / HOUR


def _assert_works(problem: Problem, solution: Solution) -> None:
    """Follow the tour on the true times, one journey after the other."""
    (tour,), day, travel = solution.tours, problem.days[0], problem.travel
    here, clock, walk_m = day.start, day.depart_s, 0.0
    seen: set[int] = set()
    effort, idle = 0.0, 0
    for visit in tour.visits:
        there = here if visit.site is None else visit.site
        if visit.site is None and visit.arrive_s != clock:
            there = day.start  # One may come back there for the break.
        walk_m += problem.metres(here, there, clock)
        if visit.site is not None or there != here or visit is tour.visits[0]:
            effort += _wait(problem, idle) + _leg(problem, here, there, clock)
            first = visit is tour.visits[0]
            idle = 0 if first else visit.begin_s - clock - sum(travel.trip(here, there, clock))
        else:
            idle += visit.begin_s - clock
        clock += travel.seconds(here, there, clock)
        if visit is tour.visits[0] and not travel.trip(here, there, day.depart_s)[1]:
            # Who walks to the first stop sets out later rather than waits there.
            assert visit.arrive_s in {clock, visit.begin_s}
            assert tour.depart_s - day.depart_s == visit.arrive_s - clock
            clock = visit.arrive_s
        assert visit.arrive_s == clock
        assert visit.begin_s >= clock
        windows = (
            (problem.breaks[0].window,) if visit.site is None else problem.sites[visit.site].windows
        )
        assert any(a <= visit.begin_s <= b for a, b in windows)
        assert visit.site is None or visit.site not in seen
        seen |= set() if visit.site is None else {visit.site}
        here, clock = there, visit.leave_s
    walk_m += problem.metres(here, day.end, clock)
    assert tour.arrive_s == clock + travel.seconds(here, day.end, clock) <= day.deadline_s
    prices = problem.prices
    effort += _wait(problem, idle) + _leg(problem, here, day.end, clock)
    effort += prices.tired_km * max(0.0, walk_m - prices.fresh_m) / 1000
    assert tour.effort == pytest.approx(effort)
    assert problem.max_walk_m is None or walk_m <= problem.max_walk_m
    assert problem.max_visits is None or len(seen) <= problem.max_visits


@settings(max_examples=examples(15), deadline=None)
@given(hourly_problems())
def test_a_tour_works_on_true_times_and_its_bound_holds(problem: Problem) -> None:
    """Every tour works to the second; none scores above the bound, and what is proven is best."""
    assert isinstance(problem.travel, HourlyTimes)
    solution = solve(problem, MaxIterations(40))
    _assert_works(problem, solution)
    best = _best_score(problem)
    if best is None:
        assert solution.missing
        return
    if solution.missing:
        assert not solution.proven
        return
    bonus = objective(problem, solution) - solution.score
    assert solution.score + bonus <= best + 1e-6
    assert solution.bound is None or solution.bound + bonus >= best - 1e-6
    if solution.proven:
        assert abs(solution.score + bonus - best) < 1e-6


@settings(max_examples=examples(15), deadline=None)
@given(hourly_problems(), st.integers(0, 3))
def test_a_small_day_is_planned_as_well_as_can_be(problem: Problem, iterations: int) -> None:
    """With a few sites nothing is left on the table, however little was searched: it is proven."""
    best = _best_score(problem)
    solution = solve(problem, MaxIterations(iterations))
    assert solution.proven
    assert bool(solution.missing) == (best is None)
    if best is not None:
        assert abs(objective(problem, solution) - best) < 1e-6


def test_a_must_may_be_reached_from_another_visit_only() -> None:
    """A must too far to walk from all but one other place is found together with that."""
    far, near = HOUR, 600
    a, b, _between, start = range(4)
    rows = [[near if i != j else 0 for j in range(4)] for i in range(4)]
    rows[a][b] = rows[start][b] = far
    problem = Problem(
        sites=tuple(
            Site(name, score, 1200, ((BEGIN, BEGIN + 9 * HOUR),))
            for name, score in (("a", 1.0), ("b", 1.0), ("between", 0.1))
        ),
        days=(Day(start, start, BEGIN, BEGIN + 8 * HOUR),),
        travel=Shuttles(tuple(map(tuple, rows)), {(b, start): [(BEGIN, BEGIN + near)]}),
        must=frozenset({"a", "b"}),
        max_walk_m=4000.0,
    )
    travel = cast("HourlyTimes", problem.travel)
    timing = Timing(problem, travel)
    plan, _ = Reinsertion(flatten(problem), travel, timing, Random(1)).run([], MaxIterations(0))  # noqa: S311  # no secret
    assert not missing(problem, plan)


def test_a_day_of_many_sites_is_proven_on_true_times() -> None:
    """Two dozen sites along an hourly line are planned the best, far below what least times allow.

    On the least times there are, waiting for a shuttle costs nothing, and the bound is too high.
    """
    count = 24
    walks = tuple(tuple(1800 * abs(i - j) for j in range(count + 1)) for i in range(count + 1))
    runs = {
        (i, j): [(BEGIN + HOUR * h, BEGIN + HOUR * h + 120 * abs(i - j)) for h in range(10)]
        for i in range(count + 1)
        for j in range(count + 1)
        if i != j
    }
    problem = Problem(
        sites=tuple(
            Site(f"s{i}", 1.0 + i % 5, 1200, ((BEGIN, BEGIN + 9 * HOUR),)) for i in range(count)
        ),
        days=(Day(count, count, BEGIN, BEGIN + 8 * HOUR),),
        travel=Shuttles(walks, runs),
    )
    solution = solve(problem, MaxIterations(20))
    assert solution.proven
    _assert_works(problem, solution)
    still = replace(
        problem,
        travel=StaticTimes(least_seconds(problem, cast("HourlyTimes", problem.travel)).tolist()),
    )
    assert solve(still, MaxIterations(20)).score > solution.score


@settings(max_examples=examples(2), deadline=None)
@given(hourly_problems(), st.integers(1, 5))
def test_the_same_seed_gives_the_same_tour(problem: Problem, seed: int) -> None:
    """Nothing but the problem, the seed and the iterations decides."""
    assert solve(problem, MaxIterations(20), seed) == solve(problem, MaxIterations(20), seed)
