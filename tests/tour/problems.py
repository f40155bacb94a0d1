"""Random problems for the planner's tests, and the plainest possible solver to judge it by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations, product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from lens_routes.tour.problem import Break, Day, Option, Prices, Problem, Site, StaticTimes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.tour.problem import Solution

DAY_S = 86_400


@st.composite
def windows(draw: st.DrawFn, days: int = 1) -> tuple[tuple[int, int], ...]:
    """Draw up to two disjoint windows a day between 8:00 and 20:00."""
    found: list[tuple[int, int]] = []
    for day in range(days):
        bounds = sorted(draw(st.lists(st.integers(480, 1200), min_size=0, max_size=4, unique=True)))
        pairs = zip(bounds[::2], bounds[1::2], strict=False)
        found += [(day * DAY_S + a * 60, day * DAY_S + b * 60) for a, b in pairs]
    return tuple(found)


def prices() -> st.SearchStrategy[Prices]:
    """Draw what the way costs: some things nothing, others more than usual."""
    some = st.sampled_from([0.0, 0.5, 3.0])
    return st.builds(
        Prices,
        walk=some,
        main_road=st.sampled_from([0.0, 4.0]),
        dark=st.sampled_from([0.0, 6.0]),
        ride=some,
        wait=some,
        patience_s=st.sampled_from([0, 600]),
        fresh_m=st.sampled_from([0.0, 4000.0]),
        tired_km=st.sampled_from([0.0, 0.5]),
    )


@st.composite
def problems(draw: st.DrawFn, most_sites: int = 6) -> Problem:
    """Draw a small problem: sites in the plane, one or two days, limits, breaks, groups, musts."""
    days = draw(st.integers(1, 2))
    count = draw(st.integers(0, most_sites))
    points = draw(
        st.lists(
            st.tuples(st.integers(0, 60), st.integers(0, 60)),
            min_size=count + 2,
            max_size=count + 2,
        )
    )
    # Whole minutes, rounded up: the triangle inequality holds.
    rows = [
        [60 * -(-int(100 * ((a - c) ** 2 + (b - d) ** 2) ** 0.5) // 100) for c, d in points]
        for a, b in points
    ]
    sites = []
    for i in range(count):
        duration = 60 * draw(st.integers(0, 120))
        score = draw(st.integers(0, 9))
        shorter: tuple[Option, ...] = ()
        bonuses = st.sampled_from([0.0, 0.0, 5.0, 100.0])
        if duration and draw(st.booleans()):
            shorter = (Option(duration // 2, score / 2, draw(windows(days)), draw(bonuses)),)
        group = draw(st.sampled_from(["", "", "a", "b"]))
        bonus = draw(bonuses)
        sites.append(Site(f"s{i}", score, duration, draw(windows(days)), group, shorter, bonus))
    depart = 60 * draw(st.integers(480, 700))
    deadline = depart + rows[count][count + 1] + 60 * draw(st.integers(0, 420))
    breaks: tuple[Break, ...] = ()
    for name in draw(st.sampled_from([(), ("lunch",), ("lunch", "tea")])):
        opens = 60 * draw(st.integers(600, 900))
        length, after = 60 * draw(st.integers(0, 60)), draw(st.booleans())
        breaks += (Break(name, length, (opens, opens + 3600), after=after),)
    limits: tuple[tuple[frozenset[int], int], ...] = ()
    if count and draw(st.booleans()):
        some = draw(st.frozensets(st.integers(0, count - 1), min_size=1))
        limits = ((some, draw(st.integers(0, 2))),)
    dawn = 60 * draw(st.integers(420, 720))
    light = (dawn, dawn + 60 * draw(st.integers(60, 600)))
    ids = [site.id for site in sites]
    return Problem(
        sites=tuple(sites),
        days=tuple(
            Day(count, count + 1, day * DAY_S + depart, day * DAY_S + deadline)
            for day in range(days)
        ),
        travel=StaticTimes(rows),
        must=frozenset(draw(st.lists(st.sampled_from(ids), max_size=1))) if ids else frozenset(),
        breaks=breaks,
        max_visits=draw(st.one_of(st.none(), st.integers(0, 3))),
        max_walk_m=draw(st.one_of(st.none(), st.integers(7_000, 20_000))),
        walk_m=[[1.25 * seconds for seconds in row] for row in rows],
        returns=draw(st.sampled_from([(1.0,), (1.0, 0.5), (1.0, 0.5, 0.0)])),
        limits=limits,
        prices=draw(prices()),
        main_s=[
            [seconds * ((i + j) % 3) / 2 for j, seconds in enumerate(row)]
            for i, row in enumerate(rows)
        ],
        light=tuple((light[0] + day * DAY_S, light[1] + day * DAY_S) for day in range(days)),
    )


def value(problem: Problem, chosen: list[tuple[int, int]]) -> float:
    """Return the score of (site, option) pairs after diminishing returns."""
    total, groups = 0.0, {}
    for site, option in chosen:
        score = problem.sites[site].options[option].score
        if problem.sites[site].group:
            groups.setdefault(problem.sites[site].group, []).append(score)
        else:
            total += score
    for scores in groups.values():
        for rank, score in enumerate(sorted(scores, reverse=True)):
            total += score * problem.returns[min(rank, len(problem.returns) - 1)]
    return total


def bonus(problem: Problem, chosen: list[tuple[int, int]]) -> float:
    """Return the bonus of (site, option) pairs."""
    return sum(problem.sites[site].options[option].bonus for site, option in chosen)


def objective(problem: Problem, solution: Solution) -> float:
    """Return what a solution is chosen for: its score, and the bonus of its visits."""
    visits = [visit for tour in solution.tours for visit in tour.visits if visit.site is not None]
    chosen = [
        (visit.site, number)
        for visit in visits
        for number, option in enumerate(problem.sites[visit.site].options)
        if option.duration_s == visit.leave_s - visit.begin_s
    ]
    return solution.score + bonus(problem, chosen)


def best_score(problem: Problem) -> float | None:
    """Return the best score by trying everything, bonuses included; None: nothing works."""
    return max(
        _complete(problem, _State(0, problem.days[0].start, problem.days[0].depart_s)), default=None
    )


@dataclass(frozen=True)
class _State:
    """Where a tour stands: ``done`` holds (day, site, option) of each visit.

    ``first`` says that nothing was done that day yet, ``goes_on`` that something has to follow.
    """

    day: int
    here: int
    clock: int
    walk: float = 0.0
    effort: float = 0.0
    first: bool = True
    goes_on: bool = False
    done: tuple[tuple[int, int, int], ...] = ()
    paused: frozenset[int] = frozenset()


def _goes(problem: Problem, state: _State, there: int, depart: int) -> float:
    """Return the effort of a leg."""
    prices, leg = problem.prices, problem.travel.seconds(state.here, there, state.clock)
    dawn, dusk = problem.light[state.day]
    dark = sum(not dawn <= second < dusk for second in range(depart, depart + leg, 30)) * 30
    effort = prices.walk * leg
    effort += max(0, prices.main_road - prices.walk) * problem.main_s[state.here][there]
    effort += max(0, prices.dark - prices.walk) * dark
    before, after = state.walk, state.walk + problem.walk_m[state.here][there]
    tired = max(0, after - prices.fresh_m) - max(0, before - prices.fresh_m)
    return effort / 3600 + prices.tired_km * tired / 1000


def _complete(problem: Problem, state: _State) -> Iterator[float]:
    """Yield the score of every way a tour can go on from a state."""
    yield from _end_day(problem, state)
    free = [
        b
        for b, pause in enumerate(problem.breaks)
        if b not in state.paused and pause.day == state.day
    ]
    for b in free:
        pause = problem.breaks[b]
        there = problem.days[state.day].start
        for following in _stop(problem, state, there, pause.window, 0, (b,)):
            yield from _complete(problem, following)
    for site in _free_sites(problem, state):
        for number, option in enumerate(problem.sites[site].options):
            for window, size in product(option.windows, range(len(free) + 1)):
                for pauses in permutations(free, size):
                    for following in _stop(problem, state, site, window, option.duration_s, pauses):
                        done = (*state.done, (state.day, site, number))
                        yield from _complete(problem, replace(following, done=done))


def _free_sites(problem: Problem, state: _State) -> Iterator[int]:
    """Yield the sites that may still be visited."""
    visits = sum(day == state.day for day, _, _ in state.done)
    if problem.max_visits is not None and visits >= problem.max_visits:
        return
    visited = [site for _, site, _ in state.done]
    for site in set(range(len(problem.sites))) - set(visited):
        chosen = [site, *visited]
        if all(sum(one in some for one in chosen) <= most for some, most in problem.limits):
            yield site


def _stop(
    problem: Problem,
    state: _State,
    there: int,
    window: tuple[int, int],
    length: int,
    pauses: tuple[int, ...],
) -> Iterator[_State]:
    """Yield the state after a visit in a window and breaks after it, where that works."""
    leg = problem.travel.seconds(state.here, there, state.clock)

    def leave(begin: int) -> int | None:
        clock = begin + length
        for b in pauses:
            if clock > problem.breaks[b].window[1]:
                return None
            clock = max(clock, problem.breaks[b].window[0]) + problem.breaks[b].duration_s
        return clock

    begin = max(state.clock + leg, window[0])
    clock = leave(begin) if begin <= window[1] else None
    if clock is None or clock > problem.days[state.day].deadline_s:
        return
    depart = state.clock
    if state.first:
        # Who would wait for the first stop leaves later, as late as makes no difference.
        begin = max(b for b in range(begin, window[1] + 1, 30) if leave(b) == clock)
        depart = begin - leg
    idle = clock - depart - leg - length - sum(problem.breaks[b].duration_s for b in pauses)
    prices = problem.prices
    wait = prices.wait * max(0, idle - prices.patience_s) / 3600
    yield replace(
        state,
        here=there,
        clock=clock,
        walk=state.walk + problem.walk_m[state.here][there],
        effort=state.effort + _goes(problem, state, there, depart) + wait,
        first=False,
        goes_on=bool(pauses) and problem.breaks[pauses[-1]].after,
        paused=state.paused | set(pauses),
    )


def _end_day(problem: Problem, state: _State) -> Iterator[float]:
    day = problem.days[state.day]
    walk = state.walk + problem.walk_m[state.here][day.end]
    arrive = state.clock + problem.travel.seconds(state.here, day.end, state.clock)
    if arrive > day.deadline_s or (problem.max_walk_m is not None and walk > problem.max_walk_m):
        return
    if state.goes_on:
        return
    effort = state.effort + _goes(problem, state, day.end, state.clock)
    if state.day + 1 < len(problem.days):
        following = problem.days[state.day + 1]
        yield from _complete(
            problem,
            _State(
                day=state.day + 1,
                here=following.start,
                clock=following.depart_s,
                effort=effort,
                done=state.done,
                paused=state.paused,
            ),
        )
        return
    visited = {site for _, site, _ in state.done}
    musts = {problem.index(name) for name in problem.must}
    if musts <= visited and len(state.paused) == len(problem.breaks):
        chosen = [(site, option) for _, site, option in state.done]
        yield value(problem, chosen) + bonus(problem, chosen) - effort
