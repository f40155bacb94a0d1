"""What lies around the streets, as flat buffers: waters, greens, railways, roads nobody walks on.

Nothing of it is walked; it is there to be drawn. Like the network it opens without numpy.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.geo import Point
from lens_routes.plan.basemap import Ground, Way

if TYPE_CHECKING:
    from lens_routes.streets.network.source import BBox

#: What a feature may look like; its place here is kept in files, whose format changes with it.
LOOKS = (Way.MAIN_ROAD, Way.RAILWAY, Way.STREAM, Ground.WATER, Ground.GREEN)


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """Lines and areas to draw, each with a look, a name, and one or more rings of points.

    A line has one ring, which is open. An area has closed rings, holes among them.

    Attributes
    ----------
    look
        Index into `LOOKS`; uint8 of shape (features,).
    blocks
        1 for what one crosses by bridges only, else 0; uint8, (features,).
    name
        Index into the names (0 is "no name"); int32, (features,).
    west_e7, south_e7, east_e7, north_e7
        The box around a feature, 1e-7 degrees, int32, (features,).
    first_ring
        Feature ``f`` has the rings ``first_ring[f]`` to ``first_ring[f + 1] - 1``; int32.
    first_point, lon_e7, lat_e7
        Ring ``r`` runs through points ``first_point[r]`` to ``first_point[r + 1] - 1``; int32.
    first_name_byte, name_bytes
        UTF-8 text of the names one after another; int32, (names + 1,) and uint8.
    """

    look: memoryview[int]
    blocks: memoryview[int]
    name: memoryview[int]
    west_e7: memoryview[int]
    south_e7: memoryview[int]
    east_e7: memoryview[int]
    north_e7: memoryview[int]
    first_ring: memoryview[int]
    first_point: memoryview[int]
    lon_e7: memoryview[int]
    lat_e7: memoryview[int]
    first_name_byte: memoryview[int]
    name_bytes: memoryview[int]

    def counts(self) -> Counter[Way | Ground]:
        """Return how many features there are of each look."""
        return Counter(LOOKS[look] for look in self.look)

    def near(self, box: BBox, smallest: float) -> list[int]:
        """Return the features that may touch a box of degrees, and are large enough to be seen.

        A feature counts when it is at least *smallest* degrees wide or high.
        """
        west, south, east, north = (round(side * 1e7) for side in box)
        least = round(smallest * 1e7)
        boxes = zip(self.west_e7, self.south_e7, self.east_e7, self.north_e7, strict=True)
        return [
            feature
            for feature, (w, s, e, n) in enumerate(boxes)
            if w <= east and e >= west and s <= north and n >= south
            and (e - w >= least or n - s >= least)
        ]  # fmt: skip

    def rings(self, feature: int) -> list[list[Point]]:
        """Return the points of a feature, ring by ring."""
        return [
            self._ring(r) for r in range(self.first_ring[feature], self.first_ring[feature + 1])
        ]

    def name_of(self, feature: int) -> str:
        """Return the name of a feature, empty when it has none."""
        index = self.name[feature]
        start, stop = self.first_name_byte[index], self.first_name_byte[index + 1]
        return bytes(self.name_bytes[start:stop]).decode()

    def _ring(self, ring: int) -> list[Point]:
        points = slice(self.first_point[ring], self.first_point[ring + 1])
        return [
            Point(lon / 1e7, lat / 1e7)
            for lon, lat in zip(self.lon_e7[points], self.lat_e7[points], strict=True)
        ]


#: The landscape of a map that tells of streets only.
NOTHING = Landscape(
    look=memoryview(b""),
    blocks=memoryview(b""),
    name=memoryview(array("i")),
    west_e7=memoryview(array("i")),
    south_e7=memoryview(array("i")),
    east_e7=memoryview(array("i")),
    north_e7=memoryview(array("i")),
    first_ring=memoryview(array("i", [0])),
    first_point=memoryview(array("i", [0])),
    lon_e7=memoryview(array("i")),
    lat_e7=memoryview(array("i")),
    first_name_byte=memoryview(array("i", [0, 0])),
    name_bytes=memoryview(b""),
)
