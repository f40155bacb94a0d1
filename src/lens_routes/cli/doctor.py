"""``doctor``: what is installed, where, how old, what is missing, and the command for it."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from lens_routes import PROGRAM
from lens_routes.cli import console, options, resources
from lens_routes.errors import LensRoutesError

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


def doctor(places: options.Places = None, as_json: options.Json = False) -> None:
    """Show what is installed, where, how old, and the command for what is missing."""
    found = [_program(), _data_directory()]
    try:
        catalogue = resources.load_catalogue(places)
    except LensRoutesError as error:
        found.append(Finding("places", "damaged", error.message, error.hint))
        now = console.now("UTC")
    else:
        now = console.now(catalogue.timezone)
        found.append(_catalogue(catalogue, now))
    found += [_streets(now), _table(now)]
    if as_json:
        console.print_json(
            {"schema": "lens-routes/doctor/1", "findings": [asdict(item) for item in found]}
        )
    else:
        _print(found)


def _program() -> Finding:
    python = sys.version.split()[0]
    return Finding("program", "ok", f"{PROGRAM}, Python {python}, {sys.platform}")


def _data_directory() -> Finding:
    import os

    from lens_routes.storage import home

    folder = home()
    probe = folder
    while not probe.exists() and probe != probe.parent:
        probe = probe.parent
    if os.access(probe, os.W_OK):
        return Finding("data directory", "ok", str(folder))
    return Finding(
        "data directory",
        "damaged",
        f"{folder} cannot be written",
        "Choose another with LENS_ROUTES_HOME.",
    )


def _catalogue(catalogue: Catalogue, now: dt.datetime) -> Finding:
    checked = max((p.checked for p in catalogue.places if p.checked), default=None)
    hours = sum(place.opening_hours is not None for place in catalogue.places)
    detail = f"{len(catalogue.places)} places, {hours} with opening hours, {catalogue.path}"
    if checked is None:
        return Finding("places", "old", f"{detail}, never checked", "Check hours before you go.")
    detail += f", checked up to {checked.isoformat()}"
    if (now.date() - checked).days > OLD_DAYS:
        return Finding(
            "places", "old", detail, "Upgrade lens-routes, or check hours before you go."
        )
    return Finding("places", "ok", detail)


def _streets(now: dt.datetime) -> Finding:
    from lens_routes.streets import store

    path = store.default_path()
    try:
        meta = store.load(path).meta
    except store.StreetsNotInstalledError as error:
        return Finding(
            "streets",
            "missing",
            "No street network: no directions, no GPX, and walks from the shipped table.",
            error.hint,
        )
    except LensRoutesError as error:
        return Finding("streets", "damaged", error.message, error.hint)
    map_date = meta.source.map_date
    detail = f"{meta.length_m / 1000:,.0f} km from {meta.source.label}, {path}"
    if not map_date:
        return Finding("streets", "ok", f"{detail}, map of unknown date")
    detail += f", map of {map_date}"
    if _is_old(map_date, now):
        advice = "Newer streets: lens-routes streets download --places"
        return Finding("streets", "old", detail, advice)
    return Finding("streets", "ok", detail)


def _table(now: dt.datetime) -> Finding:
    from lens_routes.catalogue.shipped import shipped
    from lens_routes.travel import table as tables

    try:
        table = tables.load(shipped("walking_distances.csv"))
    except LensRoutesError as error:
        return Finding("walking distances", "damaged", error.message, error.hint)
    detail = f"{len(table.walks)} walks between {len(table.points)} places, map of {table.map_date}"
    if _is_old(table.computed, now):
        return Finding("walking distances", "old", detail, "Upgrade lens-routes.")
    return Finding("walking distances", "ok", detail)


def _is_old(date: str, now: dt.datetime) -> bool:
    try:
        return (now.date() - dt.date.fromisoformat(date)).days > OLD_DAYS
    except ValueError:  # a map may date itself as it likes
        return False


def _print(found: list[Finding]) -> None:
    from rich.text import Text

    from lens_routes.output.terminal import CARE, GOOD, QUIET, Look, wrap

    look = Look(console.stdout().width)
    lines: list[Text] = []
    for item in found:
        head = Text(f"{item.state:<8}", GOOD if item.state == "ok" else CARE)
        head.append(f"{item.what}: ", "bold")
        head.append(item.detail, "")
        lines += wrap(head, look, hang=" " * 8)
        if item.advice:
            lines += wrap(Text(item.advice, QUIET), look, " " * 8)
    console.print_lines(lines)
