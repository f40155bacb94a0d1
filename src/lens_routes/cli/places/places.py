"""``places``: what the catalogue holds, and whether a catalogue is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.cli.places import (
    check as catalogue_check,
)
from lens_routes.cli.places import (
    discover as catalogue_discover,
)
from lens_routes.cli.places import (
    edit as catalogue_edit,
)
from lens_routes.cli.places import (
    files as catalogue_files,
)
from lens_routes.cli.places import (
    header as catalogue_header,
)
from lens_routes.errors import BadInputError
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.file.faults import Fault
    from lens_routes.catalogue.place import Place

app = typer.Typer(
    help="Look through the places, and keep a catalogue.",
    rich_markup_mode=None,
)

SEARCH_SHOWN = 10


@app.command("list")
def list_places(
    theme: Annotated[
        list[str] | None, typer.Option("--theme", "-t", help="Only these themes; repeatable.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as museum.")] = None,
    commune: Annotated[str | None, typer.Option(help="Only this commune, such as Lens.")] = None,
    near: Annotated[
        str | None, typer.Option(help="The nearest first: a place, or latitude,longitude.")
    ] = None,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """List the places of the catalogue."""
    from lens_routes.catalogue.find.search import filter_places
    from lens_routes.catalogue.themes import require_theme

    catalogue = resources.load_catalogue(places)
    themes = [require_theme(catalogue, word) for word in theme or []]
    point = resources.locate(near, catalogue, online=online).point if near else None
    found = filter_places(catalogue, themes=themes, kind=kind, commune=commune, near=point)
    _show(found, as_json=as_json)


@app.command("search")
def search_places(
    words: Annotated[list[str], typer.Argument(help="Words of a name, a commune, a description.")],
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Search the places by words.

    Accents, case and slips of the pen are forgiven.
    """
    from lens_routes.catalogue.find.search import search
    from lens_routes.errors import PlaceNotFoundError

    hits = search(resources.load_catalogue(places), " ".join(words))[:SEARCH_SHOWN]
    if not hits:
        raise PlaceNotFoundError(
            tr("No place answers to {words}.", words=wording.quoted(" ".join(words))),
            tr("Try fewer words, or see all with: lens-routes places list"),
        )
    _show([hit.place for hit in hits], as_json=as_json)


@app.command("show")
def show_place(
    where: Annotated[str, typer.Argument(metavar="ID", help="A place's id or name.")],
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Show all that is known of one place.

    With its opening on the next days.
    """
    from lens_routes.catalogue.find.find import find
    from lens_routes.catalogue.hours import context_of
    from lens_routes.output.terminal.lines import Look
    from lens_routes.output.terminal.places import render_place
    from lens_routes.planning.qualify.visiting import next_days

    catalogue = resources.load_catalogue(places)
    place = find(catalogue, where)
    if as_json:
        console.print_json({"schema": "lens-routes/place/1", "place": place_document(place)})
        return
    days = next_days(place, console.now(catalogue.timezone), context_of(catalogue))
    console.print_lines(render_place(place, days, Look(console.width())))


@app.command("themes")
def list_themes(places: options.Places = None, as_json: options.Json = False) -> None:
    """List the themes, and how many places bear each.

    And how many of these a tour may visit.
    """
    from lens_routes.catalogue.themes import themes
    from lens_routes.output.terminal.lines import Look
    from lens_routes.output.terminal.places import render_themes

    counts = themes(resources.load_catalogue(places))
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/themes/1",
                "themes": [
                    {
                        "theme": count.theme.id,
                        "name_fr": count.theme.fr,
                        "name_en": count.theme.en,
                        "places": count.places,
                        "tourable": count.tourable,
                    }
                    for count in counts
                ],
            }
        )
    else:
        console.print_lines(render_themes(counts, Look(console.width())))


@app.command("validate")
def validate_places(
    file: Annotated[
        Path | None, typer.Argument(help="A GeoJSON file. Default: the catalogue in use.")
    ] = None,
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Find everything wrong with a catalogue at once.

    For each fault the file, the feature, the field, and what to write.
    """
    from lens_routes.catalogue.check.validate import validate
    from lens_routes.catalogue.file.faults import Severity
    from lens_routes.files.shipped import in_use

    path = file or places or in_use()
    faults = validate(path)
    errors = [fault for fault in faults if fault.severity is Severity.ERROR]
    records = [
        {
            "severity": fault.severity.value,
            "file": fault.file,
            "feature": fault.feature,
            "field": fault.field,
            "problem": fault.problem,
            "remedy": fault.remedy,
        }
        for fault in faults
    ]
    if errors:
        title = trn("{file} has {n} error:", "{file} has {n} errors:", len(errors), file=path)
        listed = (joined("", ["  ", _told(fault)]) for fault in faults)
        raise BadInputError(joined("\n", [title, *listed]), details=records)
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/validate/1",
                "file": str(path),
                "valid": True,
                "faults": records,
            }
        )
        return
    for fault in faults:
        console.say(_told(fault))
    if faults:
        console.answer(
            trn(
                "{file} is sound, with {n} warning.",
                "{file} is sound, with {n} warnings.",
                len(faults),
                file=path,
            )
        )
    else:
        console.answer(tr("{file} is sound.", file=path))


def _told(fault: Fault) -> str:
    from lens_routes.catalogue.file.faults import Severity

    if fault.severity is Severity.ERROR:
        return tr("error: {fault}", fault=fault.told)
    return tr("warning: {fault}", fault=fault.told)


app.command("check")(catalogue_check.check_places)
app.command("new")(catalogue_header.new)
app.command("set")(catalogue_header.change_header)
app.command("add")(catalogue_edit.add)
app.command("edit")(catalogue_edit.edit)
app.command("remove")(catalogue_edit.remove)
app.command("discover")(catalogue_discover.discover)
app.command("import")(catalogue_files.import_places)
app.command("export")(catalogue_files.export_places)


def place_document(place: Place) -> dict[str, Any]:
    """Return a place as JSON values, its fields as in the catalogue."""
    record = place._asdict()
    checked = place.checked
    for name in ("kind_name", "theme_names"):
        del record[name]
    record |= {name: dict(getattr(place, name)) for name in ("names", "descriptions")}
    return {**record, "checked": checked.isoformat() if checked else None}


def _show(found: Sequence[Place], *, as_json: bool) -> None:
    from lens_routes.output.terminal.lines import Look
    from lens_routes.output.terminal.places import render_list

    if as_json:
        documents = [place_document(place) for place in found]
        console.print_json({"schema": "lens-routes/places/1", "places": documents})
    else:
        console.print_lines(render_list(found, Look(console.width())))
