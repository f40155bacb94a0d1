"""Find why a site is not in a solution.

Every reason is found by trying: the site is put into each gap of the finished tours, and what goes
wrong where it goes least wrong is the reason, with its figure. So reasons are true of the tour
shown, not of the search that found it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from lens_routes import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.tour.problem import Problem, Solution, Tour, Window


class Obstacle(StrEnum):
    """What keeps a site out of a tour; ``amount`` of a reason is in the unit named here."""

    CLOSED = "closed"  # no window that day
    TOO_LATE = "too-late"  # seconds after the last moment to begin the visit
    DAY_TOO_SHORT = "day-too-short"  # seconds the day would end late
    DISPLACES = "displaces"  # seconds another visit would begin too late
    WALK = "walk"  # metres over the walking limit
    COST = "cost"  # over the budget
    VISITS = "visits"  # the limit of visits
    NO_GAIN = "no-gain"  # it fits, and adds nothing to the score
    MISSED = "missed"  # it fits, and the search did not see it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a site is not in the tour.

    Parameters
    ----------
    obstacle, amount
        What is in the way where it is least in the way, and by how much.
    detour_s
        Extra travel that visit would take, seconds.
    alone
        Whether the obstacle stands even in a day with nothing else in it.
    other
        The id of the visit that would be displaced.
    instead_of, scores
        A visit without which the site would fit (None: there is none), and what the two count.
    """

    obstacle: Obstacle
    amount: float = 0.0
    detour_s: int = 0
    alone: bool = False
    other: str | None = None
    instead_of: str | None = None
    scores: tuple[float, float] = (0.0, 0.0)

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """Return the reason in words; *names* says what sites are called."""
        names = names or {}
        sentence = self._obstacle(names)
        if self.instead_of is not None:
            mine, its = self.scores
            compared = "counts as much" if mine == its else f"counts {its:g} against {mine:g}"
            sentence += f"; fits without {names.get(self.instead_of, self.instead_of)}"
            sentence += f", which {compared}"
        return sentence

    def _obstacle(self, names: Mapping[str, str]) -> str:
        over, detour = minutes(self.amount), minutes(self.detour_s)
        other = names.get(self.other or "", self.other)
        anyway = " even with nothing else" if self.alone else ""
        late = f"the day would end {over} late"
        way = "even going straight there" if self.alone else "at the earliest"
        return {
            Obstacle.CLOSED: "closed all day",
            Obstacle.TOO_LATE: f"{way} you would arrive {over} too late to begin the visit",
            Obstacle.DAY_TOO_SHORT: f"even with nothing else {late}"
            if self.alone
            else f"{detour} of detour; {late}",
            Obstacle.DISPLACES: f"would bring you {over} too late to {other}",
            Obstacle.WALK: f"{wording.distance(self.amount)} over the walking limit{anyway}",
            Obstacle.COST: f"over the budget by {self.amount / 100:g} €",
            Obstacle.VISITS: f"the limit of {self.amount:g} visits a day is reached",
            Obstacle.NO_GAIN: "adds nothing to what is seen already",
            Obstacle.MISSED: f"would fit with {detour} of detour; a longer search would find it",
        }[self.obstacle]


def minutes(seconds: float) -> str:
    """Return seconds as whole minutes, rounded up: ``25 min``, ``5 h 43``."""
    return wording.duration(-int(-seconds // 60) * 60)


def reasons(problem: Problem, solution: Solution) -> dict[str, Reason]:
    """Return, for each site not in the tours, why not."""
    days = [_parts(problem, number, tour) for number, tour in enumerate(solution.tours)]
    spent = sum(
        problem.cost[v.site]
        for tour in solution.tours
        for v in tour.visits
        if problem.cost and v.site is not None
    )
    return {
        site.id: _reason(problem, days, spent, index)
        for index, site in enumerate(problem.sites)
        if site.id not in solution.visited
    }


class _Part(NamedTuple):
    """A visit or break of a day; ``joined``: it follows its predecessor at once, at its place."""

    id: str
    location: int
    duration_s: int
    windows: tuple[Window, ...]
    score: float
    joined: bool = False


class _Trial(NamedTuple):
    """What goes wrong in a day, or nothing (``obstacle`` None); the smaller the better."""

    rank: int
    amount: float
    travel_s: int
    obstacle: Obstacle | None = None
    other: str | None = None


_RANK = {
    Obstacle.WALK: 1,
    Obstacle.DAY_TOO_SHORT: 2,
    Obstacle.DISPLACES: 3,
    Obstacle.TOO_LATE: 4,
    Obstacle.CLOSED: 5,
}


def _parts(problem: Problem, number: int, tour: Tour) -> list[_Part]:
    parts: list[_Part] = []
    start = problem.days[number].start
    for visit in tour.visits:
        if visit.site is None:
            pause = next(p for p in problem.breaks if p.id == visit.id)
            before = parts[-1].location if parts else start
            joined = not parts or visit.arrive_s == tour.visits[len(parts) - 1].leave_s
            parts.append(
                _Part(
                    pause.id,
                    before if joined else start,
                    pause.duration_s,
                    (pause.window,),
                    0.0,
                    joined=joined,
                )
            )
        else:
            length = visit.leave_s - visit.begin_s
            option = next(
                o
                for o in problem.sites[visit.site].options
                if o.duration_s == length and any(a <= visit.begin_s <= b for a, b in o.windows)
            )
            parts.append(_Part(visit.id, visit.site, length, option.windows, visit.score))
    return parts


def _ways(problem: Problem, index: int) -> Iterator[_Part]:
    site = problem.sites[index]
    for option in site.options:
        if option.windows:
            yield _Part(site.id, index, option.duration_s, option.windows, option.score)


def _reason(problem: Problem, days: list[list[_Part]], spent: int, index: int) -> Reason:
    ways = list(_ways(problem, index))
    return _hopeless(problem, ways) or _in_the_way(problem, days, spent, index, ways)


def _hopeless(problem: Problem, ways: Sequence[_Part]) -> Reason | None:
    """Return what keeps a site out of a day with nothing else in it, or None."""
    numbers = range(len(problem.days))
    if not any(_open_on(problem, number, way) for number in numbers for way in ways):
        return Reason(Obstacle.CLOSED)
    alone = min(_try(problem, number, [way], way.id) for number in numbers for way in ways)
    if alone.obstacle is None:
        return None
    return Reason(alone.obstacle, alone.amount, alone.travel_s, alone=True, other=alone.other)


def _in_the_way(
    problem: Problem, days: list[list[_Part]], spent: int, index: int, ways: Sequence[_Part]
) -> Reason:
    """Return what keeps a site out of the tours as they are."""
    trials = [
        (trial, number)
        for number, parts in enumerate(days)
        for way in ways
        for trial in _insertions(problem, number, parts, way)
    ]
    best = min(trials)[0]
    if best.obstacle is not None:
        reason = Reason(best.obstacle, best.amount, best.travel_s, other=best.other)
        return _or_instead(reason, problem, days, ways, spent)
    over = spent + problem.cost[index] - problem.max_cost if problem.max_cost is not None else 0
    if over > 0:
        return _or_instead(Reason(Obstacle.COST, over), problem, days, ways, spent)
    free = [
        trial
        for trial, number in trials
        if trial.obstacle is None and not _full(problem, days[number])
    ]
    if not free:
        full = Reason(Obstacle.VISITS, problem.max_visits or 0)
        return _or_instead(full, problem, days, ways, spent)
    diminished = bool(problem.sites[index].group) and problem.returns[-1] == 0
    if diminished or max(way.score for way in ways) == 0:
        return Reason(Obstacle.NO_GAIN)
    return Reason(Obstacle.MISSED, detour_s=min(free).travel_s)


def _open_on(problem: Problem, number: int, way: _Part) -> bool:
    day = problem.days[number]
    # A window that has passed, or opens after the day, still belongs to that day's 24 hours.
    midnight = day.depart_s - day.depart_s % 86_400
    return any(
        opens < midnight + 86_400 and closes >= midnight for opens, closes in way.windows
    ) or any(opens <= day.deadline_s and closes >= day.depart_s for opens, closes in way.windows)


def _full(problem: Problem, parts: Sequence[_Part]) -> bool:
    visits = sum(part.id not in {pause.id for pause in problem.breaks} for part in parts)
    return problem.max_visits is not None and visits >= problem.max_visits


def _insertions(
    problem: Problem, number: int, parts: Sequence[_Part], way: _Part
) -> Iterator[_Trial]:
    before = _travel_s(problem, number, parts)
    for gap in range(len(parts) + 1):
        if gap < len(parts) and parts[gap].joined:
            continue
        trial = _try(problem, number, [*parts[:gap], way, *parts[gap:]], way.id)
        yield trial._replace(travel_s=trial.travel_s - before)


def _or_instead(
    reason: Reason,
    problem: Problem,
    days: list[list[_Part]],
    ways: Sequence[_Part],
    spent: int,
) -> Reason:
    """Add to a reason the visit of least score that could be given up for the site, if any."""
    found = [
        (part.score, part.id, way.score)
        for number, parts in enumerate(days)
        for i, part in enumerate(parts)
        if _can_go(problem, parts, i)
        for way in ways
        if way.score <= part.score
        and _affordable(problem, spent, way, part)
        and _try(problem, number, [*parts[:i], way, *parts[i + 1 :]], way.id).obstacle is None
    ]
    if not found:
        return reason
    its, name, mine = min(found)
    return replace(reason, instead_of=name, scores=(mine, its))


def _can_go(problem: Problem, parts: Sequence[_Part], i: int) -> bool:
    followed = i + 1 < len(parts) and parts[i + 1].joined
    required = problem.must | {pause.id for pause in problem.breaks}
    return not followed and parts[i].id not in required


def _affordable(problem: Problem, spent: int, way: _Part, instead_of: _Part) -> bool:
    if problem.max_cost is None:
        return True
    change = problem.cost[way.location] - problem.cost[instead_of.location]
    return spent + change <= problem.max_cost


def _travel_s(problem: Problem, number: int, parts: Sequence[_Part]) -> int:
    return _try(problem, number, parts, "").travel_s


def _try(problem: Problem, number: int, parts: Sequence[_Part], added: str) -> _Trial:
    """Follow a day and return the first thing that goes wrong in it."""
    day = problem.days[number]
    here, clock, walk_m, travel_s = day.start, day.depart_s, 0.0, 0
    later = problem.days[number + 1 :]
    tomorrow_s = later[0].depart_s if later else math.inf
    for part in parts:
        leg_s = 0 if part.joined else problem.travel.seconds(here, part.location, clock)
        if not part.joined:
            walk_m += problem.metres(here, part.location, clock)
        clock += leg_s
        travel_s += leg_s
        here = part.location
        today = [window for window in part.windows if window[0] < tomorrow_s]
        begin = next((max(clock, a) for a, b in today if clock <= b), None)
        if not today:
            kind = Obstacle.CLOSED
            return _Trial(_RANK[kind], 0.0, travel_s, kind, part.id)
        if begin is None:
            late = clock - today[-1][1]
            kind = Obstacle.TOO_LATE if part.id == added else Obstacle.DISPLACES
            return _Trial(_RANK[kind], late, travel_s, kind, part.id)
        clock = begin + part.duration_s
    walk_m += problem.metres(here, day.end, clock)
    leg_s = problem.travel.seconds(here, day.end, clock)
    clock += leg_s
    travel_s += leg_s
    if clock > day.deadline_s:
        kind = Obstacle.DAY_TOO_SHORT
        return _Trial(_RANK[kind], clock - day.deadline_s, travel_s, kind)
    if problem.max_walk_m is not None and walk_m > problem.max_walk_m:
        kind = Obstacle.WALK
        return _Trial(_RANK[kind], walk_m - problem.max_walk_m, travel_s, kind)
    return _Trial(0, 0.0, travel_s)
