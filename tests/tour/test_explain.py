"""Reasons are true, and relaxations are the smallest that help."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from tests.support.effort import examples
from tests.tour import problems

from lens_routes.tour.problem import (
    USUAL_PRICES,
    Break,
    Day,
    Problem,
    Site,
    Solution,
    StaticTimes,
    Tour,
)
from lens_routes.tour.reasons.explain import explain_nothing, why_left_out
from lens_routes.tour.reasons.feasible import is_worth_going, may_work, works
from lens_routes.tour.reasons.obstacles import Obstacle, reasons
from lens_routes.tour.reasons.say import Words, in_words, minutes
from lens_routes.tour.reasons.smallest_changes import relaxations
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.solve import solve

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


def _why_empty(problem: Problem, name: str):
    """Say why a site is not in days without any visit."""
    tours = tuple(Tour((), day.depart_s, day.deadline_s) for day in problem.days)
    return reasons(problem, Solution(tours, 0, None, proven=False))[name]


def test_a_closed_site_says_so() -> None:
    """A site without a window is closed all day."""
    problem = _line([Site("a", 5, HOUR, ALWAYS), Site("b", 5, HOUR, ())])
    assert _why(problem, "b").obstacle is Obstacle.CLOSED
    assert why_left_out(problem, solve(problem, MaxIterations(5)))["b"].said == "closed all day"


def test_a_site_that_opens_late_says_how_late_the_day_would_end() -> None:
    """Opening at 10:30, visited for 30 min, ten minutes from the end: 10 min too late."""
    opens = ((10 * HOUR + 1800, 20 * HOUR),)
    reason = _why(_line([Site("a", 5, 1800, opens)]), "a")
    assert (reason.obstacle, reason.amount, reason.alone) == (Obstacle.DAY_TOO_SHORT, 600, True)
    said = in_words("a", reason, Words())
    assert said == "opens at 10:30; even with nothing else the day would end 10 min late"


def test_a_site_missed_in_the_morning_says_by_how_much() -> None:
    """Last admission 9:05, reached at 9:10: five minutes late even straight from the start."""
    reason = _why(_line([Site("a", 5, 1800, ((0, 9 * HOUR + 300),))]), "a")
    assert (reason.obstacle, reason.amount, reason.alone) == (Obstacle.TOO_LATE, 300, True)


def test_a_full_day_says_what_it_would_cost() -> None:
    """Two visits of 80 minutes do not fit two hours: the lesser one names the better one.

    In its place the way is 40 minutes, where without both it would be none.
    """
    problem = _line([Site("a", 5, 4800, ALWAYS), Site("b", 3, 4800, ALWAYS)])
    reason = _why(problem, "b")
    assert reason.obstacle is Obstacle.DAY_TOO_SHORT
    assert reason.amount == 4800 + 4800 + 2400 - 7200
    assert reason.detour_s == 2400
    assert reason.instead_of == ("a",)
    assert reason.loss == pytest.approx(2 / 5)
    words = Words({"a": "A"}, {"a": 5, "b": 3})
    said = in_words("b", reason, words)
    assert said == "only in place of A (interest 5): 40 min of detour for interest 3"


def test_what_only_two_visits_make_room_for_names_both() -> None:
    """Two visits of 28 minutes leave no room for one of 80: both would have to go."""
    sites = [Site("c", 3, 4800, ALWAYS), Site("a", 5, 1700, ALWAYS), Site("b", 5, 1700, ALWAYS)]
    reason = _why(_line(sites), "c")
    assert set(reason.instead_of) == {"a", "b"}
    assert reason.loss == pytest.approx(7 / 10)


def test_the_greatest_obstacle_is_named() -> None:
    """Ten minutes too late for the day, and 60 km too far: the walk is what keeps it out."""
    opens = ((10 * HOUR + 1800, 20 * HOUR),)
    problem = _line([Site("a", 5, 1800, opens)], max_walk_m=1.0)
    far = replace(problem, walk_m=[[30_000.0 * (i != j) for j in range(2)] for i in range(2)])
    reason = _why_empty(far, "a")
    assert (reason.obstacle, reason.amount) == (Obstacle.WALK, 59_999.0)


def test_limits_name_themselves() -> None:
    """Walking, visits and budget limits are reasons of their own, with their figures."""
    sites = [Site("a", 5, 600, ALWAYS), Site("b", 3, 600, ALWAYS)]
    walk = _why(_line(sites, max_walk_m=1500.0), "b")
    assert (walk.obstacle, walk.amount) == (Obstacle.WALK, 900.0)
    visits = _why(_line(sites, max_visits=1), "b")
    assert (visits.obstacle, visits.amount) == (Obstacle.VISITS, 1)
    assert in_words("b", visits, Words()).startswith("with 1 visit a day only in place of a")
    cost = _why(_line(sites, max_cost=10, cost=(7, 5)), "b")
    assert (cost.obstacle, cost.amount) == (Obstacle.COST, 2)
    dear = _why(_line(sites, max_cost=10, cost=(7, 350)), "b")
    assert in_words("b", dear, Words()) == "its entry alone is over the budget by 3.40 €"


def test_a_site_worth_nothing_adds_nothing() -> None:
    """A site that fits but scores nothing says that it adds nothing."""
    assert _why(_line([Site("a", 0, 600, ALWAYS)]), "a").obstacle is Obstacle.NO_GAIN


@settings(max_examples=examples(20), deadline=None)
@given(problems.problems(most_sites=8))
def test_every_site_left_out_has_a_true_reason(problem: Problem) -> None:
    """Each site left out has a reason; a day too short by N s is so with anything less than N."""
    solution = solve(problem, MaxIterations(60))
    found = reasons(problem, solution)
    assert set(found) == {site.id for site in problem.sites} - solution.visited
    for name, reason in found.items():
        assert in_words(name, reason, Words())
        if reason.obstacle is Obstacle.DAY_TOO_SHORT and reason.alone:
            grace = int(reason.amount) - 1
            only = replace(
                problem,
                must=frozenset({name}),
                breaks=(),
                max_visits=None,
                max_walk_m=None,
                sites=tuple(
                    s if s.id == name else replace(s, windows=(), shorter=()) for s in problem.sites
                ),
                days=tuple(d._replace(deadline_s=d.deadline_s + grace) for d in problem.days),
            )
            assert solve(only, MaxIterations(5)).missing


def test_the_smallest_relaxations_are_named() -> None:
    """Two musts of 80 minutes in two hours: an hour and more is missing, or one of them must go."""
    sites = [Site("a", 5, 4800, ALWAYS), Site("b", 3, 4800, ALWAYS)]
    problem = _line(sites, must=frozenset({"a", "b"}))
    words = Words({"a": "A"})
    found = relaxations(problem, words.name)
    assert found == ["start 1 h 20 earlier", "end 1 h 20 later", "drop A", "drop b"]
    reason, hint = explain_nothing(problem, words)
    assert "A and b" in reason
    assert "In the best order: the day would end 1 h 20 late." in reason
    assert "1 h 20" in hint


def test_changes_that_help_only_together_are_named_together() -> None:
    """A site 20 minutes and 2 km too far: more time alone does not help, nor more walking."""
    problem = _line([Site("a", 5, 2 * HOUR, ALWAYS)], max_walk_m=1000.0)
    assert relaxations(problem) == [
        "start 20 min earlier and go 200 m farther",
        "end 20 min later and go 200 m farther",
    ]


def test_nobody_is_sent_on_a_march() -> None:
    """A must 29 km beyond the limit: no small change helps; nobody starts before six."""
    far = _line([Site("a", 5, HOUR, ALWAYS), Site("b", 5, HOUR, ALWAYS)], max_walk_m=1000.0)
    far = replace(
        far,
        must=frozenset({"b"}),
        travel=StaticTimes([[0, 20_000, 600], [20_000, 0, 20_000], [600, 20_000, 0]]),
        walk_m=[[0, 30_000, 100], [30_000, 0, 30_000], [100, 30_000, 0]],
    )
    _, hint = explain_nothing(far, Words())
    assert "ask for something else" in hint
    early = replace(far, max_walk_m=None, days=(Day(2, 2, 7 * HOUR, 9 * HOUR),))
    assert not any("earlier" in said for said in relaxations(early, hopeless=frozenset({"b"})))


def test_what_is_spared_is_not_blamed() -> None:
    """Of three musts only the two that clash are named, with how late one would be."""
    sites = [
        Site("a", 5, HOUR, ((9 * HOUR + 1800,) * 2,)),
        Site("b", 3, 600, ((10 * HOUR,) * 2,)),
        Site("c", 3, 60, ALWAYS),
    ]
    days = (Day(3, 3, 9 * HOUR, 13 * HOUR),)
    problem = _line(sites, must=frozenset({"a", "b", "c"}), days=days)
    reason, hint = explain_nothing(problem, Words())
    expected = (
        "These do not all fit together: a and b. In the best order: you would be 40 min too"
        " late for b."
    )
    assert reason == expected
    assert hint == "It would help to drop a, or to drop b."


def test_a_break_may_be_in_the_way() -> None:
    """A break and the only visit begin at one moment: without the break there is a day."""
    lunch = Break("lunch", HOUR, (10 * HOUR, 10 * HOUR))
    sites = [Site("a", 5, 600, ((10 * HOUR,) * 2,))]
    problem = _line(sites, must=frozenset({"a"}), breaks=(lunch,))
    assert relaxations(problem) == ["drop lunch"]


def test_a_break_may_cost_least_after_a_visit_nobody_asked_for() -> None:
    """A break at the start and the way from there end 20 min late, after a visit near the end 5."""
    tea = Break("tea", 1200, (11 * HOUR, 11 * HOUR))
    ways = [[0, 900, 300], [900, 0, 1200], [300, 1200, 0]]
    problem = Problem(
        sites=(Site("a", 5, 600, ALWAYS),),
        days=(Day(1, 2, 9 * HOUR, 11 * HOUR + 1200),),
        travel=StaticTimes(ways),
        breaks=(tea,),
    )
    assert relaxations(problem)[0] == "end 5 min later"


def test_changes_may_help_only_three_together() -> None:
    """A must before the day begins, one after it ends, and both beyond the walking limit."""
    sites = [
        Site("a", 1, 60, ((8 * HOUR + 1200,) * 2,)),
        Site("b", 1, 60, ((11 * HOUR + 1200,) * 2,)),
    ]
    problem = _line(sites, must=frozenset({"a", "b"}), max_walk_m=1000.0)
    assert relaxations(problem)[0].startswith("start ")
    assert "earlier and end" in relaxations(problem)[0]
    assert "later and go" in relaxations(problem)[0]


@settings(max_examples=examples(20), deadline=None)
@given(problems.problems(most_sites=4))
def test_whether_musts_fit_some_days_is_exact(problem: Problem) -> None:
    """Without breaks, all sites together work exactly if trying everything finds a tour of them."""
    everything = frozenset(site.id for site in problem.sites)
    assume(everything)
    asked = replace(problem, must=everything, breaks=())
    assert works(asked) == (problems.best_score(asked) is not None)


@settings(max_examples=examples(60), deadline=None)
@given(problems.problems(most_sites=4))
def test_what_works_is_never_given_up_before_the_search(problem: Problem) -> None:
    """Where it shows at once that nothing works, trying everything finds no tour with a visit."""
    if not may_work(problem):
        asked = (replace(problem, must=problem.must | {site.id}) for site in problem.sites)
        assert all(problems.best_score(one) is None for one in asked)


@pytest.mark.parametrize("days", [1, 2, 3])
def test_what_no_day_has_room_for_is_seen_before_the_search(days: int) -> None:
    """A break after the day, or a meal that nothing can follow, is no matter of searching."""
    every = tuple(Day(2, 2, (24 * n + 9) * HOUR, (24 * n + 15) * HOUR) for n in range(days))
    early = tuple((24 * n * HOUR, (24 * n + 10) * HOUR) for n in range(days))
    always = ((0, 24 * days * HOUR),)
    sites = [Site("a", 5, 600, early), Site("b", 5, 600, always)]

    def fits(begins: int, *, after: bool = False) -> bool:
        at = (24 * (days - 1) + begins) * HOUR
        pause = Break("pause", HOUR, (at, at + HOUR), days - 1, after=after)
        shut = [sites[0], replace(sites[1], windows=early)] if after else sites
        return may_work(_line(shut, days=every, breaks=(pause,)))

    assert fits(12)
    assert not fits(15)
    assert not fits(12, after=True)
    assert not may_work(_line(sites, days=every, must=frozenset({"a", "b"}), max_visits=0))


def test_each_day_needs_a_visit_of_its_own_after_its_meal() -> None:
    """One site cannot follow lunch on two days."""
    every = tuple(Day(1, 1, (24 * n + 9) * HOUR, (24 * n + 15) * HOUR) for n in range(2))
    lunches = tuple(
        Break(f"lunch {n}", HOUR, ((24 * n + 12) * HOUR,) * 2, n, after=True) for n in range(2)
    )
    site = Site("a", 5, 600, ((0, 48 * HOUR),))
    assert may_work(_line([site], days=every, breaks=lunches[1:]))
    assert not may_work(_line([site], days=every, breaks=lunches))


def test_nothing_fits_names_the_nearest() -> None:
    """Without musts the nearest site says why it does not fit, and the hint what would help."""
    problem = _line([Site("a", 5, 2 * HOUR, ALWAYS)])
    reason, hint = explain_nothing(problem, Words())
    assert "20 min late" in reason
    assert "end 20 min later" in hint


def test_an_impossible_must_is_explained_by_itself() -> None:
    """A must that is closed is named with its reason, the others are not."""
    sites = [Site("a", 5, 600, ALWAYS), Site("b", 3, 600, ())]
    reason, _ = explain_nothing(_line(sites, must=frozenset({"a", "b"})), Words({"b": "B"}))
    assert "B: closed all day" in reason
    assert "a:" not in reason


def test_no_candidates_is_explained() -> None:
    """With no candidate at all the answer is to ask for more."""
    assert explain_nothing(_line([]), Words()) == (
        "There is nothing to visit.",
        "Ask for more themes or another date.",
    )


@pytest.mark.parametrize("amount", [1, 59, 60, 61])
def test_minutes_round_up(amount: int) -> None:
    """A reason never promises less than is needed."""
    assert int(minutes(amount).split()[0]) * 60 >= amount


def test_a_site_not_worth_its_way_is_not_worth_going_for() -> None:
    """An hour there and back costs 1.5 of 2, two hours more than all; a must fits anyway."""
    sites = (Site("a", 2.0, 600, ALWAYS),)
    days = (Day(1, 1, 9 * HOUR, 15 * HOUR),)
    near, far = (
        Problem(
            sites=sites,
            days=days,
            travel=StaticTimes([[0, leg_s], [leg_s, 0]]),
            prices=USUAL_PRICES,
        )
        for leg_s in (HOUR // 2, HOUR)
    )
    assert is_worth_going(near, 0)
    assert works(near)
    assert not is_worth_going(far, 0)
    assert not works(far)
    assert works(replace(far, must=frozenset({"a"})))
