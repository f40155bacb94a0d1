"""What deserves a look in a sound catalogue: old hours, twins, stray positions, contradictions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lens_routes.catalogue.check.contradictions import contradictions
from lens_routes.catalogue.check.twins import Named, all_twins
from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.expressions import expression
from lens_routes.text.language import marked, tr
from lens_routes.text.wording import distance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place
    from lens_routes.geo import Point
    from lens_routes.text.language import Said

    #: Metres to the nearest street; None off the map.
    Gap = Callable[[Point], float | None]

#: A place farther from every street than this is in a field, or the position is wrong.
OFF_STREET_M = 150.0
_AGE = expression(r"(\d{1,4})\s*(d|w|m|mo|y|j|s|a|days?|weeks?|months?|years?|jours?|mois|ans?)")
_UNIT_DAYS = {"d": 1, "j": 1, "w": 7, "s": 7, "m": 30.44, "y": 365.25, "a": 365.25}


class Kind(StrEnum):
    """What a finding is about."""

    STALE = "stale"
    DUPLICATE = "duplicate"
    OFF_STREET = "off-street"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that deserves a look: the places it is about, and why."""

    kind: Kind
    places: tuple[str, ...]
    message: Said


def parse_age(text: str, option: str) -> dt.timedelta:
    """Return a length of time from ``1y``, ``6mo``, ``90d``, ``2 years``, ``3 mois``.

    Raises
    ------
    UsageError
        The text, the value of *option*, is none.
    """
    found = _AGE.fullmatch(text.strip().lower())
    if not found or not int(found[1]):
        raise UsageError(
            tr(
                "{option} {text} is not a length of time.", option=option, text=wording.quoted(text)
            ),
            tr("Write for example 1y, 6mo or 90d."),
        )
    return dt.timedelta(days=round(int(found[1]) * _UNIT_DAYS[found[2][0]]))


def review(
    catalogue: Catalogue, today: dt.date, oldest: dt.timedelta, gap_m: Gap | None = None
) -> list[Finding]:
    """Return everything that deserves a look, kind by kind.

    Parameters
    ----------
    today, oldest
        Opening hours whose evidence is of longer than *oldest* before *today* are stale.
    gap_m
        Tells how far a point is from the streets; None where none are installed.
    """
    return [
        *_stale(catalogue, today, oldest),
        *_duplicates(catalogue),
        *(_off_street(catalogue, gap_m) if gap_m else ()),
        *(
            Finding(Kind.CONTRADICTION, (place.id,), message)
            for place in catalogue.places
            for message in contradictions(place, catalogue, today)
        ),
    ]


def _stale(catalogue: Catalogue, today: dt.date, oldest: dt.timedelta) -> Iterator[Finding]:
    known = [place for place in catalogue.places if place.opening_hours]
    for place in sorted(known, key=lambda place: place.evidence or dt.date.min):
        if place.evidence is None or today - place.evidence > oldest:
            yield Finding(Kind.STALE, (place.id,), _age(place))


def _age(place: Place) -> Said:
    """Return how old the evidence of a place's hours is: reading an old page makes it no newer."""
    date = wording.part_of_date(place.source_date or "")
    if place.checked is None:
        if place.source_date:
            return tr("{place}: its opening hours are of {date}.", place=place.name, date=date)
        return tr("{place}: its opening hours were never checked.", place=place.name)
    read = wording.short_date(place.checked)
    if place.source_date:
        sentence = marked("{place}: its opening hours are of {date}, read on {read}.")
    else:
        sentence = marked("{place}: its opening hours are of an undated source, read on {read}.")
    return tr(sentence, place=place.name, date=date, read=read)


def _duplicates(catalogue: Catalogue) -> Iterator[Finding]:
    for twins in all_twins([named(place) for place in catalogue.places]):
        message = tr(
            "{first} and {second} are {distance} apart: are they one place?",
            first=twins.first.names[0],
            second=twins.second.names[0],
            distance=distance(twins.distance_m),
        )
        yield Finding(Kind.DUPLICATE, (twins.first.id, twins.second.id), message)


def named(place: Place) -> Named:
    """Return a place as far as twins are concerned."""
    names = tuple(name for name in (place.name, place.name_en) if name)
    return Named(place.id, names, place.point)


def _off_street(catalogue: Catalogue, gap_m: Gap) -> Iterator[Finding]:
    for place in catalogue.places:
        away_m = gap_m(place.point)
        if away_m is not None and away_m > OFF_STREET_M and place.status == "open":
            message = tr(
                "{place} is {distance} from the nearest street or path.",
                place=place.name,
                distance=distance(away_m),
            )
            yield Finding(Kind.OFF_STREET, (place.id,), message)
