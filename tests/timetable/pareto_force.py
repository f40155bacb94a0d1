"""Another way to the same Pareto sets: every hop of every trip, keeping all that nothing beats.

It shares nothing with the program but what it is told of walks. Like `brute_force`, it scans the
hops in order of departure; but for each trip it remembers every (rides, walked) with which one may
sit in it, and for each stop every (time, rides, walked) with which one can board there.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.timetable.brute_force import BruteForce

    #: Seconds and decimetres by stop.
    Walks = Mapping[str, tuple[int, int]]


def front(values: Iterable[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Return the values that no other beats; less is better in each place."""
    kept = set(values)
    return {
        one
        for one in kept
        if not any(
            other != one and all(a <= b for a, b in zip(other, one, strict=True)) for other in kept
        )
    }


class ParetoForce:
    """Asks a feed for all that nothing beats, door to door."""

    def __init__(
        self,
        brute: BruteForce,
        access: Walks,
        egress: Walks,
        near: Mapping[str, Walks],
        change_s: int,
    ) -> None:
        self.brute = brute
        self.access, self.egress, self.near = access, egress, near
        self.change_s = change_s

    def hops(self, begin: int, end: int):  # type: ignore[no-untyped-def]  # rows of BruteForce
        day = dt.datetime.fromtimestamp(begin, self.brute.zone).date()
        rows = [hop for n in (-1, 0, 1) for hop in self.brute.hops(day + dt.timedelta(days=n))]
        return sorted(hop for hop in rows if begin <= hop[0] <= end)

    def leaving(
        self, leave: int, until: int, *, longest_wait_s: int = 86400
    ) -> set[tuple[int, int, int]]:
        """Return the best (arrival, rides, walked) of leaving the origin at a POSIX time.

        Before the first ride one waits at most *longest_wait_s*.
        """
        ready: dict[str, set[tuple[int, int, int]]] = defaultdict(set)
        for stop, (seconds, walked) in self.access.items():
            ready[stop].add((leave + seconds, 0, walked))
        seated: dict[str, set[tuple[int, ...]]] = defaultdict(set)
        there = set()
        for leaves, arrives, _, trip, a, b, boards, alights in self.hops(leave, until):
            if boards:
                seated[trip] |= {
                    (r + 1, w)
                    for time, r, w in ready[a]
                    if time <= leaves and (r or leaves - time <= longest_wait_s)
                }
                seated[trip] = front(seated[trip])
            if not alights:
                continue
            for rides, walked in seated[trip]:
                if b in self.egress:
                    seconds, metres = self.egress[b]
                    there.add((arrives + seconds, rides, walked + metres))
                for other, (seconds, metres) in self.changes(b).items():
                    ready[other].add((arrives + seconds, rides, walked + metres))
        return {one for one in front(there) if one[0] <= until}  # type: ignore[misc]

    def changes(self, stop: str) -> dict[str, tuple[int, int]]:
        own = self.brute.group[self.brute.root(stop)]
        ways = {
            other: (seconds + self.change_s, metres)
            for other, (seconds, metres) in self.near.get(stop, {}).items()
            if other not in own
        }
        return ways | dict.fromkeys(own, (self.change_s, 0))

    def moments(self, begin: int, end: int) -> list[int]:
        """Return the POSIX times at which it is worth leaving: just in time for a departure."""
        found = {
            leaves - self.access[a][0]
            for leaves, _, _, _, a, _, boards, _ in self.hops(begin, end + 4 * 3600)
            if boards and a in self.access
        }
        return sorted(one for one in found if begin <= one <= end)
