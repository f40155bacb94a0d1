"""Check a plan document against the catalogue, sharing nothing with the search that made it.

The checker reads what a person would be handed, the JSON document, and works every figure out
anew: the shape of the document, the chain of times, opening hours, walks, limits, sums, scores and
slack. It knows neither `lens_routes.tour.problem` nor how a tour is found; what it has in common
with the planner is the catalogue and the contract.

::

    faults = check(document, catalogue, opening)
    for fault in faults:
        print(fault)   # days[0].stops[2].begin: 10:05 is before the arrival at 10:10

It works in three steps: `check_shape` (are all fields there, of the right type), `check_day` (does
each day work by itself) and this module (does the whole keep what was asked).

What nobody can know from a document and a catalogue is not checked: that streets and rides are
where the document says, that no better tour exists, and what sentences say beyond their figures.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import ROUNDING_SCORE, Asked, anchors, looked_at
from lens_routes.judge.day import check_day
from lens_routes.judge.identity import check_names
from lens_routes.judge.shape import Fault, check_shape
from lens_routes.judge.stops import SERVICES
from lens_routes.judge.vehicles import check_vehicle
from lens_routes.judge.wishes import check_wishes
from lens_routes.judge.worth import due_worth
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place

__all__ = ["Fault", "check"]


def check(
    document: Mapping[str, Any],
    catalogue: Catalogue,
    opening: Callable[[Place, dt.date], DayOpening],
) -> list[Fault]:
    """Return every fault of a plan document; none for a plan that keeps all its promises.

    Parameters
    ----------
    document
        A plan as parsed from JSON (``lens-routes/plan/2``).
    catalogue
        What the plan is held against. A plan made over another one that does not hold over this
        has only that fault: its other rules cannot be judged.
    opening
        Tells when a place can be visited on a civil day, such as
        ``functools.partial(day_opening, context=...)``; asked anew for every visit.
    """
    misshapen = list(check_shape(document))
    if misshapen:
        return misshapen
    faults = _check(document, catalogue, opening)
    other = _other_catalogue(document, catalogue.sha256)
    return [other] if faults and other else faults


def _other_catalogue(document: Mapping[str, Any], sha256: str) -> Fault | None:
    """Return the fault of a plan that was made over another catalogue than that of a checksum."""
    made_over = document["request"].get("catalogue")
    if made_over is None or made_over["sha256"] == sha256:
        return None
    return Fault(
        "request.catalogue",
        tr(
            "made over another catalogue, {title} ({n} places, checksum {sum}): name it with"
            " --places",
            title=made_over["title"],
            n=made_over["places"],
            sum=made_over["sha256"][:12],
        ),
    )


def _check(
    document: Mapping[str, Any],
    catalogue: Catalogue,
    opening: Callable[[Place, dt.date], DayOpening],
) -> list[Fault]:
    request, places = document["request"], catalogue.by_id
    faults: list[Fault] = []
    for number, day in enumerate(document["days"]):
        asked = Asked.of(request, places, opening, day)
        faults += check_day(day, f"days[{number}]", asked)
    faults += _check_days(document)
    faults += check_names(document, catalogue)
    faults += _check_visits(document, places)
    faults += _check_budget(document, places)
    faults += _check_appointments(document)
    faults += _check_only(document)
    for number, item in enumerate(document.get("alternatives") or ()):
        for fault in check(item["plan"], catalogue, opening):
            faults.append(Fault(f"alternatives[{number}].plan.{fault.path}", fault.message))
    faults += _check_scores(document, places, opening)
    faults += _check_left_out(document, places)
    faults += check_wishes(document, places)
    faults += check_vehicle(document)
    return faults


def _visits(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for d, day in enumerate(document["days"]):
        for s, stop in enumerate(day["stops"]):
            if stop["kind"] == "visit":
                yield f"days[{d}].stops[{s}]", stop


def _check_visits(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    request = document["request"]
    must, avoid = set(request.get("must") or ()), set(request.get("avoid") or ())
    must |= {item["place"] for item in request.get("appointments") or ()}
    seen: set[str] = set()
    for path, stop in _visits(document):
        name = stop["place"]
        place = places.get(name)
        if place is None:
            yield Fault(
                f"{path}.place", tr("{place} is not in the catalogue", place=wording.quoted(name))
            )
            continue
        if name in seen:
            yield Fault(f"{path}.place", tr("{place} is visited twice", place=name))
        seen.add(name)
        if name in avoid:
            yield Fault(f"{path}.place", tr("{place} was to be avoided", place=name))
    for name in sorted(must - seen):
        yield Fault("request.must", tr("{place} is a must-see and not in the plan", place=name))


def _check_scores(
    document: Mapping[str, Any],
    places: Mapping[str, Place],
    opening: Callable[[Place, dt.date], DayOpening],
) -> Iterator[Fault]:
    total = sum(day["totals"]["score"] for day in document["days"])
    if abs(total - document["score"]) > ROUNDING_SCORE:
        yield Fault(
            "score",
            tr("{score} is not the sum of the days, {due}", score=document["score"], due=total),
        )
    bound = document["bound"]
    if bound is not None and bound < document["score"] - ROUNDING_SCORE:
        yield Fault(
            "bound",
            tr("{bound} is less than the score {score}", bound=bound, score=document["score"]),
        )
    if document["proven"] and (bound is None or bound > document["score"] + ROUNDING_SCORE):
        yield Fault("proven", tr("the bound {bound} leaves room above the score", bound=bound))
    factors = document["request"].get("returns") or [1.0]
    kinds: dict[str, list[tuple[float, str, dict[str, Any]]]] = {}
    for path, stop in _visits(document):
        if (place := places.get(stop["place"])) is not None:
            dates = (dt.date.fromisoformat(day["date"]) for day in document["days"])
            spans = [span for date in dates for span in opening(looked_at(place), date).windows]
            unsure = bool(spans) and all(span.state == "unknown" for span in spans)
            due = due_worth(stop, place, document["request"], unsure=unsure)
            kinds.setdefault(place.kind, []).append((due, path, stop))
    for visits in kinds.values():
        # The best of a kind counts in full, the next ones less and less.
        visits.sort(key=lambda visit: (-visit[0], -visit[2]["score"]))
        for rank, (full, path, stop) in enumerate(visits):
            due = full * factors[min(rank, len(factors) - 1)]
            if abs(stop["score"] - due) > ROUNDING_SCORE:
                yield Fault(
                    f"{path}.score",
                    tr("{found} should be {due}", found=stop["score"], due=f"{due:g}"),
                )


def _check_days(document: Mapping[str, Any]) -> Iterator[Fault]:
    request = document["request"]
    if request.get("days") and len(document["days"]) != request["days"]:
        yield Fault(
            "days", tr("{n} days, {due} asked for", n=len(document["days"]), due=request["days"])
        )
    if not request.get("date"):
        return
    first = dt.date.fromisoformat(request["date"])
    for number, day in enumerate(document["days"]):
        if dt.date.fromisoformat(day["date"]) != first + dt.timedelta(days=number):
            yield Fault(
                f"days[{number}].date",
                tr("{date} is not day {number}", date=day["date"], number=number + 1),
            )


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
            yield Fault(f"{path}.begin", tr("the appointment is on {date}", date=wanted))


def _check_only(document: Mapping[str, Any]) -> Iterator[Fault]:
    request = document["request"]
    if request.get("only") is None:
        return
    allowed = {*request["only"], *(request.get("must") or ())}
    allowed |= {item["place"] for item in request.get("appointments") or ()}
    for path, stop in _visits(document):
        if stop["place"] not in allowed:
            yield Fault(
                f"{path}.place",
                tr("{place} is not one of the places to visit", place=stop["place"]),
            )


def _check_budget(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    budget = document["request"].get("budget_eur")
    visited = [places[s["place"]] for _, s in _visits(document) if s["place"] in places]
    spent = sum(place.price_eur or 0 for place in visited)
    if budget is not None and spent > budget + ROUNDING_SCORE:
        yield Fault(
            "days",
            tr("entries cost {sum}, {most} allowed", sum=f"{spent:g}", most=f"{budget:g}"),
        )


def _check_left_out(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    """Check that every place that qualifies is visited or left out for a reason, and no other."""
    visited = {stop["place"] for _, stop in _visits(document)}
    qualified = _qualified(document["request"], places)
    seen: set[str] = set()
    for i, item in enumerate(document["left_out"]):
        path, name = f"left_out[{i}].place", item["place"]
        if name in visited:
            yield Fault(path, tr("{place} is left out and visited", place=name))
        if name in seen:
            yield Fault(path, tr("{place} is left out twice", place=name))
        if name not in places:
            yield Fault(path, tr("{place} is not in the catalogue", place=wording.quoted(name)))
        elif name not in qualified:
            yield Fault(path, tr("{place} does not qualify for what was asked", place=name))
        if not item["reason"].strip():
            yield Fault(f"left_out[{i}].reason", tr("no reason is given"))
        seen.add(name)
    for name in sorted(qualified - visited - seen):
        silent = tr("{place} qualifies, and is neither visited nor left out", place=name)
        yield Fault("left_out", silent)


def _qualified(request: Mapping[str, Any], places: Mapping[str, Place]) -> set[str]:
    """Return the ids of the places a tour might visit, going by what was asked."""
    named = set(request.get("must") or ())
    named |= {item["place"] for item in request.get("appointments") or ()}
    if request.get("only") is not None:
        return (named | set(request["only"])) & set(places)
    themes, avoid = set(request.get("themes") or ()), set(request.get("avoid") or ())
    ends = anchors(request)
    return {
        place.id
        for place in places.values()
        if place.id in named
        or (
            place.tourable
            and place.kind not in SERVICES
            and (not themes or themes & set(place.themes))
            and place.id not in avoid | ends
        )
    }
