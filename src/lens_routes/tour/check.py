"""Check a plan document against the catalogue, sharing nothing with the search that made it.

The checker reads what a person would be handed, the JSON document, and works every figure out
anew: the shape of the document, the chain of times, opening hours, walks, limits, sums, scores and
slack. It knows neither `lens_routes.tour.problem` nor how a tour is found; what it has in common
with the planner is the catalogue and the contract.

::

    faults = check(document, places, opening)
    for fault in faults:
        print(fault)   # days[0].stops[2].begin: 10:05 is before the arrival at 10:10

It works in three steps: `check_shape` (are all fields there, of the right type), `check_day` (does
each day work by itself) and this module (does the whole keep what was asked).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from lens_routes.tour.check_day import Asked, check_day
from lens_routes.tour.check_shape import Fault, check_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place

__all__ = ["Fault", "check"]

#: Sums of figures rounded to a tenth, scores added in another order.
ROUNDING = 0.06


def check(
    document: Mapping[str, Any],
    places: Mapping[str, Place],
    opening: Callable[[Place, dt.date], DayOpening],
) -> list[Fault]:
    """Return every fault of a plan document; none for a plan that keeps all its promises.

    Parameters
    ----------
    document
        A plan as parsed from JSON (``lens-routes/plan/1``).
    places
        The catalogue, by place id.
    opening
        Tells when a place can be visited on a civil day, such as
        ``functools.partial(day_opening, context=...)``; asked anew for every visit.
    """
    faults = list(check_shape(document))
    if faults:
        return faults
    request = document["request"]
    for number, day in enumerate(document["days"]):
        asked = Asked.of(request, places, opening, day)
        faults += check_day(day, f"days[{number}]", asked)
    faults += _check_days(document)
    faults += _check_visits(document, places)
    faults += _check_budget(document, places)
    faults += _check_appointments(document)
    faults += _check_only(document)
    for number, item in enumerate(document.get("alternatives") or ()):
        for fault in check(item["plan"], places, opening):
            faults.append(Fault(f"alternatives[{number}].plan.{fault.path}", fault.message))
    faults += _check_scores(document, places)
    faults += _check_left_out(document, places)
    return faults


def _visits(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for d, day in enumerate(document["days"]):
        for s, stop in enumerate(day["stops"]):
            if stop["kind"] == "visit":
                yield f"days[{d}].stops[{s}]", stop


def _check_visits(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    request = document["request"]
    themes = set(request.get("themes") or ())
    must, avoid = set(request.get("must") or ()), set(request.get("avoid") or ())
    must |= {item["place"] for item in request.get("appointments") or ()}
    seen: set[str] = set()
    for path, stop in _visits(document):
        name = stop["place"]
        place = places.get(name)
        if place is None:
            yield Fault(f"{path}.place", f"{name!r} is not in the catalogue")
            continue
        if name in seen:
            yield Fault(f"{path}.place", f"{name} is visited twice")
        seen.add(name)
        if name in avoid:
            yield Fault(f"{path}.place", f"{name} was to be avoided")
        if name not in must and not place.tourable:
            yield Fault(f"{path}.place", f"{name} is not a place a tour may stop at")
        if name not in must and themes and not themes & set(place.themes):
            yield Fault(f"{path}.place", f"{name} bears none of the themes asked for")
        yield from _check_identity(stop, place, path)
    for name in sorted(must - seen):
        yield Fault("request.must", f"{name} is a must-see and not in the plan")


def _check_identity(stop: Mapping[str, Any], place: Place, path: str) -> Iterator[Fault]:
    if abs(stop["lon"] - place.lon) > 1e-6 or abs(stop["lat"] - place.lat) > 1e-6:
        yield Fault(f"{path}.lon", f"{place.id} lies elsewhere: {place.lon}, {place.lat}")
    if stop["name"] != place.name:
        yield Fault(f"{path}.name", f"{place.id} is called {place.name!r}")


def _check_scores(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    total = sum(day["totals"]["score"] for day in document["days"])
    if abs(total - document["score"]) > ROUNDING:
        yield Fault("score", f"{document['score']} is not the sum of the days, {total}")
    bound = document["bound"]
    if bound is not None and bound < document["score"] - ROUNDING:
        yield Fault("bound", f"{bound} is less than the score {document['score']}")
    if document["proven"] and (bound is None or bound > document["score"] + ROUNDING):
        yield Fault("proven", f"the bound {bound} leaves room above the score")
    factors = document["request"].get("returns") or [1.0]
    kinds: dict[str, list[tuple[float, str, dict[str, Any]]]] = {}
    asked = document["request"].get("visit_minutes") or {}
    for path, stop in _visits(document):
        if (place := places.get(stop["place"])) is not None:
            begin, leave = (dt.datetime.fromisoformat(stop[end]) for end in ("begin", "leave"))
            share = (leave - begin).total_seconds() / 60 / asked.get(place.id, place.visit_minutes)
            # A visit cut short counts for the square root of the share of time kept.
            due = place.interest**2 / 5 * min(1.0, share) ** 0.5
            kinds.setdefault(place.kind, []).append((due, path, stop))
    for visits in kinds.values():
        # The best of a kind counts in full, the next ones less and less.
        visits.sort(key=lambda visit: (-visit[0], -visit[2]["score"]))
        for rank, (full, path, stop) in enumerate(visits):
            due = full * factors[min(rank, len(factors) - 1)]
            if abs(stop["score"] - due) > ROUNDING:
                yield Fault(f"{path}.score", f"{stop['score']} should be {due:g}")


def _check_days(document: Mapping[str, Any]) -> Iterator[Fault]:
    request = document["request"]
    if request.get("days") and len(document["days"]) != request["days"]:
        yield Fault("days", f"{len(document['days'])} days, {request['days']} asked for")
    if not request.get("date"):
        return
    first = dt.date.fromisoformat(request["date"])
    for number, day in enumerate(document["days"]):
        if dt.date.fromisoformat(day["date"]) != first + dt.timedelta(days=number):
            yield Fault(f"days[{number}].date", f"{day['date']} is not day {number + 1}")


def _check_appointments(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Check that a dated appointment is kept on its date; `check_day` looks at the hour."""
    dated = {
        item["place"]: item["date"]
        for item in document["request"].get("appointments") or ()
        if item.get("date")
    }
    for path, stop in _visits(document):
        wanted = dated.get(stop["place"])
        if wanted and dt.datetime.fromisoformat(stop["begin"]).date().isoformat() != wanted:
            yield Fault(f"{path}.begin", f"the appointment is on {wanted}")


def _check_only(document: Mapping[str, Any]) -> Iterator[Fault]:
    request = document["request"]
    if request.get("only") is None:
        return
    allowed = {*request["only"], *(request.get("must") or ())}
    allowed |= {item["place"] for item in request.get("appointments") or ()}
    for path, stop in _visits(document):
        if stop["place"] not in allowed:
            yield Fault(f"{path}.place", f"{stop['place']} is not one of the places to visit")


def _check_budget(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    budget = document["request"].get("budget_eur")
    visited = [places[s["place"]] for _, s in _visits(document) if s["place"] in places]
    spent = sum(place.price_eur or 0 for place in visited)
    if budget is not None and spent > budget + ROUNDING:
        yield Fault("days", f"entries cost {spent:g} €, {budget:g} € allowed")


def _check_left_out(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    visited = {stop["place"] for _, stop in _visits(document)}
    seen: set[str] = set()
    for i, item in enumerate(document["left_out"]):
        path, name = f"left_out[{i}].place", item["place"]
        if name in visited:
            yield Fault(path, f"{name} is left out and visited")
        if name in seen:
            yield Fault(path, f"{name} is left out twice")
        if name not in places:
            yield Fault(path, f"{name!r} is not in the catalogue")
        if not item["reason"].strip():
            yield Fault(f"left_out[{i}].reason", "no reason is given")
        seen.add(name)
