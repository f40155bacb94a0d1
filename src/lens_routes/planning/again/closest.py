"""Problems whose best solution is the one closest to a day planned before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens_routes.tour.problem import HourlyTimes, StaticTimes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import numpy.typing as npt

    from lens_routes.tour.problem import Moments, Places, Problem, Site, TravelTimes, Trips

#: No time is short enough to go back in the order.
NEVER_S = 2 * 86_400


def keep_most(wanted: frozenset[str]) -> Callable[[Problem], Problem]:
    """Return the change that makes the number of visits count, before what they are worth.

    One of *wanted* counts more than all others together, and is no longer a must.
    """

    def change(problem: Problem) -> Problem:
        worth = 1.0 + sum(site.score for site in problem.sites)
        visit = {site.id: worth for site in problem.sites}
        visit |= dict.fromkeys(wanted, worth * (1 + len(problem.sites)))
        sites = tuple(_with_bonus(site, visit[site.id]) for site in problem.sites)
        return replace(problem, sites=sites, must=problem.must - wanted, returns=(1.0,))

    return change


def _with_bonus(site: Site, bonus: float) -> Site:
    shorter = tuple(option._replace(bonus=bonus) for option in site.shorter)
    return replace(site, bonus=bonus, shorter=shorter)


def keep_order(order: Sequence[str]) -> Callable[[Problem], Problem]:
    """Return the change that forbids to go from a place to one that comes earlier in *order*.

    Nor does one go back to the start, for a break there: from it every place would be next.
    """

    def change(problem: Problem) -> Problem:
        ranks = (*(order.index(site.id) for site in problem.sites), -1)
        travel: TravelTimes
        if isinstance(problem.travel, HourlyTimes):
            travel = _InOrder(problem.travel, ranks)
        else:
            travel = _in_order(problem, ranks)
        return replace(problem, travel=travel)

    return change


def _goes_back(ranks: Sequence[int], i: int, j: int) -> bool:
    return i < len(ranks) and j < len(ranks) and ranks[i] > ranks[j]


def _in_order(problem: Problem, ranks: Sequence[int]) -> StaticTimes:
    locations = range(1 + max(len(ranks) - 2, problem.days[0].start, problem.days[0].end))
    seconds = problem.travel.seconds
    return StaticTimes(
        [
            [NEVER_S if _goes_back(ranks, i, j) else seconds(i, j, 0) for j in locations]
            for i in locations
        ]
    )


@dataclass(frozen=True, slots=True)
class _InOrder:
    """Times that depend on the hour, and on which nobody goes back in an order."""

    times: HourlyTimes
    ranks: tuple[int, ...]

    def seconds(self, origin: int, destination: int, depart_s: int) -> int:
        if _goes_back(self.ranks, origin, destination):
            return NEVER_S
        return self.times.seconds(origin, destination, depart_s)

    def trip(self, origin: int, destination: int, depart_s: int) -> tuple[int, int]:
        return self.times.trip(origin, destination, depart_s)

    def arrivals(self, origin: int, destinations: Places, departs_s: Moments) -> Moments:
        arrivals = self.times.arrivals(origin, destinations, departs_s)
        arrivals[:, self._back(destinations * 0 + origin, destinations)] += NEVER_S
        return arrivals

    def trips(self, origins: Places, destinations: Places, departs_s: Moments) -> Trips:
        seconds, foot_s, ride_s, metres = self.times.trips(origins, destinations, departs_s)
        return seconds + NEVER_S * self._back(origins, destinations), foot_s, ride_s, metres

    def every_trip(self) -> tuple[Places, Places, Trips]:
        origins, destinations, (seconds, foot_s, ride_s, metres) = self.times.every_trip()
        seconds = seconds + NEVER_S * self._back(origins, destinations)
        return origins, destinations, (seconds, foot_s, ride_s, metres)

    def _back(self, origins: Places, destinations: Places) -> npt.NDArray[np.bool_]:
        """Tell which of many ways go back; the last rank stands for all locations without one."""
        import numpy as np  # noqa: PLC0415  # only for timetables

        last = len(self.ranks)
        forth, back = np.array([*self.ranks, -2]), np.array([*self.ranks, 1 + max(self.ranks)])
        first, then = np.minimum(origins, last), np.minimum(destinations, last)
        return np.asarray(forth[first] > back[then])

    def latest(self, origin: int, destination: int, arrive_s: int) -> int:
        if _goes_back(self.ranks, origin, destination):
            return arrive_s - NEVER_S
        return self.times.latest(origin, destination, arrive_s)

    def metres(self, origin: int, destination: int, depart_s: int) -> float:
        return self.times.metres(origin, destination, depart_s)
