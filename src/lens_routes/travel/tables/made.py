"""The tables this machine made of its streets: kept, found again, made anew where a place moved."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError, StorageError
from lens_routes.files import territory
from lens_routes.files.look import files_in
from lens_routes.files.mapped_file import UnusableFileError
from lens_routes.files.storage import remove_file
from lens_routes.text.language import tr
from lens_routes.travel.tables import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from lens_routes.geo import Point
    from lens_routes.streets.network.network import Network
    from lens_routes.travel.tables.table import WayTable

#: Where so much of a table is in the one made after it, it is not kept besides.
HARDLY_ANOTHER = 0.9


def kept_or_made(
    network: Network,
    points: Mapping[str, Point],
    mode: str,
    make: Callable[[WayTable | None], WayTable],
    tell: Callable[[str], None],
) -> WayTable | None:
    """Return the table kept for some points, or the one made now; None when it joins nothing.

    It is made of the one that holds most of them, which goes where it was hardly another.
    """
    path = _table_path(network, points, mode)
    try:
        return kept.load(path)
    except FileNotFoundError:
        pass
    except UnusableFileError as error:
        tell(
            tr(
                "The table of distances {path} {reason}. Making it again.",
                path=path,
                reason=error.reason,
            )
        )
    before, old = _most_alike(path, mode, points)
    try:
        table = make(before)
    except BadInputError:
        return None
    try:
        _keep(table, path)
        if before and old and _share(before, points) >= HARDLY_ANOTHER:
            remove_file(old)
    except StorageError as error:
        tell(tr("The table of distances could not be kept: {reason}", reason=error.message))
    return table


def _most_alike(
    path: Path, mode: str, points: Mapping[str, Point]
) -> tuple[WayTable | None, Path | None]:
    """Return the table of the same ways that holds most of some points, and its file."""
    best: tuple[WayTable | None, Path | None] = None, None
    most = 0.0
    network = path.name.partition("-")[0]
    for other in sorted(files_in(path.parent, f"{network}-*-{mode}{kept.SUFFIX}")):
        with contextlib.suppress(FileNotFoundError, UnusableFileError):
            table = kept.load(other)
            if other != path and (share := _share(table, points)) > most:
                best, most = (table, other), share
    return best


def keep_table(table: WayTable, network: Network, points: Mapping[str, Point], mode: str) -> Path:
    """Keep a table of ways through *network* for the plans over these points; return its file."""
    path = _table_path(network, points, mode)
    _keep(table, path)
    return path


def _keep(table: WayTable, path: Path) -> None:
    forget_tables(but_of=path)
    kept.save(table, path)


def _table_path(network: Network, points: Mapping[str, Point], mode: str) -> Path:
    meta = network.meta
    network_key = f"{meta.program} {meta.built} {meta.source} {meta.edges} {meta.length_m}"
    network_key += f" {meta.heights} {meta.heights_known}" if meta.heights else ""
    points_key = repr([(name, round(x, 6), round(y, 6)) for name, (x, y) in sorted(points.items())])
    name = "-".join(hashlib.sha256(k.encode()).hexdigest()[:12] for k in (network_key, points_key))
    return tables_folder() / f"{name}-{mode}{kept.SUFFIX}"


def tables_folder() -> Path:
    """Return where the territory in use keeps the tables of its streets."""
    return territory.folder() / "streets" / "tables"


def forget_tables(but_of: Path | None = None) -> None:
    """Remove the tables of every network, but of the one that *but_of* is a table of.

    Raises
    ------
    StorageError
        The data directory cannot be written.
    """
    network = but_of.name.partition("-")[0] if but_of else None
    # Names with a dot before them are files that another process is writing.
    for old in files_in(tables_folder(), "[!.]*"):
        if old.suffix != kept.SUFFIX or old.name.partition("-")[0] != network:
            remove_file(old)


def _share(table: WayTable, points: Mapping[str, Point]) -> float:
    """Return which share of a table's points is among some points, where it was."""
    return len(table.standing(points)) / max(1, len(table.points))
