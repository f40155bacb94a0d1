"""Read a GTFS feed from a zip or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.text.language import tr
from lens_routes.timetable.read.archive import Archive
from lens_routes.timetable.read.calls import read_calls, read_frequencies
from lens_routes.timetable.read.feed import Feed
from lens_routes.timetable.read.pathways import read_pathways
from lens_routes.timetable.read.services import read_services
from lens_routes.timetable.read.stops import read_stops
from lens_routes.timetable.read.transfers import read_transfers
from lens_routes.timetable.read.trips import read_agencies, read_publisher, read_routes, read_trips

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lens_routes.timetable.read.faults import Faults

_REQUIRED = ("agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt")


def read_feed(path: Path, faults: Faults, report: Callable[[str, float], None]) -> Feed:
    """Read the GTFS feed at *path*.

    Parameters
    ----------
    path
        A zip file, or a folder of tables.
    faults
        Told of everything that is mended.
    report
        Told what is being done and which share, 0 to 1, is behind.

    Raises
    ------
    BadInputError
        The feed is not one, or has serious faults; the message names file, line and reason.
    """
    with Archive(path, faults) as archive:
        for name in _REQUIRED:
            if name not in archive:
                faults.note_serious(name, 0, tr("the file is missing"))
        faults.require_sound()
        report(tr("reading stops and services"), 0.0)
        agencies = read_agencies(archive, faults)
        stops = read_stops(archive, faults)
        services = read_services(archive, faults)
        routes = read_routes(archive, agencies, faults)
        report(tr("reading trips"), 0.1)
        trips = read_trips(archive, routes, services, faults)
        report(tr("reading times"), 0.2)
        read_calls(archive, trips, stops, faults)
        read_frequencies(archive, trips, faults)
        if not trips:
            raise faults.refuse_what_is_left("trips.txt", tr("no trip of it can be used"))
        transfers, stay, leave = read_transfers(archive, stops, routes, trips, faults)
        paths = read_pathways(archive, stops, faults)
        publisher, version = read_publisher(archive)
    return Feed(
        stops=stops,
        services=services,
        trips=trips,
        transfers=transfers,
        stay=stay,
        leave=leave,
        publisher=publisher,
        version=version,
        paths=paths,
        agencies=tuple(dict.fromkeys(name for name, _ in agencies.values() if name)),
    )
