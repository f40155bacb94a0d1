"""``streets``: install the street network, and the table of distances made from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from lens_routes import PROGRAM
from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.amenities import Amenities
    from lens_routes.streets.network.landscape import Landscape
    from lens_routes.streets.network.network import Meta, Network
    from lens_routes.travel.foot.walk import DetourFit

app = typer.Typer(
    help="Install and inspect the network of streets and paths.",
    rich_markup_mode=None,
)

#: How far beyond the outermost places the streets are wanted, metres: a walk may leave their box.
MARGIN_M = 2000.0
DEFAULT_RADIUS_KM = 3.0
LARGEST_RADIUS_KM = 50.0


class _PlacesMayStandAlone(TyperCommand):
    """Lets ``--places`` stand without a file: the shipped catalogue is meant then."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Drop a bare ``--places``: the area of the places is the default anyway."""
        bare = [
            i
            for i, word in enumerate(args)
            if word == "--places" and (i + 1 == len(args) or args[i + 1].startswith("-"))
        ]
        if bare:
            ctx.meta["lens_routes.places"] = True
        return super().parse_args(ctx, [word for i, word in enumerate(args) if i not in bare])


@app.command("download", cls=_PlacesMayStandAlone)
def download_streets(
    ctx: typer.Context,
    around: Annotated[
        str | None, typer.Option(help="Around this: a place, or latitude,longitude.")
    ] = None,
    radius: Annotated[
        float | None, typer.Option(help=f"Kilometres around it. Default: {DEFAULT_RADIUS_KM:g}.")
    ] = None,
    bbox: Annotated[
        str | None, typer.Option(help="In this box: west,south,east,north in degrees.")
    ] = None,
    places: options.Places = None,
    endpoint: Annotated[
        str | None,
        typer.Option(
            envvar="LENS_ROUTES_OVERPASS_URL",
            show_envvar=False,
            help="Base URL of an Overpass server, without /interpreter."
            " Default: LENS_ROUTES_OVERPASS_URL, else the public one.",
        ),
    ] = None,
    timeout: Annotated[int, typer.Option(help="Seconds a query may take.", min=1)] = 180,
    attempts: Annotated[
        int, typer.Option(help="How often a busy server is asked.", min=1, max=10)
    ] = 4,
    pause: Annotated[
        float, typer.Option(help="Seconds before the second attempt; doubled each time.", min=0)
    ] = 15.0,
    online: options.Online = False,
    as_json: options.Json = False,
) -> None:
    """Download the streets from OpenStreetMap.

    They become this machine's network.

    Without --around or --bbox the area is that of the catalogue's places; --places says so aloud,
    or names another catalogue.
    """
    from lens_routes.streets.build import overpass
    from lens_routes.streets.build.boxes import bbox_around
    from lens_routes.text.quantities.lengths import parse_bbox

    asked = [around is not None, bbox is not None, "lens_routes.places" in ctx.meta]
    if sum(asked) > 1:
        raise UsageError(
            tr("--around, --bbox and --places each name an area."), tr("Keep one of them.")
        )
    if radius is not None and around is None:
        raise UsageError(tr("--radius needs --around."), tr("Say around what."))
    if radius is not None and not 0 < radius <= LARGEST_RADIUS_KM:
        raise UsageError(
            tr("--radius {n} km is out of range.", n=f"{radius:g}"),
            tr("Give 0.1 to {most}.", most=f"{LARGEST_RADIUS_KM:g}"),
        )
    catalogue = resources.load_catalogue(places)
    if bbox is not None:
        box = parse_bbox(bbox, "--bbox")
    elif around is not None:
        centre = resources.middle_of(around, places, online=online)
        box = bbox_around([centre], (radius or DEFAULT_RADIUS_KM) * 1000)
    else:
        tourable = [place.point for place in catalogue.places if place.tourable]
        box = bbox_around(tourable, MARGIN_M)
    server = endpoint or overpass.ENDPOINT
    patience = overpass.Patience(timeout, attempts, pause)
    said: list[str] = []
    with console.progress(tr("Streets")) as report:
        ways = overpass.download(box, server, report, patience, said.append)
    for message in said:
        console.say(message)
    _install(ways, catalogue, as_json=as_json)


@app.command("import")
def import_streets(
    file: Annotated[
        Path, typer.Argument(help="A map: .osm, .osm.gz, .osm.bz2, .osm.pbf, or OSMnx .graphml.")
    ],
    bbox: Annotated[
        str | None, typer.Option(help="Only this box: west,south,east,north in degrees.")
    ] = None,
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Import the streets of a file.

    They become this machine's network.
    """
    from lens_routes.streets.build.install import read_file
    from lens_routes.text.quantities.lengths import parse_bbox

    catalogue = resources.load_catalogue(places)
    box = parse_bbox(bbox, "--bbox") if bbox else None
    with console.progress(tr("Streets")) as report:
        ways = read_file(file.absolute(), box, report)
    _install(ways, catalogue, as_json=as_json)


@app.command("info")
def streets_info(as_json: options.Json = False) -> None:
    """Show which streets are installed.

    Their area, size, age and source.
    """
    from lens_routes.streets.network import store

    network = store.load(store.default_path())
    _tell(network, as_json=as_json)


@app.command("remove")
def remove_streets(as_json: options.Json = False) -> None:
    """Remove the installed streets.

    The distances made from them go too.
    """
    from lens_routes.files.storage import remove_file
    from lens_routes.streets.network import store
    from lens_routes.travel.tables.made import forget_tables

    forget_tables()
    removed = remove_file(store.default_path())
    if as_json:
        console.print_json({"schema": "lens-routes/streets-removed/1", "removed": removed})
    else:
        console.answer(
            tr("The streets were removed.") if removed else tr("No streets were installed.")
        )


@app.command("table")
def make_table(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the table as CSV; - for stdout."),
    ] = None,
    mode: Annotated[
        str, typer.Option(help="How one goes: walk, bike or car; rides are timed.")
    ] = "walk",
    places: options.Places = None,
    as_json: options.Json = False,
) -> None:
    """Compute the street distances between all places.

    They are kept for the plans over these places, or written as CSV, as those that come with the
    program: data/walking_distances.csv.
    """
    from lens_routes.files.storage import write_text
    from lens_routes.streets.network import store
    from lens_routes.travel.resources import compute_driving, compute_table
    from lens_routes.travel.tables import table as tables
    from lens_routes.travel.tables.made import keep_table
    from lens_routes.travel.vehicles.vehicle import VEHICLES

    if str(output) == "-" and as_json:
        raise UsageError(
            tr("--output - and --json both want stdout."), tr("Write the table to a file.")
        )
    way = _of_table(mode)
    catalogue = resources.load_catalogue(places)
    network = store.load(store.default_path())
    points = {place.id: place.point for place in catalogue.places}
    now = console.now(catalogue.timezone)
    with console.progress(tr("Streets")) as report:
        if way == "walk":
            table = compute_table(network, points, program=PROGRAM, now=now, report=report)
        else:
            table = compute_driving(
                network, points, VEHICLES[way], program=PROGRAM, now=now, report=report
            )
    if str(output) == "-":
        console.write_bytes(tables.dumps(table).encode())
        return
    path = output or keep_table(table, network, points, way)
    if output is not None:
        write_text(output, tables.dumps(table))
    missing = sorted({place.id for place in catalogue.places} - set(table.points))
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/streets-table/1",
                "file": str(path),
                "places": len(table.points),
                "walks": len(table.walks),
                "off_the_map": missing,
                "detour": {
                    "factor": table.fit.factor,
                    "mean_error": table.fit.mean_error,
                    "p90_error": table.fit.p90_error,
                    "pairs": table.fit.pairs,
                },
            }
        )
        return
    if table.spots:
        console.answer(
            tr(
                "{path}: ways between {spots} spots of {places} places, {speed} km/h on average.",
                path=path,
                spots=len(table.walks.names),
                places=len(table.points),
                speed=wording.number(table.speed_kmh, 1),
            )
        )
    else:
        console.answer(
            tr(
                "{path}: {walks} walks between {places} places.",
                path=path,
                walks=len(table.walks),
                places=len(table.points),
            )
        )
        console.answer(_quality(table.fit))
    if missing:
        console.answer(tr("Not on the map of these streets: {places}.", places=", ".join(missing)))


def _of_table(mode: str) -> str:
    """Return the mode that a table may be made for, as it was typed."""
    from lens_routes.travel.vehicles.vehicle import VEHICLES
    from lens_routes.travel.ways import way_called

    way = way_called(mode)
    if way not in ("walk", *VEHICLES):
        raise UsageError(
            tr("No table of ways by {mode} can be made.", mode=mode),
            tr("Choose walk, bike or car."),
        )
    return way


def _quality(fit: DetourFit) -> str:
    return tr(
        "Detour factor {factor}, fitted on {n} walks of 0.2 to 10 km; an estimate is off by"
        " {mean} on average, {most} or less nine times in ten.",
        factor=wording.number(fit.factor, 3),
        n=fit.pairs,
        mean=wording.percent(fit.mean_error),
        most=wording.percent(fit.p90_error),
    )


def _install(ways: Ways, catalogue: Catalogue, *, as_json: bool) -> None:
    from lens_routes.streets.build.install import install
    from lens_routes.travel.resources import own_table

    now = console.now(catalogue.timezone)
    points = {place.id: place.point for place in catalogue.places}
    before = _source_before()
    with console.progress(tr("Streets")) as report:
        network = install(ways, report, now)
    if before and before != network.meta.source.label:
        console.say(
            tr("They replace the streets of {source}. Keep both side by side with {option}.",
               source=before, option="--territory NAME")
        )  # fmt: skip
    with console.progress(tr("Streets")) as report:
        # Made now, so that the first plan is as quick as the next.
        own_table(network, points, program=PROGRAM, now=now, report=report, tell=console.say)
    _tell(network, as_json=as_json)


def _source_before() -> str:
    """Return what the installed streets were made of, empty where there are none to lose."""
    from lens_routes.errors import LensRoutesError
    from lens_routes.streets.network import store

    try:
        return store.info(store.default_path()).source.label
    except LensRoutesError:
        return ""


def _tell(network: Network, *, as_json: bool) -> None:
    from lens_routes.streets.network import store

    meta = network.meta
    path = store.default_path()
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/streets/1",
                "file": str(path),
                "bytes": path.stat().st_size,
                "built": meta.built,
                "program": meta.program,
                "source": meta.source.name,
                "map_date": meta.source.map_date or None,
                "bbox": list(meta.bbox),
                "nodes": meta.nodes,
                "edges": meta.edges,
                "length_km": round(meta.length_m / 1000, 1),
                "landscape": len(network.landscape.look),
                "heights": {
                    "data": meta.heights,
                    "plus_minus_m": meta.heights_plus_minus_m,
                    "known": round(meta.heights_known, 4),
                }
                if meta.heights
                else None,
                "amenities": {need.value: n for need, n in network.amenities.counts().items()},
                "licence": meta.licence,
            }
        )
        return
    west, south, east, north = meta.bbox
    megabytes = path.stat().st_size / 1e6
    facts = {
        tr("Streets and paths"): tr(
            "{length} km, {nodes} nodes, {edges} edges",
            length=wording.grouped(meta.length_m / 1000),
            nodes=wording.grouped(meta.nodes),
            edges=wording.grouped(meta.edges),
        ),
        tr("Around them"): _around(network.landscape),
        tr("On the way"): _on_the_way(network.amenities),
        tr("Heights"): _heights(meta),
        tr("Area"): f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}",
        tr("Source"): meta.source.name,
        tr("Map date"): wording.short_date(meta.source.map_date)
        if meta.source.map_date
        else tr("not stated"),
        tr("Built"): tr(
            "{moment} by {program}", moment=wording.stamp(meta.built), program=meta.program
        ),
        tr("File"): tr("{path} ({size} MB)", path=path, size=wording.number(megabytes, 1)),
        tr("Licence"): meta.licence,
    }
    labels = [tr("{name}:", name=name) for name in facts]
    width = max(map(len, labels)) + 1
    for label, fact in zip(labels, facts.values(), strict=True):
        console.answer(f"{label:{width}}{fact}")


def _on_the_way(amenities: Amenities) -> str:
    """Return what travellers need of what the map knows."""
    from lens_routes.plan.amenity import TABLES, Need

    counts = amenities.counts()
    if not counts:
        return tr("the map tells of no water, toilets or tables")
    return tr(
        "{waters} drinking waters, {toilets} toilets, {tables} restaurants and cafés,"
        " {shops} food shops",
        waters=counts[Need.WATER],
        toilets=counts[Need.TOILETS],
        tables=sum(counts[need] for need in TABLES),
        shops=counts[Need.BAKERY] + counts[Need.SUPERMARKET],
    )


def _heights(meta: Meta) -> str:
    """Return whose heights the streets have, and what these may be off."""
    if not meta.heights:
        return tr("none: {command}", command="lens-routes elevation download")
    return tr(
        "{data}, ± {error} m, for {share} of the streets",
        data=meta.heights,
        error=wording.number(meta.heights_plus_minus_m),
        share=wording.percent(meta.heights_known),
    )


def _around(landscape: Landscape) -> str:
    """Return what maps show around the streets."""
    from lens_routes.plan.basemap import Ground, Way

    counts = landscape.counts()
    if not counts:
        return tr("nothing; maps show streets only")
    return tr(
        "{waters} waters, {greens} greens, {railways} pieces of railway",
        waters=counts[Ground.WATER] + counts[Way.STREAM],
        greens=counts[Ground.GREEN],
        railways=counts[Way.RAILWAY],
    )
