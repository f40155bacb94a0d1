"""Lower bonuses that outweigh everything else, so that a bound is of the size of the rest.

A place worth the journey comes before all else by a bonus a hundred times any score; relaxed, a
problem has some share of one more, and a bound that is off by as much. How many such places tours
can have at most is found by itself: they are few, and are toured in every order. Where the tours
known have as many, nothing that is better has more of these bonuses, so *less* of them may be paid
to all that there is, and what tours with all of them lose by it is known.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.tour.search.nodes import great_bonuses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lens_routes.tour.problem import Break
    from lens_routes.tour.search.construct import Routes
    from lens_routes.tour.search.nodes import Nodes

#: Partial tours looked at to find the most there is of great bonuses.
LOOKS = 20_000
#: Metres, and bonus, that rounding may add up to.
SAME = 1e-3


def lowered(nodes: Nodes, routes: Routes) -> Nodes:
    """Return the problem with great bonuses lowered, where no tours have more than some have."""
    # What is great is lowered to the greatest score.
    great, top = great_bonuses(nodes.problem)
    bonuses = [nodes.nodes[node].bonus for route in routes for node in route]
    had = sum(bonus for bonus in bonuses if bonus in great)
    if not great or _most(nodes, great) > had + SAME:
        return nodes
    share = top / max(great)

    def less(bonus: float) -> float:
        return share * bonus if bonus in great else bonus

    sites = tuple(
        replace(
            site,
            bonus=less(site.bonus),
            shorter=tuple(option._replace(bonus=less(option.bonus)) for option in site.shorter),
        )
        for site in nodes.problem.sites
    )
    return replace(
        nodes,
        problem=replace(nodes.problem, sites=sites),
        nodes=tuple(node._replace(bonus=less(node.bonus)) for node in nodes.nodes),
        less=(1.0 - share) * had,
    )


def _most(nodes: Nodes, great: Collection[float]) -> float:
    """Return great bonuses that no tours have more of; infinity where that takes too long."""
    best = {frozenset[int](): 0.0}
    looks = LOOKS
    for day in range(len(nodes.problem.days)):
        had = _of_day(nodes, day, great, looks)
        if had is None:
            return math.inf
        joined: dict[frozenset[int], float] = {}
        for before, bonus in best.items():
            for sites, more in had.items():
                if not before & sites:
                    both = before | sites
                    joined[both] = max(joined.get(both, 0.0), bonus + more)
        best = joined
    return max(best.values(), default=0.0)


class _Partial(NamedTuple):
    """Great places toured in some order: where one is, when, having walked how far, for what.

    Breaks may be taken anywhere, also on the way: ``ready_s`` is the earliest that what follows
    may be reached for their sake.
    """

    here: int
    clock_s: float
    ready_s: float
    walk_m: float
    bonus: float
    sites: frozenset[int]
    breaks: frozenset[int]

    def betters(self, other: _Partial) -> bool:
        """Tell whether whatever follows *other* might as well follow this one, for no less."""
        return (
            self.clock_s <= other.clock_s
            and self.ready_s <= other.ready_s
            and self.walk_m <= other.walk_m
            and self.bonus >= other.bonus
        )


def _of_day(
    nodes: Nodes, day: int, great: Collection[float], looks: int
) -> dict[frozenset[int], float] | None:
    """Return the most of great bonuses a day may have, for each set of sites that bear them."""
    tour = _Day(nodes, day, great)
    had: dict[frozenset[int], float] = {}
    known: dict[tuple[int, frozenset[int], frozenset[int]], list[_Partial]] = {}
    open_ = [tour.first()]
    while open_:
        looks -= 1
        if looks < 0:
            return None
        partial = open_.pop()
        if not tour.breaks - partial.breaks:
            had[partial.sites] = max(had.get(partial.sites, 0.0), partial.bonus)
        for longer in tour.longer(partial):
            rivals = known.setdefault((longer.here, longer.sites, longer.breaks), [])
            if not any(rival.betters(longer) for rival in rivals):
                rivals.append(longer)
                open_.append(longer)
    return had


class _Day:
    """A day with nothing in it but great places and its breaks."""

    def __init__(self, nodes: Nodes, day: int, great: Collection[float]) -> None:
        self._nodes, self._day = nodes, nodes.problem.days[day]
        self._start, self._end = nodes.start(day), nodes.end(day)
        self._great = [
            number
            for number, node in enumerate(nodes.nodes)
            if node.bonus in great and not node.pauses
        ]
        self._pauses: dict[int, Break] = {
            number: pause for number, pause in enumerate(nodes.problem.breaks) if pause.day == day
        }
        self.breaks = frozenset(self._pauses)

    def first(self) -> _Partial:
        """Return the tour of nothing yet."""
        depart_s = self._day.depart_s
        return _Partial(self._start, depart_s, depart_s, 0.0, 0.0, frozenset(), frozenset())

    def longer(self, partial: _Partial) -> Iterator[_Partial]:
        """Yield the tours with one more place or break from which one gets home in time."""
        for number, pause in self._pauses.items():
            if number not in partial.breaks and partial.clock_s <= pause.window[1]:
                clock_s = partial.clock_s + pause.duration_s
                ready_s = max(partial.ready_s, pause.window[0]) + pause.duration_s
                rested = partial._replace(
                    clock_s=clock_s, ready_s=ready_s, breaks=partial.breaks | {number}
                )
                if self._home(rested):
                    yield rested
        nodes, here = self._nodes, partial.here
        for there in self._great:
            node = nodes.nodes[there]
            if node.site is None or node.site in partial.sites:
                continue
            begin_s = max(self._arrive(partial, there), node.open_s)
            leave_s = begin_s + node.duration_s
            longer = _Partial(
                there,
                leave_s,
                leave_s,
                partial.walk_m + self._metres(here, there),
                partial.bonus + node.bonus,
                partial.sites | {node.site},
                partial.breaks,
            )
            if begin_s <= node.close_s and self._home(longer):
                yield longer

    def _arrive(self, partial: _Partial, there: int) -> float:
        return max(partial.clock_s + self._nodes.hours[partial.here][there], partial.ready_s)

    def _metres(self, here: int, there: int) -> float:
        return 0.0 if self._nodes.walk is None else float(self._nodes.walk[here, there])

    def _home(self, partial: _Partial) -> bool:
        limit_m = self._nodes.problem.max_walk_m
        walk_m = partial.walk_m + self._metres(partial.here, self._end)
        in_time = self._arrive(partial, self._end) <= self._day.deadline_s
        return in_time and (limit_m is None or walk_m <= limit_m + SAME)
