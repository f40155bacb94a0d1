"""``places discover``: a draft of a catalogue, made of the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lens_routes.cli.frame import console, options
from lens_routes.cli.places.edit import DryRun, Yes
from lens_routes.cli.places.written import Written, editable
from lens_routes.errors import BadInputError, UsageError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.discover.element import Element
    from lens_routes.catalogue.exchange.changes import Change, Row
    from lens_routes.catalogue.file.sheet import Sheet
    from lens_routes.geo import Point

#: Sights within this are around a start, metres; so many of the best may be their middle.
_AROUND_M, _BEST = 2500.0, 100


def discover(
    source: Annotated[
        Path | None,
        typer.Option("--from", help="A map: .osm.pbf, .osm.gz, .osm. Default: ask a server."),
    ] = None,
    around: Annotated[
        str | None, typer.Option(help="Around this: a place, or latitude,longitude.")
    ] = None,
    radius: Annotated[float, typer.Option(help="Kilometres around it.")] = 3.0,
    bbox: Annotated[
        str | None, typer.Option(help="In this box: west,south,east,north in degrees.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what bears a tag of sights and nothing speaks for.")
    ] = False,
    title: Annotated[
        str | None, typer.Option(help="What the territory is called, where its file is new.")
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(
            envvar="LENS_ROUTES_OVERPASS_URL",
            show_envvar=False,
            help="Base URL of an Overpass server. Default: the public one.",
        ),
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    places: options.Places = None,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Draft a catalogue of the sights of a map.

    A second time it brings what the map says now, and leaves alone what a person has edited.
    """
    from lens_routes.catalogue.discover.element import of_file

    places = places or _of_territory()
    box = _box(around, radius, bbox, places, online=online)
    if source is None:
        elements = _asked(box, endpoint)
    else:
        with console.progress(tr("Sights")) as report:
            report(tr("Reading the sights of {file}", file=source.name), 0.1)
            elements = of_file(source.absolute())
    if box:
        west, south, east, north = box
        elements = [
            one
            for one in elements
            if west <= one.point.lon <= east and south <= one.point.lat <= north
        ]
    if not elements:
        raise BadInputError(
            tr("Nothing there has a name."), tr("Name another map, or a larger area.")
        )
    draft_into(places, elements, title, everything=everything, yes=yes, dry_run=dry_run,
               as_json=as_json)  # fmt: skip


def _of_territory() -> Path:
    """Return the catalogue of the territory in use, where the default one has none of its own."""
    from lens_routes.files import territory

    if territory.current() == territory.DEFAULT:
        raise UsageError(
            tr("Say which catalogue the sights are for."),
            tr("Name its file with --places, or a territory with --territory."),
        )
    return territory.folder() / territory.PLACES


def draft_into(
    places: Path,
    elements: Sequence[Element],
    title: str | None,
    *,
    everything: bool = False,
    yes: bool = False,
    dry_run: bool = False,
    as_json: bool = False,
) -> None:
    """Bring the sights among the named things of a map into a catalogue, made where it is not."""
    from lens_routes.catalogue.discover.draft import draft, labels
    from lens_routes.catalogue.exchange.changes import apply_rows, header_of
    from lens_routes.catalogue.file.fresh import header_at, there, told
    from lens_routes.catalogue.sector.brought import brought_into
    from lens_routes.files.look import is_there

    middle = sorted(elements, key=lambda one: one.point.lon)[len(elements) // 2].point
    header = header_at(middle, title or places.stem.replace("-", " ").title())
    fresh = not is_there(places)
    rows = draft(elements, [], header.get("country", ""), everything=everything)
    header |= labels(rows)
    remarks = [told(places, header)] if fresh else []
    with there(places, header, keep=not dry_run):
        sheet = editable(places)
        said = header_of(sheet)
        if not fresh:
            rows = draft(elements, said.themes, said.country, everything=everything)
        brought = brought_into(sheet.path)

        def put(now: Sheet) -> Sequence[Change]:
            changes = apply_rows(now, brought.guarded(now, rows))
            if header_of(now).default_start is None and (start := _start(rows, changes)):
                now.set_header(["default_start"], start)
            return changes

        Written(sheet, put, dry_run, yes, as_json, remarks, partial=True).finish()
        if not dry_run:
            brought.take(rows)


def _start(rows: Sequence[Row], changes: Sequence[Change]) -> str | None:
    """Return where tours of a draft start: the station most sights are around, else the office.

    Where twice as much is elsewhere it is the least of the sights in the middle of that: who starts
    at a sight is not led to it.
    """
    from lens_routes.geo import distance_m

    taken = [(row, row.point, change.id) for row, change in zip(rows, changes, strict=True)
             if change.state != "refused" and row.point]  # fmt: skip
    sights = [one for one in taken if one[0].fields.get("tourable", True)]

    def around(spot: tuple[Row, Point, str]) -> int:
        near = (row for row, at, _ in sights if distance_m(at, spot[1]) <= _AROUND_M)
        return sum(row.fields["interest"] for row in near)

    middle = max(sights[:_BEST], key=around, default=None)
    for kind in ("station", "tourist_office"):
        ends = [one for one in taken if one[0].fields["kind"] == kind]
        end = max(ends, key=lambda one: (around(one), len(one[0].fields["guessed"])), default=None)
        if end and (middle is None or 2 * around(end) >= around(middle)):
            return end[2]
    if middle is None:
        return None
    near = [one for one in sights if distance_m(one[1], middle[1]) <= _AROUND_M]
    return min(near, key=lambda one: (one[0].fields["interest"], distance_m(one[1], middle[1])))[2]


def _box(
    around: str | None, radius: float, bbox: str | None, places: Path, *, online: bool
) -> tuple[float, float, float, float] | None:
    from lens_routes.cli.frame import resources
    from lens_routes.streets.build.boxes import bbox_around
    from lens_routes.text.quantities.lengths import parse_bbox

    if around and bbox:
        raise UsageError(tr("--around and --bbox each name an area."), tr("Keep one of them."))
    if bbox:
        return parse_bbox(bbox, "--bbox")
    if around:
        middle = resources.middle_of(around, places, online=online)
        return bbox_around([middle], radius * 1000)
    return None


def _asked(box: tuple[float, float, float, float] | None, endpoint: str | None) -> list[Element]:
    from lens_routes.catalogue.discover.element import of_answer
    from lens_routes.catalogue.discover.sights import wanted_values
    from lens_routes.streets.build import overpass

    if box is None:
        raise UsageError(
            tr("Say where the sights are."),
            tr("Name a map with --from FILE.osm.pbf, or an area with --around or --bbox."),
        )
    with console.progress(tr("Sights")) as report:
        return of_answer(
            overpass.features(box, wanted_values(), endpoint or overpass.ENDPOINT, report)
        )
