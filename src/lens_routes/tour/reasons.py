"""Find why a site is not in a solution.

Every reason is found by trying: the site is put into each gap of the finished tours, and what goes
wrong where it goes least wrong is the reason, with its figure. So reasons are true of the tour
shown, not of the search that found it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

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
        late = minutes(self.amount)
        if self.obstacle is Obstacle.CLOSED:
            return "closed all day"
        if self.obstacle is Obstacle.TOO_LATE:
            way = "even straight from the start" if self.alone else "at the earliest"
            return f"{way} one would be there {late} after the last moment to begin the visit"
        if self.obstacle is Obstacle.DAY_TOO_SHORT:
            if self.alone:
                return f"even with nothing else the day would end {late} late"
            return f"{minutes(self.detour_s)} of detour; the day would end {late} late"
        if self.obstacle is Obstacle.DISPLACES:
            return f"would bring you {late} too late to {names.get(self.other or '', self.other)}"
        if self.obstacle is Obstacle.WALK:
            return f"{self.amount:.0f} m over the walking limit" + (
                " even with nothing else" if self.alone else ""
            )
        if self.obstacle is Obstacle.COST:
            return f"over the budget by {self.amount:g}"
        if self.obstacle is Obstacle.VISITS:
            return f"the limit of {self.amount:g} visits a day is reached"
        if self.obstacle is Obstacle.NO_GAIN:
            return "adds nothing to what is seen already"
        return f"would fit with {minutes(self.detour_s)} of detour; a longer search would find it"


def minutes(seconds: float) -> str:
    """Return seconds as whole minutes, rounded up: ``25 min``."""
    return f"{-int(-seconds // 60)} min"


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


_RANK = {Obstacle.WALK: 1, Obstacle.DAY_TOO_SHORT: 2, Obstacle.DISPLACES: 3, Obstacle.TOO_LATE: 4}


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
    if not any(_open_on(problem, number, way) for number in range(len(days)) for way in ways):
        return Reason(Obstacle.CLOSED)
    alone = min(_try(problem, number, [way], way.id) for number in range(len(days)) for way in ways)
    if alone.obstacle is not None:
        return Reason(alone.obstacle, alone.amount, alone.travel_s, alone=True, other=alone.other)
    trials = [
        (trial, number)
        for number, parts in enumerate(days)
        for way in ways
        for trial in _insertions(problem, number, parts, way)
    ]
    best, number = min(trials)
    swap = _swap(problem, days, ways, spent)
    if best.obstacle is not None:
        return Reason(best.obstacle, best.amount, best.travel_s, other=best.other, **swap)
    if problem.max_cost is not None and spent + problem.cost[index] > problem.max_cost:
        return Reason(Obstacle.COST, spent + problem.cost[index] - problem.max_cost, **swap)
    free = [
        trial
        for trial, number in trials
        if trial.obstacle is None and not _full(problem, days[number])
    ]
    if not free:
        return Reason(Obstacle.VISITS, problem.max_visits or 0, **swap)
    group = problem.sites[index].group
    if max(way.score for way in ways) == 0 or (group and problem.returns[-1] == 0):
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


def _swap(
    problem: Problem, days: list[list[_Part]], ways: Sequence[_Part], spent: int
) -> dict[str, object]:
    """Return the visit that costs least to give up for the site, as fields of a `Reason`."""
    found: list[tuple[float, str, float]] = []
    for number, parts in enumerate(days):
        for i, part in enumerate(parts):
            followed = i + 1 < len(parts) and parts[i + 1].joined
            if (
                part.id in problem.must
                or followed
                or part.location not in range(len(problem.sites))
            ):
                continue
            for way in ways:
                saved = problem.cost[part.location] if problem.cost else 0
                cost = problem.cost[way.location] if problem.cost else 0
                if problem.max_cost is not None and spent - saved + cost > problem.max_cost:
                    continue
                trial = _try(problem, number, [*parts[:i], way, *parts[i + 1 :]], way.id)
                if trial.obstacle is None and way.score <= part.score:
                    found.append((part.score, part.id, way.score))
    if not found:
        return {}
    its, name, mine = min(found)
    return {"instead_of": name, "scores": (mine, its)}


def _travel_s(problem: Problem, number: int, parts: Sequence[_Part]) -> int:
    return _try(problem, number, parts, "").travel_s


def _try(problem: Problem, number: int, parts: Sequence[_Part], added: str) -> _Trial:
    """Follow a day and return the first thing that goes wrong in it."""
    day = problem.days[number]
    here, clock, walk_m, travel_s = day.start, day.depart_s, 0.0, 0
    for part in parts:
        leg_s = 0 if part.joined else problem.travel.seconds(here, part.location, clock)
        if problem.walk_m is not None and not part.joined:
            walk_m += problem.walk_m[here][part.location]
        clock += leg_s
        travel_s += leg_s
        here = part.location
        begin = next((max(clock, a) for a, b in part.windows if clock <= b), None)
        if begin is None:
            late = clock - part.windows[-1][1]
            kind = Obstacle.TOO_LATE if part.id == added else Obstacle.DISPLACES
            return _Trial(_RANK[kind], late, travel_s, kind, part.id)
        clock = begin + part.duration_s
    leg_s = problem.travel.seconds(here, day.end, clock)
    clock += leg_s
    travel_s += leg_s
    if clock > day.deadline_s:
        kind = Obstacle.DAY_TOO_SHORT
        return _Trial(_RANK[kind], clock - day.deadline_s, travel_s, kind)
    if problem.walk_m is not None and problem.max_walk_m is not None:
        walk_m += problem.walk_m[here][day.end]
        if walk_m > problem.max_walk_m:
            kind = Obstacle.WALK
            return _Trial(_RANK[kind], walk_m - problem.max_walk_m, travel_s, kind)
    return _Trial(0, 0.0, travel_s)
