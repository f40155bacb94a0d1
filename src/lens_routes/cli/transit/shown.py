"""Departures and journeys as people and scripts read them, for ``transit``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.output.terminal.lines import CARE, NAME, QUIET, TIME, Line, Look, wrap
from lens_routes.output.terminal.rides import kind_of
from lens_routes.plan.grade import Grade
from lens_routes.plan.moments import elapsed_s
from lens_routes.text import wording as words
from lens_routes.text.language import Said, joined, tr, trn
from lens_routes.timetable.feeds.known import by_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.leg import Leg
    from lens_routes.timetable.ask.journey import Place, Ride
    from lens_routes.timetable.network.wishes import Wishes
    from lens_routes.travel.rides.trip import Trip

SCHEMA = "lens-routes/journeys/1"
#: A change with less time than this beyond its walk is worth a warning.
TIGHT_S = 180
#: What a wheelchair field says that knows nothing.
_UNKNOWN = 0


def journeys_document(trips: Sequence[Trip]) -> dict[str, Any]:
    """Return journeys as JSON values (``lens-routes/journeys/1``)."""
    from lens_routes.plan.document import leg_document

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


def journeys(
    origin: str, destination: str, trips: Sequence[Trip], wishes: Wishes, width: int
) -> Iterator[Line]:
    """Yield the printed journeys, in the order given."""
    look = Look(width)
    day = min(trip.depart for trip in trips).date()
    title = tr(
        "{origin} to {destination}, {day}",
        origin=origin,
        destination=destination,
        day=words.date(day),
    )
    yield from wrap(Line(title, NAME), look)
    for trip in trips:
        yield Line()
        yield from wrap(_summary(trip, day), look)
        rides = iter(trip.rides)
        previous: Leg | None = None
        for leg in trip.legs:
            if leg.mode == "walk":
                yield from wrap(_walk(leg), look, "  ", " " * 15)
            else:
                yield from _ride(next(rides), wishes, look)
                yield from _tight(previous, leg, trip, look)
                previous = leg
    feeds = dict.fromkeys(ride.feed for trip in trips for ride in trip.rides)
    known = by_name() if feeds else {}
    for fare in (known[name].fare for name in feeds if name in known):
        if fare:
            yield Line()
            yield from wrap(Line(fare, QUIET), look)


def _summary(trip: Trip, day: dt.date) -> Line:
    line = Line(f"{words.clock(trip.depart)}-{words.clock(trip.arrive)}", TIME)
    later = (trip.arrive.date() - day).days
    if later:
        days = trn("{n} day", "{n} days", later)
        line.append(f" (+{days})", CARE)
    parts = [
        words.duration(elapsed_s(trip.depart, trip.arrive)),
        trn("{n} ride", "{n} rides", len(trip.rides)) if trip.rides else tr("on foot"),
    ]
    if trip.walk_m >= 1:
        parts.append(tr("{distance} on foot", distance=words.distance(trip.walk_m)))
    line.append("  ")
    line.append(joined(", ", parts), "")
    return line


def _walk(leg: Leg) -> Line:
    line = Line(f"{words.clock(leg.depart)}-{words.clock(leg.arrive)}  ", "")
    distance = words.distance(leg.distance_m)
    line.append(tr("walk {distance} to {place}", distance=distance, place=leg.destination))
    if leg.source is Grade.ESTIMATE:
        line.append(" ")
        line.append(tr("(estimate)"), QUIET)
    return line


def _ride(ride: Ride, wishes: Wishes, look: Look) -> Iterator[Line]:
    line = Line(f"{words.clock(ride.depart)}-{words.clock(ride.arrive)}  ", TIME)
    line.append(f"{kind_of(ride.kind)} ")
    line.append(ride.line, f"bold #{ride.colour}" if ride.colour else "bold")
    if ride.headsign:
        line.append(" ")
        # A number is that of the train, not a place it goes to.
        numbered = ride.headsign.isdigit()
        line.append(ride.headsign if numbered else tr("towards {place}", place=ride.headsign))
    yield from wrap(line, look, "  ", " " * 15)
    route = tr("{origin} to {end}", origin=_stop(ride.origin), end=_stop(ride.destination))
    if ride.passed:
        between = trn("{n} stop between", "{n} stops between", ride.passed)
        route = joined(", ", [route, between])
    yield from wrap(Line(route), look, " " * 15)
    for note in _notes(ride, wishes):
        yield from wrap(Line(note, CARE), look, " " * 15)


def _stop(place: Place) -> str:
    if not place.platform:
        return place.name
    return tr("{place} (platform {platform})", place=place.name, platform=place.platform)


def _notes(ride: Ride, wishes: Wishes) -> Iterator[Said]:
    if ride.every_s:
        yield tr("runs every {time}; the times are not promised", time=words.duration(ride.every_s))
    if ride.on_request:
        yield tr("on request: phone the operator, or tell the driver")
    if len(ride.trip_ids) > 1:
        yield tr("stay seated where the vehicle changes its line")
    if wishes.wheelchair:
        unknown = [
            what
            for what, known in (
                (tr("the vehicle"), ride.wheelchair),
                (ride.origin.name, ride.origin.wheelchair),
                (ride.destination.name, ride.destination.wheelchair),
            )
            if known == _UNKNOWN
        ]
        if unknown:
            yield tr("wheelchair access is not known: {where}", where=words.listed(unknown))


def _tight(previous: Leg | None, leg: Leg, trip: Trip, look: Look) -> Iterator[Line]:
    if previous is None:
        return
    between = sum(
        other.duration_s
        for other in trip.legs
        if other.mode == "walk" and previous.arrive <= other.depart < leg.depart
    )
    spare_s = elapsed_s(previous.arrive, leg.depart) - between
    if spare_s < TIGHT_S:
        note = tr("a tight change: {time}", time=words.duration(spare_s))
        yield from wrap(Line(note, CARE), look, " " * 15)


def board(stop: str, moment: dt.datetime, rides: Sequence[Ride], width: int) -> Iterator[Line]:
    """Yield the board of departures."""
    look = Look(width)
    title = tr(
        "{stop}, {day} from {time}",
        stop=stop,
        day=words.date(moment.date()),
        time=words.clock(moment),
    )
    yield from wrap(Line(title, NAME), look)
    if not rides:
        yield Line(tr("No departures within 24 hours."))
    for ride in rides:
        line = Line(f"{words.clock(ride.depart)}  ", TIME)
        line.append(f"{kind_of(ride.kind)} ")
        line.append(ride.line, f"bold #{ride.colour}" if ride.colour else "bold")
        line.append(" ")
        line.append(tr("to {place}", place=ride.destination.name))
        if ride.headsign and ride.headsign != ride.destination.name:
            line.append(f" ({ride.headsign})", QUIET)
        if ride.origin.platform:
            line.append(", ")
            line.append(tr("platform {platform}", platform=ride.origin.platform))
        if ride.every_s:
            line.append(", ")
            line.append(tr("every {time}", time=words.duration(ride.every_s)), QUIET)
        if ride.depart.date() != moment.date():
            line.append("  ")
            line.append(tr("next day"), QUIET)
        yield from wrap(line, look, hang=" " * 7)
