"""How long it takes at least to a destination, whatever the day: what no search need look at.

Where even the fastest run of every line, with no wait at all, is too late, there is nothing to look
for. That is found on a graph of areas: vehicles run between them, within one it is free to change.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M
from lens_routes.timetable.network.timetable import NOWHERE_E7

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.timetable.network.network import Network


class Shortest:
    """The least seconds between stops.

    Parameters
    ----------
    network
        The timetables.
    walk_m
        Stops within so many metres in a straight line may be changed between.
    """

    def __init__(self, network: Network, walk_m: float) -> None:
        self._network = network
        self._walk_m = walk_m

    @cached_property
    def _area(self) -> list[int]:
        """The area of each stop."""
        return _areas(self._network, self._walk_m)

    @cached_property
    def _before(self) -> list[list[tuple[int, int]]]:
        """By area, those one hop before and the least seconds from them."""
        area, network = self._area, self._network
        least: dict[tuple[int, int], int] = {}
        for base, one in zip(network.first_stop, network.timetables, strict=False):
            for origin, stop, seconds in zip(one.hop_from, one.hop_to, one.hop_s, strict=True):
                way = area[base + origin], area[base + stop]
                least[way] = min(seconds, least.get(way, seconds))
        before: list[list[tuple[int, int]]] = [[] for _ in area]
        for (origin, stop), seconds in least.items():
            before[stop].append((origin, seconds))
        return before

    def to(self, egress: Mapping[int, int], within_s: int) -> list[int]:
        """Return for each stop the least seconds to a destination, more than *within_s* beyond.

        Parameters
        ----------
        egress
            Seconds from a stop to the destination.
        within_s
            How far to look.
        """
        before = self._before
        least = [within_s + 1] * len(before)
        # By minute, the areas reached then: among so few hours that is quicker than a heap.
        reached: list[list[int]] = [[] for _ in range(within_s // 60 + 1)]
        for stop, seconds in egress.items():
            if seconds < least[self._area[stop]]:
                least[self._area[stop]] = seconds
                reached[seconds // 60].append(self._area[stop])
        for minute, areas in enumerate(reached):
            for area in areas:
                so_far = least[area]
                if so_far // 60 == minute:
                    for other, hop_s in before[area]:
                        seconds = so_far + hop_s
                        if seconds < least[other]:
                            least[other] = seconds
                            reached[seconds // 60].append(other)
        return [least[area] for area in self._area]


def _areas(network: Network, walk_m: float) -> list[int]:
    """Return for each stop the area it is in: one may change, perhaps by way of others, within."""
    area = list(range(network.stop_count))

    def root(stop: int) -> int:
        while area[stop] != stop:
            area[stop] = stop = area[area[stop]]
        return stop

    for a, b in _changes(network, walk_m):
        area[root(a)] = root(b)
    return [root(stop) for stop in area]


def _changes(network: Network, walk_m: float) -> Iterator[tuple[int, int]]:
    """Yield pairs of stops between which one may change: those of a station, by rule, near ones."""
    cells: dict[tuple[float, float], int] = {}
    # As many degrees as the walk has at the latitude where they are most, in 1e-7.
    across = math.degrees(walk_m / EARTH_RADIUS_M) * 1e7
    farthest = max(max(map(abs, one.stop_lat_e7), default=0) for one in network.timetables)
    along = across / max(0.01, math.cos(math.radians(farthest / 1e7)))
    for base, one in zip(network.first_stop, network.timetables, strict=False):
        places = zip(one.stop_lon_e7, one.stop_lat_e7, one.stop_station, strict=True)
        for number, (lon, lat, station) in enumerate(places, base):
            if lon != NOWHERE_E7:
                yield number, cells.setdefault((lon // along, lat // across), number)
            if base + station != number:
                yield number, base + station
        for a, b in zip(one.transfer_from, one.transfer_to, strict=True):
            yield base + a, base + b
    for (x, y), stop in cells.items():
        for dx, dy in ((0, 1), (1, -1), (1, 0), (1, 1)):
            if (x + dx, y + dy) in cells:
                yield stop, cells[x + dx, y + dy]
