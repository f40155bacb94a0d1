"""What is written on the map of a tour besides its stops: towns, stations, streets one takes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from lens_routes.geo import distance_m
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.output.shared.safe_text import line
from lens_routes.text.language import in_use, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point
    from lens_routes.plan.plan import Plan

Json = dict[str, Any]


def names(plan: Plan, places: Mapping[str, Place]) -> Json:
    """Return the points that have a name as ``kind, name, at``, and the streets one takes."""
    stations = {name: point for name, point in _stops(plan) if name}
    points = [("station", name, point) for name, point in stations.items()]
    points += [("town", name, point) for name, point in towns(places.values())]
    streets = {
        step.street
        for day in plan.days
        for leg in day.legs
        for part in parts_of(leg)
        for step in part.steps
    }
    return {
        "points": [
            {"kind": kind, "name": _said(name), "at": [round(p.lat, 5), round(p.lon, 5)]}
            for kind, name, p in points
        ],
        "streets": sorted({_said(street) for street in streets if street}),
    }


def towns(places: Iterable[Place]) -> Iterator[tuple[str, Point]]:
    """Yield the communes of a catalogue, each at the place that is nearest to all of its others."""
    communes: defaultdict[str, list[Point]] = defaultdict(list)
    for place in places:
        if place.commune:
            communes[place.commune].append(place.point)
    for name, points in communes.items():
        yield name, min(points, key=lambda p: sum(distance_m(p, other) for other in points))


def _stops(plan: Plan) -> Iterator[tuple[str, Point]]:
    """Yield where one gets on and off."""
    for day in plan.days:
        for leg in day.legs:
            for part in parts_of(leg):
                if part.ride and len(part.points) > 1:
                    for end, point in (("from", part.points[0]), ("to", part.points[-1])):
                        yield str(part.ride.get(f"{end}_stop") or ""), point


def _said(words: str) -> str:
    return line(text_in(words, in_use()))
