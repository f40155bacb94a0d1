"""The runs of a few service days in one order of time: what a search rides on."""

from __future__ import annotations

import datetime as dt
import sys
from itertools import pairwise
from operator import le
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.timetable.network.network import Network, Pattern

_DAY_S = 24 * 3600


class Lane(NamedTuple):
    """Runs of one pattern of which none overtakes another, in order of time.

    ``first`` is the number of its first run in the timeline; those after it count on from there.
    Times are POSIX seconds. ``arrivals[r][i]`` and ``departures[r][i]`` are those of run *r* at
    position *i*; ``columns[i][r]`` is ``departures[r][i]`` again, to be searched; ``runs[r]`` is
    its number in the timetable and its service day.
    """

    first: int
    arrivals: Sequence[list[int]]
    departures: Sequence[list[int]]
    columns: Sequence[tuple[int, ...]]
    runs: Sequence[tuple[int, dt.date]]


class _Run(NamedTuple):
    """A run of a day: its times, and what `Lane.runs` has of it."""

    departures: list[int]
    arrivals: list[int]
    run: tuple[int, dt.date]


def day_start(day: dt.date, zone: ZoneInfo) -> int:
    """Return the POSIX time that the times of a service day are counted from.

    GTFS counts from noon minus 12 hours, which is not midnight on the days the clocks change.
    """
    noon = dt.datetime.combine(day, dt.time(12), zone)
    return round(noon.timestamp()) - _DAY_S // 2


def _begins_early(day: dt.date, zone: ZoneInfo) -> bool:
    return day_start(day, zone) < dt.datetime.combine(day, dt.time(), zone).timestamp()


class Timeline:
    """The runs of the service days around one day, built pattern by pattern as they are asked for.

    It covers journeys that begin on ``day``, or some days after, and end within 24 hours: the runs
    of the service days before that are still under way, the days, and the next one.

    Parameters
    ----------
    network
        The timetables.
    day
        The day.
    zone
        The time zone in which it is that day; None: that of the first timetable.
    count
        On how many days journeys begin.
    span
        POSIX times between which journeys begin and end, where that is less.
    """

    def __init__(
        self,
        network: Network,
        day: dt.date,
        zone: dt.tzinfo | None = None,
        count: int = 1,
        span: tuple[int, int] | None = None,
    ) -> None:
        self.network = network
        self.day = day
        self.zone = zone or ZoneInfo(network.timetables[0].meta.zones[0])
        zones = {name for t in network.timetables for name in t.meta.zones}
        # Where several time zones meet, a day of one may begin on the day before.
        margin = 0 if zones == {str(self.zone)} else 1
        latest_s = max((t.meta.latest_s for t in network.timetables), default=0)
        before = max(1, -(-(latest_s + 3600) // _DAY_S) - 1) + margin
        # A day on which the clocks go forward begins an hour before its midnight.
        over = day + dt.timedelta(days=count + 1)
        early = any(_begins_early(over, ZoneInfo(name)) for name in zones)
        after = count + 1 + max(margin, int(early))
        self.days = [day + dt.timedelta(days=n) for n in range(-before, after)]
        self._starts = {name: [day_start(d, ZoneInfo(name)) for d in self.days] for name in zones}
        self._running = {t: [t.services_on(d) for d in self.days] for t in network.timetables}
        self.begin = round(dt.datetime.combine(day, dt.time(), self.zone).timestamp())
        self._since, self._until = span or (self.begin, sys.maxsize)
        self._lanes: dict[int, list[Lane]] = {}
        self._boards: dict[int, list[tuple[int, tuple[int, ...], int]]] = {}
        #: By number of a run: its pattern and its lane.
        self.lane_of: list[tuple[int, Lane]] = []
        #: By number of a run: the last position of its pattern. Behind each lane comes a -1.
        self.ends: list[int] = []

    def merged(self) -> Timeline | None:
        """Return one day on which all runs that run on any of the days: more than any has.

        None where the clocks change, and the hours between two days' runs with them.
        """
        pairs = (pair for starts in self._starts.values() for pair in pairwise(starts))
        if any(later - earlier != _DAY_S for earlier, later in pairs):
            return None
        span = self.begin, self.begin + _DAY_S
        one = Timeline(self.network, self.day, self.zone, span=span)
        for timetable, days in self._running.items():
            one._running[timetable] = [bytes(map(max, *days))] * len(one.days)
        return one

    def boards(self, stop: int) -> list[tuple[int, tuple[int, ...], int]]:
        """Return the lanes that can be boarded at a stop, their runs being numbered.

        Of each the number of its first run, the departures of its runs, and the position.
        """
        known = self._boards.get(stop)
        if known is None:
            known = self._boards[stop] = [
                (lane.first, lane.columns[position], position)
                for pattern, position in self.network.boardings(stop)
                for lane in self.lanes(pattern)
            ]
        return known

    def lanes(self, pattern: int) -> list[Lane]:
        """Return the lanes of a pattern; most patterns have one or none."""
        known = self._lanes.get(pattern)
        if known is None:
            known = self._lanes[pattern] = []
            for rows in _apart(self._runs(self.network.pattern(pattern))):
                lane = _lane(rows, len(self.ends))
                known.append(lane)
                self.lane_of += [(pattern, lane)] * (len(rows) + 1)
                self.ends += [len(lane.columns) - 1] * len(rows) + [-1]
        return known

    def _runs(self, pattern: Pattern) -> list[_Run]:
        """Return the runs of a pattern that are not over when the day begins."""
        timetable, own, width = pattern.timetable, pattern.number, len(pattern.stops)
        first, end = timetable.pattern_first_run[own], timetable.pattern_first_run[own + 1]
        times = timetable.pattern_first_time[own]
        services = timetable.run_service[first:end].tolist()
        cells = slice(times, times + (end - first) * width)
        arrivals, departures = (
            timetable.arrival_s[cells].tolist(),
            timetable.departure_s[cells].tolist(),
        )
        starts = self._starts[timetable.meta.zones[timetable.pattern_zone[own]]]
        usable = self.network.usable_runs(timetable, range(first, end))
        rows: list[_Run] = []
        for day, start, running in zip(self.days, starts, self._running[timetable], strict=True):
            since, until = self._since - start, self._until - start
            for index, service in enumerate(services):
                begin, last = index * width, (index + 1) * width
                # Most runs of the day before are over before this one begins.
                if (
                    running[service]
                    and usable[index]
                    and arrivals[last - 1] >= since
                    and departures[begin] <= until
                ):
                    rows.append(
                        _Run(
                            [s + start for s in departures[begin:last]],
                            [s + start for s in arrivals[begin:last]],
                            (first + index, day),
                        )
                    )
        return rows


def _apart(runs: list[_Run]) -> list[list[_Run]]:
    """Spread runs over as few lanes as one pass finds, so that none overtakes another in a lane."""
    runs.sort(key=lambda run: run.departures[0])
    lanes: list[list[_Run]] = []
    for run in runs:
        for lane in lanes:
            last = lane[-1]
            if all(map(le, last.departures, run.departures)) and all(
                map(le, last.arrivals, run.arrivals)
            ):
                lane.append(run)
                break
        else:
            lanes.append([run])
    return lanes


def _lane(runs: list[_Run], first: int) -> Lane:
    departures, arrivals, numbers = zip(*runs, strict=True)
    return Lane(first, arrivals, departures, tuple(zip(*departures, strict=True)), numbers)
