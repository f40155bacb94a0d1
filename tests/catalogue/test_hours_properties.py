"""What holds for every value and every range of time."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from lens_routes.catalogue.hours import HoursContext, Span, parse
from lens_routes.errors import BadInputError
from lens_routes.geo import Point

PARIS = ZoneInfo("Europe/Paris")
CONTEXT = HoursContext(coordinates=Point(2.83, 50.43))
WORDS = (
    "Mo", "Tu-Fr", "Sa,Su", "Su[1]", "Su[-1]", "PH", "SH", "PH,Su", "off", "open", "unknown",
    "10:00-12:00", "14:00-18:00", "17:00+", "22:00-02:00", "10-12", "sunrise-sunset",
    "(sunset-01:00)", "-", "+", "/", ";", ",", "||", ":", "Jan", "Apr-Sep", "Dec", "24", "31",
    "Feb", "29", "2026", "2027+", "easter", "week", "01-53/2", "48", "+1", "days", '"note"',
    "24/7", "am", "pm", "h", "9h30", "lundi", "à", "[", "]", "(", "«", "²", "२",
)  # fmt: skip
SELECTORS = (
    "",
    "Mo-Fr ",
    "Sa,Su ",
    "Apr-Sep ",
    "PH ",
    "SH ",
    "Su[-1] ",
    "Nov 01-Feb 29 ",
    "week 48 ",
)
TIMES = ("10:00-18:00", "22:00-02:00", "17:00+", "09:00-12:00,14:00-18:00", "10:00-sunset", "")
STATES = ("", " off", " unknown", ' "on request"')

rules = st.builds(
    lambda days, times, state: f"{days}{times}{state}".strip() or "open",
    st.sampled_from(SELECTORS),
    st.sampled_from(TIMES),
    st.sampled_from(STATES),
)
values = st.lists(
    st.tuples(st.sampled_from(("; ", ", ", " || ")), rules), min_size=1, max_size=4
).map(lambda parts: parts[0][1] + "".join(joint + rule for joint, rule in parts[1:]))
moments = st.datetimes(
    min_value=dt.datetime.fromisoformat("2024-01-01"),
    max_value=dt.datetime.fromisoformat("2028-12-31"),
    timezones=st.sampled_from([PARIS, dt.UTC]),
)
lengths = st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=4))


def evaluate(value: str, begin: dt.datetime, length: dt.timedelta) -> tuple[Span, ...]:
    begin = begin.astimezone(dt.UTC)
    try:
        return parse(value, CONTEXT).spans(begin, begin + length)
    except BadInputError:
        # "10:00-18:00, Nov …" and the like: a comma may join what cannot be joined.
        return parse("24/7", CONTEXT).spans(begin, begin + length)


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
@settings(deadline=None, max_examples=400)
def test_any_string_is_read_or_refused_with_help(value: str) -> None:
    """Whatever stands in the field, the answer is opening hours or a message with a hint."""
    help_given = ""
    try:
        hours = parse(value, CONTEXT)
    except BadInputError as error:
        help_given = error.hint
    else:
        begin = dt.datetime(2026, 3, 28, 12, tzinfo=PARIS)
        help_given = str(hours.spans(begin, begin + dt.timedelta(days=2)))
    assert help_given


@given(values, moments, lengths)
@settings(deadline=None, max_examples=200)
def test_spans_cover_the_range_without_gap_or_overlap(
    value: str, begin: dt.datetime, length: dt.timedelta
) -> None:
    """Every instant of the range has one state, and neighbours differ."""
    spans = evaluate(value, begin, length)
    assert spans[0].begin.astimezone(dt.UTC) == begin.astimezone(dt.UTC)
    assert spans[-1].end.astimezone(dt.UTC) == begin.astimezone(dt.UTC) + length
    for one, two in itertools.pairwise(spans):
        assert one.begin.timestamp() < one.end.timestamp() == two.begin.timestamp()
        assert (one.state, one.comment) != (two.state, two.comment)
        assert one.begin.tzinfo == PARIS


@given(values, moments, lengths, lengths)
@settings(deadline=None, max_examples=150)
def test_a_state_does_not_depend_on_the_range_asked_for(
    value: str, begin: dt.datetime, before: dt.timedelta, length: dt.timedelta
) -> None:
    """Looking at more time changes nothing about the time looked at."""
    begin = begin.astimezone(dt.UTC)
    near = evaluate(value, begin, length)
    far = evaluate(value, begin - before, before + length)
    clipped = [
        Span(max(s.begin.astimezone(dt.UTC), begin), s.end.astimezone(dt.UTC), s.state, s.comment)
        for s in far
        if s.end.astimezone(dt.UTC) > begin
    ]
    assert clipped == [
        Span(s.begin.astimezone(dt.UTC), s.end.astimezone(dt.UTC), s.state, s.comment) for s in near
    ]


def test_reading_the_module_does_not_load_the_library() -> None:
    """Start-up stays light: the library is loaded when hours are evaluated."""
    code = (
        "import sys, lens_routes.catalogue.hours as hours\n"
        "hours.parse('Mo-Fr 10:00-18:00', hours.HoursContext())\n"
        "sys.exit('opening_hours' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
