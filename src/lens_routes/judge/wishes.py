"""Check what was wished of the whole plan: flagships told of, no more of a kind than asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lens_routes.judge.asked import anchors
from lens_routes.judge.shape import Fault
from lens_routes.judge.stops import SERVICES
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.place import Place


def check_wishes(document: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Fault]:
    """Yield every wish that is not kept, or not told of."""
    visited = [
        stop["place"]
        for day in document["days"]
        for stop in day["stops"]
        if stop["place"] in places
    ]
    for name, most in (document["request"].get("at_most") or {}).items():
        found = sum(name in {places[v].kind, *places[v].themes} for v in visited)
        if found > most:
            many = tr("{n} visits to {kind}, {most} allowed", n=found, kind=name, most=most)
            yield Fault("days", many)
    if document.get("flagships") is not None:
        yield from _check_flagships(document, places, set(visited))


def _check_flagships(
    document: Mapping[str, Any], places: Mapping[str, Place], visited: set[str]
) -> Iterator[Fault]:
    told = Counter(item["place"] for item in document["flagships"])
    due = flagships(document["request"], places)
    for name in sorted(due - told.keys()):
        yield Fault("flagships", tr("{place} is worth the journey, and not told of", place=name))
    for i, item in enumerate(document["flagships"]):
        path = f"flagships[{i}]"
        if item["place"] not in due or told[item["place"]] > 1:
            yield Fault(path, tr("{place} is no flagship of this request", place=item["place"]))
        elif item["visited"] != (item["place"] in visited):
            yield Fault(f"{path}.visited", tr("the days say otherwise"))
        elif not item["visited"] and not item["reason"].strip():
            yield Fault(f"{path}.reason", tr("no reason is given"))
        elif item["visited"] and item["reason"]:
            yield Fault(
                f"{path}.reason", tr("{place} is left out and visited", place=item["place"])
            )


def flagships(request: Mapping[str, Any], places: Mapping[str, Place]) -> set[str]:
    """Return the places that a day of such a request should not miss."""
    named = {*(request.get("must") or ())}
    named |= {item["place"] for item in request.get("appointments") or ()}
    themes, only = set(request.get("themes") or ()), request.get("only")
    without = {*(request.get("avoid") or ())}
    without |= anchors(request)
    return {
        place.id
        for place in places.values()
        if place.interest >= 5
        and not (request.get("weather") == "rain" and place.outdoor)
        and (place.id in named or not themes or themes & set(place.themes))
        and (
            place.id in named or (place.id in only if only is not None else place.id not in without)
        )
        and (
            place.id in named or only is not None or (place.tourable and place.kind not in SERVICES)
        )
    }
