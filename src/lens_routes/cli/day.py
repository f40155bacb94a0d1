"""``plan``, ``replan`` and ``check``: a day, the rest of it, and whether it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli import console, options, resources
from lens_routes.cli.asking import DEFAULT_WALK, Asked, request_of
from lens_routes.cli.outputs import Outputs
from lens_routes.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan import Plan
    from lens_routes.planning.flow import Supplies
    from lens_routes.timetable.network import Network

#: When the search for a tour ends: by iterations, so that the same request gives the same tour on
#: any machine.
SEARCH_ITERATIONS = 400


def plan(
    *,
    theme: Annotated[
        list[str] | None,
        typer.Option(
            "--theme", "-t", help="What to see; repeat it for several. Default: anything."
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            help="Where to start: a place, or latitude,longitude. Default: the catalogue's."
        ),
    ] = None,
    end: Annotated[
        str | None, typer.Option(help="Where to end. Default: where you started.")
    ] = None,
    loop: Annotated[
        bool,
        typer.Option("--loop/--one-way", help="Come back to the start, or end at the last visit."),
    ] = True,
    date: Annotated[
        str | None,
        typer.Option(
            help="The day: 2026-11-24, tomorrow, saturday. Default: today, or tomorrow after 14:00."
        ),
    ] = None,
    days: Annotated[
        int, typer.Option(help="How many days, each from the start and to the end; no place twice.")
    ] = 1,
    at: Annotated[
        str | None, typer.Option(help="When to start, such as 9:30. Default: 10:00.")
    ] = None,
    duration: Annotated[
        str | None, typer.Option("--for", help="How long, such as 6h or 90min. Default: 6h.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="When to be back, such as 18:00; instead of --for.")
    ] = None,
    must: Annotated[
        list[str] | None, typer.Option(help="A place that has to be in the tour; repeatable.")
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option(help="A place to stay away from; repeatable.")
    ] = None,
    appointment: Annotated[
        list[str] | None,
        typer.Option(help="A visit at a fixed time: culture-commune=14:00; repeatable."),
    ] = None,
    lunch: Annotated[str | None, typer.Option(help="A lunch break: 12:00-14:00,60min.")] = None,
    pauses: Annotated[
        list[str] | None, typer.Option("--break", help="Another break: 15:00-17:00,20min.")
    ] = None,
    max_walk: Annotated[
        str, typer.Option(help="Most walking in one day, such as 8km; none: no limit.")
    ] = DEFAULT_WALK,
    pace: options.Pace = "normal",
    mode: Annotated[
        str,
        typer.Option(help="How to travel: walk, or transit, with the trains and buses installed."),
    ] = "walk",
    max_visits: Annotated[int | None, typer.Option(help="Most visits in one day.")] = None,
    budget: Annotated[
        float | None, typer.Option(help="Most euros for entries, one adult; unknown prices apart.")
    ] = None,
    visit: Annotated[
        list[str] | None,
        typer.Option(help="Minutes to stay somewhere, such as louvre-lens=90; repeatable."),
    ] = None,
    relaxed: Annotated[
        bool, typer.Option("--relaxed", help="Keep 15 minutes in hand everywhere.")
    ] = False,
    strict_hours: Annotated[
        bool, typer.Option("--strict-hours", help="Leave out places whose hours are not known.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Chooses among equally good tours, repeatably.")] = 1,
    alternatives: Annotated[
        int, typer.Option(help="Also offer up to this many tours of another kind.", min=0, max=9)
    ] = 0,
    steps: Annotated[
        bool, typer.Option("--steps", help="Print the streets of each walk; needs the streets.")
    ] = False,
    gpx: Annotated[
        Path | None,
        typer.Option(
            help="Write the tour as GPX to this file, or - for stdout; needs the streets."
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(help="Write the plan as JSON to this file, for check and exports."),
    ] = None,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Plan a day of visits on foot: which, in what order, at what time, by which streets."""
    from lens_routes.planning.alternatives import alternatives as find_alternatives
    from lens_routes.planning.flow import plan_tour

    catalogue = resources.load_catalogue(places)
    now = console.now(catalogue.timezone)
    asked = Asked(
        theme=theme or [],
        start=start,
        end=end,
        loop=loop,
        date=date,
        days=days,
        at=at,
        duration=duration,
        until=until,
        must=must or [],
        avoid=avoid or [],
        appointment=appointment or [],
        lunch=lunch,
        pauses=pauses or [],
        max_walk=max_walk,
        pace=pace,
        max_visits=max_visits,
        budget=budget,
        visit=visit or [],
        relaxed=relaxed,
        strict_hours=strict_hours,
        seed=seed,
        online=online,
        mode=mode,
    )
    outputs = Outputs(gpx, save, steps=steps, as_json=as_json)
    request = request_of(asked, catalogue, now)
    timetables = _timetables(request.mode, request.dates)
    supplies = replace(_supplies(catalogue, now, outputs), timetables=timetables)
    with console.waiting("Planning"):
        best = plan_tour(request, supplies)
        others = find_alternatives(request, supplies, best, alternatives)
    for plan_ in (best, *(other.plan for other in others)):
        _vouch(plan_, catalogue)
    outputs.hand_out(best, others)


def _timetables(mode: str, dates: Sequence[dt.date]) -> Network | None:
    """Return the installed timetables where the tour needs them.

    Raises
    ------
    NotInstalledError
        None is installed, or none covers the dates.
    """
    if mode != "transit":
        return None
    from lens_routes.cli.transit_answer import open_network, require_date

    network = open_network()
    for date in dates:
        require_date(network, date)
    return network


def _supplies(catalogue: Catalogue, now: dt.datetime, outputs: Outputs) -> Supplies:
    from lens_routes.planning.flow import Supplies
    from lens_routes.tour.stop import MaxIterations
    from lens_routes.travel.resources import require_network

    walking = resources.open_walking(catalogue)
    for wanted, what in ((outputs.steps, "--steps"), (outputs.gpx, "--gpx")):
        if wanted:
            require_network(walking, what)
    return Supplies(catalogue, walking, now, lambda: MaxIterations(SEARCH_ITERATIONS))


def replan(
    file: Annotated[Path, typer.Argument(help="A plan saved with plan --save.")],
    at: Annotated[
        str | None, typer.Option("--now", help="The time it is. Default: the clock's.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Which day of several. Default: today.")] = None,
    here: Annotated[
        str | None,
        typer.Option(help="Where you are: a place, or latitude,longitude. Default: the start."),
    ] = None,
    done: Annotated[
        list[str] | None, typer.Option(help="A visit or break that is done; repeatable.")
    ] = None,
    steps: Annotated[
        bool, typer.Option("--steps", help="Print the streets of each walk; needs the streets.")
    ] = False,
    gpx: Annotated[
        Path | None, typer.Option(help="Write the rest as GPX to this file, or - for stdout.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Write the new plan as JSON to this file.")
    ] = None,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Plan the rest of a saved day anew, as close as possible to what was planned."""
    from lens_routes.document import read
    from lens_routes.planning.replan import Situation
    from lens_routes.planning.replan import replan as plan_the_rest
    from lens_routes.quantities import parse_clock, parse_date

    outputs = Outputs(gpx, save, steps=steps, as_json=as_json)
    catalogue = resources.load_catalogue(places)
    now = console.now(catalogue.timezone)
    old = read(file)
    situation = Situation(
        resources.locate(here, catalogue, online=online) if here else old.days[0].start,
        parse_clock(at, "--now") if at else now.time().replace(second=0),
        parse_date(date, now.date(), "--date") if date else now.date(),
        tuple(_done(words, old, catalogue) for words in done or []),
    )
    timetables = _timetables(str(old.request.get("mode", "walk")), [day.date for day in old.days])
    supplies = replace(_supplies(catalogue, now, outputs), timetables=timetables)
    rest = plan_the_rest(old, situation, supplies)
    _vouch(rest, catalogue)
    outputs.hand_out(rest, ())


def _done(words: str, old: Plan, catalogue: Catalogue) -> str:
    """Return the id of the place, or the name of the break, that a person says is done."""
    from lens_routes.catalogue.find import find

    stops = [stop for day in old.days for stop in day.stops]
    for stop in stops:
        if stop.kind == "break" and stop.name.lower() == words.strip().lower():
            return stop.name
    place = find(catalogue, words).id
    if place not in {stop.place for stop in stops}:
        raise UsageError(f"{place} is not in the plan.", "Name a stop of the plan with --done.")
    return place


def _vouch(result: Plan, catalogue: Catalogue) -> None:
    """Have the independent checker judge the plan before anybody sees it."""
    from lens_routes.document import to_document
    from lens_routes.planning.judge import judge

    faults = judge(to_document(result), catalogue)
    if faults:
        raise AssertionError(
            f"the plan breaks its own rules: {faults[0].path}: {faults[0].message}"
        )


def check(
    file: Annotated[Path, typer.Argument(help="A plan saved with plan --save.")],
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Check a saved plan against every rule, independently of the planner."""
    from lens_routes.document import load
    from lens_routes.language import trn
    from lens_routes.planning.judge import judge

    faults = judge(load(file), resources.load_catalogue(places))
    if faults:
        listed = "\n".join(f"  {fault.path}: {fault.message}" for fault in faults)
        raise BadInputError(
            f"{file} breaks {trn('{n} rule', '{n} rules', len(faults))}:\n{listed}",
            details=[{"where": fault.path, "problem": fault.message} for fault in faults],
        )
    if as_json:
        console.print_json({"schema": "lens-routes/check/1", "file": str(file), "valid": True})
    else:
        console.answer(f"{file} keeps every rule.")
