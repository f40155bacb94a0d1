"""The parts of the search keep their books: times, prizes, bounds, and combinations of days."""

from __future__ import annotations

import importlib.util
import random
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.effort import examples

from lens_routes.tour.problem import Day, Problem, Site, StaticTimes
from lens_routes.tour.proof.arrivals import merged_ways
from lens_routes.tour.proof.bound import Prices, Relaxation
from lens_routes.tour.proof.prove import GRID_S
from lens_routes.tour.proof.relaxed_day import Clock
from lens_routes.tour.search.construct import Appeal, Draft
from lens_routes.tour.search.nodes import flatten
from lens_routes.tour.search.recombine import Memory
from lens_routes.tour.search.returns import Returns, prize
from lens_routes.tour.search.ruin import move, take_out
from lens_routes.tour.search.stop import MaxIterations
from lens_routes.tour.solve import solve


def _load(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


problems = _load(Path(__file__).with_name("problems.py"))
toptw = _load(Path(__file__).parents[2] / "benchmarks" / "toptw.py")


@settings(max_examples=examples(30), deadline=None)
@given(problems.problems(most_sites=12), st.integers(0, 10**6))
def test_times_kept_up_to_date_are_those_worked_out_anew(problem: Problem, seed: int) -> None:
    """After any changes, begins, latest moments and the prize equal those of a fresh draft."""
    nodes = flatten(problem)
    draft, rng = Draft(nodes), random.Random(seed)  # noqa: S311  # a test, repeatable
    for _ in range(6):
        draft.fill(Appeal(np.array([rng.random() for _ in nodes.nodes], dtype=np.float32), 1.0))
        for day in range(len(problem.days)):
            rng.choice([take_out, lambda d, n, _, r: move(d, n, r)])(draft, day, 2.0, rng)
        fresh = Draft(nodes, tuple(tuple(route.stops[1:-1]) for route in draft.routes))
        assert draft.routes == fresh.routes
        assert draft.taken.tolist() == fresh.taken.tolist()
        assert draft.score() == pytest.approx(fresh.score())
        if any(pause.after for pause in problem.breaks):
            continue  # What follows such a break may have been taken out for the moment.
        for route in draft.routes:
            assert all(b <= late for b, late in zip(route.begin, route.latest, strict=True))


def test_what_gains_little_for_its_time_is_taken_out_more_often() -> None:
    """Of two visits as long, the one that is worth less goes seven times in eight."""
    sites = tuple(Site(str(i), score, 60, ((0, 3600),)) for i, score in enumerate((9.0, 1.0)))
    problem = Problem(sites=sites, days=(Day(2, 2, 0, 3600),), travel=StaticTimes([[1] * 3] * 3))
    draft, rng = Draft(flatten(problem)), random.Random(1)  # noqa: S311  # a test, repeatable
    left = []
    for _ in range(200):
        draft.load(((0, 1),))
        take_out(draft, 0, 1.0, rng)
        left += draft.routes[0].stops[1:-1]
    assert len(left) == 200
    assert 160 < left.count(0) < 190


@settings(max_examples=examples(30), deadline=None)
@given(problems.problems(most_sites=10), st.data())
def test_the_share_of_a_visit_is_what_it_adds(problem: Problem, data: st.DataObject) -> None:
    """The share kept for each node is the growth of the prize if it were visited now."""
    nodes = flatten(problem)
    if not nodes.count:
        return
    returns, visits = Returns(nodes), []
    for node in data.draw(st.lists(st.integers(0, nodes.count - 1), max_size=8)):
        if node in visits:
            visits.remove(node)
            returns.count(node, -1)
        else:
            visits.append(node)
            returns.count(node, +1)
    assert returns.prize == pytest.approx(prize(nodes, visits), abs=1e-9)
    for node in set(range(nodes.count)) - set(visits):
        growth = prize(nodes, [*visits, node]) - prize(nodes, visits)
        assert returns.share[node] * nodes.prize[node] == pytest.approx(growth, abs=1e-4)


@settings(max_examples=examples(30), deadline=None)
@given(problems.problems(most_sites=6), st.randoms(use_true_random=False), st.data())
def test_any_prices_give_a_bound(problem: Problem, rng: random.Random, data: st.DataObject) -> None:
    """Whatever the prices, the relaxed problem is worth at least the best score there is.

    Also where places are merged into regions, however badly.
    """
    nodes = flatten(problem)
    steps = [
        nodes.hours[i][j] + nodes.duration_s[j]
        for i in [*range(nodes.count), *map(nodes.start, range(len(problem.days)))]
        for j in range(nodes.count)
        if i != j
    ]
    best = problems.best_score(problem)
    if best is None or not steps or min(steps) < GRID_S:
        return
    region = np.arange(nodes.count, dtype=np.int32) % data.draw(st.integers(1, nodes.count))
    days = range(len(problem.days))
    regions = np.arange(nodes.count), region
    ways = [merged_ways(nodes, day, *regions) for day in days]
    clocks = [Clock(nodes, day, ways[day], regions, GRID_S) for day in days]
    relaxation = Relaxation(nodes, clocks)
    free = relaxation.free()
    for scale in (0.0, 1.0, 5.0):
        prices = Prices(
            np.array([scale * rng.random() for _ in free.key]),
            scale
            * np.array([rng.random() for _ in range(free.rank.size)]).reshape(free.rank.shape),
            # What is not limited has no price; what tires costs no more than it costs.
            np.minimum(
                [scale * rng.random() * limited for limited in relaxation._limited],
                relaxation._dearest,
            ),
        )
        assert relaxation.solve(prices).bound >= best - 1e-6


def test_the_best_days_are_combined() -> None:
    """Of all days remembered, the best set without a common place is found."""
    rng = random.Random(3)  # noqa: S311  # a test, repeatable
    sites = tuple(Site(f"s{i}", rng.randint(1, 9), 600, ((0, 36_000),)) for i in range(12))
    rows = [[300] * 13 for _ in range(13)]
    problem = Problem(sites=sites, days=(Day(12, 12, 0, 36_000),) * 3, travel=StaticTimes(rows))
    nodes = flatten(problem)
    pool = [tuple(rng.sample(range(12), 4)) for _ in range(40)]
    memory = Memory(nodes)
    for route in pool:
        memory.add((route, (), ()))
    value = {route: sum(sites[n].score for n in route) for route in pool}
    best = max(
        sum(value[route] for route in chosen)
        for size in (1, 2, 3)
        for chosen in combinations(pool, size)
        if len({n for route in chosen for n in route}) == 4 * size
    )
    found = memory.best(0.0)
    assert found is not None
    assert len(found) == 3
    assert sum(sites[n].score for route in found for n in route) == best
    assert memory.best(float(best)) is None


@pytest.mark.shared
@pytest.mark.parametrize(("name", "routes", "optimum"), [("c101", 1, 320), ("r101", 1, 198)])
def test_published_optima_are_found(shared: Path, name: str, routes: int, optimum: int) -> None:
    """The search finds the published optimum of small instances, in tours that are allowed."""
    problem = toptw.read(shared / "toptw" / "instances" / f"{name}.txt", routes)
    solution = solve(problem, MaxIterations(3000), effort=None)
    assert solution.score == optimum
    for tour, day in zip(solution.tours, problem.days, strict=True):
        assert tour.arrive_s <= day.deadline_s


def _rewritten(source: Path, target: Path, turn: str) -> Path:
    """Write an instance another way that leaves distances, times and profits as they are."""
    head, dimensions, depot, *rows = source.read_text().splitlines()
    vertices = [row.split() for row in (depot, *rows) if row.strip()]
    if turn == "shuffled":
        tail = vertices[1:]
        random.Random(5).shuffle(tail)  # noqa: S311  # a test, repeatable
        vertices[1:] = tail
    for fields in vertices:
        x, y = float(fields[1]), float(fields[2])
        if turn == "turned":
            x, y = -y, x
        if turn == "moved":
            x, y = x + 1000.25, y - 70.5
        fields[1:3] = [f"{x:.6f}", f"{y:.6f}"]
    end = "\r\n" if turn == "from Windows" else "\n"
    body = end.join([head, dimensions, *("  ".join(fields) for fields in vertices), "", ""])
    target.write_bytes((b"\xef\xbb\xbf" if turn == "from Windows" else b"") + body.encode())
    return target


@pytest.mark.shared
@pytest.mark.parametrize("turn", ["shuffled", "turned", "moved", "from Windows"])
def test_an_instance_written_another_way_is_the_same(
    shared: Path, tmp_path: Path, turn: str
) -> None:
    """Neither order, nor axes, nor the form of the file matters to what is found."""
    source = shared / "toptw" / "instances" / "r101.txt"
    path = _rewritten(source, tmp_path / "R101.txt", turn)
    problem, same = toptw.read(path, 1), toptw.read(source, 1)
    assert sorted(site.score for site in problem.sites) == sorted(s.score for s in same.sites)
    assert solve(problem, MaxIterations(3000), effort=None).score == 198


@pytest.mark.shared
@pytest.mark.parametrize("routes", [1, 2, 4])
def test_long_routes_are_searched_too(shared: Path, routes: int) -> None:
    """Wide windows and routes of dozens of visits: every tour is allowed, none visits twice."""
    problem = toptw.read(shared / "toptw" / "instances" / "r207.txt", routes)
    solution = solve(problem, MaxIterations(150), effort=None)
    visited = [visit.id for tour in solution.tours for visit in tour.visits]
    assert len(visited) == len(set(visited))
    assert all(
        t.arrive_s <= d.deadline_s for t, d in zip(solution.tours, problem.days, strict=True)
    )


@pytest.mark.shared
def test_an_instance_is_read_as_the_format_says(shared: Path) -> None:
    """Depot, windows, visits and distances rounded down follow the benchmark's description."""
    problem = toptw.read(shared / "toptw" / "instances" / "pr01.txt", 2)
    assert len(problem.days) == 2
    assert problem.days[0].deadline_s == 100_000
    first = problem.sites[0]
    assert (first.id, first.score, first.duration_s, first.windows) == (
        "1", 12, 200, ((35_400, 50_900),),
    )  # fmt: skip
    depot = problem.days[0].start
    # The points (-10.442, 19.999) and (-29.730, 64.136) are 48.1669 apart.
    assert problem.travel.seconds(depot, 0, 0) == 4816


@pytest.mark.shared
def test_plain_orienteering_instances_reach_their_optimum(shared: Path) -> None:
    """Without windows, budgets of Tsiligirides' sets are used to the published optimum."""
    folder = shared / "toptw" / "op" / "Tsiligirides_1"
    for budget, optimum in ((30, 110), (46, 175)):
        problem = toptw.read(folder / f"tsiligirides_problem_1_budget_{budget}.txt", 1)
        assert solve(problem, MaxIterations(1000), effort=None).score == optimum
