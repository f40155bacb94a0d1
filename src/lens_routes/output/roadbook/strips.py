"""The maps of a roadbook: one of the whole tour, and one of each walk."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point
from lens_routes.output.roadbook.drawing import Course, Track, course_of, draw, drawn_at
from lens_routes.output.roadbook.frame import Bounds, fitting_height, frame_around
from lens_routes.output.roadbook.signs import INK, MARK_RADIUS, Mark, sample, sign_of
from lens_routes.output.roadbook.typography import set_words
from lens_routes.output.shared import caption
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.plan.basemap import BaseMap, Way
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.output.roadbook.frame import Frame
    from lens_routes.output.roadbook.layout import Layout
    from lens_routes.output.shared.leg_parts import LegPart
    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Stop

#: Gives what a map is drawn on, for a box of degrees and the kinds of ways to show.
Surroundings = Callable[[Bounds, Collection[Way]], BaseMap]

_BORDER = 3.2 * MARK_RADIUS
#: A walk across a station's square needs no map.
_SHORTEST_M = 40.0
#: A shorter one is shown no higher than it has to be.
_SHORT_M = 400.0
_LONGEST_NAME = 32
_INKS = (INK, "#9c1c2e", "#1d6135", "#5f3a8f")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as SVG, what it shows in words, and whom to credit for its ground."""

    svg: str
    frame: Frame
    alt: str
    credit: str

    def as_values(self) -> dict[str, Any]:
        """Return what the template reads."""
        return {
            "svg": self.svg,
            "width": self.frame.width,
            "height": self.frame.height,
            "alt": set_words(self.alt),
        }


def overview(
    days: Sequence[Day], height: float, layout: Layout, surroundings: Surroundings | None
) -> Drawing:
    """Return the map of all days: every way, every stop with its number."""
    tracks = [
        replace(track, ink=_ink(number))
        for number, day in enumerate(days)
        for leg, ends in _legs(day)
        for track in _tracks(leg, ends)
    ]
    marks = list(dict.fromkeys(_marks(days)))
    points = [mark.point for mark in marks]
    points += [point for track in tracks for point in track.points]
    width = layout.text_width
    frame = frame_around(points, width, height, _BORDER)
    base = surroundings(frame.bounds, drawn_at(frame)) if surroundings else None
    names = [days[0].start.name, *(stop.name for day in days for stop in day.stops)]
    return Drawing(
        draw(frame, tracks, marks, base),
        frame,
        tr("Map of the tour: {places}", places=", ".join(names)),
        base.credit if base else "",
    )


def legend(days: Sequence[Day]) -> list[dict[str, str]]:
    """Return the signs of the overview as SVG, each with what it means."""
    courses = {
        track.course for day in days for leg, ends in _legs(day) for track in _tracks(leg, ends)
    }
    stops = {stop.kind for day in days for stop in day.stops}
    back = all(day.end.point == day.start.point for day in days)
    signs = [
        ("start", tr("start and end") if back else tr("start"), True),
        ("end", tr("end"), not back),
        ("1", tr("visit"), "visit" in stops),
        ("", tr("break"), "break" in stops),
    ]
    shown: list[tuple[str, str]] = [
        (sample(sign_of(sign, 8, 6)), words) for sign, words, there in signs if there
    ]
    shown += [
        (sample(*course_of(course)), words)
        for course, words in (
            (Course.WALK, _by(days)),
            (Course.RIDE, tr("by train or bus")),
            (Course.UNTRACED, tr("direction only")),
        )
        if course in courses
    ]
    return [{"svg": svg, "words": set_words(words)} for svg, words in shown]


def _by(days: Sequence[Day]) -> str:
    """Return how one goes along the ways that are drawn whole."""
    kinds = {part.kind for day in days for leg in day.legs for part in parts_of(leg)}
    named = [("walk", tr("on foot")), ("bike", tr("by bike")), ("car", tr("by car"))]
    return joined(", ", [words for kind, words in named if kind in kinds]) or tr("on foot")


def walk_map(
    part: LegPart,
    ends: tuple[Mark, Mark],
    layout: Layout,
    surroundings: Surroundings | None,
) -> Drawing | None:
    """Return the map of a walk between two marks; None where it is too short to need one.

    A walk whose line is not known is a dashed line from end to end; without streets around it
    that would say nothing.
    """
    if part.leg.distance_m < _SHORTEST_M:
        return None
    points = _line(part.points)
    if not points and surroundings is None:
        return None
    # The name of where one goes stands above the map already.
    ends = (replace(ends[0], name=""), replace(ends[1], name=""))
    track = Track(Course.WALK, points) if points else _straight(*(mark.point for mark in ends))
    shown = [*track.points, *(mark.point for mark in ends)]
    width = layout.map_width or layout.text_width
    height = fitting_height(shown, width, _BORDER)
    short = part.leg.distance_m < _SHORT_M
    most = layout.least_height if short else layout.most_height
    height = min(max(height, layout.least_height), most)
    frame = frame_around(shown, width, height, _BORDER)
    streets = {step.street for step in part.steps if step.street}
    base = surroundings(frame.bounds, drawn_at(frame)) if surroundings else None
    alt = tr(
        "Map of the way from {origin} to {destination}",
        origin=part.leg.origin,
        destination=part.leg.destination,
    )
    return Drawing(
        draw(frame, [track], ends, base, streets), frame, alt, base.credit if base else ""
    )


def day_marks(day: Day) -> list[Mark]:
    """Return the marks of a day in order: the start, the stops, the end."""
    back = day.end.point == day.start.point
    return [
        Mark("start", day.start.point, _short(day.start.name)),
        *(_mark(number, stop) for number, stop in caption.numbered(day)),
        Mark("start" if back else "end", day.end.point, _short(day.end.name)),
    ]


def _mark(number: int | None, stop: Stop) -> Mark:
    point = Point(stop.lon, stop.lat)
    return Mark("", point) if number is None else Mark(str(number), point, _short(stop.name))


def _short(name: str) -> str:
    """Return a name as long as a map has room for."""
    words = set_words(name)
    return words if len(words) <= _LONGEST_NAME else f"{words[: _LONGEST_NAME - 1].rstrip()}…"


def _marks(days: Sequence[Day]) -> Iterator[Mark]:
    """Yield the marks of all days; of several, a number is that of the day and of the stop.

    Where one sleeps and leaves again is named once.
    """
    named: set[str] = set()
    for number, day in enumerate(days, 1):
        marks = day_marks(day)
        # A day that ends at its last stop has that on the map, and no end on top of it.
        for mark in marks if caption.moves(day.legs[-1]) else marks[:-1]:
            several = len(days) > 1 and mark.text.isdigit()
            text = f"{number}.{mark.text}" if several else mark.text
            name = "" if mark.name in named else mark.name
            named.add(mark.name)
            yield replace(mark, text=text, name=name, ink=_ink(number - 1))


def _ink(day: int) -> str:
    """Return the colour of a day; in black and white its numbers tell it apart."""
    return _INKS[day % len(_INKS)]


def _legs(day: Day) -> Iterator[tuple[Leg, tuple[Point, Point]]]:
    points = [day.start.point, *(Point(s.lon, s.lat) for s in day.stops), day.end.point]
    yield from zip(day.legs, pairwise(points), strict=False)


def _tracks(leg: Leg, ends: tuple[Point, Point]) -> list[Track]:
    if not caption.moves(leg):
        return []
    tracks = [
        Track(Course.RIDE if part.kind == "ride" else Course.WALK, line)
        for part in parts_of(leg)
        if (line := _line(part.points))
    ]
    return tracks or [_straight(*ends)]


def _straight(*ends: Point) -> Track:
    return Track(Course.UNTRACED, ends)


def _line(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return a line without points said twice in a row; empty where none is left to draw."""
    kept = (*points[:1], *(after for before, after in pairwise(points) if after != before))
    return kept if len(kept) > 1 else ()
