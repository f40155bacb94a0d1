"""Leave out of a problem the sites that cannot be visited, and number the others anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lens_routes.tour.problem import HourlyTimes, StaticTimes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Problem, Solution, Tour, TravelTimes

Figure = TypeVar("Figure", int, float)


class Reduced(NamedTuple):
    """A problem without the sites that are never open.

    ``kept`` are the numbers that its locations have in the whole problem, in order.
    """

    problem: Problem
    kept: tuple[int, ...]

    def restored(self, solution: Solution) -> Solution:
        """Return a solution with the sites numbered as in the whole problem."""
        return solution._replace(tours=tuple(map(self._tour, solution.tours)))

    def _tour(self, tour: Tour) -> Tour:
        visits = tuple(
            visit if visit.site is None else visit._replace(site=self.kept[visit.site])
            for visit in tour.visits
        )
        return tour._replace(visits=visits)


def reduce(problem: Problem) -> Reduced:
    """Return a problem without the sites that are never open; those that must be visited stay."""
    sites = [
        number for number, site in enumerate(problem.sites) if site.id in problem.must or site.opens
    ]
    ends = sorted({end for day in problem.days for end in (day.start, day.end)} - {*sites})
    kept = (*sites, *ends)
    if len(sites) == len(problem.sites):
        return Reduced(problem, tuple(range(1 + max(kept, default=0))))
    renamed = {number: new for new, number in enumerate(kept)}
    smaller = replace(
        problem,
        sites=tuple(problem.sites[number] for number in sites),
        days=tuple(
            day._replace(start=renamed[day.start], end=renamed[day.end]) for day in problem.days
        ),
        travel=_among(problem.travel, kept),
        walk_m=_rows(problem.walk_m, kept),
        main_s=_rows(problem.main_s, kept),
        cost=tuple(problem.cost[number] for number in sites) if problem.cost else (),
        limits=tuple(
            (frozenset(renamed[number] for number in members if number in renamed), most)
            for members, most in problem.limits
        ),
    )
    return Reduced(smaller, kept)


def _rows(
    rows: Sequence[Sequence[Figure]] | None, kept: Sequence[int]
) -> list[list[Figure]] | None:
    return None if rows is None else [[rows[i][j] for j in kept] for i in kept]


def _among(travel: TravelTimes, kept: tuple[int, ...]) -> TravelTimes:
    if isinstance(travel, StaticTimes):
        return StaticTimes(_rows(travel.rows, kept) or [], _rows(travel.riding, kept))
    if isinstance(travel, HourlyTimes):
        from lens_routes.tour.among import Among  # noqa: PLC0415  # only for timetables

        return Among(travel, kept)
    raise TypeError(f"cannot number the locations of {type(travel).__name__} anew")
