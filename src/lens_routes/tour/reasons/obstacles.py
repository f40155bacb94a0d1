"""Find why a site is not in a solution.

Every reason is found by trying, so that it is true of the tour shown and not of the search that
found it. A site that no day could hold even with nothing else in it says what is most in the way
there. One that could come in place of other visits names them, and the detour it would take. Any
other says what goes wrong where it goes least wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.reasons.follow_day import Obstacle, departures, follow, parts_of_tour, ways_of
from lens_routes.tour.reasons.instead_of import Exchanges

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from lens_routes.tour.problem import Problem, Solution
    from lens_routes.tour.reasons.follow_day import Part, Trial

    _Put = tuple[Part, int, list[Part]]

__all__ = ["Obstacle", "Reason", "reasons"]

#: Scores are sums of decimals: below this one is as good as another.
SAME_SCORE = 1e-6


class Reason(NamedTuple):
    """Why a site is not in the tour.

    Parameters
    ----------
    obstacle, amount
        What is most in the way, where it is least in the way, and by how much.
    detour_s
        Travel the visit would add, seconds: to the day without ``instead_of`` where there is one.
    alone
        Whether the obstacle stands even in a day with nothing else in it.
    other
        The id of the visit that would begin too late.
    opens_s
        When the site opens, where one would have to wait for that.
    sole
        Whether nothing else is in the way where this is least so.
    instead_of, loss
        The visits that would have to go (none: that does not help), and the share of its score the
        tour would then lose.
    """

    obstacle: Obstacle
    amount: float = 0.0
    detour_s: int = 0
    alone: bool = False
    other: str | None = None
    opens_s: int | None = None
    sole: bool = False
    instead_of: tuple[str, ...] = ()
    loss: float = 0.0


def reasons(
    problem: Problem, solution: Solution, of: Container[str] | None = None
) -> dict[str, Reason]:
    """Return, for each site not in the tours, why not; of some sites only, where they are named."""
    finder = _Finder(problem, [parts_of_tour(problem, tour) for tour in solution.tours])
    return {
        site.id: finder.reason(index)
        for index, site in enumerate(problem.sites)
        if site.id not in solution.visited and (of is None or site.id in of)
    }


class _Finder:
    """Tries sites in the days of one solution."""

    def __init__(self, problem: Problem, days: Sequence[Sequence[Part]]) -> None:
        self._problem = problem
        self._days = days
        self._exchanges = Exchanges(problem, days)
        pauses = {pause.id for pause in problem.breaks}
        self._visits = [sum(part.id not in pauses for part in parts) for parts in days]
        self._spent = sum(
            problem.cost[part.location]
            for parts in days
            for part in parts
            if problem.cost and part.id not in pauses
        )

    def reason(self, index: int) -> Reason:
        """Return why a site is in no day."""
        ways = ways_of(self._problem, index)
        return self._alone(index, ways) or self._among_others(index, ways)

    def _alone(self, index: int, ways: Sequence[Part]) -> Reason | None:
        """Return what keeps a site out of a day with nothing else in it, or None."""
        problem = self._problem
        numbers = range(len(problem.days))
        if not any(_open_on(problem, number, way) for number in numbers for way in ways):
            return Reason(Obstacle.CLOSED)
        if problem.max_cost is not None and problem.cost[index] > problem.max_cost:
            return Reason(Obstacle.COST, problem.cost[index] - problem.max_cost, alone=True)
        trials = (
            follow(problem, number, [way], way.id, depart_s)
            for number in numbers
            for depart_s in departures(problem, number)
            for way in ways
        )
        trial = min(trials, key=lambda trial: trial.order)
        return _told(trial, trial.travel_s, alone=True)

    def _among_others(self, index: int, ways: Sequence[Part]) -> Reason:
        """Return what keeps a site out of the days as they are."""
        problem = self._problem
        trials = list(self._insertions(ways))
        trial, detour_s, *_ = min(trials, key=lambda item: (item[0].order, item[1]))
        reason = _told(trial, detour_s, alone=False)
        if reason is None:
            room = [item for item in trials if not item[0].troubles and not self._full(item[2])]
            over = (
                self._spent + problem.cost[index] - problem.max_cost
                if problem.max_cost is not None
                else 0
            )
            if self._exchanges.beyond_limit(index):
                reason = Reason(Obstacle.LIMIT, sole=True)
            elif over > 0:
                reason = Reason(Obstacle.COST, over, sole=True)
            elif not room:
                reason = Reason(Obstacle.VISITS, problem.max_visits or 0, sole=True)
            else:
                detour_s = max(0, min(item[1] for item in room))
                gain = max(self._exchanges.gain(*item[3]) for item in room)
                seen = Obstacle.NO_GAIN if gain <= SAME_SCORE else Obstacle.MISSED
                return Reason(seen, detour_s=detour_s)
        return self._or_instead(reason, ways)

    def _or_instead(self, reason: Reason, ways: Sequence[Part]) -> Reason:
        """Return the reason with the visits that could be given up for the site, if any."""
        exchange = self._exchanges.best(ways)
        if exchange is None:
            return reason
        if exchange.loss < -SAME_SCORE:
            return Reason(Obstacle.MISSED, detour_s=exchange.detour_s, instead_of=exchange.given_up)
        return Reason(
            reason.obstacle,
            reason.amount,
            exchange.detour_s,
            sole=reason.sole,
            instead_of=exchange.given_up,
            loss=exchange.less / self._exchanges.score if self._exchanges.score > 0 else 0.0,
        )

    def _full(self, number: int) -> bool:
        limit = self._problem.max_visits
        return limit is not None and self._visits[number] >= limit

    def _insertions(self, ways: Sequence[Part]) -> Iterator[tuple[Trial, int, int, _Put]]:
        """Yield each day with the site in each gap: what happens, the detour, and the day."""
        for number, parts in enumerate(self._days):
            before_s = self._exchanges.shortened(number).travel_s
            for way in ways:
                for gap in range(len(parts) + 1):
                    whole = [*parts[:gap], way, *parts[gap:]]
                    trial = follow(self._problem, number, whole, way.id)
                    yield trial, trial.travel_s - before_s, number, (way, number, whole)


def _told(trial: Trial, detour_s: int, *, alone: bool) -> Reason | None:
    """Return the greatest trouble of a trial as a reason."""
    worst = trial.worst
    if worst is None:
        return None
    sole = len(trial.troubles) == 1
    return Reason(
        worst.obstacle, worst.amount, max(0, detour_s), alone, worst.other, trial.opens_s, sole
    )


def _open_on(problem: Problem, number: int, way: Part) -> bool:
    day = problem.days[number]
    # A window that has passed, or opens after the day, still belongs to that day's 24 hours.
    midnight = day.depart_s - day.depart_s % 86_400
    return any(
        opens < midnight + 86_400 and closes >= midnight for opens, closes in way.windows
    ) or any(opens <= day.deadline_s and closes >= day.depart_s for opens, closes in way.windows)
