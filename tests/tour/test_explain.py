"""Reasons are true, and relaxations are the smallest that help."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from lens_routes.tour.explain import explain_nothing, why_left_out
from lens_routes.tour.problem import Day, Problem, Site, StaticTimes
from lens_routes.tour.reasons import Obstacle, minutes, reasons
from lens_routes.tour.relax import relaxations
from lens_routes.tour.solve import solve
from lens_routes.tour.stop import MaxIterations


def _sibling(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


problems = _sibling("problems")
HOUR = 3600
ALWAYS = ((0, 24 * HOUR),)


def _line(sites: list[Site], **options) -> Problem:
    """Sites ten minutes apart on a line, from and to a point ten minutes before the first."""
    count = len(sites)
    spots = [*range(1, count + 1), 0]
    rows = [[600 * abs(a - b) for b in spots] for a in spots]
    days = options.pop("days", (Day(count, count, 9 * HOUR, 11 * HOUR),))
    walk = [[float(seconds) for seconds in row] for row in rows]
    options.setdefault("walk_m", walk)
    return Problem(sites=tuple(sites), days=days, travel=StaticTimes(rows), **options)


def _why(problem: Problem, name: str):
    return reasons(problem, solve(problem, MaxIterations(50)))[name]


def test_a_closed_site_says_so() -> None:
    """A site without a window is closed all day."""
    problem = _line([Site("a", 5, HOUR, ALWAYS), Site("b", 5, HOUR, ())])
    assert _why(problem, "b").obstacle is Obstacle.CLOSED
    assert why_left_out(problem, solve(problem, MaxIterations(5)))["b"] == "closed all day"


def test_a_site_that_opens_late_says_how_late_the_day_would_end() -> None:
    """Opening at 10:30, visited for 30 min, ten minutes from the end: 10 min too late."""
    opens = ((10 * HOUR + 1800, 20 * HOUR),)
    reason = _why(_line([Site("a", 5, 1800, opens)]), "a")
    assert (reason.obstacle, reason.amount, reason.alone) == (Obstacle.DAY_TOO_SHORT, 600, True)
    assert "10 min late" in reason.text()


def test_a_site_missed_in_the_morning_says_by_how_much() -> None:
    """Last admission 9:05, reached at 9:10: five minutes late even straight from the start."""
    reason = _why(_line([Site("a", 5, 1800, ((0, 9 * HOUR + 300),))]), "a")
    assert (reason.obstacle, reason.amount, reason.alone) == (Obstacle.TOO_LATE, 300, True)


def test_a_full_day_says_what_it_would_cost() -> None:
    """Two visits of 80 minutes do not fit two hours: the lesser one names the better one."""
    problem = _line([Site("a", 5, 4800, ALWAYS), Site("b", 3, 4800, ALWAYS)])
    reason = _why(problem, "b")
    assert reason.obstacle is Obstacle.DAY_TOO_SHORT
    assert reason.amount == 4800 + 4800 + 2400 - 7200
    assert reason.detour_s == 1200
    assert reason.instead_of == "a"
    assert reason.scores == (3, 5)
    assert "fits without A, which counts 5 against 3" in reason.text({"a": "A"})


def test_limits_name_themselves() -> None:
    """Walking, visits and budget limits are reasons of their own, with their figures."""
    sites = [Site("a", 5, 600, ALWAYS), Site("b", 3, 600, ALWAYS)]
    walk = _why(_line(sites, max_walk_m=1500.0), "b")
    assert (walk.obstacle, walk.amount) == (Obstacle.WALK, 900.0)
    visits = _why(_line(sites, max_visits=1), "b")
    assert (visits.obstacle, visits.amount) == (Obstacle.VISITS, 1)
    cost = _why(_line(sites, max_cost=10, cost=(7, 5)), "b")
    assert (cost.obstacle, cost.amount) == (Obstacle.COST, 2)


def test_a_site_worth_nothing_adds_nothing() -> None:
    """A site that fits but scores nothing says that it adds nothing."""
    assert _why(_line([Site("a", 0, 600, ALWAYS)]), "a").obstacle is Obstacle.NO_GAIN


@settings(max_examples=60, deadline=None)
@given(problems.problems(most_sites=8))
def test_every_site_left_out_has_a_true_reason(problem: Problem) -> None:
    """Each site not visited has a reason; what is called too short by N s fits N s later."""
    solution = solve(problem, MaxIterations(60))
    found = reasons(problem, solution)
    assert set(found) == {site.id for site in problem.sites} - solution.visited
    for name, reason in found.items():
        assert reason.text()
        if reason.obstacle is Obstacle.DAY_TOO_SHORT and reason.alone:
            for grace, fits in ((reason.amount, True), (reason.amount - 1, False)):
                only = replace(
                    problem,
                    must=frozenset({name}),
                    breaks=(),
                    max_visits=None,
                    max_walk_m=None,
                    sites=tuple(
                        s if s.id == name else replace(s, windows=(), shorter=())
                        for s in problem.sites
                    ),
                    days=tuple(
                        replace(d, deadline_s=d.deadline_s + int(grace)) for d in problem.days
                    ),
                )
                assert (not solve(only, MaxIterations(5)).missing) == fits


def test_the_smallest_relaxations_are_named() -> None:
    """Two musts of 80 minutes in two hours: an hour and more is missing, or one of them must go."""
    sites = [Site("a", 5, 4800, ALWAYS), Site("b", 3, 4800, ALWAYS)]
    problem = _line(sites, must=frozenset({"a", "b"}))
    found = relaxations(problem, {"a": "A"})
    assert found == ["start 1 h 20 earlier", "end 1 h 20 later", "drop A", "drop b"]
    reason, hint = explain_nothing(problem, {"a": "A"})
    assert "A, b" in reason
    assert "1 h 20" in hint


def test_nothing_fits_names_the_nearest() -> None:
    """Without musts the nearest site says why it does not fit, and the hint what would help."""
    problem = _line([Site("a", 5, 2 * HOUR, ALWAYS)])
    reason, hint = explain_nothing(problem, {})
    assert "20 min late" in reason
    assert "end 20 min later" in hint


def test_an_impossible_must_is_explained_by_itself() -> None:
    """A must that is closed is named with its reason, the others are not."""
    sites = [Site("a", 5, 600, ALWAYS), Site("b", 3, 600, ())]
    reason, _ = explain_nothing(_line(sites, must=frozenset({"a", "b"})), {"b": "B"})
    assert "B: closed all day" in reason
    assert "a:" not in reason


def test_no_candidates_is_explained() -> None:
    """With no candidate at all the answer is to ask for more."""
    assert explain_nothing(_line([]), {}) == (
        "There is nothing to visit.",
        "Ask for more themes or another date.",
    )


@pytest.mark.parametrize("amount", [1, 59, 60, 61])
def test_minutes_round_up(amount: int) -> None:
    """A reason never promises less than is needed."""
    assert int(minutes(amount).split()[0]) * 60 >= amount
