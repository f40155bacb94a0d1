"""Tell whether a handful of visits and breaks fits into one day, by trying every order.

Exact, and for few things far quicker than a search: a day is given up at the first thing that comes
too late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.reasons.follow_day import Part, ways_of
from lens_routes.tour.reasons.follow_day import goes_on as after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens_routes.tour.problem import Problem


def fit_together(problem: Problem, number: int, ids: Iterable[str]) -> bool:
    """Return whether the sites and breaks named fit into day *number*, with nothing else in it."""
    things = [_ways(problem, identity) for identity in ids]
    sites = [ways[0].location for ways in things if ways and not ways[0].joined]
    if problem.max_cost is not None and sum(problem.cost[i] for i in sites) > problem.max_cost:
        return False
    if any(sum(i in some for i in sites) > most for some, most in problem.limits):
        return False
    if problem.max_visits is not None and len(sites) > problem.max_visits:
        return False
    return _Orders(problem, number).any_from(problem.days[number].start, None, 0.0, things)


def _ways(problem: Problem, identity: str) -> list[Part]:
    """Return the ways to visit a site; a break is taken where one is, or back at the start."""
    for pause in problem.breaks:
        if pause.id == identity:
            start = problem.days[pause.day].start
            here = Part(pause.id, start, pause.duration_s, (pause.window,), 0.0, joined=True)
            return [here, here._replace(joined=False)]
    return ways_of(problem, problem.index(identity))


class _Orders(NamedTuple):
    """Every order of some things in a day."""

    problem: Problem
    number: int

    def any_from(
        self,
        here: int,
        left_s: int | None,
        walk_m: float,
        things: Sequence[Sequence[Part]],
        *,
        goes_on: bool = False,
    ) -> bool:
        """Return whether what is left fits after leaving *here*, in any order.

        *goes_on* says that something has to follow.
        """
        day, problem = self.problem.days[self.number], self.problem
        clock = day.depart_s if left_s is None else left_s
        if not things and goes_on:
            return False
        if not things:
            walked_m = walk_m + problem.metres(here, day.end, clock)
            arrive = clock + problem.travel.seconds(here, day.end, clock)
            near = problem.max_walk_m is None or walked_m <= problem.max_walk_m
            return near and arrive <= day.deadline_s
        for i, ways in enumerate(things):
            rest = [*things[:i], *things[i + 1 :]]
            for way in ways:
                there = here if way.joined else way.location
                arrive, metres = clock, walk_m
                if not way.joined:
                    arrive += problem.travel.seconds(here, there, clock)
                    metres += problem.metres(here, there, clock)
                begin = next((max(arrive, a) for a, b in way.windows if arrive <= b), None)
                if begin is None or begin + way.duration_s > day.deadline_s:
                    continue
                must_go_on = after(problem, way)
                leave = begin + way.duration_s
                if self.any_from(there, leave, metres, rest, goes_on=must_go_on):
                    return True
        return False
