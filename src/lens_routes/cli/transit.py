"""``transit``: install timetables, look at departures, plan journeys by train and bus."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli import console, options, resources
from lens_routes.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.timetable.network import Network
    from lens_routes.timetable.timetable import Meta, Timetable

app = typer.Typer(
    help="Install timetables of trains and buses, and plan journeys with them.",
    rich_markup_mode=None,
)

Name = Annotated[str | None, typer.Argument(help="Name of an installed timetable.")]
Feeds = Annotated[list[str] | None, typer.Option("--feed", help="Only this timetable; repeatable.")]


@app.command("add")
def add(
    source: Annotated[
        str,
        typer.Argument(
            help="A GTFS zip or folder, its http address, or ter, tadao, ilevia, artis."
        ),
    ],
    name: Annotated[
        str | None, typer.Option(help="What to call it. Default: after the file.")
    ] = None,
    bbox: Annotated[
        str | None,
        typer.Option(help="Only trips that touch this box: west,south,east,north in degrees."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Import a timetable, in place of an older one of the same name."""
    from lens_routes.quantities import parse_bbox
    from lens_routes.timetable.install import name_for
    from lens_routes.timetable.known import KNOWN

    box = parse_bbox(bbox, "--bbox") if bbox else None
    given = Path(source)
    known = KNOWN.get(source) if not given.exists() else None
    address = known.url if known else source
    if known is None and not _is_address(source) and not given.exists():
        raise NotFoundError(
            f"{source!r} is no file, no address and no known timetable.",
            f"Known by name: {', '.join(KNOWN)}.",
        )
    if not _is_address(address):
        address = str(given.absolute())
    chosen = name or (known.name if known else name_for(Path(source.partition("?")[0])))
    _tell([_install(address, chosen, box).meta], as_json=as_json)


@app.command("update")
def update(name: Name = None, as_json: options.Json = False) -> None:
    """Fetch installed timetables again from where they came; the old stays if that fails."""
    from lens_routes.timetable import store

    metas = [store.info(store.path_of(one)) for one in ([name] if name else _require_names())]
    updated = [_install(meta.source, meta.name, meta.bbox).meta for meta in metas]
    _tell(updated, as_json=as_json)


@app.command("list")
def list_feeds(as_json: options.Json = False) -> None:
    """List the installed timetables, and those known by name."""
    from lens_routes.timetable import store
    from lens_routes.timetable.known import KNOWN

    metas = [store.info(store.path_of(name)) for name in store.names()]
    if as_json:
        known = [{"name": k.name, "title": k.title, "url": k.url} for k in KNOWN.values()]
        feeds = [
            {
                "name": meta.name,
                "source": meta.source,
                "first_day": meta.first_day.isoformat(),
                "last_day": meta.last_day.isoformat(),
            }
            for meta in metas
        ]
        console.print_json({"schema": "lens-routes/transit-list/1", "feeds": feeds, "known": known})
        return
    for meta in metas:
        console.answer(f"{meta.name:<12} {meta.first_day} to {meta.last_day}  {meta.source}")
    for feed in KNOWN.values():
        if feed.name not in {meta.name for meta in metas}:
            console.answer(f"{feed.name:<12} not installed: {feed.title}")


@app.command("info")
def info(name: Name = None, as_json: options.Json = False) -> None:
    """Show what timetables hold: days, services, size, faults found."""
    from lens_routes.timetable import store

    # Loaded, not only looked at: so damage anywhere in the file is noticed here.
    names = [name] if name else _require_names()
    _tell([store.load(store.path_of(one)).meta for one in names], as_json=as_json)


@app.command("remove")
def remove(
    name: Annotated[str, typer.Argument(help="Name of an installed timetable.")],
    as_json: options.Json = False,
) -> None:
    """Remove an installed timetable."""
    from lens_routes.timetable import store

    removed = store.remove(store.path_of(name))
    if as_json:
        console.print_json({"schema": "lens-routes/transit-removed/1", "removed": removed})
    else:
        console.answer(f"{name} was removed." if removed else f"No timetable is called {name}.")


@app.command("departures")
def departures(
    stop: Annotated[str, typer.Argument(help="A stop, by name or id.")],
    at: Annotated[
        str | None, typer.Option(help="From when on, such as 9:30. Default: now.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Which day. Default: today.")] = None,
    count: Annotated[int, typer.Option(help="How many.", min=1, max=500)] = 12,
    feed: Feeds = None,
    as_json: options.Json = False,
) -> None:
    """Show the next departures from a stop."""
    from lens_routes.cli import transit_answer as answer
    from lens_routes.quantities import parse_clock, parse_date
    from lens_routes.timetable.board import departures as leaving
    from lens_routes.timetable.find_stops import find_stop
    from lens_routes.timetable.journey import ride_document
    from lens_routes.timetable.timeline import Timeline

    network = answer.open_network(feed or ())
    halt = find_stop(network, stop)
    now = _now(network)
    day = parse_date(date, now.date(), "--date") if date else now.date()
    clock = parse_clock(at, "--at") if at else (dt.time() if date else now.time())
    moment = dt.datetime.combine(day, clock, now.tzinfo)
    answer.require_date(network, day)
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
    from lens_routes.cli import transit_shown

    console.print_lines(transit_shown.board(halt.name, moment, rides, console.stdout().width))


@app.command("journey")
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
    max_rides: Annotated[int, typer.Option(help="The most rides.", min=1, max=20)] = 20,
    min_transfer: Annotated[
        str | None, typer.Option(help="The least time for a change, such as 5min. Default: 2min.")
    ] = None,
    max_walk: Annotated[
        str, typer.Option(help="The longest walk to or from a stop, such as 1km.")
    ] = "2.5km",
    pace: options.Pace = "normal",
    feed: Feeds = None,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Plan a journey from door to door: walk, ride, change, walk."""
    from lens_routes.cli import transit_answer as answer
    from lens_routes.quantities import parse_distance, parse_duration
    from lens_routes.timetable.changes import USUAL_CHANGE_S
    from lens_routes.travel.pace import parse_pace

    if depart and arrive:
        raise UsageError("--depart and --arrive contradict each other.", "Keep one of them.")
    if arrive and window:
        raise UsageError("--window needs --depart, not --arrive.", "Say from when on.")
    network = answer.open_network(feed or ())
    catalogue = resources.load_catalogue(places)
    a, b = (
        answer.find_where(
            words, network, lambda word: resources.locate(word, catalogue, online=online)
        )
        for words in (origin, destination)
    )
    now = _now(network)
    moment = (
        answer.parse_moment(arrive, "--arrive", now)
        if arrive
        else answer.parse_moment(depart, "--depart", now)
        if depart
        else now
    )
    answer.require_date(network, moment.date())
    change_s = parse_duration(min_transfer, "--min-transfer") * 60 if min_transfer else None
    planner = answer.DoorToDoor(
        network,
        resources.open_walking(catalogue),
        pace_kmh=parse_pace(pace),
        change_s=change_s or USUAL_CHANGE_S,
        most_rides=max_rides,
        farthest_m=parse_distance(max_walk, "--max-walk"),
    )
    if arrive:
        trips = planner.arrive_by(a, b, moment)
    elif window:
        span = dt.timedelta(minutes=parse_duration(window, "--window"))
        trips = planner.depart_within(a, b, moment, span)
    else:
        trips = planner.depart_at(a, b, moment)
    if not trips:
        raise answer.no_journey(a, b, network, moment.date())
    from lens_routes.cli import transit_shown

    if as_json:
        console.print_json(transit_shown.journeys_document(trips))
    else:
        console.print_lines(transit_shown.journeys(a.name, b.name, trips, console.stdout().width))


def _now(network: Network) -> dt.datetime:
    return console.now(network.timetables[0].meta.zones[0])


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _require_names() -> list[str]:
    from lens_routes.errors import NotInstalledError
    from lens_routes.timetable import store

    names = store.names()
    if not names:
        raise NotInstalledError("No timetable is installed.", command=("transit", "add", "ter"))
    return names


@contextmanager
def _at_hand(source: str, report: Any) -> Iterator[Path]:
    """Yield the feed as a file or folder, downloaded where it is an address."""
    if not _is_address(source):
        yield Path(source)
        return
    from lens_routes.timetable.download import fetched

    with fetched(source, report) as path:
        yield path


def _install(source: str, name: str, bbox: tuple[float, float, float, float] | None) -> Timetable:
    from lens_routes.timetable import store
    from lens_routes.timetable.install import install

    store.path_of(name)
    with console.progress("Timetable") as report, _at_hand(source, report) as path:
        return install(
            path, name=name, source=source, bbox=bbox, now=console.now("UTC"), report=report
        )


def _tell(metas: list[Meta], *, as_json: bool) -> None:
    if as_json:
        feeds = [_document(meta) for meta in metas]
        console.print_json({"schema": "lens-routes/transit/1", "feeds": feeds})
        return
    from lens_routes.cli import transit_shown

    for meta in metas:
        for line in transit_shown.about(meta):
            console.answer(line)


def _document(meta: Meta) -> dict[str, Any]:
    days = (meta.first_day + dt.timedelta(days=n) for n in range(len(meta.days)))
    return {
        "name": meta.name,
        "source": meta.source,
        "built": meta.built,
        "program": meta.program,
        "bbox": list(meta.bbox) if meta.bbox else None,
        "first_day": meta.first_day.isoformat(),
        "last_day": meta.last_day.isoformat(),
        "timezones": list(meta.zones),
        "agencies": list(meta.agencies),
        "publisher": meta.publisher,
        "version": meta.version,
        "stops": meta.stops,
        "routes": meta.routes,
        "trips": meta.trips,
        "services": {day.isoformat(): count for day, count in zip(days, meta.days, strict=True)},
        "faults": [
            {"file": file, "remedy": remedy, "count": count}
            for file, remedy, count in meta.mended_counts
        ],
        "mended": [
            {"file": f.file, "line": f.line, "reason": f.reason, "remedy": f.remedy}
            for f in meta.mended
        ],
    }
