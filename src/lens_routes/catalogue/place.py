"""What a place is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lens_routes.geo import Point
from lens_routes.text.language import Said, said_in

if TYPE_CHECKING:
    from lens_routes.text.language import Said


#: What a place is where its catalogue does not say.
DEFAULT_KIND = "place"
#: Texts by the code of their language, in the order of the file.
Texts: TypeAlias = tuple[tuple[str, str], ...]


class Place(NamedTuple):
    """One entry of the catalogue; the fields are those of ``data/places.geojson``.

    Positions are WGS 84 degrees, ``visit_minutes`` is the preferred length of a visit and
    ``visit_minutes_min`` the shortest one worth the way (None: none but the preferred),
    ``price_eur`` what one adult pays and ``price_reduced_eur`` what children and others do (None:
    not known), in the ``currency`` of the catalogue,
    ``interest`` runs from 1 (in passing) to 5 (worth the journey), ``opening_hours`` is in OSM
    syntax and None when unknown; they are those of the inside where the place is worth being
    ``seen_from_outside``, and the hours one may ask for where one enters ``by_appointment``. What
    is ``lit`` is seen in the evening too.
    ``image`` is a file beside the catalogue, shown with its ``image_credit`` and ``image_licence``.
    ``names`` and ``descriptions`` are those of other languages.
    ``source_id`` is by what name its source knows it, such as ``osm:node/123``.
    ``guessed`` is what the interest was guessed from, empty where a person said it.
    ``parts`` are ids or names of what belongs to it and is no stop of its own. ``source_date`` is
    the date of the evidence, ``YYYY-MM-DD`` or as much of it as is known, ``checked`` the day
    somebody read it. ``kind_name`` and ``theme_names`` are what the catalogue's header calls them.
    """

    id: str
    name: str
    lon: float
    lat: float
    name_en: str = ""
    names: Texts = ()
    kind: str = DEFAULT_KIND
    themes: tuple[str, ...] = ()
    commune: str = ""
    insee: str = ""
    address: str = ""
    description_fr: str = ""
    description_en: str = ""
    descriptions: Texts = ()
    opening_hours: str | None = None
    outdoor: bool = False
    seen_from_outside: bool = False
    lit: bool = False
    by_appointment: bool = False
    booking: str = ""
    visit_minutes: int = 30
    visit_minutes_min: int | None = None
    interest: int = 3
    guessed: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    fee: str = "unknown"
    price_eur: float | None = None
    price_reduced_eur: float | None = None
    currency: str = "EUR"
    wheelchair: str = "unknown"
    website: str = ""
    phone: str = ""
    image: str = ""
    image_credit: str = ""
    image_licence: str = ""
    unesco: bool = False
    elevation_m: float | None = None
    status: str = "open"
    tourable: bool = True
    coord_source: str = ""
    coord_confidence: str = "medium"
    source: str = ""
    source_id: str = ""
    source_date: str | None = None
    checked: dt.date | None = None
    notes: str = ""
    notes_fr: str = ""
    kind_name: str = ""
    theme_names: tuple[str, ...] = ()

    @property
    def description(self) -> Said:
        """What is worth reading about the place, in the language in use if it is written."""
        told = dict(self.descriptions)
        en, fr = self.description_en or told.get("en"), self.description_fr or told.get("fr")
        other = next(iter(told.values()), "")
        return said_in({"en": en or fr or other, "fr": fr or en or other})

    @property
    def other_name(self) -> Said:
        """What it is called in the language in use, empty where that is its name."""
        named = dict(self.names)
        said = {"en": self.name_en or named.get("en", ""), "fr": named.get("fr", "")}
        return said_in({key: text if text != self.name else "" for key, text in said.items()})

    @property
    def remarks(self) -> Said:
        """What else one should know, in the language in use if it is written."""
        return said_in({"en": self.notes or self.notes_fr, "fr": self.notes_fr or self.notes})

    @property
    def evidence(self) -> dt.date | None:
        """The day the evidence is at most as old as: the first of what `source_date` tells."""
        return dt.date.fromisoformat(f"{self.source_date}-01-01"[:10]) if self.source_date else None

    @property
    def point(self) -> Point:
        """The position as a point."""
        return Point(self.lon, self.lat)
