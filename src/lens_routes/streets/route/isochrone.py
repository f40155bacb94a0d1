"""The streets one gets to within a time, each as far as one gets along it."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from lens_routes.streets.route.stretch import Stretch, stretch_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.geo import Point
    from lens_routes.streets.route.priced import Priced
    from lens_routes.streets.route.snap import Snap


def within(priced: Priced, origin: Snap, limit_s: float) -> Iterator[tuple[Point, ...]]:
    """Yield the lines of all streets that are reached from a spot within some seconds.

    *priced* prices what is quickest: its costs are in proportion to time.
    """
    network, rows = priced.network, priced.rows
    limit = limit_s * priced.speed_kmh / 3.6
    yield (origin.point,)
    heap: list[tuple[float, int]] = []
    for node, (cost, stretch) in priced.exits(origin).items():
        if cost <= limit:
            heappush(heap, (cost, node))
        gone = stretch.length_m * min(1.0, limit / cost if cost else 1.0)
        way = gone if stretch.end_m > stretch.begin_m else -gone
        cut = Stretch(stretch.edge, stretch.begin_m, stretch.begin_m + way)
        yield (origin.point, *stretch_line(network, cut))
    done: set[int] = set()
    while heap:
        cost, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        for end, toll, length_m, arc in rows[node] or priced.row(node):
            if cost + toll <= limit and end not in done:
                heappush(heap, (cost + toll, end))
            share = min(1.0, (limit - cost) / toll if toll else 1.0)
            edge = arc >> 1
            gone_m = length_m * share
            cut = (
                Stretch(edge, length_m, length_m - gone_m)
                if arc & 1
                else Stretch(edge, 0.0, gone_m)
            )
            yield tuple(stretch_line(network, cut))
