"""``places import`` and ``export``: a catalogue from and to tables, maps and devices."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes import PROGRAM
from lens_routes.cli.frame import console, options
from lens_routes.cli.places.edit import DryRun, Yes
from lens_routes.cli.places.written import Written, editable
from lens_routes.errors import BadInputError, InterruptedByUserError, UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue, Term
    from lens_routes.catalogue.exchange.changes import Row
    from lens_routes.catalogue.file.header import Header

_READ = {".csv": "csv", ".geojson": "geojson", ".json": "geojson", ".gpx": "gpx"}

#: A page knows the hours of so many days from when it is written.
_KNOWN_DAYS = 28
_WRITTEN = _READ | {".html": "html"}


def import_places(
    file: Annotated[Path, typer.Argument(help="A table (CSV), GeoJSON or GPX file of places.")],
    partial: Annotated[
        bool, typer.Option("--partial", help="Write the sound rows even where others are refused.")
    ] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="What a column of a table means, such as name=Nom; repeatable, and remembered.",
        ),
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Take places from a file into a catalogue.

    From a table, map or device, or an export of the sector (DATAtourisme, Apidae, Tourinsoft,
    Geotrek, OpenStreetMap, Wikivoyage, My Maps): new places, and what changed.
    """
    from lens_routes.catalogue.exchange.changes import apply_rows, header_of
    from lens_routes.catalogue.file.fresh import there
    from lens_routes.catalogue.sector.brought import brought_into

    meant = _columns(columns or [])
    header, fresh = _fresh(file, places, meant)
    with there(places, header, keep=not dry_run) if places and fresh else nullcontext():
        sheet = editable(places)
        brought = brought_into(sheet.path)
        brought.columns |= meant
        rows, remarks = _rows(file, header_of(sheet), brought.columns)
        Written(
            sheet,
            lambda now: apply_rows(now, brought.guarded(now, rows)),
            dry_run,
            yes,
            as_json,
            [*fresh, *remarks],
            partial,
        ).finish()
        if not dry_run:
            brought.take(rows)


def _fresh(
    file: Path, places: Path | None, columns: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Return what a catalogue that is not there yet says of itself, and what is to be told of it.

    Both are empty where it is there.
    """
    from lens_routes.catalogue.file.fresh import header_at, told
    from lens_routes.catalogue.file.header import Header
    from lens_routes.files.look import is_there

    if places is None or is_there(places):
        return {}, []
    rows, _ = _rows(file, Header(), columns)
    point = next((row.point for row in rows if row.point), None)
    if point is None:
        return {}, []
    header = header_at(point, places.stem.replace("-", " ").title())
    return header, [told(places, header)]


def _columns(given: Sequence[str]) -> dict[str, str]:
    """Return what columns mean: ``name=Nom,lat=Latitude`` and so on, by the column."""
    from lens_routes.catalogue.exchange.table import column_named

    found: dict[str, str] = {}
    for part in ",".join(given).split(","):
        if not part.strip():
            continue
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or not (known := column_named(name)):
            raise UsageError(
                tr("--map {part} does not say what a column means.", part=wording.quoted(part)),
                tr("Write the field and the column's head, such as name=Nom,lat=Latitude."),
            )
        found[column] = known
    return found


def _rows(file: Path, header: Header, columns: Mapping[str, str]) -> tuple[list[Row], list[str]]:
    from lens_routes.catalogue.sector.recognise import listings
    from lens_routes.files.look import is_there

    today = console.now(header.timezone).date()
    found = listings(file, today, header.country) if is_there(file) else None
    if found is not None:
        if not found:
            raise BadInputError(
                tr("{file} holds no places.", file=file),
                tr("The catalogue is as it was: export them again from where they come from."),
            )
        named = [listing for listing in found if listing.fields.get("name")]
        unnamed = len(found) - len(named)
        remark: str = trn(
            "{n} without a name is left out", "{n} without names are left out", unnamed
        )
        return [listing.row(header.themes) for listing in named], [remark] if unnamed else []
    return _own_rows(file, header.themes, columns)


def _own_rows(
    file: Path, themes: Sequence[Term], columns: Mapping[str, str]
) -> tuple[list[Row], list[str]]:
    form = _READ.get(file.suffix.lower())
    if form == "csv":
        from lens_routes.catalogue.exchange.table import read_table

        return read_table(file, themes, columns)
    if form == "geojson":
        from lens_routes.catalogue.exchange.collection import read_collection

        return read_collection(file, themes)
    if form == "gpx":
        from lens_routes.catalogue.exchange.waypoints import read_waypoints

        return read_waypoints(file), []
    raise UsageError(
        tr("{file} is neither a table nor a map.", file=file),
        tr("Name a file that ends in {suffixes}.", suffixes=", ".join(_READ)),
    )


def export_places(
    output: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file to write. Default: stdout.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", help="The format: csv, geojson, gpx, html. Default: by the file's ending."
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            help="CSV: rfc4180 (the default), excel (for English Excel), excel-fr (for French)."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if there is one already.")
    ] = False,
    places: options.Places = None,
) -> None:
    """Write all places of a catalogue to a file.

    As a table, map or waypoints, which import takes back, or as one web page.
    """
    from lens_routes.files.look import is_there
    from lens_routes.files.storage import atomic_file

    to_stdout = output is None or str(output) == "-"
    suffix = "" if to_stdout or output is None else output.suffix.lower()
    form = (to or _WRITTEN.get(suffix) or "geojson").lower()
    data, count = _exported(form, table, places)
    if to_stdout or output is None:
        console.write_bytes(data)
        return
    if is_there(output) and not force:
        if not console.interactive():
            raise UsageError(tr("{file} exists.", file=output), tr("Replace it with --force."))
        if not console.confirm(tr("{file} exists. Replace it?", file=output)):
            raise InterruptedByUserError(tr("{file} is as it was.", file=output))
    with atomic_file(output) as stream:
        stream.write(data)
    number = trn("{n} place", "{n} places", count)
    console.answer(tr("Wrote {file}: {places}.", file=output, places=number))


def _exported(form: str, table: str | None, places: Path | None) -> tuple[bytes, int]:
    from lens_routes.catalogue.exchange.changes import open_sheet
    from lens_routes.catalogue.load import load
    from lens_routes.files.shipped import in_use

    path = places or in_use()
    catalogue = load(path)  # what is not sound is not handed on
    sheet = open_sheet(path)
    features = sheet.values()
    if table is not None and form != "csv":
        raise UsageError(
            tr("{option} does nothing for {name}.", option="--table", name=form),
            tr("It belongs to --to csv."),
        )
    if form == "geojson":
        return sheet.data, len(features)
    if form == "gpx":
        from lens_routes.catalogue.exchange.waypoints import write_waypoints

        return write_waypoints(features, PROGRAM), len(features)
    if form == "html":
        return _page(catalogue), len(features)
    if form != "csv":
        raise UsageError(
            tr("--to {name} is not a format.", name=wording.quoted(form)),
            tr("Choose one of: {known}.", known="csv, geojson, gpx, html"),
        )
    from lens_routes.catalogue.exchange.table import write_table
    from lens_routes.output.csv_table import DIALECTS

    dialect = DIALECTS.get(table or "rfc4180")
    if dialect is None:
        raise UsageError(
            tr("--table {name} is not a kind of table.", name=wording.quoted(table)),
            tr("Choose one of: {known}.", known=", ".join(DIALECTS)),
        )
    data = write_table(
        features,
        separator=dialect.separator,
        decimal=dialect.decimal,
        mark=dialect.prefix,
        spreadsheet=(table or "").startswith("excel"),
    )
    return data, len(features)


def _page(catalogue: Catalogue) -> bytes:
    from datetime import timedelta

    from lens_routes.catalogue.hours import context_of, day_opening
    from lens_routes.catalogue.picture import SMALL, pictures
    from lens_routes.library.ground import base_maps
    from lens_routes.output.html import places

    maps = base_maps(console.say)
    base = None if maps is None else maps(places.surroundings(catalogue))
    first = console.now(catalogue.timezone).date()
    dates = [first + timedelta(days=number) for number in range(_KNOWN_DAYS)]
    context = context_of(catalogue)
    openings = {
        place.id: [day_opening(place, date, context) for date in dates]
        for place in catalogue.places
    }
    shown = pictures(catalogue, catalogue.by_id, SMALL, console.say)
    return places.dumps(catalogue, base, first, openings, PROGRAM, shown)
