"""Price visits put into gaps: the effort they add, for all visits and all gaps of a day at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lens_routes.tour.effort import HOUR_S

if TYPE_CHECKING:
    import numpy.typing as npt

    from lens_routes.tour.search.nodes import Nodes

    Floats = npt.NDArray[np.float32]


class Tolls:
    """The effort that visits put into gaps add, for all visits and all gaps of a route at once.

    Parameters
    ----------
    nodes
        A problem whose ways cost something.
    """

    def __init__(self, nodes: Nodes) -> None:
        count, prices = nodes.count, nodes.problem.prices
        self._legs = np.array(nodes.legs, dtype=np.float32)
        self._onto = np.ascontiguousarray(self._legs[:, :count])
        self._from = np.ascontiguousarray(self._legs.T[:, :count])
        idle_s = [node.idle_s for node in nodes.nodes]
        rest = [0] * (len(nodes.places) - count)
        # What is left of one's patience with each stop.
        self._patience = prices.patience_s - np.array(idle_s + rest, dtype=np.float32)
        self._open = np.array(nodes.open_s, dtype=np.float32)
        self._wait = np.float32(prices.wait / HOUR_S)
        self._prices = prices
        self._count = count
        self._hours, self._lengths = nodes.hours, nodes.duration_s
        self._lengths32 = np.array(nodes.duration_s, dtype=np.float32)
        self._travel, self._light = nodes.travel, nodes.problem.light

    def added(self, stops: npt.NDArray[np.intp], times: tuple[Floats, Floats, Floats]) -> Floats:
        """Return what visits add to the legs and waits next to them.

        Parameters
        ----------
        stops
            The stops of the route, start and end included.
        times
            When they begin; how long one would wait for each visit in each gap; and when one would
            then be at what follows.
        """
        begin, waits, arrive = times
        before, after = stops[:-1], stops[1:]
        added: Floats = self._onto.take(before, axis=0) + self._from.take(after, axis=0)
        added -= self._legs[before, after][:, None]
        if not self._wait:
            return added
        # Who would wait for the first stop leaves later.
        waits = waits.copy()
        waits[0] = 0.0
        waits -= self._patience[: self._count]
        np.maximum(waits, np.float32(0.0), out=waits)
        patience = self._patience[after]
        old = begin[1:] - begin[:-1] - self._spans(before, after)
        old[0] = 0.0
        old = np.maximum(old - patience, np.float32(0.0))
        new = np.maximum(self._open[after][:, None] - arrive, np.float32(0.0))
        new -= patience[:, None]
        np.maximum(new, np.float32(0.0), out=new)
        waits += new
        waits -= old[:, None]
        waits *= self._wait
        added += waits
        return added

    def dark(
        self, day: int, stops: npt.NDArray[np.intp], times: tuple[Floats, Floats, Floats]
    ) -> Floats:
        """Return what visits add to walking in the dark; see `added`.

        Only the legs next to them are counted, not what comes later for them.
        """
        begin, waits, arrive = times
        before, after = stops[:-1], stops[1:]
        onto, back = self._travel[before, : self._count], self._travel.T[after, : self._count]
        depart = (begin[:-1] + self._lengths32.take(before))[:, None]
        late = np.zeros_like(waits)
        # Who would wait for the first stop leaves later.
        late[0] = waits[0]
        dark = self._dark_s(day, depart + late, onto) + self._dark_s(day, arrive - back, back)
        spans = self._travel[before, after]
        dark -= self._dark_s(day, begin[1:] - spans, spans)[:, None]
        dark *= np.float32(self._prices.in_the_dark / HOUR_S)
        return dark

    def _dark_s(self, day: int, depart: Floats, leg_s: Floats) -> Floats:
        dawn, dusk = self._light[day]
        light = np.minimum(depart + leg_s, dusk) - np.maximum(depart, dawn)
        dark: Floats = leg_s - np.clip(light, np.float32(0.0), leg_s)
        return dark

    def _spans(self, before: npt.NDArray[np.intp], after: npt.NDArray[np.intp]) -> Floats:
        hours, lengths = self._hours, self._lengths
        spans = [lengths[a] + hours[a][b] for a, b in zip(before, after, strict=True)]
        return np.array(spans, dtype=np.float32)

    def tired(self, walk_m: float, detour_m: Floats) -> Floats:
        """Return what detours add beyond the metres a day's legs like."""
        over_m = walk_m - self._prices.fresh_m
        more: Floats = np.maximum(detour_m + np.float32(over_m), np.float32(0.0))
        more -= np.float32(max(over_m, 0.0))
        more *= np.float32(self._prices.tired_km / 1000)
        return more
