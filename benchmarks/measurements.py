"""Run the benchmarks and write docs/measurements.md: the measured figure beside each promise.

``python benchmarks/measurements.py`` needs the shared material and the ``bench`` extra; it takes
some minutes. A benchmark prints JSON lines; this script only puts them into tables.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
MAP = str(SHARED / "osm" / "lens-artois.osm.pbf")
PAGE = ROOT / "docs" / "measurements.md"
#: How many copies of it are as large as a country.
COPIES = "64"

HEAD = """\
# Measurements

Written by `python benchmarks/measurements.py` on {date}: {machine}. Milliseconds belong to that
machine; ratios travel. "Bar" is what the issue asks for, "measured" what this run gave.
"""


def lines(*arguments: str) -> list[dict[str, Any]]:
    """Return the JSON lines a benchmark prints."""
    command = [sys.executable, *arguments, "--json"]
    done = subprocess.run(  # noqa: S603  # our own scripts
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    cells = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in cells)


def streets() -> str:
    """Return the section on the street network."""
    bars, large_bars = (
        [
            [row["bar"], _limit(row), f"{row['measured']} {row['unit']}"]
            for row in lines("benchmarks/streets.py", MAP, "--bars", "--copies", copies)
        ]
        for copies in ("1", COPIES)
    )
    peers = [
        [
            row["program"],
            row["pairs"],
            f"{row['prepare_s']} s",
            f"{row['median_ms']:.2f} ms",
            f"{row['time_ratio']:.2f}",
            f"{row['worst_difference_m']:.3f} m",
        ]
        for row in lines("benchmarks/streets.py", MAP, "--peers")
    ]
    peer_header = ["program", "pairs", "prepare", "median query", "time / ours", "worst difference"]
    return (
        "## Streets\n\n`benchmarks/streets.py lens-artois.osm.pbf --bars`, fresh processes:\n\n"
        + table(["what", "bar", "measured"], bars)
        + f"\nThe same with `--copies {COPIES}`, on so many of that map side by side, 24.2 million"
        " nodes; the bars of import and opening are half of what they took before:\n\n"
        + table(["what", "bar", "measured"], large_bars)
        + "\nRandom pairs of nodes over the whole 46 × 26 km, pure length"
        " (`benchmarks/streets.py lens-artois.osm.pbf --peers`); the bar is 1 m from OSMnx's own"
        " graph of the same ways, on which igraph and networkx search here. Valhalla has an earth"
        " radius 0.11 % larger, and keeps off cycleways without a foot tag:\n\n"
        + table(peer_header, peers)
    )


def _limit(row: dict[str, Any]) -> str:
    return "" if row["limit"] is None else f"≤ {row['limit']:g} {row['unit']}"


def commands() -> str:
    """Return the section on whole commands."""
    floors = [
        [
            f"`{row['command']}`",
            f"≤ {row['goal']}" if row["goal"] else "",
            f"{row['ratio']:.2f}",
            f"{row['seconds']:.2f} s",
        ]
        for row in lines("benchmarks/startup.py")
    ]
    bars = {"--help": "≤ 0.3 s", "plan": "≤ 1 s"}
    rows = [
        [
            f"`{row['command']}`",
            bars.get(row["command"], ""),
            f"{row['seconds']:.2f} s",
            f"{row['osmnx_seconds']:.2f} s",
            f"{row['ratio']:.1f}",
        ]
        for row in lines("benchmarks/startup.py", "--peers")
    ]
    return (
        "## Commands\n\nTime of the processor of whole processes, in that of importing typer and"
        " rich (`benchmarks/startup.py`):\n\n"
        + table(["command", "bar", "times the imports", "measured"], floors)
        + "\nWhole processes with the streets of lens-artois installed, median of five by the clock"
        " (`benchmarks/startup.py --peers`), beside a script that reads a GraphML of the centre"
        " only and answers with OSMnx alone (for `plan` it only computes distances, for `--help` it"
        " only imports osmnx):\n\n"
        + table(["command", "bar", "measured", "OSMnx alone", "times faster"], rows)
    )


def hours() -> str:
    """Return the section on opening hours."""
    row = lines("benchmarks/hours.py")[0]
    return (
        "## Opening hours\n\nThe reference implementation's own cases"
        " (`benchmarks/hours.py`, on `opening_hours/cases.json`):\n\n"
        + table(
            ["what", "bar", "measured"],
            [
                ["cases equal to the reference", "≥ 70 %", f"{row['equal']} of {row['cases']}"],
                ["turned into unknown, wholly or in part", "", row["unknown"]],
                ["another list of public holidays than ours", "", row["lists_differ"]],
                ["refused, though the reference reads them", "", row["refused"]],
                ["open where the reference says closed, or the reverse", "0", row["contradict"]],
                ["faulty values refused", "", f"{row['faulty_refused']} of {row['faulty']}"],
            ],
        )
    )


#: What the figures of large catalogues rest on.
TABLES = """
A day is planned on ways between its candidates, at most 200 and those named; what is left out asks
for the ways of its ends only. Ways between many spots are found together: a window around them is
cut out of the map, nodes that nobody asks for are taken out of it (`streets/many/contract.py`), and
what is left is searched from each spot. A table of 124 spots over all of Artois (82,000 nodes),
above under streets, took 3.6 s and 237 MB when all streets were searched from each. `nearby` over
300 places takes 2.8 s at first, and 1.1 s where one of them moved since; both took 12.2 s.
`places check` compares names within a kilometre only; it took 20 s with 10,000 places.

A customizable contraction hierarchy (`routingkit-cch` 0.1.4) was weighed. It says how far all 124
are from each other in 0.02 s, but by which way, which metres, seconds and steps hang on, takes
39 µs a pair, 0.6 s in all. Its order of the nodes takes 2.1 s at import, 26 µs a node, and its
graph is laid out anew in each process. So a table would take no less than ours, for a quarter more
of import and a dependency with one author, no wheels for older Linux and costs in whole units.
"""


def catalogues() -> str:
    """Return the section on catalogues of many places."""
    script = "benchmarks/catalogues.py"
    return catalogue_table(lines(script), lines(script, "--map", MAP))


def catalogue_table(found: list[dict[str, Any]], on_streets: list[dict[str, Any]]) -> str:
    """Return it from what `benchmarks/catalogues.py` measured, without streets and with them."""
    rows = [
        [
            f"{row['places']:,}",
            f"`{row['command']}`",
            f"≤ {row['bar']:g} s" if row["places"] == 10_000 and row["bar"] else "",
            f"{row['seconds']:.2f} s",
            f"{row['mb']:.0f} MB",
            f"{street['seconds']:.2f} s",
            f"{street['mb']:.0f} MB",
        ]
        for row, street in zip(found, on_streets, strict=True)
    ]
    header = ["places", "command", "bar", "measured", "memory", "with streets", "memory"]
    return (
        "## Large catalogues\n\nMade-up places on 46 × 24 km, without streets and with those of"
        " Artois installed; time of the\nprocessor (`benchmarks/catalogues.py`):\n\n"
        + table(header, rows)
        + TABLES
    )


def main() -> None:
    """Write the page."""
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    head = HEAD.format(date=dt.datetime.now(dt.UTC).date().isoformat(), machine=machine)
    # The pages are measured by `benchmarks/pages.py`, with tools of npm; the screens of `explore`,
    # which stand behind them, by a benchmark that writes its own block.
    _, begin, pages = PAGE.read_text(encoding="utf-8").partition("\n## Pages")
    made = f"{head}\n{commands()}\n{streets()}\n{hours()}\n{catalogues()}"
    PAGE.write_text(f"{made}{begin}{pages}", encoding="utf-8")


if __name__ == "__main__":
    main()
