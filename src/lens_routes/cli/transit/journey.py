"""``transit departures`` and ``transit journey``: when does it leave, and how do I get there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import UsageError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.timetable.network.network import Network
    from lens_routes.timetable.network.wishes import Preference, Wishes
    from lens_routes.travel.foot.walk import Walk
    from lens_routes.travel.rides.door_to_door import WalkLeg
    from lens_routes.travel.rides.trip import Trip
    from lens_routes.travel.walking import Walking

Feeds = Annotated[list[str] | None, typer.Option("--feed", help="Only this timetable; repeatable.")]
MaxRides = Annotated[int | None, typer.Option(help="The most rides.", min=1, max=20)]
MaxTransfers = Annotated[
    int | None, typer.Option(help="The most changes between rides.", min=0, max=19)
]
MinTransfer = Annotated[
    str | None,
    typer.Option(help="The least time for a change, such as 5min. Default: what the feed says."),
]
AvoidMode = Annotated[
    list[str] | None,
    typer.Option(
        help="Not by train, metro, tram, bus, ferry, cable-car, funicular or monorail; repeatable."
    ),
]
Wheelchair = Annotated[
    bool,
    typer.Option(
        "--wheelchair",
        help="Leave out vehicles, stops and ways that are known not to take a wheelchair.",
    ),
]
Prefer = Annotated[
    str | None,
    typer.Option(
        help="What comes first: earlier, fewer-changes or less-walking. Default: by departure."
    ),
]


def departures(
    stop: Annotated[str, typer.Argument(help="A stop, by name or id.")],
    at: Annotated[
        str | None, typer.Option(help="From when on, such as 9:30. Default: now.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Which day. Default: today.")] = None,
    count: Annotated[int, typer.Option(help="How many.", min=1, max=500)] = 12,
    avoid_mode: AvoidMode = None,
    wheelchair: Wheelchair = False,
    feed: Feeds = None,
    as_json: options.Json = False,
) -> None:
    """Show the next departures from a stop."""
    from lens_routes.text.quantities.clocks import parse_clock
    from lens_routes.text.quantities.dates import parse_date
    from lens_routes.timetable.ask.board import departures as leaving
    from lens_routes.timetable.ask.find_stops import find_stop
    from lens_routes.timetable.ask.journey import ride_document
    from lens_routes.timetable.network.timeline import Timeline
    from lens_routes.timetable.network.wishes import wished
    from lens_routes.travel.rides.timetables import open_network, require_date

    wishes = wished(avoid_modes=tuple(avoid_mode or ()), wheelchair=wheelchair)
    network = open_network(feed or (), wishes)
    halt = find_stop(network, stop)
    now = console.now(network.zone(halt.stops[0]))
    day = parse_date(date, now.date(), "--date", console.say) if date else now.date()
    clock = parse_clock(at, "--at") if at else (dt.time() if date else now.time())
    moment = dt.datetime.combine(day, clock, now.tzinfo)
    require_date(network, day)
    begin = round(moment.timestamp())
    rides = leaving(Timeline(network, day), halt.stops, begin, until=begin + 24 * 3600, count=count)
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/departures/1",
                "stop": halt.name,
                "from": moment.isoformat(),
                "departures": [ride_document(ride) for ride in rides],
            }
        )
        return
    from lens_routes.cli.transit import shown as transit_shown

    console.print_lines(transit_shown.board(halt.name, moment, rides, console.width()))


def journey(
    origin: Annotated[str, typer.Argument(help="A stop, a place, or latitude,longitude.")],
    destination: Annotated[str, typer.Argument(help="A stop, a place, or latitude,longitude.")],
    depart: Annotated[
        str | None,
        typer.Option(help="When to leave: 2026-11-24T09:30, or 9:30 today. Default: now."),
    ] = None,
    arrive: Annotated[str | None, typer.Option(help="When to be there at the latest.")] = None,
    window: Annotated[
        str | None, typer.Option(help="All good departures within this time, such as 2h.")
    ] = None,
    max_rides: MaxRides = None,
    max_transfers: MaxTransfers = None,
    min_transfer: MinTransfer = None,
    avoid_mode: AvoidMode = None,
    wheelchair: Wheelchair = False,
    prefer: Prefer = None,
    max_walk: Annotated[
        str, typer.Option(help="The longest walk to or from a stop, such as 1km.")
    ] = "5km",
    pace: options.Pace = "normal",
    engine: Annotated[
        str | None,
        typer.Option(help="Ask this server, not the installed timetables: motis:ADDRESS."),
    ] = None,
    feed: Feeds = None,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Plan a journey from door to door.

    Walk, ride, change, walk.
    """
    from lens_routes.text.quantities.lengths import parse_distance, parse_duration
    from lens_routes.timetable.network.wishes import parse_preference, wished
    from lens_routes.travel.foot.pace import parse_pace
    from lens_routes.travel.rides.door_to_door import DoorToDoor
    from lens_routes.travel.rides.timetables import open_network
    from lens_routes.travel.rides.trip import find_where

    _require_one_way(depart, arrive, window)
    preference = parse_preference(prefer) if prefer else None
    least = parse_duration(min_transfer, "--min-transfer") * 60 if min_transfer else None
    wishes = wished(
        max_rides=max_rides,
        max_transfers=max_transfers,
        min_transfer_s=least,
        avoid_modes=tuple(avoid_mode or ()),
        wheelchair=wheelchair,
    )
    farthest_m = parse_distance(max_walk, "--max-walk")
    pace_kmh = parse_pace(pace)
    catalogue = resources.load_catalogue(places)
    if engine:
        if feed or avoid_mode:
            raise UsageError(
                tr("--feed and --avoid-mode choose among installed timetables."),
                tr("Leave them out, or leave out --engine."),
            )
        points = [
            resources.locate(words, catalogue, online=online) for words in (origin, destination)
        ]
        now = console.now(catalogue.timezone)
        when = _when(now, depart, arrive)
        trips = _asked(
            engine, (points[0], points[1]), when, bool(arrive), window, wishes, farthest_m, pace_kmh
        )
        _show((points[0].name, points[1].name), trips, preference, wishes, as_json=as_json)
        return
    network = open_network(feed or (), wishes)
    ends = [
        find_where(words, network, lambda word: resources.locate(word, catalogue, online=online))
        for words in (origin, destination)
    ]
    halts = [end.halt for end in ends if end.halt]
    zone = network.zone(halts[0].stops[0]) if halts else catalogue.timezone
    moment = _moment(network, console.now(zone), depart, arrive)
    walking = resources.open_walking(catalogue)
    planner = DoorToDoor(
        network,
        walking,
        _walk_leg(walking, pace_kmh),
        pace_kmh=pace_kmh,
        farthest_m=farthest_m,
    )
    a, b = ends
    if arrive:
        trips = planner.arrive_by(a, b, moment)
    elif window:
        span = dt.timedelta(minutes=parse_duration(window, "--window"))
        trips = planner.depart_within(a, b, moment, span)
    else:
        trips = planner.depart_at(a, b, moment)
    if not trips:
        # Nothing that arrives by a time: perhaps later on the same day.
        following = moment.date() + dt.timedelta(days=0 if arrive else 1)
        raise planner.no_journey(a, b, moment, following)
    _show((a.name, b.name), trips, preference, wishes, as_json=as_json)


def _show(
    names: tuple[str, str],
    trips: list[Trip],
    preference: Preference | None,
    wishes: Wishes,
    *,
    as_json: bool,
) -> None:
    from lens_routes.cli.transit import shown as transit_shown
    from lens_routes.travel.rides.trip import preferred

    if preference:
        trips = preferred(trips, preference)
    if as_json:
        console.print_json(transit_shown.journeys_document(trips))
    else:
        shown = transit_shown.journeys(*names, trips, wishes, console.width())
        console.print_lines(shown)


def _asked(
    engine: str,
    ends: tuple[Waypoint, Waypoint],
    when: dt.datetime,
    arrive_by: bool,
    window: str | None,
    wishes: Wishes,
    farthest_m: float,
    pace_kmh: float,
) -> list[Trip]:
    """Return the journeys that an engine knows."""
    from lens_routes.engines.ask import engine_called
    from lens_routes.engines.motis import Wanted, trips
    from lens_routes.errors import InfeasibleError
    from lens_routes.text.quantities.lengths import parse_duration

    wanted = Wanted(
        wishes,
        pace_kmh=pace_kmh,
        farthest_m=farthest_m,
        window_min=parse_duration(window, "--window") if window else None,
    )
    found = trips(engine_called(engine, "motis"), ends, when, wanted, arrive_by=arrive_by)
    if not found:
        raise InfeasibleError(
            tr(
                "No connection from {origin} to {destination} by {engine}.",
                origin=ends[0].name,
                destination=ends[1].name,
                engine=engine_called(engine, "motis").shown,
            ),
            tr("Ask for another time, or allow longer walks with --max-walk."),
        )
    return found


def _require_one_way(depart: str | None, arrive: str | None, window: str | None) -> None:
    if depart and arrive:
        raise UsageError(
            tr("--depart and --arrive contradict each other."), tr("Keep one of them.")
        )
    if arrive and window:
        raise UsageError(tr("--window needs --depart, not --arrive."), tr("Say from when on."))


def _walk_leg(walking: Walking, pace_kmh: float) -> WalkLeg:
    from lens_routes.planning.travel.legs import route

    def leg(a: Waypoint, b: Waypoint, planned: Walk, depart: dt.datetime) -> Leg:
        return route(walking, a, b, planned, pace_kmh).leg(depart)

    return leg


def _moment(
    network: Network, now: dt.datetime, depart: str | None, arrive: str | None
) -> dt.datetime:
    """Return the moment asked for, on a day that the timetables cover."""
    from lens_routes.travel.rides.timetables import require_date

    moment = _when(now, depart, arrive)
    require_date(network, moment.date())
    return moment


def _when(now: dt.datetime, depart: str | None, arrive: str | None) -> dt.datetime:
    if arrive:
        return parse_moment(arrive, "--arrive", now)
    return parse_moment(depart, "--depart", now) if depart else now


def parse_moment(text: str, option: str, now: dt.datetime) -> dt.datetime:
    """Return an aware moment from ISO 8601, or a time of day with or without its day.

    Raises
    ------
    UsageError
        The text is neither.
    """
    from lens_routes.text.quantities.moments import parse_moment

    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        day, clock = parse_moment(text, now.date(), option, console.say)
        return dt.datetime.combine(day or now.date(), clock, now.tzinfo)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=now.tzinfo)
    return moment.astimezone(now.tzinfo)
