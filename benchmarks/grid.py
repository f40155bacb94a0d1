"""Plan a grid of requests over the shared timetable, and count how they end.

Of every row of options one, as the seed draws them, that no two of them contradict each other; each
request is planned in this process, as ``lens-routes plan --json`` would. What a plan by train costs
grows with the square of the places: all but each 50th request choose from a tenth of them, one of
sixteen tenths that the seed draws. Prints how many ended with each exit code and kind of error, how
many tours the program's own checker refused on the way, and the slowest; ``--json`` prints the same
as one document. Leaves with 1 where one ended with 70.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.cli.main import run
from lens_routes.files.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED = Path(os.environ.get("LENS_ROUTES_SHARED", Path(__file__).parents[2] / "shared"))
FEED = SHARED / "gtfs" / "ter-2025-01.zip"
NOW = "2025-02-10T06:00"
RUNS = 2000
SLOWEST = 5
#: How many parts of the catalogue there are, their share of it, and which requests have it whole.
PARTS, SHARE, WHOLE = 16, 10, 50
#: The exit code of a request that was interrupted.
STOPPED = 130
#: What options name: in every part.
NAMED = ("gare-de-lens", "louvre-lens", "base-11-19")

#: What is combined: of each row one, its words added to the command line.
AXES: tuple[tuple[str, ...], ...] = (
    (
        "",
        *(
            f"--theme {theme}"
            for theme in ("culture", "memory", "mining-heritage", "nature", "sport", "family")
        ),
    ),
    ("--mode transit", "--mode transit", "--mode walk", "--mode bike", "--mode car"),
    tuple(f"--date 2025-02-{day}" for day in range(10, 17)),
    ("", "--no-lunch", "--lunch 12:00-14:00,1h", "--break 15:00-17:00,20min"),
    ("", "--relaxed"),
    (*[""] * 4, "--days 2", "--one-way", "--end louvre-lens", "--start louvre-lens"),
    ("", "--max-walk 6km", "--max-visits 3", "--budget 10", "--pace slow", "--at-most memory=1"),
    ("--for 4h", "--for 6h --at 9:00", "--for 9h --at 8:30", "--at 9:30 --until 17:00"),
    ("", "--appointment base-11-19=14:00", "--must base-11-19", "--visit base-11-19=90"),
    ("", "--strict-hours", "--indoor", "--with children", "--weather rain", "--like museum=2"),
    ("", "", "", "--alternatives 2", "--seed 7"),
)


class Ended(NamedTuple):
    """How a request ended: its exit code and the kind of error, empty for a plan.

    ``seconds`` are those of the processor, which do not depend on what else the machine does.
    """

    request: str
    code: int
    kind: str
    refused: bool
    seconds: float


def requests(runs: int, seed: int) -> list[str]:
    """Return so many different requests of the grid."""
    rng = random.Random(seed)  # noqa: S311  # repeatable
    drawn: dict[str, None] = {}
    while len(drawn) < runs:
        words = [" ".join(rng.choice(axis).split()) for axis in AXES]
        if len(drawn) % WHOLE:
            words.append(f"--places part-{rng.randrange(PARTS)}.geojson")
        drawn[" ".join(filter(None, words))] = None
    return list(drawn)


def play(request: str) -> Ended:
    """Plan one request in this process."""
    began = time.process_time()
    code, said = _run(["plan", "--json", *request.split()])
    seconds = time.process_time() - began
    kind = json.loads(said.splitlines()[-1])["error"]["kind"] if code else ""
    return Ended(request, code, kind, "refused" in said, seconds)


def _run(words: list[str]) -> tuple[int, str]:
    """Return the exit code of a command, and what it said on stderr."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(s, encoding="utf-8", write_through=True) for s in (out, err)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = run(words)
    return code, err.getvalue().decode()


def install(folder: Path, seed: int) -> None:
    """Install the shared timetable, and write the parts of the catalogue into a folder."""
    code, said = _run(["transit", "add", str(FEED), "--name", "ter", "--bbox", "places"])
    if code:
        sys.exit(said)
    catalogue = json.loads(shipped("places.geojson").read_text(encoding="utf-8"))
    rng = random.Random(seed)  # noqa: S311  # repeatable
    every = catalogue["features"]
    for number in range(PARTS):
        chosen = {place["id"] for place in rng.sample(every, len(every) // SHARE)} | {*NAMED}
        part = {**catalogue, "features": [place for place in every if place["id"] in chosen]}
        (folder / f"part-{number}.geojson").write_text(json.dumps(part), encoding="utf-8")


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
        os.chdir(home)
        install(Path(home), options.seed)
        # Whoever has no more time sees what came of the requests so far.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            for number, request in enumerate(requests(options.runs, options.seed), 1):
                one = play(request)
                if one.code == STOPPED:
                    break
                ended.append(one)
                marks = f"{one.code} {one.kind}{' refused' if one.refused else ''}"
                print(
                    f"{number} {one.seconds:.1f} s {marks} {request}", file=sys.stderr, flush=True
                )
        os.chdir("/")
    found = summary(ended)
    if options.as_json:
        print(json.dumps(found, indent=1))
    else:
        for name, value in found.items():
            print(f"{name}: {value}")
    sys.exit(1 if found["faults"] else 0)


if __name__ == "__main__":
    main()
