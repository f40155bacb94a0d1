"""Follow plans on travel times that depend on the hour: when each stop is left, what still works.

A plan is what is visited on each day, in order. Whether a visit fits is asked of two journeys
only: the one to it, and the one from it to what follows, which must be reached by the latest
arrival that the rest of the day allows. That is right because whoever leaves later does not arrive
earlier.
"""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.effort import trip_effort
from lens_routes.tour.problem import FREE
from lens_routes.tour.schedule import marginal_scores, parts_of, schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.tour.problem import HourlyTimes, Problem, Window
    from lens_routes.tour.schedule import Stopover

    Plan = list[list[Stopover]]

#: Journeys that are remembered: the same ones come again and again.
KNOWN = 100_000


class Gap(NamedTuple):
    """Where a stop could be put: before stop number ``before`` of a day.

    One leaves ``here`` at ``clock_s``, and has to be at what follows by ``latest_s``; who goes
    straight there, with some effort, is there at ``soonest_s``.
    """

    day: int
    before: int
    here: int
    following: int
    clock_s: int
    soonest_s: int
    effort: float
    latest_s: int


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
        # The same days are met again and again.
        self._effort = cache(self._effort_of)
        self._fits = cache(self._does_fit)
        self._gaps = cache(self._gaps_of)
        self._end = cache(self._end_of)
        self._seconds = lru_cache(KNOWN)(travel.seconds)
        self._latest = lru_cache(KNOWN)(travel.latest)
        self._priced = problem.prices != FREE

    def _latest_arrivals(self, number: int, stops: Sequence[Stopover]) -> list[int]:
        """Return the latest arrivals at each stop of a day that works, and at the end."""
        day = self._problem.days[number]
        latest, there = [day.deadline_s], day.end
        for stop in reversed(stops):
            here = self._place(number, stop)
            clock = self._latest(here, there, latest[-1])
            for part in reversed(self._parts(stop)):
                clock = _latest_begin(part.windows, clock - part.duration_s)
            latest.append(clock)
            there = here
        return latest[::-1]

    def arrivals(self, number: int, stops: Sequence[Stopover]) -> list[int]:
        """Return when each stop of a day that works is reached."""
        return [arrive for arrive, _ in self._times(number, stops)]

    def end(self, number: int, stops: Sequence[Stopover]) -> int:
        """Return when one is at the end of a day that works."""
        return self._end(number, tuple(stops))

    def _end_of(self, number: int, stops: tuple[Stopover, ...]) -> int:
        here, clock = self._last(number, stops, self._leaves(number, stops))
        return clock + self._seconds(here, self._problem.days[number].end, clock)

    def fits(self, number: int, stops: Sequence[Stopover]) -> bool:
        """Tell whether a day works: windows, deadline, walking, visits."""
        return self._fits(number, tuple(stops))

    def _does_fit(self, number: int, stops: tuple[Stopover, ...]) -> bool:
        problem, day = self._problem, self._problem.days[number]
        visits = sum(stop.site is not None for stop in stops)
        if stops and stops[-1].pauses and problem.breaks[stops[-1].pauses[-1]].after:
            return False
        if problem.max_visits is not None and visits > problem.max_visits:
            return False
        try:
            leaves = self._leaves(number, stops)
        except ValueError:
            return False
        here, clock = self._last(number, stops, leaves)
        if clock + self._seconds(here, day.end, clock) > day.deadline_s:
            return False
        return problem.max_walk_m is None or self._walk_m(number, stops, leaves) <= (
            problem.max_walk_m
        )

    def works(self, plan: Plan) -> bool:
        """Tell whether all days of a plan work, within the budget."""
        return self.affordable(plan) and all(self.fits(n, stops) for n, stops in enumerate(plan))

    def affordable(self, plan: Plan) -> bool:
        """Tell whether a plan keeps to the budget, and to the limits on sets of sites."""
        problem = self._problem
        sites = [stop.site for day in plan for stop in day if stop.site is not None]
        if any(sum(site in some for site in sites) > most for some, most in problem.limits):
            return False
        return problem.max_cost is None or sum(problem.cost[i] for i in sites) <= problem.max_cost

    def gaps(self, number: int, stops: Sequence[Stopover]) -> tuple[Gap, ...]:
        """Return each place in a day that works where a stop could be put."""
        return self._gaps(number, tuple(stops))

    def _gaps_of(self, number: int, stops: tuple[Stopover, ...]) -> tuple[Gap, ...]:
        return tuple(self._each_gap(number, stops))

    def _each_gap(self, number: int, stops: tuple[Stopover, ...]) -> Iterator[Gap]:
        day = self._problem.days[number]
        times = [*self._times(number, stops)]
        soonest = [*(arrive for arrive, _ in times), self._end(number, stops)]
        latest = self._latest_arrivals(number, stops)
        here, clock = day.start, day.depart_s
        for gap in range(len(stops) + 1):
            following = self._place(number, stops[gap]) if gap < len(stops) else day.end
            if gap == len(stops) or stops[gap].site is not None:
                effort = self._leg(here, following, clock) if self._priced else 0.0
                yield Gap(number, gap, here, following, clock, soonest[gap], effort, latest[gap])
            if gap < len(stops):
                here, clock = following, times[gap][1]

    def _leg(self, origin: int, destination: int, depart_s: int) -> float:
        ends = origin, destination
        return trip_effort(self._problem, ends, *self._travel.trip(*ends, depart_s))

    def scores(self, plan: Plan) -> dict[int, float]:
        """Return what each site visited counts for."""
        return marginal_scores(
            self._problem, [(s.site, s.option) for day in plan for s in day if s.site is not None]
        )

    def value(self, plan: Plan) -> float:
        """Return what a plan that works is worth, bonuses included, less its effort."""
        sites = self._problem.sites
        bonus = sum(
            sites[s.site].options[s.option].bonus for d in plan for s in d if s.site is not None
        )
        effort = sum(self._effort(number, tuple(stops)) for number, stops in enumerate(plan))
        return sum(self.scores(plan).values()) + bonus - effort

    def _effort_of(self, number: int, stops: tuple[Stopover, ...]) -> float:
        return schedule(self._problem, number, stops).effort

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
            arrive = clock + self._seconds(here, there, clock)
            clock = self._through(stop, max(arrive, stop.from_s))
            yield arrive, clock
            here = there

    def _through(self, stop: Stopover, clock: int) -> int:
        """Return when a stop is left, reached at some time; `ValueError`: it comes too late."""
        for part in self._parts(stop):
            for opens, closes in part.windows:
                if clock <= closes:
                    clock = max(clock, opens) + part.duration_s
                    break
            else:
                raise ValueError(f"closed for good at {clock} s")
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
