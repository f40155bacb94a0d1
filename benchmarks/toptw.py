"""Measure the planner on the standard OPTW/TOPTW instances; see CONTRACTS.md for the form."""

from __future__ import annotations

import argparse
import csv
import json
import math
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError, UsageError
from lens_routes.tour.problem import Day, Problem, Site, StaticTimes
from lens_routes.tour.search.stop import MaxRuntime

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.tour.search.stop import Stop


#: Plain orienteering instances have exact Euclidean distances; four decimals tell them apart.
PLAIN_SCALE = 10_000


def read(path: Path, routes: int) -> Problem:
    """Read an instance: with windows (OPTW/TOPTW), or without (OP, whose header has two fields).

    Times become integers by scaling; site ids are the vertex numbers of the file.
    """
    rows = [
        line.split() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()
    ]
    return _read_plain(rows, routes) if len(rows[0]) == 2 else _read_windows(path, rows, routes)


def _read_windows(path: Path, rows: list[list[str]], routes: int) -> Problem:
    """Read the OPTW/TOPTW format; vertex 0 is the depot.

    Distances are rounded down to one decimal (Solomon) or two (Cordeau, the files called
    ``pr…``), as the benchmark prescribes.
    """
    scale = 100 if path.name.lower().startswith("pr") else 10
    vertices = [[float(field) for field in (*row[1:5], row[-2], row[-1])] for row in rows[2:]]

    def units(value: float) -> int:
        return round(value * scale)

    depot, customers = vertices[0], vertices[1:]
    return Problem(
        sites=tuple(
            Site(str(i), v[3], units(v[2]), ((units(v[4]), units(v[5])),))
            for i, v in enumerate(customers, start=1)
        ),
        days=(Day(len(customers), len(customers), units(depot[4]), units(depot[5])),) * routes,
        travel=_euclidean(
            [*customers, depot], lambda distance: math.floor(distance * scale + 1e-9)
        ),
    )


def _read_plain(rows: list[list[str]], routes: int) -> Problem:
    """Read the OP format: a budget, then the start, the end, and the points to collect."""
    budget = round(float(rows[0][0]) * PLAIN_SCALE)
    start, end, *points = ([float(field) for field in row] for row in rows[1:])
    count = len(points)
    return Problem(
        sites=tuple(Site(str(i), p[2], 0, ((0, budget),)) for i, p in enumerate(points, start=2)),
        days=(Day(count, count + 1, 0, budget),) * routes,
        travel=_euclidean(
            [*points, start, end], lambda distance: math.ceil(distance * PLAIN_SCALE - 1e-9)
        ),
    )


def _euclidean(points: list[list[float]], whole: Callable[[float], int]) -> StaticTimes:
    return StaticTimes(
        [[whole(math.hypot(a[0] - b[0], a[1] - b[1])) for b in points] for a in points]
    )


class MaxProcessorTime:
    """Stop when this process has computed for some seconds, whatever else the machine does."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    def __call__(self, best: float) -> bool:  # noqa: ARG002  # part of the protocol
        """Return whether the time is up."""
        return time.process_time() >= self._end


def measure(path: Path, routes: int, stop: Stop, seed: int) -> dict[str, Any]:
    """Solve one instance and return a line of the contract."""
    # What is loaded while the first tour is searched is no part of the search.
    import lens_routes.tour.search.improve  # noqa: F401
    from lens_routes.tour.solve import solve

    problem = read(path, routes)
    started = time.perf_counter()
    solution = solve(problem, stop, seed, effort=None)
    return {
        "instance": path.stem,
        "m": routes,
        "score": round(solution.score),
        "seconds": round(time.perf_counter() - started, 3),
        "routes": [[int(visit.id) for visit in tour.visits] for tour in solution.tours],
        "iterations": solution.iterations,
    }


def group(instance: str) -> str:
    """Return the family an instance belongs to: ``c1``, ``rc2``, ``pr`` and so on."""
    family = instance.rstrip("0123456789")
    return family if family == "pr" else instance[: len(family) + 1]


def table(lines: list[dict[str, Any]], reference: Path) -> str:
    """Return the mean gaps to the best values known, as a Markdown table by family and routes."""
    with reference.open(newline="") as stream:
        best = {
            (row["instance"], int(row["m"])): float(row["reference"])
            for row in csv.DictReader(stream)
        }
    gaps: dict[tuple[str, int], list[float]] = {}
    for line in lines:
        known = best[line["instance"], line["m"]]
        gap = 100 * (known - line["score"]) / known
        for family in (group(line["instance"]), "all"):
            for routes in (line["m"], 0):
                gaps.setdefault((family, routes), []).append(gap)
    counts = sorted({routes for _, routes in gaps if routes})
    names = [*sorted({family for family, _ in gaps} - {"all"}), "all"]
    head = ["family", *(f"m = {m}" for m in counts), "all m"]
    rows = [
        [name, *(f"{statistics.fmean(gaps[name, m]):.2f} %" for m in (*counts, 0))]
        for name in names
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))


def write_block(document: Path, name: str, text: str) -> None:
    """Replace what stands in *document* between the marks of the block called *name*."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = document.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{document} has no block {begin} ... {end}")
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def main() -> int:
    """Measure the instances named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", nargs="*", type=Path)
    parser.add_argument("--routes", type=_positive, default=1)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument(
        "--processor", action="store_true", help="count the seconds of the processor, not the clock"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print JSON lines, and nothing else")
    parser.add_argument(
        "--results", nargs="+", type=Path, default=[], help="JSON lines of earlier runs to add"
    )
    parser.add_argument("--reference", type=Path, help="CSV of best values known: print the gaps")
    parser.add_argument("--docs", type=Path, help="Markdown file whose block of gaps is replaced")
    options = parser.parse_args()
    lines = [json.loads(text) for file in options.results for text in file.read_text().splitlines()]
    for path in options.instances:
        rule = MaxProcessorTime if options.processor else MaxRuntime
        try:
            line = measure(path, options.routes, rule(options.seconds), options.seed)
        except (OSError, ValueError, IndexError, BadInputError, UsageError) as error:
            parser.error(f"{path} is no instance: {error}")
        lines.append(line)
        if options.json:
            print(json.dumps(line), flush=True)
        else:
            print(
                f"{line['instance']:>8} m={line['m']} {line['score']:>6} {line['seconds']:6.2f} s"
            )
    if options.reference and not options.json:
        gaps = table(lines, options.reference)
        print(gaps)
        if options.docs:
            write_block(options.docs, f"toptw {options.seconds:g} s", gaps)
    return 0


if __name__ == "__main__":
    sys.exit(main())
