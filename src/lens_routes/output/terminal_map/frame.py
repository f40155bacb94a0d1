"""Where on the terminal a point of the earth lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lens_routes.geo import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens_routes.geo import Point

NARROWEST, WIDEST = 20, 200
#: How many times as high as wide a cell of a terminal is.
CELL_ASPECT = 2.0
#: A map shows at least this much, metres from side to side: a single place needs surroundings.
SMALLEST_M = 600.0
#: Share of the drawn extent left free on each side.
MARGIN = 0.07
#: Rows for each column, at most: a tall map would push what it belongs to off the screen.
TALLEST = 0.5
FEWEST_ROWS = 6

DEGREE_M = math.radians(1.0) * EARTH_RADIUS_M


@dataclass(frozen=True, slots=True)
class Frame:
    """A map of ``columns`` × ``rows`` cells; north is up.

    The projection is equirectangular about the middle. ``west`` and ``north`` are degrees; a cell
    is ``cell_lon`` degrees wide and ``cell_lat`` high, ``cell_m`` metres wide.
    """

    columns: int
    rows: int
    west: float
    north: float
    cell_lon: float
    cell_lat: float

    @property
    def cell_m(self) -> float:
        """Metres that a column is wide."""
        return self.cell_lat / CELL_ASPECT * DEGREE_M

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        south = self.north - self.rows * self.cell_lat
        return self.west, south, self.west + self.columns * self.cell_lon, self.north

    def place(self, point: Point) -> tuple[float, float]:
        """Return how many columns east and rows south of the upper left corner a point lies."""
        return (point.lon - self.west) / self.cell_lon, (self.north - point.lat) / self.cell_lat


def frame_around(points: Iterable[Point], width: int, height: int) -> Frame:
    """Return a frame that holds all points, and fills *width* columns and *height* rows at most."""
    lons, lats = zip(*points, strict=True)
    middle = (min(lats) + max(lats)) / 2
    shrink = max(math.cos(math.radians(middle)), 0.01)
    columns = min(max(width, NARROWEST), WIDEST)
    most_rows = max(FEWEST_ROWS, min(height, int(columns * TALLEST)))
    room = 1 - 2 * MARGIN
    wide = max((max(lons) - min(lons)) * shrink / room, SMALLEST_M / DEGREE_M)
    high = max((max(lats) - min(lats)) / room, SMALLEST_M / DEGREE_M / 2)
    rows = min(max(math.ceil(high / wide * columns / CELL_ASPECT), FEWEST_ROWS), most_rows)
    cell_lat = max(wide / columns * CELL_ASPECT, high / rows)
    cell_lon = cell_lat / CELL_ASPECT / shrink
    return Frame(
        columns,
        rows,
        west=(min(lons) + max(lons)) / 2 - columns * cell_lon / 2,
        north=middle + rows * cell_lat / 2,
        cell_lon=cell_lon,
        cell_lat=cell_lat,
    )


def frame_about(center: Point, cell_m: float, columns: int, rows: int) -> Frame:
    """Return the frame of so many cells about a point, each *cell_m* metres wide."""
    cell_lat = cell_m * CELL_ASPECT / DEGREE_M
    cell_lon = cell_lat / CELL_ASPECT / max(math.cos(math.radians(center.lat)), 0.01)
    west, north = center.lon - columns * cell_lon / 2, center.lat + rows * cell_lat / 2
    return Frame(columns, rows, west, north, cell_lon, cell_lat)


@dataclass(frozen=True, slots=True)
class Raster:
    """The dots of a frame: each cell has ``across`` × ``down`` of them.

    A dot bears the number ``y * width + x``, counted from the upper left corner.
    """

    frame: Frame
    across: int
    down: int

    @property
    def width(self) -> int:
        """Dots in a row."""
        return self.frame.columns * self.across

    @property
    def height(self) -> int:
        """Rows of dots."""
        return self.frame.rows * self.down

    def line(self, points: Sequence[Point]) -> set[int]:
        """Return the dots of a line through points."""
        spots = [self._spot(point) for point in points]
        width, height = self.width, self.height
        return {
            y * width + x
            for (x0, y0), (x1, y1) in pairwise(spots)
            for x, y in _straight(int(x0 // 1), int(y0 // 1), int(x1 // 1), int(y1 // 1))
            if 0 <= x < width and 0 <= y < height
        }

    def area(self, rings: Iterable[Sequence[Point]]) -> set[int]:
        """Return the dots whose middle lies within rings, by the even-odd rule."""
        crossings: list[list[float]] = [[] for _ in range(self.height)]
        for ring in rings:
            for (x0, y0), (x1, y1) in pairwise([self._spot(point) for point in ring]):
                low, high = sorted((y0, y1))
                for y in range(
                    max(math.ceil(low - 0.5), 0), min(math.ceil(high - 0.5), self.height)
                ):
                    crossings[y].append(x0 + (y + 0.5 - y0) / (y1 - y0) * (x1 - x0))
        dots: set[int] = set()
        for y, found in enumerate(crossings):
            found.sort()
            for begin, end in zip(found[::2], found[1::2], strict=False):
                first = y * self.width
                columns = range(
                    max(math.ceil(begin - 0.5), 0), min(math.ceil(end - 0.5), self.width)
                )
                dots.update(first + x for x in columns)
        return dots

    def cells(self, dots: Iterable[int]) -> dict[tuple[int, int], int]:
        """Return which of their dots are among those given, for each cell (column, row).

        Dot ``x, y`` within the cell is bit ``y * across + x``.
        """
        found: dict[tuple[int, int], int] = {}
        for dot in dots:
            y, x = divmod(dot, self.width)
            cell = (x // self.across, y // self.down)
            bit = 1 << (y % self.down * self.across + x % self.across)
            found[cell] = found.get(cell, 0) | bit
        return found

    def _spot(self, point: Point) -> tuple[float, float]:
        column, row = self.frame.place(point)
        return column * self.across, row * self.down


def _straight(x: int, y: int, x1: int, y1: int) -> Iterator[tuple[int, int]]:
    """Yield the dots from one to another; J. E. Bresenham, IBM Systems Journal 4 (1965), 25-30."""
    dx, dy = abs(x1 - x), -abs(y1 - y)
    step_x, step_y = (1 if x < x1 else -1), (1 if y < y1 else -1)
    error = dx + dy
    while True:
        yield x, y
        if x == x1 and y == y1:
            return
        twice = 2 * error
        if twice >= dy:
            error += dy
            x += step_x
        if twice <= dx:
            error += dx
            y += step_y
