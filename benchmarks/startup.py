"""Time whole commands, from the shell's point of view, beside the same answers from OSMnx alone.

``python benchmarks/startup.py [--json]`` needs the shared map extract. Each command is a fresh
process; the figure is the median of five, after one run that is not counted. The peer reads the
same streets from a GraphML file that OSMnx saved beforehand, as its users do, and answers the same
question with OSMnx and networkx; ``--help`` stands beside ``import osmnx``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
RUNS = 5
NOW = "2026-11-25T09:00"

#: Both ends inside the extract of the centre, so that both programs search the same streets.
STATION, MUSEUM = (2.82821, 50.42681), (2.80333, 50.43056)

COMMANDS = {
    "--help": ["--help"],
    "plan": ["plan", "--theme", "culture"],
    "nearby": ["nearby", "gare-de-lens"],
    "route": ["route", "gare-de-lens", "louvre-lens"],
}

PREPARE = """
import osmnx, sys
graph = osmnx.graph_from_xml(sys.argv[1], bidirectional=True, simplify=True, retain_all=False)
osmnx.save_graphml(graph, sys.argv[2])
"""
# Edges, not nodes: OSMnx looks nodes up through scikit-learn, which would be one import more.
LOAD = f"""
import sys, networkx, osmnx
graph = osmnx.load_graphml(sys.argv[1])
ends = osmnx.nearest_edges(graph, {[STATION[0], MUSEUM[0]]}, {[STATION[1], MUSEUM[1]]})
a, b = (end[0] for end in ends)
"""
PEERS = {
    "--help": "import osmnx",
    # The distances between the 24 culture places; choosing and ordering visits is not even tried.
    "plan": LOAD
    + """
import json
places = json.load(open(sys.argv[2], encoding="utf-8"))["features"]
points = [p["geometry"]["coordinates"] for p in places if "culture" in p["properties"]["themes"]]
edges = osmnx.nearest_edges(graph, [x for x, _ in points], [y for _, y in points])
for node in {edge[0] for edge in edges}:
    networkx.single_source_dijkstra_path_length(graph, node, weight="length")
""",
    "nearby": LOAD + 'networkx.ego_graph(graph, a, radius=1500, distance="length")',
    "route": LOAD + "print(len(osmnx.shortest_path(graph, a, b)))",
}


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end, its output thrown away."""
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def median_s(command: list[str], environment: dict[str, str]) -> float:
    """Return the median wall time of a command, seconds."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        run(command, environment)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def measure() -> list[dict[str, float | str]]:
    """Return a record a command: our seconds, the peer's, and the ratio."""
    rows: list[dict[str, float | str]] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LENS_ROUTES_HOME": folder, "LENS_ROUTES_NOW": NOW}
        ours = [sys.executable, "-m", "lens_routes.cli.start"]
        peer = [sys.executable, "-W", "ignore", "-c"]
        run([*ours, "streets", "import", str(SHARED / "osm" / "lens-artois.osm.pbf")], environment)
        graph, plain = str(Path(folder) / "centre.graphml"), Path(folder) / "centre.osm"
        with gzip.open(SHARED / "osm" / "lens-centre-walk.osm.gz") as stream:
            plain.write_bytes(stream.read())
        run([*peer, PREPARE, str(plain), graph], environment)
        for name, arguments in COMMANDS.items():
            own_s = median_s([*ours, *arguments], environment)
            question = [PEERS[name], graph, str(ROOT / "data" / "places.geojson")]
            peer_s = median_s([*peer, *question], environment)
            rows.append(
                {
                    "command": name,
                    "seconds": round(own_s, 3),
                    "osmnx_seconds": round(peer_s, 3),
                    "ratio": round(peer_s / own_s, 1),
                }
            )
    return rows


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    as_json = parser.parse_args().json
    for row in measure():
        if as_json:
            print(json.dumps(row))
        else:
            ours, peer = f"{row['seconds']:7.3f} s", f"{row['osmnx_seconds']:7.3f} s"
            print(f"{row['command']:8} {ours}   OSMnx alone {peer}   {row['ratio']:5.1f} times")


if __name__ == "__main__":
    main()
