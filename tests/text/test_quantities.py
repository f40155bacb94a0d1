"""What people type for dates, times, durations and distances."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.errors import UsageError
from lens_routes.text import wording
from lens_routes.text.language import LANGUAGES, use
from lens_routes.text.quantities.clocks import parse_clock, parse_span
from lens_routes.text.quantities.dates import parse_date
from lens_routes.text.quantities.lengths import parse_bbox, parse_distance, parse_duration
from lens_routes.text.quantities.moments import parse_moment

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("6h", 360), ("1h30", 90), ("90min", 90), ("1.5h", 90), ("1,5 h", 90), ("45", 45),
     ("45 m", 45), ("2 hours", 120), ("1 heure 30 minutes", 90), ("2H", 120), (" 6h ", 360),
     ("1h5", 65)],
)  # fmt: skip
def test_durations(text: str, minutes: int) -> None:
    """Hours, minutes or both, with or without spaces; a bare number is minutes."""
    assert parse_duration(text, "--for") == minutes


@pytest.mark.parametrize(
    ("text", "time"),
    [("9:30", "09:30"), ("09:30", "09:30"), ("9h30", "09:30"), ("9h", "09:00"), ("9", "09:00"),
     ("0:00", "00:00"), ("23.59", "23:59")],
)  # fmt: skip
def test_clocks(text: str, time: str) -> None:
    """Times of day as they are written in France and elsewhere."""
    assert parse_clock(text, "--at") == dt.time.fromisoformat(time)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("demain", "2026-11-26"), ("aujourd’hui", "2026-11-25"), ("après-demain", "2026-11-27"),
        ("samedi", "2026-11-28"), ("Mercredi", "2026-11-25"),
       ("2026-11-24", "2026-11-24"), ("24/11/2026", "2026-11-24"), ("today", "2026-11-25"),
     ("Tomorrow", "2026-11-26"), ("wednesday", "2026-11-25"), ("tuesday", "2026-12-01"),
     ("2028-02-29", "2028-02-29")],
)  # fmt: skip
def test_dates(text: str, date: str) -> None:
    """ISO and French dates, and words; a day of the week is the next one, today included."""
    assert parse_date(text, TODAY, "--date") == dt.date.fromisoformat(date)


@pytest.mark.parametrize(
    ("text", "metres"), [("1500m", 1500), ("1.5km", 1500), ("2 KM", 2000), ("0,5 km", 500)]
)
def test_distances(text: str, metres: float) -> None:
    """Metres and kilometres, the unit always said."""
    assert parse_distance(text, "--max-walk") == metres


def test_boxes() -> None:
    """West, south, east, north."""
    assert parse_bbox("2.7, 50.4,2.9,50.5", "--bbox") == (2.7, 50.4, 2.9, 50.5)


PARSERS: list[Callable[[str], object]] = [
    lambda text: parse_duration(text, "--option"),
    lambda text: parse_clock(text, "--option"),
    lambda text: parse_date(text, TODAY, "--option"),
    lambda text: parse_distance(text, "--option"),
    lambda text: parse_bbox(text, "--option"),
]


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "-1", "soon", "1e9", "٣", "1:2:3", "2026-02-30", "31/02/2026", "1999-01-01",
     "9999-12-31", "0h", "h", "km", "0km", "1,2,3", "a,b,c,d", "9" * 5000, "²"],
)  # fmt: skip
def test_anything_else_is_refused_with_the_option(
    parse: Callable[[str], object], text: str
) -> None:
    """What is not understood names its option and shows how to write it, or is understood."""
    error = _refusal(parse, text)
    assert error is None or ("--option" in error.message and error.hint)


@given(st.text())
def test_no_text_makes_them_fail_otherwise(text: str) -> None:
    """Any text is parsed or refused; nothing else ever happens."""
    for parse in PARSERS:
        error = _refusal(parse, text)
        assert error is None or error.hint


def _refusal(parse: Callable[[str], object], text: str) -> UsageError | None:
    try:
        parse(text)
    except UsageError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("parse", "text"),
    [(PARSERS[0], "0"), (PARSERS[0], "-3h"), (PARSERS[0], "9" * 400 + "h"), (PARSERS[0], "25:00"),
     (PARSERS[1], "24:00"), (PARSERS[1], "9:60"), (PARSERS[1], "9:5"), (PARSERS[2], "2026-13-01"),
     (PARSERS[2], "2027-02-29"), (PARSERS[2], "20261124"), (PARSERS[2], "24"),
     (PARSERS[3], "5"), (PARSERS[3], "-5km"), (PARSERS[3], "5 miles"), (PARSERS[4], "1,2,3,4,5")],
)  # fmt: skip
def test_what_looks_right_and_is_not(parse: Callable[[str], object], text: str) -> None:
    """Impossible figures are refused rather than bent into shape."""
    with pytest.raises(UsageError):
        parse(text)


#: What the program prints is within the years that hours are known for.
DAYS = st.dates(TODAY - dt.timedelta(days=3600), TODAY + dt.timedelta(days=3600))


@pytest.mark.parametrize("printed_in", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
@given(day=DAYS)
def test_every_date_in_words_is_read_back(printed_in: str, read_in: str, day: dt.date) -> None:
    """A date the program prints may be pasted into a command, whatever the language there."""
    use(read_in)
    assert parse_date(wording.date(day).in_language(printed_in), TODAY, "--date") == day


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=DAYS)
def test_every_date_in_figures_is_read_back(language: str, day: dt.date) -> None:
    """Figures are read as the same language prints them."""
    use(language)
    assert parse_date(wording.short_date(day), TODAY, "--date") == day


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=DAYS)
def test_without_its_year_it_is_the_next_such_date(language: str, day: dt.date) -> None:
    """Day and month alone are a date from today on, the first that has them."""
    text = wording.date(day).in_language(language).rpartition(" ")[0].partition(" ")[2]
    read = parse_date(text, TODAY, "--date")
    assert (read.day, read.month) == (day.day, day.month)
    assert TODAY <= read < TODAY + dt.timedelta(days=8 * 366)
    assert read - TODAY < dt.timedelta(days=366) or (day.day, day.month) == (29, 2)


@pytest.mark.parametrize("language", LANGUAGES)
@given(minutes=st.integers(1, 18 * 60))
def test_every_duration_is_read_back(language: str, minutes: int) -> None:
    """A time span that is printed, spaces that do not break included, may be typed."""
    assert parse_duration(wording.duration(60 * minutes).in_language(language), "--for") == minutes


@pytest.mark.parametrize("language", LANGUAGES)
@given(metres=st.floats(1, 400_000))
def test_every_distance_is_read_back(language: str, metres: float) -> None:
    """A distance that is printed may be typed, and prints the same."""
    shown = wording.distance(metres)
    assert wording.distance(parse_distance(shown.in_language(language), "--max-walk")) == shown


@given(st.datetimes())
def test_every_clock_is_read_back(moment: dt.datetime) -> None:
    """Times of day come back, alone and behind their day."""
    shown = wording.clock(moment)
    assert f"{parse_clock(shown, '--at'):%H:%M}" == shown
    assert parse_moment(f"samedi {shown}", TODAY, "--at")[1] == parse_clock(shown, "--at")
    begin, end = parse_span(f"{shown}-{shown}", "--lunch")
    assert begin == end == parse_clock(shown, "--at")
