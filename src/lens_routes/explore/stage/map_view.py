"""The program's own map, alive: centred, moved, drawn nearer, its streets following at leisure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.worker import get_current_worker

from lens_routes.explore.stage.lines import Evenly, strip_of
from lens_routes.geo import Point
from lens_routes.output.terminal_map.draw import MapLook, draw_map, ground_of, scale_of
from lens_routes.output.terminal_map.frame import frame_about, frame_around
from lens_routes.output.terminal_map.layers import Drawing
from lens_routes.output.terminal_map.sketch import Sketch
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.strip import Strip

    from lens_routes.output.terminal_map.frame import Frame
    from lens_routes.plan.basemap import BaseMap

    Bounds = tuple[float, float, float, float]

#: Metres a column is wide at least and at most; one step nearer or farther.
NEAREST_M, FARTHEST_M, STEP = 2.0, 2000.0, 1.6
#: A step aside is this share of what is seen.
ASIDE = 0.25
#: A map of so many rows gives the last one to its scale.
ROWS_FOR_A_SCALE = 6


class MapView(Evenly):
    """A map of a sketch; its streets are drawn in a thread, and kept while the frame stays."""

    def __init__(self, ground: Callable[[Bounds], BaseMap | None], identity: str) -> None:
        super().__init__(id=identity)
        self._ground_of = ground
        self._sketch = Sketch((), ())
        self._around: Sequence[Point] = ()
        self._center: Point | None = None
        self._cell_m = 0.0
        self._frame: Frame | None = None
        self._ground = Drawing()
        self._base: BaseMap | None = None
        self._streetless = False
        self._lines: list[Text] = []

    def show(
        self, sketch: Sketch, center: Point | None = None, around: Sequence[Point] = ()
    ) -> None:
        """Show a sketch: all of it; or a point in the middle, and at first what is *around*."""
        self._sketch, self._around = sketch, around
        if center is None:
            self._cell_m, self._center = 0.0, None
        else:
            self._center = center
        self._draw()

    def zoom(self, steps: int) -> None:
        """Draw it so many steps nearer, farther below zero."""
        if self._frame is not None:
            cell_m = self._frame.cell_m / STEP**steps
            self._go(_middle(self._frame), min(max(cell_m, NEAREST_M), FARTHEST_M))

    def pan(self, right: int, down: int) -> None:
        """Move what is seen."""
        if (frame := self._frame) is not None:
            lon, lat = _middle(frame)
            lon += ASIDE * right * frame.columns * frame.cell_lon
            self._go(Point(lon, lat - ASIDE * down * frame.rows * frame.cell_lat), frame.cell_m)

    def _go(self, center: Point, cell_m: float) -> None:
        self._center, self._cell_m = center, cell_m
        self._draw()

    def on_resize(self) -> None:
        """Fill the new size."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """Return a line of the map."""
        return strip_of(self, self._lines[y : y + 1])

    def _look(self) -> MapLook:
        width, height = self.size
        return MapLook(width, height, unicode=True, colour=not self.app.no_color)

    def _wanted(self) -> Frame | None:
        """Return the frame to draw; a center keeps the scale it was first shown at."""
        width, height = self.size
        points = [*(self._around or self._sketch.points)]
        if width < 4 or height < 2 or not points:
            return None
        fitted = frame_around(points, width, height)
        cell_m = self._cell_m or fitted.cell_m * max(fitted.columns / width, fitted.rows / height)
        if self._center is not None:
            self._cell_m = cell_m
        return frame_about(self._center or _middle(fitted), cell_m, width, height)

    def _draw(self) -> None:
        frame = self._wanted()
        if frame is None:
            self._lines = []
            self.refresh()
            return
        if frame != self._frame:
            self._frame, self._ground = frame, Drawing()
            if not self._streetless:
                streets = f"streets {self.id}"
                self.run_worker(self._streets, thread=True, exclusive=True, group=streets)
        self._lines = list(draw_map(self._sketch, frame, self._ground, self._look()))
        if len(self._lines) >= ROWS_FOR_A_SCALE:
            self._lines[-1] = self._scale(frame)
        self.refresh()

    def _scale(self, frame: Frame) -> Text:
        scale = Text("  ").join(scale_of(frame, self._base, self._look()))
        if self._streetless:
            scale = Text("  ").join([scale, Text(tr("no streets installed"), "dim")])
        scale.truncate(frame.columns)
        return scale

    def _streets(self) -> None:
        """Draw the streets of the frame; in a thread."""
        frame, worker = self._frame, get_current_worker()
        if frame is None:
            return
        base = self._ground_of(frame.bounds)
        ground = ground_of(frame, base, self._look())
        if not worker.is_cancelled:
            self.app.call_from_thread(self._grounded, frame, base, ground)

    def _grounded(self, frame: Frame, base: BaseMap | None, ground: Drawing) -> None:
        self._streetless, self._base = base is None, base
        if frame == self._frame:
            self._ground = ground
            self._draw()


def _middle(frame: Frame) -> Point:
    west, south, east, north = frame.bounds
    return Point((west + east) / 2, (south + north) / 2)
