"""Grade a plan document that keeps every rule: each of its days, and the tour by its poorest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from lens_routes.catalogue import hours
from lens_routes.judge.asked import Asked
from lens_routes.judge.grade.figures import Figures, figures
from lens_routes.judge.grade.flagships import Missing, why_missing
from lens_routes.judge.grade.layout import added_s, call_of, ground_of
from lens_routes.judge.grade.order import MOST_STOPS, Order, shortest
from lens_routes.judge.grade.verdict import MOST_POINTS, Objection, grade_of, objections
from lens_routes.judge.grade.visits import visits_of
from lens_routes.judge.stops import unsuited
from lens_routes.judge.wishes import flagships

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place
    from lens_routes.judge.grade.layout import Between
    from lens_routes.judge.grade.order import Call


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

    request = document["request"]
    due = flagships(request, catalogue.by_id)
    wanted = [place for place in catalogue.places if place.id in due]
    visited = {stop["place"] for day in document["days"] for stop in day["stops"]}
    unseen = [place for place in wanted if place.id not in visited]
    days = []
    for day in document["days"]:
        asked = Asked.of(request, catalogue.by_id, lambda place, date: opening(place.id, date), day)
        here = {stop["place"] for stop in day["stops"]}
        has = [place for place in wanted if place.id in here]
        left = [place for place in unseen if not any(unsuited(place, asked))]
        days.append(
            _grade_day(day, asked, has, left, between, rides=request.get("mode", "walk") != "walk")
        )
    return TourGrade(tuple(days))


def _grade_day(
    day: Mapping[str, Any],
    asked: Asked,
    has: Sequence[Place],
    left: Sequence[Place],
    between: Between,
    *,
    rides: bool,
) -> DayGrade:
    """Grade a day that *has* some flagships, and of which others are *left* out."""
    ground, stops = ground_of(day, asked, left, between), day["stops"]
    calls = [call_of(number, stop, asked) for number, stop in enumerate(stops)]
    walked = len(stops) <= MOST_STOPS and all(leg["mode"] == "walk" for leg in day["legs"])
    best = shortest(calls, ground) if walked else None
    kept = _kept(calls, stops, asked, has)
    missing = tuple(
        Missing(place, why_missing(place, point, kept, ground, asked, rides=rides))
        for point, place in enumerate(left, len(stops) + 1)
    )
    measured = figures(day, asked)
    detour_m = measured.walk_m - best.walk_m if best and best.known else None
    visits = visits_of(day, asked, has, added_s(day, ground))
    found = objections(measured, visits, missing, detour_m)
    return DayGrade(asked.date, measured, best, tuple(has), missing, tuple(found))


def _kept(
    calls: Sequence[Call],
    stops: Sequence[Mapping[str, Any]],
    asked: Asked,
    has: Sequence[Place],
) -> list[Call] | None:
    """Return the stops nobody gives up for another; None where no other is wanted beside them."""
    staying = asked.required | {place.id for place in has}
    kept = [
        call
        for call, stop in zip(calls, stops, strict=True)
        if stop["kind"] == "break" or stop["place"] in staying
    ]
    visits = sum(call.point is not None for call in kept)
    full = asked.max_visits is not None and visits >= asked.max_visits
    return None if full or len(kept) >= MOST_STOPS else kept
