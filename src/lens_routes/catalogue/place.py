"""What a place is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.geo import Point
from lens_routes.text.language import Said, said_in

if TYPE_CHECKING:
    import datetime as dt

    from lens_routes.text.language import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the catalogue; the fields are those of ``data/places.geojson``.

    Positions are WGS 84 degrees, ``visit_minutes`` is the preferred length of a visit and
    ``visit_minutes_min`` the shortest one worth the way (None: none but the preferred),
    ``price_eur`` what one adult pays (None: not known),
    ``interest`` runs from 1 (in passing) to 5 (worth the journey), ``opening_hours`` is in OSM
    syntax and None when unknown.
    """

    id: str
    name: str
    lon: float
    lat: float
    name_en: str = ""
    kind: str = "place"
    themes: tuple[str, ...] = ()
    commune: str = ""
    insee: str = ""
    address: str = ""
    description_fr: str = ""
    description_en: str = ""
    opening_hours: str | None = None
    outdoor: bool = False
    seen_from_outside: bool = False
    by_appointment: bool = False
    booking: str = ""
    visit_minutes: int = 30
    visit_minutes_min: int | None = None
    interest: int = 3
    fee: str = "unknown"
    price_eur: float | None = None
    wheelchair: str = "unknown"
    website: str = ""
    phone: str = ""
    unesco: bool = False
    elevation_m: float | None = None
    status: str = "open"
    tourable: bool = True
    coord_source: str = ""
    coord_confidence: str = "medium"
    source: str = ""
    checked: dt.date | None = None
    notes: str = ""

    @property
    def description(self) -> Said:
        """What is worth reading about the place, in the language in use if it is written."""
        return said_in(
            {
                "en": self.description_en or self.description_fr,
                "fr": self.description_fr or self.description_en,
            }
        )

    @property
    def point(self) -> Point:
        """The position as a point."""
        return Point(self.lon, self.lat)
