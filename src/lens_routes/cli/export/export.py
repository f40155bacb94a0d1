"""``export``: a saved plan as a file for devices, maps, calendars, pages and tables."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli.frame import console, options
from lens_routes.cli.frame.defaults import of_settings
from lens_routes.errors import (
    BadInputError,
    InterruptedByUserError,
    NotFoundError,
    StorageError,
    UsageError,
)
from lens_routes.files.look import status
from lens_routes.library.formats import FORMATS, OPTIONS, Format, Wishes
from lens_routes.text import wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Collection

    from lens_routes.plan.plan import Plan


def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A plan saved with plan --save.")],
    to: Annotated[str, typer.Option("--to", help=f"The format: {', '.join(FORMATS)}.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file to write, or - for stdout. Default: beside the plan, named like it.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if there is one already.")
    ] = False,
    day: Annotated[
        int | None, typer.Option(help="Export this day of the plan alone; the first is 1.")
    ] = None,
    device: Annotated[
        str | None,
        typer.Option(
            help="GPX for: generic, garmin, etrex-classic, osmand, organicmaps, komoot, geotrek."
        ),
    ] = None,
    ascii_names: Annotated[
        bool | None, typer.Option("--ascii", help="GPX: names without accents, for old devices.")
    ] = None,
    max_points: Annotated[
        int | None, typer.Option(help="GPX: most track points; the deviation is told.")
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            help="CSV: rfc4180 (the default), excel (for English Excel), excel-fr (for French)."
        ),
    ] = None,
    places: options.Places = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            help="HTML: show an online map beneath, when there is a connection: osm, or an address"
            " with {z}, {x} and {y}."
        ),
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(help="PDF: a5 (the default), for the pocket; a4; or large, in large print."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Write a saved plan in another format.

    For devices, maps, calendars, pages and tables.
    """
    wishes = Wishes(device, ascii_names, max_points, table, places, tiles, paper, console.say)
    name, form = _format(to, wishes, of_settings(ctx))
    if as_json and str(output) == "-":
        raise UsageError(
            tr("--output - and --json both want stdout."), tr("Write the export to a file.")
        )
    plan = _day(_read(file), day)
    target = _target(file, output, form, force=force)
    try:
        with console.waiting(tr("Writing {name}", name=name)):
            data, remarks = form.write(plan, wishes)
    except RecursionError:
        raise BadInputError(tr("{file} is nested too deeply to be a plan.", file=file)) from None
    if target is None:
        _to_stdout(data)
    else:
        _to_file(data, target)
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/export/1",
                "file": str(target),
                "format": name,
                "bytes": len(data),
                "remarks": remarks,
            }
        )
        return
    if target is not None:
        console.answer(tr("Wrote {target}, {size}.", target=target, size=_size(len(data))))
    for remark in remarks:
        console.say(remark)


def _format(to: str, wishes: Wishes, defaults: Collection[str]) -> tuple[str, Format]:
    """Return the format of a name, and its own name; refuse typed options that are not for it."""
    name = {"md": "markdown", "ical": "ics"}.get(to.lower(), to.lower())
    form = FORMATS.get(name)
    if form is None:
        raise UsageError(
            tr("--to {to!r} is not a format.", to=to),
            tr("Choose one of: {listed}.", listed=", ".join(FORMATS)),
        )
    for field, option in OPTIONS.items():
        idle = getattr(wishes, field) is not None and field not in form.takes
        if idle and field not in defaults:
            others = [other for other, has in FORMATS.items() if field in has.takes]
            raise UsageError(
                tr("{option} does nothing for {name}.", option=option, name=name),
                tr("It belongs to --to {format}.", format=others[0]),
            )
    return name, form


def _target(file: Path, output: Path | None, form: Format, *, force: bool) -> Path | None:
    """Return the file to write, links followed, None for stdout; refuse to destroy anything.

    Raises
    ------
    UsageError
        The file exists, or is the plan itself, or something that is not a file.
    BadInputError
        What stands there cannot be found out.
    """
    if str(output) == "-":
        return None
    target = output or file.with_suffix(form.suffix)
    found = status(target)
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise UsageError(
            tr("{target} is a directory.", target=target),
            tr("Name a file: -o {example}", example=f"{target / file.stem}{form.suffix}"),
        )
    if found is None:
        return target
    if not stat.S_ISREG(found.st_mode):
        raise UsageError(
            tr("{target} is not a regular file.", target=target), tr("Use -o - to write to stdout.")
        )
    if target.samefile(file):
        raise UsageError(
            tr("{target} is the plan itself.", target=target), tr("Name another file with -o.")
        )
    if not force:
        if not console.interactive():
            raise UsageError(
                tr("{target} exists.", target=target),
                tr("Replace it with --force, or name another with -o."),
            )
        if not console.confirm(tr("{target} exists. Replace it?", target=target)):
            raise InterruptedByUserError(tr("{target} is as it was.", target=target))
    return target


def _read(file: Path) -> Plan:
    """Return the plan of a file, perhaps edited by hand; say all that is wrong with it."""
    from lens_routes.output.shared.usable import require_usable
    from lens_routes.plan.document import read

    plan = read(file)
    require_usable(plan, str(file))
    return plan


def _day(plan: Plan, number: int | None) -> Plan:
    from dataclasses import replace

    if number is None:
        return plan
    if not 1 <= number <= len(plan.days):
        raise NotFoundError(
            tr("The plan has no day {number}.", number=number),
            tr("Its days are 1 to {last}.", last=len(plan.days)),
        )
    return replace(plan, days=(plan.days[number - 1],))


def _to_file(data: bytes, target: Path) -> None:
    from lens_routes.files.storage import atomic_file

    with atomic_file(target) as stream:
        stream.write(data)


def _to_stdout(data: bytes) -> None:
    try:
        console.write_bytes(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(
            tr("Not all could be written to stdout: {reason}.", reason=wording.reason(error))
        ) from error


def _size(octets: int) -> str:
    if octets < 1000:
        return trn("{n} byte", "{n} bytes", octets)
    return tr("{size} kB", size=wording.number(octets / 1000))
