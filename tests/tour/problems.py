"""Random problems for the planner's tests, and the plainest possible solver to judge it by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from lens_routes.tour.problem import Break, Day, Option, Problem, Site, StaticTimes

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        if draw(st.booleans()):
            shorter = (Option(duration // 2, score / 2, draw(windows(days))),)
        group = draw(st.sampled_from(["", "", "a", "b"]))
        sites.append(Site(f"s{i}", score, duration, draw(windows(days)), group, shorter))
    depart = 60 * draw(st.integers(480, 700))
    deadline = depart + rows[count][count + 1] + 60 * draw(st.integers(0, 420))
    breaks: tuple[Break, ...] = ()
    for name in draw(st.sampled_from([(), ("lunch",), ("lunch", "tea")])):
        opens = 60 * draw(st.integers(600, 900))
        breaks += (Break(name, 60 * draw(st.integers(0, 60)), (opens, opens + 3600)),)
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


def best_score(problem: Problem) -> float | None:
    """Return the best score by trying everything; None when musts and breaks cannot be placed."""
    return max(
        _complete(problem, _State(0, problem.days[0].start, problem.days[0].depart_s)), default=None
    )


@dataclass(frozen=True)
class _State:
    """Where a tour stands: ``done`` holds (day, site, option) of each visit."""

    day: int
    here: int
    clock: int
    walk: float = 0.0
    done: tuple[tuple[int, int, int], ...] = ()
    paused: frozenset[int] = frozenset()


def _complete(problem: Problem, state: _State) -> Iterator[float]:
    """Yield the score of every way a tour can go on from a state."""
    yield from _end_day(problem, state)
    deadline = problem.days[state.day].deadline_s
    for b, pause in enumerate(problem.breaks):
        if b not in state.paused and pause.day == state.day:
            yield from _pause(problem, state, b, state.here)
            yield from _pause(problem, state, b, problem.days[state.day].start)
    visits = sum(day == state.day for day, _, _ in state.done)
    if problem.max_visits is not None and visits >= problem.max_visits:
        return
    for site in set(range(len(problem.sites))) - {site for _, site, _ in state.done}:
        arrive = state.clock + problem.travel.seconds(state.here, site, state.clock)
        for number, option in enumerate(problem.sites[site].options):
            begin = next((max(arrive, a) for a, b in option.windows if arrive <= b), deadline + 1)
            clock = begin + option.duration_s
            if clock <= deadline:
                done = (*state.done, (state.day, site, number))
                walk = state.walk + problem.walk_m[state.here][site]
                following = replace(state, here=site, clock=clock, walk=walk, done=done)
                yield from _complete(problem, following)


def _pause(problem: Problem, state: _State, number: int, where: int) -> Iterator[float]:
    """Go on with a break here, or back where the day started."""
    pause = problem.breaks[number]
    arrive = state.clock + problem.travel.seconds(state.here, where, state.clock)
    end = max(arrive, pause.window[0]) + pause.duration_s
    if arrive <= pause.window[1] and end <= problem.days[state.day].deadline_s:
        walk = state.walk + problem.walk_m[state.here][where]
        paused = state.paused | {number}
        following = replace(state, here=where, clock=end, walk=walk, paused=paused)
        yield from _complete(problem, following)


def _end_day(problem: Problem, state: _State) -> Iterator[float]:
    day = problem.days[state.day]
    walk = state.walk + problem.walk_m[state.here][day.end]
    arrive = state.clock + problem.travel.seconds(state.here, day.end, state.clock)
    if arrive > day.deadline_s or (problem.max_walk_m is not None and walk > problem.max_walk_m):
        return
    if state.day + 1 < len(problem.days):
        following = problem.days[state.day + 1]
        yield from _complete(
            problem,
            replace(
                state,
                day=state.day + 1,
                here=following.start,
                clock=following.depart_s,
                walk=0.0,
            ),
        )
        return
    visited = {site for _, site, _ in state.done}
    musts = {problem.index(name) for name in problem.must}
    if musts <= visited and len(state.paused) == len(problem.breaks):
        yield value(problem, [(site, option) for _, site, option in state.done])
