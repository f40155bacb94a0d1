"""What stands beneath every question: words to a point, and the ground of maps."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from lens_routes.errors import BadInputError, NotInstalledError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.geo import Point
    from lens_routes.plan.basemap import BaseMap
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.timetable.network.network import Network

    #: West, south, east and north, in degrees.
    Bounds = tuple[float, float, float, float]
    Tell = Callable[[str], None]


def locate(where: str, catalogue: Catalogue, *, online: bool, tell: Tell) -> Waypoint:
    """Return the point a person means; an address is looked up only when *online*."""
    from lens_routes.geocode.locate import locate as find_point

    geocoder = None
    if online:
        from lens_routes.geocode.geocoder import Geocoder

        geocoder = Geocoder.for_area(catalogue)
    return find_point(where, catalogue, geocoder, partial(stops, tell), _has_streets)


def _has_streets(point: Point) -> bool:
    """Tell whether a point lies on the map of the installed streets."""
    from lens_routes.streets.network import store

    with contextlib.suppress(NotInstalledError, BadInputError):
        west, south, east, north = store.info(store.default_path()).bbox
        return south <= point.lat <= north and west <= point.lon + 360 * (point.lon < west) <= east
    return False


def stops(tell: Tell) -> Network | None:
    """Return the installed timetables, None where there are none that can be read."""
    from lens_routes.timetable.network import installed
    from lens_routes.travel.rides.timetables import open_network

    try:
        return open_network() if installed.names() else None
    except NotInstalledError as error:
        tell(error.message)
        return None


def base_maps(tell: Tell) -> Callable[..., BaseMap] | None:
    """Return what draws the ground of maps, box by box; None where no streets are installed.

    Tells when the installed streets cannot be used.
    """
    from lens_routes.streets.around import scenery
    from lens_routes.streets.network import store

    try:
        network = store.load(store.default_path())
    except store.StreetsNotInstalledError:
        return None
    except store.StreetsUnusableError as error:
        tell(error.message)
        return None
    return partial(scenery.base_map, network)


def main_roads(tell: Tell) -> Callable[[Bounds], list[tuple[Point, ...]]] | None:
    """Return what gives the main roads of a box, as `base_maps` does all there is."""
    from lens_routes.plan.basemap import Way

    maps = base_maps(tell)
    if maps is None:
        return None

    def roads(bounds: Bounds) -> list[tuple[Point, ...]]:
        lines = maps(bounds, {Way.MAIN_ROAD}).lines
        return [line.points for line in lines if line.way is Way.MAIN_ROAD]

    return roads
