"""Spread the themes of a tour over its days.

The score does not care on which day a visit falls, so among tours of one score the search returns
any. Here visits change their day, one by one or in pairs, as long as the days still work, the score
is the same, the way costs no more and nobody travels longer than the tolerance allows; each change
has to leave the themes more evenly spread. What is best, and how it was proven, stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.retime import stopovers
from lens_routes.tour.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.tour.problem import Problem, Solution, Tour
    from lens_routes.tour.schedule import Stopover

#: Travel that variety may add to the whole tour, as a share of it.
WORTH = 0.05


class _Days(NamedTuple):
    """The days of a tour, as stops and as timed."""

    stops: tuple[tuple[Stopover, ...], ...]
    tours: tuple[Tour, ...]

    @property
    def effort(self) -> float:
        return sum(tour.effort for tour in self.tours)

    @property
    def travel_s(self) -> int:
        return sum(
            tour.arrive_s - tour.depart_s - sum(v.leave_s - v.arrive_s for v in tour.visits)
            for tour in self.tours
        )


#: Efforts are sums of a few decimals.
SAME_EFFORT = 1e-9


def spread(problem: Problem, solution: Solution, themes: Sequence[frozenset[str]]) -> Solution:
    """Return a solution of the same visits and score, its themes spread more evenly over the days.

    Parameters
    ----------
    problem, solution
        A problem of several days, and its solution; one of a single day is returned as it is.
    themes
        The themes of each site of the problem.
    """
    if len(problem.days) < 2 or len(frozenset().union(*themes)) < 2:
        return solution
    days = _Days(tuple(tuple(_scored(problem, tour)) for tour in solution.tours), solution.tours)
    most = (1 + WORTH) * days.travel_s, days.effort + SAME_EFFORT
    while better := _improved(problem, days, themes, most):
        days = better
    return solution._replace(tours=days.tours)


def _scored(problem: Problem, tour: Tour) -> Iterator[Stopover]:
    scores = {visit.site: visit.score for visit in tour.visits}
    for stop in stopovers(problem, tour):
        yield stop if stop.site is None else stop._replace(score=scores[stop.site])


def unevenness(days: Sequence[Sequence[int]], themes: Sequence[frozenset[str]]) -> int:
    """Return how unevenly themes are spread: the squares of each day's visits of each, added.

    *days* hold the numbers of the sites visited. For a given number of visits the sum of squares
    is least where every day has the same share of them.
    """
    return sum(
        sum(theme in themes[site] for site in day) ** 2
        for day in days
        for theme in frozenset().union(*themes)
    )


def _sites(stops: Sequence[Sequence[Stopover]]) -> list[list[int]]:
    return [[stop.site for stop in day if stop.site is not None] for day in stops]


def _improved(
    problem: Problem, days: _Days, themes: Sequence[frozenset[str]], most: tuple[float, float]
) -> _Days | None:
    """Return the days after the change that evens the themes most, the shortest of those."""
    before = unevenness(_sites(days.stops), themes)
    found: tuple[tuple[int, int], _Days] | None = None
    for change in _changes(days.stops):
        uneven = unevenness(_sites(change), themes)
        if uneven >= before or (found and uneven > found[0][0]):
            continue
        made = _shortest(problem, days, change)
        if made is None or made.travel_s > most[0] or made.effort > most[1]:
            continue
        key = uneven, made.travel_s
        if found is None or key < found[0]:
            found = key, made
    return found[1] if found else None


def _changes(
    stops: tuple[tuple[Stopover, ...], ...],
) -> Iterator[tuple[tuple[Stopover, ...], ...]]:
    """Yield the days with one visit moved to another day, or two exchanged.

    A moved visit stands last in its new day: where it stands best is for `_shortest` to find. Stops
    with a break stay where they are.
    """
    for i, day in enumerate(stops):
        for j, other in enumerate(stops):
            if i == j:
                continue
            for a in filter(_moves, day):
                yield _moved(stops, (i, j), a, None)
                if i < j:
                    for b in filter(_moves, other):
                        yield _moved(stops, (i, j), a, b)


def _moves(stop: Stopover) -> bool:
    return stop.site is not None and not stop.pauses


def _moved(
    stops: tuple[tuple[Stopover, ...], ...],
    days: tuple[int, int],
    a: Stopover,
    b: Stopover | None,
) -> tuple[tuple[Stopover, ...], ...]:
    i, j = days
    changed = list(stops)
    changed[i] = tuple(s for s in stops[i] if s is not a) + ((b,) if b else ())
    changed[j] = (*(s for s in stops[j] if s is not b), a)
    return tuple(changed)


def _shortest(
    problem: Problem, before: _Days, change: tuple[tuple[Stopover, ...], ...]
) -> _Days | None:
    """Return the changed days timed, what came last put where it is the least way; None: unfit."""
    stops, tours = list(before.stops), list(before.tours)
    for number, day in enumerate(change):
        if day == before.stops[number]:
            continue
        found = _placed(problem, number, day, before.stops[number])
        if found is None:
            return None
        stops[number], tours[number] = found
    return _Days(tuple(stops), tuple(tours))


def _placed(
    problem: Problem, number: int, day: tuple[Stopover, ...], before: tuple[Stopover, ...]
) -> tuple[tuple[Stopover, ...], Tour] | None:
    orders = [day]
    if day and day[-1] not in before:
        *rest, last = day
        orders = [(*rest[:k], last, *rest[k:]) for k in range(len(day))]
    fits = []
    for order in orders:
        try:
            tour = schedule(problem, number, order)
        except ValueError:
            continue
        if _keeps_limits(problem, tour):
            fits.append((tour.arrive_s, order, tour))
    return min(fits, key=lambda item: item[0])[1:] if fits else None


def _keeps_limits(problem: Problem, tour: Tour) -> bool:
    visits = sum(visit.site is not None for visit in tour.visits)
    return (problem.max_visits is None or visits <= problem.max_visits) and (
        problem.max_walk_m is None or (tour.walk_m or 0.0) <= problem.max_walk_m
    )
