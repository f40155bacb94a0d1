"""Public and school holidays: those of France, by law and by the ministry's calendar.

Elsewhere nothing is known: the library's lists are national, and an answer that ignores regional
holidays would be wrong on just the days that matter.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    import opening_hours

    from lens_routes.text.language import Said

_DAY = dt.timedelta(days=1)
#: The years the library knows the public holidays of France for.
_PUBLIC_YEARS = range(2000, 2077)

#: Holidays of zone B (académie de Lille among others): the Saturday after whose lessons they
#: begin, and the day lessons begin again. Ministère de l'Éducation nationale, calendrier scolaire
#: (education.gouv.fr/calendrier-scolaire-100148; 2026-2027 by the arrêté of 22 October 2025). The
#: ministry's page was out of reach: until Christmas 2026 the dates were compared with OpenHolidays
#: and schools' notices, the later ones with one published copy each.
_ZONE_B = """
2024-10-19 2024-11-04   2024-12-21 2025-01-06   2025-02-08 2025-02-24
2025-04-05 2025-04-22   2025-07-05 2025-09-01
2025-10-18 2025-11-03   2025-12-20 2026-01-05   2026-02-14 2026-03-02
2026-04-11 2026-04-27   2026-07-04 2026-09-01
2026-10-17 2026-11-02   2026-12-19 2027-01-04   2027-02-20 2027-03-08
2027-04-17 2027-05-03   2027-07-03 2027-09-01
"""
#: The Friday and Saturday after Ascension: no lessons, yet no holidays in the calendar's words.
_BRIDGES = ("2025-05-30", "2025-05-31", "2026-05-15", "2026-05-16", "2027-05-07", "2027-05-08")
_SCHOOL_FROM, _SCHOOL_UNTIL = dt.date(2024, 9, 2), dt.date(2027, 9, 1)


class Holidays(Protocol):
    """What a calendar answers."""

    def is_holiday(self, kind: str, date: dt.date) -> bool | None:
        """Say whether a date is a public ("PH") or school ("SH") holiday; None where unknown."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The calendar of a country whose holidays are not known here."""

    def is_holiday(self, kind: str, date: dt.date) -> bool | None:  # noqa: ARG002  # the protocol's
        """Answer that nobody knows."""
        return None


@dataclass(frozen=True, slots=True)
class France:
    """The eleven public holidays of the Code du travail (not Alsace's), and a school zone's.

    Parameters
    ----------
    school_zone
        Only "B" is known here.
    """

    school_zone: str

    def is_holiday(self, kind: str, date: dt.date) -> bool | None:
        """Say whether a date is a holiday; None beyond the years the sources cover."""
        if kind == "PH":
            if date.year not in _PUBLIC_YEARS:
                return None
            return _public().is_open(dt.datetime.combine(date, dt.time(12)))
        if self.school_zone != "B" or not _SCHOOL_FROM <= date < _SCHOOL_UNTIL:
            return None
        sure, disputed = _school()
        return None if date in disputed else date in sure


def calendar_of(country: str, school_zone: str) -> Holidays:
    """Return the calendar of a country (ISO 3166 code)."""
    return France(school_zone) if country == "FR" else Unknown()


#: What the fixed public holidays of France are called, by month and day.
_FIXED = {
    (1, 1): marked("New Year’s Day"),
    (5, 1): marked("Labour Day"),
    (5, 8): marked("Victory Day"),
    (7, 14): marked("Bastille Day"),
    (8, 15): marked("Assumption Day"),
    (11, 1): marked("All Saints’ Day"),
    (11, 11): marked("Armistice Day"),
    (12, 25): marked("Christmas Day"),
}


def name_of(date: dt.date, country: str) -> Said | None:
    """Return what the public holiday is called that a date is, None where it is known as none."""
    if not calendar_of(country.upper(), "").is_holiday("PH", date):
        return None
    if name := _FIXED.get((date.month, date.day)):
        return tr(name)
    # The other three move with Easter: one is a Thursday, and two Mondays lie 50 days apart.
    if date.weekday() == 3:
        return tr("Ascension Day")
    return tr("Easter Monday") if (date.month, date.day) < (5, 1) else tr("Whit Monday")


@functools.cache
def _public() -> opening_hours.OpeningHours:
    import opening_hours  # noqa: PLC0415  # 18 ms, only where hours are evaluated

    return opening_hours.OpeningHours("PH", country="FR")


@functools.cache
def _school() -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """Return the days that are school holidays, and those that can be argued about.

    Holidays begin after the lessons of a Saturday: where there are none on Saturdays, that day is
    a holiday, elsewhere it is not.
    """
    dates = [dt.date.fromisoformat(text) for text in _ZONE_B.split()]
    sure: set[dt.date] = set()
    disputed = {dt.date.fromisoformat(text) for text in _BRIDGES}
    for saturday, lessons in zip(dates[::2], dates[1::2], strict=True):
        disputed.add(saturday)
        sure.update(saturday + n * _DAY for n in range(1, (lessons - saturday).days))
    return frozenset(sure), frozenset(disputed)
