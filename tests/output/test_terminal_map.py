"""The map in the terminal: true to scale, readable at any width, honest about what it lacks."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from tests.output.plans import plans
from tests.support.effort import examples
from tests.support.program import run

from lens_routes.cli.frame.maps import look_of
from lens_routes.geo import Point, distance_m
from lens_routes.output.terminal_map import layers
from lens_routes.output.terminal_map.draw import MapLook, frame_of, render_map
from lens_routes.output.terminal_map.frame import Raster, frame_around
from lens_routes.output.terminal_map.labels import place_labels, place_names
from lens_routes.output.terminal_map.sketch import Mark, Sign, Sketch, Track, of_day, of_route
from lens_routes.plan.basemap import BaseMap, Ground, MapArea, MapLine, Way
from lens_routes.plan.grade import Grade
from lens_routes.plan.leg import Leg
from lens_routes.plan.waypoint import Waypoint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

    from lens_routes.plan.plan import Plan

WIDE = MapLook(80, 40, unicode=True, colour=False)
ASCII = MapLook(80, 40, unicode=False, colour=False)
HOME = Point(2.82, 50.43)


def point(east_m: float, north_m: float) -> Point:
    """Return a point so many metres from home."""
    degree_m = math.radians(1) * 6_371_009
    lon = HOME.lon + east_m / degree_m / math.cos(math.radians(HOME.lat))
    return Point(lon, HOME.lat + north_m / degree_m)


def sketch(*corners: tuple[float, float]) -> Sketch:
    """Return a traced walk from corner to corner, metres, that starts and ends at the first."""
    places = [point(*corner) for corner in corners]
    marks = [Mark(Sign.START, "Gare", places[0])]
    marks += [Mark(number, f"Place {number}", place) for number, place in enumerate(places[1:], 1)]
    return Sketch(tuple(marks), (Track((*places, places[0]), ridden=False, traced=True),))


SQUARE = sketch((0, 0), (2000, 0), (2000, 1500), (0, 1500))


def base_of(*lines: MapLine, areas: tuple[MapArea, ...] = ()) -> BaseMap:
    return BaseMap((2.7, 50.3, 2.9, 50.5), lines, areas, "© OpenStreetMap contributors")


def street(*corners: tuple[float, float], name: str = "", way: Way = Way.STREET) -> MapLine:
    return MapLine(way, tuple(point(*corner) for corner in corners), name)


def drawn(shown: Sketch, base: BaseMap | None, look: MapLook) -> list[str]:
    """Return the printed lines, those of the map and those below."""
    return [line.plain for line in render_map(shown, frame_of(shown, look), base, look)]


def cell_of(lines: list[str], text: str) -> tuple[int, int]:
    """Return column and row of the first letter of the text, in the map."""
    row = next(number for number, line in enumerate(lines) if text in line)
    return lines[row].index(text), row


# ---- where things are


@given(
    st.lists(st.tuples(st.floats(-9e3, 9e3), st.floats(-9e3, 9e3)), min_size=1, max_size=6),
    st.integers(1, 250),
    st.integers(1, 120),
)
def test_a_frame_holds_every_point(
    corners: list[tuple[float, float]], width: int, height: int
) -> None:
    """At any size of the terminal all is on the map, which keeps within it from 20 columns on."""
    points = [point(*corner) for corner in corners]
    frame = frame_around(points, width, height)
    assert frame.columns == min(max(width, 20), 200)
    assert frame.rows <= max(6, min(height, frame.columns // 2))
    for place in points:
        column, row = frame.place(place)
        assert 0 <= column < frame.columns
        assert 0 <= row < frame.rows


def test_a_metre_is_as_long_in_every_direction() -> None:
    """A square on the ground is twice as many columns wide as rows high: cells are upright."""
    frame = frame_around([point(0, 0), point(3000, 2000)], 100, 60)
    (west, south), (east, north) = (frame.place(point(*at)) for at in ((0, 0), (1000, 1000)))
    assert (east - west) / (south - north) == pytest.approx(2.0, rel=0.01)
    assert (east - west) * frame.cell_m == pytest.approx(1000, rel=0.01)


def test_north_is_up_and_east_is_right() -> None:
    """Each number stands where its place lies."""
    lines = drawn(SQUARE, None, WIDE)
    start, first, second, third = (cell_of(lines, f"({sign})") for sign in "●123")
    assert start[1] == first[1] > second[1] == third[1]
    assert start[0] == third[0] < first[0] == second[0]


@settings(deadline=None)
@given(st.floats(10, 50_000), st.integers(20, 200))
def test_the_scale_bar_is_true(size_m: float, width: int) -> None:
    """The bar is as long as it says, to half a column at each end."""
    shown = sketch((0, 0), (size_m, size_m / 2))
    look = MapLook(width, 60, unicode=False, colour=False)
    frame = frame_of(shown, look)
    words = " ".join(drawn(shown, None, look)[frame.rows :])
    bar, length, unit = words.split()[:3]
    metres = float(length) * (1000 if unit == "km" else 1)
    assert len(bar) * frame.cell_m == pytest.approx(metres, abs=frame.cell_m * 1.01)
    west, south, east, north = frame.bounds
    across = distance_m(Point(west, (south + north) / 2), Point(east, (south + north) / 2))
    assert across / frame.columns == pytest.approx(frame.cell_m, rel=0.01)


# ---- readable at any width


@settings(max_examples=examples(10), deadline=None)
@given(plans(), st.integers(20, 200), st.booleans(), st.booleans())
def test_no_line_is_wider_than_the_terminal(
    plan: Plan, width: int, unicode: bool, colour: bool
) -> None:
    """Whatever the plan and its names are, every line fits, and none is broken."""
    look = MapLook(width, 24, unicode, colour)
    for day in plan.days:
        lines = drawn(of_day(day), None, look)
        assert all(cell_len(line) <= width for line in lines)
        assert not any("\n" in line or "\x1b" in line for line in lines)


wanted = st.lists(
    st.tuples(st.sampled_from(["(1)", "(12)", " 3 "]), st.floats(0, 40), st.floats(0, 12)),
    max_size=40,
)


@given(wanted)
def test_labels_never_overlap(spots: list[tuple[str, float, float]]) -> None:
    """However crowded a map is, no number hides another, none is cut, and all are counted."""
    placed, left_out = place_labels([(t, "", x, y) for t, x, y in spots], 40, 12)
    cells = [cell for label in placed for cell in label.cells]
    assert len(cells) == len(set(cells))
    assert all(0 <= column < 40 and 0 <= row < 12 for column, row in cells)
    assert len(placed) + left_out == len(spots)


def test_a_hundred_stops_in_one_place_are_counted() -> None:
    """What finds no room is said, not dropped in silence."""
    crowd = Sketch(tuple(Mark(n, f"Place {n}", HOME) for n in range(1, 101)), ())
    text = " ".join(drawn(crowd, None, WIDE))
    assert "stops found no room on the map" in text


def test_two_thousand_stops_are_drawn() -> None:
    """A plan of 2,000 stops gets its map, too."""
    stops = [(100.0 * (n % 50), 100.0 * (n // 50)) for n in range(2000)]
    lines = drawn(sketch(*stops), None, MapLook(200, 60, unicode=True, colour=True))
    assert sum(" 7 " in line for line in lines) >= 1


# ---- what is drawn


def test_the_way_stands_out_from_the_streets() -> None:
    """Where the way runs, its dots alone are drawn, in its own style and with a broader pen."""
    base = base_of(street((0, -100), (0, 1600)), street((-100, 750), (2100, 750)))
    frame = frame_of(SQUARE, WIDE)
    raster = Raster(frame, 2, 4)
    drawing = layers.draw_ways(SQUARE, layers.draw_ground(base, raster), raster)
    column, row = (int(x) for x in frame.place(point(0, 375)))
    crossing = drawing.characters(braille=True)[column, row]
    assert crossing[1] == layers.WALK.style
    column, row = (int(x) for x in frame.place(point(1000, 750)))
    plain = drawing.characters(braille=True)[column, row]
    assert plain[1] == layers.STREET.style
    dots = [(ord(cell[0]) - 0x2800).bit_count() for cell in (crossing, plain)]
    assert dots[0] > dots[1] > 0


def test_too_many_streets_are_left_out_the_least_important_first() -> None:
    """A mass of alleys gives way, so that main roads can be seen."""
    alleys = [street((20.0 * n, -99), (20.0 * n, 1599)) for n in range(100)]
    main = street((-100, 750), (2100, 750), way=Way.MAIN_ROAD)
    raster = Raster(frame_of(SQUARE, WIDE), 2, 4)
    drawing = layers.draw_ground(base_of(main, *alleys), raster)
    assert layers.MAIN_ROAD in drawing.inks.values()
    assert layers.STREET not in drawing.inks.values()
    few = layers.draw_ground(base_of(main, *alleys[::20]), raster)
    assert layers.STREET in few.inks.values()


def test_an_area_has_holes() -> None:
    """The island of a lake is land."""
    ring, hole = (
        tuple(point(x, y) for x, y in ((a, a), (b, a), (b, b), (a, b), (a, a)))
        for a, b in ((200, 1200), (500, 900))
    )
    raster = Raster(frame_around([point(0, 0), point(1400, 1400)], 60, 60), 2, 4)
    dots = raster.area((ring, hole))
    for place, within in (((300, 700), True), ((700, 700), False), ((1300, 700), False)):
        column, row = raster.frame.place(point(*place))
        assert (int(row * 4) * raster.width + int(column * 2) in dots) is within
    lake = base_of(areas=(MapArea(Ground.WATER, (ring, hole), "Étang"),))
    text = "\n".join(drawn(SQUARE, lake, WIDE))
    assert "water" in text
    assert "Étang" in text


def test_a_line_has_no_gaps() -> None:
    """Consecutive dots of a line touch, also when it leaves the map and comes back."""
    raster = Raster(frame_around([point(0, 0), point(900, 500)], 50, 50), 2, 4)
    dots = {
        (dot % raster.width, dot // raster.width)
        for dot in raster.line([point(-5000, 100), point(900, 500), point(300, -9000)])
    }
    left = {min(dots)}
    reached = set(left)
    while left:
        x, y = left.pop()
        near = {(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & dots - reached
        reached |= near
        left |= near
    assert reached == dots


def test_streets_are_named_where_there_is_room() -> None:
    """A name stands on its street, once; never on a number or on the way."""
    base = base_of(
        street((-100, 750), (2100, 750), name="Rue Émile Zola"),
        street((0, 0), (2000, 0), name="Rue du Chemin"),
    )
    lines = drawn(SQUARE, base, WIDE)
    assert sum("Rue Émile Zola" in line for line in lines) == 1
    frame = frame_of(SQUARE, WIDE)
    assert cell_of(lines, "Rue Émile Zola")[1] == int(frame.place(point(1000, 750))[1])
    assert not any("Rue du Chemin" in line for line in lines[: frame.rows])


def test_a_street_beside_the_map_is_not_named() -> None:
    """The base map reaches a little further than the map; what lies there is passed over."""
    beside = street((-9000, 0), (-8000, 0), name="Rue Pascal")
    lines = drawn(SQUARE, base_of(beside), WIDE)
    assert not any("Rue Pascal" in line for line in lines)


@pytest.mark.parametrize("name", ["شارع", "Rue 語", "e\u0301tang", "x" * 50])
def test_names_that_would_shift_the_map_are_not_written(name: str) -> None:
    """Letters that take two cells, none, or run the other way, and names too long."""
    row = {(column, 5) for column in range(80)}
    assert place_names([(name, row)], set(), 80, 20) == []
    assert len(place_names([("Rue Pascal", row)], set(), 80, 20)) == 1


def test_rides_look_unlike_walks() -> None:
    """A ride is dashed and has its own entry below the map; so has the railway."""
    shown = Sketch(SQUARE.marks, (Track((point(0, 0), point(2000, 0)), ridden=True, traced=True),))
    below = " ".join(drawn(shown, base_of(street((0, 500), (900, 500), way=Way.RAILWAY)), WIDE))
    assert "by bus or train" in below
    assert "railway" in below
    assert "on foot" not in below


# ---- terminals of less


def test_plain_terminals_get_plain_letters() -> None:
    """Without Unicode nothing but ASCII is drawn; only the credit keeps its sign."""
    base = base_of(
        street((-100, 750), (2100, 750), name="Rue Pascal"),
        areas=(
            MapArea(Ground.GREEN, (tuple(map(point, (100, 900, 900, 100), (100, 100, 600, 100))),)),
        ),
    )
    text = "\n".join(drawn(SQUARE, base, ASCII)).replace("©", "")
    assert text.isascii()
    for sign in ("(@)", "(1)", "##", '""', "Rue Pascal", "^ north"):
        assert sign in text


def test_colour_takes_the_place_of_brackets() -> None:
    """Numbers stand in coloured fields where there is colour, in brackets where there is none."""
    colourful = list(
        render_map(SQUARE, frame_of(SQUARE, WIDE), None, MapLook(80, 40, unicode=True, colour=True))
    )
    assert not any("(1)" in line.plain for line in colourful)
    assert any("on red" in str(span.style) for line in colourful for span in line.spans)
    plain = list(render_map(SQUARE, frame_of(SQUARE, WIDE), None, WIDE))
    assert not any(" on " in str(span.style) for line in plain for span in line.spans)


@pytest.mark.parametrize(
    ("encoding", "term", "no_color", "unicode", "colour"),
    [
        ("utf-8", "xterm-256color", "", True, True),
        ("utf-8", "xterm-256color", "1", True, False),
        ("utf-8", "dumb", "", False, False),
        ("latin-1", "xterm-256color", "", False, True),
    ],
)
def test_the_terminal_is_asked_what_it_can_show(
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    term: str,
    no_color: str,
    unicode: bool,
    colour: bool,
) -> None:
    """The encoding, TERM and NO_COLOR decide; the map leaves rows for what stands below it."""
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("NO_COLOR", no_color)
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    look = look_of(Console(file=stream, force_terminal=True, width=90, height=30))
    assert (look.unicode, look.colour) == (unicode, colour)
    assert look.height < 30


# ---- honest about what it lacks


def test_without_streets_it_says_so() -> None:
    """No network, or one that lies elsewhere: the stops and the way are drawn, and it is said."""
    assert "streets download" in " ".join(drawn(SQUARE, None, WIDE))
    assert "do not reach here" in " ".join(drawn(SQUARE, base_of(), WIDE))
    there = drawn(SQUARE, base_of(street((0, 100), (900, 100))), WIDE)
    assert "Without streets" not in " ".join(there)
    assert "OpenStreetMap" in " ".join(there)


def test_straight_lines_are_called_so() -> None:
    """A way that is not traced is a straight line, and not taken for a street."""
    ends = [Waypoint("A", *point(0, 0)), Waypoint("B", *point(900, 900))]
    shown = of_route(ends, [_untraced()])
    assert [track.traced for track in shown.tracks] == [False]
    assert "Straight lines" in " ".join(drawn(shown, None, WIDE))
    assert "Straight lines" not in " ".join(drawn(SQUARE, None, WIDE))


def _untraced() -> Leg:
    noon = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
    return Leg("A", "B", noon, noon, 1200.0, 960.0, Grade.ESTIMATE)


@settings(max_examples=examples(10), deadline=None)
@given(plans())
def test_a_day_is_numbered_as_its_itinerary_is(plan: Plan) -> None:
    """Visits count from 1, breaks do not count; an end elsewhere has a sign of its own."""
    for day in plan.days:
        shown = of_day(day)
        numbers = [mark.sign for mark in shown.marks if not isinstance(mark.sign, Sign)]
        visits = sum(stop.kind == "visit" for stop in day.stops)
        assert numbers == list(range(1, 1 + visits))
        pauses = sum(mark.sign is Sign.PAUSE for mark in shown.marks)
        assert pauses == len(day.stops) - visits
        ends = [mark.point for mark in shown.marks if mark.sign is Sign.END]
        assert ends == ([day.end.point] if day.end.point != day.start.point else [])


# ---- the commands


@pytest.mark.usefixtures("nine_o_clock", "streets")
@pytest.mark.parametrize(
    "command", ["plan --map", "nearby gare --within 2h --map", "route gare musee terril --map"]
)
def test_commands_draw_a_map(town: Town, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """With streets installed each command draws a map of them, within the columns.

    It stands below what it shows; of a plan, below the hours of the day and above the rest.
    """
    monkeypatch.setenv("TERM", "xterm")
    with_map = run(*command.split(), "--places", town.catalogue)
    without = run(*command.removesuffix(" --map").split(), "--places", town.catalogue)
    assert with_map.code == 0, with_map.err
    above, _, below = without.out.rpartition("\n\n") if "plan" in command else (without.out, "", "")
    assert with_map.out.startswith(above)
    assert with_map.out.endswith(below)
    drawing = with_map.out.removeprefix(above).removesuffix(below)
    assert "(1)" in drawing
    assert "OpenStreetMap" in drawing
    assert any("\u2801" <= letter <= "\u28ff" for letter in drawing)
    assert max(cell_len(line) for line in drawing.splitlines()) <= 80


@pytest.mark.usefixtures("nine_o_clock")
def test_a_saved_plan_is_redrawn(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replanning draws the rest of the day; without streets it says that they are missing."""
    monkeypatch.setenv("TERM", "dumb")
    saved = tmp_path / "day.json"
    assert run("plan", "--save", saved, "--places", town.catalogue).code == 0
    result = run("replan", saved, "--now", "10:05", "--map", "--places", town.catalogue)
    assert result.code == 0, result.err
    assert "Without streets" in result.out
    assert "(@)" in result.out


@pytest.mark.usefixtures("nine_o_clock", "streets")
def test_json_has_no_map(town: Town) -> None:
    """Stdout is one JSON document under --json, also when a map is asked for."""
    assert run("plan", "--map", "--json", "--places", town.catalogue).document["days"]
