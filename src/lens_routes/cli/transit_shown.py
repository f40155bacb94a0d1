"""Timetables, departures and journeys as people and scripts read them, for ``transit``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from lens_routes import wording as words
from lens_routes.document import leg_document
from lens_routes.language import trn
from lens_routes.output.rides import kind_of
from lens_routes.output.terminal import CARE, NAME, QUIET, TIME, Look, wrap
from lens_routes.plan import Grade, elapsed_s

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from lens_routes.cli.transit_answer import Trip
    from lens_routes.plan import Leg
    from lens_routes.timetable.journey import Place, Ride
    from lens_routes.timetable.timetable import Meta

SCHEMA = "lens-routes/journeys/1"
#: A change with less time than this beyond its walk is worth a warning.
TIGHT_S = 180
_FAULTS_SHOWN = 10


def journeys_document(trips: Sequence[Trip]) -> dict[str, Any]:
    """Return journeys as JSON values (``lens-routes/journeys/1``)."""
    return {
        "schema": SCHEMA,
        "journeys": [
            {
                "depart": trip.depart.isoformat(),
                "arrive": trip.arrive.isoformat(),
                "rides": len(trip.rides),
                "walk_m": round(trip.walk_m, 1),
                "legs": [leg_document(leg) for leg in trip.legs],
            }
            for trip in trips
        ],
    }


def journeys(origin: str, destination: str, trips: Sequence[Trip], width: int) -> Iterator[Text]:
    """Yield the printed journeys, the earliest departure first."""
    look = Look(width)
    day = trips[0].depart.date()
    yield from wrap(Text(f"{origin} to {destination}, {words.date(day)}", NAME), look)
    for trip in trips:
        yield Text()
        yield from wrap(_summary(trip, day), look)
        rides = iter(trip.rides)
        previous: Leg | None = None
        for leg in trip.legs:
            if leg.mode == "walk":
                yield from wrap(_walk(leg), look, "  ", " " * 15)
            else:
                yield from _ride(next(rides), look)
                yield from _tight(previous, leg, trip, look)
                previous = leg


def _summary(trip: Trip, day: dt.date) -> Text:
    line = Text(f"{words.clock(trip.depart)}-{words.clock(trip.arrive)}", TIME)
    later = (trip.arrive.date() - day).days
    if later:
        line.append(f" (+{trn('{n} day', '{n} days', later)})", CARE)
    line.append(f"  {words.duration(elapsed_s(trip.depart, trip.arrive))}", "")
    rides = trn("{n} ride", "{n} rides", len(trip.rides)) if trip.rides else "on foot"
    line.append(f", {rides}")
    if trip.walk_m >= 1:
        line.append(f", {words.distance(trip.walk_m)} on foot")
    return line


def _walk(leg: Leg) -> Text:
    line = Text(f"{words.clock(leg.depart)}-{words.clock(leg.arrive)}  ", "")
    line.append(f"walk {words.distance(leg.distance_m)} to {leg.destination}")
    if leg.source is Grade.ESTIMATE:
        line.append(" (estimate)", QUIET)
    return line


def _ride(ride: Ride, look: Look) -> Iterator[Text]:
    line = Text(f"{words.clock(ride.depart)}-{words.clock(ride.arrive)}  ", TIME)
    line.append(f"{kind_of(ride.kind)} ")
    line.append(ride.line, f"bold #{ride.colour}" if ride.colour else "bold")
    if ride.headsign:
        line.append(
            f" towards {ride.headsign}" if not ride.headsign.isdigit() else f" {ride.headsign}"
        )
    yield from wrap(line, look, "  ", " " * 15)
    route = f"{_stop(ride.origin)} to {_stop(ride.destination)}"
    if ride.passed:
        route += f", {trn('{n} stop', '{n} stops', ride.passed)} between"
    yield from wrap(Text(route), look, " " * 15)
    for note in _notes(ride):
        yield from wrap(Text(note, CARE), look, " " * 15)


def _stop(place: Place) -> str:
    return f"{place.name} (platform {place.platform})" if place.platform else place.name


def _notes(ride: Ride) -> Iterator[str]:
    if ride.every_s:
        yield f"runs every {words.duration(ride.every_s)}; the times are not promised"
    if ride.on_request:
        yield "on request: phone the operator, or tell the driver"
    if len(ride.trip_ids) > 1:
        yield "stay seated where the vehicle changes its line"


def _tight(previous: Leg | None, leg: Leg, trip: Trip, look: Look) -> Iterator[Text]:
    if previous is None:
        return
    between = sum(
        other.duration_s
        for other in trip.legs
        if other.mode == "walk" and previous.arrive <= other.depart < leg.depart
    )
    spare_s = elapsed_s(previous.arrive, leg.depart) - between
    if spare_s < TIGHT_S:
        note = f"a tight change: {words.duration(spare_s)}"
        yield from wrap(Text(note, CARE), look, " " * 15)


def board(stop: str, moment: dt.datetime, rides: Sequence[Ride], width: int) -> Iterator[Text]:
    """Yield the board of departures."""
    look = Look(width)
    title = f"{stop}, {words.date(moment.date())} from {words.clock(moment)}"
    yield from wrap(Text(title, NAME), look)
    if not rides:
        yield Text("No departures within 24 hours.")
    for ride in rides:
        line = Text(f"{words.clock(ride.depart)}  ", TIME)
        line.append(f"{kind_of(ride.kind)} ")
        line.append(ride.line, "bold")
        line.append(f" to {ride.destination.name}")
        if ride.headsign and ride.headsign != ride.destination.name:
            line.append(f" ({ride.headsign})", QUIET)
        if ride.origin.platform:
            line.append(f", platform {ride.origin.platform}")
        if ride.depart.date() != moment.date():
            line.append("  next day", QUIET)
        yield from wrap(line, look, hang=" " * 7)


def about(meta: Meta) -> Iterator[str]:
    """Yield what a timetable holds."""
    busiest = max(meta.days)
    operator = ", ".join(meta.agencies) or meta.publisher or "no agency named"
    yield f"Timetable:  {meta.name}, {operator}"
    yield f"Days:       {meta.first_day} to {meta.last_day}, up to {busiest:,} runs a day"
    yield f"Size:       {meta.stops:,} stops, {meta.routes:,} lines, {meta.trips:,} trips"
    if meta.bbox:
        yield f"Cut to:     {','.join(f'{side:g}' for side in meta.bbox)}"
    yield f"Time zone:  {', '.join(meta.zones)}"
    yield f"Source:     {meta.source}" + (f", version {meta.version}" if meta.version else "")
    yield f"Built:      {meta.built} by {meta.program}"
    total = sum(count for _, _, count in meta.mended_counts)
    if not total:
        yield "Faults:     none found"
        return
    yield f"Faults:     {total:,} mended"
    for file, remedy, count in meta.mended_counts:
        yield f"            {file}: {remedy}, {count:,} times"
    for fault in meta.mended[:_FAULTS_SHOWN]:
        yield f"            {fault}"
