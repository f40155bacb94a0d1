"""``nearby`` and ``route``: what is within a walk, and the way from one place to the next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import MissingPlaceError, UsageError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.around.near import Radius
    from lens_routes.planning.around.route import Manner
    from lens_routes.travel.walking import Walking


def nearby(
    where: Annotated[str, typer.Argument(help="A place, or latitude,longitude.")],
    within: Annotated[str, typer.Option(help="How far: 20min or 1500m.")] = "20min",
    theme: Annotated[
        list[str] | None, typer.Option("--theme", "-t", help="Only these themes; repeatable.")
    ] = None,
    what: Annotated[
        list[str] | None,
        typer.Option(help="What travellers need instead of places: toilets, water or lunch."),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Whether it is open then, such as 12:30. Default: now.")
    ] = None,
    open_only: Annotated[
        bool, typer.Option("--open", help="With --what: only what is known to be open then.")
    ] = False,
    mode: Annotated[str, typer.Option(help="How one goes: walk, bike or car.")] = "walk",
    show_map: options.ShowMap = False,
    pace: options.Pace = "normal",
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """List the places within a walk or a ride, the nearest first.

    Or water, toilets, tables and the like, with --what.
    """
    from lens_routes.catalogue.themes import require_theme
    from lens_routes.planning.around.near import Radius, by_vehicle, find_near, on_foot
    from lens_routes.travel.foot.pace import parse_pace

    catalogue = resources.load_catalogue(places)
    radius = Radius.parse(within)
    pace_kmh = parse_pace(pace)
    themes = [require_theme(catalogue, word) for word in theme or []]
    origin = resources.locate(where, catalogue, online=online)
    walking = resources.open_walking(catalogue)
    now = console.now(catalogue.timezone)
    if at:
        from lens_routes.text.quantities.clocks import parse_clock

        now = dt.datetime.combine(now.date(), parse_clock(at, "--at"), now.tzinfo)
    vehicle = _vehicle_of(mode)
    if what and vehicle is not None:
        raise UsageError(tr("--what looks around on foot."), tr("Leave out --mode."))
    if what:
        _needs(what, origin, radius, walking, pace_kmh, now, catalogue, open_only, as_json)
        return
    if open_only:
        raise UsageError(tr("--open needs --what."), tr("Say what should be open."))
    if vehicle is None:
        ways = on_foot(walking, pace_kmh)
    else:
        ways = by_vehicle(resources.driving_of(catalogue, walking)(vehicle, None), pace_kmh)
    found = find_near(origin, radius, catalogue, ways, now=now, themes=themes)
    if as_json:
        from lens_routes.plan.document import near_document

        console.print_json(near_document(origin, found))
        return
    from lens_routes.output.terminal.lines import Look
    from lens_routes.output.terminal.near import render_near

    look = Look(console.width())
    console.print_lines(render_near(origin, str(radius), found, look))
    if show_map:
        from lens_routes.cli.frame.maps import print_map
        from lens_routes.output.terminal_map.sketch import of_near

        print_map(of_near(origin, found), walking.network)


def _require_two(where: list[str], *, others: int) -> None:
    usage = tr("Write: {command}", command="lens-routes route A B")
    if len(where) < 2:
        raise MissingPlaceError(tr("A route needs two places at least."), usage)
    if others and len(where) > 2:
        raise UsageError(tr("Other ways are looked for between two places."), usage)


def route(
    where: Annotated[list[str], typer.Argument(help="Two or more places, or latitude,longitude.")],
    depart: Annotated[
        str | None, typer.Option(help="When to leave, such as 9:30. Default: now.")
    ] = None,
    mode: Annotated[
        str,
        typer.Option(help="How to move: foot, wheelchair, pushchair, bike, road, e-bike, car."),
    ] = "foot",
    way: Annotated[
        str | None, typer.Option(help="What the way is chosen for: calm, direct or green.")
    ] = None,
    avoid: Annotated[list[str] | None, typer.Option(help="What to avoid: ferry.")] = None,
    others: Annotated[
        int,
        typer.Option("--alternatives", help="So many other ways besides.", min=0, max=5),
    ] = 0,
    engine: Annotated[
        str | None,
        typer.Option(help="Ask this server, not the installed streets: valhalla:ADDRESS."),
    ] = None,
    show_map: options.ShowMap = False,
    pace: options.Pace = "normal",
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Show the way from place to place.

    With the streets to follow, where they are installed.
    """
    from lens_routes.travel.foot.pace import parse_pace

    _require_two(where, others=others)
    catalogue = resources.load_catalogue(places)
    pace_kmh = parse_pace(pace)
    manner = _manner(mode, way, avoid or [], pace_kmh)
    moment = console.now(catalogue.timezone)
    if depart:
        from lens_routes.text.quantities.clocks import parse_clock

        moment = dt.datetime.combine(moment.date(), parse_clock(depart, "--depart"), moment.tzinfo)
    points = [resources.locate(words, catalogue, online=online) for words in where]
    walking = resources.open_walking(catalogue)
    if engine:
        legs, besides = _asked(engine, points, moment, manner, pace_kmh, others)
    else:
        legs, besides = _found(points, walking, moment, manner, pace_kmh, others)
    if as_json:
        from lens_routes.plan.document import route_document

        console.print_json(route_document(legs, besides))
        return
    from lens_routes.output.terminal.itinerary import render_route
    from lens_routes.output.terminal.lines import Look

    look = Look(console.width(), steps=True)
    console.print_lines(render_route(legs, look))
    for number, leg in enumerate(besides, 2):
        console.answer(tr("Way {n}:", n=number))
        console.print_lines(render_route([leg], look))
    if others > len(besides):
        console.say(tr("There is no other way that differs enough and is not much longer."))
    if show_map:
        from lens_routes.cli.frame.maps import print_map
        from lens_routes.output.terminal_map.sketch import of_route

        print_map(of_route(points, legs), walking.network)
    if not any(leg.steps for leg in legs):
        command = "lens-routes streets download --places"
        console.say(tr("For directions, install the streets: {command}", command=command))


def _found(
    points: list[Waypoint],
    walking: Walking,
    moment: dt.datetime,
    manner: Manner,
    pace_kmh: float,
    others: int,
) -> tuple[list[Leg], list[Leg]]:
    """Return the way by the installed streets, or what is known without, and others beside it."""
    if manner.plain and not others:
        from lens_routes.planning.around.route import walk_through

        return walk_through(points, walking, moment, pace_kmh), []
    from lens_routes.planning.around.led import go_through, ways_between
    from lens_routes.travel.resources import require_network

    network = require_network(walking, "route")
    if not others:
        return go_through(points, network, moment, manner), []
    first, *more = ways_between((points[0], points[1]), network, moment, manner, others)
    return [first], more


def _asked(
    engine: str,
    points: list[Waypoint],
    moment: dt.datetime,
    manner: Manner,
    pace_kmh: float,
    others: int,
) -> tuple[list[Leg], list[Leg]]:
    """Return the way that an engine knows, and others beside it."""
    from lens_routes.engines.ask import engine_called
    from lens_routes.engines.valhalla import ways
    from lens_routes.streets.profiles.profile import Wish

    if manner.wish is not Wish.USUAL:
        raise UsageError(
            tr("--way is chosen by the installed streets."), tr("Leave out --way or --engine.")
        )
    first, *more = ways(
        engine_called(engine, "valhalla"),
        points,
        moment,
        mode=manner.profile.name,
        pace_kmh=pace_kmh,
        avoid=manner.avoid,
        others=others,
    )
    return first, [leg for legs in more for leg in legs]


def _vehicle_of(mode: str) -> str | None:
    """Return the vehicle that a mode goes by, None on foot."""
    from lens_routes.travel.ways import way_called

    way = way_called(mode)
    if way == "walk":
        return None
    from lens_routes.travel.vehicles.vehicle import VEHICLES

    if way not in VEHICLES:
        raise UsageError(
            tr("--mode {mode} depends on the hour.", mode=mode),
            tr("Choose walk, bike or car; for trains and buses: lens-routes transit journey A B"),
        )
    return way


def _manner(mode: str, way: str | None, avoid: list[str], pace_kmh: float) -> Manner:
    """Return how to move, as options say it."""
    from lens_routes.planning.around.route import Manner
    from lens_routes.streets.profiles.foot import FOOT
    from lens_routes.streets.profiles.named import profile_called
    from lens_routes.streets.profiles.profile import Wish
    from lens_routes.travel.ways import PROFILES, way_called

    ways = (Wish.CALM, Wish.DIRECT, Wish.GREEN)
    if way is not None and way not in ways:
        raise UsageError(
            tr("--way {text!r} is no way to choose.", text=way),
            tr("Choose one of: {names}.", names=", ".join(ways)),
        )
    if unknown := sorted(set(avoid) - {"ferry"}):
        raise UsageError(
            tr("--avoid {text!r} is nothing this can avoid.", text=unknown[0]),
            tr("Choose one of: {names}.", names="ferry"),
        )
    profile = profile_called(PROFILES.get(way_called(mode), mode))
    speed_kmh = pace_kmh if profile is FOOT else None
    return Manner(profile, speed_kmh, Wish(way) if way else Wish.USUAL, frozenset(avoid))


def _needs(
    what: list[str],
    origin: Waypoint,
    radius: Radius,
    walking: Walking,
    pace_kmh: float,
    now: dt.datetime,
    catalogue: Catalogue,
    open_only: bool,
    as_json: bool,
) -> None:
    """Tell what travellers need within a walk."""
    from lens_routes.catalogue.hours import context_of
    from lens_routes.output.terminal.amenities import render_amenities
    from lens_routes.output.terminal.lines import Look
    from lens_routes.plan.amenity import needs_called
    from lens_routes.plan.document import amenities_document
    from lens_routes.planning.around.amenities import find_amenities

    needs = [need for words in what for need in needs_called(words)]
    found = find_amenities(
        origin,
        radius,
        needs,
        walking,
        pace_kmh=pace_kmh,
        now=now,
        context=context_of(catalogue),
        open_only=open_only,
    )
    if as_json:
        console.print_json(amenities_document(origin, found))
        return
    look = Look(console.width())
    console.print_lines(render_amenities(origin, str(radius), needs, found, look))
