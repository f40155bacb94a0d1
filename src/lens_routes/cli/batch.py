"""``batch``: many tours from one file, each in a folder with all its formats."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from lens_routes import PROGRAM, language
from lens_routes.cli import command_tree, console, day, options, resources
from lens_routes.cli.formats import FORMATS, Wishes
from lens_routes.errors import IncompleteError, LensRoutesError, NotInstalledError, UsageError
from lens_routes.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lens_routes.batch.tours import Batch
    from lens_routes.batch.work import Job, Outcome, Product
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.planning.request import Request
    from lens_routes.settings_values import Option
    from lens_routes.timetable.network import Network
    from lens_routes.travel.walking import Walking

#: The formats of a tour unless the file or the line says otherwise: a roadbook takes long to set.
USUAL_FORMATS = tuple(name for name in FORMATS if name != "pdf")
#: Options of ``plan`` that shape a tour without being asked of it.
_NOT_ASKED = {"online"}


def batch(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A tours file; docs/batch.md shows one.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to make the tours in.")
    ],
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="A format; repeatable. Default: the file's, else all but pdf."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(help="How many tours to build at once. Default: one a processor.", min=1),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be built, and build nothing.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Build everything anew, and replace files in the way."),
    ] = False,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Build many tours from one file.

    Every combination of dates, themes, starts and the rest.
    """
    from lens_routes.batch.tours import Vocabulary, read_tours
    from lens_routes.batch.work import build_all

    known = command_tree.options(ctx.find_root().command)
    wanted = read_tours(file, Vocabulary(_of_plan(known), _of_export(known), FORMATS))
    if wanted.language:
        language.use(wanted.language)
    desk = Desk(places or wanted.places, online)
    order = _order(wanted, desk, _of_plan(known), _formats(to or []))
    if dry_run:
        _list(order, output, as_json=as_json)
        return
    _require_ours(output, force=force)
    with console.progress(tr("Tours")) as report:
        outcomes = build_all(
            order.jobs,
            output,
            functools.partial(build, desk, order.now.isoformat()),
            workers=jobs or os.cpu_count() or 1,
            force=force,
            report=report,
        )
    _hand_over(order, output, [*outcomes, *order.refused], as_json=as_json)


def _formats(to: Sequence[str]) -> list[str]:
    for name in to:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise UsageError(
                tr("--to {name} is not a format.", name=repr(name)),
                tr("Choose one of: {known}.", known=known),
            )
    return list(to)


def _of_plan(known: Sequence[Option]) -> list[Option]:
    """Return the options of ``plan`` that shape a tour."""
    from lens_routes.cli.asking import Asked

    asked = {field.name for field in dataclasses.fields(Asked)} - _NOT_ASKED
    return [o for o in known if o.command == ("plan",) and o.parameter in asked]


def _of_export(known: Sequence[Option]) -> list[Option]:
    """Return the options of ``export`` that shape a format."""
    wishes = {field.name for field in dataclasses.fields(Wishes)} - {"places"}
    return [o for o in known if o.command == ("export",) and o.parameter in wishes]


@dataclass(frozen=True)
class Desk:
    """What tours are planned with; each process opens it once."""

    places: Path | None
    online: bool
    tell: Callable[[str], None] = console.say

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The places."""
        return resources.load_catalogue(self.places)

    @functools.cached_property
    def walking(self) -> Walking:
        """The walks; what is wrong with the streets is told once, by the first process."""
        from lens_routes.catalogue.shipped import shipped
        from lens_routes.travel import resources as travel

        return travel.open_walking(
            {place.id: place.point for place in self.catalogue.places},
            shipped("walking_distances.csv"),
            program=PROGRAM,
            now=console.now(self.catalogue.timezone),
            report=lambda _what, _share: None,
            tell=self.tell,
        )

    @functools.cached_property
    def timetables(self) -> Network:
        """The timetables; an error where none is installed."""
        from lens_routes.travel.timetables import open_network

        return open_network()

    def request(self, options_: Mapping[str, Any], now: dt.datetime) -> Request:
        """Return what the options of a tour ask for, all of them given."""
        from lens_routes.cli.asking import Asked, request_of

        return request_of(Asked(online=self.online, **options_), self.catalogue, now)

    def inputs(self, request: Request) -> dict[str, Any]:
        """Return what the bytes of a tour depend on beside its options, as JSON values."""
        from lens_routes.catalogue.shipped import shipped

        table = shipped("walking_distances.csv").read_bytes()
        network = self.walking.network
        riding = request.mode != "walk"
        return {
            "program": PROGRAM,
            "request": request.to_document(),
            "places": self.catalogue.sha256,
            "table": hashlib.sha256(table).hexdigest(),
            "streets": repr(network.meta) if network else None,
            "timetables": [repr(t.meta) for t in self.timetables.timetables] if riding else [],
        }

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process without what this one has opened."""
        return _desk, (self.places, self.online)


@functools.lru_cache(maxsize=1)
def _desk(places: Path | None, online: bool) -> Desk:
    return Desk(places, online, lambda _message: None)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be built, and what cannot be: ``as_of`` is the moment where it was fixed."""

    title: str
    now: dt.datetime
    as_of: str | None
    jobs: list[Job]
    refused: list[Outcome]


def _order(wanted: Batch, desk: Desk, known: Sequence[Option], to: Sequence[str]) -> _Order:
    from lens_routes.batch.work import Job, Outcome, failure_of

    now = console.now(desk.catalogue.timezone)
    if wanted.as_of is not None:
        now = wanted.as_of.replace(tzinfo=wanted.as_of.tzinfo or now.tzinfo).astimezone(now.tzinfo)
    fixed = wanted.as_of is not None or "LENS_ROUTES_NOW" in os.environ
    as_of = now.isoformat() if fixed else None
    unset = {o.parameter: o.default or [] if o.several else o.default for o in known}
    order = _Order(wanted.title, now, as_of, [], [])
    for tour in wanted.tours:
        whole = dataclasses.replace(tour, options={**unset, **tour.options})
        try:
            inputs = desk.inputs(desk.request(whole.options, now))
        except LensRoutesError as error:
            order.refused.append(Outcome(tour.name, "failed", failure=failure_of(error)))
            continue
        order.jobs.append(
            Job(
                whole,
                tour.language or language.in_use(),
                tuple(to) or wanted.formats or USUAL_FORMATS,
                wanted.export,
                {**inputs, "as_of": as_of},
            )
        )
    return order


def build(desk: Desk, now: str, job: Job) -> Product:
    """Plan a tour, have it judged, and write it in every format."""
    from lens_routes.batch.summary import summary
    from lens_routes.batch.work import Product
    from lens_routes.document import dumps, to_document
    from lens_routes.planning.flow import Supplies, plan_tour
    from lens_routes.tour.stop import MaxIterations

    language.use(job.language)
    moment = dt.datetime.fromisoformat(now).astimezone(ZoneInfo(desk.catalogue.timezone))
    request = desk.request(job.tour.options, moment)
    supplies = Supplies(
        desk.catalogue,
        desk.walking,
        moment,
        lambda: MaxIterations(day.SEARCH_ITERATIONS),
        day.timetables_for(request.mode, request.dates),
    )
    plan = plan_tour(request, supplies)
    day.vouch(plan, desk.catalogue, supplies.timetables)
    name = job.tour.name
    files: dict[str, bytes] = {}
    missing = []
    for wanted in job.formats:
        form = FORMATS[wanted]
        wishes = {key: value for key, value in job.export.items() if key in form.takes}
        if "places" in form.takes:
            wishes["places"] = desk.places
        try:
            files[f"{name}{form.suffix}"], _ = form.write(plan, Wishes(**wishes))
        except NotInstalledError:
            if job.formats != USUAL_FORMATS:
                raise
            missing.append(wanted)
    files["plan.json"] = dumps({**to_document(plan), "alternatives": []}).encode()
    return Product(files, {**summary(plan, job.language), "missing": missing})


def _list(order: _Order, output: Path, *, as_json: bool) -> None:
    """Answer what would be built, what is as it should be, and what cannot be built."""
    from lens_routes.batch.work import is_unchanged

    states = {
        job.tour.name: "unchanged" if is_unchanged(output, job) else "due" for job in order.jobs
    }
    if as_json:
        tours = [{"name": name, "state": state} for name, state in states.items()]
        console.print_json(_document(output, tours, order.refused, []))
        return
    words = {"due": tr("to build"), "unchanged": tr("unchanged")}
    for name, state in states.items():
        console.answer(f"{name}: {words[state]}")
    for outcome in order.refused:
        console.answer(_why(outcome))


def _require_ours(output: Path, *, force: bool) -> None:
    """Refuse a folder whose pages are of something else.

    Raises
    ------
    UsageError
        An index or a manifest would be replaced that this program did not write.
    """
    from lens_routes.batch.pages import INDEX, MANIFEST
    from lens_routes.batch.records import FOLDER
    from lens_routes.storage import make_folder

    for name in (INDEX, MANIFEST):
        if not force and (output / name).exists() and not (output / FOLDER).is_dir():
            raise UsageError(
                tr("{file} is there already, and not of this batch.", file=output / name),
                tr("Name another folder with -o, or replace it with --force."),
            )
    make_folder(output / FOLDER)


def _hand_over(order: _Order, output: Path, outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """Write the index and the manifest, and say what was done.

    Raises
    ------
    IncompleteError
        Tours are missing; the message says which and why.
    """
    from lens_routes.batch.pages import (
        INDEX,
        MANIFEST,
        failed_document,
        index_page,
        manifest,
        tour_document,
    )
    from lens_routes.batch.records import known_names
    from lens_routes.storage import atomic_file

    pages = {
        INDEX: index_page(order.title, outcomes),
        MANIFEST: manifest(order.title, PROGRAM, order.as_of, outcomes),
    }
    for name, data in pages.items():
        with atomic_file(output / name) as stream:
            stream.write(data)
    failed = [outcome for outcome in outcomes if outcome.failure]
    left = sorted({*known_names(output)} - {outcome.name for outcome in outcomes})
    _say_missing(outcomes)
    done = _done(outcomes, output)
    if failed:
        listed = joined("\n", (_why(outcome) for outcome in failed))
        title = trn("{n} tour was not built:", "{n} tours were not built:", len(failed))
        raise IncompleteError(
            joined("\n", (title, listed)),
            done,
            details=[failed_document(outcome) for outcome in failed],
        )
    if as_json:
        tours = [{"state": o.state, **tour_document(o)} for o in outcomes]
        console.print_json(_document(output, tours, failed, left))
        return
    console.answer(done)
    if left:
        known = ", ".join(left)
        console.say(tr("No longer in the file, and left as they are: {names}.", names=known))


def _say_missing(outcomes: Sequence[Outcome]) -> None:
    missing = [name for o in outcomes if o.record for name in o.record.summary["missing"]]
    for name in dict.fromkeys(missing):
        console.say(
            trn(
                "{n} tour has no {format}, which needs the streets: {command}",
                "{n} tours have no {format}, which needs the streets: {command}",
                missing.count(name),
                format=name,
                command="lens-routes streets download --places",
            )
        )


def _document(
    output: Path, tours: Sequence[Mapping[str, Any]], failed: Sequence[Outcome], left: list[str]
) -> dict[str, Any]:
    from lens_routes.batch.pages import failed_document

    return {
        "schema": "lens-routes/batch/1",
        "folder": str(output),
        "tours": list(tours),
        "failed": [failed_document(outcome) for outcome in failed],
        "left": left,
    }


def _done(outcomes: Sequence[Outcome], output: Path) -> str:
    built = sum(outcome.state == "built" for outcome in outcomes)
    same = sum(outcome.state == "unchanged" for outcome in outcomes)
    return tr(
        "{built}, {unchanged}, in {folder}.",
        built=trn("{n} tour built", "{n} tours built", built),
        unchanged=trn("{n} unchanged", "{n} unchanged", same),
        folder=output,
    )


def _why(outcome: Outcome) -> str:
    failure = outcome.failure
    assert failure is not None  # noqa: S101  # only failures are told so
    reason = joined(" ", filter(None, (failure.message, failure.hint)))
    return tr("{tour}: {reason}", tour=outcome.name, reason=reason)
