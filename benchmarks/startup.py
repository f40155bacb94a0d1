"""The processor time of whole commands, in that of importing what they are built on.

``python benchmarks/startup.py [--json]`` needs the shared map extract and timetable. Each command
is a fresh process; the figure is the lowest of seven, after one run that is not counted, and the
ratio is to ``python -c "import typer, rich"`` among the same runs. ``--peers`` times four of them
by the clock, median of five, beside the same answers from OSMnx alone: the peer reads the same
streets from a GraphML file that OSMnx saved beforehand, as its users do, and answers with OSMnx
and networkx; ``--help`` stands beside ``import osmnx``.
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
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
RUNS, PEER_RUNS = 7, 5
Row = dict[str, float | str | None]
NOW = "2026-11-25T09:00"

#: Both ends inside the extract of the centre, so that both programs search the same streets.
STATION, MUSEUM = (2.82821, 50.42681), (2.80333, 50.43056)

COMMANDS = {
    "--help": ["--help"],
    "plan": ["plan", "--theme", "culture"],
    "nearby": ["nearby", "gare-de-lens"],
    "route": ["route", "gare-de-lens", "louvre-lens"],
}
_TRAINS = ["--mode", "transit", "--date", "2025-02-12"]
_JOURNEY = ["gare-de-lens", "gare-de-bethune", "--depart", "2025-02-12T09:00"]


class Goal(NamedTuple):
    """A command line, what is installed where it runs, and the ratio it should not exceed."""

    name: str
    line: list[str]
    ratio: float | None
    machine: str = "bare"


GOALS = (
    Goal("--help", COMMANDS["--help"], 1.4),
    Goal("nearby", COMMANDS["nearby"], 1.8),
    Goal("route", COMMANDS["route"], 1.8),
    Goal("places list", ["places", "list"], 1.8),
    Goal("plan", COMMANDS["plan"], 3.0),
    Goal("plan, streets", COMMANDS["plan"], 4.0, "streets"),
    Goal("plan, three days", [*COMMANDS["plan"], "--days", "3"], 8.0),
    Goal("plan by transit", [*COMMANDS["plan"], *_TRAINS], 8.0, "trains"),
    Goal("transit journey", ["transit", "journey", *_JOURNEY], 3.0, "trains"),
    Goal("export html", ["export", "{plan}", "--to", "html", "-o", "{out}", "--force"], None),
    Goal("export pdf", ["export", "{plan}", "--to", "pdf", "-o", "{out}", "--force"], None),
)

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


#: As the installed script does.
OURS = [sys.executable, "-c", "from lens_routes.cli.start import main; main()"]
BASE = [sys.executable, "-c", "import typer, rich"]
INSTALL = {
    "bare": [],
    "streets": ["streets", "import", str(SHARED / "osm" / "lens-artois.osm.pbf")],
    "trains": ["transit", "add", str(SHARED / "gtfs" / "ter-2025-01.zip")],
}


def processor_s(command: list[str], environment: dict[str, str]) -> float:
    """Return the time of the processor that a command takes, seconds."""
    with subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} failed: {process.returncode}")
    return used.ru_utime + used.ru_stime


def ratios() -> list[Row]:
    """Return a record a command: its processor time, the ratio to the imports, and the goal."""
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "LENS_ROUTES_NOW": NOW}
        own.pop("PYTHONDONTWRITEBYTECODE", None)
        machines = {name: {**own, "LENS_ROUTES_HOME": str(Path(folder, name))} for name in INSTALL}
        for name, line in INSTALL.items():
            if line:
                run([*OURS, *line], machines[name])
        files = {"plan": str(Path(folder, "plan.json")), "out": str(Path(folder, "export"))}
        run([*OURS, *COMMANDS["plan"], "--save", files["plan"]], machines["bare"])
        lines = {"": (BASE, own)} | {
            goal.name: (
                [*OURS, *(word.format(**files) for word in goal.line)],
                machines[goal.machine],
            )
            for goal in GOALS
        }
        rounds = [
            {name: processor_s(*line) for name, line in lines.items()} for _ in range(RUNS + 1)
        ]
    least = {name: min(times[name] for times in rounds[1:]) for name in lines}
    return [
        {
            "command": goal.name,
            "seconds": round(least[goal.name], 3),
            "ratio": round(least[goal.name] / least[""], 2),
            "goal": goal.ratio,
        }
        for goal in GOALS
    ]


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end, its output thrown away."""
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def median_s(command: list[str], environment: dict[str, str]) -> float:
    """Return the median wall time of a command, seconds."""
    times = []
    for _ in range(PEER_RUNS + 1):
        start = time.perf_counter()
        run(command, environment)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def beside_peers() -> list[Row]:
    """Return a record a command: our seconds, the peer's, and the ratio."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LENS_ROUTES_HOME": folder, "LENS_ROUTES_NOW": NOW}
        peer = [sys.executable, "-W", "ignore", "-c"]
        run([*OURS, *INSTALL["streets"]], environment)
        graph, plain = str(Path(folder) / "centre.graphml"), Path(folder) / "centre.osm"
        with gzip.open(SHARED / "osm" / "lens-centre-walk.osm.gz") as stream:
            plain.write_bytes(stream.read())
        run([*peer, PREPARE, str(plain), graph], environment)
        for name, arguments in COMMANDS.items():
            own_s = median_s([*OURS, *arguments], environment)
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
    parser.add_argument("--peers", action="store_true", help="by the clock, beside OSMnx alone")
    arguments = parser.parse_args()
    for row in beside_peers() if arguments.peers else ratios():
        if arguments.json:
            print(json.dumps(row))
        elif arguments.peers:
            ours, peer = f"{row['seconds']:7.3f} s", f"{row['osmnx_seconds']:7.3f} s"
            print(f"{row['command']:8} {ours}   OSMnx alone {peer}   {row['ratio']:5.1f} times")
        else:
            goal = f"   goal {row['goal']}" if row["goal"] else ""
            print(f"{row['command']:17} {row['seconds']:6.3f} s {row['ratio']:6.2f} times{goal}")


if __name__ == "__main__":
    main()
