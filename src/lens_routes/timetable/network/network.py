"""Several timetables as one network: their stops and patterns numbered together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.timetable.network.wishes import NO_WISHES, mode_of
from lens_routes.timetable.read.feed import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens_routes.geo import Point
    from lens_routes.timetable.network.timetable import Timetable
    from lens_routes.timetable.network.wishes import Wishes


#: A wheelchair field that says no.
REFUSED = 2


class Pattern(NamedTuple):
    """A sequence of stops that runs share; ``drop`` tells where one may alight."""

    timetable: Timetable
    number: int
    stops: list[int]
    drop: list[bool]
    board: list[bool]


class Network:
    """Timetables searched together, as far as a person with certain wishes can use them.

    A stop of the network is a number: those of the first timetable come first. So do patterns.
    """

    def __init__(self, timetables: Sequence[Timetable], wishes: Wishes = NO_WISHES) -> None:
        self.timetables = tuple(timetables)
        self.wishes = wishes
        self.first_stop = [0, *accumulate(len(t.stop_id) for t in self.timetables)]
        self._first_pattern = [0, *accumulate(len(t.pattern_zone) for t in self.timetables)]
        self.stop_count = self.first_stop[-1]
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

    def zone(self, stop: int) -> str:
        """Return the time zone of a stop's timetable."""
        return self.locate(stop)[0].meta.zones[0]

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
        """Return the stops meant by one: all platforms of a station, else the stop alone.

        A stop some of whose lines have rules of their own for changing is several (`narrow`).
        """
        return self.members.get(stop) or [stop, *self._twins.get(stop, ())]

    @cached_property
    def _twins(self) -> dict[int, list[int]]:
        twins: dict[int, list[int]] = defaultdict(list)
        for base, timetable in zip(self.first_stop, self.timetables, strict=False):
            for twin, stop in zip(timetable.twin_stop, timetable.twin_of, strict=True):
                twins[base + stop].append(base + twin)
        return twins

    def usable_stop(self, stop: int) -> bool:
        """Tell whether the person can board and alight at a stop at all."""
        if not self.wishes.wheelchair:
            return True
        timetable, number = self.locate(stop)
        return timetable.stop_wheelchair[number] != REFUSED

    def inside_s(self, stop: int) -> int | None:
        """Return the seconds between the street and a stop within its station.

        None where the feed's pathways show no way for the person; 0 where it has none.
        """
        timetable, number = self.locate(stop)
        column = timetable.stop_free_s if self.wishes.wheelchair else timetable.stop_inside_s
        return None if column[number] < 0 else column[number]

    def usable_runs(self, timetable: Timetable, runs: range) -> Sequence[bool]:
        """Tell of each run whether the person can and wants to ride it."""
        if not self.wishes.selective:
            return [True] * len(runs)
        avoided = self._avoided[timetable]
        trips = timetable.part_trip
        first = timetable.run_first_part
        return [
            not any(
                timetable.trip_route[trip] in avoided
                or (self.wishes.wheelchair and timetable.trip_wheelchair[trip] == REFUSED)
                for trip in trips[first[run] : first[run + 1]]
            )
            for run in runs
        ]

    @cached_property
    def _avoided(self) -> dict[Timetable, set[int]]:
        """The numbers of the routes of each timetable that are not ridden."""
        return {
            timetable: {
                route
                for route, kind in enumerate(timetable.route_kind)
                if mode_of(kind) in self.wishes.avoid_modes
            }
            for timetable in self.timetables
        }

    def boardings(self, stop: int) -> list[tuple[int, int]]:
        """Return (pattern, position) of every place where one can board at a stop."""
        known = self._boardings.get(stop)
        if known is None:
            index = bisect_right(self.first_stop, stop) - 1
            timetable, number = self.timetables[index], stop - self.first_stop[index]
            begin = timetable.stop_first_boarding[number]
            end = timetable.stop_first_boarding[number + 1]
            base = self._first_pattern[index]
            places = range(begin, end) if self.usable_stop(stop) else ()
            known = self._boardings[stop] = [
                (base + timetable.boarding_pattern[i], timetable.boarding_position[i])
                for i in places
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
            stops = [base + stop for stop in timetable.visit_stop[visits]]
            usable = list(map(self.usable_stop, stops))
            known = self._patterns[number] = Pattern(
                timetable,
                own,
                stops,
                _allowed(timetable.visit_drop[visits], usable),
                _allowed(timetable.visit_pickup[visits], usable),
            )
        return known


def _allowed(codes: Iterable[int], usable: Iterable[bool]) -> list[bool]:
    return [code != NONE and can for code, can in zip(codes, usable, strict=True)]
