"""Open what is installed for walking, and make what can be made from it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from lens_routes.errors import (
    BadInputError,
    LensRoutesError,
    NotInstalledError,
    StorageError,
)
from lens_routes.plan import Grade
from lens_routes.storage import home, write_text
from lens_routes.streets import install, search, store
from lens_routes.streets.cost import WALKER
from lens_routes.travel import table as tables
from lens_routes.travel.walk import Walk
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from lens_routes.geo import Point
    from lens_routes.streets.network import Network
    from lens_routes.travel.table import WalkTable

    Report = Callable[[str, float], None]
    Tell = Callable[[str], None]


def open_walking(
    points: Mapping[str, Point],
    shipped_table: Path,
    *,
    program: str,
    now: dt.datetime,
    report: Report,
    tell: Tell,
) -> Walking:
    """Return all that is known of walking on this machine.

    A street network that is damaged or outdated is named and built again when what it was made
    of is still there; otherwise the walks are planned without it. The table of distances between
    *points* (places by id) is made once for each network and set of points, and kept.

    Raises
    ------
    BadInputError
        The table that comes with the program is damaged.
    """
    network = _open_network(now, report, tell)
    shipped = tables.load(shipped_table)
    if network is None:
        return Walking(None, (shipped,), shipped.fit)
    own = own_table(network, points, program=program, now=now, report=report, tell=tell)
    if own is None:
        return Walking(network, (shipped,), shipped.fit)
    return Walking(network, (own, shipped), own.fit if own.fit.pairs >= 100 else shipped.fit)


def require_network(walking: Walking, what: str) -> Network:
    """Return the installed network.

    Raises
    ------
    NotInstalledError
        There is none, and *what* needs one.
    """
    if walking.network is None:
        raise NotInstalledError(
            f"{what} needs the street network, and none is installed.",
            command=("streets", "download", "--places"),
        )
    return walking.network


def _open_network(now: dt.datetime, report: Report, tell: Tell) -> Network | None:
    path = store.default_path()
    try:
        return store.load(path)
    except store.StreetsNotInstalledError:
        return None
    except store.StreetsUnusableError as error:
        tell(error.message)
        try:
            network = install.rebuild(error.source, report, now)
        except LensRoutesError as failure:
            tell(f"Building it again failed: {failure.message}")
            network = None
        if network is None:
            tell(f"Going on without it. {error.hint}")
        else:
            tell("It was built again from what it was made of.")
        return network


def own_table(
    network: Network,
    points: Mapping[str, Point],
    *,
    program: str,
    now: dt.datetime,
    report: Report,
    tell: Tell,
) -> WalkTable | None:
    """Return the table of walks through *network*, kept or made now; None when it joins nothing.

    The tables of networks that were installed before are removed.
    """
    path = _table_path(network, points)
    if path.is_file():
        try:
            return tables.load(path)
        except BadInputError as error:
            tell(f"{error.message} Making it again.")
    try:
        table = compute_table(network, points, program=program, now=now, report=report)
    except BadInputError:
        return None
    try:
        forget_tables(but_of=path)
        write_text(path, tables.dumps(table))
    except StorageError as error:
        tell(f"The table of walking distances could not be kept: {error}")
    return table


def _table_path(network: Network, points: Mapping[str, Point]) -> Path:
    meta = network.meta
    network_key = f"{meta.program} {meta.built} {meta.source} {meta.edges} {meta.length_m}"
    points_key = repr([(name, round(x, 6), round(y, 6)) for name, (x, y) in sorted(points.items())])
    name = "-".join(hashlib.sha256(k.encode()).hexdigest()[:12] for k in (network_key, points_key))
    return home() / "streets" / "tables" / f"{name}.csv"


def forget_tables(but_of: Path | None = None) -> None:
    """Remove the tables of every network, but of the one that *but_of* is a table of.

    Raises
    ------
    StorageError
        The data directory cannot be written.
    """
    kept = but_of.name.partition("-")[0] if but_of else None
    for old in (home() / "streets" / "tables").glob("*.csv"):
        if old.name.partition("-")[0] != kept:
            try:
                old.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(f"{old} cannot be removed: {error.strerror}.") from error


def compute_table(
    network: Network,
    points: Mapping[str, Point],
    *,
    program: str,
    now: dt.datetime,
    report: Report,
) -> WalkTable:
    """Compute the street walks between all *points* that lie on the network's map.

    Raises
    ------
    BadInputError
        No two of them are joined by the streets.
    """
    from lens_routes.streets.many import many_to_many  # noqa: PLC0415  # numpy and scipy

    alone = Walking(network, (), tables.NO_FIT)
    spots = {name: spot for name, point in sorted(points.items()) if (spot := alone.snap(point))}
    priced = search.price(network, WALKER)
    measured = many_to_many(
        priced,
        list(spots.values()),
        lambda done, count: report(f"distances between places, {done} of {count}", done / count),
    )
    names = list(spots)
    walks = {}
    for i, a in enumerate(names):
        for j in range(i + 1, len(names)):
            b = names[j]
            gaps_m = spots[a].gap_m + spots[b].gap_m
            walks[a, b] = Walk(
                round(float(measured.distance_m[i, j]) + gaps_m, 1),
                Grade.TABLE,
                round(float(measured.steps_m[i, j]), 1),
                round(float(measured.main_road_m[i, j]), 1),
            )
    source = network.meta.source
    return tables.make(
        {name: points[name] for name in names},
        walks,
        program=program,
        computed=now.date().isoformat(),
        map_name=source.label,
        map_date=source.map_date,
    )
