"""What would fit a gap of a planned day, what that would gain, and how much later one would be.

Everything offered has been tried in the day as it is planned: each place that qualifies is put into
the gap, the visits around it lengthened as far as there is room, and the day followed to its end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.planning.clock import TourClock
from lens_routes.planning.in_hand import InHand
from lens_routes.planning.pose import break_id, pose
from lens_routes.planning.qualify.qualify import qualify
from lens_routes.planning.request import Request
from lens_routes.planning.stretch import cut_to, lengths
from lens_routes.planning.travel.travel import travel
from lens_routes.tour.reasons.follow_day import Part, follow, ways_of
from lens_routes.tour.reasons.instead_of import Shortened, Worth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.plan import Day, Plan, Stop
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Option, Problem, Site


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something may be put into a day: before one of its stops, both counted from 0.

    ``before`` None stands for anywhere; with ``instead`` the stop goes.
    """

    day: int = 0
    before: int | None = None
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Filler:
    """A place that fits a gap.

    ``minutes`` is how long one would stay, ``gain`` what the day would count more (less, below
    zero), the way included, and ``later_s`` how much later it would end, seconds. ``before`` is the
    number of the stop it would come before (as many as there are: at the end), or instead of.
    ``shortens`` tells that other visits have to be shorter than they are.
    """

    place: str
    name: str
    minutes: int
    gain: float
    later_s: int
    before: int
    shortens: bool = False


def fillers(plan: Plan, gap: Gap, supplies: Supplies) -> list[Filler]:
    """Return what fits a gap of a plan, the greatest gain first.

    Parameters
    ----------
    plan
        The plan.
    gap
        Where.
    supplies
        What to plan with; the catalogue is that of the plan.
    """
    problem = _problem(plan, supplies)
    day = _Day.of(problem, gap.day, plan.days[gap.day], Request.from_document(plan.request))
    visited = {stop.place for one in plan.days for stop in one.stops}
    opened = day.shortest()
    gaps = range(len(day.parts) + 1) if gap.before is None else (gap.before,)
    if gap.before is not None and gap.instead:
        opened = opened.without(gap.before)
    found = [
        filler
        for index, site in enumerate(problem.sites)
        if site.id not in visited
        for filler in _best(day, opened, gaps, index)
    ]
    by_id = supplies.catalogue.by_id
    named = [replace(one, name=by_id[one.place].name) for one in found]
    return sorted(named, key=lambda one: (-one.gain, one.later_s, one.place))


def _problem(plan: Plan, supplies: Supplies) -> Problem:
    """Return the problem of a plan, in which everything may be visited, what was taken out too."""
    asked = Request.from_document(plan.request)
    request = replace(asked, only=None, avoid=(), max_visits=None)
    qualified = qualify(request, supplies.catalogue, supplies.walking.of(request.mover).bar)
    clock = TourClock(request.date, ZoneInfo(supplies.catalogue.timezone))
    ways = travel(request, supplies, qualified.candidates, clock, 0)
    return pose(request, qualified, ways, clock, InHand(), lambda problem: problem).problem


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of a plan as parts of the problem."""

    problem: Problem
    number: int
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, problem: Problem, number: int, day: Day, request: Request) -> _Day:
        here = (day.start.lon, day.start.lat)
        places = [here, *((stop.lon, stop.lat) for stop in day.stops)]
        joined = [a == b for a, b in pairwise(places)]
        parts = [
            part
            for stop, stays in zip(day.stops, joined, strict=True)
            for part in _parts(problem, number, stop, request, stays=stays)
        ]
        return cls(problem, number, tuple(parts))

    def shortest(self) -> _Day:
        """Return the day with every visit as short as it may be."""
        return replace(self, parts=tuple(map(self._shortest, self.parts)))

    def _shortest(self, part: Part) -> Part:
        if self._is_break(part):
            return part
        ways = ways_of(self.problem, part.location)
        return min([*ways, part], key=lambda way: way.duration_s)

    def grown(self) -> _Day:
        """Return the day with visits as long as there is room for, the time best used first."""
        day = self
        while longer := [one for one in day._preferred() if one.works and one.worth > day.worth]:
            day = max(longer, key=day._gain_of_time)
        best = sorted(range(len(day.parts)), key=lambda n: -day.parts[n].score)
        for index in best:
            stretched = (one for one in day._stretched(index) if one.works)
            day = next(stretched, day)
        return day

    def _gain_of_time(self, longer: _Day) -> float:
        return (longer.worth - self.worth) / (longer.lasts_s - self.lasts_s)

    def _preferred(self) -> Iterator[_Day]:
        """Yield the day with one visit longer, of the lengths the planner chooses from."""
        for index, part in enumerate(self.parts):
            if not self._is_break(part):
                for way in ways_of(self.problem, part.location):
                    if way.duration_s > part.duration_s:
                        yield self._with(index, way)

    def _stretched(self, index: int) -> Iterator[_Day]:
        """Yield the day with a visit that was cut short longer, the longest first."""
        part = self.parts[index]
        if not self._is_break(part):
            site = self.problem.sites[part.location]
            for duration_s in lengths(site):
                if duration_s > part.duration_s:
                    yield self._with(index, _part(part.location, site, cut_to(site, duration_s)))

    def _with(self, index: int, part: Part) -> _Day:
        return self.without(index).with_part(index, part)

    @property
    def lasts_s(self) -> int:
        """How long the visits last together."""
        return sum(part.duration_s for part in self.parts)

    def without(self, index: int) -> _Day:
        """Return the day without one of its parts."""
        return _Day(self.problem, self.number, (*self.parts[:index], *self.parts[index + 1 :]))

    def with_part(self, index: int, part: Part) -> _Day:
        """Return the day with one part more."""
        return _Day(self.problem, self.number, (*self.parts[:index], part, *self.parts[index:]))

    @property
    def works(self) -> bool:
        """Whether all of it fits."""
        return not follow(self.problem, self.number, self.parts).troubles

    @property
    def ends_s(self) -> int:
        """When the day is over."""
        walked = Shortened(self.problem, self.number, self.parts)
        here, leave = walked.places[-1], walked.leave_s[-1]
        end = self.problem.days[self.number].end
        return leave + self.problem.travel.seconds(here, end, leave)

    @property
    def worth(self) -> float:
        """What the visits count for, less what the walks between them cost."""
        visits = [part for part in self.parts if not self._is_break(part)]
        worth = Worth.of(self.problem, visits)
        trial = follow(self.problem, self.number, self.parts)
        return worth.total - self.problem.prices.walk * trial.travel_s / 3600

    def _is_break(self, part: Part) -> bool:
        return any(pause.id == part.id for pause in self.problem.breaks)


def _parts(
    problem: Problem, number: int, stop: Stop, request: Request, *, stays: bool
) -> Iterator[Part]:
    """Yield a stop as a part of the problem, of the length it has in the plan."""
    lasts_s = round((stop.leave - stop.begin).total_seconds())
    start = problem.days[number].start
    if not stop.place:
        names = {break_id(pause, number) for pause in request.pauses if pause.name == stop.name}
        for pause in problem.breaks:
            if pause.id in names:
                yield Part(pause.id, start, lasts_s, (pause.window,), 0.0, joined=stays)
        return
    for index, site in enumerate(problem.sites):
        if site.id == stop.place:
            yield _lasting(index, site, lasts_s)


def _lasting(index: int, site: Site, lasts_s: int) -> Part:
    """Return a visit of a length of its own: it may begin so much less late."""
    if lasts_s in lengths(site):
        return _part(index, site, cut_to(site, lasts_s))
    option = min(
        site.options, key=lambda one: (one.duration_s > lasts_s, abs(one.duration_s - lasts_s))
    )
    more_s = lasts_s - option.duration_s
    windows = tuple((a, b - more_s) for a, b in option.windows if a <= b - more_s)
    return _part(index, site, option._replace(duration_s=lasts_s, windows=windows))


def _part(index: int, site: Site, option: Option) -> Part:
    return Part(site.id, index, option.duration_s, option.windows, option.score)


def _best(day: _Day, opened: _Day, gaps: Sequence[int], index: int) -> Iterator[Filler]:
    """Yield what a site is worth in the best of some gaps of a day *opened* for it."""
    way = min(ways_of(day.problem, index), key=lambda way: way.duration_s, default=None)
    if way is None:
        return
    tried = [(opened.with_part(before, way), before) for before in gaps]
    works = [(trial, before) for trial, before in tried if trial.works]
    if not works:
        return
    trial, before = max(works, key=lambda one: (one[0].worth, -one[0].ends_s))
    filled = trial.grown()
    lasts_s = {part.id: part.duration_s for part in filled.parts}
    yield Filler(
        way.id,
        "",
        lasts_s[way.id] // 60,
        round(filled.worth - day.worth, 4),
        filled.ends_s - day.ends_s,
        before,
        any(lasts_s.get(part.id, part.duration_s) < part.duration_s for part in day.parts),
    )
