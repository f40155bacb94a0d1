"""``plan`` and ``check``: a day, and whether it holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli import console, options, resources
from lens_routes.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan import Plan
    from lens_routes.planning.request import Request

#: The day a visitor gets who says nothing else.
DEFAULT_AT = dt.time(10)
DEFAULT_MINUTES = 6 * 60
#: After this hour a day that starts today is hardly worth planning.
TOO_LATE = dt.time(14)

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
    max_walk: Annotated[
        str | None, typer.Option(help="Most walking in the day, such as 8km.")
    ] = None,
    pace: options.Pace = "normal",
    max_visits: Annotated[int | None, typer.Option(help="Most visits in the day.")] = None,
    visit: Annotated[
        list[str] | None,
        typer.Option(help="Minutes to stay somewhere, such as louvre-lens=90; repeatable."),
    ] = None,
    strict_hours: Annotated[
        bool, typer.Option("--strict-hours", help="Leave out places whose hours are not known.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Chooses among equally good tours, repeatably.")] = 1,
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
    from lens_routes.document import dumps, to_document
    from lens_routes.output import gpx as gpx_format
    from lens_routes.planning.flow import Supplies, plan_tour
    from lens_routes.storage import atomic_file, write_text
    from lens_routes.tour.stop import MaxIterations
    from lens_routes.travel.resources import require_network

    catalogue = resources.load_catalogue(places)
    now = console.now(catalogue.timezone)
    request = _request(
        catalogue,
        now,
        theme=theme or [],
        start=start,
        end=end,
        loop=loop,
        date=date,
        at=at,
        duration=duration,
        until=until,
        must=must or [],
        avoid=avoid or [],
        max_walk=max_walk,
        pace=pace,
        max_visits=max_visits,
        visit=visit or [],
        strict_hours=strict_hours,
        seed=seed,
        online=online,
    )
    if str(gpx) == "-" and (as_json or str(save) == "-"):
        raise UsageError(
            "--gpx - and the plan's JSON both want stdout.", "Write one of them to a file."
        )
    walking = resources.open_walking(catalogue)
    for wanted, what in ((steps, "--steps"), (gpx, "--gpx")):
        if wanted:
            require_network(walking, what)
    supplies = Supplies(catalogue, walking, now, lambda: MaxIterations(SEARCH_ITERATIONS))
    result = plan_tour(request, supplies)
    _vouch(result, catalogue)
    text = dumps(to_document(result))
    if save is not None and str(save) != "-":
        write_text(save, text)
    if gpx is not None and str(gpx) != "-":
        with atomic_file(gpx) as stream:
            stream.write(gpx_format.dumps(result))
    if gpx is not None and str(gpx) == "-":
        console.write_bytes(gpx_format.dumps(result))
    elif as_json or str(save) == "-":
        console.write_bytes(text.encode())
    else:
        _print(result, steps=steps)


def _request(  # one keyword an option of the command
    catalogue: Catalogue,
    now: dt.datetime,
    *,
    theme: list[str],
    start: str | None,
    end: str | None,
    loop: bool,
    date: str | None,
    at: str | None,
    duration: str | None,
    until: str | None,
    must: list[str],
    avoid: list[str],
    max_walk: str | None,
    pace: str,
    max_visits: int | None,
    visit: list[str],
    strict_hours: bool,
    seed: int,
    online: bool,
) -> Request:
    from lens_routes.catalogue.find import find
    from lens_routes.catalogue.themes import require_theme
    from lens_routes.planning.request import Request
    from lens_routes.quantities import parse_distance
    from lens_routes.travel.pace import parse_pace

    if end is not None and not loop:
        raise UsageError("--end and --one-way contradict each other.", "Keep one of the two.")
    day, begin = _when(now, date, at)
    origin = resources.start_of(start, catalogue, online=online)
    goal = origin if end is None else resources.locate(end, catalogue, online=online)
    return Request(
        themes=tuple(dict.fromkeys(require_theme(catalogue, word) for word in theme)),
        start=origin,
        end=goal if loop else None,
        date=day,
        at=begin,
        minutes=_minutes(begin, duration, until),
        pace_kmh=parse_pace(pace),
        must=tuple(dict.fromkeys(find(catalogue, words).id for words in must)),
        avoid=tuple(dict.fromkeys(find(catalogue, words).id for words in avoid)),
        max_walk_m=None if max_walk is None else parse_distance(max_walk, "--max-walk"),
        max_visits=max_visits,
        visit_minutes=_visits(catalogue, visit),
        strict_hours=strict_hours,
        seed=seed,
    )


def _when(now: dt.datetime, date: str | None, at: str | None) -> tuple[dt.date, dt.time]:
    from lens_routes.quantities import parse_clock, parse_date

    today = now.date()
    if date is not None:
        day = parse_date(date, today, "--date")
    else:
        day = today + dt.timedelta(days=now.time() >= TOO_LATE)
    if at is not None:
        begin = parse_clock(at, "--at")
    elif day == today:
        begin = max(DEFAULT_AT, _next_quarter(now.time()))
    else:
        begin = DEFAULT_AT
    # A time that the clocks skip in spring becomes the one they show instead.
    moment = dt.datetime.combine(day, begin, now.tzinfo).astimezone(dt.UTC)
    return day, moment.astimezone(now.tzinfo).time()


def _next_quarter(time: dt.time) -> dt.time:
    """Return the next quarter of an hour, the last one of the day at the latest."""
    quarters = -(-(time.hour * 3600 + time.minute * 60 + time.second) // 900)
    return dt.time(*divmod(min(quarters * 15, 24 * 60 - 15), 60))


def _minutes(begin: dt.time, duration: str | None, until: str | None) -> int:
    from lens_routes.quantities import parse_clock, parse_duration

    if duration is not None and until is not None:
        raise UsageError("--for and --until both say how long.", "Keep one of the two.")
    if duration is not None:
        return parse_duration(duration, "--for")
    if until is None:
        return DEFAULT_MINUTES
    end = parse_clock(until, "--until")
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    if minutes <= 0:
        raise UsageError(
            f"--until {end:%H:%M} is not after the start at {begin:%H:%M}.",
            "Start earlier with --at, or end later.",
        )
    return minutes


def _visits(catalogue: Catalogue, visits: list[str]) -> dict[str, int]:
    from lens_routes.catalogue.find import find
    from lens_routes.quantities import parse_duration

    found = {}
    for text in visits:
        words, equals, stay = text.rpartition("=")
        if not equals:
            raise UsageError(
                f"--visit {text!r} does not say how long.", "Write for example louvre-lens=90."
            )
        found[find(catalogue, words).id] = parse_duration(stay, f"--visit {words}")
    return found


def _vouch(result: Plan, catalogue: Catalogue) -> None:
    """Have the independent checker judge the plan before anybody sees it."""
    from lens_routes.document import to_document
    from lens_routes.planning.judge import judge

    faults = judge(to_document(result), catalogue)
    if faults:
        raise AssertionError(
            f"the plan breaks its own rules: {faults[0].path}: {faults[0].message}"
        )


def _print(result: Plan, *, steps: bool) -> None:
    from lens_routes.output.terminal import Look, render_plan

    console.print_lines(render_plan(result, Look(console.stdout().width, steps=steps)))


def check(
    file: Annotated[Path, typer.Argument(help="A plan saved with plan --save.")],
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Check a saved plan against every rule, independently of the planner."""
    from lens_routes.document import load
    from lens_routes.planning.judge import judge
    from lens_routes.wording import count

    faults = judge(load(file), resources.load_catalogue(places))
    if faults:
        listed = "\n".join(f"  {fault.path}: {fault.message}" for fault in faults)
        raise BadInputError(
            f"{file} breaks {count(len(faults), 'rule', 'rules')}:\n{listed}",
            details=[{"where": fault.path, "problem": fault.message} for fault in faults],
        )
    if as_json:
        console.print_json({"schema": "lens-routes/check/1", "file": str(file), "valid": True})
    else:
        console.answer(f"{file} keeps every rule.")
