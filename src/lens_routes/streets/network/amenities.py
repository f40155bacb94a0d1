"""What travellers need around the streets, as flat buffers: where it is, and when it is open."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.plan.amenity import Amenity, Need

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lens_routes.streets.network.source import BBox

_NEEDS = tuple(Need)
#: What the map says of wheelchairs; its place here is kept in files.
WHEELCHAIR = ("", "yes", "limited", "no", "designated")


@dataclass(frozen=True, slots=True, eq=False)
class Amenities:
    """Points that are good for something, from west to east.

    Attributes
    ----------
    need, wheelchair
        Index into the members of `Need`, and into `WHEELCHAIR`; uint8 of shape (points,).
    lon_e7, lat_e7
        Where it is, 1e-7 degrees, int32, (points,).
    name, hours
        Index into the texts (0 is none); int32, (points,).
    first_text_byte, text_bytes
        UTF-8 texts one after another; int32, (texts + 1,) and uint8.
    """

    need: memoryview[int]
    wheelchair: memoryview[int]
    lon_e7: memoryview[int]
    lat_e7: memoryview[int]
    name: memoryview[int]
    hours: memoryview[int]
    first_text_byte: memoryview[int]
    text_bytes: memoryview[int]

    def __len__(self) -> int:
        """Count the points."""
        return len(self.need)

    def counts(self) -> Counter[Need]:
        """Return how many points there are for each need."""
        return Counter(_NEEDS[need] for need in self.need)

    def within(self, box: BBox, needs: Collection[Need]) -> Iterator[Amenity]:
        """Yield what meets one of the needs in a box of degrees, from west to east."""
        west, south, east, north = (round(side * 1e7) for side in box)
        wanted = {_NEEDS.index(need) for need in needs}
        begin, end = bisect_left(self.lon_e7, west), bisect_right(self.lon_e7, east)
        for i in range(begin, end):
            if self.need[i] in wanted and south <= self.lat_e7[i] <= north:
                yield self[i]

    def __getitem__(self, number: int) -> Amenity:
        """Return a point."""
        return Amenity(
            kind=_NEEDS[self.need[number]].value,
            name=self._text(self.name[number]),
            lon=self.lon_e7[number] / 1e7,
            lat=self.lat_e7[number] / 1e7,
            hours=self._text(self.hours[number]),
            wheelchair=WHEELCHAIR[self.wheelchair[number]],
        )

    def _text(self, number: int) -> str:
        first = self.first_text_byte
        return bytes(self.text_bytes[first[number] : first[number + 1]]).decode()


#: What is known of a map that tells of streets only.
NONE_KNOWN = Amenities(
    need=memoryview(b""),
    wheelchair=memoryview(b""),
    lon_e7=memoryview(array("i")),
    lat_e7=memoryview(array("i")),
    name=memoryview(array("i")),
    hours=memoryview(array("i")),
    first_text_byte=memoryview(array("i", [0, 0])),
    text_bytes=memoryview(b""),
)
