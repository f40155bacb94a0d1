"""Turn a solved tour into the days of a plan: legs, stops with their notes, totals, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening
from lens_routes.plan import Day, Stop, Totals, elapsed_s
from lens_routes.planning.legs import RiddenRoute, leg_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.plan import Leg, Waypoint
    from lens_routes.planning.candidates import Candidate
    from lens_routes.planning.legs import Route
    from lens_routes.planning.posing import TourClock
    from lens_routes.planning.request import Request
    from lens_routes.tour.problem import Tour, Visit


#: A change with less time than this beyond its walk is worth a warning.
TIGHT_S = 180


@dataclass(frozen=True, slots=True)
class Outing:
    """What the tour of one day is made into a `Day` from.

    ``routes`` are the ways of the tour in order, one more than there are visits and breaks: walks,
    and legs where one rides.
    """

    request: Request
    candidates: Sequence[Candidate]
    date: dt.date
    tour: Tour
    routes: Sequence[Route | RiddenRoute]
    clock: TourClock


def build_day(outing: Outing) -> Day:
    """Return the day of a solved tour."""
    request, clock, tour = outing.request, outing.clock, outing.tour
    start_time = clock.moment(tour.depart_s)
    stops = [
        _stop(visit, route.destination, outing)
        for visit, route in zip(tour.visits, outing.routes, strict=False)
    ]
    departs = [start_time, *(stop.leave for stop in stops)]
    legs = tuple(
        route.leg if isinstance(route, RiddenRoute) else leg_of(route, depart)
        for route, depart in zip(outing.routes, departs, strict=True)
    )
    return Day(
        date=outing.date,
        start=request.start,
        end=request.end or outing.routes[-1].destination,
        start_time=start_time,
        end_time=legs[-1].arrive,
        stops=tuple(stops),
        legs=legs,
        totals=_totals(stops, legs),
    )


def _stop(visit: Visit, where: Waypoint, outing: Outing) -> Stop:
    clock = outing.clock
    begin, leave = clock.moment(visit.begin_s), clock.moment(visit.leave_s)
    candidate = None if visit.site is None else outing.candidates[visit.site]
    opening, said, notes = "open", "", []
    if candidate is not None:
        span = candidate.span_of(begin, leave)
        opening = span.state.value if span else Opening.UNKNOWN.value
        said = _hours(candidate, span, outing.date)
        notes = _notes(candidate, begin, leave)
    place = candidate.place if candidate else None
    return Stop(
        kind="visit" if place else "break",
        place=place.id if place else None,
        name=where.name,
        lon=where.lon,
        lat=where.lat,
        arrive=clock.moment(visit.arrive_s),
        begin=begin,
        leave=leave,
        opening=opening,
        slack_minutes=visit.slack_s // 60,
        score=visit.score,
        hours=said,
        description=(place.description_en or place.description_fr) if place else "",
        notes=tuple(notes),
    )


def _hours(candidate: Candidate, span: hours.Span | None, date: dt.date) -> str:
    if candidate.appointment:
        return "by appointment"
    if not candidate.place.opening_hours or span is None:
        return candidate.note_on(date)
    remark = f" ({span.comment})" if span.comment else ""
    if span.state is Opening.UNKNOWN:
        return f"perhaps open{remark or ' then'}: check before you go"
    # The day on which summer time begins has 23 hours.
    if elapsed_s(span.begin, span.end) >= 23 * 3600:
        return f"open at all hours{remark}"
    return f"open {wording.clock(span.begin)} to {wording.clock(span.end)}{remark}"


def _notes(candidate: Candidate, begin: dt.datetime, leave: dt.datetime) -> list[str]:
    place = candidate.place
    notes = []
    if elapsed_s(begin, leave) < 60 * candidate.minutes:
        notes.append(f"A short visit: {wording.duration(60 * candidate.minutes)} would be better.")
    if place.price_eur:
        notes.append(f"Entry {place.price_eur:g} €.")
    elif place.fee == "paid":
        notes.append("Entry is charged.")
    if place.coord_confidence == "low":
        notes.append("Its position is approximate.")
    return notes


def _totals(stops: Sequence[Stop], legs: Sequence[Leg]) -> Totals:
    return Totals(
        walk_m=sum(leg.distance_m for leg in legs),
        walk_s=sum(leg.walk_s for leg in legs),
        ride_s=sum(leg.ride_s for leg in legs),
        visit_s=sum(elapsed_s(stop.begin, stop.leave) for stop in stops if stop.kind == "visit"),
        wait_s=sum(elapsed_s(stop.arrive, stop.begin) for stop in stops),
        score=sum(stop.score for stop in stops),
    )


def warnings(day: Day, outing: Outing, now: dt.datetime) -> list[str]:
    """Return what a walker should know beyond the timetable, planning it at *now*."""
    found = []
    if day.start_time < now:
        found.append("This tour begins in the past.")
    appointments = {item.place for item in outing.request.appointments}
    found += [
        f"By its hours {stop.name} is not open at {wording.clock(stop.begin)}: make sure of the"
        " appointment."
        for stop in day.stops
        if stop.place in appointments and not _is_open(stop, outing)
    ]
    unknown = [
        stop.name
        for stop in day.stops
        if stop.opening == Opening.UNKNOWN.value and stop.place not in appointments
    ]
    if unknown:
        found.append(
            f"Opening hours are not certain for {', '.join(unknown)}: check before you go,"
            " or plan with --strict-hours."
        )
    if sunset := _dark_after(day, outing):
        found.append(
            f"The sun sets at {wording.clock(sunset)}: the end of this tour is in the dark."
        )
    return found + _on_rides(day) + _unpriced(day, outing)


def _on_rides(day: Day) -> list[str]:
    """Return a word on changes that are tight, and on rides that no later one replaces."""
    found = []
    for leg in day.legs:
        for before, after in pairwise(part for part in leg.parts if part.mode == "transit"):
            walked_s = sum(
                part.duration_s
                for part in leg.parts
                if part.mode == "walk" and before.arrive <= part.depart <= after.depart
            )
            spare_s = elapsed_s(before.arrive, after.depart) - walked_s
            if spare_s < TIGHT_S:
                found.append(
                    f"A tight change at {after.origin} at {wording.clock(before.arrive)}:"
                    f" {wording.duration(spare_s)}."
                )
        found += [
            f"The ride at {wording.clock(part.depart)} from {part.origin} is the last of the day"
            f" to {part.destination} without a change."
            for part in leg.parts
            if part.mode == "transit" and part.rides[0]["next"] is None
        ]
    return found


def _is_open(stop: Stop, outing: Outing) -> bool:
    candidates = {candidate.place.id: candidate for candidate in outing.candidates}
    return candidates[stop.place or ""].span_of(stop.begin, stop.leave) is not None


def _unpriced(day: Day, outing: Outing) -> list[str]:
    """Return a word on visits whose price no budget could count."""
    places = {candidate.place.id: candidate.place for candidate in outing.candidates}
    unknown = [
        stop.name
        for stop in day.stops
        if stop.place and (place := places[stop.place]).price_eur is None and place.fee != "free"
    ]
    if outing.request.budget_eur is None or not unknown:
        return []
    return [f"Not counted in the budget, the price being unknown: {', '.join(unknown)}."]


def _dark_after(day: Day, outing: Outing) -> dt.datetime | None:
    light = hours.daylight(day.end.point, day.date, outing.clock.zone.key)
    return light[1] if light is not None and day.end_time > light[1] else None
