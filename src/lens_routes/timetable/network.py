"""Several timetables as one network: their stops and patterns numbered together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lens_routes.timetable.feed import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.geo import Point
    from lens_routes.timetable.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sequence of stops that runs share; ``drop`` tells where one may alight."""

    timetable: Timetable
    number: int
    stops: list[int]
    drop: list[bool]
    board: list[bool]


class Network:
    """Timetables searched together.

    A stop of the network is a number: those of the first timetable come first. So do patterns.
    """

    def __init__(self, timetables: Sequence[Timetable]) -> None:
        self.timetables = tuple(timetables)
        self.first_stop = [0, *accumulate(len(t.stop_id) for t in self.timetables)]
        self._first_pattern = [0, *accumulate(len(t.pattern_zone) for t in self.timetables)]
        self.stop_count = self.first_stop[-1]
        self.pattern_count = self._first_pattern[-1]
        self._boardings: dict[int, list[tuple[int, int]]] = {}
        self._patterns: dict[int, Pattern] = {}

    def locate(self, stop: int) -> tuple[Timetable, int]:
        """Return the timetable of a stop and its number there."""
        index = bisect_right(self.first_stop, stop) - 1
        return self.timetables[index], stop - self.first_stop[index]

    def name(self, stop: int) -> str:
        """Return the name of a stop."""
        timetable, number = self.locate(stop)
        return timetable.text(timetable.stop_name[number])

    def point(self, stop: int) -> Point | None:
        """Return where a stop is, None where its feed does not say."""
        timetable, number = self.locate(stop)
        return timetable.point(number)

    def station(self, stop: int) -> int:
        """Return the station of a stop: its outermost parent, itself without one."""
        timetable, number = self.locate(stop)
        return timetable.stop_station[number] + stop - number

    @cached_property
    def members(self) -> dict[int, list[int]]:
        """The stops of each station, the station's own number among them."""
        members: dict[int, list[int]] = defaultdict(list)
        for base, timetable in zip(self.first_stop, self.timetables, strict=False):
            for number, station in enumerate(timetable.stop_station):
                members[base + station].append(base + number)
        return members

    def meant(self, stop: int) -> list[int]:
        """Return the stops meant by one: all platforms of a station, else the stop alone."""
        return self.members.get(stop, [stop])

    def boardings(self, stop: int) -> list[tuple[int, int]]:
        """Return (pattern, position) of every place where one can board at a stop."""
        known = self._boardings.get(stop)
        if known is None:
            index = bisect_right(self.first_stop, stop) - 1
            timetable, number = self.timetables[index], stop - self.first_stop[index]
            begin = timetable.stop_first_boarding[number]
            end = timetable.stop_first_boarding[number + 1]
            base = self._first_pattern[index]
            known = self._boardings[stop] = [
                (base + timetable.boarding_pattern[i], timetable.boarding_position[i])
                for i in range(begin, end)
            ]
        return known

    def pattern(self, number: int) -> Pattern:
        """Return a pattern."""
        known = self._patterns.get(number)
        if known is None:
            index = bisect_right(self._first_pattern, number) - 1
            timetable, own = self.timetables[index], number - self._first_pattern[index]
            visits = slice(
                timetable.pattern_first_visit[own], timetable.pattern_first_visit[own + 1]
            )
            base = self.first_stop[index]
            known = self._patterns[number] = Pattern(
                timetable,
                own,
                [base + stop for stop in timetable.visit_stop[visits]],
                [code != NONE for code in timetable.visit_drop[visits]],
                [code != NONE for code in timetable.visit_pickup[visits]],
            )
        return known
