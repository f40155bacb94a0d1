"""Spellings that are mended, and values that are refused."""

from __future__ import annotations

import pytest

from lens_routes.catalogue.hours import HoursContext, parse
from lens_routes.catalogue.hours.read.grammar import read
from lens_routes.errors import BadInputError

FRANCE = "FR"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9-18", "09:00-18:00"),
        ("yes", "open"),
        ("Mo-Fr all day", "Mo-Fr 00:00-24:00"),
        ("Mo-Fr daylight", "Mo-Fr sunrise-sunset"),
        ("du lever au coucher du soleil", "sunrise-sunset"),
        ("Sonnenaufgang bis Sonnenuntergang", "sunrise-sunset"),
        ("vom 1. April bis 31. Oktober 10-18 Uhr", "Apr 01-Oct 31 10:00-18:00"),
        ("ma t/m vr 9.00-17.00 uur", "Mo-Fr 09:00-17:00"),
        ("lunedì-venerdì 9:00-12:30 e 15:00-19:00", "Mo-Fr 09:00-12:30,15:00-19:00"),
        ("todos los días 9-19", "Mo-Su 09:00-19:00"),
        ("pondělí až pátek 8-16", "Mo-Fr 08:00-16:00"),
        ("пн-пт с 9:00 до 18:00", "Mo-Fr 09:00-18:00"),
        ("月・木・金曜日 18:00-20:00", "Mo,Th,Fr 18:00-20:00"),
        ("周一至周五 09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("Sa 9-12,", "Sa 09:00-12:00"),
        ("9.30-18.00", "09:30-18:00"),
        ("9h30-18h", "09:30-18:00"),
        ("9h30 à 18h00", "09:30-18:00"),
        ("9:15am - 5:30 p.m.", "09:15-17:30"),
        ("12am-12pm", "00:00-12:00"),
        ("Fr 09:00–17:00", "Fr 09:00-17:00"),
        ("Fr 09:00ー17:00", "Fr 09:00-17:00"),
        ("Fr 09:00 till 17:00", "Fr 09:00-17:00"),
        ("Fr 09°°-17³°", "Fr 09:00-17:30"),
        ("Sa08:00-12:00", "Sa 08:00-12:00"),
        ("Tu & Th 10:00-12:00", "Tu,Th 10:00-12:00"),
        ("saturday, SUN 10:00-12:00", "Sa,Su 10:00-12:00"),
        ("mardi-samedi 10:00-18:00", "Tu-Sa 10:00-18:00"),
        ("mer, ven 10:00-18:00", "We,Fr 10:00-18:00"),
        ("août 10:00-18:00", "Aug 10:00-18:00"),
        ("Oct. 10:00-18:00", "Oct 10:00-18:00"),
        ("tous les jours 10:00-18:00", "Mo-Su 10:00-18:00"),
        ("7j/7", "Mo-Su"),
        ("24h/24", "00:00-24:00"),
        ("nonstop", "24/7"),
        ("opening_hours = always open", "24/7"),
        ("weekend 10:00-12:00", "Sa,Su 10:00-12:00"),
        ("jours fériés fermé", "PH off"),
        ("vacances scolaires 10:00-12:00", "SH 10:00-12:00"),
        ("19:00-late", "19:00+"),
        ("19:00 - open end", "19:00+"),
        ("Sa 10:00-12:00 “ring twice”", 'Sa 10:00-12:00 "ring twice"'),
        ("lundi fermé", "Mo off"),
        ("10:00-12:00 Sa Feb", "Feb Sa 10:00-12:00"),
        ("Jan 05,07 10:00-12:00", "Jan 05,Jan 07 10:00-12:00"),
        ("Jan 01-31/15", "Jan 01,Jan 16,Jan 31"),
    ],
)
def test_a_common_spelling_reads_like_the_proper_one(written: str, meant: str) -> None:
    """What people write gives the same rules as OSM's own spelling."""
    assert read(written, FRANCE) == read(meant, FRANCE)


@pytest.mark.parametrize(
    ("country", "written", "meant"),
    [
        ("FR", "di 10:00-12:00", "Su 10:00-12:00"),
        ("DE", "Di 10:00-12:00", "Tu 10:00-12:00"),
        ("PL", "pn 10:00-12:00", "Mo 10:00-12:00"),
        ("LT", "pn 10:00-12:00", "Fr 10:00-12:00"),
        ("", "Di,Do 10:00-12:00", "Tu,Th 10:00-12:00"),
    ],
)
def test_abbreviations_are_read_in_the_languages_of_the_country(
    country: str, written: str, meant: str
) -> None:
    """An ambiguous abbreviation means what it means where the place is."""
    assert read(written, country) == read(meant, country)


def test_a_single_ambiguous_abbreviation_is_refused_where_no_country_is_known() -> None:
    """Nobody guesses whether "do" is Thursday or Sunday."""
    with pytest.raises(BadInputError, match='"do" is not understood'):
        read("Do 10:00-12:00", "")


@pytest.mark.parametrize(
    ("value", "character", "what"),
    [
        ("", 1, "nothing is said"),
        (" ; ", 4, "nothing is said"),
        ("Mo-Fr 10:00", 7, "point in time"),
        ("Mo-Xy 10:00-12:00", 4, '"xy" is not understood'),
        ("Mo-Fr 10:00-12:70", 16, "more than 59"),
        ("Mo-Fr 25:00-26:00", 7, "before 24:00"),
        ("Mo-Fr 10:00-49:00", 7, "48:00"),
        ("Mo-Fr 10:00-", 13, "a time is missing"),
        ("10:00-12:00/30", 12, "points in time"),
        ("Su[6] 10:00-12:00", 4, "number 6"),
        ("Su[3-1] 10:00-12:00", 6, "backwards"),
        ("Su[1", 5, "] or a comma"),
        ("Su[1] +9 days", 8, "too many"),
        ("Feb 30", 5, "no day 30"),
        ("Feb 10-05", 8, "backwards"),
        ("2026 Dec 20-Jan 05", 13, "one end of the range has a year"),
        ("2026-2020", 6, "not after"),
        ("2020-2026/0", 11, "no step"),
        ("week 54", 6, "no such weeks"),
        ("week 20-10", 9, "no such weeks"),
        ("|| Mo", 1, "nothing stands before"),
        ("Mo ||", 6, "nothing follows"),
        ("Mo,,We", 4, "a weekday is missing"),
        ("Mo, Aug 10:00-12:00", 5, "a weekday is missing"),
        ("(sunrise)-12:00", 9, "\\+ or -"),
        ("summer 10:00-18:00", 1, "has no dates"),
        ("été 10:00-18:00", 1, "has no dates"),
        ("Dec 25,Nov Th[4]", 8, "cannot share"),
        ("13pm-14pm", 1, "no time"),
    ],
)
def test_a_refusal_names_the_place_and_what_to_write(value: str, character: int, what: str) -> None:
    """Whoever wrote the value learns where it is wrong and what would be right."""
    with pytest.raises(BadInputError, match=what) as caught:
        parse(value, HoursContext())
    place = f"at character {character}," if character <= len(value) else "at its end,"
    assert place in caught.value.message
    assert caught.value.hint


def test_holidays_without_a_country_are_refused() -> None:
    """``PH`` means nothing where nobody knows whose holidays."""
    with pytest.raises(BadInputError, match="no country is known"):
        parse("Mo-Fr 10:00-12:00; PH off", HoursContext(country=""))


def test_an_endless_value_is_refused_at_once() -> None:
    """A value far beyond what anybody writes costs no time."""
    with pytest.raises(BadInputError, match="longer than"):
        parse("Mo 10:00-12:00; " * 1000, HoursContext())
