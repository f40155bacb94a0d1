"""Run the benchmarks of the timetable and write their table into docs/transit.md.

``python benchmarks/journeys_docs.py`` needs the shared feeds and pynigiri; it takes some minutes.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from journeys_copies import no_connection_s
from toptw import write_block

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
PAGE = ROOT / "docs" / "transit.md"
CAIRNS, TER = (str(SHARED / "gtfs" / name) for name in ("cairns.zip", "ter-2025-01.zip"))
#: The columns: a feed, and the box it is cut to.
FEEDS = {
    "Cairns": [CAIRNS],
    "TER, Hauts-de-France": [TER, "--bbox=1.35,48.8,4.3,51.1"],
    "TER, France": [TER, "--count=200"],
}
#: Brute force would take hours there.
UNFORCED = {"TER, France"}


def figures(*arguments: str) -> list[dict[str, Any]]:
    """Return what the benchmark prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / "journeys.py"), *arguments, "--json"]
    done = subprocess.run(  # noqa: S603  # our own script
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    # The peer logs on stdout too.
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def column(arguments: list[str], *, forced: bool) -> dict[str, str]:
    """Return the cells of one feed by the name of their row."""
    imported, opened, size, queries, profiles, doors, windows = figures(*arguments, "--bars")
    cells = {
        "stops; most runs a day": f"{size['stops']:,}; {size['most runs a day']:,}",
        "import of the whole feed, s": f"{imported['s']}",
        "its memory, MB": f"{imported['peak MB']}",
        "opening in a cold process, imports included, ms": f"{opened['median ms']}",
        "earliest arrival, median ms": f"{queries['median ms']}",
        "95 in 100, ms": f"{queries['95 in 100 ms']}",
        "profile of 24 hours, median ms": f"{profiles['median ms']}",
        "95 in 100 of these, ms": f"{profiles['95 in 100 ms']}",
        "door to door, median ms": f"{doors['median ms']}",
        "journeys found, median": f"{doors['median journeys']:g}",
        "door to door, window of 2 h, median ms": f"{windows['median ms']}",
    }
    peer = figures(*arguments, "--peers")[0]
    cells |= {
        "nigiri's earliest arrival, median ms": str(peer["nigiri's"]),
        "ours over nigiri's": f"{peer['ratio']}",
        "equal to nigiri": f"{peer['equal']:,} of {peer['queries']:,}",
    }
    if forced:
        (brute,) = figures(*arguments, "--brute-force")
        cells["equal to brute force"] = f"{brute['equal']:,} of {brute['queries']:,}"
    return cells


BARS = {
    "import of the whole feed, s": "30",
    "its memory, MB": "1,000",
    "opening in a cold process, imports included, ms": "100",
    "earliest arrival, median ms": "50",
    "profile of 24 hours, median ms": "1,000",
    "ours over nigiri's": "10",
    "equal to nigiri": "all",
    "equal to brute force": "all",
}


def main() -> None:
    """Measure, and replace the table."""
    columns = [column(feed, forced=name not in UNFORCED) for name, feed in FEEDS.items()]
    rows = list(dict.fromkeys(row for cells in columns for row in cells))
    lines = [["", "bar", *FEEDS], ["---"] * (2 + len(FEEDS))]
    lines += [[row, BARS.get(row, ""), *(cells.get(row, "") for cells in columns)] for row in rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    head = (
        f"Written by `python benchmarks/journeys_docs.py` on"
        f" {dt.datetime.now(dt.UTC).date().isoformat()}: {os.cpu_count()} cores with a load of"
        f" {os.getloadavg()[0]:.1f} (other work), {platform.system()}, Python"
        f" {platform.python_version()}, in processor time."
    )
    told = [f"{no_connection_s(Path(TER), copies):.2f} s" for copies in (1, 4)]
    foot = (
        f"That no journey leads from Nice to Quimper within a day, and on which day one does, the"
        f" command says in {told[0]} with all TER of France, and in {told[1]} with four times the"
        " feed (bar 2 s)."
    )
    write_block(PAGE, "journeys", f"{head}\n\n{table}\n\n{foot}")


if __name__ == "__main__":
    main()
