"""Journeys as people read them: rides with lines, directions, stops, platforms and times."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from lens_routes.timetable.network.network import Network
    from lens_routes.timetable.search.raptor import Found, Ridden


class Place(NamedTuple):
    """A stop as it is shown; ``number`` is the network's."""

    number: int
    id: str
    name: str
    platform: str
    wheelchair: int


class Ride(NamedTuple):
    """One ride, without leaving the vehicle.

    ``trip_ids`` are several where the vehicle goes on as another trip; line and headsign are those
    shown where one boards. ``every_s`` is the headway where the feed promises no times, else 0.
    ``on_request`` tells that one must phone or tell the driver; ``passed`` counts the stops in
    between; ``wheelchair`` is 0 unknown, 1 yes, 2 no.
    """

    feed: str
    agency: str
    line: str
    line_name: str
    kind: int
    colour: str
    text_colour: str
    headsign: str
    trip_ids: tuple[str, ...]
    trip_name: str
    origin: Place
    destination: Place
    depart: dt.datetime
    arrive: dt.datetime
    every_s: int
    on_request: bool
    passed: int
    wheelchair: int


class Journey(NamedTuple):
    """A journey by public transport, from leaving the origin to reaching the destination."""

    leave: dt.datetime
    arrive: dt.datetime
    rides: tuple[Ride, ...]


def journey(network: Network, found: Found) -> Journey:
    """Return a journey found by a search in words and local times."""
    ridden: list[Ridden] = []
    step: Ridden | None = found.last
    while step is not None:
        ridden.append(step)
        step = step.before
    rides = tuple(ride(network, step) for step in reversed(ridden))
    return Journey(
        dt.datetime.fromtimestamp(found.leave, rides[0].depart.tzinfo),
        dt.datetime.fromtimestamp(found.arrive, rides[-1].arrive.tzinfo),
        rides,
    )


def ride(network: Network, ridden: Ridden) -> Ride:
    """Return one ride in words and local times."""
    pattern = network.pattern(ridden.pattern)
    timetable = pattern.timetable
    text = timetable.text
    run, _ = ridden.lane.runs[ridden.row]
    zone = ZoneInfo(timetable.meta.zones[timetable.pattern_zone[pattern.number]])
    parts = range(timetable.run_first_part[run], timetable.run_first_part[run + 1])
    taken = [
        part
        for part in parts
        if timetable.part_position[part] < ridden.alight
        and (part + 1 not in parts or timetable.part_position[part + 1] > ridden.board)
    ]
    trip = timetable.part_trip[taken[0]]
    route = timetable.trip_route[trip]
    first_visit = timetable.pattern_first_visit[pattern.number]
    board, alight = first_visit + ridden.board, first_visit + ridden.alight
    headsign = timetable.visit_headsign[board] or timetable.trip_headsign[trip]
    return Ride(
        feed=timetable.meta.name,
        agency=text(timetable.route_agency[route]),
        line=text(timetable.route_short[route]) or text(timetable.route_long[route]),
        line_name=text(timetable.route_long[route]),
        kind=timetable.route_kind[route],
        colour=text(timetable.route_colour[route]),
        text_colour=text(timetable.route_text[route]),
        headsign=text(headsign),
        trip_ids=tuple(text(timetable.trip_id[timetable.part_trip[part]]) for part in taken),
        trip_name=text(timetable.trip_short[trip]),
        origin=place(network, pattern.stops[ridden.board]),
        destination=place(network, pattern.stops[ridden.alight]),
        depart=dt.datetime.fromtimestamp(ridden.lane.departures[ridden.row][ridden.board], zone),
        arrive=dt.datetime.fromtimestamp(ridden.lane.arrivals[ridden.row][ridden.alight], zone),
        every_s=timetable.run_every_s[run],
        on_request=timetable.visit_pickup[board] > 1 or timetable.visit_drop[alight] > 1,
        passed=ridden.alight - ridden.board - 1,
        wheelchair=timetable.trip_wheelchair[trip],
    )


def place(network: Network, stop: int) -> Place:
    """Return a stop as it is shown."""
    timetable, number = network.locate(stop)
    return Place(
        stop,
        timetable.text(timetable.stop_id[number]),
        timetable.text(timetable.stop_name[number]),
        timetable.text(timetable.stop_platform[number]),
        timetable.stop_wheelchair[number],
    )


def ride_document(ride: Ride) -> dict[str, object]:
    """Return a ride as JSON values (the contract's ``rides``, and more)."""
    return {
        "line": ride.line,
        "headsign": ride.headsign,
        "from_stop": ride.origin.name,
        "to_stop": ride.destination.name,
        "depart": ride.depart.isoformat(),
        "arrive": ride.arrive.isoformat(),
        "trip_id": ride.trip_ids[0],
        "feed": ride.feed,
        "trip_ids": list(ride.trip_ids),
        "from_stop_id": ride.origin.id,
        "to_stop_id": ride.destination.id,
        "from_platform": ride.origin.platform or None,
        "to_platform": ride.destination.platform or None,
        "line_name": ride.line_name,
        "agency": ride.agency,
        "route_type": ride.kind,
        "colour": ride.colour or None,
        "text_colour": ride.text_colour or None,
        "stops_between": ride.passed,
        "headway_s": ride.every_s or None,
        "on_request": ride.on_request,
        "wheelchair": {1: "yes", 2: "no"}.get(ride.wheelchair, "unknown"),
    }
