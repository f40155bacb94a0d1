"""The formats of an export: what writes each, and which options shape it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.errors import UsageError
from lens_routes.library.ground import base_maps
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from lens_routes.catalogue.picture import Picture
    from lens_routes.catalogue.place import Place
    from lens_routes.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options that shape one format each; None where nothing was asked.

    ``tell`` says what is wrong with what is installed.
    """

    device: str | None = None
    ascii_names: bool | None = None
    max_points: int | None = None
    table: str | None = None
    places: Path | None = None
    tiles: str | None = None
    paper: str | None = None
    tell: Callable[[str], None] = lambda _message: None


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


def _ics(plan: Plan, wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output.calendar import ics

    return ics.dumps(plan, _by_id(wishes)), []


def _by_id(wishes: Wishes) -> Mapping[str, Place]:
    from lens_routes.catalogue.load import load

    return load(wishes.places).by_id


def _markdown(plan: Plan, _wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import markdown

    return markdown.dumps(plan).encode(), []


def _csv(plan: Plan, wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output import csv_table

    name = wishes.table or "rfc4180"
    dialect = csv_table.DIALECTS.get(name)
    if dialect is None:
        known = ", ".join(csv_table.DIALECTS)
        raise UsageError(
            tr("--table {name!r} is not a kind of table.", name=name),
            tr("Choose one of: {known}.", known=known),
        )
    return csv_table.dumps(plan, dialect).encode(), []


def _gpx(plan: Plan, wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.catalogue.load import load
    from lens_routes.output.gpx import gpx
    from lens_routes.output.gpx.device import device

    wanted = device(wishes.device or "generic")
    places = load(wishes.places).places
    made = gpx.write(
        plan,
        wanted,
        kinds=_kinds(plan, wishes, places),
        websites={place.id: place.website for place in places},
        ascii_names=bool(wishes.ascii_names),
        max_points=wishes.max_points,
    )
    return made.data, list(made.remarks)


def _kinds(plan: Plan, wishes: Wishes, places: Sequence[Place]) -> dict[str, str]:
    """Return the kinds of the catalogue's places where one is named, or the plan has none."""
    visits = (stop for day in plan.days for stop in day.stops if stop.place)
    if wishes.places is None and all(stop.place_kind for stop in visits):
        return {}
    return {place.id: place.kind for place in places}


def _html(plan: Plan, wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output.html import page, tour
    from lens_routes.output.html.tiles import tiles

    online = None if wishes.tiles is None else tiles(wishes.tiles)
    places, shown, unfit = _illustrated(plan, wishes)
    maps = base_maps(wishes.tell)
    base = None if maps is None else maps(tour.surroundings(plan))
    made = page.dumps(plan, base, places, online, shown)
    return made, [*_remarks(plan), *unfit, *_too_long(len(made), page.MOST_OCTETS)]


def _illustrated(
    plan: Plan, wishes: Wishes
) -> tuple[Mapping[str, Place], Mapping[str, Picture], list[str]]:
    """Return the places, the pictures of those visited, and what is wrong with the others."""
    from lens_routes.catalogue.load import load
    from lens_routes.catalogue.picture import LARGE, pictures

    catalogue = load(wishes.places)
    visited = set(plan.visited)
    unfit: list[str] = []
    return catalogue.by_id, pictures(catalogue, visited, LARGE, unfit.append), unfit


def _too_long(octets: int, most: int) -> list[str]:
    from lens_routes.text import wording

    if octets <= most:
        return []
    return [
        tr(
            "The page has {size} MB: a phone may open it slowly. Write one day alone with --day.",
            size=wording.number(octets / 1e6, 1),
        )
    ]


def _pdf(plan: Plan, wishes: Wishes) -> tuple[bytes, list[str]]:
    from lens_routes.output.roadbook.write import write

    places, shown, unfit = _illustrated(plan, wishes)
    paper = (wishes.paper or "a5").lower()
    made = write(plan, paper, base_maps(wishes.tell), places, shown)
    return made.data, [*made.remarks, *unfit]


def _remarks(plan: Plan) -> list[str]:
    """Return what a person should know about a map made of this plan."""
    from lens_routes.output.shared.caption import lines_missing, untraced

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
    "ics": Format(".ics", _ics, ("places",)),
    "markdown": Format(".md", _markdown),
    "csv": Format(".csv", _csv, ("table",)),
    "html": Format(".html", _html, ("tiles", "places")),
    "pdf": Format(".pdf", _pdf, ("paper", "places")),
}
#: The options of `Wishes` as people write them.
OPTIONS = {
    "device": "--device",
    "ascii_names": "--ascii",
    "max_points": "--max-points",
    "table": "--table",
    "places": "--places",
    "tiles": "--tiles",
    "paper": "--paper",
}
