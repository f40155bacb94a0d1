"""Plan a grid of requests over the shared timetable, and count how they end.

Every combination of themes, mode, weekday, lunch, ``--relaxed``, days and limits, drawn in an order
that the seed decides; each is planned in this process, as ``lens-routes plan --json`` would. Prints
how many ended with each exit code, how many tours the program's own checker refused on the way, and
the slowest; ``--json`` prints the same as one document. Leaves with 1 where one ended with 70.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", Path(__file__).parents[2] / "shared"))
FEED = SHARED / "gtfs" / "ter-2025-01.zip"
NOW = "2025-02-10T06:00"
#: Of a full grid; all combinations are a few times as many.
RUNS = 2000
SLOWEST = 5

#: What is combined: of each row one, its words added to the command line.
AXES: tuple[tuple[str, ...], ...] = (
    (
        "",
        *(
            f"--theme {theme}"
            for theme in ("culture", "memory", "mining-heritage", "nature", "sport", "family")
        ),
    ),
    ("--mode walk", "--mode transit"),
    tuple(f"--date 2025-02-{day}" for day in range(10, 17)),
    ("", "--no-lunch", "--lunch 12:00-14:00,1h"),
    ("", "--relaxed"),
    ("", "--days 2"),
    ("", "--max-walk 6km", "--max-visits 3", "--budget 10"),
    ("--for 4h", "--for 6h --at 9:00", "--for 9h --at 8:30"),
    ("", "--one-way", "--appointment louvre-lens=14:00", "--strict-hours"),
)


class Ended(NamedTuple):
    """How a request ended: its exit code and the kind of error, empty for a plan."""

    request: str
    code: int
    kind: str
    refused: bool
    seconds: float


def requests(runs: int, seed: int) -> list[str]:
    """Return so many different requests of the grid."""
    rng = random.Random(seed)  # noqa: S311  # repeatable
    lines = [" ".join(filter(None, line)) for line in itertools.product(*AXES)]
    return rng.sample(lines, min(runs, len(lines)))


def play(request: str) -> Ended:
    """Plan one request in this process."""
    began = time.perf_counter()
    code, said = _run(["plan", "--json", *request.split()])
    seconds = time.perf_counter() - began
    kind = json.loads(said.splitlines()[-1])["error"]["kind"] if code else ""
    return Ended(request, code, kind, "refused" in said, seconds)


def _run(words: list[str]) -> tuple[int, str]:
    """Return the exit code of a command, and what it said on stderr."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(s, encoding="utf-8", write_through=True) for s in (out, err)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = run(words)
    return code, err.getvalue().decode()


def install() -> None:
    """Install the shared timetable where this process keeps its data."""
    code, said = _run(["transit", "add", str(FEED), "--name", "ter", "--bbox", "places"])
    if code:
        sys.exit(said)


def summary(ended: Sequence[Ended]) -> dict[str, object]:
    """Return the figures of a grid."""
    kinds = Counter(f"{one.code} {one.kind}".strip() for one in ended)
    slowest = sorted(ended, key=lambda one: -one.seconds)[:SLOWEST]
    return {
        "runs": len(ended),
        "ended": dict(sorted(kinds.items())),
        "refused": [one.request for one in ended if one.refused],
        "faults": [one.request for one in ended if one.code == 70],
        "slowest": [{"seconds": round(s.seconds, 1), "request": s.request} for s in slowest],
    }


def main() -> None:
    """Run the grid and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    ended = []
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LENS_ROUTES_HOME": home, "LENS_ROUTES_NOW": NOW}
        os.environ["LENS_ROUTES_CONFIG"] = str(Path(home) / "config.toml")
        install()
        for number, request in enumerate(requests(options.runs, options.seed), 1):
            ended.append(one := play(request))
            marks = f"{one.code} {one.kind}{' refused' if one.refused else ''}"
            print(f"{number} {one.seconds:.1f} s {marks} {request}", file=sys.stderr, flush=True)
    found = summary(ended)
    if options.as_json:
        print(json.dumps(found, indent=1))
    else:
        for name, value in found.items():
            print(f"{name}: {value}")
    sys.exit(1 if found["faults"] else 0)


if __name__ == "__main__":
    main()
