from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import BUILT, LENGTH, at, locate, network_of, small_ways, spots_of

from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route.directions import Instruction, Turn, directions
from lens_routes.streets.route.phrases import phrase, way_name
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.snap import snap
from lens_routes.text.language import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.streets.small_maps import Line

    from lens_routes.geo import Point
    from lens_routes.streets.build.ways import Ways


def led(
    metres: Sequence[tuple[float, float]], lines: Sequence[Line], start: Point, end: Point
) -> tuple[Instruction, ...]:
    network = network_of(metres, lines)
    ends = (snap(network, point, FOOT) for point in (start, end))
    path = shortest(LENGTH.price(network), *ends)
    assert path is not None
    return directions(network, path)


def said(found: Sequence[Instruction]) -> list[tuple[Turn, str, int]]:
    return [(one.turn, one.street, round(one.distance_m, -1)) for one in found]


@settings(deadline=None)
@given(small_ways(), st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_distances_add_up_and_the_ends_are_where_they_should_be(
    ways: Ways, shares: list[float]
) -> None:
    """Whatever the map: from a departure to an arrival, all metres of the walk, none twice."""
    network = compile_network(ways, built=BUILT)
    spots = [spot for s in spots_of(ways, shares) if (spot := locate(network, ways, s))]
    priced = LENGTH.price(network)
    for a, b in itertools.islice(itertools.combinations(spots, 2), 10):
        path = shortest(priced, a, b)
        assert path is not None
        found = directions(network, path)
        assert sum(one.distance_m for one in found) == pytest.approx(path.length_m)
        assert found[-1].turn is Turn.ARRIVE
        assert found[-1].at == b.point
        if path.stretches:
            assert found[0].turn is Turn.DEPART
            assert found[0].at == pytest.approx(a.point)
        middle = {one.turn for one in found[1:-1]}
        assert not middle & {Turn.DEPART, Turn.ARRIVE}
        for one in found:
            assert 0 <= one.heading_deg < 360
            assert phrase(one, "the end")


#: A street from the south to a junction at (0, 0), and one street in each of eight directions.
SPOKES = {
    Turn.STRAIGHT: (0, 100),
    Turn.SLIGHT_RIGHT: (58, 82),
    Turn.RIGHT: (100, 0),
    Turn.SHARP_RIGHT: (64, -77),
    Turn.SHARP_LEFT: (-64, -77),
    Turn.LEFT: (-100, 0),
    Turn.SLIGHT_LEFT: (-58, 82),
}


@pytest.mark.parametrize("turn", SPOKES)
def test_turns_are_told_by_their_angle(turn: Turn) -> None:
    """Out of a star of streets, the turn names the one that is meant."""
    metres = [(0, 0), (0, -100), *SPOKES.values()]
    lines = [((1, 0), "residential", "Rue du Sud")]
    lines += [((0, 2 + i), "residential", f"Rue {other}") for i, other in enumerate(SPOKES)]
    found = led(metres, lines, at(0, -100), at(*SPOKES[turn]))
    assert said(found) == [
        (Turn.DEPART, "Rue du Sud", 100),
        (turn, f"Rue {turn}", 100),
        (Turn.ARRIVE, f"Rue {turn}", 0),
    ]


def test_turning_back_is_called_that() -> None:
    """A hairpin onto a street that leads back the way one came is a U-turn."""
    metres = [(0, 0), (100, 0), (200, 0), (0, 15)]
    lines = [((0, 1), "residential", "A"), ((1, 2), "residential", "A"), ((1, 3), "track", "B")]
    assert said(led(metres, lines, at(0, 0), at(0, 15)))[1][0] is Turn.U_TURN


def test_a_bend_without_a_junction_is_not_mentioned() -> None:
    """Where a street bends and nothing else leaves, there is nothing to decide."""
    metres = [(0, 0), (100, 0), (100, 100), (200, 100)]
    found = led(metres, [((0, 1, 2, 3), "residential", "A")], at(0, 0), at(200, 100))
    assert said(found) == [(Turn.DEPART, "A", 300), (Turn.ARRIVE, "A", 0)]


def test_a_new_name_at_a_bend_is_told_without_a_turn() -> None:
    """Where the only way on has another name, one continues onto it, however it bends."""
    metres = [(0, 0), (100, 0), (100, 100)]
    lines = [((0, 1), "residential", "A"), ((1, 2), "residential", "B")]
    found = led(metres, lines, at(0, 0), at(100, 100))
    assert said(found)[1] == (Turn.STRAIGHT, "B", 100)


def test_crossings_of_a_straight_street_are_passed_in_silence() -> None:
    """Side streets do not interrupt a street that keeps its name."""
    metres = [(0, 0), (100, 0), (200, 0), (300, 0), (100, 90), (200, -90)]
    lines = [
        ((0, 1, 2, 3), "residential", "A"),
        ((1, 4), "residential", "B"),
        ((2, 5), "service", ""),
    ]
    assert len(led(metres, lines, at(0, 0), at(300, 0))) == 2


def test_staying_on_a_street_that_turns_off_is_told() -> None:
    """Where a street of one name turns and another goes straight on, a walker needs to know."""
    metres = [(0, 0), (100, 0), (100, 100), (200, 0)]
    lines = [((0, 1, 2), "residential", "A"), ((1, 3), "residential", "B")]
    found = led(metres, lines, at(0, 0), at(100, 100))
    assert said(found)[1] == (Turn.LEFT, "A", 100)
    assert found[1].stays
    assert phrase(found[1], "") == "Turn left to stay on A"


def test_an_unnamed_path_that_forks_is_told() -> None:
    """On paths without names, the turn at a fork is the only guide."""
    metres = [(0, 0), (100, 0), (180, 60), (180, -60)]
    lines = [((0, 1), "path", ""), ((1, 2), "path", ""), ((1, 3), "path", "")]
    found = led(metres, lines, at(0, 0), at(180, 60))
    assert [one.turn for one in found] == [Turn.DEPART, Turn.SLIGHT_LEFT, Turn.ARRIVE]
    assert phrase(found[1], "") == "Bear left along the footpath"


def test_a_short_link_is_part_of_what_follows() -> None:
    """A crossing of a few metres is walked, not announced; the turn is that of the whole."""
    metres = [(0, 0), (100, 0), (100, 8), (100, 100), (200, 0), (0, 8)]
    lines = [
        ((0, 1, 4), "residential", "A"),
        ((1, 2), "footway", ""),
        ((5, 2), "footway", "C"),
        ((2, 3), "residential", "B"),
    ]
    found = led(metres, lines, at(0, 0), at(100, 100))
    assert said(found) == [
        (Turn.DEPART, "A", 100),
        (Turn.LEFT, "B", 100),
        (Turn.ARRIVE, "B", 0),
    ]
    assert found[1].distance_m == pytest.approx(100, abs=1)


def test_steps_are_told_however_short() -> None:
    """Three metres of steps stop a pram: they are always named."""
    metres = [(0, 0), (100, 0), (104, 0), (200, 0)]
    lines = [
        ((0, 1), "residential", "A"),
        ((1, 2), "steps", ""),
        ((2, 3), "residential", "A"),
    ]
    found = led(metres, lines, at(0, 0), at(200, 0))
    assert [phrase(one, "") for one in found[1:3]] == ["Take the steps", "Continue onto A"]


@pytest.mark.parametrize(
    ("asked", "turn"),
    [
        (at(190, 20), Turn.ARRIVE_LEFT),
        (at(190, -20), Turn.ARRIVE_RIGHT),
        (at(190, 2), Turn.ARRIVE),
        (at(260, 0), Turn.ARRIVE),
    ],
)
def test_the_side_of_the_destination_is_told_where_it_has_one(asked: Point, turn: Turn) -> None:
    """Left and right are seen by the walker; on the street or straight ahead there is no side."""
    found = led([(0, 0), (200, 0)], [((0, 1), "residential", "A")], at(0, 0), asked)
    assert found[-1].turn is turn


def test_there_is_nothing_to_say_about_no_walk() -> None:
    """Who is there already only arrives."""
    found = led([(0, 0), (200, 0)], [((0, 1), "path", "")], at(50, 0), at(50, 0))
    assert [one.turn for one in found] == [Turn.ARRIVE]


@pytest.mark.parametrize(
    ("turn", "street", "kind", "stays", "sentence"),
    [
        (Turn.DEPART, "Rue A", "residential", False, "Head east on Rue A"),
        (Turn.DEPART, "", "track", False, "Head east on the track"),
        (Turn.RIGHT, "Rue A", "residential", False, "Turn right onto Rue A"),
        (Turn.SHARP_LEFT, "", "cycleway", False, "Turn sharp left onto the cycle path"),
        (Turn.STRAIGHT, "", "service", False, "Continue onto the service road"),
        (Turn.LEFT, "", "steps", False, "Turn left and take the steps"),
        (Turn.STRAIGHT, "Escalier B", "steps", False, "Take the steps (Escalier B)"),
        (Turn.SLIGHT_RIGHT, "", "residential", True, "Bear right along the unnamed street"),
        (Turn.U_TURN, "Rue A", "residential", True, "Turn back along Rue A"),
        (Turn.ARRIVE_LEFT, "Rue A", "residential", True, "Arrive at Louvre-Lens, on the left"),
    ],
)
def test_sentences_are_english(
    turn: Turn, street: str, kind: str, stays: bool, sentence: str
) -> None:
    """Each instruction is said as a guide would say it."""
    one = Instruction(turn, street, kind, 120.0, 88.0, stays, at(0, 0))
    assert phrase(one, "Louvre-Lens") == sentence


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Rue Paul Bert", "la rue Paul Bert"),
        ("Avenue Alfred Maës", "l’avenue Alfred Maës"),
        ("Boulevard Basly", "le boulevard Basly"),
        ("Hameau du Bois", "le hameau du Bois"),
        ("Grand Cavalier", "Grand Cavalier"),
        ("Rue", "Rue"),
    ],
)
def test_french_streets_have_their_article(name: str, french: str) -> None:
    """A French sentence says "la rue Paul Bert", an English one the name on the sign."""
    way = way_name(name, "residential")
    assert way == name
    assert way.in_language("fr") == french


@pytest.mark.parametrize("turn", [*Turn])
@pytest.mark.parametrize("kind", ["residential", "steps"])
@pytest.mark.parametrize("street", ["Rue A", ""])
@pytest.mark.parametrize("stays", [False, True])
def test_every_instruction_can_be_said_in_every_language(
    turn: Turn, kind: str, street: str, stays: bool
) -> None:
    """No combination is without words, and a French document gets French words."""
    sentence = phrase(Instruction(turn, street, kind, 9.0, 0.0, stays, at(0, 0)), "Gare")
    assert isinstance(sentence, Said)
    assert sentence.in_language("en")[0].isupper()
    assert sentence.in_language("fr") != sentence.in_language("en")
