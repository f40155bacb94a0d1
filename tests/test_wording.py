"""How figures read."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes import wording


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
    assert wording.theme("mining-heritage") == "mining heritage"


def test_figures_follow_the_language() -> None:
    """French has a decimal comma, spaces that do not break, lower-case days and a first "1er"."""
    assert wording.distance(2249).in_language("fr") == "2,2\N{NO-BREAK SPACE}km"
    assert wording.duration(3900).in_language("fr") == "1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05"
    assert wording.percent(0.0325).in_language("fr") == "3,2\N{NO-BREAK SPACE}%"
    assert wording.date(dt.date(2026, 12, 1)).in_language("fr") == "mardi 1er décembre 2026"
