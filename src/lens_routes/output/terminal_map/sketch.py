"""What a map of the terminal shows: marks at places, and the ways between them."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.geo import Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.near import Near
    from lens_routes.plan.plan import Day
    from lens_routes.plan.waypoint import Waypoint


class Sign(StrEnum):
    """What stands at a place that has no number; the signs of the printed itinerary."""

    START = "●"
    END = "■"
    PAUSE = "○"


class Mark(NamedTuple):
    """A place on the map: a `Sign`, or a number from 1; one that is ``chosen`` stands out."""

    sign: Sign | int
    name: str
    point: Point
    chosen: bool = False


class Track(NamedTuple):
    """A way on the map; ``traced`` tells that it follows streets, instead of a straight line."""

    points: tuple[Point, ...]
    ridden: bool
    traced: bool


class Sketch(NamedTuple):
    """All that is drawn on top of a base map."""

    marks: tuple[Mark, ...]
    tracks: tuple[Track, ...]

    @property
    def points(self) -> Iterator[Point]:
        """Every point that has to be on the map."""
        for track in self.tracks:
            yield from track.points
        for mark in self.marks:
            yield mark.point


def of_day(day: Day) -> Sketch:
    """Return the sketch of a day: its visits by number, as the itinerary numbers them."""
    marks = [Mark(Sign.START, day.start.name, day.start.point)]
    number = 0
    for stop in day.stops:
        number += stop.kind == "visit"
        sign = number if stop.kind == "visit" else Sign.PAUSE
        marks.append(Mark(sign, stop.name, Point(stop.lon, stop.lat)))
    if day.end.point != day.start.point:
        marks.append(Mark(Sign.END, day.end.name, day.end.point))
    places = [day.start.point, *(mark.point for mark in marks[1 : len(day.stops) + 1])]
    return Sketch(tuple(marks), tuple(_tracks([*places, day.end.point], day.legs)))


def of_route(points: Sequence[Waypoint], legs: Sequence[Leg]) -> Sketch:
    """Return the sketch of a walk from point to point."""
    *between, last = points[1:]
    marks = [Mark(Sign.START, points[0].name, points[0].point)]
    marks += [Mark(number, stop.name, stop.point) for number, stop in enumerate(between, 1)]
    if last.point != points[0].point:
        marks.append(Mark(Sign.END, last.name, last.point))
    return Sketch(tuple(marks), tuple(_tracks([point.point for point in points], legs)))


def of_near(origin: Waypoint, found: Sequence[Near]) -> Sketch:
    """Return the sketch of what is near, numbered in the order of the list."""
    places = [
        Mark(number, near.name, Point(near.lon, near.lat)) for number, near in enumerate(found, 1)
    ]
    return Sketch((Mark(Sign.START, origin.name, origin.point), *places), ())


def of_area(origin: Waypoint, outline: Sequence[Point]) -> Sketch:
    """Return the sketch of an area around a point."""
    mark = Mark(Sign.START, origin.name, origin.point)
    return Sketch((mark,), (Track(tuple(outline), ridden=False, traced=True),))


def _tracks(places: Sequence[Point], legs: Iterable[Leg]) -> Iterator[Track]:
    for (begin, end), leg in zip(pairwise(places), legs, strict=True):
        if leg.geometry or begin != end:
            line = leg.geometry or (begin, end)
            yield Track(line, ridden=leg.mode != "walk", traced=leg.geometry is not None)
        # The line of a leg by bus or train runs on through the walks that are part of it.
        for part in leg.parts:
            if part.mode == "walk" and part.geometry:
                yield Track(part.geometry, ridden=False, traced=True)
