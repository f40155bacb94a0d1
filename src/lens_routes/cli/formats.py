"""The formats of ``export``: what writes each, and which options shape it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.cli import resources
from lens_routes.errors import UsageError

if TYPE_CHECKING:
    from lens_routes.plan import Plan


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options that shape one format each; None where nothing was asked."""

    device: str | None = None
    ascii_names: bool | None = None
    max_points: int | None = None
    table: str | None = None
    places: Path | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files, what writes it, and the options that shape it."""

    suffix: str
    write: Callable[[Plan, Wishes], tuple[bytes, list[str]]]
    takes: tuple[str, ...] = ()


def _kml(plan: Plan, _wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import kml

    return kml.dumps(plan), _remarks(plan)


def _geojson(plan: Plan, _wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import geojson

    return geojson.dumps(plan).encode(), _remarks(plan)


def _ics(plan: Plan, _wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import ics

    return ics.dumps(plan), []


def _markdown(plan: Plan, _wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import markdown

    return markdown.dumps(plan).encode(), []


def _csv(plan: Plan, wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import csv_table

    name = wishes.table or "rfc4180"
    dialect = csv_table.DIALECTS.get(name)
    if dialect is None:
        known = ", ".join(csv_table.DIALECTS)
        raise UsageError(f"--table {name!r} is not a kind of table.", f"Choose one of: {known}.")
    return csv_table.dumps(plan, dialect).encode(), []


def _gpx(plan: Plan, wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import gpx
    from lens_routes.output.gpx_device import device

    wanted = device(wishes.device or "generic")
    catalogue = resources.load_catalogue(wishes.places)
    made = gpx.write(
        plan,
        wanted,
        kinds={place.id: place.kind for place in catalogue.places},
        ascii_names=bool(wishes.ascii_names),
        max_points=wishes.max_points,
    )
    return made.data, list(made.remarks)


def _remarks(plan: Plan) -> list[str]:
    """Return what a person should know about a map made of this plan."""
    from lens_routes.language import tr
    from lens_routes.output.caption import lines_missing, untraced

    missing = untraced(plan)
    if not missing:
        return []
    return [
        lines_missing(missing),
        tr("Install it, then plan again: {command}", command="lens-routes streets download"),
    ]


#: What ``--to`` may say.
FORMATS = {
    "gpx": Format(".gpx", _gpx, ("device", "ascii_names", "max_points", "places")),
    "kml": Format(".kml", _kml),
    "geojson": Format(".geojson", _geojson),
    "ics": Format(".ics", _ics),
    "markdown": Format(".md", _markdown),
    "csv": Format(".csv", _csv, ("table",)),
}
#: The options of `Wishes` as people write them.
OPTIONS = {
    "device": "--device",
    "ascii_names": "--ascii",
    "max_points": "--max-points",
    "table": "--table",
    "places": "--places",
}
