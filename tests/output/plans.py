"""Plans of every shape, drawn by Hypothesis: what no planner makes today and a file may hold."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from lens_routes.geo import Point, distance_m
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg, Step
from lens_routes.plan.plan import Day, LeftOut, Plan, Provenance, Stop, Totals
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text.language import said_in

if TYPE_CHECKING:
    from collections.abc import Callable

#: Markup of every format, formulas, emoji with joiners, right-to-left words and overrides,
#: control characters, half a surrogate pair, line separators, words far too long.
NASTY = [
    "", " ", "A <b>&amp; ]]> \"q\" 'a'", "=1+1", "+33 3 21 18 62 62", "-2", "@SUM(A1)", "a;=b,-c",
    "\\n,;:\\", "| *a* _b_ [c](d) `e` # f", "1. x", "--- ", "# h", "> q", "متحف اللوفر",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308", "no\u00a0break",
    "\u202eevil", "\u2066open", "\x00\x07\x1b[31m", "\ud800", "a\r\nBEGIN:VEVENT\r\nb", "x\u2028y",
    "\ufffe\uffff", "é" * 200, "語" * 100, "<script>alert(1)</script>", "www.example.org a@b.fr",
    "＝1+1",
]  # fmt: skip
ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "Asia/Tokyo", "America/St_Johns", "UTC")]
#: Ordinary days, and the nights on which clocks change.
DATES = [dt.date(2026, 11, 25), dt.date(2027, 3, 27), dt.date(2026, 10, 24), dt.date(2028, 2, 29)]


@cache
def texts() -> st.SearchStrategy[str]:
    """Draw text no author should write."""
    return st.one_of(
        st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=30)
    )


@cache
def sentences() -> st.SearchStrategy[str]:
    """Draw text no author should write, as it is or in several languages."""
    said = st.builds(lambda en, fr: said_in({"en": en, "fr": fr}), texts(), texts())
    return st.one_of(texts(), said)


def _points(near: Point) -> st.SearchStrategy[Point]:
    return OFFSETS.map(lambda by: Point(round(near.lon + by[0], 7), round(near.lat + by[1], 7)))


#: Made once: a strategy is dear to make, and cheap to draw from.
_OFFSET = st.integers(-20_000, 20_000).map(lambda n: n / 1e6)
OFFSETS = st.tuples(_OFFSET, _OFFSET)
GRADES = st.sampled_from(list(Grade))
STEPS = st.lists(st.builds(Step, sentences(), sentences(), st.floats(0, 900)), max_size=2)
PLACES = st.lists(st.sampled_from(["musee", "terril", None]), max_size=4)


@st.composite
def _legs(
    draw: Callable[..., Any], ends: tuple[Waypoint, Waypoint], depart: dt.datetime, *, traced: bool
) -> Leg:
    origin, destination = ends
    arrive = _later(depart, draw(st.integers(0, 7200)))
    middle = draw(st.lists(_points(origin.point), max_size=8))
    grade = Grade.STREETS if traced else draw(GRADES)
    transit = not traced and draw(st.booleans())
    ride = {"line": "R1", "from_stop": "A", "to_stop": "B", "depart": depart.isoformat()}
    line = (origin.point, *middle, destination.point)
    length_m = sum(distance_m(a, b) for a, b in pairwise(line))
    return Leg(
        origin=origin.name,
        destination=destination.name,
        depart=depart,
        arrive=arrive,
        distance_m=length_m,
        duration_s=(arrive.astimezone(dt.UTC) - depart.astimezone(dt.UTC)).total_seconds(),
        source=grade,
        mode="transit" if transit else "walk",
        geometry=line if grade is Grade.STREETS else None,
        steps=tuple(draw(STEPS)),
        rides=(ride,) if transit else (),
    )


def _later(moment: dt.datetime, seconds: float) -> dt.datetime:
    """Return a moment so many seconds later, also where the clocks change in between."""
    later = moment.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    return later.astimezone(moment.tzinfo)


@st.composite
def _days(draw: Callable[..., Any], date: dt.date, zone: ZoneInfo, *, traced: bool) -> Day:
    home = Point(
        draw(st.sampled_from([2.8282, -52.7, 139.7])), draw(st.sampled_from([50.4268, -33.4]))
    )
    moment = dt.datetime.combine(date, dt.time(draw(st.integers(0, 20)), 30), zone)
    moment = _later(moment, 0)  # an hour the clocks skip becomes one they show
    start = Waypoint(draw(sentences()), home.lon, home.lat, draw(st.sampled_from(["gare", None])))
    here, start_time, stops, legs = start, moment, [], []
    for place in draw(PLACES):
        point = draw(_points(home))
        there = Waypoint(draw(sentences()), point.lon, point.lat, place)
        leg = draw(_legs((here, there), moment, traced=traced))
        begin = _later(leg.arrive, draw(st.integers(0, 3600)))
        moment = _later(begin, draw(st.integers(0, 7200)))
        stops.append(
            Stop(
                kind="visit" if place else "break", place=place, name=there.name,
                lon=point.lon, lat=point.lat, arrive=leg.arrive, begin=begin, leave=moment,
                opening=draw(st.sampled_from(["open", "unknown"])), slack_minutes=3, score=1.0,
                hours=draw(sentences()), description=draw(sentences()), notes=(draw(sentences()),),
            )
        )  # fmt: skip
        legs.append(leg)
        here = there
    end = draw(st.sampled_from([start, here]))
    legs.append(draw(_legs((here, end), moment, traced=traced)))
    return Day(
        date,
        start,
        end,
        start_time,
        legs[-1].arrive,
        tuple(stops),
        tuple(legs),
        Totals(0, 0, 0, 0, 0, 0),
    )


@st.composite
def plans(draw: Callable[..., Any], *, traced: bool = False) -> Plan:
    """Draw a plan whose times run forwards; with *traced*, every way is a walk with a line."""
    zone = draw(st.sampled_from(ZONES))
    first = draw(st.sampled_from(DATES))
    days = [
        draw(_days(first + dt.timedelta(days=2 * number), zone, traced=traced))
        for number in range(draw(st.integers(1, 3)))
    ]
    return Plan(
        created=dt.datetime(2026, 11, 20, 9, tzinfo=zone),
        program="lens-routes 0.1.0",
        request={"themes": draw(st.lists(sentences(), max_size=3))},
        days=tuple(days),
        score=1.0,
        bound=None,
        proven=False,
        left_out=(LeftOut("musee", draw(sentences()), draw(sentences())),),
        warnings=(draw(sentences()),),
        provenance=(Provenance("streets", draw(sentences()), "2026", draw(sentences())),),
    )
