"""Say when one arrives: from any stop of a day, leaving at any moment, at every node at once.

Stops of a day are numbered as its *rows*: the nodes that may be visited on it, then its start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from lens_routes.tour.problem import HourlyTimes
from lens_routes.tour.search.nodes import NEVER_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from lens_routes.tour.problem import Moments
    from lens_routes.tour.search.nodes import Nodes

    Ints = npt.NDArray[np.int32]
    Positions = npt.NDArray[np.intp]
    Table = npt.NDArray[np.floating]


def nodes_of(nodes: Nodes, day: int) -> Positions:
    """Return the nodes whose window leaves time for them on a day; all where there are none."""
    plan = nodes.problem.days[day]
    mine = [
        number
        for number, node in enumerate(nodes.nodes)
        if max(node.open_s, plan.depart_s) + node.duration_s <= plan.deadline_s
        and plan.depart_s <= node.close_s
    ]
    return np.array(mine or range(nodes.count), dtype=np.intp)


class Ways(Protocol):
    """When one arrives. Whoever leaves a row later does not arrive earlier."""

    def arrivals(self, rows: Ints, clocks: Ints) -> Ints:
        """Return when one arrives at each node, leaving rows at some clock: shape (rows, nodes)."""
        ...

    def home(self, rows: Ints, clocks: Ints) -> Ints:
        """Return when one arrives at the end of the day."""
        ...


class StaticWays:
    """Ways that take the same time at any hour.

    Parameters
    ----------
    onto, home
        Seconds from each row to each node, and to the end of the day.
    """

    def __init__(self, onto: Ints, home: Ints) -> None:
        self._onto, self._home = onto, home

    def arrivals(self, rows: Ints, clocks: Ints) -> Ints:
        """Return when one arrives at each node."""
        return self._onto[rows] + clocks[:, None]

    def home(self, rows: Ints, clocks: Ints) -> Ints:
        """Return when one arrives at the end of the day."""
        return self._home[rows] + clocks


class HourlyWays:
    """Ways whose times depend on the hour.

    Parameters
    ----------
    nodes, day
        The problem, and one of its days.
    travel
        Its travel times.
    """

    def __init__(self, nodes: Nodes, day: int, travel: HourlyTimes) -> None:
        self._travel, self._end = travel, np.array([nodes.problem.days[day].end])
        mine = nodes_of(nodes, day)
        targets = [nodes.nodes[node].location for node in mine]
        self._goes_on = nodes.goes_on[[*mine, -1]]
        self._places = [*targets, nodes.problem.days[day].start]
        self._targets, self._column = np.unique(np.array(targets, dtype=int), return_inverse=True)

    def arrivals(self, rows: Ints, clocks: Ints) -> Ints:
        """Return when one arrives at each node."""
        found = np.empty((len(rows), len(self._targets)), dtype=np.int32)
        for here, which, departs in self._leaving(rows, clocks):
            found[which] = self._travel.arrivals(here, self._targets, departs)
        arrivals: Ints = found[:, self._column]
        inner = np.nonzero(rows < len(self._column))[0]
        arrivals[inner, rows[inner]] = NEVER_S
        return arrivals

    def home(self, rows: Ints, clocks: Ints) -> Ints:
        """Return when one arrives at the end of the day."""
        found = np.empty(len(rows), dtype=np.int32)
        for here, which, departs in self._leaving(rows, clocks):
            found[which] = self._travel.arrivals(here, self._end, departs)[:, 0]
        found[self._goes_on[rows]] = NEVER_S
        return found

    def _leaving(self, rows: Ints, clocks: Ints) -> Iterator[tuple[int, Positions, Moments]]:
        """Yield each location left, at which positions of *rows*, and when."""
        for row in np.unique(rows):
            which = np.nonzero(rows == row)[0]
            yield self._places[row], which, clocks[which].astype(np.int64)


def ways_of(nodes: Nodes, day: int) -> Ways:
    """Return the ways of a day, true to the second."""
    if isinstance(nodes.problem.travel, HourlyTimes):
        return HourlyWays(nodes, day, nodes.problem.travel)
    mine = nodes_of(nodes, day)
    return merged_ways(nodes, day, mine, np.arange(len(mine), dtype=np.int32))


def merged_ways(nodes: Nodes, day: int, mine: Positions, region: Ints) -> Ways:
    """Return ways from regions of some nodes: from whichever of its nodes is the nearest."""
    onto, home = least_by_region(nodes, nodes.travel, day, (mine, region), NEVER_S)
    return StaticWays(onto.astype(np.int32), home.astype(np.int32))


def least_by_region(
    nodes: Nodes, table: Table, day: int, regions: tuple[Positions, Ints], never: float
) -> tuple[Table, Table]:
    """Return the least of a table of (stop, stop) from each region, and from the start of a day.

    Parameters
    ----------
    regions
        Some nodes, and the region of each.
    never
        What it takes from a node to itself.

    Returns
    -------
    onto, home
        The least to each of the nodes other than itself, shape (regions + 1, nodes), and to the
        end of the day, shape (regions + 1,).
    """
    mine, region = regions
    among = table[np.ix_(mine, mine)]
    np.fill_diagonal(among, never)
    order = np.argsort(region, kind="stable")
    firsts = np.searchsorted(region[order], np.arange(region.max(initial=-1) + 1))
    start, end = nodes.start(day), nodes.end(day)
    return (
        np.concatenate((np.minimum.reduceat(among[order], firsts), table[None, start, mine])),
        np.concatenate(
            (np.minimum.reduceat(table[mine[order], end], firsts), table[None, start, end])
        ),
    )
