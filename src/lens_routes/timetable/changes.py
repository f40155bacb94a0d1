"""How long it takes to change at a stop, and which other stops can be walked to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lens_routes.timetable.timetable import FORBIDDEN_S, USUAL_S

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lens_routes.timetable.network import Network

#: Seconds for a change where the feed says nothing, as the benchmark contract has it.
USUAL_CHANGE_S = 120


class Changes:
    """Where one can board after alighting at a stop, and how long it takes, in seconds.

    Parameters
    ----------
    network
        The network.
    change_s
        Seconds for a change at the same stop or within the same station, and the least any takes.
    rules
        Whether the feeds' own ``transfers.txt`` is kept: longer changes, forbidden ones, vehicles
        that wait, and walks between stops.
    walks
        Gives the walks from a stop to others: seconds by stop, to which a change is added.
    """

    def __init__(
        self,
        network: Network,
        change_s: int = USUAL_CHANGE_S,
        *,
        rules: bool = True,
        walks: Callable[[int], Mapping[int, int]] | None = None,
    ) -> None:
        self._network = network
        self._change_s = change_s
        self._walks = walks
        self._rules = _rules(network) if rules else {}
        self._known: dict[int, list[tuple[int, int]]] = {}

    def at(self, stop: int) -> list[tuple[int, int]]:
        """Return (stop, seconds) of each place where one can board after alighting at *stop*."""
        known = self._known.get(stop)
        if known is None:
            known = self._known[stop] = list(self._from(stop).items())
        return known

    def _from(self, stop: int) -> dict[int, int]:
        station = self._network.meant(self._network.station(stop))
        usual = dict.fromkeys(station, self._change_s)
        usual[stop] = self._change_s
        for other, seconds in (self._walks(stop) if self._walks else {}).items():
            usual.setdefault(other, seconds + self._change_s)
        for other, seconds in self._rules.get(stop, {}).items():
            if seconds == FORBIDDEN_S:
                usual.pop(other, None)
            elif seconds != USUAL_S:
                usual[other] = seconds
        return usual


def _rules(network: Network) -> dict[int, dict[int, int]]:
    rules: dict[int, dict[int, int]] = defaultdict(dict)
    for base, timetable in zip(network.first_stop, network.timetables, strict=False):
        for tail, head, seconds in zip(
            timetable.transfer_from, timetable.transfer_to, timetable.transfer_s, strict=True
        ):
            rules[base + tail][base + head] = seconds
    return rules
