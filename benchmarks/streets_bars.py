"""The speed bars of the street network, each measured in fresh processes.

Those of a large map are measured on copies of a map laid side by side.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import large_map

REPEATS = 5
#: What an import is to take at most, seconds and megabytes, and opening the network, milliseconds;
#: and the same of a map of 24 million nodes, half of what it once took.
LIMITS, LARGE_LIMITS = (30.0, 1500.0, 50.0), (225.0, 4750.0, 400.0)

_IMPORT = """
import datetime as dt, json, resource, sys, time
from pathlib import Path
begin = time.perf_counter()
from lens_routes.streets.network import store
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
network = compile_network(read(Path(sys.argv[1])), built=dt.datetime.now(dt.UTC))
store.save(network, Path(sys.argv[2]))
seconds = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "import_s": seconds, "import_cpu_s": used.ru_utime + used.ru_stime,
    "import_mb": used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3),
}))
"""

# The first leg is what a cold process feels: nothing of the network has been read yet.
_USE = """
import json, random, sys, time
from pathlib import Path
from lens_routes.geo import distance_m
from lens_routes.streets.network import store
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.route.directions import directions
from lens_routes.streets.route.path import geometry
from lens_routes.streets.route.reach import reach
from lens_routes.streets.route.priced import price
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.snap import snap

def timed(work, *arguments):
    begin = time.perf_counter()
    answer = work(*arguments)
    return (time.perf_counter() - begin) * 1e3, answer

def trace(priced, a, b):
    path = shortest(priced, snap(network, a, FOOT), snap(network, b, FOOT))
    geometry(network, path)
    directions(network, path)
    return path

chance = random.Random(int(sys.argv[2]))
open_ms, network = timed(store.load, Path(sys.argv[1]))
nodes = len(network.node_lon_e7)

def near(number):
    return network.node(chance.randrange(max(0, number - 40000), min(nodes, number + 40000)))

def some_leg():
    while True:
        number = chance.randrange(nodes)
        a, b = network.node(number), near(number)
        if 2000 < distance_m(a, b) < 2600:
            return a, b

cold_ms, path = timed(trace, price(network, FOOT), *some_leg())
warm = price(network, FOOT)
legs = [timed(trace, warm, *some_leg()) for _ in range(200)]
legs = [ms for ms, leg in legs if 2700 < leg.length_m < 3300]
spots = [snap(network, network.node(chance.randrange(nodes)), FOOT) for _ in range(20)]
reaches = [timed(reach, price(network, FOOT), spot, 2250.0)[0] for spot in spots]
middle = chance.randrange(nodes)
some = [snap(network, near(middle), FOOT) for _ in range(124)]
begin = time.perf_counter()
import scipy.sparse.csgraph
from lens_routes.streets.many.many import many_to_many
imported = time.perf_counter()
many_to_many(warm, some)
print(json.dumps({
    "open_ms": open_ms, "cold_leg_ms": cold_ms, "cold_leg_m": path.length_m, "leg_ms": max(legs),
    "reach_ms": max(reaches), "table_s": time.perf_counter() - imported,
    "table_and_imports_s": time.perf_counter() - begin,
}))
"""


def measure_bars(source: Path, copies: int = 1) -> list[dict[str, Any]]:
    """Return each bar with its limit and the figure measured on this machine.

    Times are medians over fresh processes; a leg and a reach are the slowest of the many that each
    process tries. Of several *copies* of the map, side by side, the limits are a large map's.
    """
    with tempfile.TemporaryDirectory() as folder:
        network = Path(folder) / "network.lrn"
        if copies > 1:
            large = Path(folder) / "large.osm.pbf"
            large_map.write(source, copies, large)
            source = large
        imported = _run(_IMPORT, str(source), str(network))
        used = [_run(_USE, str(network), str(seed)) for seed in range(REPEATS)]
        size_mb = network.stat().st_size / 1e6
    median = {key: statistics.median(run[key] for run in used) for key in used[0]}
    most_s, most_mb, most_ms = LARGE_LIMITS if copies > 1 else LIMITS
    bars = [
        ("import an OSM file", "s", most_s, imported["import_s"]),
        ("import an OSM file, time of the processor", "s", None, imported["import_cpu_s"]),
        ("import an OSM file, peak memory", "MB", most_mb, imported["import_mb"]),
        ("size of the compiled network", "MB", None, size_mb),
        ("open the compiled network", "ms", most_ms, median["open_ms"]),
        ("trace the first leg of a process, with directions", "ms", 20.0, median["cold_leg_ms"]),
        ("trace a 3 km leg, slowest, with directions", "ms", 20.0, median["leg_ms"]),
        ("everything within 2,250 m (30 minutes), slowest", "ms", 150.0, median["reach_ms"]),
        ("table of 124 points over 46 × 26 km", "s", 0.5, median["table_s"]),
        ("the same, importing numpy and scipy included", "s", None, median["table_and_imports_s"]),
    ]
    return [
        {
            "bar": bar,
            "limit": limit,
            "measured": round(measured, 2),
            "unit": unit,
            "met": limit is None or measured <= limit,
        }
        for bar, unit, limit, measured in bars
    ]


def _run(program: str, *arguments: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603  # our own program, on files the user named
        [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
