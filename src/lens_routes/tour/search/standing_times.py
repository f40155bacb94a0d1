"""Travel times that depend on the hour, made to stand still: the least there are, and the usual."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.problem import StaticTimes, locations

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from lens_routes.tour.problem import HourlyTimes, Problem

#: Hours of a day at which travel times are sampled, to know what is usual.
SAMPLES = 9


def least_seconds(problem: Problem, travel: HourlyTimes) -> npt.NDArray[np.float64]:
    """Return travel times between locations that no way undercuts, over whichever others it leads.

    Every solution of the problem is one of the problem with these times.
    """
    places = range(locations(problem))
    return _closed([[travel.least(i, j) for j in places] for i in places])


def least_metres(problem: Problem, travel: HourlyTimes) -> npt.NDArray[np.float64]:
    """Return metres on foot between locations that no way undercuts."""
    places = range(locations(problem))
    return _closed([[travel.least_metres(i, j) for j in places] for i in places])


def usual(problem: Problem, travel: HourlyTimes) -> Problem:
    """Return the problem with the times and metres of a departure that is neither good nor bad."""
    samples = [
        day.depart_s + (day.deadline_s - day.depart_s) * k // SAMPLES
        for day in problem.days
        for k in range(SAMPLES)
    ]
    places = range(locations(problem))
    seconds: list[list[int]] = []
    metres: list[list[float]] = []
    riding: list[list[int]] = []
    for i in places:
        pairs = [
            sorted(
                (travel.seconds(i, j, s), travel.metres(i, j, s), travel.trip(i, j, s)[1])
                for s in samples
            )[len(samples) // 2]
            for j in places
        ]
        seconds.append([pair[0] for pair in pairs])
        metres.append([pair[1] for pair in pairs])
        riding.append([pair[2] for pair in pairs])
    return replace(problem, travel=StaticTimes(seconds, riding), walk_m=metres)


def _closed(rows: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
    """Return the lengths of the shortest ways over any locations: no detour is shorter."""
    table = np.array(rows, dtype=np.float64)
    for via in range(len(table)):
        table = np.minimum(table, table[:, via, None] + table[None, via, :])
    return table
