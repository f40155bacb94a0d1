"""``doctor``: what is installed, where, how old, what is missing, and the command for it."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer

from lens_routes import PROGRAM
from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import LensRoutesError
from lens_routes.files.look import is_there
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue

#: A map this old misses new paths; a catalogue this old has stale hours.
OLD_DAYS = 365


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``state`` is ``ok``, ``old``, ``missing`` or ``damaged``."""

    what: str
    state: str
    detail: str
    advice: str = ""


def doctor(
    ctx: typer.Context, places: options.Places = None, as_json: options.Json = False
) -> None:
    """Show what is installed, and what is missing.

    Where it is, how old it is, and the command for what is missing.
    """
    found = [_program(), _data_directory(), _settings(ctx)]
    catalogue: Catalogue | None = None
    try:
        catalogue = resources.load_catalogue(places)
    except LensRoutesError as error:
        found.append(Finding("places", "damaged", error.message, error.hint))
        now = console.now("UTC")
    else:
        now = console.now(catalogue.timezone)
        found.append(_catalogue(catalogue, now))
    found += [
        _streets(catalogue, now),
        *_heights(),
        *_timetables(),
        _table(catalogue, now),
        _other_tables(),
    ]
    if as_json:
        console.print_json(
            {"schema": "lens-routes/doctor/1", "findings": [asdict(item) for item in found]}
        )
    else:
        _print(found)


def _program() -> Finding:
    python = sys.version.split()[0]
    return Finding(
        "program",
        "ok",
        tr(
            "{program}, Python {python}, {platform}",
            program=PROGRAM,
            python=python,
            platform=sys.platform,
        ),
    )


def _data_directory() -> Finding:
    import os

    from lens_routes.files import territory

    folder = territory.folder()
    probe = folder
    while not is_there(probe) and probe != probe.parent:
        probe = probe.parent
    if os.access(probe, os.W_OK):
        told = tr("{folder}, territory {name}", folder=folder, name=territory.current())
        return Finding("data directory", "ok", told)
    return Finding(
        "data directory",
        "damaged",
        tr("{folder} cannot be written", folder=folder),
        tr("Choose another with LENS_ROUTES_HOME."),
    )


def _settings(ctx: typer.Context) -> Finding:
    from lens_routes.cli.frame import command_tree
    from lens_routes.settings import settings

    path = settings.default_path()
    try:
        settings.read(path, command_tree.options(ctx.find_root().command))
    except LensRoutesError as error:
        return Finding("settings", "damaged", error.message, error.hint)
    detail = str(path) if is_there(path) else tr("{file} (none yet)", file=path)
    return Finding("settings", "ok", detail)


def _catalogue(catalogue: Catalogue, now: dt.datetime) -> Finding:
    checked = max((p.checked for p in catalogue.places if p.checked), default=None)
    hours = sum(place.opening_hours is not None for place in catalogue.places)
    detail: str = tr(
        "{places} places, {hours} with opening hours, {path}",
        places=len(catalogue.places),
        hours=hours,
        path=catalogue.path,
    )
    if checked is None:
        detail = tr("{detail}, never checked", detail=detail)
        return Finding("places", "old", detail, tr("Check hours before you go."))
    detail = tr("{detail}, checked up to {date}", detail=detail, date=wording.short_date(checked))
    if (now.date() - checked).days > OLD_DAYS:
        return Finding(
            "places", "old", detail, tr("Upgrade lens-routes, or check hours before you go.")
        )
    return Finding("places", "ok", detail)


def _streets(catalogue: Catalogue | None, now: dt.datetime) -> Finding:
    from lens_routes.streets.network import store

    path = store.default_path()
    try:
        meta = store.load(path).meta
    except store.StreetsNotInstalledError as error:
        return Finding(
            "streets",
            "missing",
            tr("No street network: no directions, no GPX, and walks from the shipped table."),
            error.hint,
        )
    except LensRoutesError as error:
        return Finding("streets", "damaged", error.message, error.hint)
    map_date = meta.source.map_date
    detail: str = tr(
        "{length} km from {source}, {path}",
        length=wording.grouped(round(meta.length_m / 1000)),
        source=meta.source.label,
        path=path,
    )
    places = [place.point for place in catalogue.places if place.tourable] if catalogue else []
    west, south, east, north = meta.bbox
    covered = sum(west <= one.lon <= east and south <= one.lat <= north for one in places)
    if places:
        detail = tr("{detail}, covers {n} of {count} places", detail=detail, n=covered,
                    count=len(places))  # fmt: skip
    if places and not covered:
        advice = tr("Streets of these places: {command}", command="lens-routes streets download")
        return Finding("streets", "missing", detail, advice)
    if not map_date:
        return Finding("streets", "ok", tr("{detail}, map of unknown date", detail=detail))
    detail = tr("{detail}, map of {date}", detail=detail, date=wording.short_date(map_date))
    if _is_old(map_date, now):
        advice = tr("Newer streets: {command}", command="lens-routes streets download --places")
        return Finding("streets", "old", detail, advice)
    return Finding("streets", "ok", detail)


def _heights() -> list[Finding]:
    """Look at the height data; nobody needs to have any."""
    from lens_routes.streets.elevation import store

    try:
        rasters = store.load_all()
    except LensRoutesError as error:
        return [Finding("heights", "damaged", error.message, error.hint)]
    if not rasters:
        return []
    told = tr(
        "{names}, ± {error} m, {folder}",
        folder=store.folder(),
        names=", ".join(raster.name for raster in rasters),
        error=wording.number(max(raster.plus_minus_m for raster in rasters)),
    )
    return [Finding("heights", "ok", told)]


def _timetables() -> list[Finding]:
    """Look at the timetables; nobody needs to have any."""
    from lens_routes.timetable.network import installed, store

    names = installed.names()
    try:
        for name in names:
            store.load(installed.path_of(name))
    except LensRoutesError as error:
        return [Finding("timetables", "damaged", error.message, error.hint)]
    told = tr("{names}, {folder}", names=", ".join(names), folder=installed.folder())
    return [Finding("timetables", "ok", told)] if names else []


def _table(catalogue: Catalogue | None, now: dt.datetime) -> Finding:
    """Look at the walks that come with the program, and at those kept of the installed streets."""
    from lens_routes.files.look import files_in
    from lens_routes.files.shipped import shipped
    from lens_routes.travel.tables import table as tables
    from lens_routes.travel.tables.made import tables_folder

    try:
        table = tables.load(shipped("walking_distances.csv"))
        own = files_in(tables_folder(), "[!.]*-walk.*")
    except LensRoutesError as error:
        return Finding("walking distances", "damaged", error.message, error.hint)
    detail = tr(
        "{walks} walks between {places} places, map of {date}",
        walks=len(table.walks),
        places=len(table.points),
        date=wording.short_date(table.map_date),
    )
    if places := catalogue.places if catalogue else ():
        known = sum(table.knows(one.id, one.point) for one in places)
        detail = tr("{detail}, covers {n} of {count} places", detail=detail, n=known,
                    count=len(places))  # fmt: skip
    if own:
        detail = tr("{detail}; of the installed streets: {folder}", detail=detail,
                    folder=tables_folder())  # fmt: skip
    if _is_old(table.computed, now):
        return Finding("walking distances", "old", detail, tr("Upgrade lens-routes."))
    return Finding("walking distances", "ok", detail)


def _other_tables() -> Finding:
    """Look at the tables that come with the program beside the walks: each knows its rows."""
    from lens_routes.files.shipped import shipped
    from lens_routes.geocode.communes import require_shipped
    from lens_routes.travel.tables import table as tables
    from lens_routes.travel.vehicles.vehicle import VEHICLES

    try:
        communes = require_shipped()
        ways = [len(tables.load(shipped(one.table)).walks) for one in VEHICLES.values()]
    except LensRoutesError as error:
        return Finding("other tables", "damaged", error.message, error.hint)
    told = tr("{communes} communes, {ways} ways by bike and by car", communes=communes,
              ways=wording.grouped(sum(ways)))  # fmt: skip
    return Finding("other tables", "ok", told)


def _is_old(date: str, now: dt.datetime) -> bool:
    try:
        return (now.date() - dt.date.fromisoformat(date)).days > OLD_DAYS
    except ValueError:  # a map may date itself as it likes
        return False


def _print(found: list[Finding]) -> None:
    from lens_routes.output.terminal.lines import CARE, GOOD, QUIET, Line, Look, wrap

    look = Look(console.width())
    states = {
        "ok": tr("ok"),
        "old": tr("old"),
        "missing": tr("missing"),
        "damaged": tr("damaged"),
    }
    whats = {
        "program": tr("program"),
        "data directory": tr("data directory"),
        "settings": tr("settings"),
        "places": tr("places"),
        "streets": tr("streets"),
        "heights": tr("heights"),
        "timetables": tr("timetables"),
        "walking distances": tr("walking distances"),
        "other tables": tr("other tables"),
    }
    width = max(map(len, states.values())) + 1
    lines: list[Line] = []
    for item in found:
        head = Line(f"{states[item.state]:<{width}}", GOOD if item.state == "ok" else CARE)
        head.append(tr("{what}:", what=whats[item.what]) + " ", "bold")
        head.append(item.detail, "")
        lines += wrap(head, look, hang=" " * width)
        if item.advice:
            lines += wrap(Line(item.advice, QUIET), look, " " * width)
    console.print_lines(lines)
