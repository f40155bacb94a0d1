"""A map as SVG: what lies around, the names of streets, the way in bold, and the signs."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.output.roadbook.frame import thinned
from lens_routes.output.roadbook.lettering import Sheet
from lens_routes.output.roadbook.signs import INK, MARK_RADIUS, furniture, marked, n, place
from lens_routes.plan.basemap import Ground, Way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lens_routes.geo import Point
    from lens_routes.output.roadbook.frame import Frame, Spot
    from lens_routes.output.roadbook.lettering import Label
    from lens_routes.output.roadbook.signs import Mark
    from lens_routes.plan.basemap import BaseMap, MapLine

FONT = "Source Sans 3"
#: Two points of a line nearer than this on paper are one.
_FINEST = 0.5
_NAME_SIZE = 6.2
_OWN_NAME_SIZE = 7.0
_MOST_NAMES = 24
_STOP_SIZE = 8.0
#: So far apart stand the arrows of a way, in points of paper.
_ARROWS = 62.0

#: Everything is told apart in black and white: greens are lighter than waters, waters than streets.
_GROUNDS = {Ground.GREEN: "#e9f0e2", Ground.WATER: "#d2e2ec"}


@dataclass(frozen=True, slots=True)
class _Pen:
    """How a way is drawn: as wide as it is, but at least and at most so many points.

    ``inside`` is the colour between its two edges once it is wide enough to have them.
    """

    width_m: float
    least: float
    most: float
    colour: str
    dashes: str = ""
    inside: str = ""


_PENS = {
    Way.PATH: _Pen(1.5, 0.45, 0.8, "#9a9a9a", dashes="2 1.4"),
    Way.STEPS: _Pen(2.0, 0.9, 1.6, "#8c8c8c", dashes="0.7 0.7"),
    Way.STREAM: _Pen(2.0, 0.5, 1.2, "#a9c5d6"),
    Way.STREET: _Pen(7.0, 0.45, 4.4, "#c4c4c4", inside="#ffffff"),
    Way.MAIN_ROAD: _Pen(10.0, 1.0, 6.0, "#b2b2b2", inside="#ededed"),
    Way.RAILWAY: _Pen(1.5, 0.6, 0.9, "#6f6f6f", dashes="4 1.6"),
}
#: A street narrower than this on paper is a single line.
_EDGED_FROM = 1.5
_EDGE = 0.45
#: Below this scale (points a metre, about 1:35,000) lanes and footpaths would be a grey felt.
_PATHS_FROM = 0.08
_STREETS_FROM = 0.03


class Course(StrEnum):
    """How one gets along a track."""

    WALK = "walk"
    RIDE = "ride"
    UNTRACED = "untraced"  # known by its ends alone


@dataclass(frozen=True, slots=True)
class Track:
    """A way that the map is about."""

    course: Course
    points: tuple[Point, ...]
    ink: str = INK


def draw(
    frame: Frame,
    tracks: Sequence[Track],
    marks: Sequence[Mark],
    base: BaseMap | None,
    streets_taken: Collection[str] = (),
) -> str:
    """Return a map as SVG, a unit of it a point of paper.

    Parameters
    ----------
    frame
        What the map shows.
    tracks, marks
        What it is about; the later ones lie on top.
    base
        What lies around it; None leaves the ground white.
    streets_taken
        The names of streets one walks along, which are written first and larger.
    """
    sheet = Sheet(frame.width, frame.height)
    lines = [(track, frame.spots(track.points)) for track in tracks]
    for _, line in lines:
        sheet.take_line(_inside(line, frame), 2.2)
    stops = Sheet(frame.width, frame.height)
    placed = list(place(frame, marks, stops))
    aids = list(furniture(frame, stops, sheet))
    for mark in placed:
        sheet.take(*mark.at, MARK_RADIUS + 0.6)
    named = [
        label
        for one in placed
        if one.mark.name
        and (label := sheet.write_beside(one.mark.name, one.at, MARK_RADIUS, _STOP_SIZE, stops))
    ]
    size = f"{n(frame.width)} {n(frame.height)}"
    rectangle = f'width="{n(frame.width)}" height="{n(frame.height)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" {rectangle} fill="none"',
        f' stroke-linecap="round" stroke-linejoin="round" font-family="{FONT}">',
        f'<clipPath id="c"><rect {rectangle} rx="3"/></clipPath><g clip-path="url(#c)">',
    ]
    if base is not None:
        parts += _ground(frame, base)
        parts += [_lettered(label) for label in _names(frame, base, sheet, streets_taken)]
    parts += _route(lines)
    parts += [arrow for track, line in lines for arrow in _arrows(track, line, stops)]
    parts.append("</g>")
    parts += [*marked(placed), *(_lettered(label, bold=True) for label in named)]
    parts += [*aids, _edge(frame), "</svg>"]
    return "".join(parts)


def _ground(frame: Frame, base: BaseMap) -> Iterator[str]:
    for ground, colour in _GROUNDS.items():
        rings = [
            _path(frame.spots(ring)) + "Z"
            for area in base.areas
            if area.ground is ground
            for ring in area.rings
        ]
        if rings:
            yield f'<path d="{"".join(rings)}" fill="{colour}" fill-rule="evenodd"/>'
    shown = drawn_at(frame)
    drawn = [
        (pen, min(max(pen.width_m * frame.points_per_m, pen.least), pen.most), "".join(lines))
        for way, pen in _PENS.items()
        if way in shown
        and (lines := [_path(frame.spots(line.points)) for line in base.lines if line.way is way])
    ]
    for pen, width, path in drawn:
        dashed = f' stroke-dasharray="{pen.dashes}" stroke-linecap="butt"' if pen.dashes else ""
        yield f'<path d="{path}" stroke="{pen.colour}" stroke-width="{n(width)}"{dashed}/>'
    # The insides come after all edges, so that streets run into one another.
    for pen, width, path in drawn:
        if pen.inside and width >= _EDGED_FROM:
            inside = f'stroke="{pen.inside}" stroke-width="{width - 2 * _EDGE:.2f}"'
            yield f'<path d="{path}" {inside}/>'


def drawn_at(frame: Frame) -> frozenset[Way]:
    """Return the kinds of ways that are drawn at a scale."""
    needed = {Way.PATH: _PATHS_FROM, Way.STEPS: _PATHS_FROM, Way.STREET: _STREETS_FROM}
    return frozenset(way for way in Way if frame.points_per_m >= needed.get(way, 0.0))


def _names(
    frame: Frame, base: BaseMap, sheet: Sheet, streets_taken: Collection[str]
) -> Iterator[Label]:
    """Yield the names that fit: of the streets one takes, then of the others, the longest first."""
    left = _MOST_NAMES
    done: set[str] = set()
    for line, spots in _worth_naming(frame, base.lines, streets_taken):
        if left == 0:
            return
        if line.name in done:
            continue
        own = line.name in streets_taken
        size = _OWN_NAME_SIZE if own else _NAME_SIZE
        # Beside the bold line where the way goes along the street, on the street where not.
        for offset in (size * 0.95, -size * 0.95) if own else (0.0,):
            label = sheet.write(line.name, spots, size, offset)
            if label is not None:
                done.add(line.name)
                left -= 1
                yield label
                break


def _worth_naming(
    frame: Frame, lines: Iterable[MapLine], streets_taken: Collection[str]
) -> list[tuple[MapLine, list[Spot]]]:
    named = []
    for line in lines:
        if not line.name or line.way in {Way.STREAM, Way.RAILWAY, Way.STEPS}:
            continue
        spots = thinned(frame.spots(line.points), _FINEST)
        length = sum(map(math.dist, spots, spots[1:]))
        rank = (line.name not in streets_taken, line.way is not Way.MAIN_ROAD, -length)
        named.append((rank, line, spots))
    # At a small scale only what is long is named; names of lanes would float in a felt.
    named = [item for item in named if item[0][2] < -24]
    named.sort(key=lambda item: (item[0], item[1].name))
    return [(line, spots) for _, line, spots in named]


def _route(lines: Sequence[tuple[Track, list[Spot]]]) -> Iterator[str]:
    """Yield the tracks: a white edge under all of them, then each in its manner."""
    for track, spots in lines:
        if track.course is not Course.UNTRACED and len(spots) > 1:
            yield f'<path d="{_path(spots)}" stroke="#fff" stroke-width="5" stroke-opacity="0.85"/>'
    for track, spots in lines:
        if len(spots) > 1:
            yield from _line(track.course, _path(spots), track.ink)


def course_of(course: Course) -> list[str]:
    """Return a piece of a line as the legend shows it."""
    return list(_line(course, "M0 6H16", INK))


def _line(course: Course, path: str, ink: str) -> Iterator[str]:
    if course is Course.WALK:
        yield f'<path d="{path}" stroke="{ink}" stroke-width="2.5"/>'
    elif course is Course.RIDE:
        yield f'<path d="{path}" stroke="{ink}" stroke-width="2.8"/>'
        yield (
            f'<path d="{path}" stroke="#fff" stroke-width="1.5" stroke-dasharray="5 4"'
            ' stroke-linecap="butt"/>'
        )
    else:
        yield (
            f'<path d="{path}" stroke="{ink}" stroke-width="1.3" stroke-dasharray="4 4"'
            ' stroke-linecap="butt"/>'
        )


def _arrows(track: Track, spots: Sequence[Spot], stops: Sheet) -> Iterator[str]:
    """Yield arrows along a way one takes oneself, where no sign is in the way."""
    due = _ARROWS / 2
    for a, b in pairwise(spots if track.course is Course.WALK else ()):
        length = math.dist(a, b)
        while due <= length:
            x, y = (a[i] + (b[i] - a[i]) * due / length for i in (0, 1))
            if not stops.free(x, y, 4.0):
                due -= _ARROWS / 2  # on the way back they stand between those of the way there
            else:
                stops.take(x, y, 6.0)
                angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
                there = f"translate({n(x)} {n(y)}) rotate({angle:.0f})"
                yield (
                    f'<path d="M-3 -3.2L4 0L-3 3.2L-1.6 0Z" fill="{track.ink}" stroke="#fff"'
                    f' stroke-width="0.7" transform="{there}"/>'
                )
            due += _ARROWS
        due -= length


def _lettered(label: Label, *, bold: bool = False) -> str:
    x, y = n(label.x), n(label.y)
    weight = ' font-weight="600" fill="#111"' if bold else ' fill="#333"'
    turned = f' transform="rotate({label.angle:.1f} {x} {y})"' if abs(label.angle) >= 0.1 else ""
    return (
        f'<text x="{x}" y="{n(label.y + label.size * 0.33)}" font-size="{label.size}"{weight}'
        ' text-anchor="middle" stroke="#fff" stroke-width="1.5" stroke-opacity="0.85"'
        f' paint-order="stroke"{turned}>{html.escape(label.text)}</text>'
    )


def _edge(frame: Frame) -> str:
    return (
        f'<rect x="0.4" y="0.4" width="{n(frame.width - 0.8)}" height="{n(frame.height - 0.8)}"'
        ' rx="3" stroke="#9a9a9a" stroke-width="0.8"/>'
    )


def _path(spots: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in thinned(spots, _FINEST))


def _inside(line: Sequence[Spot], frame: Frame) -> list[Spot]:
    """Return the points of a line drawn within the frame, near enough for keeping it free."""
    return [
        (min(max(x, -20.0), frame.width + 20), min(max(y, -20.0), frame.height + 20))
        for x, y in line
    ]
