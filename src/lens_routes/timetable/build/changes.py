"""How long it takes to change at a stop, and which other stops can be walked to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from lens_routes.timetable.network.timetable import FORBIDDEN_S, USUAL_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.timetable.network.network import Network

#: Seconds for a change where the feed says nothing, as the benchmark contract has it.
USUAL_CHANGE_S = 120


class Changes:
    """Where one can board after alighting at a stop, and how long it takes, in seconds.

    Parameters
    ----------
    network
        The network; the least change its wishes ask for holds everywhere.
    change_s
        Seconds for a change at the same stop or within the same station where the feed says
        nothing; None for the wished ones, or the usual.
    rules
        Whether the feeds' own ``transfers.txt`` and ``pathways.txt`` are kept: longer and shorter
        changes, forbidden ones, vehicles that wait, and walks between stops.
    walks
        Gives the walks from a stop to others: seconds by stop, to which a change is added.
    afoot
        Gives the (seconds, decimetres) on foot between any two stops; without it, walks are not
        counted, and a feed's rule between two stops is believed for whoever walks.
    """

    def __init__(
        self,
        network: Network,
        change_s: int | None = None,
        *,
        rules: bool = True,
        walks: Callable[[int], Mapping[int, int]] | None = None,
        afoot: Callable[[int, int], tuple[int, int]] | None = None,
    ) -> None:
        self._network = network
        wished_s = network.wishes.min_transfer_s
        if change_s is None:
            change_s = USUAL_CHANGE_S if wished_s is None else wished_s
        self._least_s = wished_s or 0
        self._change_s = max(change_s, self._least_s)
        self._walks = walks
        self._afoot = afoot
        self._keeps_rules = rules
        self._known: dict[int, list[tuple[int, int]]] = {}
        self._ways: dict[int, list[tuple[int, int, int]]] = {}

    def at(self, stop: int) -> list[tuple[int, int]]:
        """Return (stop, seconds) of each place where one can board after alighting at *stop*."""
        known = self._known.get(stop)
        if known is None:
            known = self._known[stop] = [
                way for way in self._from(stop).items() if self._network.boardings(way[0])
            ]
        return known

    def ways(self, stop: int) -> list[tuple[int, int, int]]:
        """Return the places of `at` with the decimetres one walks to each: (stop, seconds, dm)."""
        known = self._ways.get(stop)
        if known is None:
            known = self._ways[stop] = [
                (other, seconds, self._walked(stop, other)[1]) for other, seconds in self.at(stop)
            ]
        return known

    def _walked(self, stop: int, other: int) -> tuple[int, int]:
        """Return the (seconds, decimetres) on foot between two stops; none within a station."""
        same = self._network.station(stop) == self._network.station(other)
        return (0, 0) if same or self._afoot is None else self._afoot(stop, other)

    def _from(self, stop: int) -> dict[int, int]:
        station = self._network.meant(self._network.station(stop))
        usual = dict.fromkeys(station, self._change_s)
        usual[stop] = self._change_s
        for other, seconds in (self._walks(stop) if self._walks else {}).items():
            usual.setdefault(other, seconds + self._change_s)
        paths = self._paths(stop)
        for other, seconds in paths.items():
            usual[other] = max(seconds, self._change_s)
        for other, seconds in self._rules(stop).items():
            if seconds == FORBIDDEN_S:
                usual.pop(other, None)
            elif seconds == USUAL_S:
                if other not in usual:
                    usual[other] = self._walked(stop, other)[0] + self._change_s
            else:
                walked_s = self._walked(stop, other)[0]
                usual[other] = max(seconds, walked_s + self._least_s)
        for other, seconds in paths.items():
            if seconds == FORBIDDEN_S:
                usual.pop(other, None)
        return usual

    def _rules(self, stop: int) -> dict[int, int]:
        """Return the seconds that ``transfers.txt`` asks for from a stop."""
        if not self._keeps_rules:
            return {}
        timetable, number = self._network.locate(stop)
        rows = timetable.transfer_from, timetable.transfer_to, timetable.transfer_s
        return {stop - number + other: one for other, one in _rows(*rows, number)}

    def _paths(self, stop: int) -> dict[int, int]:
        """Return the seconds by the pathways the person can take, `FORBIDDEN_S` for none."""
        if not self._keeps_rules:
            return {}
        timetable, number = self._network.locate(stop)
        free = self._network.wishes.wheelchair
        seconds = timetable.path_free_s if free else timetable.path_s
        rows = _rows(timetable.path_from, timetable.path_to, seconds, number)
        return {stop - number + other: one for other, one in rows}


def _rows(
    origins: memoryview[int], others: memoryview[int], seconds: memoryview[int], number: int
) -> Iterator[tuple[int, int]]:
    """Yield (stop, seconds) of the rows of a stop, of a table in the order of stops."""
    for row in range(bisect_left(origins, number), bisect_right(origins, number)):
        yield others[row], seconds[row]
