"""A day of several is the best that goes with the others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lens_routes.tour.day_by_day import bettered
from lens_routes.tour.problem import Break, Day, Prices, Problem, Site, StaticTimes
from lens_routes.tour.report import missing, report
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.solve import solve
from lens_routes.tour.static import PATIENCE

HOUR, DAY_S = 3600, 86_400


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Visits on a line, over two days with lunch and limits."""
    at = draw(st.lists(st.integers(0, 5000), min_size=1, max_size=6))
    points = [*at, 0]
    rows = [[abs(a - b) for b in points] for a in points]
    sites = tuple(
        Site(f"s{i}", draw(st.integers(1, 9)), HOUR, ((0, 2 * DAY_S),), draw(st.sampled_from("ab")))
        for i in range(len(at))
    )
    days = tuple(
        Day(len(at), len(at), d * DAY_S + 9 * HOUR, d * DAY_S + 14 * HOUR) for d in range(2)
    )
    breaks = tuple(
        Break(f"lunch {d}", HOUR, (d * DAY_S + 11 * HOUR, d * DAY_S + 13 * HOUR), d)
        for d in range(2)
    )
    return Problem(
        sites=sites,
        days=days,
        travel=StaticTimes(rows),
        breaks=breaks,
        cost=tuple(draw(st.integers(0, 3)) for _ in at),
        max_cost=draw(st.integers(0, 9)),
        limits=((frozenset({0}), draw(st.integers(0, 1))),),
        returns=(1.0, 0.5),
        prices=Prices(walk=1.5),
    )


@settings(max_examples=20, deadline=None)
@given(problems())
def test_days_only_get_better_and_keep_every_limit(problem: Problem) -> None:
    """From days without a visit: breaks are put in, then what pays, within the budget of both."""
    plan = bettered(problem, [[], []], lambda one: solve(one, MaxIterations(20)))
    found, best = report(problem, plan, None, 0), solve(problem, MaxIterations(50))
    sites = [stop.site for day in plan for stop in day if stop.site is not None]
    assert not missing(problem, plan)
    assert len(sites) == len(set(sites))
    assert sum(problem.cost[site] for site in sites) <= (problem.max_cost or 0)
    assert all(sum(s in some for s in sites) <= most for some, most in problem.limits)
    assert found.score <= (best.bound or best.score) + 1e-6
    again = bettered(problem, plan, lambda one: solve(one, MaxIterations(20)))
    assert again == plan


def test_days_that_cannot_hold_what_they_must_are_given_up_soon() -> None:
    """Two hours each day for three visits of an hour far apart; what they can hold is searched."""
    spots = [*range(3), 0]
    sites = tuple(Site(f"s{i}", 5, HOUR, ((0, 2 * DAY_S),)) for i in range(3))
    problem = Problem(
        sites=sites,
        days=tuple(Day(3, 3, d * DAY_S + 9 * HOUR, d * DAY_S + 11 * HOUR) for d in range(2)),
        travel=StaticTimes([[600 * abs(a - b) for b in spots] for a in spots]),
        breaks=tuple(
            Break(f"tea {d}", HOUR, (d * DAY_S + 9 * HOUR, d * DAY_S + 10 * HOUR), d)
            for d in range(2)
        ),
        must=frozenset({"s0", "s1"}),
    )
    given_up = solve(problem, MaxIterations(10 * PATIENCE))
    assert given_up.missing
    assert given_up.iterations < 2 * PATIENCE
    possible = solve(replace(problem, must=frozenset({"s0"})), MaxIterations(10 * PATIENCE))
    assert not possible.missing
    assert possible.iterations == 10 * PATIENCE
