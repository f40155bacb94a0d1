"""The figures of every reason, worked out again with plain arithmetic."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.support.effort import examples
from tests.tour import problems

from lens_routes.tour.problem import FREE
from lens_routes.tour.reasons.obstacles import Obstacle, Reason, reasons
from lens_routes.tour.retime import stopovers
from lens_routes.tour.schedule import Stopover, schedule
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.solve import solve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.tour.problem import Problem, Tour


#: A stop of a day: its id, where it is (None: where one is), how long, when it may begin.
Stop = tuple[str, int | None, int, tuple[tuple[int, int], ...]]


def _stops(problem: Problem, tour: Tour) -> list[Stop]:
    found: list[Stop] = []
    left = tour.depart_s
    for visit in tour.visits:
        lasts = visit.leave_s - visit.begin_s
        if visit.site is None:
            (pause,) = [p for p in problem.breaks if p.id == visit.id]
            where = None if visit.arrive_s == left else problem.days[pause.day].start
            found.append((visit.id, where, lasts, (pause.window,)))
        else:
            (windows,) = {
                o.windows
                for o in problem.sites[visit.site].options
                if o.duration_s == lasts and any(a <= visit.begin_s <= b for a, b in o.windows)
            }
            found.append((visit.id, visit.site, lasts, windows))
        left = visit.leave_s
    return found


def _walked(problem: Problem, number: int, stops: list[Stop]) -> tuple[dict[str, float], int]:
    """Return how far a day exceeds each limit, and its travel; who is late is let in."""
    day, table = problem.days[number], problem.travel.rows
    horizon = problem.days[number + 1].depart_s if number + 1 < len(problem.days) else 10**9
    here, clock, travel, metres = day.start, day.depart_s, 0, 0.0
    over: dict[str, float] = {}
    for name, where, lasts, windows in stops:
        there = here if where is None else where
        travel, clock = travel + table[here][there], clock + table[here][there]
        metres += problem.walk_m[here][there]
        here = there
        closes = [b for a, b in windows if a < horizon]
        if not closes:
            over[name] = float("inf")
        elif clock > closes[-1]:
            over[name] = clock - closes[-1]
        else:
            clock = min(max(a, clock) for a, b in windows if b >= clock)
        clock += lasts
    travel, clock = travel + table[here][day.end], clock + table[here][day.end]
    metres += problem.walk_m[here][day.end]
    over["the end"] = max(0, clock - day.deadline_s)
    over["the walk"] = 0.0 if problem.max_walk_m is None else metres - problem.max_walk_m
    return over, travel


def _worst(over: dict[str, float]) -> float:
    """Return the greatest excess in seconds, metres walked at 1.25 m/s."""
    return max(0.0, over["the walk"] / 1.25, *(v for k, v in over.items() if k != "the walk"))


def _all_ways(problem: Problem, index: int, days: list[list[Stop]]):
    """Yield each day with the site in each gap, with how it exceeds the limits and the detour."""
    site = problem.sites[index]
    for number, stops in enumerate(days):
        _, before = _walked(problem, number, stops)
        for option in site.options:
            if option.windows:
                new = (site.id, index, option.duration_s, option.windows)
                for gap in range(len(stops) + 1):
                    over, travel = _walked(problem, number, [*stops[:gap], new, *stops[gap:]])
                    yield number, option, over, travel - before


def _without(days: list[list[Stop]], dropped: tuple[str, ...]) -> list[list[Stop]]:
    return [[stop for stop in stops if stop[0] not in dropped] for stops in days]


def _score(problem: Problem, days: list[list[Stop]]) -> float:
    chosen = []
    for stops in days:
        for name, where, lasts, windows in stops:
            if name in {site.id for site in problem.sites}:
                (option, *_) = [
                    i
                    for i, o in enumerate(problem.sites[where].options)
                    if (o.duration_s, o.windows) == (lasts, windows)
                ]
                chosen.append((where, option))
    return problems.value(problem, chosen)


@settings(max_examples=examples(8), deadline=None, derandomize=True)
@given(problems.problems(most_sites=7))
def test_every_figure_of_a_reason_can_be_worked_out_again(problem: Problem) -> None:
    """Plain arithmetic over all gaps of the days shown gives each reason and its figures."""
    problem = _plain(problem)
    solution = solve(problem, MaxIterations(60))
    if solution.missing:
        return
    days = [_stops(problem, tour) for tour in solution.tours]
    for name, reason in reasons(problem, solution).items():
        index = problem.index(name)
        if reason.alone:
            _check_alone(problem, index, reason)
        elif reason.instead_of:
            _check_exchange(problem, index, reason, days)
        elif reason.obstacle is not Obstacle.CLOSED:
            _check_obstacle(problem, index, reason, days)


def _plain(problem: Problem) -> Problem:
    """Return a problem without what the way costs, bonuses, and limits on sets of sites."""
    return replace(
        problem,
        prices=FREE,
        limits=(),
        breaks=tuple(pause._replace(after=False) for pause in problem.breaks),
        sites=tuple(
            replace(s, bonus=0.0, shorter=tuple(o._replace(bonus=0.0) for o in s.shorter))
            for s in problem.sites
        ),
    )


@settings(max_examples=examples(6), deadline=None, derandomize=True)
@given(problems.problems(most_sites=6))
def test_what_is_not_worth_its_way_would_make_the_tour_worth_less(problem: Problem) -> None:
    """A visit left out for its way fits somewhere, and nowhere without a loss; others are over."""
    problem = replace(problem, breaks=(), max_walk_m=None)
    solution = solve(problem, MaxIterations(0))
    if solution.missing:
        return
    plan = [stopovers(problem, tour) for tour in solution.tours]
    visited = [stop.site for stops in plan for stop in stops]
    for name, reason in reasons(problem, solution).items():
        index = problem.index(name)
        assert reason.obstacle is not Obstacle.MISSED
        if reason.obstacle is Obstacle.LIMIT:
            more = [*visited, index]
            assert any(sum(one in some for one in more) > most for some, most in problem.limits)
        if reason.obstacle is Obstacle.NO_GAIN:
            worths = list(_with_one_more(problem, plan, index))
            assert worths
            assert max(worths) <= problems.objective(problem, solution) + 1e-6


def _with_one_more(problem: Problem, plan: list[list[Stopover]], index: int) -> Iterator[float]:
    """Yield what the plan is chosen for with a site in any gap it fits, in any of its ways."""
    for number, stops in enumerate(plan):
        if problem.max_visits is not None and len(stops) >= problem.max_visits:
            continue
        for option in range(len(problem.sites[index].options)):
            stop = Stopover(index, option, (), 0.0)
            for gap in range(len(stops) + 1):
                longer = [*stops[:gap], stop, *stops[gap:]]
                days = [*plan[:number], longer, *plan[number + 1 :]]
                try:
                    effort = sum(schedule(problem, n, day).effort for n, day in enumerate(days))
                except ValueError:
                    continue
                chosen = [(one.site, one.option) for day in days for one in day]
                yield problems.value(problem, chosen) + problems.bonus(problem, chosen) - effort


def _check_alone(problem: Problem, index: int, reason: Reason) -> None:
    empty: list[list[Stop]] = [[] for _ in problem.days]
    found = [over for _, _, over, _ in _all_ways(problem, index, empty)]
    least = min(map(_worst, found))
    assert least > 0
    assert _figure(reason) == pytest.approx(least)


def _figure(reason: Reason) -> float:
    """Return the amount of a reason in seconds."""
    return reason.amount / 1.25 if reason.obstacle is Obstacle.WALK else reason.amount


def _check_obstacle(problem: Problem, index: int, reason: Reason, days: list[list[Stop]]) -> None:
    """Check that what no exchange makes room for exceeds a limit, least where the reason says."""
    found = list(_all_ways(problem, index, days))
    least = min(_worst(over) for _, _, over, _ in found)
    if reason.obstacle in (Obstacle.VISITS, Obstacle.NO_GAIN, Obstacle.MISSED):
        assert least == 0
    else:
        assert least > 0
        assert _figure(reason) == pytest.approx(least)
    if reason.obstacle is not Obstacle.NO_GAIN:
        optional = _optional(problem, days)
        assert not any(_fits(problem, index, _without(days, (one,))) for one in optional)


def _check_exchange(problem: Problem, index: int, reason: Reason, days: list[list[Stop]]) -> None:
    """Check that without the visits named the site fits, and without fewer it does not."""
    left = _without(days, reason.instead_of)
    fitting = [
        (detour, option)
        for number, option, over, detour in _all_ways(problem, index, left)
        if _worst(over) == 0 and len(left[number]) < len(days[number])
    ]
    assert fitting
    assert reason.detour_s in {max(0, detour) for detour, _ in fitting}
    before = _score(problem, days)
    after = [
        _score(problem, [*left, [(problem.sites[index].id, index, o.duration_s, o.windows)]])
        for _, o in fitting
    ]
    losses = [(before - score) / before if before else 0.0 for score in after]
    if reason.obstacle is not Obstacle.MISSED:
        assert any(reason.loss == pytest.approx(loss, abs=1e-5) for loss in losses)
    if len(reason.instead_of) == 1:
        # Nothing else could be given up at less loss.
        for one in _optional(problem, days):
            if gained := _fits(problem, index, _without(days, (one,))):
                best = max(_score(problem, [*_without(days, (one,)), [stop]]) for stop in gained)
                assert best <= max(after) + 1e-6
    else:
        assert not any(
            _fits(problem, index, _without(days, fewer))
            for fewer in combinations(reason.instead_of, len(reason.instead_of) - 1)
        )


def _optional(problem: Problem, days: list[list[Stop]]) -> list[str]:
    sites = {site.id for site in problem.sites}
    return [s[0] for stops in days for s in stops if s[0] in sites and s[0] not in problem.must]


def _fits(problem: Problem, index: int, days: list[list[Stop]]) -> list[Stop]:
    """Return the ways in which a site fits into days, limits of visits included."""
    limit = problem.max_visits
    sites = {site.id for site in problem.sites}
    return [
        (problem.sites[index].id, index, option.duration_s, option.windows)
        for number, option, over, _ in _all_ways(problem, index, days)
        if _worst(over) == 0 and (limit is None or sum(s[0] in sites for s in days[number]) < limit)
    ]
