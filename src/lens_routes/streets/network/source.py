"""Where a street map came from, and the box it was cut to."""

from __future__ import annotations

from dataclasses import dataclass

#: West, south, east, north, in degrees.
BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MapSource:
    """Where a street map came from.

    ``kind`` is ``file``, ``graphml`` or ``overpass``; ``name`` the file's absolute path or the
    endpoint; ``map_date`` the ISO date of the data, empty when the source does not say; ``bbox``
    the clip asked for as (west, south, east, north) degrees, None when everything was taken.
    """

    kind: str
    name: str
    map_date: str
    bbox: BBox | None

    @property
    def label(self) -> str:
        """What the source is called in front of people: a file by its name, without its folder."""
        if self.kind == "overpass":
            return self.name
        return self.name.replace("\\", "/").rpartition("/")[2]
