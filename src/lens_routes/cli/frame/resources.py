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
    from lens_routes.geo import Point
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.travel.vehicles.driving import Driving
    from lens_routes.travel.walking import Walking


def load_catalogue(path: Path | None) -> Catalogue:
    """Return the catalogue at *path*, or the shipped one."""
    from lens_routes.catalogue.load import load

    return load(path)


def locate(where: str, catalogue: Catalogue, *, online: bool) -> Waypoint:
    """Return the point a person means; an address is looked up only when *online*."""
    from lens_routes.library.ground import locate as find_point

    return find_point(where, catalogue, online=online, tell=console.say)


def middle_of(where: str, places: Path | None, *, online: bool) -> Point:
    """Return the middle of an area: coordinates anywhere on earth, else a place of a catalogue.

    Where the catalogue is still to be made, a town, looked up only when *online*.
    """
    from lens_routes.files.look import is_there
    from lens_routes.geocode.geocoder import town
    from lens_routes.geocode.locate import coordinates

    if point := coordinates(where):
        return point
    if online and places is not None and not is_there(places):
        return town(where).point
    made = places if places is None or is_there(places) else None
    return locate(where, load_catalogue(made), online=online).point


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
    from lens_routes.files.shipped import shipped
    from lens_routes.travel import resources

    with console.progress(tr("Streets")) as report:
        return resources.open_walking(
            {place.id: place.point for place in catalogue.places},
            shipped("walking_distances.csv"),
            program=PROGRAM,
            now=console.now(catalogue.timezone),
            report=report,
            tell=console.say,
        )


def driving_of(catalogue: Catalogue, walking: Walking) -> Callable[[str, int | None], Driving]:
    """Return what opens, once, what is known here of ways by a vehicle of a mode."""
    import functools

    from lens_routes.files.shipped import shipped
    from lens_routes.travel import resources
    from lens_routes.travel.vehicles.vehicle import VEHICLES

    @functools.cache
    def opened(mode: str, most_stress: int | None) -> Driving:
        with console.progress(tr("Streets")) as report:
            return resources.open_driving(
                walking,
                {place.id: place.point for place in catalogue.places},
                VEHICLES[mode],
                shipped(VEHICLES[mode].table),
                most_stress=most_stress,
                program=PROGRAM,
                now=console.now(catalogue.timezone),
                report=report,
                tell=console.say,
            )

    return opened
