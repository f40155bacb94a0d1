"""Travel times that depend on the hour, made to stand still: the least there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.effort import trips_effort
from lens_routes.tour.problem import locations

if TYPE_CHECKING:
    import numpy.typing as npt

    from lens_routes.tour.problem import HourlyTimes, Places, Problem

    Floats = npt.NDArray[np.float64]


def least_seconds(problem: Problem, travel: HourlyTimes) -> Floats:
    """Return travel times between locations that no way undercuts, over whichever others it leads.

    Every solution of the problem is one of the problem with these times.
    """
    origins, destinations, (seconds, *_) = travel.every_trip()
    return _closed(_least(problem, (origins, destinations), seconds))


def least_metres(problem: Problem, travel: HourlyTimes) -> Floats:
    """Return metres on foot between locations that no way undercuts."""
    origins, destinations, (*_, metres) = travel.every_trip()
    return _closed(_least(problem, (origins, destinations), metres))


def least_effort(problem: Problem, travel: HourlyTimes) -> Floats:
    """Return what ways between locations cost by day at the least."""
    origins, destinations, (_, foot_s, ride_s, _) = travel.every_trip()
    main_s = main_roads(problem)[origins, destinations]
    every = trips_effort(problem.prices, foot_s, ride_s, main_s)
    return _least(problem, (origins, destinations), every)


def main_roads(problem: Problem) -> Floats:
    """Return the seconds along main roads between locations; 0 where they are not known."""
    count = locations(problem)
    if problem.main_s is None:
        return np.zeros((count, count))
    return np.array(problem.main_s, dtype=np.float64)


def _least(
    problem: Problem, ends: tuple[Places, Places], figures: npt.NDArray[np.number]
) -> Floats:
    table = np.full((locations(problem),) * 2, np.inf)
    np.minimum.at(table, ends, figures.astype(np.float64))
    return table


def _closed(table: Floats) -> Floats:
    """Return the lengths of the shortest ways over any locations: no detour is shorter."""
    for via in range(len(table)):
        table = np.minimum(table, table[:, via, None] + table[None, via, :])
    return table
