"""Themes are spread over the days where that costs nothing that counts."""

from __future__ import annotations

from lens_routes.tour.problem import Day, Problem, Site, StaticTimes
from lens_routes.tour.retime import stopovers
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.solve import solve
from lens_routes.tour.spread import WORTH, spread, unevenness

HOUR, DAY_S = 3600, 86_400
ALWAYS = ((0, 3 * DAY_S),)
A, B = frozenset({"a"}), frozenset({"b"})


def _problem(windows: list[tuple[tuple[int, int], ...]], minutes: int = 10) -> Problem:
    """Visits of an hour, all the same time apart, over two days that hold two each."""
    count = len(windows)
    rows = [[0 if i == j else 60 * minutes for j in range(count + 1)] for i in range(count + 1)]
    sites = tuple(Site(f"s{i}", 5, HOUR, spans) for i, spans in enumerate(windows))
    days = tuple(Day(count, count, d * DAY_S + 9 * HOUR, d * DAY_S + 12 * HOUR) for d in range(2))
    return Problem(sites=sites, days=days, travel=StaticTimes(rows))


def _uneven(problem: Problem, tours, themes) -> int:
    days = [[s.site for s in stopovers(problem, tour) if s.site is not None] for tour in tours]
    return unevenness(days, themes)


def _themes_of(tours, themes):
    return [sorted(min(themes[v.site]) for v in tour.visits) for tour in tours]


def test_each_day_gets_its_share_of_each_theme() -> None:
    """Two places of each theme and two visits a day: one of each, every day, at the same score."""
    themes = [A, A, B, B]
    problem = _problem([ALWAYS] * 4)
    solution = solve(problem, MaxIterations(50))
    found = spread(problem, solution, themes)
    assert _themes_of(found.tours, themes) == [["a", "b"], ["a", "b"]]
    assert found.score == solution.score
    assert found.visited == solution.visited
    assert _uneven(problem, found.tours, themes) <= _uneven(problem, solution.tours, themes)


def test_what_is_open_on_one_day_only_stays_there() -> None:
    """Where hours leave no choice the days stay as they are: nothing is made late for variety."""
    first, second = ((0, DAY_S),), ((DAY_S, 2 * DAY_S),)
    themes = [A, A, B, B]
    problem = _problem([first, first, second, second])
    solution = solve(problem, MaxIterations(50))
    assert spread(problem, solution, themes).tours == solution.tours


def test_variety_is_worth_a_little_way_and_no_more() -> None:
    """Two places of a theme stand together, far from two of the other: they stay together."""
    problem = _problem([ALWAYS] * 4)
    near = [[600] * 5 for _ in range(5)]
    for i, j in ((0, 1), (1, 0), (2, 3), (3, 2)):
        near[i][j] = 60
    for i in range(5):
        near[i][i] = 0
    tight = Problem(sites=problem.sites, days=problem.days, travel=StaticTimes(near))
    solution = solve(tight, MaxIterations(50))
    found = spread(tight, solution, [A, A, B, B])

    def travel(tours) -> int:
        return sum(t.arrive_s - t.depart_s - HOUR * len(t.visits) for t in tours)

    assert travel(found.tours) <= (1 + WORTH) * travel(solution.tours)


def test_one_theme_or_one_day_changes_nothing() -> None:
    """With nothing to spread, the very same solution comes back."""
    problem = _problem([ALWAYS] * 4)
    solution = solve(problem, MaxIterations(50))
    assert spread(problem, solution, [A] * 4) is solution
