"""The fields of a place, each defined once: what may stand in it, what it is for, its heads."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.catalogue.file import rules
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.catalogue.file.rules import Rule


class Sort(Enum):
    """How the words of a form or a table are read into a field."""

    TEXT = auto()
    WORD = auto()
    FLAG = auto()
    WHOLE = auto()
    NUMBER = auto()
    DATE = auto()
    PART_OF_DATE = auto()
    NAMES = auto()
    THEMES = auto()
    TEXTS = auto()


class Field(NamedTuple):
    """What may stand in a field of a place.

    Parameters
    ----------
    sort
        How words are read into it.
    rule
        What it may hold; a property that is null or an empty text counts as absent.
    meaning
        What it is for, told to whoever fills it in; `tr` says it.
    heads
        What tables call its column beside its name, folded.
    """

    sort: Sort
    rule: Rule
    meaning: str
    heads: tuple[str, ...] = ()


_MINUTES = rules.whole(1, 720, lambda: tr("minutes; 720 are twelve hours"))

#: Every field of a place but its id and position, in the order of files and tables.
#: ``themes``, ``opening_hours`` and ``parts`` have further rules, which look at the whole file.
FIELDS: Mapping[str, Field] = {
    "name": Field(
        Sort.TEXT,
        rules.name,
        marked("The name people know it by, in French."),
        ("nom", "name fr"),
    ),
    "name_en": Field(
        Sort.TEXT,
        rules.line,
        marked("The name in English; empty: the same."),
        ("nom anglais",),
    ),
    "names": Field(
        Sort.TEXTS,
        rules.by_language,
        marked("The name in other languages, by their codes: de=Dom | ja=浅草寺."),
        ("noms", "autres noms"),
    ),
    "kind": Field(
        Sort.TEXT,
        rules.line,
        marked("What it is, in a word: museum, park, church, memorial…"),
        ("type", "categorie"),
    ),
    "themes": Field(
        Sort.THEMES,
        rules.anything,
        marked("What it is visited for: themes, separated by commas."),
        ("theme", "thematique", "thematiques"),
    ),
    "commune": Field(
        Sort.TEXT,
        rules.line,
        marked("The commune it is in."),
        ("ville", "town", "city"),
    ),
    "insee": Field(
        Sort.TEXT,
        rules.line,
        marked("The official code of the commune, in France that of INSEE, such as 62498."),
        ("code insee",),
    ),
    "address": Field(
        Sort.TEXT,
        rules.line,
        marked("Street, number, postcode and town."),
        ("adresse", "adresse postale"),
    ),
    "description_fr": Field(
        Sort.TEXT,
        rules.prose,
        marked("One or two sentences in French for visitors."),
        ("description", "descriptif"),
    ),
    "description_en": Field(
        Sort.TEXT,
        rules.prose,
        marked("The same in English."),
        ("description anglaise",),
    ),
    "descriptions": Field(
        Sort.TEXTS,
        rules.by_language,
        marked("One or two sentences in other languages, by their codes."),
    ),
    "opening_hours": Field(
        Sort.TEXT,
        rules.line,
        marked(
            "Opening hours in OSM syntax, such as We-Mo 10:00-18:00; May 01 off. Empty: unknown."
        ),
        ("horaires", "horaires d ouverture", "ouverture", "hours", "heures d ouverture"),
    ),
    "outdoor": Field(
        Sort.FLAG,
        rules.flag,
        marked("Whether the sight is in the open: yes or no."),
        ("exterieur", "plein air"),
    ),
    "seen_from_outside": Field(
        Sort.FLAG,
        rules.flag,
        marked("Whether its outside is a sight by itself, seen from public ground: yes or no."),
        ("vu de l exterieur", "visible de l exterieur"),
    ),
    "lit": Field(
        Sort.FLAG,
        rules.flag,
        marked("Whether it is seen in the evening too, in streets with lamps: yes or no."),
        ("eclaire",),
    ),
    "by_appointment": Field(
        Sort.FLAG,
        rules.flag,
        marked("Whether one enters only when it is agreed beforehand: yes or no."),
        ("sur rendez vous",),
    ),
    "booking": Field(
        Sort.TEXT,
        rules.contact,
        marked("Where a visit is booked or agreed: a telephone number or a web address."),
        ("reservation",),
    ),
    "visit_minutes": Field(
        Sort.WHOLE,
        _MINUTES,
        marked("How long a visit takes, in minutes: 1 to 720."),
        ("duree", "duree de visite"),
    ),
    "visit_minutes_min": Field(
        Sort.WHOLE,
        _MINUTES,
        marked("The shortest visit worth the way, in minutes."),
        ("duree minimale",),
    ),
    "interest": Field(
        Sort.WHOLE,
        rules.whole(1, 5, lambda: tr("1 in passing, 5 worth the journey")),
        marked("From 1, in passing, to 5, worth the journey."),
        ("interet",),
    ),
    "guessed": Field(
        Sort.NAMES,
        rules.names,
        marked("What its interest was guessed from, until a person says it: tag, wikidata…"),
    ),
    "parts": Field(
        Sort.NAMES,
        rules.names,
        marked("What belongs to it and is no stop of its own: ids or names, separated by commas."),
        ("parties",),
    ),
    "fee": Field(
        Sort.WORD,
        rules.one_of("free", "paid", "unknown"),
        marked("What entry costs: free, paid or unknown."),
        ("tarif", "tarifs", "entree"),
    ),
    "price_eur": Field(
        Sort.NUMBER,
        rules.price,
        marked("What one adult pays, in the currency of the catalogue."),
        ("prix", "price", "plein tarif"),
    ),
    "price_reduced_eur": Field(
        Sort.NUMBER,
        rules.price,
        marked("What those pay who pay less; the notes say who they are."),
        ("prix reduit", "tarif reduit", "reduced price"),
    ),
    "wheelchair": Field(
        Sort.WORD,
        rules.one_of("yes", "limited", "no", "unknown"),
        marked("Access by wheelchair: yes, limited, no or unknown."),
        ("accessibilite", "pmr", "acces pmr", "fauteuil roulant", "handicap"),
    ),
    "website": Field(
        Sort.TEXT,
        rules.url,
        marked("Its web address, beginning with https://."),
        ("site web", "site", "url", "web"),
    ),
    "phone": Field(
        Sort.TEXT,
        rules.line,
        marked("Its telephone number."),
        ("telephone", "tel"),
    ),
    "image": Field(
        Sort.TEXT,
        rules.line,
        marked("A picture: a file in the folder of the catalogue, such as images/louvre.jpg."),
        ("photo", "illustration"),
    ),
    "image_credit": Field(
        Sort.TEXT,
        rules.line,
        marked("Who took or drew the picture, as it is said beside it."),
        ("credit photo", "credits photo"),
    ),
    "image_licence": Field(
        Sort.TEXT,
        rules.line,
        marked("Under which licence the picture is handed on, such as CC BY-SA 4.0."),
        ("licence photo",),
    ),
    "unesco": Field(
        Sort.FLAG,
        rules.flag,
        marked("Whether it is part of the UNESCO World Heritage: yes or no."),
    ),
    "elevation_m": Field(
        Sort.NUMBER,
        rules.number,
        marked("Its height above the sea, in metres."),
        ("altitude", "elevation"),
    ),
    "status": Field(
        Sort.WORD,
        rules.one_of("open", "planned", "closed"),
        marked("Whether it exists: open, planned or closed."),
        ("statut",),
    ),
    "tourable": Field(
        Sort.FLAG,
        rules.flag,
        marked("Whether a tour may stop there by itself: yes or no."),
        ("etape",),
    ),
    "coord_source": Field(
        Sort.TEXT,
        rules.line,
        marked("Where the position comes from."),
        ("source de la position",),
    ),
    "coord_confidence": Field(
        Sort.WORD,
        rules.one_of("high", "medium", "low"),
        marked("How sure the position is: high, medium or low."),
        ("confiance",),
    ),
    "source": Field(
        Sort.TEXT,
        rules.prose,
        marked("Where the facts come from: web addresses, documents."),
        ("sources",),
    ),
    "source_id": Field(
        Sort.TEXT,
        rules.line,
        marked("By what name its source knows it, such as osm:node/123; imports find it again."),
    ),
    "source_date": Field(
        Sort.PART_OF_DATE,
        rules.part_of_date,
        marked("How old that evidence is: the date of the source, its month or year."),
        ("date de la source", "date source"),
    ),
    "checked": Field(
        Sort.DATE,
        rules.date,
        marked("The day the facts were checked, such as 2026-11-22."),
        ("verifie", "verifie le"),
    ),
    "notes": Field(
        Sort.TEXT,
        rules.prose,
        marked("What else one should know, in English."),
        ("notes anglaises",),
    ),
    "notes_fr": Field(
        Sort.TEXT,
        rules.prose,
        marked("The same in French."),
        ("remarques", "notes francaises"),
    ),
}
