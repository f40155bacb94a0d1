"""What a catalogue is: the places of one file, and what the file says of them all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.text.language import said_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lens_routes.catalogue.place import Place
    from lens_routes.text.language import Said

#: The time zone of a catalogue that names none; ``places validate`` warns of it.
DEFAULT_TIMEZONE = "Europe/Paris"
#: What prices are in where a catalogue does not say.
DEFAULT_CURRENCY = "EUR"


class Term(NamedTuple):
    """A theme or a kind of the catalogue, and what people call it."""

    id: str
    fr: str
    en: str

    @property
    def said(self) -> Said:
        """What it is called inside a sentence, in the language in use."""
        return said_in({"en": _inside(self.en), "fr": _inside(self.fr)})


def _inside(label: str) -> str:
    """Return a label without the capital it begins with, unless it is a name."""
    rest = label[1:]
    return label[:1].lower() + rest if rest == rest.lower() else label


@dataclass(frozen=True, eq=False, repr=False)
class Catalogue:
    """The places of one file, in its order, with the defaults that go with them.

    Everything but the places and the file's identity comes from the collection's foreign member
    ``lens_routes``; a catalogue without it plans all the same, with these defaults: the file's
    name as title, ``Europe/Paris`` (a warning of ``places validate``), prices in euros, no country
    and no school holidays (rules on holidays are then unknown), no default start or end, and the
    themes its places bear, labelled by their id.

    Parameters
    ----------
    places
        In the order of the file.
    path, sha256
        The file read and the checksum of its bytes, for provenance.
    timezone
        IANA name, such as ``Europe/Paris``.
    country
        ISO 3166-1 alpha-2 code in capitals; empty when none is named.
    region
        ISO 3166-2 code of the region within the country, such as ``FR-62``; empty when none is
        named.
    currency
        ISO 4217 code of what its prices are in, such as ``EUR``.
    school_holidays_zone
        The country's own name of the zone, such as ``B``; may be empty.
    default_start, default_end
        Ids of places where a tour starts and ends unless told otherwise, or None.
    themes, kinds
        Declared ones in the file's order, then the undeclared ones of the places.
    """

    places: tuple[Place, ...]
    path: Path
    sha256: str
    title: str
    timezone: str = DEFAULT_TIMEZONE
    country: str = ""
    region: str = ""
    currency: str = DEFAULT_CURRENCY
    school_holidays_zone: str = ""
    default_start: str | None = None
    default_end: str | None = None
    themes: tuple[Term, ...] = ()
    kinds: tuple[Term, ...] = ()
    attribution: str = ""
    licence: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Place]:
        """The places by their id, in the order of the file."""
        return {place.id: place for place in self.places}

    @cached_property
    def theme_by_id(self) -> Mapping[str, Term]:
        """The themes by their id."""
        return {theme.id: theme for theme in self.themes}
