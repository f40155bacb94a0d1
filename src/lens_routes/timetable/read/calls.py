"""Read ``stop_times.txt`` and ``frequencies.txt``: where trips call and when."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.timetable.read.feed import Call, Headway
from lens_routes.timetable.read.fields import parse_choice, parse_count, parse_time, reason_of
from lens_routes.timetable.read.stops import is_station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.timetable.read.archive import Archive
    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Stop, Trip

CALLS, FREQUENCIES = "stop_times.txt", "frequencies.txt"
_COLUMNS = ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence")
_OPTIONAL = ("pickup_type", "drop_off_type", "stop_headsign", "location_id", "location_group_id",
             "start_pickup_drop_off_window")  # fmt: skip
#: A trip that departs this often in a day is a fault, not a service.
_MOST_DEPARTURES = 5000


def read_calls(
    archive: Archive, trips: dict[str, Trip], stops: dict[str, Stop], faults: Faults
) -> None:
    """Give the trips their calls, in order and with every time known; drop trips that have none.

    A time between two known ones is interpolated evenly over the stops. A trip with a broken time,
    an unknown stop or time running backwards is left out: a wrong time is worse than none. What
    runs on demand (GTFS-Flex) has no times; it is passed over.
    """
    times = _Times()
    broken: dict[str, tuple[int, str]] = {}
    on_demand: set[str] = set()
    on_demand_out = tr("on demand, so not in a timetable; row left out")
    for line, fields in archive.rows(CALLS, _COLUMNS, _OPTIONAL):
        trip = trips.get(fields[0]) or trips.get(fields[0].strip())
        if trip is None:
            reason = tr("trip_id {trip} is not in trips.txt", trip=wording.quoted(fields[0]))
            faults.mend(CALLS, line, reason, tr("row left out"))
            continue
        *call, zone, group, window = fields
        if window.strip() or (not fields[3].strip() and (zone.strip() or group.strip())):
            faults.mend(CALLS, line, tr("a call anywhere in a zone, or at any time"), on_demand_out)
            on_demand.add(trip.id)
            continue
        try:
            trip.calls.append(_call(line, call, times, stops, faults))
        except ValueError as error:
            broken.setdefault(trip.id, (line, reason_of(error)))
    for identity, (line, what) in broken.items():
        faults.mend(CALLS, line, what, tr("trip left out"))
        del trips[identity]
    for trip in list(trips.values()):
        if trip.id in on_demand and len(trip.calls) < 2:
            del trips[trip.id]
            continue
        try:
            trip.calls = _complete(trip.calls, faults)
        except _BrokenTripError as error:
            reason = tr("trip {trip} {what}", trip=wording.quoted(trip.id), what=error.what)
            faults.mend(CALLS, error.line or trip.line, reason, tr("trip left out"))
            del trips[trip.id]


class _Times(dict[str, "int | None"]):
    """Times of day by how they are written; there are far fewer than rows."""

    def __missing__(self, text: str) -> int | None:
        self[text] = parse_time(text)
        return self[text]


def _call(
    line: int, fields: Sequence[str], times: _Times, stops: dict[str, Stop], faults: Faults
) -> Call:
    """Return the call a row tells of; `ValueError` says what is wrong with it."""
    _, arrival, departure, stop, sequence, pickup, drop_off, headsign = fields
    stop = stop.strip()
    if stop not in stops:
        raise ValueError(tr("stop_id {stop} is not in stops.txt", stop=wording.quoted(stop)))
    if is_station(stops[stop]):
        reason = tr("{stop} is a station, not a stop", stop=wording.quoted(stop))
        faults.mend(CALLS, line, reason, tr("taken as a stop"))
    return Call(
        parse_count(sequence),
        times[arrival],
        times[departure],
        stop,
        parse_choice(pickup, 3) if pickup else 0,
        parse_choice(drop_off, 3) if drop_off else 0,
        headsign.strip(),
        line,
    )


class _BrokenTripError(Exception):
    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def _complete(calls: list[Call], faults: Faults) -> list[Call]:
    """Return the calls in order with every time known."""
    if len(calls) < 2:
        raise _BrokenTripError(tr("calls at fewer than two stops"), calls[0].line if calls else 0)
    calls = sorted(calls, key=attrgetter("sequence"))
    timed: list[Call] = []
    previous = -1
    for call, following in zip(calls, [*calls[1:], None], strict=True):
        if following is not None and following.sequence == call.sequence:
            what = tr("has stop_sequence {number} twice", number=call.sequence)
            raise _BrokenTripError(what, following.line)
        arrival, departure = call.arrival_s, call.departure_s
        if arrival is None and departure is None:
            timed.append(call)
            continue
        arrival = departure if arrival is None else arrival
        departure = arrival if departure is None else departure
        assert arrival is not None  # noqa: S101  # one of the two was given
        assert departure is not None  # noqa: S101
        if departure < arrival:
            faults.mend(
                CALLS,
                call.line,
                tr("it departs before it arrives"),
                tr("departure moved to the arrival"),
            )
            departure = arrival
        if arrival < previous:
            raise _BrokenTripError(tr("arrives before it left the stop before"), call.line)
        previous = departure
        timed.append(call._replace(arrival_s=arrival, departure_s=departure))
    for end in (timed[0], timed[-1]):
        if end.arrival_s is None:
            raise _BrokenTripError(tr("has no time at its first or last stop"), end.line)
    return _interpolate(timed)


def _interpolate(calls: list[Call]) -> list[Call]:
    """Fill blank times evenly between the known times before and after."""
    known = [i for i, call in enumerate(calls) if call.arrival_s is not None]
    if len(known) == len(calls):
        return calls
    filled = list(calls)
    for before, after in pairwise(known):
        begin, end = calls[before].departure_s, calls[after].arrival_s
        assert begin is not None  # noqa: S101  # known has only calls with times
        assert end is not None  # noqa: S101
        for i in range(before + 1, after):
            time_s = begin + (end - begin) * (i - before) // (after - before)
            filled[i] = calls[i]._replace(arrival_s=time_s, departure_s=time_s)
    return filled


def read_frequencies(archive: Archive, trips: dict[str, Trip], faults: Faults) -> None:
    """Give the trips that run every so often their headways."""
    columns = ("trip_id", "start_time", "end_time", "headway_secs")
    for line, fields in archive.rows(FREQUENCIES, columns, ("exact_times",)):
        identity, start_text, end_text, every_text, exact = map(str.strip, fields)
        trip = trips.get(identity)
        if trip is None:
            reason = tr("trip_id {trip} has no calls", trip=wording.quoted(identity))
            faults.mend(FREQUENCIES, line, reason, tr("row left out"))
            continue
        try:
            headway = _headway(start_text, end_text, every_text, exact)
        except ValueError as error:
            # Without this row the trip's own times, a mere pattern, would be taken for real ones.
            faults.mend(FREQUENCIES, line, reason_of(error), tr("trip left out"))
            del trips[identity]
            continue
        trip.headways.append(headway)


def _headway(start_text: str, end_text: str, every_text: str, exact: str) -> Headway:
    start, end = parse_time(start_text), parse_time(end_text)
    every = parse_count(every_text)
    if start is None or end is None or end < start:
        raise ValueError(
            tr(
                "{start} to {end} is no span of time",
                start=wording.quoted(start_text),
                end=wording.quoted(end_text),
            )
        )
    if every == 0 or (end - start) / every > _MOST_DEPARTURES:
        raise ValueError(
            tr("a departure every {seconds} s is none a vehicle can make", seconds=every)
        )
    return Headway(start, end, every, bool(parse_choice(exact, 1)))
