"""``places add``, ``edit`` and ``remove``: one place of a catalogue, in its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.cli.places.written import Written, editable
from lens_routes.errors import BadInputError, LensRoutesError, PlaceNotFoundError, UsageError
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.catalogue import Term
    from lens_routes.catalogue.exchange.changes import Change, Row
    from lens_routes.catalogue.file.sheet import Sheet
    from lens_routes.geo import Point

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="FIELD=VALUE",
        help="A field and its value, such as kind=museum; nothing behind = empties it; repeatable.",
    ),
]
At = Annotated[
    str | None,
    typer.Option(help="The position: latitude,longitude, or with --online an address."),
]
#: What is asked about a new place, in this order; the rest can be set.
_ASKED = (
    "name", "kind", "themes", "commune", "address", "description_fr", "description_en",
    "opening_hours", "visit_minutes", "interest", "fee", "wheelchair", "website", "source",
)  # fmt: skip


def add(
    name: Annotated[
        str | None, typer.Argument(help="The name of the place. Without it, everything is asked.")
    ] = None,
    identity: Annotated[
        str | None, typer.Option("--id", help="Its id. Default: made from the name.")
    ] = None,
    at: At = None,
    values: Set = None,
    same: Annotated[
        bool, typer.Option("--not-the-same", help="Add it although one like it is near by.")
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Add a place to a catalogue.

    On a terminal, what is missing is asked and explained.
    """
    from lens_routes.catalogue.exchange.changes import Row, apply_rows, themes_of

    sheet = editable(places)
    themes = themes_of(sheet)
    fields = _fields(values or [], themes)
    if name is not None:
        fields["name"] = name
    point = _point(at, places, online=online) if at else None
    if console.interactive() and not (as_json or yes):
        try:
            _ask(fields, themes, sheet)
            point = point or _asked_point(fields, places, online=online)
        except (KeyboardInterrupt, typer.Abort):
            console.say(
                "\n" + tr("What you said is kept in: {command}", command=_said(fields, places))
            )
            raise
    if not fields.get("name") or point is None:
        raise UsageError(
            tr("A place needs a name and a position."),
            tr("Write: {command}", command='lens-routes places add "NAME" --at LAT,LON'),
        )
    today = console.now("UTC").date().isoformat()
    row = Row(
        id=identity or _new_id(fields["name"]), point=point, fields={"checked": today} | fields
    )

    def put(now: Sheet) -> list[Change]:
        _require_new(now, row)
        (change,) = apply_rows(now, [row])
        if change.remarks and not (same or console.interactive()):
            there = tr("{place} may be there already.", place=change.name)
            raise BadInputError(
                joined(" ", [there, *change.remarks]),
                tr("If it is another place, add it with --not-the-same."),
            )
        return [change]

    Written(sheet, put, dry_run=dry_run, yes=yes, as_json=as_json).finish()


def edit(
    where: Annotated[str, typer.Argument(metavar="ID", help="A place's id or name.")],
    values: Set = None,
    at: At = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Change fields of a place in a catalogue.

    Nothing else in its file changes.
    """
    from lens_routes.catalogue.exchange.changes import Row, apply_rows, themes_of

    sheet = editable(places)
    fields = _fields(values or [], themes_of(sheet))
    point = _point(at, places, online=online) if at else None
    if not fields and point is None:
        raise UsageError(
            tr("Nothing is to be changed."),
            tr("Write for example: {command}", command=f"places edit {where} --set interest=4"),
        )
    if "interest" in fields:
        fields.setdefault("guessed", None)  # a person has said it
    row = Row(id=_existing_id(sheet, where, places), point=point, fields=fields)

    def change(now: Sheet) -> list[Change]:
        _require_there(now, row.id)
        return apply_rows(now, [row])

    Written(sheet, change, dry_run=dry_run, yes=yes, as_json=as_json).finish()


def remove(
    where: Annotated[str, typer.Argument(metavar="ID", help="A place's id or name.")],
    yes: Yes = False,
    dry_run: DryRun = False,
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Take a place out of a catalogue."""
    from lens_routes.catalogue.exchange.changes import remove_place

    sheet = editable(places)
    if not (yes or dry_run or console.interactive()):
        raise UsageError(
            tr("Nobody is there to be asked whether to remove it."),
            tr("Say --yes, or look first with --dry-run."),
        )
    identity = _existing_id(sheet, where, places)

    def take_out(now: Sheet) -> list[Change]:
        _require_there(now, identity)
        return [remove_place(now, identity)]

    Written(sheet, take_out, dry_run=dry_run, yes=yes, as_json=as_json).finish()


def _fields(values: Sequence[str], themes: Sequence[Term]) -> dict[str, Any]:
    from lens_routes.catalogue.exchange.draft import Unreadable, value_of
    from lens_routes.catalogue.file.faults import nearest
    from lens_routes.catalogue.file.fields import FIELDS

    found: dict[str, Any] = {}
    for text in values:
        field, equals, value = text.partition("=")
        field = field.strip()
        if not equals:
            raise UsageError(
                tr("--set {text} does not say which value.", text=wording.quoted(text)),
                tr("Write for example --set kind=museum."),
            )
        if field not in FIELDS:
            guess = nearest(field, FIELDS)
            raise UsageError(
                tr("--set {field}: a place has no such field to set.", field=field),
                tr("Did you mean {guess}?", guess=guess)
                if guess
                else tr("The fields are {fields}.", fields=", ".join(FIELDS)),
            )
        try:
            found[field] = value_of(field, value, themes)
        except Unreadable as error:
            message = tr("--set {field}: {problem}", field=field, problem=error.args[0])
            raise UsageError(message, error.args[1]) from None
    return found


def _point(at: str, places: Path | None, *, online: bool) -> Point:
    """Return a position; an address is looked up near the places there are, if there are any."""
    from lens_routes.catalogue.exchange.changes import open_sheet
    from lens_routes.files.shipped import in_use
    from lens_routes.geocode.geocoder import town
    from lens_routes.geocode.locate import coordinates

    if open_sheet(places or in_use()).features:
        return resources.locate(at, resources.load_catalogue(places), online=online).point
    if point := coordinates(at):
        return point
    if online:
        return town(at).point
    raise UsageError(
        tr("{at} is no position.", at=wording.quoted(at)),
        tr("Write latitude,longitude, such as --at 50.4306,2.8033."),
    )


def _existing_id(sheet: Sheet, where: str, places: Path | None) -> str:
    """Return the id of a place, also of one whose catalogue is not sound."""
    from lens_routes.catalogue.file.features import identity_of
    from lens_routes.catalogue.find.find import find

    if where in [identity_of(feature) for feature in sheet.values()]:
        return where
    return find(resources.load_catalogue(places or sheet.path), where).id


def _new_id(name: str) -> str:
    from lens_routes.text.words import slug

    return slug(name)[:100].strip("-")


def _require_new(sheet: Sheet, row: Row) -> None:
    from lens_routes.catalogue.file.features import identity_of

    if row.id in [identity_of(feature) for feature in sheet.values()]:
        raise UsageError(
            tr("There is a place called {id} already.", id=row.id),
            tr("Change it with places edit {id}, or give the new one another --id.", id=row.id),
        )


def _require_there(sheet: Sheet, identity: str) -> None:
    from lens_routes.catalogue.file.features import identity_of

    if identity not in [identity_of(feature) for feature in sheet.values()]:
        # It was there a moment ago: somebody else took it out.
        raise PlaceNotFoundError(tr("{place} is not in the catalogue.", place=identity))


def _said(fields: dict[str, Any], places: Path | None) -> str:
    """Return the line that goes on from the answers given so far."""
    import shlex

    words = ["lens-routes", "places", "add", *([fields["name"]] if "name" in fields else [])]
    for field, value in fields.items():
        if field != "name":
            shown = ",".join(map(str, value)) if isinstance(value, list) else value
            words += ["--set", f"{field}={shown}"]
    return shlex.join([*words, *(["--places", str(places)] if places else [])])


def _ask(fields: dict[str, Any], themes: Sequence[Term], sheet: Sheet) -> None:
    """Ask for the fields that are not given, saying what each is for, until it can be read."""
    from lens_routes.catalogue.exchange.draft import meaning

    console.say(tr("A new place of {file}. Press Enter to leave a field out.", file=sheet.path))
    for field in _ASKED:
        if field in fields:
            continue
        console.say(f"\n{meaning(field)}")
        if field == "themes" and themes:
            console.say(", ".join(theme.id for theme in themes))
        if field == "kind":
            console.say(", ".join(_kinds(sheet)))
        value = _answer(field, themes)
        if value is not None:
            fields[field] = value


def _kinds(sheet: Sheet) -> list[str]:
    """Return the kinds of places a catalogue has, else those that are usual."""
    from lens_routes.catalogue.file.features import properties_of
    from lens_routes.catalogue.sector.kinds import LABELS

    used = {str(properties_of(one).get("kind") or "") for one in sheet.values()} - {""}
    return sorted(used) or sorted(LABELS["kinds"])


def _answer(field: str, themes: Sequence[Term]) -> Any:
    from lens_routes.catalogue.exchange.draft import Unreadable, value_of

    while True:
        text = typer.prompt(field, default="", show_default=False, err=True)
        try:
            value = value_of(field, text, themes)
        except Unreadable as error:
            console.say(joined(" ", error.args))
            continue
        known = [theme.id for theme in themes]
        strange = [one for one in value or () if one not in known] if field == "themes" else []
        if strange and known:
            console.say(tr("Not a theme of this catalogue: {themes}.", themes=", ".join(strange)))
        elif objection := _objection(field, value):
            console.say(objection)
        elif value is None and field == "name":
            console.say(tr("A place needs a name."))
        else:
            return value


def _objection(field: str, value: Any) -> str:
    """Return what is wrong with a value, while the person can still write another."""
    from lens_routes.catalogue.file.fields import FIELDS
    from lens_routes.catalogue.hours import HoursContext, parse

    if value is None:
        return ""
    if found := FIELDS[field].rule(value):
        return joined(" ", found)
    if field == "opening_hours":
        try:
            parse(value, HoursContext())
        except BadInputError as error:
            return joined(" ", [error.message, error.hint])
    return ""


def _asked_point(fields: dict[str, Any], places: Path | None, *, online: bool) -> Point:
    """Ask for the position, offering what the address leads to."""
    if online and fields.get("address"):
        try:
            found = _point(str(fields["address"]), places, online=True)
        except LensRoutesError as error:
            console.say(error.message)
        else:
            console.say(tr("The address is at {lat}, {lon}.", lat=found.lat, lon=found.lon))
            if console.confirm(tr("Is that right?"), default=True):
                return found
    while True:
        console.say("\n" + tr("The position of its entrance: latitude,longitude in degrees."))
        try:
            return _point(typer.prompt("position", err=True), places, online=online)
        except LensRoutesError as error:
            console.say(joined(" ", [error.message, error.hint]))
