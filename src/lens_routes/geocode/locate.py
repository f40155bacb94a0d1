"""Words to a point: a place, coordinates, a stop, a commune, or an address asked for online."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.catalogue.file.faults import quoted
from lens_routes.catalogue.find.find import ambiguous, called, listing
from lens_routes.errors import PlaceNotFoundError, UsageError
from lens_routes.geo import Point
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text.expressions import expression
from lens_routes.text.language import joined, tr
from lens_routes.text.wording import distance

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.geocode.geocoder import Geocoder
    from lens_routes.geocode.known import Known
    from lens_routes.timetable.network.network import Network

_NUMBER = r"([+\-−]?\d{1,3}(?:\.\d+)?)\s*°?"
_DECIMAL = r"([+\-−]?\d{1,3}\.\d+)\s*°?"
#: Two numbers with a comma or semicolon between them; a space will do between decimals, because
#: two whole numbers may be the name of a pit.
_COORDINATES = expression(rf"\s*(?:{_NUMBER}\s*[,;]\s*{_NUMBER}|{_DECIMAL}\s+{_DECIMAL})\s*")
_DECIMAL_COMMAS = expression(r"\s*[+\-−]?\d{1,3},\d+\s*[,;\s]\s*[+\-−]?\d{1,3},\d+\s*")


def locate(
    where: str,
    catalogue: Catalogue,
    online: Geocoder | None = None,
    stops: Callable[[], Network | None] = lambda: None,
    has_streets: Callable[[Point], bool] = lambda _point: False,
) -> Waypoint:
    """Return the point that *where* names.

    Parameters
    ----------
    where
        A place's id or name (accents and case do not matter), ``lat,lon`` in decimal degrees, a
        stop of the timetable, a commune, or an address.
    catalogue
        The places, whose area also tells swapped coordinates and biases addresses.
    online
        Whom to ask about addresses; None asks nobody.
    stops
        Opens the timetables whose stops may be meant; asked for only where no place is.
    has_streets
        Tells whether there are streets at a point; such coordinates may be far from all places.

    Raises
    ------
    PlaceNotFoundError, AmbiguousPlaceError
        Nothing, or more than one thing, answers to the words; near misses are offered.
    UsageError
        The coordinates are out of range, swapped, or far from every place of the catalogue
        and from all streets.
    NetworkError
        An address was asked for and no service answered.
    """
    point = coordinates(where)
    if point is not None:
        if not has_streets(point):
            _require_near(where, point, catalogue)
        return Waypoint(f"{point.lat:.5f}, {point.lon:.5f}", point.lon, point.lat)
    if place := called(catalogue, where):
        return Waypoint(place.name, place.lon, place.lat, place.id)
    from lens_routes.geocode.known import Known  # noqa: PLC0415  # most name a place

    known = Known(catalogue, stops())
    spots = known.spots(where)
    if len(spots) > 1:
        raise ambiguous(where, [(spot.label, spot.id) for spot in spots])
    if spots:
        _require_near(where, spots[0].waypoint.point, catalogue)
        return spots[0].waypoint
    if online is not None and where.strip():
        return online.locate(where)
    raise _not_found(where, known)


def _not_found(where: str, known: Known) -> PlaceNotFoundError:
    near = known.near_names(where)
    ways = [
        tr("Did you mean {places}?", places=listing(near))
        if near
        else tr("“lens-routes places list” shows all places, “places search WORDS” looks further."),
        tr("An address is looked up only with --online."),
    ]
    if any(character.isdigit() for character in where):
        ways.reverse()
    return PlaceNotFoundError(
        tr("No place, stop or commune is called “{words}”.", words=quoted(where)),
        joined(
            " ",
            [
                *ways,
                *(
                    [tr("Stations and stops come with a timetable: lens-routes transit add ter")]
                    if known.network is None
                    else []
                ),
            ],
        ),
        where,
    )


def coordinates(where: str) -> Point | None:
    """Return the position written as ``lat,lon``, or None if these are other words."""
    if not any(map(str.isdecimal, where)):
        return None
    if _DECIMAL_COMMAS.fullmatch(where):
        raise UsageError(
            tr("“{where}” has decimal commas.", where=quoted(where)),
            tr("Write decimal points: 50.43056,2.80333 (latitude,longitude)."),
        )
    found = _COORDINATES.fullmatch(where)
    if found is None:
        return None
    lat, lon = (float(part.replace("−", "-")) for part in found.groups() if part is not None)
    if abs(lat) > 90 or abs(lon) > 180:
        raise UsageError(
            tr(
                "“{where}” is not on the earth: latitude runs from -90 to 90, longitude from"
                " -180 to 180.",
                where=quoted(where),
            ),
            tr("Write latitude,longitude in degrees, such as 50.43056,2.80333."),
        )
    return Point(lon, lat)


def _require_near(where: str, point: Point, catalogue: Catalogue) -> None:
    """Refuse a position no tour of the catalogue can start from, and say if it is swapped."""
    from lens_routes.geocode.area import Area  # noqa: PLC0415  # most name a place

    area = Area.of(catalogue)
    if area.is_near(point):
        return
    place, away_m = area.nearest(point)
    swapped = Point(point.lat, point.lon)
    if abs(swapped.lat) <= 90 and area.is_near(swapped):
        raise UsageError(
            tr(
                "“{where}” looks like longitude,latitude: read as latitude,longitude it is"
                " {distance} from the nearest place of the catalogue.",
                where=quoted(where),
                distance=distance(away_m),
            ),
            tr(
                "Write latitude first: {lat},{lon}.", lat=f"{swapped.lat:g}", lon=f"{swapped.lon:g}"
            ),
        )
    raise UsageError(
        tr(
            "“{where}” is {distance} from {name}, the nearest place of the catalogue.",
            where=quoted(where),
            distance=distance(away_m),
            name=place.name,
        ),
        tr(
            "Name a nearer place, such as {place}, or give another catalogue (--places).",
            place=catalogue.default_start or place.id,
        ),
    )
