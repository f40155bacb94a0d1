"""Flatten a problem into nodes with one window each, as arrays the search can price at once.

A *node* is one way of visiting a site in one window: a site closed for lunch becomes two nodes, a
site with a shorter visit two more. Every node carries *keys*, the things it uses up: its site, and
the break taken there. No two nodes of a solution share a key. With one window a node, the test
whether a visit fits anywhere takes constant time (see `lens_routes.tour.search.fits`).

A break happens wherever the tour then is. So each node has a twin that also contains the break,
taken right after the visit, and one for each order of several; and where the day starts there is
one that is the break alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.effort import HOUR_S, trips_effort
from lens_routes.tour.problem import FREE, HourlyTimes, StaticTimes
from lens_routes.tour.schedule import Stopover
from lens_routes.tour.search.room import room_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from lens_routes.tour.problem import Break, Problem, Window
    from lens_routes.tour.search.room import Room

    Floats = npt.NDArray[np.float32]

#: Longer than any day: nobody goes that way.
NEVER_S = 1_000_000_000
#: A bonus is great where it is so many times the greatest score.
GREAT = 10


class Node(NamedTuple):
    """One way of visiting a site in one window; ``site`` is None for a break at the start.

    ``pauses`` are the numbers of the breaks taken after the visit, in order; ``idle_s`` is how
    long one waits for them at least, as part of ``duration_s``. ``from_s`` is when the window
    opens where the site has earlier ones.
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
    bonus: float = 0.0
    idle_s: int = 0
    from_s: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The nodes of a problem, in arrays.

    The arrays hold the nodes first, then the start of each day, then the end of each day.
    Times are whole seconds in 32-bit floats: exact up to 194 days.

    Parameters
    ----------
    hourly
        Whether travel times depend on the hour.
    places
        The location of each stop: nodes, starts and ends.
    travel
        Travel time from node to node, seconds; where it depends on the hour, the least there is.
    onward
        ``onward[b, a]`` is the length of the visit of *a* plus the travel time from *a* to *b*.
    rivals
        For each node, the nodes it shares a key with, itself included.
    legs
        What going from node to node costs by day, or the least it does; None where nothing on the
        way costs anything.
    goes_on
        For each node, and for the start of a day after them, whether something has to follow it.
    walk
        Metres on foot from node to node, or the least there are; None where they do not matter.
    spends, capacity
        What each node uses of the budget and of each limit on a set of sites, and what there is.
    prize
        What the search maximises, the effort of the way aside: score and bonus, and ``urgency`` for
        each required key.
    required
        The keys every solution must use, as a bit mask.
    groups
        For each group of sites with diminishing returns, its nodes; and each node's group or -1.
    less
        What is taken off every prize in a proof, where bonuses of nodes are less than in *prize*;
        see `lens_routes.tour.proof.great_bonuses`.
    """

    problem: Problem
    hourly: bool
    nodes: tuple[Node, ...]
    places: tuple[int, ...]
    travel: Floats
    onward: Floats
    hours: list[list[int]]
    legs: list[list[float]] | None
    goes_on: npt.NDArray[np.bool_]
    walk: Floats | None
    open_s: list[int]
    close_s: list[int]
    duration_s: list[int]
    prize: list[float]
    spends: npt.NDArray[np.int64]
    capacity: npt.NDArray[np.int64]
    rivals: tuple[npt.NDArray[np.intp], ...]
    required: int
    urgency: float
    group: list[int]
    groups: tuple[tuple[int, ...], ...]
    less: float = 0.0

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


def great_bonuses(problem: Problem) -> tuple[set[float], float]:
    """Return the bonuses that outweigh everything else, and the greatest score."""
    options = [option for site in problem.sites for option in site.options]
    top = max((option.score for option in options), default=0.0)
    return {option.bonus for option in options if option.bonus > GREAT * top}, top


def great_nodes(nodes: Nodes) -> npt.NDArray[np.bool_] | None:
    """Return which nodes have a great bonus or are required; None where no bonus is great."""
    great, _ = great_bonuses(nodes.problem)
    if not great:
        return None
    found = [n.bonus in great or bool(n.keys & nodes.required) for n in nodes.nodes]
    return np.array(found, dtype=bool)


def flatten(problem: Problem) -> Nodes:
    """Return the nodes of *problem* that a day has time for, beside what has to be in it."""
    required = _required_keys(problem)
    rows = _rows(problem)
    room = room_of(problem, rows)
    nodes = tuple(
        node
        for node in _all_nodes(problem)
        if _reachable(problem, node, rows) and (room is None or _has_room(problem, node, room))
    )
    places = [node.location for node in nodes]
    places += [day.start for day in problem.days] + [day.end for day in problem.days]
    hours = rows[np.ix_(places, places)]
    # Who has to go on after a break does not go home from it.
    goes_on = [bool(n.pauses) and problem.breaks[n.pauses[-1]].after for n in nodes]
    hours[np.flatnonzero(goes_on), -len(problem.days) :] = NEVER_S
    durations = [node.duration_s for node in nodes] + [0] * (2 * len(problem.days))
    travel = hours.astype(np.float32)
    group, groups = _groups(problem, nodes)
    legs, walk = _legs(problem, places), _walk(problem, places)
    urgency = _urgency(problem, legs, walk)
    spends, capacity = _spends(problem, nodes)
    return Nodes(
        problem=problem,
        # To ask for the protocol takes long, and this is asked often.
        hourly=isinstance(problem.travel, HourlyTimes),
        nodes=nodes,
        places=tuple(places),
        travel=travel,
        onward=np.ascontiguousarray(travel.T + np.array(durations, dtype=np.float32)),
        hours=hours.tolist(),
        legs=None if legs is None else legs.tolist(),
        goes_on=np.array([*goes_on, False], dtype=bool),
        walk=walk,
        open_s=[n.open_s for n in nodes] + [d.depart_s for d in problem.days] * 2,
        close_s=[n.close_s for n in nodes] + [d.deadline_s for d in problem.days] * 2,
        duration_s=durations,
        prize=[n.score + n.bonus + urgency * (n.keys & required).bit_count() for n in nodes],
        spends=spends,
        capacity=capacity,
        rivals=_rivals(nodes),
        required=required,
        urgency=urgency,
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
    if problem.max_walk_m is None and not problem.prices.tired_km:
        return None
    if problem.walk_m is not None:
        table = _table(problem.walk_m)
    elif isinstance(problem.travel, HourlyTimes):
        from lens_routes.tour.search.standing_times import (  # noqa: PLC0415  # only for timetables
            least_metres,
        )

        table = least_metres(problem, problem.travel)
    else:
        return None
    return table[np.ix_(places, places)].astype(np.float32)


def _legs(problem: Problem, places: Sequence[int]) -> npt.NDArray[np.float64] | None:
    """Return what the ways from place to place cost by day, or the least; None: nothing does."""
    if problem.prices == replace(FREE, patience_s=problem.prices.patience_s):
        return None
    travel = problem.travel
    if isinstance(travel, StaticTimes):
        foot_s = _table(travel.rows)
        ride_s = np.zeros_like(foot_s) if travel.riding is None else _table(travel.riding)
        main_s = 0.0 if problem.main_s is None else _table(problem.main_s)
        table = trips_effort(problem.prices, foot_s - ride_s, ride_s, main_s)
    elif isinstance(travel, HourlyTimes):
        from lens_routes.tour.search.standing_times import (  # noqa: PLC0415  # only for timetables
            least_effort,
        )

        table = least_effort(problem, travel)
    else:
        return None
    return table[np.ix_(places, places)]


def _urgency(problem: Problem, legs: npt.NDArray[np.float64] | None, walk: Floats | None) -> float:
    """Return what outweighs all there is to gain, and all effort there may be."""
    gains = 1.0 + sum(max(o.score + o.bonus for o in site.options) for site in problem.sites)
    if legs is None:
        return gains
    prices = problem.prices
    hours = sum(day.deadline_s - day.depart_s for day in problem.days) / HOUR_S
    dearest = max(prices.walk, prices.main_road) + prices.dark + prices.ride + prices.wait
    longest_km = float(walk.max(axis=1).sum()) / 1000 if walk is not None else 0.0
    return gains + hours * dearest + prices.tired_km * longest_km


def _spends(
    problem: Problem, nodes: Sequence[Node]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return what each node uses of the budget and of each limit, and what there is of them."""
    columns = [[int(node.site in some) for node in nodes] for some, _ in problem.limits]
    capacity = [most for _, most in problem.limits]
    if problem.max_cost is not None:
        columns.append([0 if node.site is None else problem.cost[node.site] for node in nodes])
        capacity.append(problem.max_cost)
    spends = np.array(columns, dtype=np.int64).reshape(len(columns), len(nodes)).T
    return spends, np.array(capacity, dtype=np.int64)


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
                    location=i,
                    site=i,
                    option=number,
                    pauses=(),
                    open_s=window[0],
                    close_s=window[1],
                    duration_s=option.duration_s,
                    score=option.score,
                    keys=1 << i,
                    bonus=option.bonus,
                    from_s=0 if window is option.windows[0] else window[0],
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
    yield node._replace(
        pauses=(*node.pauses, number),
        open_s=ready,
        close_s=closes,
        duration_s=leave - ready,
        keys=node.keys | _break_key(problem, number),
        idle_s=node.idle_s + leave - ready - node.duration_s - pause.duration_s,
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


def _has_room(problem: Problem, node: Node, room: Room) -> bool:
    pauses_s = sum(problem.breaks[number].duration_s for number in node.pauses)
    return room.has(node.location, node.duration_s - pauses_s)


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


def stopover(node: Node, score: float = 0.0) -> Stopover:
    """Return the stop that a node of the search stands for."""
    return Stopover(node.site, node.option, node.pauses, score, node.from_s)
