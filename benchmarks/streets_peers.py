"""The street network beside OSMnx with networkx, igraph and Valhalla: times and agreement."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens_routes.geo import Point
from lens_routes.streets.access.osmnx import keeps
from lens_routes.streets.access.ruleset import OSMNX
from streets import compiled, walks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Pair = tuple[Point, Point]

SEED = 20210806
#: networkx takes a second for a pair at the far ends of a region.
NETWORKX_PAIRS = 20
#: Valhalla may snap a node to another street at the same spot, and rounds to metres.
VALHALLA_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Peer:
    """What a program answered: its preparation in seconds, metres and seconds of each pair."""

    name: str
    prepare_s: float
    metres: list[float]
    seconds: list[float]


def compare_peers(source: Path, count: int) -> list[dict[str, Any]]:
    """Compare the shortest walks between *count* random nodes of OSMnx's own graph.

    OSMnx reads the same ways: those the walk filter keeps, both directions, not simplified, largest
    weakly connected component. igraph searches that graph; networkx searches it simplified.
    """
    begin = time.perf_counter()
    network = compiled(source, OSMNX)
    prepare_s = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:
        walkable = _walkable_copy(source, Path(folder))
        graph, osmnx_s = _osmnx_graph(walkable)
        nodes = sorted(graph)
        chance = random.Random(SEED)  # noqa: S311  # reproducible, no secret
        ends = [(chance.choice(nodes), chance.choice(nodes)) for _ in range(count)]
        place = {n: Point(graph.nodes[n]["x"], graph.nodes[n]["y"]) for pair in ends for n in pair}
        pairs = [(place[a], place[b]) for a, b in ends]
        answers = list(walks(network, pairs))
        ours = Peer(
            "lens-routes",
            prepare_s,
            [answer.distance_m or 0.0 for answer in answers],
            [answer.seconds for answer in answers],
        )
        peers = [
            _igraph(graph, ends, osmnx_s),
            _networkx(graph, ends[:NETWORKX_PAIRS], osmnx_s),
            _valhalla(source, pairs[:VALHALLA_PAIRS], Path(folder)),
        ]
    return [_compared(ours, peer) for peer in [ours, *filter(None, peers)]]


def _compared(ours: Peer, peer: Peer) -> dict[str, Any]:
    """Return a row: the peer's figures, and how they stand to ours on the same pairs."""
    own = list(zip(ours.metres, ours.seconds, strict=True))[: len(peer.metres)]
    apart = [abs(a - b[0]) for a, b in zip(peer.metres, own, strict=True)]
    share = [gap / b[0] for gap, b in zip(apart, own, strict=True) if b[0] > 0]
    return {
        "program": peer.name,
        "pairs": len(peer.metres),
        "prepare_s": round(peer.prepare_s, 2),
        "median_ms": round(statistics.median(peer.seconds) * 1e3, 3),
        "time_ratio": round(sum(peer.seconds) / sum(seconds for _, seconds in own), 2),
        "worst_difference_m": round(max(apart), 4),
        "median_difference_percent": round(100 * statistics.median(share), 4),
    }


def _walkable_copy(source: Path, folder: Path) -> Path:
    """Write the walkable ways and their nodes as the XML that OSMnx reads."""
    import osmium

    kept = [
        way.id for way in osmium.FileProcessor(source, osmium.osm.WAY) if keeps("walk", way.tags)
    ]
    wanted = set(kept)
    target = folder / "walkable.osm"
    nodes: set[int] = set()
    for way in osmium.FileProcessor(source, osmium.osm.WAY):
        if way.id in wanted:
            nodes.update(node.ref for node in way.nodes)
    with osmium.SimpleWriter(target) as writer:
        for entity in osmium.FileProcessor(source, osmium.osm.NODE | osmium.osm.WAY):
            if entity.id in (nodes if entity.is_node() else wanted):
                writer.add(entity)
    return target


def _osmnx_graph(walkable: Path) -> tuple[Any, float]:
    import osmnx

    begin = time.perf_counter()
    graph = osmnx.graph_from_xml(walkable, bidirectional=True, simplify=False, retain_all=False)
    return graph, time.perf_counter() - begin


def _answers(
    name: str, prepare_s: float, ends: Sequence[Any], measure: Callable[[Any, Any], float]
) -> Peer:
    metres, seconds = [], []
    for a, b in ends:
        begin = time.perf_counter()
        metres.append(measure(a, b))
        seconds.append(time.perf_counter() - begin)
    return Peer(name, prepare_s, metres, seconds)


def _left_out(name: str, error: Exception) -> None:
    print(f"{name} is left out of the comparison: {error}", file=sys.stderr)


def _igraph(graph: Any, ends: Sequence[tuple[int, int]], osmnx_s: float) -> Peer | None:
    try:
        import igraph
    except ImportError as error:
        return _left_out("igraph", error)
    begin = time.perf_counter()
    number = {node: index for index, node in enumerate(graph)}
    edges = [(number[a], number[b]) for a, b in graph.edges()]
    lengths = [length for _, _, length in graph.edges(data="length")]
    same = igraph.Graph(n=len(number), edges=edges, directed=True)
    prepare_s = osmnx_s + time.perf_counter() - begin

    def measure(a: int, b: int) -> float:
        return float(same.distances(number[a], number[b], weights=lengths)[0][0])

    return _answers(f"igraph {igraph.__version__}", prepare_s, ends, measure)


def _networkx(graph: Any, ends: Sequence[tuple[int, int]], osmnx_s: float) -> Peer:
    import networkx as nx
    import osmnx

    begin = time.perf_counter()
    # Keep the ends of the pairs, which simplifying would otherwise dissolve into their streets.
    keep = {node: True for pair in ends for node in pair}
    nx.set_node_attributes(graph, keep, "keep")
    simple = osmnx.simplify_graph(graph, node_attrs_include=["keep"])
    prepare_s = osmnx_s + time.perf_counter() - begin

    def measure(a: int, b: int) -> float:
        return float(nx.shortest_path_length(simple, a, b, weight="length"))

    return _answers(f"OSMnx {osmnx.__version__} with networkx", prepare_s, ends, measure)


def _valhalla(source: Path, pairs: Sequence[Pair], folder: Path) -> Peer | None:
    try:
        import valhalla
    except ImportError as error:
        return _left_out("Valhalla", error)
    import json

    begin = time.perf_counter()
    tiles = folder / "tiles"
    tiles.mkdir()
    settings = valhalla.get_config(tile_dir=tiles, tile_extract="")
    settings["service_limits"]["pedestrian"]["max_distance"] = 200_000.0
    (folder / "valhalla.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "valhalla", "valhalla_build_tiles"]
    # It looks for its programs on the path, where those of this interpreter may not be.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
    try:
        subprocess.run(  # noqa: S603  # Valhalla's own program, on the file the user named
            [*command, "-c", str(folder / "valhalla.json"), str(source)],
            check=True,
            capture_output=True,
            env={**os.environ, "PATH": path},
        )
    except subprocess.CalledProcessError as error:
        return _left_out("Valhalla", error)
    actor = valhalla.Actor(settings)
    prepare_s = time.perf_counter() - begin

    def measure(a: Point, b: Point) -> float:
        answer = actor.route(
            {
                "locations": [{"lon": a.lon, "lat": a.lat}, {"lon": b.lon, "lat": b.lat}],
                "costing": "pedestrian",
                "costing_options": {"pedestrian": {"shortest": True}},
                "directions_type": "none",
            }
        )
        return float(answer["trip"]["summary"]["length"]) * 1e3

    return _answers(f"Valhalla {valhalla.__version__}, shortest", prepare_s, pairs, measure)
