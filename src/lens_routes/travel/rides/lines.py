"""Journeys from door to door by public transport, for every departure of a day."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from lens_routes import PROGRAM
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.ask.walks import CHANGE_WITHIN_M
from lens_routes.timetable.build.changes import USUAL_CHANGE_S, Changes
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.network.wishes import Preference
from lens_routes.travel.rides import kept as transit_kept
from lens_routes.travel.rides.choice import Journey, trouble_of
from lens_routes.travel.rides.kept import DayJourneys, Keeping
from lens_routes.travel.rides.walks_to_stops import Afoot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.timetable.search.matrix import Matrix
    from lens_routes.timetable.search.raptor import Ridden
    from lens_routes.travel.rides.table import Journeys
    from lens_routes.travel.walking import Walking

#: A walk to the first stop or from the last one is at most this long, metres.
FARTHEST_WALK_M = 5000.0
#: One is at the first stop this long before the departure, seconds.
AHEAD_S = 120
#: What-if questions reach this far beyond the day asked for, seconds.
BEYOND_S = 4 * 3600
#: A service day ends at six in the morning of the next one, unless a tour lasts longer.
SERVICE_DAY_S = 30 * 3600


class Span(NamedTuple):
    """A day of a tour: its service day, and the POSIX times between which it is spent.

    ``zone`` is the time zone of the date, None for that of the first timetable.
    """

    date: dt.date
    begin: int
    end: int
    zone: dt.tzinfo | None = None


class Riding(NamedTuple):
    """A journey: POSIX times of leaving and arriving, and its rides."""

    leave: int
    arrive: int
    rides: list[Ridden]


class Kind(NamedTuple):
    """A way of looking for journeys: the most rides, and the longest walk at either end, seconds.

    None is no limit but that of everybody.
    """

    most_rides: int | None = None
    walk_s: int | None = None


#: What is looked for besides the earliest arrival of all, so that there is something to prefer.
ANY = Kind()
KINDS = {
    None: (ANY, Kind(walk_s=600)),
    Preference.EARLIER: (ANY,),
    Preference.FEWER_CHANGES: (ANY, Kind(most_rides=1), Kind(most_rides=2)),
    Preference.LESS_WALKING: (ANY, Kind(walk_s=600), Kind(walk_s=300)),
}


class Lines:
    """The timetables around some points, and the walks from the points to their stops.

    Parameters
    ----------
    network
        The timetables, and what is wished of them.
    walking
        What is known of walking.
    points
        Where journeys begin and end.
    days
        The days on which they do.
    pace_kmh
        The walker's pace.
    prefer
        Which of several good journeys to take.
    keeping
        Where the journeys of a service day are kept.
    """

    def __init__(
        self,
        network: Network,
        walking: Walking,
        points: Sequence[Waypoint],
        days: Sequence[Span],
        pace_kmh: float,
        prefer: Preference | None = None,
        keeping: Keeping | None = None,
    ) -> None:
        self.network = network
        self.pace_kmh = pace_kmh
        self.timelines = [Timeline(network, day.date, day.zone) for day in days]
        self.trouble = trouble_of(prefer)
        self._kinds = KINDS[prefer]
        self._walking = walking
        self._points = list(dict.fromkeys(points))
        self._numbers = {point: number for number, point in enumerate(self._points)}
        self._afoot = Afoot(network, walking, pace_kmh)
        self._ends: dict[int, dict[int, int]] = {}
        self._timeline = cache(self._timeline_of)
        self._days = days
        self._begins = [day.begin - BEYOND_S for day in days]
        self._keeping = keeping or Keeping()
        self._journeys = [self._of_day(day) for day in range(len(days))]

    def journeys(self, points: Sequence[Waypoint], since: int) -> Journeys:
        """Return the journeys between some of the points, times in seconds since a POSIX time.

        They come by pair of points, then by leaving.
        """
        import numpy as np  # noqa: PLC0415

        from lens_routes.travel.rides.table import Journeys  # noqa: PLC0415  # numpy

        numbers = np.array([self._numbers[point] for point in points], dtype=np.intp)
        pairs = (numbers[:, None] * len(self._points) + numbers).ravel()
        found = []
        for kept in self._journeys:
            pair, place = kept.among(pairs)
            leave, arrive, *rest = (
                np.asarray(kept.columns[name])[place].astype(np.int64) for name in Journey._fields
            )
            shift = kept.midnight - since
            found.append(Journeys(pair, leave + shift, arrive + shift, *rest))
        if len(found) == 1:
            return found[0]
        for day, journeys in enumerate(found):
            begun = np.searchsorted(self._begins, journeys.leave + since, side="right")
            found[day] = journeys.some(np.maximum(begun - 1, 0) == day)
        every = Journeys(*map(np.concatenate, zip(*found, strict=True)))
        return every.some(np.argsort(every.pair, kind="stable"))

    def day(self, moment: int) -> int:
        """Return the number of the day that a POSIX time belongs to."""
        return max(0, bisect_right(self._begins, moment) - 1)

    def riding(self, origin: Waypoint, destination: Waypoint, one: Journey) -> Riding:
        """Return a journey, in POSIX times, with its rides."""
        from lens_routes.timetable.search.matrix import Matrix  # noqa: PLC0415  # numpy

        kind = self._kinds[one.kind]
        ends = [self._walks_of(kind, self._numbers[point]) for point in (origin, destination)]
        # Nothing that leaves so late and arrives so early is better than the journey itself.
        matrix = Matrix(
            self._timeline(kind, self.day(one.leave)),
            self._changes,
            self._between,
            ends,
            (one.leave, one.arrive),
            AHEAD_S,
        )
        return Riding(one.leave, one.arrive, matrix.rides(0, 1, one.leave))

    def stop(self, number: int) -> Waypoint | None:
        """Return a stop as a waypoint, None where its feed does not say where it is."""
        return self._afoot.stop(number)

    @cached_property
    def _changes(self) -> Changes:
        return Changes(self.network, walks=self._between, afoot=self._afoot.between)

    def _timeline_of(self, kind: Kind, day: int) -> Timeline:
        """Return a day's runs, for journeys of some kind."""
        timeline = self.timelines[day]
        wishes = self.network.wishes
        if kind.most_rides is None or kind.most_rides >= wishes.max_rides:
            return timeline
        fewer = Network(self.network.timetables, wishes._replace(max_rides=kind.most_rides))
        return Timeline(fewer, timeline.day, timeline.zone)

    def _of_day(self, day: int) -> DayJourneys:
        """Return the journeys of a day between all points, kept or worked out now."""
        date, key = self._days[day].date, self._key(day)
        kept = transit_kept.load(self._keeping, date, key)
        if kept is None:
            midnight = self.timelines[day].begin
            kept = DayJourneys.pack(len(self._points), midnight, self._rows(day, midnight))
            transit_kept.save(self._keeping, date, key, kept)
        return kept

    def _window(self, day: int) -> tuple[int, int]:
        begin = self.timelines[day].begin
        end = max(begin + SERVICE_DAY_S, self._days[day].end + BEYOND_S)
        return begin, begin + math.ceil((end - begin) / 3600) * 3600

    def _rows(self, day: int, midnight: int) -> Iterator[Journeys]:
        """Yield the journeys from each of the points."""
        from lens_routes.timetable.search.matrix import Matrix  # noqa: PLC0415  # numpy

        count, window = len(self._points), self._window(day)
        report = self._keeping.report
        what = tr("travel times of {date}", date=wording.date(self._days[day].date))
        matrices = []
        for kind in self._kinds:
            ends = []
            for number in range(count):
                report(what, number / count / 2)
                ends.append(self._walks_of(kind, number))
            timeline = self._timeline(kind, day)
            matrices.append(Matrix(timeline, self._changes, self._between, ends, window, AHEAD_S))
        for origin in range(count):
            report(what, 0.5 + origin / count / 2)
            yield _all_journeys(matrices, origin, midnight)

    def _walks_of(self, kind: Kind, number: int) -> dict[int, int]:
        """Return the seconds on foot from a point to the stops around it."""
        known = self._ends.get(number)
        if known is None:
            around = self._afoot.around(self._points[number], FARTHEST_WALK_M)
            known = self._ends[number] = {stop: foot.seconds for stop, foot in around.items()}
        if kind.walk_s is None:
            return known
        return {stop: seconds for stop, seconds in known.items() if seconds <= kind.walk_s}

    def _between(self, number: int) -> dict[int, int]:
        """Return the seconds on foot from a stop to those of other stations near it."""
        return {stop: foot.seconds for stop, foot in self._afoot.near(number).items()}

    def _key(self, day: int) -> str:
        """Return all that a day's journeys depend on."""
        streets = self._walking.network
        wishes = self.network.wishes
        return json.dumps(
            {
                "program": PROGRAM,
                "feeds": [
                    [m.name, m.source, m.program, m.built, m.runs]
                    for m in (timetable.meta for timetable in self.network.timetables)
                ],
                "streets": None
                if streets is None
                else [streets.meta.built, streets.meta.source.label, streets.meta.edges],
                "tables": [[t.computed, t.map_name, t.map_date] for t in self._walking.tables],
                "fit": self._walking.fit.factor,
                "points": [[p.id, round(p.lon, 7), round(p.lat, 7)] for p in self._points],
                "window": self._window(day),
                "pace_kmh": self.pace_kmh,
                "wishes": [
                    wishes.max_rides,
                    wishes.min_transfer_s,
                    sorted(wishes.avoid_modes),
                    wishes.wheelchair,
                ],
                "kinds": self._kinds,
                "limits": [FARTHEST_WALK_M, AHEAD_S, USUAL_CHANGE_S, CHANGE_WITHIN_M],
            }
        )


def _all_journeys(matrices: Sequence[Matrix], origin: int, midnight: int) -> Journeys:
    """Return the journeys of each kind from a place, what several kinds find once."""
    import numpy as np  # noqa: PLC0415

    from lens_routes.timetable.search.matrix import arrives_at, rides_in, walked_s  # noqa: PLC0415
    from lens_routes.travel.rides.table import Journeys  # noqa: PLC0415  # numpy

    parts = []
    for kind, matrix in enumerate(matrices):
        to, leave, key = matrix.all_steps(origin)
        times = leave - midnight, arrives_at(key) - midnight
        parts.append((to, *times, walked_s(key), rides_in(key), np.full_like(key, kind)))
    found = Journeys(*map(np.concatenate, zip(*parts, strict=True)))
    found = found.some(np.lexsort(found[::-1]))
    new = np.ones(len(found.pair), dtype=bool)
    new[1:] = np.any([column[1:] != column[:-1] for column in found[:-1]], axis=0)
    return found.some(new)
