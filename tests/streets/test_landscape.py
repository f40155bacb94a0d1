"""Waters, greens and railways: which are drawn, how lakes get rings, the same anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium
import pytest
from tests.streets.overpass_server import elements_of, serving
from tests.streets.small_maps import BUILT

from lens_routes.plan.basemap import Ground, Way
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.landscape_tags import area_look, line_look
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.build.overpass import Patience, download
from lens_routes.streets.network import store
from lens_routes.streets.network.landscape import LOOKS, NOTHING, Landscape

if TYPE_CHECKING:
    from pathlib import Path

BOX = (2.79, 50.42, 2.81, 50.44)

#: Nodes on a grid of 0.001 degrees: number 10 * row + column, from (2.800, 50.430).
_NODES = "".join(
    f"<node id='{10 * y + x + 1}' lon='{2.8 + x / 1000:.3f}' lat='{50.43 + y / 1000:.3f}'/>"
    for y in range(9)
    for x in range(9)
)


def at(x: int, y: int) -> int:
    return 10 * y + x + 1


def tags(words: str) -> str:
    return "".join(
        f"<tag k='{k}' v='{v}'/>" for k, _, v in (word.partition("=") for word in words.split())
    )


def way(number: int, corners: list[tuple[int, int]], words: str = "") -> str:
    nodes = "".join(f"<nd ref='{at(*corner)}'/>" for corner in corners)
    return f"<way id='{number}'>{nodes}{tags(words)}</way>"


def relation(number: int, members: list[tuple[int, str]], words: str) -> str:
    parts = "".join(f"<member type='way' ref='{way}' role='{role}'/>" for way, role in members)
    return f"<relation id='{number}'>{parts}{tags(words)}</relation>"


def square(x: int, y: int, side: int) -> list[tuple[int, int]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


#: A street, a pond, a railway with a siding, and a wood of two halves around a clearing.
COUNTRY = "".join(
    [
        way(1, [(0, 0), (1, 0)], "highway=residential"),
        way(2, square(0, 1, 1), "natural=water name=Étang"),
        way(3, [(0, 8), (8, 8)], "railway=rail"),
        way(4, [(0, 7), (8, 7)], "railway=rail service=siding"),
        way(5, [(2, 2), (7, 2), (7, 5)]),
        way(6, [(2, 2), (2, 7), (7, 7), (7, 5)]),
        way(7, square(4, 4, 1)),
        relation(1, [(5, "outer"), (6, "outer"), (7, "inner")], "type=multipolygon landuse=forest"),
    ]
)


@pytest.fixture
def country(tmp_path: Path) -> Path:
    path = tmp_path / "country.osm"
    path.write_text(f"<osm version='0.6'>{_NODES}{COUNTRY}</osm>", encoding="utf-8")
    return path


def features(landscape: Landscape) -> list[tuple[str, str, list[set[tuple[int, int]]]]]:
    """Return looks, names, and the corners of each ring on the grid, in no order."""
    return sorted(
        (
            LOOKS[look],
            landscape.name_of(number),
            [
                {(round((p.lon - 2.8) * 1000), round((p.lat - 50.43) * 1000)) for p in ring}
                for ring in landscape.rings(number)
            ],
        )
        for number, look in enumerate(landscape.look)
    )


EXPECTED = [
    (Ground.GREEN, "", [{(2, 2), (7, 2), (7, 5), (7, 7), (2, 7)}, set(square(4, 4, 1))]),
    (Way.RAILWAY, "", [{(0, 8), (8, 8)}]),
    (Ground.WATER, "Étang", [set(square(0, 1, 1))]),
]


def test_a_file_gives_its_waters_greens_and_railways(country: Path) -> None:
    """A wood of two ways is one ring, its clearing a second; a siding is not drawn."""
    landscape = read(country).landscape
    assert features(landscape) == EXPECTED
    for feature, look in enumerate(landscape.look):
        if isinstance(LOOKS[look], Ground):
            assert all(ring[0] == ring[-1] for ring in landscape.rings(feature))


def test_a_pbf_gives_the_same(country: Path) -> None:
    """The format of the file does not matter."""
    path = country.with_suffix(".osm.pbf")
    with osmium.SimpleWriter(path) as writer:
        for thing in osmium.FileProcessor(country):
            writer.add(thing)
    assert features(read(path).landscape) == EXPECTED


def test_a_download_gives_the_same(country: Path) -> None:
    """An Overpass server that holds the map is asked for all of it."""
    with serving(elements_of(country)) as server:
        ways = download((2.79, 50.42, 2.82, 50.45), server.endpoint)
        assert features(ways.landscape) == EXPECTED
        assert len(server.queries) == 2


def test_a_server_without_landscape_still_gives_streets(country: Path) -> None:
    """What is refused is said, with the reason, and the streets are kept."""
    said: list[str] = []
    with serving(elements_of(country), "success", "400") as server:
        ways = download(BOX, server.endpoint, tell=said.append, patience=Patience(2, 1, 0.01))
    assert len(ways.way_class) == 1
    assert ways.landscape.look.tolist() == []
    assert len(said) == 1
    assert "waters and greens" in said[0]
    assert "HTTP 400" in said[0]


def test_a_box_keeps_what_touches_it(country: Path) -> None:
    """Of what lies around, all that reaches into the box stays, whole."""
    found = features(read(country, (2.7995, 50.4295, 2.8015, 50.4325)).landscape)
    assert found == [EXPECTED[2]]


def test_the_landscape_is_kept_with_the_streets(country: Path, tmp_path: Path) -> None:
    """What was read comes back from the compiled file."""
    network = compile_network(read(country), built=BUILT)
    store.save(network, tmp_path / "n.lrn")
    assert features(store.load(tmp_path / "n.lrn").landscape) == EXPECTED


def test_an_area_that_does_not_close_is_left_out(tmp_path: Path) -> None:
    """At the border of an extract a way is missing: no half lake, and no island as a lake."""
    path = tmp_path / "cut.osm"
    whole = way(1, [(0, 0), (1, 0)], "highway=path") + way(7, square(4, 4, 1))
    lake = relation(
        1, [(5, "outer"), (6, "outer"), (7, "inner")], "type=multipolygon natural=water"
    )
    path.write_text(
        f"<osm version='0.6'>{_NODES}{whole}{way(5, [(2, 2), (7, 2), (7, 5)])}{lake}</osm>"
    )
    assert features(read(path).landscape) == []


def test_small_faults_of_multipolygons_do_no_harm(tmp_path: Path) -> None:
    """A member named twice, one of a single point, missing nodes: the rest is drawn."""
    path = tmp_path / "faulty.osm"
    ways = (
        way(1, [(0, 0), (1, 0)], "highway=path")
        + way(2, square(3, 3, 2))
        + way(3, [(1, 1)])
        + way(4, [(1, 1), (2, 2), (1, 1)])
        + "<way id='5'><nd ref='999'/>"
        + way(5, square(6, 6, 1), "leisure=park").partition(">")[2]
    )
    wood = relation(
        1, [(2, "outer"), (2, "outer"), (3, "outer"), (4, "")], "type=multipolygon natural=wood"
    )
    path.write_text(f"<osm version='0.6'>{_NODES}{ways}{wood}</osm>")
    found = features(read(path).landscape)
    assert (Ground.GREEN, "", [set(square(3, 3, 2))] * 2) in found


@pytest.mark.parametrize(
    ("words", "look"),
    [
        ("waterway=river", Way.STREAM),
        ("waterway=ditch", None),
        ("waterway=stream tunnel=culvert", None),
        ("railway=rail", Way.RAILWAY),
        ("railway=rail service=yard", None),
        ("railway=abandoned", None),
        ("highway=primary", None),
        ("natural=wood", Ground.GREEN),
        ("man_made=spoil_heap", Ground.GREEN),
        ("landuse=farmland", None),
        ("waterway=riverbank", Ground.WATER),
    ],
)
def test_which_tags_are_drawn(words: str, look: Way | Ground | None) -> None:
    """Waters, greens, railways in use and expressways; streets come from the network itself."""
    given = dict(word.split("=") for word in words.split())
    assert (line_look(given) or area_look(given)) == look


def test_an_empty_landscape_has_nothing_near() -> None:
    """A network without a landscape can be asked for one."""
    assert NOTHING.near((-180, -90, 180, 90), 0.0) == []
