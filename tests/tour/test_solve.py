"""The planner's tours are allowed, and the best there are where everything can be tried."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.effort import examples
from tests.tour import problems

from lens_routes.errors import BadInputError, InfeasibleError, UsageError
from lens_routes.tour.problem import Break, Day, Problem, Site, StaticTimes
from lens_routes.tour.retime import stopovers
from lens_routes.tour.schedule import Stopover, schedule
from lens_routes.tour.search.stop import Effort, FirstOf, MaxIterations, MaxRuntime, NoImprovement
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from lens_routes.tour.problem import Solution


HOUR = 3600
DAY = 24 * HOUR


def assert_allowed(problem: Problem, solution: Solution) -> None:
    """Follow the tours step by step and compare every figure."""
    seen: list[str] = []
    chosen: list[tuple[int, float]] = []
    for day, tour in zip(problem.days, solution.tours, strict=True):
        here, clock, walk = day.start, tour.depart_s, 0.0
        assert clock >= day.depart_s
        for visit in tour.visits:
            seen.append(visit.id)
            if visit.site is None:
                pause = next(p for p in problem.breaks if p.id == visit.id)
                # A break at the start of the day may mean going back there.
                if visit.arrive_s != clock:
                    clock += problem.travel.seconds(here, day.start, clock)
                    walk += problem.walk_m[here][day.start]
                    here = day.start
                windows, lengths = (pause.window,), {pause.duration_s}
            else:
                clock += problem.travel.seconds(here, visit.site, clock)
                walk += problem.walk_m[here][visit.site]
                here = visit.site
                length = visit.leave_s - visit.begin_s
                options = [o for o in problem.sites[here].options if o.duration_s == length]
                windows = [w for option in options for w in option.windows]
                lengths = {option.duration_s for option in options}
                chosen.append((here, visit.score))
            assert visit.arrive_s == clock
            assert visit.begin_s >= clock
            assert any(a <= visit.begin_s <= b for a, b in windows)
            assert visit.leave_s - visit.begin_s in lengths
            clock = visit.leave_s
        assert tour.arrive_s == clock + problem.travel.seconds(here, day.end, clock)
        assert tour.arrive_s <= day.deadline_s
        walk += problem.walk_m[here][day.end]
        assert tour.walk_m == pytest.approx(walk)
        assert problem.max_walk_m is None or walk <= problem.max_walk_m + 0.01
        visits = sum(visit.site is not None for visit in tour.visits)
        assert problem.max_visits is None or visits <= problem.max_visits
    assert len(seen) == len(set(seen))
    effort = sum(tour.effort for tour in solution.tours)
    assert solution.score == pytest.approx(sum(score for _, score in chosen) - effort)
    for some, most in problem.limits:
        assert sum(site in some for site, _ in chosen) <= most
    wanted = problem.must | {pause.id for pause in problem.breaks}
    assert set(solution.missing) == wanted - set(seen)


@settings(max_examples=examples(10), deadline=None, derandomize=True)
@given(problems.problems())
def test_small_problems_are_solved_well(problem: Problem) -> None:
    """On problems small enough to try everything, some search finds the best score.

    It searches by chance, without proof, so the best of three is looked at.
    """
    solutions = [solve(problem, MaxIterations(200), seed, effort=None) for seed in (1, 2, 3)]
    for solution in solutions:
        assert_allowed(problem, solution)
    best = problems.best_score(problem)
    found = [problems.objective(problem, s) for s in solutions if not s.missing]
    if best is None:
        assert not found
    else:
        assert max(found) == pytest.approx(best)


@settings(max_examples=examples(25), deadline=None)
@given(problems.problems(), st.integers(0, 10))
def test_a_proof_is_true(problem: Problem, iterations: int) -> None:
    """However little was searched, what is proven is the best there is, and no bound is too low."""
    solution = solve(problem, MaxIterations(iterations))
    assert_allowed(problem, solution)
    best = problems.best_score(problem)
    if solution.proven and solution.missing:
        assert best is None
    elif solution.proven:
        assert solution.score == solution.bound
        assert problems.objective(problem, solution) == pytest.approx(best)
    elif solution.bound is not None and best is not None:
        more = problems.objective(problem, solution) - solution.score
        assert solution.bound + more >= best - 1e-6


@pytest.mark.parametrize("limits", [{}, {"max_walk_m": 8000.0}, {"max_visits": 3}])
def test_a_usual_day_is_proven(limits: dict) -> None:
    """A day of a few dozen candidates is proven the best, and the proof beats no search at all."""
    spots = [(7 * i % 31, 11 * i % 29) for i in range(30)] + [(15, 15)]
    rows = [[90 * (abs(a - c) + abs(b - d)) for c, d in spots] for a, b in spots]
    sites = tuple(
        Site(f"s{i}", 1 + i % 5, 1200 + 600 * (i % 4), ALWAYS, group=f"g{i % 6}") for i in range(30)
    )
    problem = Problem(
        sites=sites,
        days=(Day(30, 30, 9 * HOUR, 15 * HOUR),),
        travel=StaticTimes(rows),
        walk_m=[[1.25 * s for s in row] for row in rows],
        returns=(1.0, 0.8, 0.6, 0.5),
        must=frozenset({"s0"}),
        **limits,
    )
    solution = solve(problem, MaxIterations(0))
    assert solution.proven
    assert_allowed(problem, solution)
    assert solution.score >= solve(problem, MaxIterations(300), effort=None).score - 1e-9


@settings(max_examples=examples(20), deadline=None)
@given(problems.problems())
def test_small_problems_are_proven(problem: Problem) -> None:
    """One day or two, whatever the limits, breaks and ways of visiting: nothing stays open."""
    solution = solve(problem, MaxIterations(0))
    best = problems.best_score(problem)
    assert solution.proven
    assert bool(solution.missing) == (best is None)
    if best is not None:
        assert problems.objective(problem, solution) == pytest.approx(best)


@settings(max_examples=examples(20), deadline=None)
@given(problems.problems())
def test_no_proven_tour_gains_by_leaving_out_or_exchanging(problem: Problem) -> None:
    """A visit is worth its way or is not made, and no other order of the same visits is lighter.

    Where a must cannot be had that is proven, and nothing of the tours.
    """
    problem = replace(problem, max_walk_m=None, breaks=())
    solution = solve(problem, MaxIterations(0))
    assert solution.proven
    assume(not solution.missing)
    plan = [stopovers(problem, tour) for tour in solution.tours]
    best = _worth(problem, plan)
    assert best is not None
    for number, stops in enumerate(plan):
        for k, stop in enumerate(stops):
            others = [*stops[:k], *stops[k + 1 :]]
            orders = [[*others[:gap], stop, *others[gap:]] for gap in range(len(stops))]
            if problem.sites[stop.site].id not in problem.must:
                orders.append(others)
            for order in orders:
                changed = _worth(problem, [*plan[:number], order, *plan[number + 1 :]])
                assert changed is None or changed <= best + 1e-6


def _worth(problem: Problem, plan: list[list[Stopover]]) -> float | None:
    """Return what a plan is chosen for; None where it does not work."""
    try:
        efforts = [schedule(problem, number, stops).effort for number, stops in enumerate(plan)]
    except ValueError:
        return None
    chosen = [(stop.site, stop.option) for stops in plan for stop in stops]
    return problems.value(problem, chosen) + problems.bonus(problem, chosen) - sum(efforts)


def _spread_out(count: int, days: int, **more: object) -> Problem:
    spots = [(7 * i % 31, 11 * i % 29) for i in range(count)] + [(15, 15)]
    rows = [[90 * (abs(a - c) + abs(b - d)) for c, d in spots] for a, b in spots]
    sites = tuple(
        Site(f"s{i}", 1 + i % 5, 1200 + 600 * (i % 4), ((0, days * DAY),), group=f"g{i % 6}")
        for i in range(count)
    )
    return Problem(
        sites=sites,
        days=tuple(Day(count, count, d * DAY + 9 * HOUR, d * DAY + 13 * HOUR) for d in range(days)),
        travel=StaticTimes(rows),
        walk_m=[[1.25 * s for s in row] for row in rows],
        returns=(1.0, 0.8, 0.6, 0.5),
        **more,
    )


@pytest.mark.parametrize("days", [2, 3])
def test_several_days_are_proven(days: int) -> None:
    """Days over a dozen candidates and more are proven the best together."""
    problem = _spread_out(36 // days, days, must=frozenset({"s5"}))
    solution = solve(problem, MaxIterations(100))
    assert solution.proven
    assert_allowed(problem, solution)
    assert "s5" in solution.visited


def test_a_thousand_candidates_have_a_bound() -> None:
    """Where there are too many places to prove anything, a bound is given all the same."""
    problem = _spread_out(1000, 1)
    solution = solve(problem, MaxIterations(20))
    assert solution.bound is not None
    assert solution.score <= solution.bound < sum(site.score for site in problem.sites) / 10
    assert not solution.proven


@settings(max_examples=examples(15), deadline=None)
@given(problems.problems(most_sites=20))
def test_every_tour_is_allowed_and_reproducible(problem: Problem) -> None:
    """Whatever the problem, the tours obey every rule, and the same seed gives the same tours.

    Also where a proof has to give up.
    """
    effort = Effort(steps=8, partial_tours=3000, looks=20_000)
    solution = solve(problem, MaxIterations(30), seed=7, effort=effort)
    assert_allowed(problem, solution)
    assert solve(problem, MaxIterations(30), seed=7, effort=effort) == solution


def _line(sites: list[Site], **options) -> Problem:
    """Sites ten minutes apart on a line, from and to a point ten minutes before the first."""
    count = len(sites)
    spots = [*range(1, count + 1), 0]
    rows = [[600 * abs(a - b) for b in spots] for a in spots]
    days = options.pop("days", (Day(count, count, 9 * HOUR, 18 * HOUR),))
    return Problem(sites=tuple(sites), days=days, travel=StaticTimes(rows), **options)


ALWAYS = ((0, 24 * HOUR),)


def test_an_appointment_is_kept() -> None:
    """A must with a single moment is begun at that moment, whatever lies around it."""
    sites = [Site(f"s{i}", 1, HOUR, ALWAYS) for i in range(5)]
    sites.append(Site("show", 0, HOUR, ((15 * HOUR, 15 * HOUR),)))
    solution = solve(_line(sites, must=frozenset({"show"})), MaxIterations(100))
    visit = next(v for v in solution.tours[0].visits if v.id == "show")
    assert visit.begin_s == 15 * HOUR
    assert len(solution.visited) == 6


def test_a_lunch_break_is_taken_inside_its_window() -> None:
    """The break begins between noon and two, right where the tour then is."""
    sites = [Site(f"s{i}", 1, HOUR, ALWAYS) for i in range(6)]
    lunch = Break("lunch", HOUR, (12 * HOUR, 14 * HOUR))
    solution = solve(_line(sites, breaks=(lunch,)), MaxIterations(100))
    visit = next(v for v in solution.tours[0].visits if v.id == "lunch")
    assert 12 * HOUR <= visit.begin_s <= 14 * HOUR
    assert len(solution.visited) == 7


def test_two_breaks_may_follow_one_visit() -> None:
    """Where the only visit is far from the start, lunch and tea are both taken there."""
    lunch = Break("lunch", HOUR, (12 * HOUR, 13 * HOUR))
    tea = Break("tea", 1200, (15 * HOUR, 15 * HOUR))
    far = [[0, 3 * HOUR, 600], [3 * HOUR, 0, 3 * HOUR], [600, 3 * HOUR, 0]]
    problem = Problem(
        sites=(Site("a", 5, HOUR, ((11 * HOUR, 11 * HOUR),)),),
        days=(Day(1, 2, 8 * HOUR, 15 * HOUR + 1800),),
        travel=StaticTimes(far),
        breaks=(tea, lunch),
    )
    solution = solve(problem, MaxIterations(20))
    assert [visit.id for visit in solution.tours[0].visits] == ["a", "lunch", "tea"]
    assert solution.proven


def test_days_share_no_place() -> None:
    """Over several days no place is visited twice, and each day uses its own windows."""
    second = ((24 * HOUR, 48 * HOUR),)
    sites = [Site("a", 5, HOUR, ALWAYS + second), Site("b", 5, HOUR, second)]
    days = tuple(Day(2, 2, d * 24 * HOUR + 9 * HOUR, d * 24 * HOUR + 11 * HOUR) for d in (0, 1))
    solution = solve(_line(sites, days=days), MaxIterations(50))
    assert [[v.id for v in tour.visits] for tour in solution.tours] == [["a"], ["b"]]


def test_diminishing_returns_spread_the_groups() -> None:
    """Five cemeteries are worth less than a mixed day of lower scores."""
    sites = [Site(f"grave{i}", 3, 2 * HOUR, ALWAYS, group="cemetery") for i in range(4)]
    sites += [Site(f"other{i}", 2, 2 * HOUR, ALWAYS) for i in range(3)]
    problem = _line(sites, returns=(1.0, 0.5, 0.25))
    visited = solve(problem, MaxIterations(200)).visited
    assert sum(name.startswith("grave") for name in visited) == 1


def test_a_budget_is_kept() -> None:
    """The sites visited never cost more than the budget over all days."""
    sites = [Site(f"s{i}", i + 1, HOUR, ALWAYS) for i in range(5)]
    problem = _line(sites, max_cost=1000, cost=(400, 400, 400, 600, 700))
    solution = solve(problem, MaxIterations(100))
    spent = sum(problem.cost[problem.index(name)] for name in solution.visited)
    assert spent <= 1000
    assert solution.score == 7  # s2 and s3, 1,000 together; s4 would leave room for none


def test_no_candidates_give_an_empty_day() -> None:
    """With nothing to visit the tour is the way from start to end."""
    solution = solve(_line([]), MaxIterations(5))
    assert solution.tours[0].visits == ()
    assert solution.score == 0


def test_a_day_shorter_than_its_way_is_refused() -> None:
    """When the end cannot be reached in time the message says by how much."""
    problem = Problem(
        sites=(), days=(Day(0, 1, 0, 600),), travel=StaticTimes([[0, 1200], [1200, 0]])
    )
    with pytest.raises(InfeasibleError, match="20 min") as caught:
        solve(problem, MaxIterations(5))
    assert "10 min" in caught.value.hint


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"must": frozenset({"nowhere"})}, UsageError),
        ({"max_walk_m": 5.0}, UsageError),
        ({"returns": (0.5, 1.0)}, UsageError),
        ({"breaks": (Break("lunch", 60, (10, 5)),)}, UsageError),
        ({"breaks": (Break("lunch", 60, (5, 10), day=1),)}, UsageError),
        ({"days": (Day(0, 0, 10, 5),)}, UsageError),
        ({"days": ()}, UsageError),
        ({"max_cost": 5, "cost": (1,)}, UsageError),
        ({"sites": (Site("a", -1.0, 60, ()),)}, BadInputError),
        ({"sites": (Site("a", float("nan"), 60, ()),)}, BadInputError),
        ({"sites": (Site("a", 1.0, -60, ()),)}, BadInputError),
        ({"sites": (Site("a", 1.0, 60, ((5, 9), (8, 12))),)}, BadInputError),
        ({"sites": (Site("a", 1.0, 60, ()), Site("a", 1.0, 60, ()))}, BadInputError),
    ],
)
def test_contradictory_problems_are_refused(changes: dict, error: type[Exception]) -> None:
    """A problem that contradicts itself is refused when it is stated, not searched."""
    good = {"sites": (), "days": (Day(0, 0, 0, 10),), "travel": StaticTimes([[0]])}
    with pytest.raises(error):
        Problem(**{**good, **changes})


def test_stopping_rules_count() -> None:
    """Each rule stops exactly when it says; together the first one stops."""
    by_count = MaxIterations(3)
    assert [by_count(0.0) for _ in range(5)] == [False, False, False, True, True]
    stale = NoImprovement(1)
    assert [stale(score) for score in (1.0, 1.0, 2.0, 2.0, 2.0)] == [
        False,
        False,
        False,
        False,
        True,
    ]
    assert MaxRuntime(0.0)(0.0)
    both = FirstOf(MaxIterations(5), NoImprovement(1))
    assert [both(1.0) for _ in range(3)] == [False, False, True]
