"""What a roadbook is made of: maps to scale, names that keep apart, codes, typography."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.output.maps import saved, streets, with_train
from tests.output.plans import texts
from tests.support.effort import examples

from lens_routes.geo import Point, distance_m
from lens_routes.output.roadbook import ways
from lens_routes.output.roadbook.codes import qr_svg
from lens_routes.output.roadbook.drawing import Course, Track, draw
from lens_routes.output.roadbook.frame import frame_around
from lens_routes.output.roadbook.layout import LAYOUTS, cover_for
from lens_routes.output.roadbook.lettering import Label, Sheet, width_of
from lens_routes.output.roadbook.practical import practical
from lens_routes.output.roadbook.sections import Setting, sections
from lens_routes.output.roadbook.signs import Mark, place
from lens_routes.output.roadbook.strips import overview
from lens_routes.output.roadbook.typography import set_name, set_words
from lens_routes.output.shared.leaving import from_places
from lens_routes.output.shared.leg_parts import LegPart
from lens_routes.output.shared.map_links import geo_uri
from lens_routes.plan.amenity import Amenity
from lens_routes.plan.leg import Step
from lens_routes.text.language import said_in

SVG = {"s": "http://www.w3.org/2000/svg"}
lens = st.builds(
    lambda x, y: Point(2.83 + x / 1e5, 50.43 + y / 1e5),
    st.integers(-4000, 4000),
    st.integers(-4000, 4000),
)


@given(points=st.lists(lens, min_size=2, max_size=6), width=st.integers(100, 500))
def test_a_map_shows_its_points_to_scale(points: list[Point], width: int) -> None:
    """All points lie within the border, and paper is to ground as the scale says."""
    frame = frame_around(points, width, 200, 18)
    spots = frame.spots(points)
    for x, y in spots:
        assert 18 - 1e-6 <= x <= width - 18 + 1e-6
        assert 18 - 1e-6 <= y <= 182 + 1e-6
    (a, b), (p, q) = spots[:2], points[:2]
    assert math.dist(a, b) == pytest.approx(
        distance_m(p, q) * frame.points_per_m, rel=4e-3, abs=0.05
    )


@given(points=st.lists(lens, min_size=1, max_size=6))
def test_the_ground_asked_for_is_the_ground_shown(points: list[Point]) -> None:
    """The corners of the bounds are the corners of the frame."""
    frame = frame_around(points, 300, 200, 18)
    west, south, east, north = frame.bounds
    assert frame.spot(Point(west, north)) == pytest.approx((0, 0), abs=1e-6)
    assert frame.spot(Point(east, south)) == pytest.approx((300, 200), abs=1e-6)


@given(
    names=st.lists(
        st.tuples(
            st.text("abcdefgh ", min_size=3, max_size=20),
            st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), min_size=2, max_size=5),
        ),
        max_size=12,
    )
)
def test_no_name_covers_another(names: list[tuple[str, list[tuple[float, float]]]]) -> None:
    """Names are written within the map, and their boxes do not touch."""
    sheet = Sheet(300, 200)
    written = [
        label for text, line in names if (label := sheet.write(text, line, 7.0, 0.0)) is not None
    ]
    for label in written:
        for x, y in middle_line(label):
            assert 0 <= x <= 300
            assert 0 <= y <= 200
    for one, other in combinations(written, 2):
        nearest = min(math.dist(a, b) for a in middle_line(one) for b in middle_line(other))
        assert nearest >= 7.0


def middle_line(label: Label) -> list[tuple[float, float]]:
    """Return points along the middle of a written name."""
    half, angle = width_of(label.text, label.size) / 2 - label.size / 2, math.radians(label.angle)
    return [
        (label.x + share * half * math.cos(angle), label.y + share * half * math.sin(angle))
        for share in (-1, -0.5, 0, 0.5, 1)
    ]


def test_stops_at_one_place_are_drawn_side_by_side() -> None:
    """Two numbers on one spot would be one blot; the second stands beside it."""
    spot = Point(2.83, 50.43)
    frame = frame_around([spot, Point(2.84, 50.44)], 300, 200, 18)
    first, second = place(frame, [Mark("1", spot), Mark("2", spot)], Sheet(300, 200))
    assert first.at == first.spot == second.spot
    assert math.dist(first.at, second.at) >= 11


def test_a_map_is_whole_svg_whatever_streets_are_called() -> None:
    """The names of streets are words in the drawing; a long walk does not swell it."""
    day = saved().days[0]
    walk = tuple(day.legs[0].geometry or ())
    frame = frame_around(walk, 350, 200, 18)
    base = streets(frame.bounds)
    svg = draw(frame, [Track(Course.WALK, walk * 50)], [Mark("1", walk[0])], base, ["Rue n° 3"])
    root = etree.fromstring(svg)
    names = [element.text for element in root.findall(".//s:text", SVG)]
    assert "N" in names
    assert any(name and name.startswith("Rue n° ") for name in names)


@settings(max_examples=examples(15))
@given(text=st.text("geo:0123456789.,-", min_size=1, max_size=40))
def test_a_code_is_the_encoder_s(text: str) -> None:
    """The drawing has each dark module of the code where the encoder puts it, and no other."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    root = etree.fromstring(qr_svg(text))
    (path,) = root.findall("s:path", SVG)
    dark = set()
    for bar in str(path.get("d")).split("z")[:-1]:
        start, _, rest = bar.removeprefix("M").partition("h")
        x, y = map(int, start.split())
        dark |= {(x + i, y) for i in range(int(rest.partition("v")[0]))}
    assert dark == {
        (x + 4, y + 4) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell
    }


def test_a_position_is_a_standard_uri() -> None:
    """RFC 5870 has the latitude first, and no more than the two numbers are needed."""
    assert geo_uri(2.8282, 50.42681) == "geo:50.42681,2.82820"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'œuvre d'art", "l’œuvre d’art"),
        ("« Été » : ça va ?", "«\u00a0Été\u00a0»\u00a0: ça va\u00a0?"),
        ("600 m, 7 min", "600\u00a0m, 7\u00a0min"),
        ("www.a.fr/?b : c", "www.a.fr/?b\u00a0: c"),
        ("a\x00b\nc", "a b c"),
        ("12:30", "12:30"),
        ("Fosse n° 11", "Fosse n°\u00a011"),
    ],
)
def test_words_are_set_as_printers_set_them(typed: str, printed: str) -> None:
    """Apostrophes are curved, spaces that must not break do not."""
    assert set_words(typed) == printed


@given(text=texts())
def test_no_word_is_too_long_to_break(text: str) -> None:
    """What is set has a place to break at every 30 signs at least, and a name is never empty."""
    parts = set_words(text).replace("\u200b", " ").split()
    assert all(len(part) <= 32 for part in parts)
    assert set_name(text)


def test_streets_stand_out_in_french_too() -> None:
    """French puts a small letter to a street the map writes with a capital."""
    said = said_in({"fr": "Tournez à gauche dans la rue d'Arras"})
    step = Step(said, "Rue d'Arras", 120.0)
    part = LegPart(saved().days[0].legs[0], (), (step,), None)
    (told,) = ways.part_values(part)["steps"]
    assert (told["before"], told["street"]) == ("Tournez à gauche dans la ", "rue d’Arras")


def test_a_break_is_no_place_to_leave_and_has_no_empty_card() -> None:
    """After lunch at a museum one leaves from the museum; of such a lunch no more is to say."""
    day = saved().days[0]
    museum = day.stops[0]
    pause = replace(
        museum, kind="break", place=None, name="Lunch", description="", notes=(), hours="",
        arrive=museum.leave, begin=museum.leave,
    )  # fmt: skip
    stay = replace(
        day.legs[1], destination="Lunch", distance_m=0, geometry=None, steps=(), rides=()
    )
    onwards = replace(day.legs[1], origin="Lunch")
    lunched = replace(
        day,
        stops=(museum, pause, *day.stops[1:]),
        legs=(day.legs[0], stay, onwards, *day.legs[2:]),
    )
    (lunched,) = from_places(replace(saved(), days=(lunched,))).days
    told = list(sections(lunched, Setting(LAYOUTS["a5"][0])))
    assert told[1]["card"] is None
    assert told[2]["ways"][0]["from"] == f"From {museum.name}:"


def test_the_box_names_what_is_on_the_way() -> None:
    """Water and toilets one passes, tables near the break, whom to call."""
    day = saved().days[0]
    tap, table = (
        Amenity(kind, name, 2.8, 50.4) for kind, name in (("water", "Tap"), ("cafe", "É"))
    )
    day = replace(
        day,
        legs=(replace(day.legs[0], passed=(tap,)), *day.legs[1:]),
        stops=(replace(day.stops[0], tables=(table,)), *day.stops[1:]),
    )
    told = dict(practical(replace(saved(), days=(day,)), {}))
    assert {"Water": "Tap", "Lunch nearby": "É"}.items() <= told.items()


def test_a_name_beside_a_sign_stays_off_the_ways() -> None:
    """A name goes where no line is, farther away if need be, and over as little as can be else."""
    sheet, hard = Sheet(300, 200), Sheet(300, 200)
    for line in ([(0.0, 80.0), (300.0, 80.0)], [(150.0, 0.0), (150.0, 200.0)]):
        sheet.take_line(line, 2.0)
    label = sheet.write_beside("Musée", (150.0, 80.0), 5.6, 8.0, hard)
    assert label
    half = width_of(label.text, label.size) / 2
    assert abs(label.x - 150) > half
    assert abs(label.y - 80) > label.size / 2
    blocked = Sheet(300, 200)
    blocked.take_line([(0.0, 100.0), (300.0, 100.0)], 100.0)
    assert blocked.write_beside("Musée", (150.0, 80.0), 5.6, 8.0, hard)
    assert not blocked.write_beside("Musée", (150.0, 80.0), 5.6, 8.0, blocked)


def test_rides_are_within_the_map_of_the_whole_day() -> None:
    """The cover's map shows where trains go, not only where one walks."""
    plan = with_train(saved())
    leg = next(leg for leg in plan.days[0].legs if leg.rides)
    here = (leg.geometry or ())[0]
    away = Point(here.lon + 0.2, here.lat)
    parts = tuple(
        replace(part, geometry=(here, away)) if part.mode == "transit" else part
        for part in leg.parts
    )
    legs = tuple(replace(leg, parts=parts) if one is leg else one for one in plan.days[0].legs)
    drawn = overview([replace(plan.days[0], legs=legs)], 300, LAYOUTS["a4"][0], None)
    west, south, east, north = drawn.frame.bounds
    assert west < away.lon < east
    assert south < away.lat < north


def test_a_long_timetable_leaves_the_cover_to_the_map() -> None:
    """The timetable shares the cover while the map stays readable, else has a page of its own."""
    layout = LAYOUTS["a4"][0]
    row = {"note": "open"}
    heights = [cover_for(layout, [row] * rows, 3).map_height for rows in range(1, 9)]
    assert heights == sorted(heights, reverse=True)
    assert cover_for(layout, [row] * 8, 3).table
    assert not cover_for(layout, [row] * 40, 3).table
    assert cover_for(layout, [row] * 40, 3).map_height >= layout.cover_map
