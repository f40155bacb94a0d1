"""Walk between pairs of points, and measure how fast and how right that is.

    python benchmarks/streets.py NETWORK.osm.pbf PAIRS.csv [--profile walk] [--rules osm] [--json]
    python benchmarks/streets.py NETWORK.osm.pbf --bars [--copies 64] [--json]
    python benchmarks/streets.py NETWORK.osm.pbf --peers [--count 1000] [--json]

PAIRS has the columns lon1, lat1, lon2, lat2. Points go to the nearest point of the nearest edge of
the largest piece of network one may use; the distance is the pure length along ways, without the
way to the street. ``--profile`` says who moves (walk, bike, drive), ``--rules osmnx`` that OSMnx's
filters decide where: its ``walk``, ``bike`` and ``drive_service`` networks. ``--bars`` measures the
speed bars, with ``--copies`` on so many of the map side by side; ``--peers`` compares with OSMnx,
igraph and Valhalla.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lens_routes.errors import BadInputError, LensRoutesError
from lens_routes.geo import Point
from lens_routes.streets.access.ruleset import OSM, OSMNX
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.network.permit import MAIN
from lens_routes.streets.profiles.bike import BIKE
from lens_routes.streets.profiles.car import CAR
from lens_routes.streets.profiles.foot import FOOT
from lens_routes.streets.profiles.profile import Wish
from lens_routes.streets.route.priced import AT_NODE_M, price
from lens_routes.streets.route.search import shortest
from lens_routes.streets.route.snap import snap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens_routes.streets.access.ruleset import Rules
    from lens_routes.streets.network.network import Network
    from lens_routes.streets.profiles.profile import Profile
    from lens_routes.streets.route.snap import Snap

    Pair = tuple[Point, Point]

#: By the name OSMnx's users know; of a bicycle only what may be ridden counts.
PROFILES = {"walk": FOOT, "bike": BIKE._replace(uses=BIKE.permit), "drive": CAR}
RULES = {"osm": OSM, "osmnx": OSMNX}
COLUMNS = ("lon1", "lat1", "lon2", "lat2")


@dataclass(frozen=True, slots=True)
class Answer:
    """One walk: metres, the gaps at both ends in metres, and seconds of computing."""

    distance_m: float | None
    snap_m: tuple[float, float]
    seconds: float


def walks(network: Network, pairs: Iterable[Pair], profile: Profile = FOOT) -> Iterator[Answer]:
    """Yield the shortest way of each pair."""
    priced = price(network, profile, wish=Wish.SHORTEST)
    pieces = _every_piece(network) if network.meta.rules == OSMNX.name else network
    for a, b in pairs:
        begin = time.perf_counter()
        spot_a, spot_b = (_spot(network, pieces, p, profile) for p in (a, b))
        path = shortest(priced, spot_a, spot_b)
        seconds = time.perf_counter() - begin
        yield Answer(path.length_m if path else None, (spot_a.gap_m, spot_b.gap_m), seconds)


def _every_piece(network: Network) -> Network:
    """Return a network each piece of which counts as the largest."""
    permits = np.asarray(network.arc_permits)
    return replace(network, arc_permits=(permits | permits << MAIN).data)


def _spot(network: Network, pieces: Network, point: Point, profile: Profile) -> Snap:
    """Return where a point is on the largest piece; a node of OSMnx's graph stays where it is."""
    if pieces is not network and (at := snap(pieces, point, profile)).gap_m < AT_NODE_M:
        return replace(at, aside=None)
    # Not aside: small pieces of network count for nothing here.
    return replace(snap(network, point, profile), aside=None)


def compiled(path: Path, rules: Rules = OSM) -> Network:
    """Return the network of an OSM file."""
    return compile_network(read(path, rules=rules), built=dt.datetime.now(dt.UTC))


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of pairs.

    Raises
    ------
    BadInputError
        The file cannot be read, lacks a column, or holds something that is no position.
    """
    pairs = []
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=2):
                try:
                    lon1, lat1, lon2, lat2 = (float(row[column]) for column in COLUMNS)
                except (KeyError, TypeError, ValueError) as error:
                    raise BadInputError(
                        f"{path}, line {number}: {error} is not a figure for {', '.join(COLUMNS)}."
                    ) from None
                pairs.append((Point(lon1, lat1), Point(lon2, lat2)))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path} cannot be read: {error}.") from error
    return pairs


def show_walks(network: Network, pairs: Sequence[Pair], profile: Profile, *, as_json: bool) -> None:
    """Print a line for each pair: JSON, or a table with a summary."""
    if as_json:
        for answer in walks(network, pairs, profile):
            print(
                json.dumps(
                    {
                        "distance_m": answer.distance_m,
                        "snap_m": list(answer.snap_m),
                        "seconds": answer.seconds,
                    }
                ),
                flush=True,
            )
        return
    rows = [
        (f"{a.lat:.5f}, {a.lon:.5f}", f"{b.lat:.5f}, {b.lon:.5f}", *_cells(answer))
        for (a, b), answer in zip(pairs, walks(network, pairs, profile), strict=True)
    ]
    show_table(("from", "to", "metres", "gaps, m", "ms"), rows)


def _cells(answer: Answer) -> tuple[str, str, str]:
    metres = "not connected" if answer.distance_m is None else f"{answer.distance_m:,.1f}"
    gaps = " + ".join(f"{gap:.1f}" for gap in answer.snap_m)
    return metres, gaps, f"{answer.seconds * 1e3:.2f}"


def show_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*header)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def show_figures(figures: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print measured figures: one JSON line each, or a table."""
    if as_json:
        for figure in figures:
            print(json.dumps(figure))
        return
    header = list(dict.fromkeys(key for figure in figures for key in figure))
    show_table(header, [[str(figure.get(key, "")) for key in header] for figure in figures])


def main() -> int:
    """Run the benchmark; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("network", type=Path, help="an OSM file")
    parser.add_argument("pairs", type=Path, nargs="?", help="a CSV file of pairs of points")
    parser.add_argument("--profile", choices=PROFILES, default="walk", help="who moves")
    parser.add_argument("--rules", choices=RULES, default="osm", help="who may go where")
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    parser.add_argument("--bars", action="store_true", help="measure the speed bars")
    parser.add_argument("--copies", type=int, default=1, help="of the map, for --bars")
    parser.add_argument("--peers", action="store_true", help="compare with other programs")
    parser.add_argument("--count", type=int, default=1000, help="pairs for --peers")
    options = parser.parse_args()
    try:
        if options.bars:
            from streets_bars import measure_bars

            show_figures(measure_bars(options.network, options.copies), as_json=options.json)
        elif options.peers:
            from streets_peers import compare_peers

            show_figures(compare_peers(options.network, options.count), as_json=options.json)
        elif options.pairs is None:
            parser.error("give a file of pairs, --bars or --peers")
        else:
            pairs = read_pairs(options.pairs)
            network = compiled(options.network, RULES[options.rules])
            show_walks(network, pairs, PROFILES[options.profile], as_json=options.json)
    except LensRoutesError as error:
        print(f"{error.message} {error.hint}".strip(), file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
