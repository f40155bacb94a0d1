"""Turn a solved tour into a plan: legs, stops with their notes, totals, warnings, provenance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes import wording
from lens_routes.catalogue import hours
from lens_routes.catalogue.hours import Opening
from lens_routes.plan import Day, Grade, Stop, Totals, Waypoint, elapsed_s
from lens_routes.planning.legs import leg_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lens_routes.plan import Leg
    from lens_routes.planning.candidates import Candidate
    from lens_routes.planning.legs import Route
    from lens_routes.planning.posing import DayClock
    from lens_routes.planning.request import Request
    from lens_routes.tour.problem import Tour, Visit


@dataclass(frozen=True, slots=True)
class Outing:
    """What the tour of one day is made into a `Day` from.

    ``routes`` are the walks of the tour in order, one more than there are visits.
    """

    request: Request
    candidates: Sequence[Candidate]
    tour: Tour
    routes: Sequence[Route]
    clock: DayClock


def build_day(outing: Outing) -> Day:
    """Return the day of a solved tour."""
    request, clock, tour = outing.request, outing.clock, outing.tour
    stops = [_stop(visit, outing) for visit in tour.visits]
    start_time = clock.moment(tour.depart_s)
    end = request.end
    if end is None:
        last = stops[-1] if stops else None
        end = Waypoint(last.name, last.lon, last.lat, last.place) if last else request.start
    departs = [start_time, *(stop.leave for stop in stops)]
    legs = tuple(
        leg_of(route, depart) for route, depart in zip(outing.routes, departs, strict=True)
    )
    return Day(
        date=request.date,
        start=request.start,
        end=end,
        start_time=start_time,
        end_time=legs[-1].arrive,
        stops=tuple(stops),
        legs=legs,
        totals=_totals(stops, legs),
    )


def _stop(visit: Visit, outing: Outing) -> Stop:
    if visit.site is None:
        raise NotImplementedError("breaks")
    candidate = outing.candidates[visit.site]
    place, clock = candidate.place, outing.clock
    begin, leave = clock.moment(visit.begin_s), clock.moment(visit.leave_s)
    span = candidate.span_of(begin, leave)
    return Stop(
        kind="visit",
        place=place.id,
        name=place.name,
        lon=place.lon,
        lat=place.lat,
        arrive=clock.moment(visit.arrive_s),
        begin=begin,
        leave=leave,
        opening=span.state.value,
        slack_minutes=visit.slack_s // 60,
        score=visit.score,
        hours=_hours(candidate, span),
        description=place.description_en or place.description_fr,
        notes=tuple(_notes(candidate)),
    )


def _hours(candidate: Candidate, span: hours.Span) -> str:
    if not candidate.place.opening_hours:
        return candidate.opening.note
    remark = f" ({span.comment})" if span.comment else ""
    if span.state is Opening.UNKNOWN:
        return f"perhaps open{remark or ' then'}: check before you go"
    # The day on which summer time begins has 23 hours.
    if elapsed_s(span.begin, span.end) >= 23 * 3600:
        return f"open at all hours{remark}"
    return f"open {wording.clock(span.begin)} to {wording.clock(span.end)}{remark}"


def _notes(candidate: Candidate) -> list[str]:
    place = candidate.place
    notes = []
    if place.fee == "paid":
        notes.append("Entry is charged.")
    if place.coord_confidence == "low":
        notes.append("Its position is approximate.")
    return notes


def _totals(stops: Sequence[Stop], legs: Sequence[Leg]) -> Totals:
    return Totals(
        walk_m=sum(leg.distance_m for leg in legs),
        walk_s=sum(leg.duration_s for leg in legs),
        ride_s=0,
        visit_s=sum(elapsed_s(stop.begin, stop.leave) for stop in stops),
        wait_s=sum(elapsed_s(stop.arrive, stop.begin) for stop in stops),
        score=sum(stop.score for stop in stops),
    )


def warnings(day: Day, outing: Outing, now: dt.datetime) -> list[str]:
    """Return what a walker should know beyond the timetable, planning it at *now*."""
    found = []
    if day.start_time < now:
        found.append("This tour begins in the past.")
    unknown = [stop.name for stop in day.stops if stop.opening == Opening.UNKNOWN.value]
    if unknown:
        found.append(
            f"Opening hours are not certain for {', '.join(unknown)}: check before you go,"
            " or plan with --strict-hours."
        )
    if sunset := _dark_after(day, outing):
        found.append(
            f"The sun sets at {wording.clock(sunset)}: the end of this tour is in the dark."
        )
    if any(leg.source is Grade.ESTIMATE for leg in day.legs):
        found.append(
            "Walks marked estimate are the straight line times a detour factor, not streets."
        )
    return found


def _dark_after(day: Day, outing: Outing) -> dt.datetime | None:
    light = hours.daylight(day.end.point, day.date, str(outing.clock.zone))
    return light[1] if light is not None and day.end_time > light[1] else None
