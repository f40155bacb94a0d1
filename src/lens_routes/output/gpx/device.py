"""What the readers of GPX files want, one by one."""

from __future__ import annotations

from dataclasses import dataclass

from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import tr


@dataclass(frozen=True, slots=True)
class Device:
    """What a reader wants in its file.

    ``joined``: the legs of a day are one segment where they touch, else each is its own;
    ``single``: the whole file is one line without a gap; ``route``: the stops are a route besides,
    of at most ``most_route_points``; ``most_points``: track points in a file; ``typed``: names are
    "Type: name"; ``grouped``: each waypoint says its kind; ``ascii_names``: no letter beyond ASCII.
    """

    name: str
    joined: bool = True
    single: bool = False
    route: bool = False
    most_points: int | None = None
    most_route_points: int = 250
    typed: bool = False
    grouped: bool = False
    ascii_names: bool = False


#: A track is what all of them follow on streets. Several readers add the length of a route to that
#: of the track, and those with a map of their own compute a route anew: only the old eTrex, which
#: has no map and leads from name to name, gets both.
GENERIC = Device("generic", joined=False)
DEVICES = {
    device.name: device
    for device in (
        GENERIC,
        Device("garmin"),
        Device("etrex-classic", route=True, most_points=500, ascii_names=True),
        Device("osmand", joined=False, grouped=True),
        Device("organicmaps"),
        Device("komoot"),
        # Geotrek merges the lines of a file and refuses the file when more than one is left
        # (get_geom_from_gpx in its geotrek/common/utils/parsers.py).
        Device("geotrek", single=True, typed=True),
    )
}

START_SYMBOL, END_SYMBOL, FALLBACK_SYMBOL = "Flag, Green", "Flag, Red", "Flag, Blue"
RIDE_SYMBOL = "Ground Transportation"

#: Garmin's names of symbols, by the kind of place in a catalogue.
SYMBOLS = {
    "garden_city": "Residence",
    "hospital": "Medical Facility",
    "innovation": "Building",
    "leisure": "Park",
    "market_food": "Shopping Center",
    "mining_heritage": "Mine",
    "museum": "Museum",
    "park": "Park",
    "performing_arts": "Live Theater",
    "religious": "Church",
    "research": "Building",
    "education": "School",
    "slag_heap": "Summit",
    "sports_venue": "Stadium",
    "station": "Ground Transportation",
    "tourist_office": "Information",
    "viewpoint": "Scenic Area",
}


def symbol_of(kind: str) -> str:
    """Return Garmin's symbol for a kind of place, parted by ``_`` or ``-``; else the blue flag."""
    return SYMBOLS.get(kind.replace("-", "_"), FALLBACK_SYMBOL)


def device(name: str) -> Device:
    """Return the device of a name; `UsageError`, listing all, where there is none."""
    found = DEVICES.get(name.lower())
    if found is None:
        raise UsageError(
            tr("--device {device} is not known.", device=wording.quoted(name)),
            tr("Choose one of: {names}.", names=", ".join(DEVICES)),
        )
    return found
