"""``plan``, ``replan`` and ``check``: a day, the rest of it, and whether it holds."""

from __future__ import annotations

import contextlib
import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.cli.frame.defaults import of_settings
from lens_routes.cli.plan.asking import request_of, without_idle
from lens_routes.cli.plan.outputs import Outputs
from lens_routes.cli.plan.signature import asks_for_a_day
from lens_routes.errors import NotInstalledError, UsageError
from lens_routes.library.vouch import Checker
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.plan import Plan
    from lens_routes.planning.supplies import Supplies
    from lens_routes.timetable.network.network import Network


@asks_for_a_day
def plan(
    ctx: typer.Context,
    *,
    alternatives: Annotated[
        int, typer.Option(help="Also offer up to this many tours of another kind.", min=0, max=9)
    ] = 0,
    steps: options.Steps = False,
    show_map: options.ShowMap = False,
    why: options.Why = False,
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
    **asked: Any,
) -> None:
    """Plan a day of visits.

    Which places, in what order, at what time, by which streets.
    """
    from lens_routes.planning.alternatives import alternatives as find_alternatives
    from lens_routes.planning.plan_tour import fits, plan_tour, planned
    from lens_routes.planning.pose import without
    from lens_routes.planning.tell.hints import with_hints
    from lens_routes.planning.tell.left_out import nothing
    from lens_routes.planning.tell.offers import offers
    from lens_routes.planning.tell.other_ways import OtherWays

    catalogue = resources.load_catalogue(places)
    now = console.now(catalogue.timezone)
    outputs = Outputs(gpx, save, steps=steps, as_json=as_json, show_map=show_map, why=why)
    asked = without_idle(asked, of_settings(ctx))
    request = request_of(asked, catalogue, now, online=online)
    timetables = timetables_for(request.mode, request.dates)
    supplies = _supplies(catalogue, now, outputs)._replace(timetables=timetables)

    def trains() -> Network | None:
        return timetables or _installed_for(request.dates)

    with _planning(supplies) as ready:
        checker = Checker(catalogue, timetables, console.say)
        works = partial(fits, ready)
        refuse = partial(
            nothing,
            tell=lambda one: offers(one, now, works),
            other_ways=OtherWays(ready, works, trains),
        )
        best = checker.vouched(
            lambda out: plan_tour(request, ready, without(out), refuse),
            request.required,
            lambda: plan_tour(request.by("walk"), ready),
        )
        others = find_alternatives(request, ready, best, alternatives)
        others = tuple(other for other in others if checker.accepts(other.plan))
        best = with_hints(best, request, ready, partial(planned, ready), trains)
    outputs.hand_out(best, others, supplies.walking.network)


def timetables_for(mode: str, dates: Sequence[dt.date]) -> Network | None:
    """Return the installed timetables where the tour needs them.

    Raises
    ------
    NotInstalledError
        None is installed, or none covers the dates.
    """
    if mode != "transit":
        return None
    from lens_routes.travel.rides.timetables import open_network, require_date

    network = open_network()
    for date in dates:
        require_date(network, date)
    return network


def _installed_for(dates: Sequence[dt.date]) -> Network | None:
    """Return the timetables of some days, None where there are none."""
    try:
        return timetables_for("transit", dates)
    except NotInstalledError:
        return None


@contextlib.contextmanager
def _planning(supplies: Supplies) -> Iterator[Supplies]:
    """Show that planning goes on while the block runs; with timetables, what is worked out."""
    if supplies.timetables is None:
        with console.waiting(tr("Planning")):
            yield supplies
        return
    from lens_routes.files import territory
    from lens_routes.travel.rides.kept import Keeping

    with console.progress(tr("Planning")) as report:
        folder = territory.folder() / "transit" / "journeys"
        yield supplies._replace(keeping=Keeping(folder, report, console.say))


def _supplies(catalogue: Catalogue, now: dt.datetime, outputs: Outputs) -> Supplies:
    from lens_routes.planning.supplies import Supplies, while_it_pays
    from lens_routes.travel.resources import require_network

    walking = resources.open_walking(catalogue)
    for wanted, what in ((outputs.steps, "--steps"), (outputs.gpx, "--gpx")):
        if wanted:
            require_network(walking, what)
    return Supplies(
        catalogue,
        walking,
        now,
        while_it_pays,
        driving=resources.driving_of(catalogue, walking),
    )


def replan(
    file: Annotated[Path, typer.Argument(help="A plan saved with plan --save.")],
    at: Annotated[
        str | None, typer.Option("--now", help="The time it is. Default: the clock's.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Which day of several. Default: today.")] = None,
    here: Annotated[
        str | None,
        typer.Option(
            help="Where you are: a place, or latitude,longitude."
            " Default: the last stop that is done, else the start."
        ),
    ] = None,
    done: Annotated[
        list[str] | None, typer.Option(help="A visit or break that is done; repeatable.")
    ] = None,
    night: Annotated[
        str | None,
        typer.Option(help="Where to sleep instead. Default: the day ends where it was to end."),
    ] = None,
    steps: options.Steps = False,
    show_map: options.ShowMap = False,
    why: options.Why = False,
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
    """Plan the rest of a saved day anew.

    The new day stays as close as possible to what was planned.
    """
    from lens_routes.plan.document import read
    from lens_routes.planning.again.replan import Situation
    from lens_routes.planning.again.replan import replan as plan_the_rest
    from lens_routes.text.quantities.clocks import parse_clock
    from lens_routes.text.quantities.dates import parse_date

    outputs = Outputs(gpx, save, steps=steps, as_json=as_json, show_map=show_map, why=why)
    catalogue = resources.load_catalogue(places)
    now = console.now(catalogue.timezone)
    old = read(file)
    situation = Situation(
        resources.locate(here, catalogue, online=online) if here else None,
        parse_clock(at, "--now") if at else now.time().replace(second=0),
        parse_date(date, now.date(), "--date", console.say) if date else now.date(),
        tuple(_done(words, old, catalogue) for words in done or []),
        resources.locate(night, catalogue, online=online) if night else None,
    )
    timetables = timetables_for(
        str(old.request.get("mode", "walk")), [day.date for day in old.days]
    )
    supplies = _supplies(catalogue, now, outputs)._replace(timetables=timetables)
    with _planning(supplies) as ready:
        rest = Checker(catalogue, timetables, console.say).vouched(
            lambda out: plan_the_rest(old, situation.without(out), ready)
        )
    outputs.hand_out(rest, (), supplies.walking.network)


def _done(words: str, old: Plan, catalogue: Catalogue) -> str:
    """Return the id of the place, or the name of the break, that a person says is done."""
    from lens_routes.catalogue.find.find import find

    stops = [stop for day in old.days for stop in day.stops]
    for stop in stops:
        if stop.kind == "break" and stop.name.lower() == words.strip().lower():
            return stop.name
    place = find(catalogue, words).id
    if place not in {stop.place for stop in stops}:
        raise UsageError(
            tr("{place} is not in the plan.", place=place),
            tr("Name a stop of the plan with --done."),
        )
    return place
