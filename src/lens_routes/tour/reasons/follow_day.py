"""Follow a day of visits and tell everything that goes wrong in it.

A search never makes a day that does not work; an explanation has to: what would happen if this were
visited too? Here a day is followed to its end whatever happens: who comes too late is let in all
the same, and how late that was is kept.
"""

from __future__ import annotations

import math
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.problem import FREE, StaticTimes
from lens_routes.tour.schedule import Stopover, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.tour.problem import Option, Problem, Tour, Window

#: Metres are weighed against seconds at a usual walking pace, 4.5 km/h.
WALKED_M_PER_S = 1.25
#: By so many seconds at a time one sets out later for a train.
LATER_S = 1800


class Obstacle(StrEnum):
    """What keeps a site out of a tour; ``amount`` of a reason is in the unit named here."""

    CLOSED = "closed"  # no window that day
    TOO_LATE = "too-late"  # seconds after the last moment to begin the visit
    DAY_TOO_SHORT = "day-too-short"  # seconds the day would end late
    DISPLACES = "displaces"  # seconds another visit would begin too late
    WALK = "walk"  # metres over the walking limit
    COST = "cost"  # over the budget
    VISITS = "visits"  # the limit of visits
    LIMIT = "limit"  # as many of a set of sites as wanted are in the tour
    BREAK_LAST = "break-last"  # nothing follows a break that something has to follow
    NO_GAIN = "no-gain"  # it fits, and is worth less than its way
    MISSED = "missed"  # it fits, and the search did not see it


class Part(NamedTuple):
    """A visit or break of a day; ``joined``: a break taken wherever one then is."""

    id: str
    location: int
    duration_s: int
    windows: tuple[Window, ...]
    score: float
    joined: bool = False
    bonus: float = 0.0


class Trouble(NamedTuple):
    """Something that goes wrong in a day, by how much, and the visit that suffers."""

    obstacle: Obstacle
    amount: float
    other: str | None = None

    @property
    def weight_s(self) -> float:
        """How bad it is, in seconds."""
        if self.obstacle in (Obstacle.CLOSED, Obstacle.BREAK_LAST):
            return math.inf
        return self.amount / WALKED_M_PER_S if self.obstacle is Obstacle.WALK else self.amount


class Trial(NamedTuple):
    """A day followed to its end: what goes wrong, and how far one travels.

    ``opens_s`` is when the window opens that the part in question waits for, None where it waits
    for none.
    """

    troubles: tuple[Trouble, ...]
    travel_s: int
    walk_m: float
    opens_s: int | None = None

    @property
    def worst(self) -> Trouble | None:
        """The greatest trouble, None where the day works."""
        return max(self.troubles, key=lambda trouble: trouble.weight_s, default=None)

    @property
    def order(self) -> tuple[float, int, int]:
        """The key that puts days that work first, then those that come nearest to it."""
        worst = self.worst
        return worst.weight_s if worst else 0.0, len(self.troubles), self.travel_s


def follow(
    problem: Problem,
    number: int,
    parts: Sequence[Part],
    added: str = "",
    depart_s: int | None = None,
) -> Trial:
    """Follow *parts* through day *number* of a problem; *added* is the id of the part in question.

    One leaves when the day begins, or at *depart_s*. The first late visit is the trouble that
    lateness makes; later ones only pass it on unless they are later still.
    """
    day = problem.days[number]
    later = problem.days[number + 1 :]
    tomorrow_s = later[0].depart_s if later else math.inf
    clock = day.depart_s if depart_s is None else depart_s
    here, walk_m, travel_s = day.start, 0.0, 0
    troubles: list[Trouble] = []
    opens_s = None
    for part in parts:
        there = here if part.joined else part.location
        if not part.joined:
            leg_s = problem.travel.seconds(here, there, clock)
            walk_m += problem.metres(here, there, clock)
            clock += leg_s
            travel_s += leg_s
            here = there
        today = [window for window in part.windows if window[0] < tomorrow_s]
        begin = next((max(clock, a) for a, b in today if clock <= b), None)
        if not today:
            troubles.append(Trouble(Obstacle.CLOSED, 0.0, part.id))
        elif begin is None:
            kind = Obstacle.TOO_LATE if part.id == added else Obstacle.DISPLACES
            troubles.append(Trouble(kind, clock - today[-1][1], part.id))
        elif part.id == added and begin > clock and (begin, begin) not in today:
            # An appointment does not open: it is.
            opens_s = begin
        clock = (clock if begin is None else begin) + part.duration_s
    walk_m += problem.metres(here, day.end, clock)
    leg_s = problem.travel.seconds(here, day.end, clock)
    if clock + leg_s > day.deadline_s:
        troubles.append(Trouble(Obstacle.DAY_TOO_SHORT, clock + leg_s - day.deadline_s))
    if problem.max_walk_m is not None and walk_m > problem.max_walk_m:
        troubles.append(Trouble(Obstacle.WALK, walk_m - problem.max_walk_m))
    if parts and goes_on(problem, parts[-1]):
        troubles.append(Trouble(Obstacle.BREAK_LAST, 0.0, parts[-1].id))
    return Trial(tuple(troubles), travel_s + leg_s, walk_m, opens_s)


def departures(problem: Problem, number: int) -> Sequence[int]:
    """Return when a day may begin: as soon as it may, and later where times tell by the hour.

    Who waits at home for a train sets out later than who walks at once.
    """
    day = problem.days[number]
    if isinstance(problem.travel, StaticTimes):
        return (day.depart_s,)
    return range(day.depart_s, max(day.deadline_s, day.depart_s + 1), LATER_S)


def leaving(problem: Problem, number: int, depart_s: int) -> Problem:
    """Return the problem in which a day begins at another moment."""
    days = list(problem.days)
    days[number] = days[number]._replace(depart_s=depart_s)
    return replace(problem, days=tuple(days))


def parts_of_tour(problem: Problem, tour: Tour) -> list[Part]:
    """Return the visits and breaks of a day of a solution, in order, scores as they count there."""
    parts: list[Part] = []
    left_s = tour.depart_s
    for visit in tour.visits:
        if visit.site is None:
            pause = next(p for p in problem.breaks if p.id == visit.id)
            start = problem.days[pause.day].start
            joined = visit.arrive_s == left_s
            parts.append(Part(pause.id, start, pause.duration_s, (pause.window,), 0.0, joined))
        else:
            length = visit.leave_s - visit.begin_s
            option = next(
                option
                for option in problem.sites[visit.site].options
                if option.duration_s == length
                and any(a <= visit.begin_s <= b for a, b in option.windows)
            )
            parts.append(_part(visit.id, visit.site, option))
        left_s = visit.leave_s
    return parts


def ways_of(problem: Problem, index: int) -> list[Part]:
    """Return the ways to visit a site that is open at all."""
    site = problem.sites[index]
    return [_part(site.id, index, option) for option in site.options if option.windows]


def _part(identity: str, index: int, option: Option) -> Part:
    return Part(
        identity, index, option.duration_s, option.windows, option.score, bonus=option.bonus
    )


def goes_on(problem: Problem, part: Part) -> bool:
    """Return whether a part is a break that something has to follow."""
    return any(pause.id == part.id and pause.after for pause in problem.breaks)


def effort_of(problem: Problem, number: int, parts: Sequence[Part]) -> float:
    """Return the effort of a day of parts that works."""
    if problem.prices == FREE:
        return 0.0
    stops: list[Stopover] = []
    pauses = [pause.id for pause in problem.breaks]
    for part in parts:
        if part.id in pauses:
            pause = pauses.index(part.id)
            if part.joined and stops and stops[-1].site is not None:
                stops[-1] = stops[-1]._replace(pauses=(*stops[-1].pauses, pause))
            else:
                stops.append(Stopover(None, 0, (pause,), 0.0))
        else:
            ways = [(o.duration_s, o.windows) for o in problem.sites[part.location].options]
            option = ways.index((part.duration_s, part.windows))
            stops.append(Stopover(part.location, option, (), 0.0))
    return schedule(problem, number, stops).effort
