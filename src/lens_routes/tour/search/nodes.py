"""Flatten a problem into nodes with one window each, as arrays the search can price at once.

A *node* is one way of visiting a site in one window: a site closed for lunch becomes two nodes, a
site with a shorter visit two more. Every node carries *keys*, the things it uses up: its site, and
the break taken there. No two nodes of a solution share a key. With one window a node, the test
whether a visit fits anywhere takes constant time (see `lens_routes.tour.search.construct`).

A break happens wherever the tour then is. So each node has a twin that also contains the break,
taken right after the visit, and one for each order of several; and where the day starts there is
one that is the break alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.problem import HourlyTimes, StaticTimes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from lens_routes.tour.problem import Break, Problem, Window

    Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Node:
    """One way of visiting a site in one window; ``site`` is None for a break at the start.

    ``pauses`` are the numbers of the breaks taken after the visit, in order.
    """

    location: int
    site: int | None
    option: int
    pauses: tuple[int, ...]
    open_s: int
    close_s: int
    duration_s: int
    score: float
    keys: int


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The nodes of a problem, in arrays.

    The arrays hold the nodes first, then the start of each day, then the end of each day.
    Times are whole seconds in 32-bit floats: exact up to 194 days.

    Parameters
    ----------
    places
        The location of each stop: nodes, starts and ends.
    travel
        Travel time from node to node, seconds; where it depends on the hour, the least there is.
    onward
        ``onward[b, a]`` is the length of the visit of *a* plus the travel time from *a* to *b*.
    rivals
        For each node, the nodes it shares a key with, itself included.
    prize
        What the search maximises: the score, plus ``bonus`` for each required key.
    required
        The keys every solution must use, as a bit mask.
    groups
        For each group of sites with diminishing returns, its nodes; and each node's group or -1.
    """

    problem: Problem
    nodes: tuple[Node, ...]
    places: tuple[int, ...]
    travel: Floats
    onward: Floats
    hours: list[list[int]]
    walk: Floats | None
    open_s: list[int]
    close_s: list[int]
    duration_s: list[int]
    prize: list[float]
    cost: list[int]
    rivals: tuple[npt.NDArray[np.intp], ...]
    required: int
    bonus: float
    group: list[int]
    groups: tuple[tuple[int, ...], ...]

    @property
    def count(self) -> int:
        """How many nodes there are, starts and ends of days not counted."""
        return len(self.nodes)

    def start(self, day: int) -> int:
        """Return the index of the start of a day."""
        return len(self.nodes) + day

    def end(self, day: int) -> int:
        """Return the index of the end of a day."""
        return len(self.nodes) + len(self.problem.days) + day


def flatten(problem: Problem) -> Nodes:
    """Return the nodes of *problem* that could be visited in a day with nothing else in it."""
    required = _required_keys(problem)
    bonus = 1.0 + sum(max(o.score for o in site.options) for site in problem.sites)
    rows = _rows(problem)
    nodes = tuple(node for node in _all_nodes(problem) if _reachable(problem, node, rows))
    places = [node.location for node in nodes]
    places += [day.start for day in problem.days] + [day.end for day in problem.days]
    hours = rows[np.ix_(places, places)]
    durations = [node.duration_s for node in nodes] + [0] * (2 * len(problem.days))
    travel = hours.astype(np.float32)
    group, groups = _groups(problem, nodes)
    return Nodes(
        problem=problem,
        nodes=nodes,
        places=tuple(places),
        travel=travel,
        onward=np.ascontiguousarray(travel.T + np.array(durations, dtype=np.float32)),
        hours=hours.tolist(),
        walk=_walk(problem, places),
        open_s=[n.open_s for n in nodes] + [d.depart_s for d in problem.days] * 2,
        close_s=[n.close_s for n in nodes] + [d.deadline_s for d in problem.days] * 2,
        duration_s=durations,
        prize=[n.score + bonus * (n.keys & required).bit_count() for n in nodes],
        cost=[problem.cost[n.site] if problem.cost and n.site is not None else 0 for n in nodes],
        rivals=_rivals(nodes),
        required=required,
        bonus=bonus,
        group=group,
        groups=groups,
    )


def _rows(problem: Problem) -> npt.NDArray[np.int64]:
    """Return the travel times from location to location: those of walking, or the least."""
    if isinstance(problem.travel, StaticTimes):
        return _table(problem.travel.rows).astype(np.int64)
    if isinstance(problem.travel, HourlyTimes):
        from lens_routes.tour.search.standing_times import (  # noqa: PLC0415  # only for timetables
            least_seconds,
        )

        return least_seconds(problem, problem.travel).astype(np.int64)
    raise TypeError("travel times either stand still or depend on the hour")


def _walk(problem: Problem, places: Sequence[int]) -> Floats | None:
    """Return the metres walked from place to place, or the least; None where they do not matter."""
    if problem.walk_m is not None:
        table = _table(problem.walk_m)
    elif isinstance(problem.travel, HourlyTimes) and problem.max_walk_m is not None:
        from lens_routes.tour.search.standing_times import (  # noqa: PLC0415  # only for timetables
            least_metres,
        )

        table = least_metres(problem, problem.travel)
    else:
        return None
    return table[np.ix_(places, places)].astype(np.float32)


def _table(rows: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
    return np.array(rows, dtype=np.float64).reshape(len(rows), -1)


def _required_keys(problem: Problem) -> int:
    keys = 0
    for i, site in enumerate(problem.sites):
        if site.id in problem.must:
            keys |= 1 << i
    for b in range(len(problem.breaks)):
        keys |= 1 << (len(problem.sites) + b)
    return keys


def _all_nodes(problem: Problem) -> Iterator[Node]:
    for i, site in enumerate(problem.sites):
        for number, option in enumerate(site.options):
            for window in option.windows:
                plain = Node(
                    i, i, number, (), *window, option.duration_s, option.score, keys=1 << i
                )
                yield plain
                yield from _with_breaks(problem, plain)
    for b, pause in enumerate(problem.breaks):
        day = problem.days[pause.day]
        yield Node(
            day.start, None, 0, (b,), *pause.window, pause.duration_s, 0.0, _break_key(problem, b)
        )


def _with_breaks(problem: Problem, node: Node) -> Iterator[Node]:
    """Yield the visit of *node* with every further break, and every sequence of them, after it."""
    for number, pause in enumerate(problem.breaks):
        same_day = all(problem.breaks[b].day == pause.day for b in node.pauses)
        if number not in node.pauses and same_day:
            for longer in _with_break(problem, node, number, pause):
                yield longer
                yield from _with_breaks(problem, longer)


def _with_break(problem: Problem, node: Node, number: int, pause: Break) -> Iterator[Node]:
    day = problem.days[pause.day]
    opens, closes = _clip((node.open_s, node.close_s), (day.depart_s, day.deadline_s))
    first, last = pause.window
    closes = min(closes, last - node.duration_s)
    if opens > closes:
        return
    # Visits that begin earlier than this wait for the break: they leave as if they began then.
    ready = min(max(opens, first - node.duration_s), closes)
    leave = max(ready + node.duration_s, first) + pause.duration_s
    yield Node(
        node.location,
        node.site,
        node.option,
        (*node.pauses, number),
        ready,
        closes,
        leave - ready,
        node.score,
        node.keys | _break_key(problem, number),
    )


def _break_key(problem: Problem, number: int) -> int:
    return 1 << (len(problem.sites) + number)


def _clip(window: Window, limits: Window) -> Window:
    return max(window[0], limits[0]), min(window[1], limits[1])


def _reachable(problem: Problem, node: Node, rows: npt.NDArray[np.int64]) -> bool:
    for day in problem.days:
        begin = max(day.depart_s + int(rows[day.start, node.location]), node.open_s)
        home = begin + node.duration_s + int(rows[node.location, day.end])
        if begin <= node.close_s and home <= day.deadline_s:
            return True
    return False


def _rivals(nodes: tuple[Node, ...]) -> tuple[npt.NDArray[np.intp], ...]:
    users: dict[int, list[int]] = {}
    for i, node in enumerate(nodes):
        for bit in _bits(node.keys):
            users.setdefault(bit, []).append(i)
    return tuple(
        np.array(sorted({j for bit in _bits(node.keys) for j in users[bit]}), dtype=np.intp)
        for node in nodes
    )


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _groups(
    problem: Problem, nodes: tuple[Node, ...]
) -> tuple[list[int], tuple[tuple[int, ...], ...]]:
    if all(a == b for a, b in pairwise((1.0, *problem.returns))):
        return [-1] * len(nodes), ()
    members: dict[str, list[int]] = {}
    for i, node in enumerate(nodes):
        if node.site is not None and problem.sites[node.site].group:
            members.setdefault(problem.sites[node.site].group, []).append(i)
    group = [-1] * len(nodes)
    for number, name in enumerate(members):
        for i in members[name]:
            group[i] = number
    return group, tuple(tuple(m) for m in members.values())
