"""What values mean: states over a few days, each case worked out by hand."""

from __future__ import annotations

import datetime as dt
from itertools import product
from zoneinfo import ZoneInfo

import holidays
import opening_hours
import pytest

from lens_routes.catalogue.hours import HoursContext, Opening, daylight, parse
from lens_routes.catalogue.hours.evaluate.days import by_name
from lens_routes.catalogue.hours.evaluate.holidays import calendar_of
from lens_routes.catalogue.hours.read.lexicon import MONTHS, WEEKDAYS
from lens_routes.geo import Point

PARIS = ZoneInfo("Europe/Paris")
LENS = Point(2.8319, 50.4292)
TROMSO = Point(18.96, 69.65)
CONTEXT = HoursContext(coordinates=LENS)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def told(
    value: str, begin: str, end: str, context: HoursContext = CONTEXT, *, points: bool = False
) -> str:
    """Return what is not closed, as ``25 10:00-18:00``, unknown marked by a question mark."""
    spans = parse(value, context, points=points).spans(at(begin), at(end))
    return " ".join(
        f"{span.begin:%d %H:%M}-{span.end:%H:%M}" + "?" * (span.state is Opening.UNKNOWN)
        for span in spans
        if span.state is not Opening.CLOSED
    )


@pytest.mark.parametrize(
    ("value", "begin", "end", "expected"),
    [
        # 23 November 2026 is a Monday.
        ("Mo,We 10:00-18:00", "2026-11-23", "2026-11-26", "23 10:00-18:00 25 10:00-18:00"),
        ("Sa-Mo 10:00-12:00", "2026-11-21", "2026-11-25",
         "21 10:00-12:00 22 10:00-12:00 23 10:00-12:00"),
        ("10:00-12:00,11:00-14:00", "2026-11-23", "2026-11-24", "23 10:00-14:00"),
        # a later rule replaces the day; one that closes takes only its times away
        ("10:00-18:00; Tu 14:00-16:00", "2026-11-23", "2026-11-25",
         "23 10:00-18:00 24 14:00-16:00"),
        ("10:00-18:00; Tu 12:00-14:00 off", "2026-11-24", "2026-11-25",
         "24 10:00-12:00 24 14:00-18:00"),
        ("10:00-18:00; Tu off", "2026-11-23", "2026-11-26", "23 10:00-18:00 25 10:00-18:00"),
        # a comma adds
        ("Mo-Fr 10:00-12:00, Tu 14:00-16:00", "2026-11-24", "2026-11-25",
         "24 10:00-12:00 24 14:00-16:00"),
        # || speaks where nothing else does
        ("Mo 10:00-12:00 || 11:00-13:00 unknown", "2026-11-23", "2026-11-25",
         "23 10:00-12:00 23 12:00-13:00? 24 11:00-13:00?"),
        ('Mo 10:00-12:00 || "by appointment"; Tu off', "2026-11-23", "2026-11-25",
         "23 00:00-10:00? 23 10:00-12:00 23 12:00-00:00?"),
        # past midnight
        ("Mo 22:00-02:00", "2026-11-23", "2026-11-25", "23 22:00-02:00"),
        ("Mo 22:00-26:00", "2026-11-24", "2026-11-25", "24 00:00-02:00"),
        ("22:00-02:00; Tu 12:00-14:00", "2026-11-23", "2026-11-25",
         "23 00:00-02:00 23 22:00-00:00 24 12:00-14:00"),
        # open ends are known until the stated time only
        ("Mo 10:00+", "2026-11-23", "2026-11-25", "23 10:00-00:00?"),
        ("Mo 00:00+", "2026-11-23", "2026-11-25", "23 00:00-00:00"),
        ("Mo 17:00+", "2026-11-23", "2026-11-25", "23 17:00-03:00?"),
        ("Mo 10:00-12:00+", "2026-11-23", "2026-11-25", "23 10:00-12:00 23 12:00-00:00?"),
        ("08:00+,12:00-14:00", "2026-11-23", "2026-11-24", "23 08:00-12:00? 23 12:00-14:00"),
        # months, dates, years, weeks
        ("Apr-Oct: 10:00-12:00", "2026-10-31", "2026-11-02", "31 10:00-12:00"),
        ("Nov-Mar 10:00-12:00", "2026-10-31", "2026-11-02", "01 10:00-12:00"),
        ("Dec 24-Jan 02", "2026-12-23", "2026-12-25", "24 00:00-00:00"),
        ("Jan 01-Dec 24", "2026-12-24", "2026-12-26", "24 00:00-00:00"),
        ("2026 Nov 24", "2026-11-23", "2026-11-26", "24 00:00-00:00"),
        ("2027 Nov 24", "2026-11-23", "2026-11-26", ""),
        ("2026 Dec 30-2027 Jan 02 10:00-12:00", "2026-12-29", "2026-12-31", "30 10:00-12:00"),
        ("2025-2027/2 Nov 24", "2026-11-23", "2026-11-26", ""),
        ("week 48 We", "2026-11-23", "2026-12-03", "25 00:00-00:00"),
        ("week 02-52/2 We", "2026-11-18", "2026-12-03", "25 00:00-00:00"),
        ("Su[1] 10:00-12:00", "2026-11-01", "2026-11-15", "01 10:00-12:00"),
        ("Su[-1] 10:00-12:00", "2026-11-15", "2026-11-30", "29 10:00-12:00"),
        ("Sa[4] +1 day", "2026-11-28", "2026-12-01", "29 00:00-00:00"),
        ("Mar Su[-1]-Oct Su[-1] 10:00-12:00", "2026-03-28", "2026-03-30", "29 10:00-12:00"),
        # Easter 2026 is 5 April
        ("easter", "2026-04-04", "2026-04-07", "05 00:00-00:00"),
        ("easter +1 day", "2026-04-04", "2026-04-08", "06 00:00-00:00"),
        # the last Sunday of 2025 is 28 December
        ("Dec 20-Dec Su[-1] +4 days 10:00-12:00", "2025-12-31", "2026-01-04",
         "31 10:00-12:00 01 10:00-12:00"),
        ("easter -2 days-Apr 04 10:00-12:00", "2026-04-02", "2026-04-06",
         "03 10:00-12:00 04 10:00-12:00"),
        # holidays of France: 11 November, 6 April (Easter Monday); not Alsace's 26 December
        ("10:00-12:00; PH off", "2026-11-10", "2026-11-13", "10 10:00-12:00 12 10:00-12:00"),
        ("PH 10:00-12:00", "2026-04-03", "2026-04-08", "06 10:00-12:00"),
        ("PH", "2026-12-25", "2026-12-28", "25 00:00-00:00"),
        ("PH,Su 10:00-12:00", "2026-11-08", "2026-11-12", "08 10:00-12:00 11 10:00-12:00"),
        ("PH Su 10:00-12:00", "2026-11-01", "2026-11-12", "01 10:00-12:00"),
        ("PH -1 day", "2026-11-09", "2026-11-12", "10 00:00-00:00"),
        # school holidays of zone B: from Saturday 17 October 2026 after class to Monday 2 November
        ("SH Fr 10:00-12:00", "2026-10-14", "2026-11-08", "23 10:00-12:00 30 10:00-12:00"),
        ("SH", "2026-10-16", "2026-10-18", "17 00:00-00:00?"),
        ("SH 10:00-12:00", "2031-07-14", "2031-07-15", "14 10:00-12:00?"),
        # comments
        ('Sa 10:00-12:00 "call us"', "2026-11-28", "2026-11-29", "28 10:00-12:00?"),
        ('Sa 10:00-12:00 open "ring"', "2026-11-28", "2026-11-29", "28 10:00-12:00"),
        ("Sa unknown", "2026-11-28", "2026-11-29", "28 00:00-00:00?"),
        ("24/7", "2026-11-28", "2026-11-29", "28 00:00-00:00"),
        ("off", "2026-11-28", "2026-11-29", ""),
        # dates whose reading is disputed are unknown: 1 March of a common year
        ("Nov 01-Feb 29 10:00-12:00", "2026-02-28", "2026-03-03",
         "28 10:00-12:00 01 10:00-12:00?"),
    ],
)  # fmt: skip
def test_value(value: str, begin: str, end: str, expected: str) -> None:
    """Each class of syntax means what the OSM specification and its reference reader say."""
    assert told(value, begin, end) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Mo 12:00,13:00-14:00", "23 12:00-12:01 23 13:00-14:00"),
        ("Nov 08:00", "23 08:00-08:01"),
        ("Mo-Fr 10:00-13:00/90", "23 10:00-10:01 23 11:30-11:31 23 13:00-13:01"),
        ("Mo-Fr 22:00-24:00/02:00", "23 22:00-22:01"),
        ("Mo sunset", "23 16:49-17:00?"),
    ],
)
def test_points_in_time_last_a_minute_where_they_are_meant(value: str, expected: str) -> None:
    """A collection happens at a time; an interval repeats it, up to and with the end."""
    assert told(value, "2026-11-23", "2026-11-24", points=True) == expected


def test_a_comment_is_passed_on() -> None:
    """The visitor reads the words the place wrote."""
    (span,) = parse('"by appointment"', CONTEXT).spans(at("2026-11-24"), at("2026-11-25"))
    assert (span.state, span.comment) == (Opening.UNKNOWN, "by appointment")


def test_holidays_that_only_some_regions_keep_are_unknown_without_a_region() -> None:
    """What is the same on holidays and other days stays certain; Epiphany is Bavaria's."""
    germany = HoursContext(timezone="Europe/Berlin", country="DE")
    value = "Mo-Sa 10:00-18:00; PH 12:00-18:00"
    assert told(value, "2026-11-24", "2026-11-25", germany) == "24 10:00-18:00"
    assert told(value, "2026-12-25", "2026-12-26", germany) == "25 12:00-18:00"
    assert told(value, "2026-01-06", "2026-01-07", germany) == "06 10:00-12:00? 06 12:00-18:00"
    for region, hours in (("DE-BY", "06 12:00-18:00"), ("DE-HH", "06 10:00-18:00")):
        there = HoursContext(timezone="Europe/Berlin", country="DE", region=region)
        assert told(value, "2026-01-06", "2026-01-07", there) == hours


@pytest.mark.parametrize("region", ["FR-6AE", "FR-67", "68", "FR-57"])
def test_alsace_and_moselle_keep_good_friday_and_the_day_after_christmas(region: str) -> None:
    """By departments and by the region; in Lens they are days like others."""
    there = HoursContext(region=region)
    for date in ("2026-04-03", "2026-12-26"):
        assert told("10:00-12:00; PH off", date, date + "T23:00", there) == ""
        assert told("10:00-12:00; PH off", date, date + "T23:00")


def test_all_but_the_holidays_of_a_state_are_certain_in_brazil() -> None:
    """Ten days are holidays everywhere, 38 in some of its states, 317 in none."""
    brazil = calendar_of("BR", "", "")
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    answers = [brazil.is_holiday("PH", day) for day in days]
    assert [answers.count(one) for one in (True, None, False)] == [10, 38, 317]


def test_no_department_keeps_a_day_that_is_told_without_the_package() -> None:
    """What is known to be an ordinary day is none of the package's holidays, anywhere."""
    for region, part in (("62", None), ("57", "57"), ("67", "6AE")):
        kept = holidays.country_holidays("FR", subdiv=part, years=range(1970, 2101), expand=False)
        france = calendar_of("FR", region, "")
        assert len(kept) > 131 * 10
        assert all(france.is_holiday("PH", day) for day in kept)


@pytest.mark.parametrize(
    ("zone", "date", "expected"),
    [
        ("A", "2026-02-10", "10 10:00-12:00"),
        ("B", "2026-02-10", ""),
        ("C", "2026-02-24", "24 10:00-12:00"),
        ("C", "2026-02-21", "21 10:00-12:00?"),
        ("B", "2029-07-20", "20 10:00-12:00?"),
        ("", "2026-07-20", "20 10:00-12:00?"),
    ],
)
def test_school_holidays_are_those_of_the_zone(zone: str, date: str, expected: str) -> None:
    """As the ministry published them; the Saturday they begin on and later years are unknown."""
    there = HoursContext(school_zone=zone)
    assert told("SH 10:00-12:00", date, date + "T23:00", there) == expected


class TestSun:
    def test_daylight_is_that_of_the_place(self) -> None:
        """Sunrise and sunset of Lens agree with the almanac within five minutes."""
        light = daylight(LENS, dt.date(2026, 6, 21), "Europe/Paris")
        assert light is not None
        assert abs(light[0] - at("2026-06-21T05:38")) <= dt.timedelta(minutes=5)
        assert abs(light[1] - at("2026-06-21T22:04")) <= dt.timedelta(minutes=5)

    def test_minutes_around_sunset_are_unknown(self) -> None:
        """Nobody is sent to a gate that may close with the sun this very minute."""
        light = daylight(LENS, dt.date(2026, 11, 24), "Europe/Paris")
        assert light is not None
        spans = parse("10:00-sunset", CONTEXT).spans(at("2026-11-24"), at("2026-11-25"))
        states = [span.state for span in spans]
        assert states == [Opening.CLOSED, Opening.OPEN, Opening.UNKNOWN, Opening.CLOSED]
        assert spans[2].begin < light[1] < spans[2].end

    def test_an_offset_moves_the_event(self) -> None:
        """``(sunset-01:00)`` is an hour before sunset."""
        early = parse("10:00-(sunset-01:00)", CONTEXT).next_open(at("2026-11-24"))
        late = parse("10:00-sunset", CONTEXT).next_open(at("2026-11-24"))
        assert early is not None
        assert late is not None
        assert late.end - early.end == dt.timedelta(hours=1)

    def test_a_night_ends_with_the_sunrise_of_the_next_day(self) -> None:
        """``sunset-sunrise`` runs past midnight."""
        spans = parse("sunset-sunrise", CONTEXT).spans(
            at("2026-11-24T12:00"), at("2026-11-25T12:00")
        )
        (night,) = [span for span in spans if span.state is Opening.OPEN]
        light = daylight(LENS, dt.date(2026, 11, 25), "Europe/Paris")
        assert light is not None
        assert abs(night.end - light[0]) <= dt.timedelta(minutes=6)

    def test_without_a_position_it_is_unknown(self) -> None:
        """No sunrise is invented for a place nobody located."""
        nowhere = HoursContext()
        assert told("10:00-sunset", "2026-11-24", "2026-11-25", nowhere) == "24 10:00-00:00?"

    def test_a_fixed_end_before_sunrise_opens_nothing(self) -> None:
        """In winter the sun rises after seven."""
        assert told("sunrise-07:00", "2026-12-10", "2026-12-12") == ""

    def test_the_far_north_has_no_daylight_to_tell(self) -> None:
        """Where the sun may not rise nothing is claimed."""
        assert daylight(Point(25.0, 70.0), dt.date(2026, 12, 21), "Europe/Helsinki") is None


class TestClockChanges:
    def test_the_long_day_of_autumn_has_25_hours(self) -> None:
        """25 October 2026 repeats an hour; an open day is an hour longer."""
        (span,) = parse("24/7", CONTEXT).spans(at("2026-10-25"), at("2026-10-26"))
        assert span.end.timestamp() - span.begin.timestamp() == 25 * 3600

    def test_the_short_day_of_spring_has_23_hours(self) -> None:
        """29 March 2026 skips an hour; a night from 22:00 to 06:00 lasts seven."""
        span = parse("22:00-06:00", CONTEXT).next_open(at("2026-03-28T12:00"))
        assert span is not None
        assert span.end.timestamp() - span.begin.timestamp() == 7 * 3600

    def test_a_time_that_is_skipped_is_the_moment_the_clocks_jump(self) -> None:
        """There is no 02:30 on 29 March 2026: what begins then begins at 03:00."""
        assert told("02:30-05:00", "2026-03-29", "2026-03-30") == "29 03:00-05:00"
        assert told("02:15-02:45", "2026-03-29", "2026-03-30") == ""

    def test_a_time_that_is_repeated_is_its_first_occurrence(self) -> None:
        """Closing at 02:30 on 25 October 2026 is at 00:30 UTC."""
        span = parse("Sa 22:00-02:30", CONTEXT).next_open(at("2026-10-24T12:00"))
        assert span is not None
        assert span.end.astimezone(dt.UTC) == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


class TestNextOpen:
    def test_the_next_opening_is_found_weeks_ahead(self) -> None:
        """A seasonal place says the day it opens again."""
        span = parse("Apr-Oct We-Su 10:00-18:00", CONTEXT).next_open(at("2027-02-15"), 60)
        assert span is not None
        assert (span.begin, span.end) == (at("2027-04-01T10:00"), at("2027-04-01T18:00"))

    def test_an_opening_under_way_is_the_next_one(self) -> None:
        """Inside the hours, the answer is now until closing."""
        span = parse("10:00-18:00", CONTEXT).next_open(at("2026-11-24T12:00"))
        assert span is not None
        assert (span.begin, span.end) == (at("2026-11-24T12:00"), at("2026-11-24T18:00"))

    def test_a_place_that_stays_closed_has_none(self) -> None:
        """Nothing is found beyond the days looked at."""
        assert parse("Jul 10:00-18:00", CONTEXT).next_open(at("2026-11-24"), 60) is None

    def test_unknown_is_not_an_opening(self) -> None:
        """What may be open is not announced as open."""
        assert parse("10:00-18:00 unknown", CONTEXT).next_open(at("2026-11-24")) is None

    @pytest.mark.parametrize(
        ("point", "timezone", "date", "value", "expected"),
        [
            # Reykjavík, where the almanac has 06:57 to 20:11 on this day.
            (Point(-21.94, 64.147), "Atlantic/Reykjavik", "2026-03-29", "sunrise-sunset",
             ("06:57", "20:11")),
            (TROMSO, "Europe/Oslo", "2026-06-21", "sunrise-sunset", ("00:00", "00:00")),
            (TROMSO, "Europe/Oslo", "2026-06-21", "10:00-sunset", ("10:00", "00:00")),
            (TROMSO, "Europe/Oslo", "2026-12-21", "10:00-sunset", None),
            (TROMSO, "Europe/Oslo", "2026-06-21", "sunset-sunrise", None),
            (TROMSO, "Europe/Oslo", "2026-12-21", "sunset-sunrise", ("00:00", "00:00")),
        ],
    )  # fmt: skip
    def test_daylight_up_to_the_poles(
        self,
        point: Point,
        timezone: str,
        date: str,
        value: str,
        expected: tuple[str, str] | None,
    ) -> None:
        """Within five minutes of the almanac; polar day never ends, polar night never lightens."""
        there = HoursContext(timezone, "", "", point)
        begin = dt.datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(timezone))
        spans = parse(value, there).spans(begin, begin + dt.timedelta(days=1))
        light = [span for span in spans if span.state is not Opening.CLOSED]
        if expected is None:
            assert not light
            return
        for shown, moment in zip(expected, (light[0].begin, light[-1].end), strict=True):
            hour, minute = map(int, shown.split(":"))
            away = (moment.hour * 60 + moment.minute) - (hour * 60 + minute)
            assert abs(away) <= 7  # the five minutes that are unknown, and the almanac's two


@pytest.mark.parametrize("names", [WEEKDAYS, MONTHS])
def test_days_by_their_names_are_those_of_the_library(names: tuple[str, ...]) -> None:
    """Weekdays and months, alone and from one to another, need no library, and mean the same."""
    days = [dt.date(2023, 12, 1) + dt.timedelta(days=n) for n in range(0, 430, 3)]
    for selector in (*names, *map("-".join, product(names, repeat=2))):
        library = opening_hours.OpeningHours(selector)
        for day in days:
            noon = dt.datetime.combine(day, dt.time(12))
            assert by_name(selector, day) == library.is_open(noon), (selector, day)
