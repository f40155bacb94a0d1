"""``elevation``: keep height data on this machine, and drape them over the streets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import console, options, resources
from lens_routes.errors import NotInstalledError, UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from lens_routes.streets.elevation.raster import Raster
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.network.source import BBox
    from lens_routes.text.language import Said

app = typer.Typer(
    help="Install heights, so that climbs are counted.",
    rich_markup_mode=None,
)


@app.command("add")
def add(
    files: Annotated[
        list[Path],
        typer.Argument(help="Height data: .hgt, GeoTIFF, ESRI ASCII .asc; also as .gz or .zip."),
    ],
    crs: Annotated[
        str | None,
        typer.Option(help="The projection of files that do not say it, such as EPSG:2154."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Add height data from files.

    They take the place of older ones of the same name.
    """
    from lens_routes.streets.elevation import projection, store
    from lens_routes.streets.elevation.read import read_heights

    known = projection.checked(crs) if crs else None
    added: list[Raster] = []
    with console.progress(tr("Heights")) as report:
        for i, file in enumerate(files):
            report(tr("reading {file}", file=file.name), i / len(files))
            for raster in read_heights(file, known):
                store.save(raster)
                added.append(raster)
    _tell(added, _redraped(), as_json=as_json)


@app.command("download")
def download_heights(
    bbox: Annotated[
        str | None, typer.Option(help="Of this box: west,south,east,north in degrees.")
    ] = None,
    places: options.Places = None,
    address: Annotated[
        str | None,
        typer.Option(
            envvar="LENS_ROUTES_ELEVATION_URL",
            show_envvar=False,
            help="Folder of skadi tiles on a server."
            " Default: LENS_ROUTES_ELEVATION_URL, else the public one.",
        ),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Download height data, a height every 30 m.

    Without --bbox, those of the installed streets; without streets, those of the catalogue's
    places. Squares that are there already are not fetched again.
    """
    from lens_routes.streets.elevation import store
    from lens_routes.streets.elevation.download import ADDRESS, CREDIT, download, tiles
    from lens_routes.text.quantities.lengths import parse_bbox

    names = tiles(parse_bbox(bbox, "--bbox") if bbox else _area(places))
    there = set(store.names())
    added: list[Raster] = []
    with console.progress(tr("Heights")) as report:
        for name in names:
            raster = (
                store.load(name)
                if name in there
                else download(name, report, address=address or ADDRESS)
            )
            if raster is None:
                console.say(tr("There is no tile {name}: it lies in the sea.", name=name))
                continue
            if name not in there:
                store.save(raster)
            added.append(raster)
    console.say(tr("Source: {credit}.", credit=CREDIT))
    _tell(added, _redraped(), as_json=as_json)


@app.command("list")
def list_heights(as_json: options.Json = False) -> None:
    """List the height data of this machine."""
    from lens_routes.streets.elevation import store

    _tell(store.load_all(), _streets(), as_json=as_json)


@app.command("remove")
def remove(
    names: Annotated[
        list[str] | None, typer.Argument(help="Names of height data, as elevation list tells.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Remove all of them.")] = False,
    as_json: options.Json = False,
) -> None:
    """Remove height data."""
    from lens_routes.streets.elevation import store

    if bool(names) == everything:
        raise UsageError(tr("Name what to remove, or --all."), _see_list())
    removed = [name for name in names or store.names() if store.remove(name)]
    if removed:
        _redraped()
    if as_json:
        console.print_json({"schema": "lens-routes/elevation-removed/1", "removed": removed})
        return
    for name in removed:
        console.answer(tr("{name} was removed.", name=name))
    for name in names or []:
        if name not in removed:
            console.answer(tr("No height data are called {name}.", name=name))


def _see_list() -> str:
    return tr("See what there is: {command}", command="lens-routes elevation list")


def _area(places: Path | None) -> BBox:
    """Return the box of the installed streets, or of the catalogue's places without them."""
    from lens_routes.streets.build.boxes import bbox_around
    from lens_routes.streets.network import store as streets

    try:
        return streets.info(streets.default_path()).bbox
    except streets.StreetsNotInstalledError:
        catalogue = resources.load_catalogue(places)
        return bbox_around([place.point for place in catalogue.places if place.tourable], 2000.0)


def _streets() -> Network | None:
    """Return the installed streets; None where there are none, or none that can be used."""
    from lens_routes.streets.network import store as streets

    try:
        return streets.load(streets.default_path())
    except NotInstalledError:
        return None


def _redraped() -> Network | None:
    """Drape the heights there are now over the installed streets; return these."""
    from lens_routes.streets.build.install import install_draped

    network = _streets()
    if network is None:
        return None
    with console.progress(tr("Heights")) as report:
        return install_draped(network, report)


def _tell(rasters: list[Raster], network: Network | None, *, as_json: bool) -> None:
    known = None if network is None else network.meta.heights_known
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/elevation/1",
                "data": [_document(one) for one in rasters],
                "streets_known": None if known is None else round(known, 4),
            }
        )
        return
    if not rasters:
        console.answer(tr("No height data are installed."))
        console.answer(tr("Install them: {command}", command="lens-routes elevation download"))
    for raster in rasters:
        low_m, high_m = raster.range_m
        west, south, east, north = raster.bbox()
        console.answer(
            tr(
                "{name}: {low} to {high} m, ± {error} m, a height every {cell} m;"
                " {west},{south},{east},{north}",
                name=raster.name,
                low=wording.grouped(low_m),
                high=wording.grouped(high_m),
                error=wording.number(raster.plus_minus_m),
                cell=wording.number(raster.cell_m, 0 if raster.cell_m > 9.5 else 1),
                west=f"{west:.4f}",
                south=f"{south:.4f}",
                east=f"{east:.4f}",
                north=f"{north:.4f}",
            )
        )
    if rasters and known is not None:
        console.answer(
            tr("Heights are known for {share} of the installed streets.", share=_share(known))
        )


def _share(known: float) -> Said:
    """Return a share of the streets; not all is never told as all, nor a little as none."""
    return wording.percent(known, 0 if known in {0.0, 1.0} else 1)


def _document(raster: Raster) -> dict[str, Any]:
    from lens_routes.streets.elevation import store

    low_m, high_m = raster.range_m
    return {
        "name": raster.name,
        "file": str(store.path_of(raster.name)),
        "projection": raster.crs,
        "cell_m": round(raster.cell_m, 2),
        "plus_minus_m": raster.plus_minus_m,
        "lowest_m": round(low_m, 2),
        "highest_m": round(high_m, 2),
        "bbox": [round(side, 6) for side in raster.bbox()],
    }
