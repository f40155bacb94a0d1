"""Check the rides of a plan against the timetables, without the code that found them.

Every ride is looked up in the compiled timetable: its trip, the stops it calls at, when, and on
which days; so are the next and the last ride that the plan names. The searches have no part in it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from lens_routes.judge.shape import Fault
from lens_routes.text.language import tr
from lens_routes.timetable.network.wishes import mode_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens_routes.timetable.network.timetable import Timetable

_NEVER = 1  # GTFS: no pick-up, no drop-off
_NIGHT = dt.timedelta(hours=28)


def check_rides(document: Mapping[str, Any], timetables: Sequence[Timetable]) -> list[Fault]:
    """Return what is wrong with the rides of a plan document.

    Parameters
    ----------
    document
        The plan; its shape has been checked.
    timetables
        Those installed; rides of a feed that is not among them are checked by what was wished only.
    """
    faults: list[Fault] = []
    feeds = {timetable.meta.name: timetable for timetable in timetables}
    for d, day in enumerate(document["days"]):
        for i, leg in enumerate(day["legs"]):
            path = f"days[{d}].legs[{i}]"
            faults += _check_wishes(leg, path, document["request"])
            for r, ride in enumerate(leg["rides"]):
                if (timetable := feeds.get(ride.get("feed", ""))) is not None:
                    faults += _check_ride(ride, f"{path}.rides[{r}]", timetable)
                    faults += _check_others(
                        ride, f"{path}.rides[{r}]", timetable, document["request"], day["date"]
                    )
    return faults


def _check_wishes(leg: Mapping[str, Any], path: str, request: Mapping[str, Any]) -> Iterator[Fault]:
    """Check that a way keeps to what was wished of every way."""
    rides = leg["rides"]
    most, changes = request.get("max_rides"), request.get("max_transfers")
    if most is not None and len(rides) > most:
        yield Fault(f"{path}.rides", tr("{n} rides, {most} allowed", n=len(rides), most=most))
    if changes is not None and len(rides) > changes + 1:
        yield Fault(
            f"{path}.rides", tr("{n} changes, {most} allowed", n=len(rides) - 1, most=changes)
        )
    for r, ride in enumerate(rides):
        mode = mode_of(ride.get("route_type", -1)).value
        if mode in (request.get("avoid_modes") or ()):
            yield Fault(f"{path}.rides[{r}]", tr("a {mode} was not wanted", mode=tr(mode)))
    least_s = 60 * (request.get("min_transfer_minutes") or 0)
    for r, (before, after) in enumerate(pairwise(rides), 1):
        spare_s = (_time(after["depart"]) - _time(before["arrive"])).total_seconds()
        spare_s -= sum(
            part["duration_s"]
            for part in leg.get("parts") or ()
            if part["mode"] == "walk"
            and _time(before["arrive"]) <= _time(part["depart"]) < _time(after["depart"])
        )
        if spare_s < least_s:
            yield Fault(
                f"{path}.rides[{r}].depart",
                tr("{spare} s to change, {least} needed", spare=round(spare_s), least=least_s),
            )


class _Call(NamedTuple):
    """A run from one stop to another: by its service, seconds since the service day began."""

    service: int
    zone: str
    depart_s: int
    arrive_s: int


def _check_ride(ride: Mapping[str, Any], path: str, timetable: Timetable) -> Iterator[Fault]:
    """Check that a trip calls at both stops when the plan says, on a day it runs."""
    trip = _number(timetable, timetable.trip_id, ride["trip_id"])
    ends = [
        _number(timetable, timetable.stop_id, ride.get(f"{end}_stop_id")) for end in ("from", "to")
    ]
    if trip is None:
        yield Fault(
            f"{path}.trip_id",
            tr(
                "{what!r} is not in {timetable}",
                what=ride["trip_id"],
                timetable=timetable.meta.name,
            ),
        )
        return
    if None in ends:
        yield Fault(
            f"{path}.from_stop_id",
            tr("its stops are not in {timetable}", timetable=timetable.meta.name),
        )
        return
    calls = list(_calls_of(timetable, [ends[0]], [ends[1]], trip))
    if not calls:
        yield Fault(
            path,
            tr(
                "the trip does not lead from {origin} to {destination}",
                origin=ride["from_stop"],
                destination=ride["to_stop"],
            ),
        )
        return
    depart, arrive = _time(ride["depart"]), _time(ride["arrive"])
    if (depart, arrive) not in set(_moments(timetable, calls, depart.date())):
        yield Fault(f"{path}.depart", tr("the trip does not run then, by the timetable"))


def _check_others(
    ride: Mapping[str, Any],
    path: str,
    timetable: Timetable,
    request: Mapping[str, Any],
    date: str,
) -> Iterator[Fault]:
    """Check the next and the last ride between two stations that the plan names."""
    # What some wishes rule out is not named as the next or the last either.
    wished = request.get("avoid_modes") or "wheelchair" in (request.get("company") or ())
    if "last" not in ride or wished:
        return
    origins, goals = (
        _station(timetable, _number(timetable, timetable.stop_id, ride.get(f"{end}_stop_id")))
        for end in ("from", "to")
    )
    day = dt.date.fromisoformat(date)
    zone = ZoneInfo(request.get("timezone") or timetable.meta.zones[0])
    begin = dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
    calls = list(_calls_of(timetable, origins, goals))
    moments = sorted(
        (depart, arrive)
        for depart, arrive in _moments(timetable, calls, day)
        if begin <= depart < begin + _NIGHT
    )
    here = _time(ride["depart"]), _time(ride["arrive"])
    later = [pair for pair in moments if pair[0] > here[0] and pair[1] > here[1]]
    for name, found in (("next", later[:1]), ("last", moments[-1:])):
        due = found[0][0] if found else None
        told = _time(ride[name]["depart"]) if ride.get(name) else None
        if told != due:
            yield Fault(f"{path}.{name}", tr("by the timetable it leaves at {time}", time=due))


def _number(timetable: Timetable, ids: Sequence[int], wanted: object) -> int | None:
    """Return the number of what has an id."""
    return next((k for k, string in enumerate(ids) if timetable.text(string) == wanted), None)


def _station(timetable: Timetable, stop: int | None) -> list[int]:
    """Return the stops of the station that a stop belongs to."""
    if stop is None:
        return []
    station = timetable.stop_station[stop]
    return [k for k, own in enumerate(timetable.stop_station) if own == station]


def _calls_of(
    timetable: Timetable, origins: Sequence[int | None], goals: Sequence[int | None], trip: int = -1
) -> Iterator[_Call]:
    """Yield the runs that may be boarded at some stops and left at others; of one trip, or all."""
    boards, alights = set(origins), set(goals)
    firsts = timetable.pattern_first_visit.tolist()
    for visit, stop in enumerate(timetable.visit_stop.tolist()):
        if stop not in boards or timetable.visit_pickup[visit] == _NEVER:
            continue
        pattern = bisect_right(firsts, visit) - 1
        first, end = firsts[pattern], firsts[pattern + 1]
        found = [
            k
            for k in range(visit + 1, end)
            if timetable.visit_stop[k] in alights and timetable.visit_drop[k] != _NEVER
        ]
        zone = timetable.meta.zones[timetable.pattern_zone[pattern]]
        first_run = timetable.pattern_first_run[pattern]
        for run in range(first_run, timetable.pattern_first_run[pattern + 1]):
            if trip >= 0 and not _is_part(timetable, run, visit - first, trip):
                continue
            row = timetable.pattern_first_time[pattern] + (run - first_run) * (end - first)
            # A loop comes to a stop again; one gets off where it comes to first, unless told.
            for goal in found if trip >= 0 else found[:1]:
                yield _Call(
                    timetable.run_service[run],
                    zone,
                    timetable.departure_s[row + visit - first],
                    timetable.arrival_s[row + goal - first],
                )


def _is_part(timetable: Timetable, run: int, position: int, trip: int) -> bool:
    """Tell whether a run is a trip where one boards."""
    parts = range(timetable.run_first_part[run], timetable.run_first_part[run + 1])
    begun = [part for part in parts if timetable.part_position[part] <= position]
    return bool(begun) and timetable.part_trip[begun[-1]] == trip


def _moments(
    timetable: Timetable, calls: Sequence[_Call], day: dt.date
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield (departure, arrival) of runs on the service days around a date, in UTC."""
    # A service day of GTFS may have any number of hours.
    before = 1 + max((call.arrive_s for call in calls), default=0) // 86_400
    for back in range(-1, before + 1):
        date = day - dt.timedelta(days=back)
        running = timetable.services_on(date)
        for call in calls:
            if running[call.service]:
                noon = dt.datetime.combine(date, dt.time(12), ZoneInfo(call.zone))
                begin = noon.astimezone(dt.UTC) - dt.timedelta(hours=12)
                yield (
                    begin + dt.timedelta(seconds=call.depart_s),
                    begin + dt.timedelta(seconds=call.arrive_s),
                )


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
