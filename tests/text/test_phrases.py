"""What people type, phrase by phrase: what it means, or why it is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from lens_routes.errors import UsageError
from lens_routes.text.language import LANGUAGES, use
from lens_routes.text.quantities.clocks import minutes_between, parse_clock, parse_span
from lens_routes.text.quantities.dates import parse_date
from lens_routes.text.quantities.lengths import parse_duration
from lens_routes.text.quantities.moments import parse_moment

TODAY = dt.date(2026, 11, 25)  # a Wednesday

#: Understood in the same way whatever the language in use.
DATES = {
    "2026-11-24": "2026-11-24",
    "2026/12/1": "2026-12-01",
    "today": "2026-11-25",
    "Aujourd’hui": "2026-11-25",
    "tomorrow": "2026-11-26",
    "demain": "2026-11-26",
    "après-demain": "2026-11-27",
    "APRES DEMAIN": "2026-11-27",
    "the day after tomorrow": "2026-11-27",
    "15 mars 2025": "2025-03-15",
    "15 March 2025": "2025-03-15",
    "1er mai": "2027-05-01",
    "1 mai": "2027-05-01",
    "premier mai": "2027-05-01",
    "le 1er décembre": "2026-12-01",
    "25 décembre": "2026-12-25",
    "25 decembre": "2026-12-25",
    "25 of December": "2026-12-25",
    "December 25": "2026-12-25",
    "Dec 25th, 2026": "2026-12-25",
    "vendredi 25 décembre": "2026-12-25",
    "29 nov.": "2026-11-29",
    "29 nov": "2026-11-29",
    "dim. 29 nov. 2026": "2026-11-29",
    "Sunday 29 November 2026": "2026-11-29",
    "Sunday, the 29th of November 2026": "2026-11-29",
    "dimanche 29 novembre 2026": "2026-11-29",
    "le mardi 1er décembre 2026": "2026-12-01",
    "25 novembre": "2026-11-25",
    "24 novembre": "2027-11-24",
    "29 février": "2028-02-29",
    "3 août": "2027-08-03",
    "3 juil. 2027": "2027-07-03",
    "3 juin": "2027-06-03",
    "Feb 3rd": "2027-02-03",
    "14 juillet": "2027-07-14",
    "mar. 1 déc.": "2026-12-01",
    "mar 3": "2027-03-03",
    "wednesday": "2026-11-25",
    "mercredi": "2026-11-25",
    "tuesday": "2026-12-01",
    "sam.": "2026-11-28",
    "ce samedi": "2026-11-28",
    "this saturday": "2026-11-28",
    "samedi 5": "2026-12-05",
    "le 24": "2026-12-24",
    "the 24th": "2026-12-24",
    "this weekend": "2026-11-28",
    "ce week-end": "2026-11-28",
    "le weekend": "2026-11-28",
    "in 3 days": "2026-11-28",
    "dans 3 jours": "2026-11-28",
    "in two weeks": "2026-12-09",
    "dans une semaine": "2026-12-02",
    "Christmas": "2026-12-25",
    "Noël": "2026-12-25",
    "jour de l’an": "2027-01-01",
    "New Year's Day": "2027-01-01",
    "la Toussaint": "2027-11-01",
    "Easter Monday": "2027-03-29",
    "lundi de Pâques": "2027-03-29",
    "Pentecôte": "2027-05-16",
    "l’Ascension": "2027-05-06",
    "Bastille Day": "2027-07-14",
    "Fête nationale": "2027-07-14",
    "24.11.2026": "2026-11-24",
    "6.5.2027": "2027-05-06",
    "first Sunday of June": "2027-06-06",
    "the last Saturday in November": "2026-11-28",
    "le premier dimanche de juin": "2027-06-06",
    "3e samedi de septembre 2027": "2027-09-18",
    "dernier dimanche d’octobre": "2027-10-31",
    "le premier samedi du mois": "2026-12-05",
    "last sunday of the month": "2026-11-29",
}
#: Understood, and said back, because somebody else might mean another day.
DOUBTFUL = {
    "next sunday": "2026-11-29",
    "Dimanche prochain": "2026-11-29",
    "mercredi prochain": "2026-12-02",
    "next weekend": "2026-11-28",
    "le week-end prochain": "2026-11-28",
    "jeudi en huit": "2026-12-03",
    "jeudi en quinze": "2026-12-10",
    "samedi 25 décembre": "2027-12-25",
    "24/11/2026": "2026-11-24",
    "24-11-2026": "2026-11-24",
    "24/11/26": "2026-11-24",
    "24/12": "2026-12-24",
    "12/13/2026": "2026-12-13",
}
#: In figures the language in use says what comes first: English, then French.
FIGURES = {
    "12/01/2026": ("2026-12-01", "2026-01-12"),
    "5/1/2027": ("2027-05-01", "2027-01-05"),
    "1/5": ("2027-01-05", "2027-05-01"),
}
#: What no calendar has, or is no date at all, and a part of the reason.
NO_DATES = {
    "31 février": "29 in leap years",
    "30/02": "29 in leap years",
    "30 February 2027": "February 2027 has 28 days",
    "31 avril": "has 30 days",
    "2027-02-29": "has 28 days",
    "2026-13-01": "no month 13",
    "13/13/2026": "no month 13",
    "0/0/2026": "no month 0",
    "le 32": "no month has 32 days",
    "0000-01-01": "no year 0",
    "Sunday 28 November 2026": "that day is Saturday 28 November 2026",
    "vendredi 26 décembre": "that day is Saturday 26 December 2026",
    "2046-01-01": "ten years",
    "in 9999 days": "ten years",
    "": "not a date",
    " ": "not a date",
    "🎉": "not a date",
    "24": "not a date",
    "fifth sunday of june": "not a date",
    "first sunday of june 0000": "no year 0",
    "soon": "not a date",
    "nov": "not a date",
    "next week": "not a date",
    "samedi ou dimanche": "not a date",
    "-1": "not a date",
    "٣ mai": "not a date",
    "12//2026": "not a date",
}
CLOCKS = {
    "9:30": "09:30", "09:30": "09:30", "9h30": "09:30", "9H30": "09:30", "14h30": "14:30",
    "14 h 30": "14:30", "14h": "14:00", "9": "09:00", "9.30": "09:30", "9 heures": "09:00",
    "9 heures 30": "09:30", "2pm": "14:00", "2 PM": "14:00", "2 p.m.": "14:00",
    "2:30 pm": "14:30", "2.30pm": "14:30", "12am": "00:00", "12pm": "12:00", "9 o’clock": "09:00",
    "midi": "12:00", "noon": "12:00", "Midi et demi": "12:30", "minuit": "00:00",
    "midnight": "00:00", "à 10h": "10:00", "at 2pm": "14:00", "vers 9 h 30": "09:30",
}  # fmt: skip
NO_CLOCKS = {
    "0h75": "minutes to 59", "25pm": "from 1 to 12", "0pm": "from 1 to 12",
    "24:00": "from 0 to 23", "9:5": "not a time", "": "not a time", "🕘": "not a time",
    "-1": "not a time", "tea time": "not a time",
}  # fmt: skip
SPANS = {
    "12:00-14:00": "12:00-14:00", "12h-14h": "12:00-14:00", "12h – 14h": "12:00-14:00",
    "12-14": "12:00-14:00", "de 12h à 14h": "12:00-14:00", "entre midi et 14h": "12:00-14:00",
    "noon to 2pm": "12:00-14:00", "2-4pm": "14:00-16:00", "11-2pm": "11:00-14:00",
    "9am-2pm": "09:00-14:00",
}  # fmt: skip
DURATIONS = {
    "6h": 360, "1h30": 90, "1 h 05": 65, "1h5": 65, "90min": 90, "90 min": 90, "45": 45, "45 m": 45,
    "1.5h": 90, "2,5 h": 150, "2 hours": 120, "1 heure 30 minutes": 90, "1 hour and 5 minutes": 65,
    "une heure": 60, "une heure et demie": 90, "2 heures et quart": 135, "an hour and a half": 90,
    "one and a half hours": 90, "half an hour": 30, "demi-heure": 30, "trois quarts d’heure": 45,
    "demi-journée": 240, "une demi-journée": 240, "half day": 240, "half a day": 240,
    "half-day": 240, "journée": 480, "une journée": 480, "la journée": 480, "day": 480,
    "a day": 480, "1 jour": 480, "toute la journée": 480,
}  # fmt: skip
NO_DURATIONS = {
    "0h75": "60 minutes", "1h90": "60 minutes", "0h": "no time at all", "": "not a duration",
    "two days": "not a duration", "25:00": "not a duration", "-3h": "not a duration",
    "⏳": "not a duration", "h": "not a duration", "and": "not a duration",
}  # fmt: skip
MOMENTS = {
    "14:00": (None, "14:00"),
    "2 pm": (None, "14:00"),
    "9h 30": (None, "09:30"),
    "2026-11-24T09:30": ("2026-11-24", "09:30"),
    "24/11/2026 à 09:05": ("2026-11-24", "09:05"),
    "samedi 14h30": ("2026-11-28", "14:30"),
    "tomorrow at 2 pm": ("2026-11-26", "14:00"),
    "demain, midi": ("2026-11-26", "12:00"),
    "le 24 décembre 14h": ("2026-12-24", "14:00"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", DATES)
def test_dates_that_leave_no_doubt(language: str, text: str) -> None:
    """One meaning in any language, and nothing is said back."""
    use(language)
    told: list[str] = []
    assert parse_date(text, TODAY, "--date", told.append).isoformat() == DATES[text]
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", DOUBTFUL)
def test_doubtful_dates_are_said_back(language: str, text: str) -> None:
    """One meaning in any language, said back in words that are read as the same date."""
    use(language)
    told: list[str] = []
    read = parse_date(text, TODAY, "--date", told.append)
    assert read.isoformat() == DOUBTFUL[text]
    assert str(read.year) in told[0]


@pytest.mark.parametrize("text", FIGURES)
def test_figures_follow_the_language_in_use(text: str) -> None:
    """English puts the month first, French the day; either says what it read."""
    for language, date in zip(LANGUAGES, FIGURES[text], strict=True):
        use(language)
        told: list[str] = []
        assert parse_date(text, TODAY, "--date", told.append).isoformat() == date
        assert len(told) == 1


def test_what_is_said_back() -> None:
    """The option, what was typed, and the date in words."""
    told: list[str] = []
    parse_date("12/01/2026", TODAY, "--date", told.append)
    use("fr")
    parse_date("12/01/2026", TODAY, "--date", told.append)
    assert told == [
        "--date '12/01/2026' is read as Tuesday 1 December 2026.",
        "--date «\u00a012/01/2026\u00a0» est compris comme le lundi 12 janvier 2026.",
    ]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_dates(text: str) -> None:
    """What is understood and impossible says so; the rest shows how to write one."""
    with pytest.raises(UsageError) as caught:
        parse_date(text, TODAY, "--date")
    assert NO_DATES[text] in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("text", CLOCKS)
def test_clocks(text: str) -> None:
    """On 24 hours or on 12, in figures or by name."""
    assert f"{parse_clock(text, '--at'):%H:%M}" == CLOCKS[text]


@pytest.mark.parametrize("text", NO_CLOCKS)
def test_no_clocks(text: str) -> None:
    """Hours and minutes that no clock has are named."""
    with pytest.raises(UsageError) as caught:
        parse_clock(text, "--at")
    assert NO_CLOCKS[text] in caught.value.message


@pytest.mark.parametrize("text", SPANS)
def test_spans(text: str) -> None:
    """From when to when."""
    begin, end = parse_span(text, "--lunch")
    assert f"{begin:%H:%M}-{end:%H:%M}" == SPANS[text]


@pytest.mark.parametrize("text", ["12h", "", "12h-", "-14h", "12h-25pm", "a-b"])
def test_no_spans(text: str) -> None:
    """Two times of day, or a refusal that names the option."""
    with pytest.raises(UsageError, match="--lunch"):
        parse_span(text, "--lunch")


def test_midnight_ends_a_day() -> None:
    """Until midnight is until the end of the day, not its beginning."""
    assert minutes_between(dt.time(20), dt.time(0)) == 240
    assert minutes_between(dt.time(14), dt.time(12)) < 0


@pytest.mark.parametrize("text", DURATIONS)
def test_durations(text: str) -> None:
    """In figures, in words, and the two lengths visitors give a day."""
    assert parse_duration(text, "--for") == DURATIONS[text]


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_no_durations(text: str) -> None:
    """Nothing, and what lasts no time, is refused."""
    with pytest.raises(UsageError) as caught:
        parse_duration(text, "--for")
    assert NO_DURATIONS[text] in caught.value.message


@pytest.mark.parametrize("text", MOMENTS)
def test_moments(text: str) -> None:
    """A time of day, with its day or without."""
    day, clock = parse_moment(text, TODAY, "--appointment")
    assert (day and day.isoformat(), f"{clock:%H:%M}") == MOMENTS[text]
