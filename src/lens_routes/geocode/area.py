"""The area of a catalogue: what is near enough to be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.geo import Point, distance_m

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place

#: What is farther than this from every place of the catalogue is a mistake.
FAR_M = 100_000.0
#: How far a search reaches beyond the places, degrees.
_MARGIN_DEG = 0.2


class Area(NamedTuple):
    """Where the places of a catalogue lie, and in which country (ISO 3166; empty if unknown)."""

    places: tuple[Place, ...]
    country: str = ""

    @classmethod
    def of(cls, catalogue: Catalogue) -> Area:
        """Return the area of a catalogue."""
        return cls(catalogue.places, catalogue.country)

    @property
    def middle(self) -> Point:
        """The position half the places lie west of, and half south of."""
        lons = sorted(place.lon for place in self.places)
        lats = sorted(place.lat for place in self.places)
        return Point(lons[len(lons) // 2], lats[len(lats) // 2])

    @property
    def corners(self) -> tuple[Point, Point]:
        """The south-west and north-east corners of a box around the places."""
        lons, lats = [place.lon for place in self.places], [place.lat for place in self.places]
        return (
            Point(max(-180.0, min(lons) - _MARGIN_DEG), max(-90.0, min(lats) - _MARGIN_DEG)),
            Point(min(180.0, max(lons) + _MARGIN_DEG), min(90.0, max(lats) + _MARGIN_DEG)),
        )

    def nearest(self, point: Point) -> tuple[Place, float]:
        """Return the place nearest to *point* and the great-circle distance, metres."""
        return min(
            ((place, distance_m(place.point, point)) for place in self.places),
            key=lambda found: found[1],
        )

    def is_near(self, point: Point) -> bool:
        """Tell whether a tour of the catalogue could begin at *point*."""
        return self.nearest(point)[1] <= FAR_M
