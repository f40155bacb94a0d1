"""Turn a solved tour into the days of a plan: legs, stops with their notes, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening
from lens_routes.plan.moments import elapsed_s
from lens_routes.plan.plan import Day, Stop, Totals
from lens_routes.planning.fill.light import with_dark
from lens_routes.planning.qualify.worth import in_passing
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.catalogue.hours import Span
    from lens_routes.catalogue.place import Place
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.waypoint import Waypoint
    from lens_routes.planning.clock import TourClock
    from lens_routes.planning.qualify.qualify import Candidate
    from lens_routes.planning.request import Request
    from lens_routes.planning.travel.legs import Way
    from lens_routes.text.language import Said
    from lens_routes.tour.problem import Prices, Tour, Visit, Window


class Outing(NamedTuple):
    """What the tour of one day is made into a `Day` from.

    ``ways`` are those of the tour in order, one more than there are visits and breaks; ``windows``
    say when each of these may begin, and ``deadline_s`` when the day ends, on the planner's clock.
    ``prices`` are those of the way.
    """

    request: Request
    candidates: Sequence[Candidate]
    date: dt.date
    tour: Tour
    ways: Sequence[Way]
    clock: TourClock
    windows: Sequence[Sequence[Window]]
    deadline_s: int
    prices: Prices


def build_day(outing: Outing) -> Day:
    """Return the day of a solved tour."""
    clock, tour = outing.clock, outing.tour
    start_time = clock.moment(tour.depart_s)
    stops = [
        _stop(visit, way.destination, outing)
        for visit, way in zip(tour.visits, outing.ways, strict=False)
    ]
    departs = [start_time, *(stop.leave for stop in stops)]
    start, end = outing.ways[0].origin, outing.ways[-1].destination
    light = hours.twilight(start.point, outing.date, clock.zone.key)
    legs = tuple(
        with_dark(way.leg(depart), light) for way, depart in zip(outing.ways, departs, strict=True)
    )
    return Day(
        date=outing.date,
        start=start,
        end=end,
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
        said = _hours(candidate, span, outing, leave)
        notes = _notes(candidate, begin, leave)
    elif any(pause.meal and pause.name == where.name for pause in outing.request.pauses):
        notes = [tr("Bring something to eat, or find a table: the catalogue has none here.")]
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
        slack_minutes=0,
        score=visit.score,
        hours=said,
        description=place.description if place else "",
        notes=tuple(notes),
        place_kind=place.kind if place else "",
        kind_name=place.kind_name if place else None,
        off_theme=candidate is not None and candidate.off_theme,
        entry_eur=_entry(place) if place else None,
        currency=place.currency if place and place.currency != "EUR" else None,
    )


def _entry(place: Place) -> float | None:
    """Return what one adult pays, None where it is not known."""
    if place.fee == "free":
        return 0.0
    return place.price_eur


def _hours(candidate: Candidate, span: Span | None, outing: Outing, leave: dt.datetime) -> str:
    place = candidate.place
    if candidate.appointment:
        return tr("by appointment")
    light = hours.daylight(place.point, outing.date, outing.clock.zone.key) if place.lit else None
    if light is not None and leave > light[1]:
        return tr("lit in the evening")
    if in_passing(place):
        return tr("seen from outside")
    if span is None or not (place.opening_hours or span.state is Opening.OPEN):
        return candidate.note_on(outing.date)
    if place.opening_hours:
        return _stated(span)
    return tr("daylight until {time}", time=wording.clock(light[1] if light else span.end))


def _stated(span: Span) -> Said:
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
    parts = (part for leg in legs for part in leg.parts or (leg,))
    moved = [part for part in parts if not part.rides and part.distance_m > 0]
    return Totals(
        walk_m=sum(leg.distance_m for leg in legs),
        walk_s=sum(leg.walk_s for leg in legs),
        ride_s=sum(leg.ride_s for leg in legs),
        ride_m=sum(leg.ride_m for leg in legs if leg.ride_m) or None,
        visit_s=sum(elapsed_s(stop.begin, stop.leave) for stop in stops if stop.kind == "visit"),
        wait_s=sum(elapsed_s(stop.arrive, stop.begin) for stop in stops),
        score=sum(stop.score for stop in stops),
        ascent_m=_in_all([part.ascent_m if part.elevations else None for part in moved]),
        descent_m=_in_all([part.descent_m if part.elevations else None for part in moved]),
    )


def _in_all(climbs: Sequence[float | None]) -> float | None:
    """Return the sum of climbs, None where one is not known, or none is."""
    known = [climb for climb in climbs if climb is not None]
    return sum(known) if known and len(known) == len(climbs) else None
