"""Time the days of a tour: everything begins as early as it may, and how late one may be.

The sites' windows and the travel times are followed anew, so that a visit begins at the first
moment allowed even where the search had thought of a later window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.problem import HourlyTimes, Tour, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Problem, Window


class Stopover(NamedTuple):
    """A site visited in one of its ways (``site`` None: nothing but the breaks), then its breaks.

    ``score`` is what the visit counts for in the tour, diminishing returns applied.
    """

    site: int | None
    option: int
    pauses: tuple[int, ...]
    score: float


def marginal_scores(problem: Problem, visits: Sequence[tuple[int, int]]) -> dict[int, float]:
    """Return what each site visited counts for, given the (site, option) pairs of a solution.

    Within a group the best counts in full, the next ones as `Problem.returns` says.
    """
    scores: dict[int, float] = {}
    shared: dict[str, list[tuple[float, int]]] = {}
    for number, option in visits:
        site = problem.sites[number]
        scores[number] = site.options[option].score
        if site.group:
            shared.setdefault(site.group, []).append((scores[number], number))
    last = len(problem.returns) - 1
    for members in shared.values():
        for rank, (score, number) in enumerate(sorted(members, reverse=True)):
            scores[number] = score * problem.returns[min(rank, last)]
    return scores


def schedule(problem: Problem, number: int, stops: Sequence[Stopover]) -> Tour:
    """Time a day of the tour: everything begins as early as it may.

    Parameters
    ----------
    problem
        The problem the day belongs to.
    number
        Which of its days.
    stops
        What is visited, in order.

    Raises
    ------
    ValueError
        The stops do not fit the day.
    """
    day = problem.days[number]
    seconds = problem.travel.seconds
    here, clock, walk_m = day.start, day.depart_s, 0.0
    visits: list[Visit] = []
    for stop in stops:
        there = day.start if stop.site is None else stop.site
        walk_m += problem.metres(here, there, clock)
        clock += seconds(here, there, clock)
        for part in parts_of(problem, stop):
            begin = first_begin(part.windows, clock)
            leave = begin + part.duration_s
            visits.append(Visit(part.id, part.site, clock, begin, leave, 0, part.score))
            clock = leave
        here = there
    arrive = clock + seconds(here, day.end, clock)
    walk_m += problem.metres(here, day.end, clock)
    if arrive > day.deadline_s:
        raise ValueError(f"day {number} ends {arrive - day.deadline_s} s late")
    tour = Tour(tuple(visits), day.depart_s, arrive, walk_m if problem.knows_metres else None)
    return _with_slack(problem, number, tour, stops)


class Part(NamedTuple):
    """A visit, or a break: how long, and when it may begin."""

    id: str
    site: int | None
    duration_s: int
    windows: tuple[Window, ...]
    score: float


def parts_of(problem: Problem, stop: Stopover) -> list[Part]:
    """Return the visit and the breaks of a stop, in order."""
    parts = []
    if stop.site is not None:
        site = problem.sites[stop.site]
        option = site.options[stop.option]
        parts.append(Part(site.id, stop.site, option.duration_s, option.windows, stop.score))
    pauses = map(problem.breaks.__getitem__, stop.pauses)
    parts += (Part(p.id, None, p.duration_s, (p.window,), 0.0) for p in pauses)
    return parts


def first_begin(windows: Sequence[Window], arrive_s: int) -> int:
    """Return when a visit begins for whoever arrives at *arrive_s*; `ValueError`: never."""
    for opens, closes in windows:
        if arrive_s <= closes:
            return max(arrive_s, opens)
    raise ValueError(f"closed for good at {arrive_s} s")


def _with_slack(problem: Problem, number: int, tour: Tour, stops: Sequence[Stopover]) -> Tour:
    """Return the tour with the slack of every visit, worked out from the end of the day back.

    The leg to what follows may then be another one, where travel times depend on the hour.
    """
    day, travel = problem.days[number], problem.travel
    parts = [(k, part) for k, stop in enumerate(stops) for part in parts_of(problem, stop)]
    places = [day.start if stop.site is None else stop.site for stop in stops]
    visits: list[Visit] = []
    latest, onward, after = day.deadline_s, tour.arrive_s, len(stops)
    for visit, (k, part) in zip(reversed(tour.visits), reversed(parts), strict=True):
        leave = latest
        if k != after:
            there = day.end if after == len(stops) else places[after]
            if isinstance(travel, HourlyTimes):
                leave = travel.latest(places[k], there, latest)
            else:
                leave = latest - (onward - visit.leave_s)
        bound = leave - visit.leave_s + visit.begin_s
        latest = max(min(closes, bound) for opens, closes in part.windows if opens <= bound)
        onward, after = visit.arrive_s, k
        visits.append(
            Visit(
                visit.id,
                visit.site,
                visit.arrive_s,
                visit.begin_s,
                visit.leave_s,
                latest - visit.arrive_s,
                visit.score,
            )
        )
    return Tour(tuple(reversed(visits)), tour.depart_s, tour.arrive_s, tour.walk_m)
