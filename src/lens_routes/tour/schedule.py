"""Time the days of a tour: everything begins as early as it may, and the day as late.

The sites' windows and the travel times are followed anew, so that a visit begins at the first
moment allowed even where the search had thought of a later window.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.effort import leg_effort, tired_effort, wait_effort
from lens_routes.tour.problem import StaticTimes, Tour, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.tour.problem import Problem, TravelTimes, Window


class Stopover(NamedTuple):
    """A site visited in one of its ways (``site`` None: nothing but the breaks), then its breaks.

    ``score`` is what the visit counts for in the tour, diminishing returns applied. It begins as
    early as it may, though not before ``from_s``: of two windows the later one may be the better.
    Whoever begins the day with it is there by ``by_s``.
    """

    site: int | None
    option: int
    pauses: tuple[int, ...]
    score: float
    from_s: int = 0
    by_s: int = sys.maxsize


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
    """Time a day of the tour: everything begins as early as it may, and the day as late.

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
    halts = list(follow(problem, number, stops))
    visits = [
        Visit(part.id, part.site, arrive, begin, begin + part.duration_s, part.score, effort)
        for halt in halts
        for part, arrive, begin, effort in halt.parts
    ]
    depart, clock, here = day.depart_s, day.depart_s, day.start
    if halts:
        depart, clock, here = halts[0].depart_s, halts[-1].leave_s, halts[-1].place
    arrive = clock + problem.travel.seconds(here, day.end, clock)
    if arrive > day.deadline_s:
        raise ValueError(f"day {number} ends {arrive - day.deadline_s} s late")
    if stops and stops[-1].pauses and problem.breaks[stops[-1].pauses[-1]].after:
        raise ValueError(f"nothing follows the last break of day {number}")
    walked_m = halts[-1].walk_m if halts else 0.0
    walk_m = walked_m + problem.metres(here, day.end, clock)
    effort = sum(visit.effort for visit in visits)
    effort += leg_effort(problem, number, (here, day.end), clock)
    effort += tired_effort(problem.prices, walk_m) - tired_effort(problem.prices, walked_m)
    known_m = walk_m if problem.knows_metres else None
    return Tour(tuple(visits), depart, arrive, known_m, effort)


class Halt(NamedTuple):
    """A stop as it is timed: where one comes from at ``depart_s``, and when it is left.

    ``parts`` are its visit and breaks, each with its arrival, its beginning and what coming to it
    costs; ``walk_m`` are the metres on foot of the day so far.
    """

    place: int
    depart_s: int
    leave_s: int
    walk_m: float
    parts: list[tuple[Part, int, int, float]]


def follow(problem: Problem, number: int, stops: Sequence[Stopover]) -> Iterator[Halt]:
    """Yield each stop of a day as it is timed; `ValueError`: one comes too late."""
    day, prices, travel = problem.days[number], problem.prices, problem.travel
    here, clock, walk_m = day.start, day.depart_s, 0.0
    for index, stop in enumerate(stops):
        there = day.start if stop.site is None else stop.site
        parts = parts_of(problem, stop)
        depart = left = clock
        arrive = clock + travel.seconds(here, there, clock)
        begins, clock = begins_of(parts, max(arrive, stop.from_s))
        walked_m = walk_m + problem.metres(here, there, depart)
        if index == 0:
            latest = _latest_begins(parts, begins)
            late = min(latest[0], max(arrive, stop.by_s))
            begins = latest if late == latest[0] else begins_of(parts, max(late, stop.from_s))[0]
            later = depart + late - arrive
            if isinstance(travel, StaticTimes):
                depart, left, arrive = later, later, late
            elif _walks(travel, (here, there), depart, later):
                # The proof prices the way as it is when the day may begin.
                left, arrive = later, late
        effort = leg_effort(problem, number, (here, there), depart)
        effort += tired_effort(prices, walked_m) - tired_effort(prices, walk_m)
        idle_s = 0 if index == 0 else begins[0] - depart - sum(travel.trip(here, there, depart))
        told: list[tuple[Part, int, int, float]] = []
        for part, begin in zip(parts, begins, strict=True):
            waited = idle_s if not told else idle_s + begin - arrive
            effort += wait_effort(prices, waited)
            if told:
                effort -= wait_effort(prices, idle_s)
            told.append((part, arrive, begin, effort))
            idle_s, arrive, effort = waited, begin + part.duration_s, 0.0
        yield Halt(there, left, clock, walked_m, told)
        here, walk_m = there, walked_m


def _walks(travel: TravelTimes, ends: tuple[int, int], depart_s: int, later_s: int) -> bool:
    """Tell whether one walks between two locations, and would as well if one left later."""
    trip = travel.trip(*ends, depart_s)
    return not trip[1] and travel.trip(*ends, later_s) == trip


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


def begins_of(parts: Sequence[Part], arrive_s: int) -> tuple[list[int], int]:
    """Return when each part of a stop begins, and when it is left; `ValueError`: never."""
    begins, clock = [], arrive_s
    for part in parts:
        begins.append(first_begin(part.windows, clock))
        clock = begins[-1] + part.duration_s
    return begins, clock


def _latest_begins(parts: Sequence[Part], begins: Sequence[int]) -> list[int]:
    """Return the latest that parts may begin, the last of them when it does."""
    latest = [begins[-1]]
    for part in reversed(parts[:-1]):
        by_s = latest[-1] - part.duration_s
        latest.append(max(min(closes, by_s) for opens, closes in part.windows if opens <= by_s))
    return latest[::-1]


def first_begin(windows: Sequence[Window], arrive_s: int) -> int:
    """Return when a visit begins for whoever arrives at *arrive_s*; `ValueError`: never."""
    for opens, closes in windows:
        if arrive_s <= closes:
            return max(arrive_s, opens)
    raise ValueError(f"closed for good at {arrive_s} s")
