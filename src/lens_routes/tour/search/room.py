"""Which visits have room in a day beside all that has to be in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from lens_routes.tour.problem import Problem

    Seconds = npt.NDArray[np.int64]

#: The way through so many required sites is looked at in every order; the others only take time.
MOST_ORDERED = 4


@dataclass(frozen=True, slots=True)
class Room:
    """The seconds that a day has, and those of the shortest way through its musts.

    ``alone_s`` is that way, ``beside_s`` the way by each location besides; ``left_s`` is what the
    day has for ways once its breaks and the shortest visits of its musts, ``least_s``, are made.
    """

    left_s: int
    alone_s: int
    beside_s: Seconds
    least_s: dict[int, int]

    def has(self, location: int, visit_s: int) -> bool:
        """Tell whether there is time for a visit of so many seconds, breaks after it aside."""
        if location in self.least_s:
            return self.alone_s + visit_s - self.least_s[location] <= self.left_s
        return int(self.beside_s[location]) + visit_s <= self.left_s


def room_of(problem: Problem, rows: Seconds) -> Room | None:
    """Return the room of a single day, whatever the hours; None where its musts alone have none.

    *rows* are the travel times from location to location, or the least there are, seconds.
    """
    if len(problem.days) > 1:
        return None
    day = problem.days[0]
    least_s = np.array(
        [min(o.duration_s for o in s.options) for s in problem.sites], dtype=rows.dtype
    )
    musts = {
        number: int(least_s[number])
        for number, site in enumerate(problem.sites)
        if site.id in problem.must
    }
    some = list(musts)[:MOST_ORDERED]
    alone_s, beside_s = _through(some, day.start, day.end, rows, least_s)
    pauses_s = sum(pause.duration_s for pause in problem.breaks)
    left_s = day.deadline_s - day.depart_s - pauses_s - sum(musts.values())
    return Room(left_s, alone_s, beside_s, musts) if alone_s <= left_s else None


def _through(
    stops: Sequence[int], start: int, end: int, rows: Seconds, least_s: Seconds
) -> tuple[int, Seconds]:
    """Return the seconds of the shortest way through some stops, and by each location besides."""
    towards = {stop: _quickest(rows, stop, least_s) for stop in (start, *stops)}
    onwards = {stop: _quickest(rows.T, stop, least_s) for stop in (*stops, end)}

    def ways() -> Iterator[tuple[int, Seconds]]:
        for order in permutations(stops):
            legs = list(pairwise((start, *order, end)))
            whole_s = sum(int(towards[a][b]) for a, b in legs)
            aside_s = [towards[a] + onwards[b] - towards[a][b] for a, b in legs]
            yield whole_s, whole_s + np.minimum.reduce(aside_s)

    alone_s, beside_s = zip(*ways(), strict=True)
    return min(alone_s), np.minimum.reduce(beside_s)


def _quickest(rows: Seconds, origin: int, least_s: Seconds) -> Seconds:
    """Return the least seconds from a location to each, visits on the way included.

    Where a table has it that a way is shorter by another place, that place is visited.
    """
    known_s: Seconds = rows[origin]
    sites = len(least_s)
    while True:
        by_others_s = (known_s[:sites] + least_s)[:, None] + rows[:sites]
        quicker_s: Seconds = np.minimum(known_s, by_others_s.min(axis=0, initial=known_s.max()))
        if np.array_equal(quicker_s, known_s):
            return known_s
        known_s = quicker_s
