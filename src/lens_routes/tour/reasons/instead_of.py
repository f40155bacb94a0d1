"""Find what a site could be visited in place of.

For a place left out of a full day the true reason is mostly another visit: which one would have to
go, and what that would cost. Every visit that is not required is tried, the one whose loss costs
the least first; then runs of several.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.problem import HourlyTimes
from lens_routes.tour.reasons.follow_day import effort_of, follow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.tour.problem import Problem
    from lens_routes.tour.reasons.follow_day import Part

#: Of what only more visits make room for, what is in the way is said instead.
MOST_GIVEN_UP = 3
#: Metres are sums of decimals.
ROUNDING_M = 1e-6


class Exchange(NamedTuple):
    """A site visited in place of others: ``given_up`` their ids, in order of the day.

    ``loss`` is what the tour would count less, bonuses and effort included, ``less`` the same
    without bonuses; ``detour_s`` is the travel the site adds to the day without them.
    """

    given_up: tuple[str, ...]
    loss: float
    less: float
    detour_s: int


@dataclass
class Shortened:
    """A day without some of its visits, and how late one may be at each part of it.

    ``latest_s[k]`` is the latest arrival at part *k* from which the rest of the day works (at the
    day's end: the deadline), ``leave_s[k]`` when one leaves what is before it. With both, most
    insertions are refused without following the day.
    """

    problem: Problem
    number: int
    parts: tuple[Part, ...]
    travel_s: int = field(init=False)
    walk_m: float = field(init=False)
    places: list[int] = field(init=False)
    leave_s: list[int] = field(init=False)
    latest_s: list[float] = field(init=False)

    def __post_init__(self) -> None:
        whole = follow(self.problem, self.number, self.parts)
        self.travel_s, self.walk_m = whole.travel_s, whole.walk_m
        self.places, self.leave_s = self._forward()
        self.latest_s = self._backward()

    def _forward(self) -> tuple[list[int], list[int]]:
        day = self.problem.days[self.number]
        places, leaves = [day.start], [day.depart_s]
        for part in self.parts:
            there = places[-1] if part.joined else part.location
            clock = leaves[-1]
            if not part.joined:
                clock += self.problem.travel.seconds(places[-1], there, clock)
            begin = next((max(clock, a) for a, b in part.windows if clock <= b), clock)
            places.append(there)
            leaves.append(begin + part.duration_s)
        return places, leaves

    def _backward(self) -> list[float]:
        day = self.problem.days[self.number]
        latest: list[float] = [day.deadline_s]
        there = day.end
        for k in range(len(self.parts) - 1, -1, -1):
            part, here = self.parts[k], self.places[k + 1]
            after_joined = k + 1 < len(self.parts) and self.parts[k + 1].joined
            leave = latest[-1] if after_joined else self._latest_leave(here, there, latest[-1])
            begin = leave - part.duration_s
            latest.append(max((min(b, begin) for a, b in part.windows if a <= begin), default=-1))
            there = here
        return latest[::-1]

    def _latest_leave(self, here: int, there: int, arrive_s: float) -> float:
        travel = self.problem.travel
        if isinstance(travel, HourlyTimes):
            return travel.latest(here, there, int(arrive_s)) if arrive_s >= 0 else -1
        return arrive_s - travel.seconds(here, there, 0)

    def added(self, way: Part) -> tuple[float, int] | None:
        """Return the effort of the day with *way* where that is least, and the travel it adds.

        None where it does not fit.
        """
        found = []
        for gap in self._gaps(way):
            parts = self.put(way, gap)
            trial = follow(self.problem, self.number, parts)
            if not trial.troubles:
                effort = effort_of(self.problem, self.number, parts)
                found.append((effort, trial.travel_s - self.travel_s))
        return min(found, default=None)

    def _gaps(self, way: Part) -> Iterator[int]:
        """Yield the gaps that neither time nor the walking limit rules out."""
        seconds, day = self.problem.travel.seconds, self.problem.days[self.number]
        for gap in range(len(self.parts) + 1):
            clock = self.leave_s[gap]
            arrive = clock + seconds(self.places[gap], way.location, clock)
            begin = next((max(arrive, a) for a, b in way.windows if arrive <= b), None)
            if begin is None:
                continue
            leave = begin + way.duration_s
            last = gap == len(self.parts)
            if not last and self.parts[gap].joined:
                yield gap  # the break moves along: only following the day tells
                continue
            there = day.end if last else self.places[gap + 1]
            if leave + seconds(way.location, there, leave) <= self.latest_s[gap] and self._walkable(
                self.places[gap], way.location, there
            ):
                yield gap

    def _walkable(self, here: int, site: int, there: int) -> bool:
        """Return whether going by way of a site keeps to the walking limit, where that is known."""
        limit, metres = self.problem.max_walk_m, self.problem.walk_m
        if limit is None or metres is None:
            return True
        added_m = metres[here][site] + metres[site][there] - metres[here][there]
        return self.walk_m + added_m <= limit + ROUNDING_M

    def put(self, way: Part, gap: int) -> list[Part]:
        """Return the parts with *way* before part number *gap*."""
        return [*self.parts[:gap], way, *self.parts[gap:]]


class Worth(NamedTuple):
    """What some visits count together, diminishing returns applied, and with one more."""

    returns: tuple[float, ...]
    groups: Mapping[str, Sequence[float]]
    total: float
    bonus: float

    @classmethod
    def of(cls, problem: Problem, visits: Sequence[Part]) -> Worth:
        """Return the worth of visits of a problem."""
        groups: dict[str, list[float]] = {}
        total = 0.0
        for part in visits:
            if group := problem.sites[part.location].group:
                groups.setdefault(group, []).append(part.score)
            else:
                total += part.score
        total += sum(_sum(scores, problem.returns) for scores in groups.values())
        return cls(problem.returns, groups, total, sum(part.bonus for part in visits))

    def with_one_more(self, score: float, group: str) -> float:
        """Return what the visits count together with another."""
        if not group:
            return self.total + score
        known = self.groups.get(group, ())
        return self.total - _sum(known, self.returns) + _sum([*known, score], self.returns)


def _sum(scores: Sequence[float], returns: Sequence[float]) -> float:
    ranks = chain(returns, repeat(returns[-1]))
    return sum(s * factor for s, factor in zip(sorted(scores, reverse=True), ranks, strict=False))


def _allowed(problem: Problem, sites: Sequence[int]) -> bool:
    """Return whether the limits on sets of sites allow a choice of them."""
    return all(sum(site in some for site in sites) <= most for some, most in problem.limits)


class _Run(NamedTuple):
    """Visits of a day that might be given up together, and what the tour is without them."""

    number: int
    given_up: tuple[str, ...]
    worth: Worth
    cost: int
    sites: frozenset[int]


class Exchanges:
    """The exchanges a solution allows.

    Parameters
    ----------
    problem
        The problem solved.
    days
        The parts of each day of the solution.

    Attributes
    ----------
    score
        What its visits count together.
    """

    def __init__(self, problem: Problem, days: Sequence[Sequence[Part]]) -> None:
        self._problem = problem
        self._days = days
        pauses = {pause.id for pause in problem.breaks}
        self._kept = problem.must | pauses
        self._visits = [part for parts in days for part in parts if part.id not in pauses]
        self._worth = Worth.of(problem, self._visits)
        self._shortened: dict[tuple[int, tuple[str, ...]], Shortened] = {}
        self._efforts = [effort_of(problem, n, parts) for n, parts in enumerate(days)]
        self._runs = [list(self._runs_of(count)) for count in range(1, MOST_GIVEN_UP + 1)]

    @property
    def score(self) -> float:
        """What the visits of the tour count together, less its effort."""
        return self._worth.total - sum(self._efforts)

    def gain(self, way: Part, number: int, parts: Sequence[Part]) -> float:
        """Return what the tour would count more with *way* as well, a day then being *parts*."""
        more = self._worth.with_one_more(way.score, self._group(way)) - self._worth.total
        effort = effort_of(self._problem, number, parts) - self._efforts[number]
        return more + way.bonus - effort

    def beyond_limit(self, index: int) -> bool:
        """Return whether as many sites like one as wanted are in the tour."""
        visited = [part.location for part in self._visits]
        return not _allowed(self._problem, [*visited, index])

    def best(self, ways: Sequence[Part]) -> Exchange | None:
        """Return the exchange of the fewest visits, and of the least loss among those."""
        for runs in self._runs:
            if found := self._best_of(ways, runs):
                return found
        return None

    def shortened(self, number: int, given_up: tuple[str, ...] = ()) -> Shortened:
        """Return a day without some of its visits."""
        key = number, given_up
        if key not in self._shortened:
            left = tuple(part for part in self._days[number] if part.id not in given_up)
            self._shortened[key] = Shortened(self._problem, number, left)
        return self._shortened[key]

    def _runs_of(self, count: int) -> Iterator[_Run]:
        """Yield the runs of so many visits of a day that are not required."""
        for number, parts in enumerate(self._days):
            visits = [part for part in parts if part.id not in self._kept]
            for first in range(len(visits) - count + 1):
                given_up = tuple(part.id for part in visits[first : first + count])
                rest = [part for part in self._visits if part.id not in given_up]
                cost = sum(self._cost(part) for part in rest)
                sites = frozenset(part.location for part in rest)
                yield _Run(number, given_up, Worth.of(self._problem, rest), cost, sites)

    def _best_of(self, ways: Sequence[Part], runs: Sequence[_Run]) -> Exchange | None:
        limit = self._problem.max_cost
        offers = sorted(
            (
                (
                    self._lost(run, way),
                    run.number,
                    run.given_up,
                    way,
                )
                for run in runs
                for way in ways
                if (limit is None or run.cost + self._cost(way) <= limit)
                and _allowed(self._problem, [*run.sites, way.location])
            ),
            key=lambda offer: offer[:3],
        )
        best: Exchange | None = None
        for lost, number, given_up, way in offers:
            # The rest of the day costs no less than nothing.
            if best is not None and lost - self._efforts[number] >= best.loss:
                continue
            added = self.shortened(number, given_up).added(way)
            if added is None:
                continue
            effort, detour_s = added
            loss = round(lost + effort - self._efforts[number], 6)
            if best is None or loss < best.loss:
                bonus = self._bonus(given_up) - way.bonus
                best = Exchange(given_up, loss, round(loss - bonus, 6), max(0, detour_s))
        return best

    def _bonus(self, ids: Sequence[str]) -> float:
        return sum(part.bonus for part in self._visits if part.id in ids)

    def _lost(self, run: _Run, way: Part) -> float:
        """Return what the visits would count less with *way* in place of a run, effort aside."""
        kept = run.worth.with_one_more(way.score, self._group(way)) + run.worth.bonus + way.bonus
        return round(self._worth.total + self._worth.bonus - kept, 6)

    def _group(self, part: Part) -> str:
        return self._problem.sites[part.location].group

    def _cost(self, part: Part) -> int:
        return self._problem.cost[part.location] if self._problem.cost else 0
