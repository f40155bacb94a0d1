"""Turn a solved tour into the days of a plan: legs, stops with their notes, totals, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening
from lens_routes.plan.plan import Day, Stop, Totals, elapsed_s
from lens_routes.planning.fill.effect_of_rides import on_rides
from lens_routes.planning.fill.light import with_dark
from lens_routes.planning.travel.legs import RiddenRoute, leg_of
from lens_routes.planning.worth import in_passing
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.catalogue.place import Place
    from lens_routes.plan.plan import Leg, Waypoint
    from lens_routes.planning.pose import TourClock
    from lens_routes.planning.qualify import Candidate
    from lens_routes.planning.request import Request
    from lens_routes.planning.travel.legs import Route
    from lens_routes.text.language import Said
    from lens_routes.tour.problem import Tour, Visit


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
    light = hours.twilight(request.start.point, outing.date, clock.zone.key)
    legs = tuple(
        with_dark(route.leg if isinstance(route, RiddenRoute) else leg_of(route, depart), light)
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
    opening, said = "open", ""
    notes: list[str] = []
    if candidate is not None:
        span = candidate.span_of(begin, leave)
        opening = span.state.value if span else Opening.UNKNOWN.value
        said = _hours(candidate, span, outing.date)
        notes = _notes(candidate, begin, leave)
    elif any(pause.meal and pause.name == where.name for pause in outing.request.pauses):
        notes = [tr("Bring something to eat: no place that serves food is known here.")]
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
        description=place.description if place else "",
        notes=tuple(notes),
        place_kind=place.kind if place else "",
        off_theme=candidate is not None and candidate.off_theme,
    )


def _hours(candidate: Candidate, span: hours.Span | None, date: dt.date) -> str:
    if candidate.appointment:
        return tr("by appointment")
    if in_passing(candidate.place):
        return tr("seen from outside")
    if not candidate.place.opening_hours or span is None:
        return candidate.note_on(date)
    if span.state is Opening.UNKNOWN:
        if not span.comment:
            return tr("perhaps open then: check before you go")
        return tr("perhaps open ({remark}): check before you go", remark=span.comment)
    # The day on which summer time begins has 23 hours.
    if elapsed_s(span.begin, span.end) >= 23 * 3600:
        said = tr("open at all hours")
    else:
        begin, end = wording.clock(span.begin), wording.clock(span.end)
        said = tr("open {begin} to {end}", begin=begin, end=end)
    return tr("{opening} ({remark})", opening=said, remark=span.comment) if span.comment else said


def _notes(candidate: Candidate, begin: dt.datetime, leave: dt.datetime) -> list[str]:
    place = candidate.place
    notes: list[str] = []
    if place.by_appointment:
        notes.append(_booking(place))
    if elapsed_s(begin, leave) < 60 * candidate.minutes:
        better = wording.duration(60 * candidate.minutes)
        notes.append(tr("A short visit: {time} would be better.", time=better))
    if place.price_eur:
        price = wording.price(place.price_eur, place.currency)
        notes.append(tr("Entry {price}.", price=price))
    elif place.fee == "paid":
        notes.append(tr("Entry is charged."))
    if place.coord_confidence == "low":
        notes.append(tr("Its position is approximate."))
    return notes


def _booking(place: Place) -> Said:
    """Return whom to ask for an appointment, as far as it is known."""
    if whom := place.booking or place.phone or place.website:
        return tr("Open by appointment only: book with {whom}.", whom=whom)
    return tr("Open by appointment only: ask before you go.")


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
    found: list[str] = []
    if day.start_time < now:
        found.append(tr("This tour begins in the past."))
    appointments = {item.place for item in outing.request.appointments}
    found += [
        tr(
            "By its hours {place} is not open at {time}: make sure of the appointment.",
            place=stop.name,
            time=wording.clock(stop.begin),
        )
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
            tr(
                "Opening hours are not certain for {places}: check before you go,"
                " or plan with --strict-hours.",
                places=", ".join(unknown),
            )
        )
    found += _in_the_dark(day, outing)
    return found + on_rides(day) + _unpriced(day, outing)


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
    listed = ", ".join(unknown)
    return [tr("Not counted in the budget, the price being unknown: {places}.", places=listed)]


def _in_the_dark(day: Day, outing: Outing) -> list[str]:
    """Return a word on how long one walks without daylight."""
    light = hours.twilight(day.start.point, day.date, outing.clock.zone.key)
    dark_s = sum(leg.dark_s for leg in day.legs)
    if light is None or not dark_s:
        return []
    return [
        tr(
            "{time} on foot in the dark: it is light from {dawn} to {dusk}.",
            time=wording.duration(dark_s),
            dawn=wording.clock(light[0]),
            dusk=wording.clock(light[1]),
        )
    ]
