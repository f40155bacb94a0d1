"""Public and school holidays of a country and its region, by the ``holidays`` package.

Where the region is not known, a day that only some regions keep is unknown: an answer that
ignored them would be wrong on just the days that matter.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.text.language import Said

if TYPE_CHECKING:
    from collections.abc import Mapping


_DAY = dt.timedelta(days=1)
#: The departments of Alsace under their own numbers; the package has the region alone.
_PART_OF = {("FR", "67"): "6AE", ("FR", "68"): "6AE"}
#: Regions of which only a part keeps days of its own: those days are unknown there.
_SPLIT = {("FR", "GES"): ("57", "6AE")}
#: Countries whose regions keep days that the package does not know: Russia's republics do.
_UNCHARTED = {"RU"}
#: All days that any part of the mainland of France may keep, up to the last year of the package;
#: others follow Easter by so many days. What is none of them is told without the package, whose
#: loading takes as long as half a command.
_FRENCH = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}
_FRENCH_AFTER_EASTER = {-2, 1, 39, 50}
_FRENCH_YEARS = range(1970, 2101)
#: How the package marks days that hang on the moon's being seen.
_ESTIMATED = "estimated"
#: School years the ministry has published, up to the arrêté of 21 July 2026; the package repeats
#: the last of them for later years.
_SCHOOL_FROM, _SCHOOL_UNTIL = dt.date(2017, 9, 4), dt.date(2028, 7, 1)
#: Nobody has lessons on these days, yet they are no holidays in the calendar's words.
_BRIDGE = "Pont"


class Holidays(NamedTuple):
    """What is known of the holidays of a place.

    Parameters
    ----------
    country
        ISO 3166-1 code; without one nothing is known.
    region
        The second part of the ISO 3166-2 code, such as ``BY`` of ``DE-BY``; empty if unknown.
    school_zone
        The French school zone, ``A``, ``B`` or ``C``; empty if unknown.
    """

    country: str
    region: str = ""
    school_zone: str = ""

    def is_holiday(self, kind: str, date: dt.date) -> bool | None:
        """Say whether a date is a public ("PH") or school ("SH") holiday; None where unknown."""
        if kind == "PH":
            plain = self.country == "FR" and _is_plain_in_france(self.region, date)
            return False if plain else _is_public(self.country, self.region, date)
        if self.country != "FR" or self.school_zone not in {"A", "B", "C"}:
            return None
        return _is_school_holiday(self.school_zone, date)


def calendar_of(country: str, region: str, school_zone: str) -> Holidays:
    """Return the calendar of a country and region; *region* may be written ``FR-62`` or ``62``."""
    country, region, zone = country.upper(), region.upper(), school_zone.upper()
    own = f"{country}-"
    region = "" if "-" in region and not region.startswith(own) else region.removeprefix(own)
    return Holidays(country, _PART_OF.get((country, region), region), zone)


def name_of(date: dt.date, country: str, region: str = "") -> Said | None:
    """Return what the public holiday is called that a date is, None where it is known as none."""
    calendar = calendar_of(country, region, "")
    if not calendar.is_holiday("PH", date):
        return None
    return Said(lambda language: _name(calendar, date, language))


def _name(calendar: Holidays, date: dt.date, language: str) -> str:
    import holidays  # noqa: PLC0415  # 60 ms, only where holidays matter

    spoken = holidays.country_holidays(calendar.country).supported_languages
    tongue = next((one for one in spoken if one.startswith(language)), None)
    names = _public(calendar.country, calendar.region, date.year, tongue) or {}
    return names.get(date, "").replace("'", "’").replace("Labor Day", "Labour Day")


def _is_plain_in_france(region: str, date: dt.date) -> bool:
    """Tell whether no department of the mainland keeps a date; False where that is not known."""
    from dateutil.easter import easter  # noqa: PLC0415  # only where holidays matter

    mainland = len(region) == 2 and region.isdigit()
    if not mainland or date.year not in _FRENCH_YEARS:
        return False
    after_easter = (date - easter(date.year)).days
    return (date.month, date.day) not in _FRENCH and after_easter not in _FRENCH_AFTER_EASTER


def _is_public(country: str, region: str, date: dt.date) -> bool | None:
    days = _public(country, region, date.year)
    if days is None:
        return None
    name = days.get(date)
    if name is not None:
        return None if _ESTIMATED in name else True
    doubtful = country in _UNCHARTED or date in _elsewhere(country, region, date.year)
    return None if doubtful else False


@functools.lru_cache(maxsize=64)
def _public(
    country: str, region: str, year: int, language: str | None = "en_US"
) -> Mapping[dt.date, str] | None:
    """Return the public holidays of a year and their names, None where nobody knows them."""
    import holidays  # noqa: PLC0415  # 60 ms, only where holidays matter

    try:
        whole = holidays.country_holidays(country)
    except NotImplementedError:
        return None
    if not whole.start_year <= year <= whole.end_year:
        return None
    known = region if region in whole.subdivisions else None
    # Without a language the package would follow the machine's.
    tongue = language if language in whole.supported_languages else whole.default_language
    found: Mapping[dt.date, str] = holidays.country_holidays(
        country, subdiv=known, years=year, language=tongue, expand=False
    )
    return found


@functools.lru_cache(maxsize=64)
def _elsewhere(country: str, region: str, year: int) -> frozenset[dt.date]:
    """Return the days that may be holidays, by the parts of a country the place may lie in."""
    import holidays  # noqa: PLC0415  # 60 ms, only where holidays matter

    if region and (country, region) not in _SPLIT:
        return frozenset()
    parts = _SPLIT.get((country, region)) or holidays.country_holidays(country).subdivisions
    return frozenset(date for part in parts for date in _public(country, part, year) or ())


def _is_school_holiday(zone: str, date: dt.date) -> bool | None:
    """Say whether a date is a school holiday in a zone of France.

    Holidays begin after the lessons of a Saturday: where there are none on Saturdays, that day is
    a holiday, elsewhere it is not. So it is unknown, as are the days of a bridge.
    """
    if not _SCHOOL_FROM <= date < _SCHOOL_UNTIL:
        return None
    name = _school(zone, date.year).get(date)
    if name is None:
        return False
    begins = date.weekday() == 5 and date - _DAY not in _school(zone, (date - _DAY).year)
    return None if begins or name.startswith(_BRIDGE) else True


@functools.lru_cache(maxsize=32)
def _school(zone: str, year: int) -> Mapping[dt.date, str]:
    """Return the school holidays of a year and their names in French."""
    import holidays  # noqa: PLC0415  # 60 ms, only where holidays matter

    found: Mapping[dt.date, str] = holidays.country_holidays(
        "FR", subdiv=f"Zone {zone}", years=year, categories=("school",), language="fr", expand=False
    )
    return found
