"""What who rolls is told: where wheels pass for sure, where nobody knows, what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.streets.small_maps import BUILT
from tests.streets.test_ways_used import MIDDLE, NODES, ROUND, A, gone, node, way

from lens_routes.geo import Point
from lens_routes.judge.legs import CLIMB_FACTORS
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.profiles.named import profile_called
from lens_routes.streets.profiles.wheelchair import PUSHCHAIR, WHEELCHAIR
from lens_routes.travel.foot.rolling import worst_spot
from lens_routes.travel.tables.table import NO_FIT
from lens_routes.travel.walking import Walking

if TYPE_CHECKING:
    from pathlib import Path as File

#: What the way from A to B through the middle has, besides its ends.
SHORT = "highway=footway|name=Passage"


@pytest.mark.parametrize("mover", ["wheelchair", "pushchair"])
@pytest.mark.parametrize(
    ("tags", "passes"),
    [
        ("surface=asphalt", True),
        ("incline=10%", True),
        ("incline=up", True),
        ("incline=-14 %", False),
        ("width=0.5", False),
        ("width=1.2 m", True),
        ("smoothness=very_bad", False),
        ("smoothness=very_bad|wheelchair=yes", True),
        ("wheelchair=no", False),
    ],
)
def test_what_is_blocked_is_gone_round(tags: str, mover: str, passes: bool, tmp_path: File) -> None:
    """By its tags a way takes wheels, or is none for them."""
    path = gone(tmp_path, way(20, [1, 3], f"{SHORT}|{tags}"), mover)
    assert path is not None
    assert (path.length_m < 600) is passes


@pytest.mark.parametrize(
    ("tags", "known"),
    [
        ("surface=asphalt", True),
        ("smoothness=good", True),
        ("surface=sett", False),
        ("surface=sett|wheelchair=yes", True),
        ("surface=asphalt|incline=8%", False),
        ("surface=asphalt|smoothness=bad", False),
        ("lit=yes", False),
    ],
)
def test_what_is_known_is_counted_apart(tags: str, known: bool, tmp_path: File) -> None:
    """Metres that the map says are smooth and level are known; the rest nobody knows."""
    path = gone(tmp_path, way(20, [1, 3], f"{SHORT}|{tags}"), "wheelchair")
    assert path is not None
    assert path.measures.sure == pytest.approx(142 if known else 0, abs=1)


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("surface=sett|incline=8%", "a slope of 8 %, Passage"),
        ("surface=sett", "140 m of cobbles, Passage"),
        ("surface=gravel", "140 m of rough ground, Passage"),
        ("surface=asphalt", "140 m of which nothing is known, Rue Ouest"),
    ],
)
def test_the_hardest_spot_is_named(tags: str, said: str, tmp_path: File) -> None:
    """A slope before rough ground, and that before what nobody knows."""
    path = gone(tmp_path, way(20, [1, 3], f"{SHORT}|{tags}"), "wheelchair")
    assert path is not None
    network = compile_network(read(tmp_path / "map.osm"), built=BUILT)
    assert str(worst_spot(network, path)) == said


@pytest.mark.parametrize(
    ("tags", "barrier", "said"),
    [
        ("highway=steps|name=Escalier", "", "of stairs, Escalier"),
        ("highway=footway|wheelchair=no|name=Sente", "", "nobody rolls along, Sente"),
        ("highway=footway|name=Sente", "kerb=raised", "a kerb or a barrier, Sente"),
    ],
)
def test_what_bars_a_door_is_named(tags: str, barrier: str, said: str, tmp_path: File) -> None:
    """A place that only walkers get to is out of reach, and the map says why; streets are not."""
    door = node(30, 2.83, 50.4289) + node(31, 2.83, 50.4295, barrier)
    lane = way(30, [30, 31], "highway=footway|name=Sente") + way(31, [31, 1], tags)
    file = tmp_path / "map.osm"
    file.write_text(f"<osm version='0.6'>{NODES}{door}{MIDDLE}{ROUND}{lane}</osm>")
    network = compile_network(read(file), built=BUILT)
    for mover in (WHEELCHAIR, PUSHCHAIR):
        rolling = Walking(network, (), NO_FIT, mover)
        assert said in str(rolling.bar(Point(2.83, 50.4289)))
        assert rolling.bar(A) is None
    assert Walking(network, (), NO_FIT).bar(Point(2.83, 50.4289)) is None


@pytest.mark.parametrize("mover", ["wheelchair", "pushchair"])
def test_the_checker_knows_what_slopes_cost(mover: str) -> None:
    """Its own figures are those of the profiles."""
    profile = profile_called(mover)
    assert CLIMB_FACTORS[mover] == (profile.climb, profile.fall)
