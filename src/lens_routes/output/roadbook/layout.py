"""The papers, and how generously a roadbook is set on them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to set a roadbook; lengths in points.

    Attributes
    ----------
    width, height, side, top, bottom
        The paper and its margins.
    directions, body
        The sizes of letters.
    map_width
        How wide the map of a leg is, the directions beside it; 0: as wide as the text, above them.
    least_height, most_height
        The heights of the map of a leg.
    cover_map
        The greatest height of the overview.
    code
        The side of a QR code.
    """

    width: float
    height: float
    side: float
    top: float
    bottom: float
    directions: float
    body: float
    map_width: float
    least_height: float
    most_height: float
    cover_map: float
    code: float

    @property
    def text_width(self) -> float:
        """What the margins leave of the width."""
        return self.width - 2 * self.side

    @property
    def heading(self) -> float:
        """About what stands above the map of a walk: a stop's name, and how far it is."""
        return 1.5 * self.directions + 5 * self.body

    def as_values(self) -> dict[str, Any]:
        """Return what the template reads."""
        return {**asdict(self), "text_width": self.text_width}


def _a5(
    directions: float, body: float, code: float, cover_map: float, heights: tuple[float, float],
    map_width: float = 0,
) -> Layout:  # fmt: skip
    return Layout(
        148 * _MM, 210 * _MM, 12 * _MM, 11 * _MM, 13 * _MM,
        directions, body, map_width, *heights, cover_map, code,
    )  # fmt: skip


def _a4(
    directions: float, body: float, code: float, cover_map: float, heights: tuple[float, float],
    map_width: float = 0,
) -> Layout:  # fmt: skip
    return Layout(
        210 * _MM, 297 * _MM, 17 * _MM, 15 * _MM, 18 * _MM,
        directions, body, map_width, *heights, cover_map, code,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cover:
    """How high the overview is, in points, and whether the timetable stands below it."""

    map_height: float
    table: bool


#: A lower overview is no use: then the timetable follows on a page of its own.
_LOWEST_MAP = 140.0


def cover_for(layout: Layout, rows: Sequence[Mapping[str, Any]], practical: int) -> Cover:
    """Return how the cover shares its room between the overview and what follows.

    That are the rows of a timetable; without any, of several days, so many lines of a box.
    """
    # Measured on set pages, in heights of letters: what a row and its note take, and all the rest.
    rest = 9 * layout.directions + 6 * layout.body + layout.code
    room = layout.height - layout.top - layout.bottom - rest
    if not rows:
        box = layout.body * (2.4 + 1.5 * practical)
        return Cover(min(max(room - box, _LOWEST_MAP), layout.cover_map), table=False)
    table = layout.body * (5.5 + 1.47 * len(rows) + 0.97 * sum(bool(r.get("note")) for r in rows))
    if room - table < _LOWEST_MAP:
        return Cover(max(room, layout.cover_map), table=False)
    return Cover(min(room - table, layout.cover_map), table=True)


#: For each paper the roomiest first: the first that keeps a day within its pages is taken.
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "a5": (
        _a5(12.5, 10, 62, 300, (120, 190)),
        _a5(11.5, 9.5, 58, 290, (110, 200), 170),
        _a5(10.5, 9, 54, 270, (100, 180), 155),
        _a5(9.5, 8.5, 48, 240, (80, 140), 130),
    ),
    "a4": (
        _a4(13, 11, 72, 400, (150, 250), 265),
        _a4(12, 10.5, 68, 360, (130, 220), 240),
        _a4(11, 10, 62, 330, (110, 190), 215),
        _a4(10, 9, 54, 320, (90, 160), 190),
    ),
    # For weak eyes: nothing is smaller than 16 points.
    "large": (
        _a4(20, 17, 84, 420, (170, 260)),
        _a4(19, 16.5, 80, 400, (150, 230)),
        _a4(18, 16, 76, 380, (140, 200)),
    ),
}


def most_pages(days: int) -> int:
    """Return how many pages a roadbook of ordinary days may have."""
    return 1 + 5 * days
