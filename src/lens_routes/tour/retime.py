"""State a solution in the terms of another problem: its times, its scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.tour.schedule import Stopover, marginal_scores, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Option, Problem, Tour, Window


def timed(problem: Problem, days: Sequence[Sequence[Stopover]]) -> list[Tour]:
    """Return the tours of stops, timed and scored by a problem.

    Parameters
    ----------
    problem
        A problem with the sites, days and breaks of the stops: perhaps one without the margin that
        they were planned with, or with the true scores.
    days
        What is visited on each day, in order.

    Raises
    ------
    ValueError
        The stops do not fit a day.
    """
    scores = marginal_scores(
        problem, [(s.site, s.option) for day in days for s in day if s.site is not None]
    )
    return [
        schedule(
            problem,
            number,
            [s if s.site is None else s._replace(score=scores[s.site]) for s in day],
        )
        for number, day in enumerate(days)
    ]


def stopovers(problem: Problem, tour: Tour) -> list[Stopover]:
    """Return what a tour of *problem* visits, in order."""
    pauses = [pause.id for pause in problem.breaks]
    stops: list[Stopover] = []
    left_s = None
    for visit in tour.visits:
        if visit.site is not None:
            options = problem.sites[visit.site].options
            option = _nearest(options, visit.leave_s - visit.begin_s)
            from_s = _opened(options[option].windows, visit.begin_s)
            stops.append(Stopover(visit.site, option, (), 0.0, from_s))
        elif visit.arrive_s == left_s and stops[-1].site is not None:
            taken = (*stops[-1].pauses, pauses.index(visit.id))
            stops[-1] = stops[-1]._replace(pauses=taken)
        else:
            stops.append(Stopover(None, 0, (pauses.index(visit.id),), 0.0))
        left_s = visit.leave_s
    return stops


def _opened(windows: Sequence[Window], begin_s: int) -> int:
    """Return when the window opens that a visit begins in, 0 where that is the first."""
    return max((opens for opens, _ in windows[1:] if opens <= begin_s), default=0)


def _nearest(options: Sequence[Option], duration_s: int) -> int:
    """Return the number of the option that lasts nearest to *duration_s*."""
    return min(range(len(options)), key=lambda i: abs(options[i].duration_s - duration_s))
