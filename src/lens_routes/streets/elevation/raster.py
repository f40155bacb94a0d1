"""A grid of heights, and the height at a point of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lens_routes.errors import BadInputError
from lens_routes.streets.elevation.projection import WGS_84, project
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lens_routes.streets.network.source import BBox

    Floats = NDArray[np.float64]

#: The value of a cell whose height is not known.
VOID = 0xFFFF
#: What lies beyond is no height but a code for "none": the Dead Sea and Mount Everest lie within.
LOWEST_M, HIGHEST_M = -500.0, 9000.0
#: Heights are kept to a centimetre, in steep country to at most a seventh of a metre.
FINEST_STEP_M = 0.01
METRES_A_DEGREE = 111_195.0
#: How many heights are worked on at a time: all at once take several times their memory.
_BLOCK = 1 << 20
#: A degree at a half second has 52 million heights; what is larger takes a gigabyte of memory.
LARGEST_CELLS = 60_000_000
#: No grid is this fine in metres: such cells are measured in degrees.
_NO_METRES = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Heights at the centres of cells, rows from north to south.

    Attributes
    ----------
    name
        What it is called on this machine.
    crs
        The projection its coordinates are in, as pyproj names it.
    x, y
        Centre of the first cell, in units of ``crs``.
    dx, dy
        From one column, one row, to the next, in the same units; both positive.
    values
        uint16 of shape (rows, columns): the height is ``base_m + step_m * value``, or `VOID`.
    """

    name: str
    crs: str
    x: float
    y: float
    dx: float
    dy: float
    base_m: float
    step_m: float
    values: NDArray[np.uint16]

    @property
    def cell_m(self) -> float:
        """The side of a cell from north to south, metres."""
        return self.dy * (METRES_A_DEGREE if self.dy < _NO_METRES else 1.0)

    @property
    def plus_minus_m(self) -> float:
        """How far a height may well be off, metres.

        Radar from space sees tree tops and roofs, and slag heaps that are gone; laser from an
        aeroplane sees the ground.
        """
        return 5.0 if self.cell_m > 10.0 else 1.0

    @property
    def range_m(self) -> tuple[float, float]:
        """The lowest and the highest height, metres."""
        known = self.values != VOID
        return (
            self.base_m + self.step_m * float(self.values.min(where=known, initial=VOID)),
            self.base_m + self.step_m * float(self.values.max(where=known, initial=0)),
        )

    def bbox(self) -> BBox:
        """Return the box it covers, (west, south, east, north) degrees."""
        rows, columns = self.values.shape
        along = np.linspace(-0.5, columns - 0.5, 21)
        down = np.linspace(-0.5, rows - 0.5, 21)
        x = self.x + self.dx * np.concatenate((along, along, 0 * down - 0.5, 0 * down + along[-1]))
        y = self.y - self.dy * np.concatenate((0 * along - 0.5, 0 * along + down[-1], down, down))
        lon, lat = project(x, y, self.crs, WGS_84)
        return (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))

    def covers(self, x: Floats, y: Floats) -> NDArray[np.bool_]:
        """Return which positions lie within its outermost cells; parameters as `sample`."""
        rows, columns = self.values.shape
        column, row = (x - self.x) / self.dx, (self.y - y) / self.dy
        inside: NDArray[np.bool_] = (abs(column - (columns - 1) / 2) <= columns / 2) & (
            abs(row - (rows - 1) / 2) <= rows / 2
        )
        return inside

    def sample(self, x: Floats, y: Floats) -> Floats:
        """Return heights, bilinear between the centres of cells, metres.

        Parameters
        ----------
        x, y
            Positions in units of ``crs``, covered; in the outermost half cell its own height
            holds, so that tiles laid side by side leave no gap.

        Returns
        -------
        heights
            NaN where one of the cells that matter is void.
        """
        rows, columns = self.values.shape
        column = ((x - self.x) / self.dx).clip(0, columns - 1)
        row = ((self.y - y) / self.dy).clip(0, rows - 1)
        left = np.minimum(column.astype(np.intp), columns - 2)
        upper = np.minimum(row.astype(np.intp), rows - 2)
        right_share, lower_share = column - left, row - upper
        total = np.zeros(len(column))
        for down, row_share in ((0, 1.0 - lower_share), (1, lower_share)):
            for along, column_share in ((0, 1.0 - right_share), (1, right_share)):
                share = row_share * column_share
                cell = self._heights(upper + down, left + along)
                total += np.where(share > 0.0, share * cell, 0.0)
        return total

    def _heights(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> Floats:
        value = self.values[row, column]
        return np.where(value == VOID, np.nan, self.base_m + self.step_m * value)


def bounded(name: str, cells: int) -> None:
    """Raise an error where a file holds too many heights."""
    if cells > LARGEST_CELLS:
        raise too_large(name)


def too_large(name: str) -> BadInputError:
    """Return the error to tell of a file with too many heights."""
    return BadInputError(
        tr("{file} holds more than {n} heights.", file=name, n=wording.grouped(LARGEST_CELLS)),
        tr("Cut it to the area you need."),
    )


def raster_of(
    heights: NDArray[np.floating] | NDArray[np.integer],
    *,
    name: str,
    crs: str,
    corner: tuple[float, float],
    cell: tuple[float, float],
    void: float | None,
) -> Raster | None:
    """Return a raster of heights in metres, None when no cell of it is known.

    Parameters
    ----------
    heights
        Of shape (rows, columns), rows from north to south.
    name, crs
        As in `Raster`.
    corner
        x and y of the centre of the first cell.
    cell
        Its width and height, in units of ``crs``.
    void
        The height that stands for none, where the file names one.
    """
    flat = heights.ravel()
    blocks = [slice(i, i + _BLOCK) for i in range(0, flat.size, _BLOCK)]

    def known(block: slice) -> NDArray[np.float32]:
        metres = flat[block].astype(np.float32)
        with np.errstate(invalid="ignore", over="ignore"):
            none = ~((metres >= LOWEST_M) & (metres <= HIGHEST_M))
            if void is not None:
                none |= metres == np.float32(void)
        metres[none] = np.nan
        return metres

    base_m = float(np.fmin.reduce([np.fmin.reduce(known(block)) for block in blocks]))
    if math.isnan(base_m):
        return None
    top_m = float(np.fmax.reduce([np.fmax.reduce(known(block)) for block in blocks]))
    step_m = max(FINEST_STEP_M, (top_m - base_m) / (VOID - 1))
    values = np.empty(heights.size, dtype=np.uint16)
    for block in blocks:
        steps = np.rint((known(block) - base_m) / step_m)
        values[block] = np.where(np.isnan(steps), VOID, steps)
    return Raster(name, crs, *corner, *cell, base_m, step_m, values.reshape(heights.shape))
