"""How figures read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.text import wording
from lens_routes.text.language import text_in

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.text.language import Said


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0, "0 m"), (4.4, "4 m"), (17, "17 m"), (44, "40 m"), (994, "990 m"), (995, "1.0 km"),
     (1949, "1.9 km"), (99_940, "99.9 km"), (99_960, "100 km"), (123_456, "123 km")],
)  # fmt: skip
def test_distances(metres: float, text: str) -> None:
    """Metres to the ten, kilometres to the tenth: what a person can pace out."""
    assert wording.distance(metres) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 min"), (1, "1 min"), (89, "1 min"), (91, "2 min"), (3569, "59 min"), (3571, "1 h"),
     (3900, "1 h 05"), (7200, "2 h"), (86_400, "24 h")],
)  # fmt: skip
def test_durations(seconds: float, text: str) -> None:
    """Whole minutes; something is never nothing; an hour is never sixty minutes."""
    assert wording.duration(seconds) == text


def test_thousands_are_apart() -> None:
    """Large numbers are grouped as each language does it; small ones are not."""
    assert wording.grouped(1_234_567.4) == "1,234,567"
    assert wording.grouped(1_234_567.4).in_language("fr") == "1\u202f234\u202f567"
    assert wording.grouped(999) == "999"


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_longer_never_reads_shorter(a: float, b: float) -> None:
    """Rounding keeps the order of two walks."""
    short, long = sorted((a, b))

    def figure(text: str) -> float:
        number, unit = text.split()
        return float(number) * (1000 if unit == "km" else 1)

    assert figure(wording.distance(short)) <= figure(wording.distance(long))


def test_moments() -> None:
    """Times drop their seconds, dates are English wherever one is."""
    moment = dt.datetime(2026, 11, 4, 9, 5, 59, tzinfo=dt.UTC)
    assert wording.clock(moment) == "09:05"
    assert wording.date(moment) == "Wednesday 4 November 2026"
    assert wording.id_words("mining-heritage") == "mining heritage"


def test_figures_follow_the_language() -> None:
    """French has a decimal comma, spaces that do not break, lower-case days and a first "1er"."""
    assert wording.distance(2249).in_language("fr") == "2,2\N{NO-BREAK SPACE}km"
    assert wording.duration(3900).in_language("fr") == "1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05"
    assert wording.percent(0.0325).in_language("fr") == "3,2\N{NO-BREAK SPACE}%"
    assert wording.date(dt.date(2026, 12, 1)).in_language("fr") == "mardi 1er décembre 2026"


@pytest.mark.parametrize(
    ("said", "english", "french"),
    [
        (wording.short_date(dt.date(2026, 11, 1)), "2026-11-01", "01/11/2026"),
        (wording.short_date("2026-11-01"), "2026-11-01", "01/11/2026"),
        (wording.short_date("spring 2026"), "spring 2026", "spring 2026"),
        (wording.stamp("2026-11-01T09:05:00+01:00"), "2026-11-01T09:05:00+01:00",
         "01/11/2026 à 09:05"),
        (wording.quoted("Lens"), "'Lens'", "«\u00a0Lens\u00a0»"),
        (wording.quoted("a\x1b"), r"'a\x1b'", "«\u00a0a\\x1b\u00a0»"),
        (wording.date(dt.date(2026, 12, 1)), "Tuesday 1 December 2026", "mardi 1er décembre 2026"),
    ],
)  # fmt: skip
def test_each_language_has_its_habits(said: Said, english: str, french: str) -> None:
    """Dates in figures and quotation marks are those of the language; the English is ISO 8601."""
    assert (said.in_language("en"), said.in_language("fr")) == (english, french)


def test_the_systems_reasons_are_said_in_every_language(tmp_path: Path) -> None:
    """The system words its errors in one language; what is not known here stays as it is."""
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "nothing").read_bytes()
    reason = wording.reason(caught.value)
    assert reason == "there is no such file"
    assert text_in(reason, "fr") == "ce fichier n’existe pas"
    assert wording.reason(OSError(9999, "odd")) == "odd"


def test_a_way_of_seconds_is_no_way_of_no_time() -> None:
    """Between two moments of one minute less than a minute passes; of one moment nothing does."""
    begin = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
    assert wording.between(begin, begin + dt.timedelta(seconds=28)) == "less than 1 min"
    assert wording.between(begin, begin) == "0 min"


@pytest.mark.parametrize(
    ("metres", "said"),
    [(0, "0 ft"), (40, "130 ft"), (300, "0.2 mi"), (2200, "1.4 mi"), (200_000, "124 mi")],
)
def test_imperial_lengths(monkeypatch: pytest.MonkeyPatch, metres: float, said: str) -> None:
    """Feet, from a seventh of a mile on miles; climbs are feet."""
    monkeypatch.setenv("LENS_ROUTES_UNITS", "imperial")
    assert wording.distance(metres) == said
    assert wording.height(1240) == "4,068 ft"
