"""``places new`` and ``set``: a catalogue of one's own, and what it says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options
from lens_routes.cli.places.written import editable
from lens_routes.errors import BadInputError, UsageError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.catalogue.file.sheet import Sheet

#: What can be said of a catalogue in a word.
_WORDS = (
    "title", "timezone", "country", "region", "currency", "school_holidays_zone",
    "default_start", "default_end", "attribution", "licence",
)  # fmt: skip
#: A country is named by so many letters.
_LETTERS = 2


def new(
    file: Annotated[Path, typer.Argument(help="The catalogue to make, such as arras.geojson.")],
    title: Annotated[str | None, typer.Option(help="What the territory is called.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Its time zone, such as Europe/Paris.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Its country, two letters (ISO 3166), such as FR.")
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(help="Its region, such as FR-62, where it keeps holidays of its own."),
    ] = None,
    currency: Annotated[
        str | None, typer.Option(help="What prices are in, such as EUR. Default: the country's.")
    ] = None,
    themes: Annotated[
        list[str] | None,
        typer.Option("--theme", help="A theme, such as nature=Nature; repeatable."),
    ] = None,
) -> None:
    """Make an empty catalogue, ready for places add and import.

    What is not said is asked for on a terminal.
    """
    from lens_routes.catalogue.file.fresh import currency_of, write_fresh
    from lens_routes.files.look import is_there

    if is_there(file):
        raise UsageError(
            tr("{file} exists.", file=file),
            tr("Change what it says of itself with: {command}",
               command=f"lens-routes places set title=… --places {file}"),
        )  # fmt: skip
    header: dict[str, Any] = {
        "title": title or _asked("--title", tr("What is the territory called?")),
        "timezone": timezone
        or _asked("--timezone", tr("Its time zone (Europe/Paris)?"), _no_timezone),
        "country": (
            country or _asked("--country", tr("Its country, two letters (FR)?"), _no_country)
        ).upper(),
    }
    if region:
        header["region"] = region.upper()
    if money := currency or currency_of(header["country"]):
        header["currency"] = money.upper()
    header["themes"] = dict(map(_theme, themes or []))
    write_fresh(file, header)
    console.answer(tr("Wrote {file}.", file=file))
    console.say(
        tr("Put places into it: {first}, or {second}",
           first=f"lens-routes places add --places {file}",
           second=f"lens-routes places import FILE --places {file}")
    )  # fmt: skip


def change_header(
    values: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=VALUE", help="Such as title=Arras, or themes.nature.fr=Nature."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
    ] = False,
    places: options.Places = None,
) -> None:
    """Change what a catalogue says of itself.

    Its title, time zone, country, money and themes; asked for on a terminal.
    """
    from lens_routes.catalogue.check.validate import validate_bytes
    from lens_routes.catalogue.file.faults import Severity
    from lens_routes.files.lock import changing

    values = values or _asked_changes(editable(places))
    with changing(editable(places).path):
        sheet = editable(places)
        before = {str(fault.told) for fault in validate_bytes(sheet.data, str(sheet.path))}
        for text in values:
            name, equals, value = text.partition("=")
            keys = name.strip().split(".")
            if not equals or not _is_known(keys):
                raise UsageError(
                    tr("{text} is no field of a catalogue and its value.", text=text),
                    tr("The fields are: {known}.",
                       known=", ".join([*_WORDS, "themes.ID.fr", "kinds.ID.en"])),
                )  # fmt: skip
            sheet.set_header(keys, value.strip() or None)
        for fault in validate_bytes(sheet.data, str(sheet.path)):
            if fault.severity is Severity.ERROR and str(fault.told) not in before:
                raise BadInputError(fault.told, tr("Nothing was written."))
        if not dry_run:
            sheet.save()
    for text in values:
        console.answer(text)


def _asked_changes(sheet: Sheet) -> list[str]:
    """Ask for each field, the present value being the answer of who only presses Enter."""
    if not console.interactive():
        raise UsageError(
            tr("Nothing is said of the catalogue, and nobody is there to be asked."),
            tr("Say it, such as: {command}", command="lens-routes places set title=Arras"),
        )
    objections = {"timezone": _no_timezone, "country": _no_country}
    present: dict[str, Any] = json.loads(sheet.data.decode("utf-8-sig")).get("lens_routes", {})
    found: list[str] = []
    for field in _WORDS:
        before = str(present.get(field) or "")
        while True:
            answer = str(typer.prompt(field, default=before, err=True)).strip()
            wrong = objections[field](answer) if answer and field in objections else ""
            if not wrong:
                break
            console.say(wrong)
        if answer != before:
            found.append(f"{field}={answer}")
    return found


def _is_known(keys: list[str]) -> bool:
    if len(keys) == 1:
        return keys[0] in _WORDS
    return len(keys) == 3 and keys[0] in {"themes", "kinds"} and keys[2] in {"fr", "en"}


def _asked(option: str, question: str, objection: Callable[[str], str] | None = None) -> str:
    """Ask for what an option would say, until nothing is to be objected."""
    if not console.interactive():
        raise UsageError(
            tr("{option} is missing, and nobody is there to be asked.", option=option),
            tr("Say it, such as --title Arras --timezone Europe/Paris --country FR."),
        )
    while True:
        answer = str(typer.prompt(question, err=True)).strip()
        if not (wrong := objection(answer) if objection else ""):
            return answer
        console.say(wrong)


def _no_timezone(text: str) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    known = available_timezones()
    if text in known:
        return ""
    near = get_close_matches(text, sorted(known), n=3) or ["Europe/Paris", "America/New_York"]
    return tr("There is no time zone {name}. Near it: {known}.", name=text, known=", ".join(near))


def _no_country(text: str) -> str:
    from babel import Locale

    if len(text) == _LETTERS and text.upper() in Locale("en").territories:
        return ""
    return tr("{name} is no country of ISO 3166, such as FR, DE or JP.", name=text)


def _theme(text: str) -> tuple[str, dict[str, str]]:
    identity, equals, label = (part.strip() for part in text.partition("="))
    return identity, {"fr": label, "en": label} if equals else {}
