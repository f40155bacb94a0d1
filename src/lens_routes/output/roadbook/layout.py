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
    beside
        Whether the map of a leg stands beside its directions, else above them.
    map_width, least_height, most_height
        The room for the map of a leg.
    cover_map
        The greatest height of the overview.
    cover_table
        Whether the timetable of a single day stands on the cover if it finds room there.
    whole
        Whether a stop with the way to it stays on one page.
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
    beside: bool
    map_width: float
    least_height: float
    most_height: float
    cover_map: float
    code: float
    cover_table: bool
    whole: bool

    @property
    def text_width(self) -> float:
        """What the margins leave of the width."""
        return self.width - 2 * self.side

    def as_values(self) -> dict[str, Any]:
        """Return what the template reads."""
        return {**asdict(self), "text_width": self.text_width, "gutter": GUTTER}

    @property
    def directions_width(self) -> float:
        """The width of the directions."""
        return self.text_width - (self.map_width + GUTTER if self.beside else 0)


#: What parts a map from the directions beside it.
GUTTER = 11.0


def _a5(
    *, directions: float, body: float, code: float, cover_map: float,
    map_width: float, heights: tuple[float, float], beside: bool = True, whole: bool = True,
    margins: tuple[float, float, float] = (12, 11, 13),
) -> Layout:  # fmt: skip
    side, top, bottom = margins
    return Layout(
        148 * _MM, 210 * _MM, side * _MM, top * _MM, bottom * _MM,
        directions, body, beside, map_width, *heights, cover_map, code,
        cover_table=False, whole=whole,
    )  # fmt: skip


def _a4(
    *, directions: float, body: float, code: float, cover_map: float,
    map_width: float, heights: tuple[float, float], whole: bool = True,
) -> Layout:  # fmt: skip
    return Layout(
        210 * _MM, 297 * _MM, 17 * _MM, 15 * _MM, 18 * _MM,
        directions, body, True, map_width, *heights, cover_map, code,  # noqa: FBT003
        cover_table=True, whole=whole,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cover:
    """How high the overview is, in points, and whether the timetable stands below it."""

    map_height: float
    table: bool


#: A lower overview is no use: then the timetable follows on a page of its own.
_LOWEST_MAP = 140.0


def cover_for(layout: Layout, rows: Sequence[Mapping[str, Any]]) -> Cover:
    """Return how the cover shares its room between the overview and the rows of a timetable."""
    if not rows or not layout.cover_table:
        return Cover(layout.cover_map, table=False)
    # Measured on set pages, in heights of letters: what a row and its note take, and all the rest.
    table = layout.body * (5.5 + 1.47 * len(rows) + 0.97 * sum(bool(r.get("note")) for r in rows))
    rest = 9 * layout.directions + 6 * layout.body + layout.code + table
    height = min(layout.height - layout.top - layout.bottom - rest, layout.cover_map)
    if height < _LOWEST_MAP:
        return Cover(layout.cover_map, table=False)
    return Cover(height, table=True)


#: For each paper the roomiest first: the first that keeps a day within its pages is taken.
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "a5": (
        _a5(
            directions=13, body=10, code=68, cover_map=315,
            map_width=351, heights=(130, 215), beside=False,
        ),
        _a5(directions=11.5, body=9.5, code=62, cover_map=315, map_width=160, heights=(110, 230)),
        _a5(directions=10.5, body=9, code=54, cover_map=280, map_width=140, heights=(90, 180)),
        _a5(
            directions=9.5, body=8.5, code=48, cover_map=240,
            map_width=120, heights=(72, 130), whole=False, margins=(10, 9, 12),
        ),
    ),
    "a4": (
        _a4(directions=14, body=11, code=76, cover_map=380, map_width=255, heights=(170, 240)),
        _a4(directions=12.5, body=10.5, code=70, cover_map=360, map_width=225, heights=(130, 210)),
        _a4(directions=11, body=10, code=62, cover_map=340, map_width=200, heights=(95, 190)),
        _a4(
            directions=10, body=9, code=54, cover_map=320,
            map_width=170, heights=(80, 150), whole=False,
        ),
    ),
}  # fmt: skip


def most_pages(days: int) -> int:
    """Return how many pages a roadbook of ordinary days may have."""
    return 1 + 5 * days
