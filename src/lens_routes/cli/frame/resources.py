"""What commands load before they answer: the catalogue, the walks, the words for a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes import PROGRAM
from lens_routes.cli.frame import console
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.basemap import BaseMap
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.timetable.network.network import Network
    from lens_routes.travel.walking import Walking

    #: West, south, east and north, in degrees.
    Bounds = tuple[float, float, float, float]


def load_catalogue(path: Path | None) -> Catalogue:
    """Return the catalogue at *path*, or the shipped one."""
    from lens_routes.catalogue.load import load

    return load(path)


def locate(where: str, catalogue: Catalogue, *, online: bool) -> Waypoint:
    """Return the point a person means; an address is looked up only when *online*."""
    from lens_routes.geocode import Geocoder
    from lens_routes.geocode import locate as find_point

    return find_point(where, catalogue, Geocoder.for_area(catalogue) if online else None, _stops)


def _stops() -> Network | None:
    """Return the installed timetables, None where there are none that can be read."""
    from lens_routes.errors import NotInstalledError
    from lens_routes.timetable.network import store
    from lens_routes.travel.rides.timetables import open_network

    try:
        return open_network() if store.names() else None
    except NotInstalledError as error:
        console.say(error.message)
        return None


def start_of(where: str | None, catalogue: Catalogue, *, online: bool) -> Waypoint:
    """Return the point named, or where the catalogue's tours start.

    Raises
    ------
    UsageError
        Nothing is named, and the catalogue names no start either.
    """
    from lens_routes.errors import UsageError

    where = catalogue.default_start if where is None else where
    if where is None:
        raise UsageError(
            tr("{title} does not say where tours start.", title=catalogue.title),
            tr("Say it with --start: a place, or latitude,longitude."),
        )
    return locate(where, catalogue, online=online)


def open_walking(catalogue: Catalogue) -> Walking:
    """Return what is known of walking here: installed streets, tables, estimate.

    Says on stderr when the installed streets cannot be used, and goes on without them.
    """
    from lens_routes.catalogue.file.shipped import shipped
    from lens_routes.travel import resources

    with console.progress("Streets") as report:
        return resources.open_walking(
            {place.id: place.point for place in catalogue.places},
            shipped("walking_distances.csv"),
            program=PROGRAM,
            now=console.now(catalogue.timezone),
            report=report,
            tell=console.say,
        )


def base_map(bounds: Bounds) -> BaseMap | None:
    """Return what a map of a box, in degrees, is drawn on; None where no streets are installed.

    Says on stderr when the installed streets cannot be used.
    """
    maps = base_maps()
    return None if maps is None else maps(bounds)


def base_maps() -> Callable[[Bounds], BaseMap] | None:
    """Return what draws the ground of maps, box by box; None and a word as `base_map`."""
    from functools import partial

    from lens_routes.streets.around import scenery
    from lens_routes.streets.network import store

    try:
        network = store.load(store.default_path())
    except store.StreetsNotInstalledError:
        return None
    except store.StreetsUnusableError as error:
        console.say(error.message)
        return None
    return partial(scenery.base_map, network)
