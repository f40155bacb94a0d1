"""Read agencies, routes and trips."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import tr
from lens_routes.timetable.read.feed import Route, Trip
from lens_routes.timetable.read.fields import parse_choice, reason_of

if TYPE_CHECKING:
    from lens_routes.timetable.read.archive import Archive
    from lens_routes.timetable.read.faults import Faults
    from lens_routes.timetable.read.feed import Services

AGENCIES, ROUTES, TRIPS = "agency.txt", "routes.txt", "trips.txt"
_BUS = 3
_COLOUR = expression(r"[0-9A-Fa-f]{6}")


def read_agencies(archive: Archive, faults: Faults) -> dict[str, tuple[str, str]]:
    """Return (name, time zone) of the agencies by id; a single agency may have a blank id.

    Raises
    ------
    BadInputError
        There is no agency, or a time zone nobody knows.
    """
    agencies: dict[str, tuple[str, str]] = {}
    for line, fields in archive.rows(AGENCIES, ("agency_timezone",), ("agency_id", "agency_name")):
        zone, identity, name = map(str.strip, fields)
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            faults.note_serious(
                AGENCIES, line, tr("{zone} is no time zone", zone=wording.quoted(zone))
            )
        if identity in agencies:
            faults.mend(
                AGENCIES,
                line,
                tr("agency_id {agency} again", agency=wording.quoted(identity)),
                tr("row left out"),
            )
        else:
            agencies[identity] = (name, zone)
    if not agencies:
        faults.note_serious(AGENCIES, 0, tr("no agency, so no time zone"))
    faults.require_sound()
    return agencies


def read_routes(
    archive: Archive, agencies: dict[str, tuple[str, str]], faults: Faults
) -> dict[str, Route]:
    """Return the routes by id, each with its agency's name and time zone."""
    routes: dict[str, Route] = {}
    first = next(iter(agencies))
    optional = ("agency_id", "route_short_name", "route_long_name", "route_color",
                "route_text_color")  # fmt: skip
    for line, fields in archive.rows(ROUTES, ("route_id", "route_type"), optional):
        identity, kind_text, agency, short, long, colour, text_colour = map(str.strip, fields)
        if not identity or identity in routes:
            reason = tr("route_id {route} again or blank", route=wording.quoted(identity))
            faults.mend(ROUTES, line, reason, tr("row left out"))
            continue
        if agency not in agencies:
            if agency or len(agencies) > 1:
                faults.mend(
                    ROUTES,
                    line,
                    tr(
                        "agency_id {agency} is not in {file}",
                        agency=wording.quoted(agency),
                        file=AGENCIES,
                    ),
                    tr("first agency taken"),
                )
            agency = first
        try:
            kind = parse_choice(kind_text, 1799)
        except ValueError as error:
            faults.mend(
                ROUTES,
                line,
                tr("route_type: {reason}", reason=reason_of(error)),
                tr("taken as a bus"),
            )
            kind = _BUS
        name, zone = agencies[agency]
        routes[identity] = Route(
            identity, name, zone, short, long, kind, _colour(colour), _colour(text_colour)
        )
    return routes


def _colour(text: str) -> str:
    return text.upper() if _COLOUR.fullmatch(text) else ""


def read_trips(
    archive: Archive, routes: dict[str, Route], services: Services, faults: Faults
) -> dict[str, Trip]:
    """Return the trips by id, without calls; those of unknown routes are left out.

    A trip whose service is named nowhere never runs; it is left out too.
    """
    trips: dict[str, Trip] = {}
    optional = ("trip_headsign", "trip_short_name", "block_id", "wheelchair_accessible")
    for line, fields in archive.rows(TRIPS, ("route_id", "service_id", "trip_id"), optional):
        route, service, identity, headsign, short, block, wheelchair = map(str.strip, fields)
        if not identity or identity in trips:
            reason = tr("trip_id {trip} again or blank", trip=wording.quoted(identity))
            faults.mend(TRIPS, line, reason, tr("row left out"))
        elif route not in routes:
            reason = tr(
                "route_id {route} is not in {file}", route=wording.quoted(route), file=ROUTES
            )
            faults.mend(TRIPS, line, reason, tr("row left out"))
        elif service not in services.masks:
            reason = tr("service_id {service} has no calendar", service=wording.quoted(service))
            faults.mend(TRIPS, line, reason, tr("row left out"))
        else:
            trips[identity] = Trip(
                id=identity,
                route=routes[route],
                service=service,
                headsign=headsign,
                short_name=short,
                block=block,
                wheelchair=_wheelchair(wheelchair, line, faults),
                line=line,
            )
    return trips


def _wheelchair(text: str, line: int, faults: Faults) -> int:
    try:
        return parse_choice(text, 2)
    except ValueError as error:
        faults.mend(TRIPS, line, reason_of(error), tr("taken as unknown"))
        return 0


def read_publisher(archive: Archive) -> tuple[str, str]:
    """Return who published the feed and its version, blank where the feed does not say."""
    for _, fields in archive.rows("feed_info.txt", (), ("feed_publisher_name", "feed_version")):
        return fields[0].strip(), fields[1].strip()
    return "", ""
