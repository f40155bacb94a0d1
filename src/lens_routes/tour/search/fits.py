"""Find what fits where in a day: every visit in every gap, each tested in constant time.

Along a day every stop knows when its visit *begins* and the *latest* moment it could begin with
the rest of the day still working. A visit *u* fits between *a* and *b* exactly if it begins inside
its window and *b* is then reached by its latest moment; nothing further along need be looked at
(M. W. P. Savelsbergh, "The vehicle routing problem with time windows: minimizing route duration",
ORSA Journal on Computing 4 (1992), 146-154). numpy asks that for all visits and all gaps at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lens_routes.tour.search.route_effort import nights
from lens_routes.tour.search.tolls import Tolls

if TYPE_CHECKING:
    import numpy.typing as npt

    from lens_routes.tour.search.nodes import Nodes

    Floats = npt.NDArray[np.float32]
    Positions = npt.NDArray[np.intp]

#: What travelling longer costs beside the delay it causes: it breaks the tie between visits that
#: fit into a wait, and keeps the walks short.
DETOUR_WEIGHT = 0.2


class Fits(NamedTuple):
    """The visits that fit into gaps of a day, one entry for each visit and gap.

    ``delay_s`` is how much later the next stop begins, one second and some of the detour added;
    ``effort`` what the visit adds to the way, None where the way costs nothing.
    """

    node: Positions
    gap: Positions
    delay_s: Floats
    effort: Floats | None


@dataclass(slots=True)
class Route:
    """One day: its stops with start and end, and their times in seconds.

    It is never changed but by what is worked out about it when first asked for.
    """

    stops: list[int]
    begin: list[int]
    latest: list[int]
    walk_m: float = 0.0
    visits: int = 0
    effort: float | None = field(default=None, compare=False)
    fits: Fits | None = field(default=None, compare=False)


class Fitting:
    """Finds what fits into the gaps of routes.

    Parameters
    ----------
    nodes
        The problem.
    """

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        count = self._count = nodes.count
        self._arriving = np.ascontiguousarray(nodes.travel[:, :count])
        self._onward = np.ascontiguousarray(nodes.onward[:, :count])
        self._open = np.array(nodes.open_s[:count], dtype=np.float32)
        self._close = np.array(nodes.close_s[:count], dtype=np.float32)
        self._lengths = np.array(nodes.duration_s, dtype=np.float32)
        self._tolls = None if nodes.legs is None else Tolls(nodes)
        self._nights = nights(nodes)

    def fits(self, day: int, route: Route) -> Fits:
        """Return what fits into a day, visits that are in some day already included."""
        stops = np.array(route.stops)
        before, after = stops[:-1], stops[1:]
        begin, latest = np.array((route.begin, route.latest), dtype=np.float32)
        onward = self._onward.take(after, axis=0)
        clock = self._arriving.take(before, axis=0)
        detour = clock + onward
        clock += (begin + self._lengths.take(stops))[:-1, None]
        waits = None
        if self._tolls is not None:
            waits = np.maximum(self._open - clock, np.float32(0.0))
        np.maximum(clock, self._open, out=clock)
        fits = clock <= self._close
        clock += onward
        fits &= clock <= latest[1:, None]
        detour_m = None
        if self._nodes.walk is not None:
            detour_m = self._walk_detour(self._nodes.walk, before, after)
            if self._nodes.problem.max_walk_m is not None:
                fits &= detour_m <= self._nodes.problem.max_walk_m - route.walk_m
        found = fits.ravel().nonzero()[0]
        gap = found // self._count
        node = found - gap * self._count
        effort = None
        if self._tolls is not None and waits is not None:
            times = begin, waits, clock
            added = self._tolls.added(stops, times)
            if self._nights[day]:
                added += self._tolls.dark(day, stops, times)
            if detour_m is not None:
                added += self._tolls.tired(route.walk_m, detour_m)
            effort = added.take(found)
        # One second more, so that none divides by zero.
        delay = np.maximum(clock.take(found) - (begin[1:] - np.float32(1.0)).take(gap), 1.0)
        delay += np.float32(DETOUR_WEIGHT) * detour.take(found)
        return Fits(node, gap, delay, effort)

    def _walk_detour(self, walk: Floats, before: Positions, after: Positions) -> Floats:
        detour: Floats = walk[before, : self._count] + walk.T[after, : self._count]
        detour -= walk[before, after][:, None]
        return detour
