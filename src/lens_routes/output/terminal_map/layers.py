"""The drawing of a terminal's map: areas, streets and the way, in dots, then in characters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lens_routes.plan.basemap import Ground, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens_routes.output.terminal_map.frame import Raster
    from lens_routes.output.terminal_map.sketch import Sketch
    from lens_routes.plan.basemap import BaseMap, MapLine

    Cell = tuple[int, int]

#: Of all dots, the share that the streets may take: beyond it they are a grey mass.
DENSEST = 0.3


@dataclass(frozen=True, slots=True)
class Ink:
    """How a layer looks: its style, its ASCII character, and its height.

    In a cell the highest ink stands alone. Lines of one height mix their dots, and look like the
    first of them; areas cover each other.
    """

    style: str
    letter: str
    height: int


GREEN = Ink("green", '"', 0)
WATER = Ink("blue", "~", 0)
PATH = Ink("dim", ".", 1)
STREET = Ink("dim", ".", 1)
STREAM = Ink("blue", "~", 1)
RAILWAY = Ink("yellow", "+", 1)
MAIN_ROAD = Ink("", ":", 1)
RIDE = Ink("bold blue", "o", 2)
WALK = Ink("bold red", "#", 3)

#: Dots of a cell are bits 0 to 7, row by row; braille counts its first three rows by columns.
_BRAILLE = tuple(
    chr(
        0x2800
        + sum(
            dot
            for bit, dot in enumerate((0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80))
            if bits >> bit & 1
        )
    )
    for bits in range(256)
)


@dataclass(slots=True)
class Drawing:
    """The cells of a map that are drawn on, and the streets that may be named."""

    bits: dict[Cell, int] = field(default_factory=dict)
    inks: dict[Cell, Ink] = field(default_factory=dict)
    named: list[tuple[str, set[Cell]]] = field(default_factory=list)

    def add(self, ink: Ink, cells: dict[Cell, int]) -> None:
        """Draw dots over what is there."""
        for cell, bits in cells.items():
            old = self.inks.get(cell)
            if old is not None and old.height == ink.height > 0:
                self.bits[cell] |= bits
            elif old is None or ink.height >= old.height:
                self.bits[cell], self.inks[cell] = bits, ink

    def characters(self, *, braille: bool) -> dict[Cell, tuple[str, str]]:
        """Return the character and the style of each cell that is drawn on."""
        return {
            cell: (_BRAILLE[self.bits[cell]] if braille else ink.letter, ink.style)
            for cell, ink in self.inks.items()
        }


def draw_ground(base: BaseMap | None, raster: Raster) -> Drawing:
    """Return the drawing of a base map, as much of which as there is room for."""
    drawing = Drawing()
    if base is not None:
        _draw_areas(drawing, base, raster)
        _draw_lines(drawing, base, raster)
    return drawing


def draw_ways(sketch: Sketch, ground: Drawing, raster: Raster) -> Drawing:
    """Return the drawing of a sketch on its ground, which stays as it is."""
    drawing = Drawing(dict(ground.bits), dict(ground.inks), ground.named)
    for track in sketch.tracks:
        dots = _thick(raster.line(track.points), raster)
        if track.ridden:
            drawing.add(RIDE, raster.cells(_dashed(dots, raster)))
        else:
            drawing.add(WALK, raster.cells(dots))
    return drawing


def _draw_areas(drawing: Drawing, base: BaseMap, raster: Raster) -> None:
    for ground, ink in ((Ground.GREEN, GREEN), (Ground.WATER, WATER)):
        for area in base.areas:
            if area.ground is ground:
                dots = raster.area(area.rings)
                drawing.add(ink, raster.cells(_textured(dots, ink, raster)))
                if area.name and dots:
                    drawing.named.append((area.name, set(raster.cells(dots))))


def _draw_lines(drawing: Drawing, base: BaseMap, raster: Raster) -> None:
    most = DENSEST * raster.width * raster.height
    taken: set[int] = set()
    for ink, lines in _layers(base):
        by_name: dict[str, set[int]] = {}
        for line in lines:
            by_name.setdefault(line.name, set()).update(raster.line(line.points))
        dots = set().union(*by_name.values())
        if ink in (PATH, STREET) and len(taken | dots) > most:
            break
        taken |= dots
        drawing.add(ink, raster.cells(dots))
        longest_first = sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
        drawing.named += [
            (name, set(raster.cells(dots))) for name, dots in longest_first if name and dots
        ]


def _layers(base: BaseMap) -> Iterator[tuple[Ink, Iterable[MapLine]]]:
    """Yield what is drawn, the most important first."""
    inks = ((Way.MAIN_ROAD, MAIN_ROAD), (Way.RAILWAY, RAILWAY), (Way.STREAM, STREAM))
    for way, ink in inks:
        yield ink, [line for line in base.lines if line.way is way]
    streets = [line for line in base.lines if line.way is Way.STREET]
    yield STREET, [line for line in streets if line.name]
    yield STREET, [line for line in streets if not line.name]
    yield PATH, [line for line in base.lines if line.way in (Way.PATH, Way.STEPS)]


def _textured(dots: set[int], ink: Ink, raster: Raster) -> set[int]:
    """Return those dots of an area that its texture shows: waters dense, greens sparse."""
    if raster.across == 1:
        return dots
    width = raster.width
    every = 2 if ink is WATER else 8
    return {
        dot for dot in dots if (dot % width + 2 * (dot // width) + dot // width % 2) % every == 0
    }


def _thick(dots: set[int], raster: Raster) -> set[int]:
    """Return a line drawn with a broad pen."""
    if raster.across == 1:
        return dots
    width, height = raster.width, raster.height
    right = {dot + 1 for dot in dots if dot % width < width - 1}
    below = {dot + width for dot in dots if dot // width < height - 1}
    return dots | right | below


def _dashed(dots: set[int], raster: Raster) -> set[int]:
    """Return a line broken into dashes, in whatever direction it runs."""
    if raster.across == 1:
        return dots
    return {dot for dot in dots if (dot % raster.width // 4 + dot // raster.width // 4) % 2}
