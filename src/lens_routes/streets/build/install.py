"""Install a street network: read a source, compile it, keep it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError
from lens_routes.files.look import is_file
from lens_routes.streets.network import store
from lens_routes.streets.network.network import without_heights
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from lens_routes.streets.build.ways import Ways
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.network.source import BBox, MapSource

    Report = Callable[[str, float], None]


def read_file(path: Path, bbox: BBox | None, report: Report) -> Ways:
    """Read the ways of an OSM or GraphML file, told apart by the file's name.

    Raises
    ------
    BadInputError
        The file is of no known kind, or is broken.
    """
    if path.name.lower().endswith(".graphml"):
        from lens_routes.streets.build import graphml  # noqa: PLC0415  # numpy

        return graphml.read(path, report, bbox=bbox)
    from lens_routes.streets.build import osm_file  # noqa: PLC0415  # numpy

    if not path.name.lower().endswith(tuple(osm_file.FORMATS)):
        raise BadInputError(
            tr("{path} is not a street map this program reads.", path=path),
            tr("Name a file ending in {endings} or .graphml.", endings=", ".join(osm_file.FORMATS)),
        )
    return osm_file.read(path, bbox, report)


def install(ways: Ways, report: Report, now: dt.datetime) -> Network:
    """Compile *ways* and keep the network as this machine's, in place of any older one.

    Raises
    ------
    BadInputError
        No street is left to walk on.
    StorageError
        The data directory cannot be written.
    """
    from lens_routes.streets.build.compile import compile_network  # noqa: PLC0415  # needs numpy

    return install_draped(compile_network(ways, built=now, report=report), report)


def install_draped(network: Network, report: Report) -> Network:
    """Drape this machine's height data over a network, and keep it as this machine's.

    Raises
    ------
    NotInstalledError
        Height data are damaged.
    StorageError
        The data directory cannot be written.
    """
    from lens_routes.streets.elevation import store as heights_store  # noqa: PLC0415  # numpy

    rasters = heights_store.load_all()
    draped = without_heights(network)
    if rasters:
        from lens_routes.streets.elevation.drape import draped_over  # noqa: PLC0415  # numpy
        from lens_routes.streets.elevation.heights import Heights  # noqa: PLC0415

        report(tr("draping heights"), 0.9)
        draped = draped_over(draped, Heights(rasters))
    store.save(draped, store.default_path())
    return draped


def rebuild(source: MapSource | None, report: Report, now: dt.datetime) -> Network | None:
    """Build a damaged or outdated network again, None when its source is no longer there."""
    if source is None or source.kind == "overpass" or not is_file(Path(source.name)):
        return None
    return install(read_file(Path(source.name), source.bbox, report), report, now)
