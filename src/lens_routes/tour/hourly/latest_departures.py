"""Follow plans on travel times that depend on the hour: when each stop is left, what still works.

A plan is what is visited on each day, in order. Whether a visit fits is asked of two journeys
only: the one to it, and the one from it to what follows, which must be reached by the latest
arrival that the rest of the day allows. That is right because whoever leaves later does not arrive
earlier.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.schedule import first_begin, marginal_scores, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.tour.problem import HourlyTimes, Problem, Window
    from lens_routes.tour.schedule import Stopover

    Plan = list[list[Stopover]]


class Timed(NamedTuple):
    """A day as it is: when each stop is left, and the latest arrival at each and at the end."""

    leaves: list[int]
    latest: list[int]


class Timing:
    """The true times of plans.

    Parameters
    ----------
    problem, travel
        The problem, and its travel times.
    """

    def __init__(self, problem: Problem, travel: HourlyTimes) -> None:
        self._problem, self._travel = problem, travel
        self._parts = cache(partial(parts_of, problem))
        self._musts = frozenset(problem.index(name) for name in problem.must)

    def timed(self, number: int, stops: Sequence[Stopover]) -> Timed:
        """Return the times of a day that works."""
        day = self._problem.days[number]
        leaves = self._leaves(number, stops)
        latest, there = [day.deadline_s], day.end
        for stop in reversed(stops):
            here = self._place(number, stop)
            clock = self._travel.latest(here, there, latest[-1])
            for part in reversed(self._parts(stop)):
                clock = _latest_begin(part.windows, clock - part.duration_s)
            latest.append(clock)
            there = here
        return Timed(leaves, latest[::-1])

    def arrivals(self, number: int, stops: Sequence[Stopover]) -> list[int]:
        """Return when each stop of a day that works is reached."""
        return [arrive for arrive, _ in self._times(number, stops)]

    def end(self, number: int, stops: Sequence[Stopover]) -> int:
        """Return when one is at the end of a day that works."""
        here, clock = self._last(number, stops, self._leaves(number, stops))
        return clock + self._travel.seconds(here, self._problem.days[number].end, clock)

    def fits(self, number: int, stops: Sequence[Stopover]) -> bool:
        """Tell whether a day works: windows, deadline, walking, visits."""
        problem, day = self._problem, self._problem.days[number]
        visits = sum(stop.site is not None for stop in stops)
        if problem.max_visits is not None and visits > problem.max_visits:
            return False
        try:
            leaves = self._leaves(number, stops)
        except ValueError:
            return False
        here, clock = self._last(number, stops, leaves)
        if clock + self._travel.seconds(here, day.end, clock) > day.deadline_s:
            return False
        return problem.max_walk_m is None or self._walk_m(number, stops, leaves) <= (
            problem.max_walk_m
        )

    def works(self, plan: Plan) -> bool:
        """Tell whether all days of a plan work, within the budget."""
        return self.affordable(plan) and all(self.fits(n, stops) for n, stops in enumerate(plan))

    def affordable(self, plan: Plan) -> bool:
        """Tell whether a plan keeps to the budget."""
        if self._problem.max_cost is None:
            return True
        cost = self._problem.cost
        return sum(cost[s.site] for d in plan for s in d if s.site is not None) <= (
            self._problem.max_cost
        )

    def gaps(
        self, plan: Plan, timed: Sequence[Timed], stop: Stopover
    ) -> Iterator[tuple[int, int, int]]:
        """Yield (day, gap, delay in seconds) of each place in a plan where a stop fits."""
        seconds = self._travel.seconds
        for number, stops in enumerate(plan):
            day = self._problem.days[number]
            leaves, latest = timed[number]
            there = self._place(number, stop)
            for gap in range(len(stops) + 1):
                if gap < len(stops) and stops[gap].site is None:
                    continue
                here, clock = self._last(number, stops[:gap], leaves[:gap])
                following = self._place(number, stops[gap]) if gap < len(stops) else day.end
                try:
                    leave = self._through(stop, clock + seconds(here, there, clock))
                except ValueError:
                    continue
                arrive = leave + seconds(there, following, leave)
                if arrive <= latest[gap]:
                    delay = arrive - clock - seconds(here, following, clock)
                    yield number, gap, max(0, delay)

    def scores(self, plan: Plan) -> dict[int, float]:
        """Return what each site visited counts for."""
        return marginal_scores(
            self._problem, [(s.site, s.option) for day in plan for s in day if s.site is not None]
        )

    def missing(self, plan: Plan) -> tuple[str, ...]:
        """Return the musts and breaks that are not in a plan."""
        sites = {s.site for day in plan for s in day}
        pauses = {b for day in plan for s in day for b in s.pauses}
        return (
            *(s.id for i, s in enumerate(self._problem.sites) if i in self._musts - sites),
            *(b.id for i, b in enumerate(self._problem.breaks) if i not in pauses),
        )

    def _last(
        self, number: int, stops: Sequence[Stopover], leaves: Sequence[int]
    ) -> tuple[int, int]:
        day = self._problem.days[number]
        if not stops:
            return day.start, day.depart_s
        return self._place(number, stops[-1]), leaves[-1]

    def _place(self, number: int, stop: Stopover) -> int:
        return self._problem.days[number].start if stop.site is None else stop.site

    def _leaves(self, number: int, stops: Sequence[Stopover]) -> list[int]:
        return [leave for _, leave in self._times(number, stops)]

    def _times(self, number: int, stops: Sequence[Stopover]) -> Iterator[tuple[int, int]]:
        """Yield when each stop is reached and left; `ValueError` where that is too late."""
        day = self._problem.days[number]
        here, clock = day.start, day.depart_s
        for stop in stops:
            there = self._place(number, stop)
            arrive = clock + self._travel.seconds(here, there, clock)
            clock = self._through(stop, arrive)
            yield arrive, clock
            here = there

    def _through(self, stop: Stopover, clock: int) -> int:
        for part in self._parts(stop):
            clock = first_begin(part.windows, clock) + part.duration_s
        return clock

    def _walk_m(self, number: int, stops: Sequence[Stopover], leaves: Sequence[int]) -> float:
        day = self._problem.days[number]
        places = [day.start, *(self._place(number, stop) for stop in stops), day.end]
        clocks = [day.depart_s, *leaves]
        return sum(
            self._problem.metres(a, b, clock)
            for a, b, clock in zip(places, places[1:], clocks, strict=False)
        )


def _latest_begin(windows: Sequence[Window], by_s: int) -> int:
    """Return the latest moment of the windows that is not after *by_s*."""
    return max(min(closes, by_s) for opens, closes in windows if opens <= by_s)
