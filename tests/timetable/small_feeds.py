"""Tiny GTFS feeds, built in the test that needs them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.timetable.ask.journey import journey
from lens_routes.timetable.build.changes import Changes
from lens_routes.timetable.feeds.install import compiled
from lens_routes.timetable.network.network import Network
from lens_routes.timetable.network.timeline import Timeline
from lens_routes.timetable.search.raptor import earliest

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.timetable.ask.journey import Journey
    from lens_routes.timetable.network.timetable import Timetable

BUILT = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
DAY = dt.date(2025, 3, 3)
PARIS = ZoneInfo("Europe/Paris")

#: Stops A to E in a row, 1 km apart, and a bus every day of March 2025.
TABLES = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n"
    "x,Bus Co,http://x.example,Europe/Paris\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n"
    + "".join(
        f"{name},Stop {name},50.43,{2.80 + 0.014 * i:.3f}\n" for i, name in enumerate("ABCDE")
    ),
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\n"
    "1,x,1,Line One,3\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
    "start_date,end_date\ndaily,1,1,1,1,1,1,1,20250301,20250331\n",
    "trips.txt": "route_id,service_id,trip_id,trip_headsign\n1,daily,t1,Stop E\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "t1,08:00:00,08:00:00,A,1\nt1,08:10:00,08:11:00,B,2\nt1,08:20:00,08:20:00,C,3\n",
}


def calls(*trips: str) -> str:
    """Return ``stop_times.txt`` from lines like ``t1 A 8:00 B 8:10-8:11``."""
    rows = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"]
    for line in trips:
        trip, *words = line.split()
        for number, (stop, time) in enumerate(zip(words[::2], words[1::2], strict=True)):
            arrive, _, depart = time.partition("-")
            rows.append(f"{trip},{_clock(arrive)},{_clock(depart or arrive)},{stop},{number}")
    return "\n".join([*rows, ""])


def _clock(text: str) -> str:
    return "" if text == "?" else f"{text}:00"


def trips(*names: str) -> str:
    """Return ``trips.txt`` with these trips of line 1, daily."""
    return "route_id,service_id,trip_id\n" + "".join(f"1,daily,{name}\n" for name in names)


def write(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    """Write the tables to a folder, some of them changed, or absent where None."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**TABLES, **(changes or {})}.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def timetable(
    folder: Path, changes: dict[str, str | None] | None = None, name: str = "small"
) -> Timetable:
    """Return the compiled feed."""
    return compiled_from(write(folder / name, changes), name)


def compiled_from(path: Path, name: str = "small") -> Timetable:
    return compiled(
        path, name=name, source=str(path), bbox=None, now=BUILT, report=lambda _w, _s: None
    )


def moment(clock: str, day: dt.date = DAY, zone: ZoneInfo = PARIS) -> int:
    """Return the POSIX time of a local time such as ``8:00``."""
    hours, minutes = map(int, clock.split(":"))
    return round(dt.datetime.combine(day, dt.time(hours, minutes), zone).timestamp())


def travel(
    feeds: Timetable | list[Timetable],
    origin: str,
    destination: str,
    clock: str,
    day: dt.date = DAY,
    *,
    change_s: int = 120,
    zone: ZoneInfo = PARIS,
) -> Journey | None:
    """Return the journey that arrives first, None when there is none within 24 hours."""
    timetables = feeds if isinstance(feeds, list) else [feeds]
    network = Network(timetables)
    numbers = {}
    for base, one in zip(network.first_stop, timetables, strict=False):
        for identity, number in numbers_of(one).items():
            numbers.setdefault(identity, base + number)
            numbers[f"{one.meta.name}:{identity}"] = base + number
    depart = moment(clock, day, zone)
    found = earliest(
        Timeline(network, day),
        Changes(network, change_s),
        dict.fromkeys(network.meant(numbers[origin]), 0),
        dict.fromkeys(network.meant(numbers[destination]), 0),
        depart,
        until=depart + 24 * 3600,
    )
    return journey(network, found[-1]) if found else None


def numbers_of(feed: Timetable) -> dict[str, int]:
    """Return the number of each stop by its id; twins share the id of the stop they are part of."""
    numbers: dict[str, int] = {}
    for number, string in enumerate(feed.stop_id):
        numbers.setdefault(feed.text(string), number)
    return numbers


def shown(one: Journey | None) -> str:
    """Return a journey as ``A 08:00 C 08:20, C 08:30 D 08:40``."""
    if one is None:
        return "none"
    return ", ".join(
        f"{ride.origin.id} {ride.depart:%H:%M} {ride.destination.id} {ride.arrive:%H:%M}"
        for ride in one.rides
    )
