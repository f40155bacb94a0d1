"""What a visitor is told about one civil day at a place."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.easter import easter

from lens_routes.catalogue.hours import (
    HoursContext,
    Opening,
    day_opening,
    holiday_name,
    unknown_note,
)
from lens_routes.catalogue.place import Place
from lens_routes.errors import BadInputError

PARIS = ZoneInfo("Europe/Paris")
CONTEXT = HoursContext()
TUESDAY = dt.date(2026, 11, 24)


def place(**fields: Any) -> Place:
    return Place(id="x", name="X", lon=2.8319, lat=50.4292, **fields)


def test_stated_hours_give_the_windows_of_the_day() -> None:
    """The windows are those of that day only."""
    day = day_opening(place(opening_hours="Mo-Fr 09:00-12:00,14:00-17:00"), TUESDAY, CONTEXT)
    assert day.state is Opening.OPEN
    assert day.note == ""
    assert [(f"{w.begin:%H:%M}", f"{w.end:%H:%M}") for w in day.windows] == [
        ("09:00", "12:00"),
        ("14:00", "17:00"),
    ]


def test_a_day_off_is_closed() -> None:
    """A museum closed on Tuesdays has no window on a Tuesday."""
    day = day_opening(place(opening_hours="Mo,We-Su 10:00-18:00"), TUESDAY, CONTEXT)
    assert (day.state, day.windows) == (Opening.CLOSED, ())


def test_an_evening_that_runs_past_midnight_keeps_its_end() -> None:
    """The last window ends when the place closes, not at midnight."""
    day = day_opening(place(opening_hours="Tu 20:00-02:00"), TUESDAY, CONTEXT)
    (window,) = day.windows
    assert window.end == dt.datetime(2026, 11, 25, 2, tzinfo=PARIS)


def test_the_morning_after_belongs_to_its_own_day() -> None:
    """What began the evening before is told as the day's first window, from midnight."""
    day = day_opening(place(opening_hours="Mo 20:00-02:00"), TUESDAY, CONTEXT)
    (window,) = day.windows
    assert (window.begin, window.end) == (
        dt.datetime(2026, 11, 24, 0, tzinfo=PARIS),
        dt.datetime(2026, 11, 24, 2, tzinfo=PARIS),
    )


def test_doubt_is_told_with_its_reason() -> None:
    """A day by appointment is unknown and says so."""
    day = day_opening(place(opening_hours='Tu "by appointment"'), TUESDAY, CONTEXT)
    assert (day.state, day.note) == (Opening.UNKNOWN, "by appointment")


def test_outdoors_without_hours_is_open_in_daylight_and_says_so() -> None:
    """A slag heap needs no opening hours, only light."""
    day = day_opening(place(outdoor=True), TUESDAY, CONTEXT)
    (window,) = day.windows
    assert day.state is Opening.OPEN
    assert day.note == (f"open in daylight, {window.begin:%H:%M} to {window.end:%H:%M}")
    assert window.begin.hour == 8
    assert window.end.hour == 16


def test_indoors_without_hours_is_unknown_and_says_so() -> None:
    """Nobody is promised an open door, nor sent to one at night."""
    day = day_opening(place(), TUESDAY, CONTEXT)
    assert (day.state, day.note) == (Opening.UNKNOWN, unknown_note())
    (window,) = day.windows
    assert (f"{window.begin:%H:%M}", f"{window.end:%H:%M}") == ("09:00", "19:00")


@pytest.mark.parametrize(
    ("status", "note"), [("planned", "not open yet"), ("closed", "closed for good")]
)
def test_a_place_that_is_not_in_use_is_closed(status: str, note: str) -> None:
    """Stated hours do not open what does not exist."""
    day = day_opening(place(status=status, opening_hours="24/7"), TUESDAY, CONTEXT)
    assert (day.state, day.windows, day.note) == (Opening.CLOSED, (), note)


def test_hours_that_cannot_be_read_are_refused() -> None:
    """A broken value is an error of the catalogue, never a guess."""
    with pytest.raises(BadInputError):
        day_opening(place(opening_hours="Mo-Fr whenever"), TUESDAY, CONTEXT)


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_holidays_that_move_with_easter_have_their_own_names(year: int) -> None:
    """Easter is computed by an independent library; two of a day are called by the fixed one."""
    sunday = easter(year)
    for days, name in ((1, "Easter Monday"), (39, "Ascension Day"), (50, "Pentecost Monday")):
        assert holiday_name(sunday + dt.timedelta(days=days), "FR") in {
            name,
            "Labour Day",
            "Victory Day",
        }
    assert holiday_name(sunday, "FR") is None


def test_a_public_holiday_is_called_in_both_languages() -> None:
    """Eleven a year in France, whatever the case of the code; none where nobody keeps a list."""
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    named = [name for day in days if (name := holiday_name(day, "fr", "fr-62"))]
    assert len(named) == len(set(named)) == 11
    assert named[0].in_language("fr") == "Jour de l’an"
    assert named[-1] == "Christmas Day"
    assert named[-1].in_language("fr") == "Noël"
    assert holiday_name(dt.date(2026, 12, 25), "BE") == "Christmas Day"
    assert holiday_name(dt.date(2026, 12, 25), "XX") is None
