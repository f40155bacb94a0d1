"""Write the columns of a timetable: stops, lines, trips, patterns, runs, transfers, strings."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter, defaultdict
from itertools import pairwise
from operator import sub
from typing import TYPE_CHECKING

from lens_routes.text.language import tr
from lens_routes.text.words import fold
from lens_routes.timetable.build.narrow import Narrow, Twin
from lens_routes.timetable.build.rules import holding
from lens_routes.timetable.network.store import FORM
from lens_routes.timetable.network.timetable import FORBIDDEN_S, NOWHERE_E7
from lens_routes.timetable.read.feed import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens_routes.timetable.build.blocks import Run
    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Feed, Route, Stop, Trip

#: Bits of the day masks: of services that span more, those from a year before today on are kept.
MOST_DAYS, DAYS_BEFORE = 366 * 50, 366


class Builder:
    """Fills the columns of a timetable."""

    def __init__(self, feed: Feed, faults: Faults, today: dt.date) -> None:
        self.feed = feed
        self.faults = faults
        self.today = today
        self.columns: dict[str, array[int]] = {
            key: array(code) for key, code in FORM.sections.items()
        }
        self.strings: dict[str, int] = {"": 0}
        self.stops: dict[Twin, int] = {}
        self.stop_count = 0
        self.routes: dict[str, int] = {}
        self.trips: dict[str, int] = {}
        self.zones: dict[str, int] = {}
        self.days: tuple[int, ...] = ()
        self.first_day = feed.services.first_day

    def string(self, text: str) -> int:
        """Return the number of a string."""
        return self.strings.setdefault(text.replace("\0", ""), len(self.strings))

    def add(self, **values: int) -> None:
        """Append a value to each of some columns."""
        for key, value in values.items():
            self.columns[key].append(value)

    def add_stops(self, stops: Iterable[Stop]) -> None:
        """Write the stops."""
        stops = list(stops)
        within: dict[str, list[str]] = defaultdict(list)
        for stop in stops:
            within[stop.station].append(stop.id)
            self.stops[Twin(stop.id)] = len(self.stops)
        self.stop_count = len(stops)
        self.narrow = Narrow(self.feed, within, self.faults)
        for stop in stops:
            self._add_stop(stop)

    def _add_stop(self, stop: Stop) -> None:
        lon, lat = stop.point or (None, 0.0)
        paths = self.feed.paths
        shut = -1 if stop.id in paths.mapped else 0
        self.add(
            stop_id=self.string(stop.id),
            stop_name=self.string(stop.name),
            stop_folded=self.string(fold(stop.name)),
            stop_code=self.string(stop.code),
            stop_platform=self.string(stop.platform),
            stop_lon_e7=NOWHERE_E7 if lon is None else round(lon * 1e7),
            stop_lat_e7=round(lat * 1e7),
            stop_station=self.stops[Twin(stop.station)],
            stop_wheelchair=stop.wheelchair,
            stop_inside_s=paths.inside.get(stop.id, 0),
            stop_free_s=paths.free_inside.get(stop.id, shut),
        )

    def place(self, stop: str, trip: Trip) -> int:
        """Return the number of the stop where a trip calls, written the first time if a twin."""
        twin = self.narrow.twin(stop, trip)
        number = self.stops.get(twin)
        if number is None:
            number = self.stops[twin] = len(self.stops)
            self._add_stop(self.feed.stops[stop])
            self.add(twin_stop=number, twin_of=self.stops[Twin(stop)])
        return number

    def route(self, route: Route) -> int:
        """Return the number of a line, written the first time."""
        if route.id not in self.routes:
            self.routes[route.id] = len(self.routes)
            self.add(
                route_id=self.string(route.id),
                route_short=self.string(route.short_name),
                route_long=self.string(route.long_name),
                route_agency=self.string(route.agency),
                route_colour=self.string(route.colour),
                route_text=self.string(route.text_colour),
                route_kind=route.kind,
            )
        return self.routes[route.id]

    def trip(self, trip: Trip) -> int:
        """Return the number of a trip, written the first time."""
        if trip.id not in self.trips:
            self.trips[trip.id] = len(self.trips)
            self.add(
                trip_id=self.string(trip.id),
                trip_headsign=self.string(trip.headsign),
                trip_short=self.string(trip.short_name),
                trip_route=self.route(trip.route),
                trip_wheelchair=trip.wheelchair,
            )
        return self.trips[trip.id]

    def add_runs(self, runs: list[Run]) -> None:
        """Group the runs into patterns and write both, and the days they run."""
        patterns: dict[tuple[str, tuple[tuple[int, int, int, str], ...]], list[Run]]
        patterns = defaultdict(list)
        for run in runs:
            visits = tuple(
                (self.place(call.stop, trip), call.pickup, call.drop_off, call.headsign)
                for call, trip in zip(run.calls, run.trips(), strict=True)
            )
            patterns[run.parts[0][1].route.zone, visits].append(run)
        services = self._services(runs)
        for (zone, visits), members in patterns.items():
            self.add(
                pattern_zone=self.zones.setdefault(zone, len(self.zones)),
                pattern_first_visit=len(self.columns["visit_stop"]),
                pattern_first_run=len(self.columns["run_service"]),
                pattern_first_time=len(self.columns["arrival_s"]),
            )
            for stop, pickup, drop, headsign in visits:
                self.add(
                    visit_stop=stop,
                    visit_pickup=pickup,
                    visit_drop=drop,
                    visit_headsign=self.string(headsign),
                )
            for run in sorted(members, key=lambda r: (r.calls[0].departure_s or 0) + r.shift_s):
                self._add_run(run, services[run.mask])
        self.add(
            pattern_first_visit=len(self.columns["visit_stop"]),
            pattern_first_run=len(self.columns["run_service"]),
            run_first_part=len(self.columns["part_trip"]),
        )

    def _add_run(self, run: Run, service: int) -> None:
        self.add(
            run_service=service,
            run_every_s=run.every_s,
            run_first_part=len(self.columns["part_trip"]),
        )
        for position, trip in run.parts:
            self.add(part_position=position, part_trip=self.trip(trip))
        shift = run.shift_s
        self.columns["arrival_s"].extend((call.arrival_s or 0) + shift for call in run.calls)
        self.columns["departure_s"].extend((call.departure_s or 0) + shift for call in run.calls)

    def _services(self, runs: list[Run]) -> dict[int, int]:
        """Write the distinct sets of days, and return their numbers."""
        counts = Counter(run.mask for run in runs)
        every = 0
        for mask in counts:
            every |= mask
        lowest = (every & -every).bit_length() - 1
        length = every.bit_length() - lowest
        if length > MOST_DAYS:
            recent = self.today.toordinal() - DAYS_BEFORE - self.first_day.toordinal()
            lowest, length = max(lowest, min(recent, lowest + length - MOST_DAYS)), MOST_DAYS
            self.faults.mend(
                "calendar.txt",
                0,
                tr("services on days more than {years} years apart", years=MOST_DAYS // 366),
                tr(
                    "only those from {first} to {last} kept",
                    first=self._day(lowest),
                    last=self._day(lowest + length - 1),
                ),
            )
        stride = -(-length // 8)
        days = [0] * length
        numbers: dict[int, int] = {}
        for mask, count in counts.items():
            numbers[mask] = len(numbers)
            bits = mask >> lowest & ((1 << length) - 1)
            self.columns["service_days"].frombytes(bits.to_bytes(stride, "little"))
            while bits:
                bit = bits & -bits
                days[bit.bit_length() - 1] += count
                bits ^= bit
        self.days = tuple(days)
        self.first_day = self._day(lowest)
        return numbers

    def _day(self, number: int) -> dt.date:
        return self.first_day + dt.timedelta(days=number)

    def add_boardings(self) -> None:
        """Write for each stop where it can be boarded: not at the end, and where it is allowed."""
        boardings: list[list[tuple[int, int]]] = [[] for _ in self.stops]
        firsts = self.columns["pattern_first_visit"]
        for pattern in range(len(firsts) - 1):
            for visit in range(firsts[pattern], firsts[pattern + 1] - 1):
                if self.columns["visit_pickup"][visit] != NONE:
                    stop = self.columns["visit_stop"][visit]
                    boardings[stop].append((pattern, visit - firsts[pattern]))
        for places in boardings:
            self.add(stop_first_boarding=len(self.columns["boarding_pattern"]))
            for pattern, position in places:
                self.add(boarding_pattern=pattern, boarding_position=position)
        self.add(stop_first_boarding=len(self.columns["boarding_pattern"]))

    def add_hops(self) -> None:
        """Write the least seconds between any two stops called at one after the other."""
        columns = self.columns
        first_visit, first_run = columns["pattern_first_visit"], columns["pattern_first_run"]
        least: dict[tuple[int, int], int] = {}
        for pattern, begin in enumerate(columns["pattern_first_time"]):
            stops = columns["visit_stop"][first_visit[pattern] : first_visit[pattern + 1]]
            ways = list(pairwise(stops))
            for run in range(first_run[pattern + 1] - first_run[pattern]):
                times = slice(begin + run * len(stops), begin + (run + 1) * len(stops))
                arrivals, departures = columns["arrival_s"][times], columns["departure_s"][times]
                for way, seconds in zip(ways, map(sub, arrivals[1:], departures), strict=True):
                    least[way] = min(seconds, least.get(way, seconds))
        for (origin, destination), seconds in least.items():
            self.add(hop_from=origin, hop_to=destination, hop_s=seconds)

    def add_transfers(self) -> None:
        """Write the rules for changing by stop, and the walks within stations."""
        places: dict[str, list[tuple[Twin, int]]] = defaultdict(list)
        for twin, number in self.stops.items():
            places[twin.stop].append((twin, number))
        rules = holding(self.narrow, places, self.faults)
        for (origin, destination), seconds in rules.items():
            self.add(transfer_from=origin, transfer_to=destination, transfer_s=seconds)
        paths = self.feed.paths
        walks = sorted(
            (origin, destination, seconds, paths.free_between.get((tail, head), FORBIDDEN_S))
            for (tail, head), seconds in paths.between.items()
            for _, origin in places.get(tail, ())
            for _, destination in places.get(head, ())
        )
        for origin, destination, seconds, free_s in walks:
            self.add(path_from=origin, path_to=destination, path_s=seconds, path_free_s=free_s)

    def finish_strings(self) -> None:
        """Write the strings; nothing can be added after this."""
        data = bytearray()
        for text in self.strings:
            self.add(string_first=len(data))
            data += text.encode() + b"\0"
        self.add(string_first=len(data))
        self.columns["string_bytes"].frombytes(bytes(data))
