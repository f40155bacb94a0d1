"""The signs on a map: stops with their numbers, the arrow to the north, the scale."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.output.roadbook.typography import set_words
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.geo import Point
    from lens_routes.output.roadbook.frame import Frame, Spot
    from lens_routes.output.roadbook.lettering import Sheet

INK = "#1b2440"
MARK_RADIUS = 5.6
_DOT_RADIUS = 2.6


@dataclass(frozen=True, slots=True)
class Mark:
    """A stop on the map: its number, or empty for a dot, ``start`` or ``end``.

    ``name`` is written beside it where that is wanted, ``ink`` the colour of its day.
    """

    text: str
    point: Point
    name: str = ""
    ink: str = INK


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark where it is drawn: beside the spot it means where another mark is in the way."""

    mark: Mark
    spot: Spot
    at: Spot


def n(value: float) -> str:
    """Return a length of a drawing, to a tenth of a point."""
    return f"{value:.1f}".removesuffix(".0")


def place(frame: Frame, marks: Sequence[Mark], taken: Sheet) -> Iterator[Placed]:
    """Yield where each mark is drawn so that none covers another, and keep its room."""
    for mark in marks:
        spot = frame.spot(mark.point)
        radius = MARK_RADIUS if mark.text else _DOT_RADIUS
        at = next((s for s in _around(spot, radius) if taken.free(*s, radius)), spot)
        taken.take(*at, radius)
        yield Placed(mark, spot, at)


def _around(spot: Spot, radius: float) -> Iterator[Spot]:
    yield spot
    for ring in (2.4, 3.6, 4.8):
        for eighth in range(8):
            angle = math.pi * eighth / 4
            yield (
                spot[0] + ring * radius * math.cos(angle),
                spot[1] - ring * radius * math.sin(angle),
            )


def marked(placed: Sequence[Placed]) -> Iterator[str]:
    """Yield marks as SVG, under them a line to the spot each means where it stands beside it."""
    for one in placed:
        (x, y), (to_x, to_y), ink = one.at, one.spot, one.mark.ink
        if one.at != one.spot:
            line = f"M{n(to_x)} {n(to_y)}L{n(x)} {n(y)}"
            yield f'<path d="{line}" stroke="{ink}" stroke-width="0.8"/>'
            yield f'<circle cx="{n(to_x)}" cy="{n(to_y)}" r="1.3" fill="{ink}"/>'
    yield from (sign_of(one.mark.text, *one.at, one.mark.ink) for one in placed)


def sign_of(text: str, x: float, y: float, ink: str = INK) -> str:
    """Return a number on a disc, a ring for the start, a square for the end, or a dot."""
    at = f'cx="{n(x)}" cy="{n(y)}"'
    if text == "start":
        return (
            f'<circle {at} r="5" fill="#fff" stroke="{ink}" stroke-width="1.6"/>'
            f'<circle {at} r="2.2" fill="{ink}"/>'
        )
    if text == "end":
        return (
            f'<rect x="{n(x - 5)}" y="{n(y - 5)}" width="10" height="10" rx="1.2" fill="#fff"'
            f' stroke="{ink}" stroke-width="1.6"/>'
            f'<rect x="{n(x - 2.2)}" y="{n(y - 2.2)}" width="4.4" height="4.4" fill="{ink}"/>'
        )
    if not text:
        return f'<circle {at} r="{_DOT_RADIUS}" fill="#fff" stroke="{ink}" stroke-width="1.3"/>'
    size = 8.0 if len(text) < 2 else 6.8 if len(text) < 3 else 5.6
    return (
        f'<circle {at} r="{MARK_RADIUS}" fill="{ink}" stroke="#fff" stroke-width="1"/>'
        f'<text x="{n(x)}" y="{n(y + size * 0.35)}" font-size="{size}" font-weight="600"'
        f' fill="#fff" text-anchor="middle">{html.escape(text)}</text>'
    )


def sample(*parts: str) -> str:
    """Return a sign for the legend, 16 points by 12."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 12" width="16" height="12"'
        f' fill="none" font-family="Source Sans 3">{"".join(parts)}</svg>'
    )


def furniture(frame: Frame, stops: Sheet, sheet: Sheet) -> Iterator[str]:
    """Yield the arrow to the north and the scale, in corners where they cover nothing."""
    metres, length = _scale(frame)
    for draws, width, height in (
        (_north, 20.0, 22.0),
        (lambda x, y: _bar(x, y, metres, length), _bar_width(length), 14.5),
    ):
        x, y = _corner(frame, stops, sheet, width, height)
        for taken in (stops, sheet):
            taken.take_line([(x, y + height / 2), (x + width, y + height / 2)], height / 2)
        yield draws(x, y)


def _corner(frame: Frame, stops: Sheet, sheet: Sheet, width: float, height: float) -> Spot:
    """Return the upper left spot of a box in the corner where it covers no stop, and least else."""
    right, low = frame.width - width - 3, frame.height - height - 3
    corners = [(right, 3.0), (3.0, low), (right, low), (3.0, 3.0)]

    def covered(corner: Spot) -> int:
        probes = [
            (corner[0] + width * across / 6, corner[1] + height * down / 2)
            for across in range(7)
            for down in range(3)
        ]
        return sum(
            (not sheet.free(x, y, 3.0)) + 100 * (not stops.free(x, y, 3.0)) for x, y in probes
        )

    return min(corners, key=covered)


def _north(x: float, y: float) -> str:
    letter = html.escape(tr("N"))
    return (
        f'<g transform="translate({n(x)} {n(y)})">'
        '<rect width="20" height="22" rx="3" fill="#fff" fill-opacity="0.85"/>'
        f'<path d="M10 2l3.2 8.6l-3.2 -2l-3.2 2z" fill="{INK}"/>'
        f'<text x="10" y="19" font-size="8" font-weight="600" fill="{INK}"'
        f' text-anchor="middle">{letter}</text></g>'
    )


def _scale(frame: Frame) -> tuple[float, float]:
    """Return a round number of metres and its length on the map."""
    most = frame.width * 0.26 / frame.points_per_m
    power = 10.0 ** math.floor(math.log10(most))
    metres = max(step * power for step in (1, 2, 5) if step * power <= most)
    return metres, metres * frame.points_per_m


def _bar(x: float, y: float, metres: float, length: float) -> str:
    text = html.escape(set_words(wording.distance(metres)))
    width = _bar_width(length)
    left = (width - length) / 2
    return (
        f'<g transform="translate({n(x)} {n(y)})">'
        f'<rect width="{n(width)}" height="14.5" rx="3" fill="#fff" fill-opacity="0.85"/>'
        f'<path d="M{n(left)} 9v2.5h{n(length)}v-2.5" stroke="{INK}" stroke-width="1"'
        ' stroke-linecap="butt" stroke-linejoin="miter"/>'
        f'<text x="{n(width / 2)}" y="8.6" font-size="7" fill="{INK}"'
        f' text-anchor="middle">{text}</text></g>'
    )


def _bar_width(length: float) -> float:
    """Return the room of a scale: its words may be longer than its bar."""
    return max(length, 24.0) + 10
