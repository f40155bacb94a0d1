"""``batch``: many tours from one file, each in a folder with all its formats."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes import PROGRAM
from lens_routes.cli.batch.desk import Desk, Order, build, of_export, of_plan, order_of
from lens_routes.cli.frame import command_tree, console, options
from lens_routes.errors import IncompleteError, UsageError
from lens_routes.library.formats import FORMATS
from lens_routes.text import language, wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.batch.work import Crew, Outcome


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
    scheduler: Annotated[
        str | None,
        typer.Option(
            help="Have the tours built by the workers of this Dask scheduler.", metavar="ADDRESS"
        ),
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

    if jobs and scheduler:
        raise UsageError(
            tr("--jobs and --scheduler exclude each other."),
            tr("The scheduler knows how many workers it has."),
        )
    known = command_tree.options(ctx.find_root().command)
    wanted = read_tours(file, Vocabulary(of_plan(known), of_export(known), FORMATS))
    if wanted.language:
        language.use(wanted.language)
    desk = Desk(places or wanted.places, online)
    order = order_of(wanted, desk, of_plan(known), _formats(to or []))
    if dry_run:
        _list(order, output, as_json=as_json)
        return
    _require_ours(output, force=force)
    with console.progress(tr("Tours")) as report:
        outcomes = build_all(
            order.jobs,
            output,
            _crew(
                scheduler,
                jobs or os.cpu_count() or 1,
                out=output,
                build=functools.partial(build, desk, order.now.isoformat()),
                force=force,
            ),
            force=force,
            report=report,
        )
    _hand_over(order, output, [*outcomes, *order.refused], as_json=as_json)


def _crew(scheduler: str | None, workers: int, **what: Any) -> Crew:
    """Return who builds the tours: a cluster, or processes of this machine."""
    if scheduler:
        from lens_routes.batch import cluster

        return functools.partial(cluster.outcomes, address=scheduler, **what)
    from lens_routes.batch import processes

    return functools.partial(processes.outcomes, workers=workers, **what)


def _formats(to: Sequence[str]) -> list[str]:
    for name in to:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise UsageError(
                tr("--to {name} is not a format.", name=wording.quoted(name)),
                tr("Choose one of: {known}.", known=known),
            )
    return list(to)


def _list(order: Order, output: Path, *, as_json: bool) -> None:
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
        console.answer(tr("{tour}: {reason}", tour=name, reason=words[state]))
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
    from lens_routes.files.look import is_folder, is_there
    from lens_routes.files.storage import make_folder

    for name in (INDEX, MANIFEST):
        if not force and is_there(output / name) and not is_folder(output / FOLDER):
            raise UsageError(
                tr("{file} is there already, and not of this batch.", file=output / name),
                tr("Name another folder with -o, or replace it with --force."),
            )
    make_folder(output / FOLDER)


def _hand_over(order: Order, output: Path, outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """Write the index and the manifest, and say what was done.

    Raises
    ------
    IncompleteError
        Tours are missing; the message says which and why.
    """
    from lens_routes.batch.index import index_page
    from lens_routes.batch.pages import (
        INDEX,
        MANIFEST,
        failed_document,
        manifest,
        tour_document,
    )
    from lens_routes.batch.records import known_names
    from lens_routes.files.storage import atomic_file

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
