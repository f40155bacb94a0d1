"""The compiled timetable of one feed: flat buffers that open in milliseconds, without numpy."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.geo import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.timetable.read.faults import Fault

#: The longitude of a stop whose position is not known, 1e-7 degrees.
NOWHERE_E7 = 2_000_000_000
#: Special values of ``transfer_s``: one cannot change; as long as it takes elsewhere.
FORBIDDEN_S, USUAL_S = -1, -2


@dataclass(frozen=True, slots=True)
class Meta:
    """What a timetable is made of and where it comes from.

    ``source`` is the file or address it was read from, ``bbox`` the box it was cut to, ``zones``
    the time zones of its agencies, the first being the feed's. ``days`` counts the runs of each
    service day from ``first_day`` on, and ``latest_s`` is the latest time of any, in seconds of
    its service day. ``mended`` are examples of the faults found, and ``mended_counts`` their number
    by (file, remedy).
    """

    name: str
    source: str
    program: str
    built: str
    bbox: tuple[float, float, float, float] | None
    zones: tuple[str, ...]
    first_day: dt.date
    days: tuple[int, ...]
    publisher: str
    version: str
    agencies: tuple[str, ...]
    stops: int
    routes: int
    trips: int
    patterns: int
    runs: int
    latest_s: int
    mended: tuple[Fault, ...]
    mended_counts: tuple[tuple[str, str, int], ...]

    @property
    def last_day(self) -> dt.date:
        """The last day with a service."""
        return self.first_day + dt.timedelta(days=len(self.days) - 1)

    def runs_on(self, day: dt.date) -> int:
        """Return how many runs start on a service day."""
        index = (day - self.first_day).days
        return self.days[index] if 0 <= index < len(self.days) else 0

    def next_day(self, day: dt.date) -> dt.date | None:
        """Return the first day after *day* with a service, None when there is none."""
        for index in range(max(0, (day - self.first_day).days + 1), len(self.days)):
            if self.days[index]:
                return self.first_day + dt.timedelta(days=index)
        return None


@dataclass(frozen=True, eq=False)
class Timetable:
    """All runs of a feed, grouped into patterns: sequences of stops.

    A *run* is what a vehicle does without its passengers having to leave it: a trip, or several
    joined by a block. Runs of the same pattern call at the same stops under the same conditions.

    Attributes
    ----------
    string_first, string_bytes
        String ``s`` is ``string_bytes[string_first[s]:string_first[s + 1]]`` in UTF-8, the last
        byte a zero; string 0 is empty. All names and ids below are such numbers.
    stop_id, stop_name, stop_folded, stop_code, stop_platform, stop_lon_e7, stop_lat_e7
        The stops, stations included, their names also as `text.words.fold` has them; 1e-7 degrees,
        ``NOWHERE_E7`` where the feed gives none.
    stop_station, stop_wheelchair
        Number of the outermost parent (the stop's own without one); 0 unknown, 1 yes, 2 no.
    stop_inside_s, stop_free_s
        Seconds between the nearest entrance and the stop by the station's pathways, by any and by
        those without steps; 0 where the feed gives none, -1 where they do not lead there.
    twin_stop, twin_of
        Stops that are a part of another: the lines or trips that have rules of their own for
        changing call at a twin of the stop, of the same id.
    route_id, route_short, route_long, route_agency, route_colour, route_text, route_kind
        The lines; ``route_kind`` is GTFS's ``route_type``.
    trip_id, trip_headsign, trip_short, trip_route, trip_wheelchair
        The trips.
    pattern_first_visit, visit_stop, visit_pickup, visit_drop, visit_headsign
        Pattern ``p`` visits ``visit_stop[pattern_first_visit[p]:pattern_first_visit[p + 1]]``;
        pick-up and drop-off are GTFS codes, 1 meaning none.
    pattern_zone, pattern_first_run, pattern_first_time
        Index into the zones; its runs; where their times start, a row of visits for each run.
    run_service, run_every_s, run_first_part, part_position, part_trip
        Days of a run; its headway where only that is promised, else 0; its trips, each from a
        position of the pattern on.
    arrival_s, departure_s
        Times in seconds since noon minus 12 hours of the service day.
    stop_first_boarding, boarding_pattern, boarding_position
        Where one can board at stop ``s``.
    hop_from, hop_to, hop_s
        Pairs of stops that some run calls at one after the other, and the least seconds between.
    service_days
        Bit ``d % 8`` of byte ``service * stride + d // 8`` is set on the day *d* days after the
        first.
    transfer_from, transfer_to, transfer_s
        Rules for changing, by stop, in the order of these.
    path_from, path_to, path_s, path_free_s
        Seconds between two stops of a station by its pathways, and by those without steps, -1
        where these do not lead there.
    """

    meta: Meta
    string_first: memoryview[int]
    string_bytes: memoryview[int]
    stop_id: memoryview[int]
    stop_name: memoryview[int]
    stop_folded: memoryview[int]
    stop_code: memoryview[int]
    stop_platform: memoryview[int]
    stop_lon_e7: memoryview[int]
    stop_lat_e7: memoryview[int]
    stop_station: memoryview[int]
    stop_wheelchair: memoryview[int]
    stop_inside_s: memoryview[int]
    stop_free_s: memoryview[int]
    twin_stop: memoryview[int]
    twin_of: memoryview[int]
    route_id: memoryview[int]
    route_short: memoryview[int]
    route_long: memoryview[int]
    route_agency: memoryview[int]
    route_colour: memoryview[int]
    route_text: memoryview[int]
    route_kind: memoryview[int]
    trip_id: memoryview[int]
    trip_headsign: memoryview[int]
    trip_short: memoryview[int]
    trip_route: memoryview[int]
    trip_wheelchair: memoryview[int]
    pattern_first_visit: memoryview[int]
    visit_stop: memoryview[int]
    visit_pickup: memoryview[int]
    visit_drop: memoryview[int]
    visit_headsign: memoryview[int]
    pattern_zone: memoryview[int]
    pattern_first_run: memoryview[int]
    pattern_first_time: memoryview[int]
    run_service: memoryview[int]
    run_every_s: memoryview[int]
    run_first_part: memoryview[int]
    part_position: memoryview[int]
    part_trip: memoryview[int]
    arrival_s: memoryview[int]
    departure_s: memoryview[int]
    stop_first_boarding: memoryview[int]
    boarding_pattern: memoryview[int]
    boarding_position: memoryview[int]
    hop_from: memoryview[int]
    hop_to: memoryview[int]
    hop_s: memoryview[int]
    service_days: memoryview[int]
    transfer_from: memoryview[int]
    transfer_to: memoryview[int]
    transfer_s: memoryview[int]
    path_from: memoryview[int]
    path_to: memoryview[int]
    path_s: memoryview[int]
    path_free_s: memoryview[int]

    def text(self, number: int) -> str:
        """Return a string."""
        start, stop = self.string_first[number], self.string_first[number + 1] - 1
        return bytes(self.string_bytes[start:stop]).decode()

    def stop_called(self, identity: str) -> int | None:
        """Return the number of the stop of an id, None for none; a twin's is that of its stop."""
        return next(self._rows(self.stop_id, identity), None)

    def stations_called(self, folded: str) -> list[int]:
        """Return the numbers of the stations of a folded name."""
        rows = self._rows(self.stop_folded, folded)
        return [number for number in rows if self.stop_station[number] == number]

    def _rows(self, column: memoryview[int], text: str) -> Iterator[int]:
        """Yield the rows of a column of strings that hold *text*."""
        string = self._string(text)
        if string is not None:
            yield from (row for row, number in enumerate(column.tolist()) if number == string)

    def _string(self, text: str) -> int | None:
        """Return the number of a string, None where the timetable has no such string."""
        # With the zeros before and behind, it is found where a string begins and ends.
        found = self._strings.find(f"\0{text}\0".encode(errors="surrogatepass"))
        return bisect_left(self.string_first, found) if found >= 0 else None

    @cached_property
    def _strings(self) -> bytes:
        """All strings, each between two zeros."""
        return b"\0" + bytes(self.string_bytes)

    def point(self, stop: int) -> Point | None:
        """Return where a stop is, None where the feed does not say."""
        lon_e7 = self.stop_lon_e7[stop]
        return None if lon_e7 == NOWHERE_E7 else Point(lon_e7 / 1e7, self.stop_lat_e7[stop] / 1e7)

    @property
    def _stride(self) -> int:
        return -(-len(self.meta.days) // 8)

    def services_on(self, day: dt.date) -> bytes:
        """Return for each service whether it runs on a day, as bytes 0 and 1."""
        index = (day - self.meta.first_day).days
        services = len(self.service_days) // self._stride if self._stride else 0
        if not 0 <= index < len(self.meta.days):
            return bytes(services)
        column = bytes(self.service_days[index // 8 :: self._stride])
        bit = index % 8
        return bytes(byte >> bit & 1 for byte in column)
