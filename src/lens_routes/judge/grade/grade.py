"""Grade a plan document that keeps every rule: each of its days, and the tour by its poorest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue import hours
from lens_routes.judge.asked import ROUNDING_S, Asked, seconds_between
from lens_routes.judge.grade.figures import Figures, figures
from lens_routes.judge.grade.flagships import Missing, why_missing
from lens_routes.judge.grade.layout import added_s, call_of, ground_of
from lens_routes.judge.grade.order import MOST_STOPS, Order, shortest
from lens_routes.judge.grade.verdict import MOST_POINTS, Objection, Visits, grade_of, objections
from lens_routes.judge.stops import SERVICES, unsuited
from lens_routes.judge.wishes import flagships

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place
    from lens_routes.judge.grade.layout import Between
    from lens_routes.judge.grade.order import Ground


#: What is only seen from outside is worth so long a detour, unless it is of more interest.
MOST_ASIDE_S = 10 * 60
LESSER = 3


@dataclass(frozen=True, slots=True)
class DayGrade:
    """One day: its figures, its flagships, what there is to object to.

    ``best`` is the shortest order of its stops that keeps their hours; None where some way is
    ridden, or where there are more than `MOST_STOPS`.
    """

    date: dt.date
    figures: Figures
    best: Order | None
    flagships: tuple[Place, ...]
    missing: tuple[Missing, ...]
    objections: tuple[Objection, ...]

    @property
    def points(self) -> int:
        """What is left of `MOST_POINTS`."""
        return max(0, MOST_POINTS - sum(objection.points for objection in self.objections))

    @property
    def grade(self) -> str:
        """One of `GRADES`."""
        return grade_of(self.points)


@dataclass(frozen=True, slots=True)
class TourGrade:
    """The days of a tour, which is as good as its poorest."""

    days: tuple[DayGrade, ...]

    @property
    def points(self) -> int:
        """The points of the poorest day."""
        return min((day.points for day in self.days), default=0)

    @property
    def grade(self) -> str:
        """One of `GRADES`."""
        return grade_of(self.points)


def grade(document: Mapping[str, Any], catalogue: Catalogue, between: Between) -> TourGrade:
    """Return the grade of a plan document.

    Parameters
    ----------
    document
        A plan as parsed from JSON that the checker finds no fault with.
    catalogue
        The places it was planned over.
    between
        Gives the walks between some points: the document does not tell those of other orders.
    """
    context = hours.context_of(catalogue)

    @cache
    def opening(place: str, date: dt.date) -> DayOpening:
        return hours.day_opening(catalogue.by_id[place], date, context)

    request, places = document["request"], catalogue.by_id
    due = flagships(request, places)
    wanted = [place for place in catalogue.places if place.id in due]
    visited = {stop["place"] for day in document["days"] for stop in day["stops"]}
    days = []
    for day in document["days"]:
        asked = Asked.of(request, places, lambda place, date: opening(place.id, date), day)
        measured = figures(day, asked)
        unseen = [place for place in wanted if place.id not in visited]
        left = [place for place in unseen if not any(unsuited(place, asked))]
        here = {stop["place"] for stop in day["stops"]}
        has = tuple(place for place in wanted if place.id in here)
        ground = ground_of(day, asked, left, between)
        best, missing = _compared(day, asked, request, has, left, ground)
        detour_m = measured.walk_m - best.walk_m if best and best.known else None
        visits = _visits(day, asked, has, added_s(day, ground))
        found = objections(measured, visits, missing, detour_m)
        days.append(DayGrade(asked.date, measured, best, has, missing, tuple(found)))
    return TourGrade(tuple(days))


def _compared(
    day: Mapping[str, Any],
    asked: Asked,
    request: Mapping[str, Any],
    has: tuple[Place, ...],
    left: list[Place],
    ground: Ground,
) -> tuple[Order | None, tuple[Missing, ...]]:
    """Return the best order of a day's stops, and why it lacks the flagships that are *left*."""
    stops = day["stops"]
    calls = [call_of(number, stop, asked) for number, stop in enumerate(stops)]
    walked = len(stops) <= MOST_STOPS and not any(leg["rides"] for leg in day["legs"])
    best = shortest(calls, ground) if walked else None
    staying = asked.required | {place.id for place in has}
    kept = [
        call
        for call, stop in zip(calls, stops, strict=True)
        if stop["kind"] == "break" or stop["place"] in staying
    ]
    visits, most = sum(call.point is not None for call in kept), request.get("max_visits")
    full = len(kept) >= MOST_STOPS or (most is not None and visits >= most)
    rides = request.get("mode") == "transit"
    return best, tuple(
        Missing(
            place, why_missing(place, point, None if full else kept, ground, asked, rides=rides)
        )
        for point, place in enumerate(left, len(stops) + 1)
    )


def _visits(
    day: Mapping[str, Any], asked: Asked, has: tuple[Place, ...], added_s: Mapping[str, float]
) -> Visits:
    visits = [stop for stop in day["stops"] if stop["kind"] == "visit"]
    places = [asked.places[stop["place"]] for stop in visits]
    unnamed = [place for place in places if place.id not in asked.named]
    lasts = {s["place"]: seconds_between(s["begin"], s["leave"]) for s in visits}
    lesser = any(place not in has for place in unnamed)
    return Visits(
        count=len(visits),
        services=[place for place in unnamed if place.kind in SERVICES],
        unasked=[place for place in unnamed if place.by_appointment],
        aside={
            place: added_s[place.id]
            for place in unnamed
            if _in_passing(place) and added_s.get(place.id, 0.0) > MOST_ASIDE_S
        },
        cut=[place for place in has if lesser and lasts[place.id] < _preferred_s(place, asked)],
        matching=not asked.themes or any(asked.themes & set(place.themes) for place in places),
    )


def _in_passing(place: Place) -> bool:
    """Tell whether a place is a sight for whoever comes past, and no more."""
    return place.seen_from_outside and not place.opening_hours and place.interest <= LESSER


def _preferred_s(place: Place, asked: Asked) -> float:
    return 60 * asked.visit_minutes.get(place.id, place.visit_minutes) - ROUNDING_S
