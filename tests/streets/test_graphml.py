"""Reading the street graphs people have saved with OSMnx."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from tests.streets.segments import segments

from lens_routes.errors import BadInputError, UsageError
from lens_routes.streets.access.ruleset import OSM
from lens_routes.streets.build.graphml import read
from lens_routes.streets.build.osm_file import read as read_osm

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx


def street_graph(**graph_data: object) -> nx.MultiDiGraph:
    """Return nodes 1 to 4 in a row, 0.001 degrees apart, and no edge."""
    import networkx as nx

    graph = nx.MultiDiGraph(crs="epsg:4326", **graph_data)
    for n in range(1, 5):
        graph.add_node(n, x=2.80 + n / 1000, y=50.43)
    return graph


def both_ways(graph: nx.MultiDiGraph, tail: int, head: int, **data: object) -> None:
    """Add an edge as OSMnx does for walkers: once in each direction."""
    backward = dict(data)
    if "geometry" in data:
        backward["geometry"] = data["geometry"].reverse()  # type: ignore[attr-defined]
    graph.add_edge(tail, head, **data, length=1.0, reversed=False)
    graph.add_edge(head, tail, **backward, length=1.0, reversed=True)


def saved(graph: nx.MultiDiGraph, path: Path) -> Path:
    import osmnx

    osmnx.save_graphml(graph, path)
    return path


def test_two_directions_are_one_way(tmp_path: Path) -> None:
    """A street that may be walked both ways is one way; a one-way edge is a way as well."""
    graph = street_graph()
    both_ways(graph, 1, 2, osmid=1, highway="residential", name="Rue Paul Bert")
    graph.add_edge(2, 3, osmid=2, highway="service", oneway=True)
    ways = read(saved(graph, tmp_path / "g.graphml"))
    assert len(ways.way_class) == 2
    assert len(ways.lon_e7) == 3
    assert segments(ways) == {
        (frozenset({(28010000, 504300000), (28020000, 504300000)}), "residential", "Rue Paul Bert"),
        (frozenset({(28020000, 504300000), (28030000, 504300000)}), "service", ""),
    }
    assert ways.source.kind == "graphml"
    assert ways.source.name.endswith("g.graphml")


def test_bends_are_kept(tmp_path: Path) -> None:
    """The bends of a simplified edge are nodes of the way, in order, once for both directions."""
    from shapely import LineString

    graph = street_graph(simplified=True)
    line = LineString([(2.801, 50.43), (2.8012, 50.431), (2.8018, 50.431), (2.802, 50.43)])
    both_ways(graph, 1, 2, osmid=[1, 2], highway="path", geometry=line)
    ways = read(saved(graph, tmp_path / "g.graphml"))
    assert len(ways.way_class) == 1
    assert ways.lon_e7[ways.refs].tolist() in (
        [28010000, 28012000, 28018000, 28020000],
        [28020000, 28018000, 28012000, 28010000],
    )


def test_parallel_edges_stay_apart(tmp_path: Path) -> None:
    """Two ways between the same junctions, one straight and one bent, are two ways."""
    from shapely import LineString

    graph = street_graph(simplified=True)
    both_ways(graph, 1, 2, osmid=1, highway="path")
    bent = LineString([(2.801, 50.43), (2.8015, 50.44), (2.802, 50.43)])
    both_ways(graph, 1, 2, osmid=2, highway="path", geometry=bent)
    assert len(read(saved(graph, tmp_path / "g.graphml")).way_class) == 2


def test_an_undirected_graph(tmp_path: Path) -> None:
    """An edge of an undirected graph may be written from either end; its bends stay in order."""
    from shapely import LineString

    graph = street_graph(simplified=True)
    line = LineString([(2.802, 50.43), (2.8018, 50.431), (2.8012, 50.431), (2.801, 50.43)])
    graph.add_edge(1, 2, osmid=1, highway="path", geometry=line)
    ways = read(saved(graph.to_undirected(), tmp_path / "g.graphml"))
    assert sorted(ways.lon_e7[ways.refs].tolist()) == ways.lon_e7[ways.refs].tolist()


def test_merged_tags(tmp_path: Path) -> None:
    """Of a merged edge all names are kept, and the kind that comes first in the alphabet."""
    graph = street_graph(simplified=True)
    both_ways(graph, 1, 2, osmid=[1, 2], highway=["steps", "footway"], name=["B", "A's Weg"])
    both_ways(graph, 3, 4, osmid=5, highway="service", access="private")
    ways = read(saved(graph, tmp_path / "g.graphml"))
    assert {(kind, name) for _, kind, name in segments(ways)} == {("footway", "A's Weg / B")}


def test_clipping(tmp_path: Path) -> None:
    """A box clips a graph as it clips a file."""
    graph = street_graph()
    for tail in (1, 2, 3):
        both_ways(graph, tail, tail + 1, osmid=tail, highway="path")
    path = saved(graph, tmp_path / "g.graphml")
    assert len(read(path, bbox=(2.8005, 50.4, 2.8015, 50.5)).way_class) == 1
    with pytest.raises(BadInputError, match=r"3,50\.4,3\.1,50\.5"):
        read(path, bbox=(3.0, 50.4, 3.1, 50.5))
    with pytest.raises(UsageError, match="no inside"):
        read(path, bbox=(3.1, 50.4, 3.0, 50.5))


def test_a_projected_graph_is_refused(tmp_path: Path) -> None:
    """Metres are not taken for degrees: the message says how to save the graph instead."""
    graph = street_graph()
    graph.graph["crs"] = "EPSG:32631"
    both_ways(graph, 1, 2, osmid=1, highway="path")
    with pytest.raises(BadInputError, match=r"projected.*32631") as failure:
        read(saved(graph, tmp_path / "g.graphml"))
    assert "to_latlong=True" in failure.value.hint


def test_a_graph_without_streets(tmp_path: Path) -> None:
    """A graph whose edges have no highway tag holds nothing to walk on, and that is said."""
    graph = street_graph()
    both_ways(graph, 1, 2, railway="rail")
    with pytest.raises(BadInputError, match="no street"):
        read(saved(graph, tmp_path / "g.graphml"))


HEAD = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="c" for="graph" attr.name="crs" attr.type="string"/>'
    '<key id="x" for="node" attr.name="x" attr.type="string"/>'
    '<key id="y" for="node" attr.name="y" attr.type="string"/>'
    '<key id="h" for="edge" attr.name="highway" attr.type="string"/>'
    '<key id="g" for="edge" attr.name="geometry" attr.type="string"/>'
    '<graph edgedefault="directed">'
)
CRS = '<data key="c">epsg:4326</data>'
NODES = "".join(
    f'<node id="{n}"><data key="x">2.8{n}</data><data key="y">50.43</data></node>' for n in (1, 2)
)
EDGE = '<edge source="1" target="2"><data key="h">path</data>{}</edge>'
TAIL = "</graph></graphml>"


def test_the_smallest_graph(tmp_path: Path) -> None:
    """The parts the broken files below are made of do make a graph."""
    path = tmp_path / "g.graphml"
    path.write_text(HEAD + CRS + NODES + EDGE.format("") + TAIL)
    assert len(read(path).way_class) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not whole XML"),
        ("hello", "not whole XML"),
        (HEAD + CRS + NODES, "not whole XML"),
        ("<osm version='0.6'></osm>", "element osm"),
        (HEAD + NODES + TAIL, "no coordinate system"),
        (HEAD + CRS + '<node id="1"/>' + TAIL, "node 1 lacks 'x'"),
        (HEAD + CRS + NODES + '<edge source="1" target="9"/>' + TAIL, "edge 1-9 lacks '9'"),
        (HEAD + CRS + NODES.replace("50.43", "north") + TAIL, "north"),
        (HEAD + CRS + NODES.replace("50.43", "nan") + TAIL, "no position in degrees"),
        (HEAD + CRS + NODES.replace("50.43", "5588000") + TAIL, "no position in degrees"),
        (HEAD + CRS + NODES + EDGE.format('<data key="g">POINT (1 2)</data>') + TAIL, "POINT"),
        (HEAD + CRS + NODES + EDGE.format('<data key="g">EMPTY</data>') + TAIL, "EMPTY"),
        (HEAD + CRS + TAIL, "no street"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, text: str, reason: str) -> None:
    """Each broken file gives one error that names the file, the reason and what to do."""
    path = tmp_path / "broken.graphml"
    path.write_text(text)
    with pytest.raises(BadInputError, match=reason) as failure:
        read(path)
    assert "broken.graphml" in failure.value.message
    assert failure.value.hint


def test_missing_file_and_directory(tmp_path: Path) -> None:
    """A wrong path is told as what it is."""
    for path in (tmp_path / "absent.graphml", tmp_path):
        with pytest.raises(BadInputError, match="cannot be read"):
            read(path)


@pytest.mark.shared
def test_the_same_streets_as_the_file(shared: Path, tmp_path: Path) -> None:
    """A graph made of a file holds the streets of that file, simplified or not."""
    import osmnx

    packed = shared / "osm" / "lens-centre.osm.gz"
    bbox = (2.80, 50.42, 2.84, 50.44)
    xml = tmp_path / "centre.osm"
    xml.write_bytes(gzip.decompress(packed.read_bytes()))
    graph = osmnx.graph_from_xml(xml, bidirectional=True, simplify=False, retain_all=True)
    unwalkable = [
        (tail, head, key)
        for tail, head, key, tags in graph.edges(keys=True, data=True)
        if not any(OSM.permissions(tags))
    ]
    graph.remove_edges_from(unwalkable)
    graph = osmnx.truncate.truncate_graph_bbox(graph, bbox, truncate_by_edge=True)
    # A platform is no edge of OSMnx.
    expected = {street for street in segments(read_osm(packed, bbox)) if street[1]}
    assert segments(read(saved(graph, tmp_path / "raw.graphml"))) == expected

    simplified = read(
        saved(osmnx.simplify_graph(graph, remove_rings=False), tmp_path / "simplified.graphml")
    )
    assert {ends for ends, _, _ in segments(simplified)} == {ends for ends, _, _ in expected}
