"""OSMnx is the measure: by its rules our networks are its networks, to the metre."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.streets.small_maps import BUILT

from lens_routes.geo import Point
from lens_routes.streets.access import osmnx as rules
from lens_routes.streets.access.ruleset import OSMNX
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.profiles.bike import BIKE
from lens_routes.streets.profiles.car import CAR
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.profile import Wish
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.snap import snap

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile


NETWORKS = {
    "walk": FOOT,
    "bike": BIKE._replace(uses=BIKE.permit),
    "drive_service": CAR,
}
ORIGINS, GOALS = 50, 20


@pytest.fixture(scope="module")
def town(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Network]:
    """Return Bayreuth as the XML that OSMnx reads, and as compiled by its rules."""
    packed = shared / "osm" / "bayreuth.osm.gz"
    plain = tmp_path_factory.mktemp("parity") / "town.osm"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    return plain, compile_network(read(packed, rules=OSMNX), built=BUILT)


def osmnx_graph(plain: Path, network: str, patch: pytest.MonkeyPatch) -> Any:
    import osmnx

    tags = sorted({*osmnx.settings.useful_tags_way, *rules.KEYS})
    patch.setattr(osmnx.settings, "useful_tags_way", tags)
    graph = osmnx.graph_from_xml(
        plain, bidirectional=network == "walk", simplify=False, retain_all=True
    )
    left_out = [
        (tail, head, key)
        for tail, head, key, tags in graph.edges(keys=True, data=True)
        if not rules.keeps(network, tags)
    ]
    graph.remove_edges_from(left_out)
    return osmnx.truncate.largest_component(graph, strongly=True)


def true_lengths(
    graph: Any, origins: NDArray[np.int64], number: dict[int, int]
) -> NDArray[np.float64]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    lengths: dict[tuple[int, int], float] = {}
    for a, b, length in graph.edges(data="length"):
        key = (number[a], number[b])
        lengths[key] = min(length, lengths.get(key, length))
    tails, heads = zip(*lengths, strict=True)
    matrix = coo_array((list(lengths.values()), (tails, heads)), shape=(len(number),) * 2)
    found: NDArray[np.float64] = dijkstra(matrix.tocsr(), indices=origins)
    return found


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize(("name", "profile"), NETWORKS.items())
def test_distances_equal_those_of_osmnx(
    town: tuple[Path, Network], name: str, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between 1,000 pairs of nodes ways are as long, to a metre, as on OSMnx's own graph.

    Of its nodes those count that one can get to and away from.
    """
    plain, network = town
    graph = osmnx_graph(plain, name, monkeypatch)
    nodes = sorted(graph)
    chance = np.random.default_rng(7)
    origins = chance.choice(len(nodes), ORIGINS, replace=False)
    truth = true_lengths(graph, origins, {node: i for i, node in enumerate(nodes)})
    priced = price(network, profile, wish=Wish.SHORTEST)
    spots = {
        int(i): snap(
            network, Point(graph.nodes[nodes[i]]["x"], graph.nodes[nodes[i]]["y"]), profile
        )
        for i in {*origins.tolist(), *chance.choice(len(nodes), GOALS).tolist()}
    }
    goals = [i for i in spots if i not in origins][:GOALS]
    for row, origin in enumerate(origins.tolist()):
        for goal in goals:
            path = shortest(priced, spots[origin], spots[goal])
            metres = path.length_m if path else np.inf
            assert metres == pytest.approx(truth[row, goal], abs=1.0)
