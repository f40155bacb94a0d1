"""What has no room in a day beside its musts and breaks is not looked at."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from tests.tour import problems

from lens_routes.tour.problem import Break, Day, Problem, Site, StaticTimes
from lens_routes.tour.search.nodes import flatten
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.solve import solve

HOUR_S = 3600
ALWAYS = ((0, 24 * HOUR_S),)


def _line(hours: int, positions: list[int], **changes: object) -> Problem:
    """Return a day of so many hours along a road, an hour a mark, from mark 0."""
    marks = [*positions, 0]
    rows = [[HOUR_S * abs(a - b) for b in marks] for a in marks]
    sites = tuple(Site(f"s{i}", 1.0, HOUR_S, ALWAYS) for i in range(len(positions)))
    day = Day(len(positions), len(positions), 0, hours * HOUR_S)
    problem = Problem(sites=sites, days=(day,), travel=StaticTimes(rows))
    return replace(problem, **changes)


def _sites(problem: Problem) -> set[int | None]:
    return {node.site for node in flatten(problem).nodes}


def test_a_visit_too_far_from_the_way_through_the_musts_is_no_node() -> None:
    """From 0 to 2 and back with a visit is 5 hours: of 8, one beyond at 3 has room, at 4 not."""
    assert _sites(_line(8, [2, 3, 4, 1])) == {0, 1, 3}
    assert _sites(_line(8, [2, 3, 4, 1], must=frozenset({"s0"}))) == {0, 1, 3}
    assert _sites(_line(6, [2, 3, 4, 1], must=frozenset({"s0"}))) == {0, 3}


def test_a_break_takes_its_time_of_the_day() -> None:
    """Where lunch has to be taken, its hour is missing for the visits."""
    lunch = Break("lunch", HOUR_S, (0, 24 * HOUR_S))
    assert _sites(_line(7, [2, 3], breaks=(lunch,))) == {None, 0}
    assert _sites(_line(8, [2, 3], breaks=(lunch,))) == {None, 0, 1}


def test_a_way_that_is_shorter_by_another_place_counts_as_that() -> None:
    """Where a table has a way as longer than by a third place, one may go by that."""
    problem = _line(9, [2, 3, 2], must=frozenset({"s1"}))
    rows = [list(row) for row in problem.travel.rows]
    rows[0][1] = rows[1][0] = 9 * HOUR_S
    assert _sites(replace(problem, travel=StaticTimes(rows))) == {0, 1, 2}


def test_where_the_musts_have_no_room_nothing_is_left_out() -> None:
    """Why nothing fits is told elsewhere, from all there is."""
    assert _sites(_line(7, [3, 3, 1], must=frozenset({"s0", "s1"}))) == {0, 1, 2}


@given(problems.problems())
def test_the_best_day_stands_among_the_nodes(problem: Problem) -> None:
    """Every visit of a solution, as a must with the others, is still among the nodes."""
    solution = solve(problem, MaxIterations(20), effort=None)
    if solution.missing:
        return
    visited = {v.site for tour in solution.tours for v in tour.visits if v.site is not None}
    must = frozenset(problem.sites[number].id for number in visited)
    assert visited <= _sites(replace(problem, must=problem.must | must))
