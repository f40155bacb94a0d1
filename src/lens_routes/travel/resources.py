"""Open what is installed for walking, and make what can be made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.errors import (
    LensRoutesError,
    NotInstalledError,
)
from lens_routes.files import territory
from lens_routes.files.look import is_there
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.text.language import tr
from lens_routes.travel.tables import kept
from lens_routes.travel.tables import table as tables
from lens_routes.travel.tables.made import kept_or_made
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from lens_routes.geo import Point
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.travel.tables.table import WayTable
    from lens_routes.travel.vehicles.driving import Driving
    from lens_routes.travel.vehicles.vehicle import Vehicle

    Report = Callable[[str, float], None]
    Tell = Callable[[str], None]


#: The walks between more places are not kept: they take longer to find than a day is planned in,
#: and each command needs a few of them.
MOST_TABLED = 300
#: A detour fitted on fewer ways than these is not believed.
LEAST_FITTED = 100


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
    shipped = kept.load_text(shipped_table)

    known: dict[str, Walking] = {}

    def others(mover: Profile) -> Walking:
        if mover.name not in known:
            # Bars of progress have ended when it turns out that somebody rolls along.
            known[mover.name] = opened(mover, lambda _what, _share: None)
        return known[mover.name]

    def opened(mover: Profile, report: Report) -> Walking:
        own = None
        if network is not None and len(points) <= MOST_TABLED:
            own = own_table(
                network, points, mover, program=program, now=now, report=report, tell=tell
            )
        if own is None:
            return Walking(network, (shipped,), shipped.fit, mover, others)
        best = own if own.fit.pairs >= LEAST_FITTED else shipped
        return Walking(network, (own, shipped), best.fit, mover, others)

    known[FOOT.name] = opened(FOOT, report)
    return known[FOOT.name]


def open_driving(
    walking: Walking,
    points: Mapping[str, Point],
    vehicle: Vehicle,
    shipped_table: Path,
    *,
    most_stress: int | None = None,
    program: str,
    now: dt.datetime,
    report: Report,
    tell: Tell,
) -> Driving:
    """Return all that is known of ways by a vehicle on this machine.

    Like that of walks, the table of the installed streets is made once and kept; one for each
    *most_stress* asked for.

    Raises
    ------
    BadInputError
        The table that comes with the program is damaged.
    NotInstalledError
        Calm ways are asked for, and no streets are installed.
    """
    from lens_routes.travel.vehicles.driving import Driving  # noqa: PLC0415  # days on foot: not

    shipped = kept.load_text(shipped_table)
    network = walking.network if most_stress is None else require_network(walking, "--stress")
    if network is None:
        return Driving(vehicle, walking, (shipped,), shipped.fit, shipped.speed_kmh)

    def make(before: WayTable | None) -> WayTable:
        from lens_routes.travel.vehicles.compute import compute_ways  # noqa: PLC0415  # scipy

        alone = Walking(network, (), tables.NO_FIT)
        about = _about(network, program, now)
        return compute_ways(alone, points, vehicle, about, report, most_stress, before)

    key = vehicle.mode if most_stress is None else f"{vehicle.mode}{most_stress}"
    own = None
    if len(points) <= MOST_TABLED:
        own = kept_or_made(network, points, key, make, tell)
    if most_stress is not None:
        calm = () if own is None else (own,)
        return Driving(vehicle, walking, calm, shipped.fit, shipped.speed_kmh, most_stress)
    if own is None:
        return Driving(vehicle, walking, (shipped,), shipped.fit, shipped.speed_kmh)
    best = own if own.fit.pairs >= LEAST_FITTED else shipped
    return Driving(vehicle, walking, (own, shipped), best.fit, best.speed_kmh)


def require_network(walking: Walking, what: str) -> Network:
    """Return the installed network.

    Raises
    ------
    NotInstalledError
        There is none, and *what* needs one.
    """
    if walking.network is None:
        raise NotInstalledError(
            tr("{what} needs the street network, and none is installed.", what=what),
            command=("streets", "download", "--places"),
        )
    return walking.network


def _open_network(now: dt.datetime, report: Report, tell: Tell) -> Network | None:
    path = territory.network_in(territory.folder())
    if not is_there(path):
        return None
    from lens_routes.streets.network import store  # noqa: PLC0415  # a bare machine needs none

    try:
        return store.load(path)
    except store.StreetsNotInstalledError:
        return None
    except store.StreetsUnusableError as error:
        from lens_routes.streets.build import install  # noqa: PLC0415  # hardly ever

        tell(error.message)
        try:
            network = install.rebuild(error.source, report, now)
        except LensRoutesError as failure:
            tell(tr("Building it again failed: {reason}", reason=failure.message))
            network = None
        if network is None:
            tell(tr("Going on without it. {hint}", hint=error.hint))
        else:
            tell(tr("It was built again from what it was made of."))
        return network


def own_table(
    network: Network,
    points: Mapping[str, Point],
    mover: Profile = FOOT,
    *,
    program: str,
    now: dt.datetime,
    report: Report,
    tell: Tell,
) -> WayTable | None:
    """Return the table of walks through *network*, kept or made now; None when it joins nothing.

    The tables of networks that were installed before are removed.
    """

    def make(before: WayTable | None) -> WayTable:
        return compute_table(
            network, points, mover, before, program=program, now=now, report=report
        )

    key = "walk" if mover is FOOT else mover.name
    return kept_or_made(network, points, key, make, tell)


def compute_table(
    network: Network,
    points: Mapping[str, Point],
    mover: Profile = FOOT,
    before: WayTable | None = None,
    *,
    program: str,
    now: dt.datetime,
    report: Report,
) -> WayTable:
    """Compute the street walks between all *points* that lie on the network's map.

    What stands where it stood in the table *before*, of the same walks, is taken over.

    Raises
    ------
    BadInputError
        No two of them are joined by the streets.
    """
    from lens_routes.streets.route.priced import price  # noqa: PLC0415  # once for each map
    from lens_routes.travel.tables.between import between  # noqa: PLC0415

    alone = Walking(network, (), tables.NO_FIT, mover)
    spots = {name: spot for name, point in sorted(points.items()) if (spot := alone.snap(point))}
    walks = between(
        price(network, mover),
        spots,
        lambda done, count: report(
            tr("distances between places, {n} of {count}", n=done, count=count), done / count
        ),
        None if before is None else (before.walks, before.standing(points)),
    )
    known = {name: points[name] for name in spots}
    return tables.make(known, walks, _about(network, program, now))


def compute_driving(
    network: Network,
    points: Mapping[str, Point],
    vehicle: Vehicle,
    *,
    program: str,
    now: dt.datetime,
    report: Report,
) -> WayTable:
    """Compute the ways by a vehicle between the spots of all *points* on the network's map.

    Raises
    ------
    BadInputError
        No two of them are joined by the streets.
    """
    from lens_routes.travel.vehicles.compute import compute_ways  # noqa: PLC0415  # scipy

    alone = Walking(network, (), tables.NO_FIT)
    return compute_ways(alone, points, vehicle, _about(network, program, now), report)


def _about(network: Network, program: str, now: dt.datetime) -> dict[str, str]:
    """Return where a table made now comes from."""
    source = network.meta.source
    return {
        "program": program,
        "computed": now.date().isoformat(),
        "map_name": source.label,
        "map_date": source.map_date,
    }
