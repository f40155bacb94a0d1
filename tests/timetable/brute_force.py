"""Another way to the same answer: every hop of every trip, scanned in order of time.

It reads GTFS by itself and shares nothing with the program. A hop is a trip's way from one stop to
the next. Scanning all hops by departure, and for each number of rides remembering which trips one
sits in and where one could board, finds the earliest arrivals. Slow, short, and plain.
"""

from __future__ import annotations

import bisect
import csv
import datetime as dt
import io
import itertools
import math
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pathlib import Path

MOST_RIDES = 12


def table(feed: Path, name: str) -> list[dict[str, str]]:
    if feed.is_dir():
        path = feed / name
        text = path.read_text("utf-8-sig") if path.exists() else ""
    else:
        with zipfile.ZipFile(feed) as archive:
            text = archive.read(name).decode("utf-8-sig") if name in archive.namelist() else ""
    return list(csv.DictReader(io.StringIO(text)))


def seconds(clock: str) -> int | None:
    if not clock.strip():
        return None
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


class BruteForce:
    """A feed ready to be asked."""

    def __init__(self, feed: Path, box: tuple[float, float, float, float] | None = None) -> None:
        self.zone = ZoneInfo(table(feed, "agency.txt")[0]["agency_timezone"])
        self.parent = {
            r["stop_id"]: r.get("parent_station") or "" for r in table(feed, "stops.txt")
        }
        self.group: dict[str, list[str]] = defaultdict(list)
        for stop in self.parent:
            self.group[self.root(stop)].append(stop)
        self.calendar = table(feed, "calendar.txt")
        self.exceptions: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in table(feed, "calendar_dates.txt"):
            self.exceptions[row["date"]].append((row["service_id"], row["exception_type"]))
        self.service = {r["trip_id"]: r["service_id"] for r in table(feed, "trips.txt")}
        self.calls: dict[str, list[tuple[int, int | None, int | None, str, bool, bool]]]
        self.calls = defaultdict(list)
        for row in table(feed, "stop_times.txt"):
            arrive, depart = seconds(row["arrival_time"]), seconds(row["departure_time"])
            self.calls[row["trip_id"]].append(
                (
                    int(row["stop_sequence"]),
                    depart if arrive is None else arrive,
                    arrive if depart is None else depart,
                    row["stop_id"],
                    row.get("pickup_type") != "1",
                    row.get("drop_off_type") != "1",
                )
            )
        self.hops_of_day: dict[dt.date, list[tuple[int, int, int, str, str, str, bool, bool]]] = {}
        inside = self._inside(feed, box) if box else None
        self.hops_of_service: dict[str, list[tuple[int, int, int, str, str, str, bool, bool]]]
        self.hops_of_service = defaultdict(list)
        for trip, calls in self.calls.items():
            calls.sort()
            if inside is None or any(call[3] in inside for call in calls):
                self.hops_of_service[self.service[trip]] += self._hops(trip, calls)

    @staticmethod
    def _inside(feed: Path, box: tuple[float, float, float, float]) -> set[str]:
        west, south, east, north = box
        return {
            r["stop_id"]
            for r in table(feed, "stops.txt")
            if west <= float(r["stop_lon"]) <= east and south <= float(r["stop_lat"]) <= north
        }

    def root(self, stop: str) -> str:
        while self.parent[stop]:
            stop = self.parent[stop]
        return stop

    def _hops(self, trip, calls):  # type: ignore[no-untyped-def]  # rows as above
        known = [i for i, call in enumerate(calls) if call[1] is not None]
        times = {i: (calls[i][1], calls[i][2]) for i in known}
        for a, b in itertools.pairwise(known):
            for i in range(a + 1, b):
                time = times[a][1] + math.floor((times[b][0] - times[a][1]) * (i - a) / (b - a))
                times[i] = (time, time)
        return [
            (times[i][1], times[i + 1][0], i, trip, calls[i][3], calls[i + 1][3],
             calls[i][4], calls[i + 1][5])
            for i in range(len(calls) - 1)
        ]  # fmt: skip

    def services(self, day: dt.date) -> set[str]:
        name = f"{day:%A}".lower()
        word = f"{day:%Y%m%d}"
        active = {
            r["service_id"]
            for r in self.calendar
            if r[name] == "1" and r["start_date"] <= word <= r["end_date"]
        }
        for service, kind in self.exceptions[word]:
            (active.add if kind == "1" else active.discard)(service)
        return active

    def hops(self, day: dt.date):  # type: ignore[no-untyped-def]  # rows as above
        """Return the hops of a service day, with POSIX times, by departure."""
        if day not in self.hops_of_day:
            noon = dt.datetime.combine(day, dt.time(12), self.zone)
            base = round(noon.timestamp()) - 12 * 3600
            self.hops_of_day[day] = sorted(
                (hop[0] + base, hop[1] + base, hop[2], f"{day} {hop[3]}", *hop[4:])
                for service in self.services(day)
                for hop in self.hops_of_service.get(service, [])
            )
        return self.hops_of_day[day]

    def ask(  # noqa: C901  # one plain scan, read from top to bottom
        self, origin: str, destination: str, depart: int, change_s: int, horizon_s: int = 86400
    ) -> list[tuple[int, int]]:
        """Return (rides, POSIX arrival) of the journeys that are earlier with each ride more."""
        goals = set(self.group.get(destination, [destination]))
        starts = self.group.get(origin, [origin])
        until = depart + horizon_s
        day = dt.datetime.fromtimestamp(depart, self.zone).date()
        hops = []
        for ahead in (-2, -1, 0, 1):
            rows = self.hops(day + dt.timedelta(days=ahead))
            hops += rows[bisect.bisect_left(rows, (depart,)) : bisect.bisect_left(rows, (until,))]
        hops.sort()
        ready: list[dict[str, int]] = [{} for _ in range(MOST_RIDES + 1)]
        ready[0] = dict.fromkeys(starts, depart)
        seated: list[set[str]] = [set() for _ in range(MOST_RIDES + 1)]
        best = [until + 1] * (MOST_RIDES + 1)
        top = 1
        for leaves, arrives, _, trip, a, b, boards, alights in hops:
            for rides in range(1, min(top, MOST_RIDES) + 1):
                here = trip in seated[rides]
                if not here and boards and ready[rides - 1].get(a, until) <= leaves:
                    seated[rides].add(trip)
                    here = True
                if here and alights:
                    top = max(top, rides + 1)
                    if b in goals:
                        best[rides] = min(best[rides], arrives)
                    for other in self.group[self.root(b)]:
                        if arrives + change_s < ready[rides].get(other, until):
                            ready[rides][other] = arrives + change_s
        found: list[tuple[int, int]] = []
        for rides in range(1, MOST_RIDES + 1):
            if best[rides] <= until and (not found or best[rides] < found[-1][1]):
                found.append((rides, best[rides]))
        return found
