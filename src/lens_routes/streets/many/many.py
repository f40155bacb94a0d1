"""Ways between every two of many spots, or from some of them, measured all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.streets.many.contract import contracted
from lens_routes.streets.many.links import MEASURES, links_between
from lens_routes.streets.many.window import windows
from lens_routes.streets.network.arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from lens_routes.streets.many.links import Bools, Floats, Ints, Links, Ways
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap

#: From so many spots, searches are worth taking nodes out before.
WORTH_CONTRACTING = 30
#: Nodes that searches side by side may keep, which bounds their memory: 12 bytes each.
MOST_KEPT = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The way from each origin to each spot, shape (origins, spots); infinite where there is none.

    ``steps_m`` and ``main_road_m`` are the metres of ``distance_m`` on steps and main roads;
    ``gaps_m``, which are not part of it, those between the streets and what was asked for.
    """

    distance_m: Floats
    seconds: Floats
    steps_m: Floats
    main_road_m: Floats
    ascent_m: Floats
    descent_m: Floats
    gaps_m: Floats

    def turned(self) -> Table:
        """Return the table with the origins as columns."""
        return Table(*(getattr(self, name).T for name in self.__slots__))


def many_to_many(
    priced: Priced,
    spots: Sequence[Snap],
    progress: Callable[[int, int], None] | None = None,
    origins: int | None = None,
    *,
    back: bool = False,
) -> Table:
    """Measure the ways that `shortest` finds between every two spots, in both directions.

    The streets around the spots are searched, and those farther away as long as they may matter.

    Parameters
    ----------
    priced
        The network and the prices that choose the ways.
    spots
        The spots, in the order of the rows and columns of the answer.
    progress
        Told now and then from how many spots the ways are known, and of how many.
    origins
        How many of the spots, the first, are to have a row; all if None.
    back
        Whether a row holds the ways that lead there, not those away.
    """
    if not spots:
        return Table(*np.empty((len(MEASURES) + 1, 0, 0)))
    count = len(spots) if origins is None else origins
    beside = [number for number, spot in enumerate(spots) if spot.aside]
    ends = [*spots, *(spot.aside for spot in spots if spot.aside)]
    rows = [*range(count), *(n for n, of in enumerate(beside, len(spots)) if of < count)]
    for window in windows(priced, ends):
        costs, sums = _measured(priced, ends, rows, window.inside, progress, back=back)
        # Nobody looks for a way from a small piece of network to all the others.
        asked = costs[:count, : len(spots)]
        if (asked <= window.least_outside(rows[:count], len(spots))).all():
            break
    gaps_m = np.array([spot.gap_m for spot in ends])
    sums = np.concatenate((sums, (gaps_m[rows, None] + gaps_m)[None]))
    small = sums[:, count:, len(spots) :]
    among = np.ix_(range(len(sums)), [of for of in beside if of < count], beside)
    # Between two spots beside one small piece of network one stays on that piece.
    sums[among] = np.where(np.isfinite(small[0]), small, sums[among])
    return Table(*sums[:, :count, : len(spots)])


def _measured(
    priced: Priced,
    spots: Sequence[Snap],
    rows: Sequence[int],
    inside: Bools,
    progress: Callable[[int, int], None] | None,
    *,
    back: bool,
) -> tuple[Floats, Floats]:
    """Return the costs from some spots to all by the streets *inside*, and all measures."""
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  # costs most of a second

    links, ways = links_between(priced, inside, spots)
    if back:
        links = links.turned()
    nodes = np.arange(links.nodes - len(spots), links.nodes)
    if len(rows) > WORTH_CONTRACTING:
        links, nodes = contracted(links, ways, nodes)
    graph = links.matrix()
    costs = np.full((len(rows), len(spots)), np.inf)
    sums = np.full((len(MEASURES), *costs.shape), np.inf)
    for some in _batches(len(rows), max(1, MOST_KEPT // links.nodes)):
        origins = nodes[np.asarray(rows)[some]]
        cost, before = dijkstra(graph, directed=True, indices=origins, return_predecessors=True)
        costs[some] = cost[:, nodes]
        sums[:, some] = _sums(links, ways, origins, nodes, before)
        if progress:
            progress(some.stop, len(rows))
    return costs, sums


def _batches(count: int, size: int) -> Iterator[slice]:
    return (slice(begin, min(begin + size, count)) for begin in range(0, count, size))


def _sums(
    links: Links, ways: Ways, origins: Ints, goals: Ints, before: NDArray[np.int32]
) -> Floats:
    """Return the measures of the ways from origins to goals, by what comes *before* each node.

    All ways are followed back side by side, a link at a time.
    """
    keys = links.tail * links.nodes + links.head
    row, node = np.indices((len(origins), len(goals))).reshape(2, -1)
    node = goals[node]
    found = np.zeros((len(row), len(MEASURES)))
    found[(before[row, node] < 0) & (node != origins[row])] = np.inf
    way = np.flatnonzero(before[row, node] >= 0)
    steps: list[tuple[Ints, Ints]] = []
    while len(way):
        tail = before[row[way], node[way]].astype(np.int64)
        steps.append((way, np.searchsorted(keys, tail * links.nodes + node[way])))
        node[way] = tail
        way = way[tail != origins[row[way]]]
    used = distinct(np.empty(0, dtype=np.int64), *(link for _, link in steps))
    measures = np.empty((len(keys), len(MEASURES)))
    measures[used] = ways.measures(links.way[used])
    for way, link in steps:
        found[way] += measures[link]
    return found.T.reshape(len(MEASURES), len(origins), len(goals))
