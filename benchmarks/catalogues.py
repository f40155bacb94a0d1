"""Measure commands over made-up catalogues of many places: processor time and memory.

    python benchmarks/catalogues.py [PLACES …] [--map MAP.osm.pbf] [--json]

Each command runs twice in a process of its own, and the second run counts: the first examines the
catalogue. With a map its streets are installed before.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

#: The commands, and what 10,000 places are to cost at most, seconds of the processor.
COMMANDS: dict[str, float | None] = {
    "places list": 1.0,
    "places search place-77": 0.6,
    "nearby place-0 --within 15min": 0.6,
    "plan --theme art --for 6h": 2.5,
    "places check": None,
}
#: Around Lens, degrees.
WEST, SOUTH, WIDTH, HEIGHT = 2.45, 50.35, 0.65, 0.22
KINDS = ("museum", "church", "park", "monument")
THEMES = ("mining", "art", "memory", "nature", "architecture", "market")


def write(path: Path, count: int) -> Path:
    """Write a made-up catalogue of so many places."""
    chance = random.Random(1)  # noqa: S311  # made up, not secret

    def feature(number: int) -> dict[str, Any]:
        lon, lat = WEST + WIDTH * chance.random(), SOUTH + HEIGHT * chance.random()
        return {
            "type": "Feature",
            "id": f"place-{number}",
            "geometry": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
            "properties": {
                "name": f"Place {number}",
                "kind": chance.choice(KINDS),
                "themes": chance.sample(THEMES, chance.randint(1, 2)),
                "interest": chance.randint(1, 5),
                "visit_minutes": chance.choice((15, 30, 45, 60)),
                "outdoor": chance.random() < 0.5,
                "descriptions": {"en": f"The place number {number} of a made-up land."},
            },
        }

    header = {"title": "Made up", "timezone": "Europe/Paris", "country": "FR"}
    document = {
        "type": "FeatureCollection",
        "lens_routes": {**header, "default_start": "place-0"},
        "features": [feature(number) for number in range(count)],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def cost(words: list[str], home: Path) -> dict[str, float]:
    """Run a command; return its processor time, seconds, and its most memory, MB."""
    code = (
        "import resource, subprocess, sys\n"
        "from lens_routes.cli.start import main\n"
        "try:\n    main()\nexcept SystemExit as left:\n    code = left.code\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss, code or 0, file=sys.stderr)\n"
    )
    environment = {**os.environ, "LENS_ROUTES_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603  # the program of this tree
        [sys.executable, "-c", code, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kilobytes, left = done.stderr.split()[-3:]
    if left != "0":
        raise SystemExit(done.stderr)
    return {"seconds": round(float(seconds), 2), "mb": round(float(kilobytes) / 1024)}


def measure(count: int, home: Path, folder: Path) -> list[dict[str, Any]]:
    """Return what each command costs over so many places."""
    catalogue = write(folder / f"{count}.geojson", count)
    rows = []
    for command, bar in COMMANDS.items():
        words = [*command.split(), "--places", str(catalogue)]
        cost(words, home)
        rows.append({"places": count, "command": command, "bar": bar, **cost(words, home)})
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("places", type=int, nargs="*", default=[1_000, 10_000, 50_000])
    parser.add_argument("--map", type=Path, help="a map whose streets are installed before")
    parser.add_argument("--json", action="store_true", help="print one JSON line a row")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        home.mkdir()
        if options.map:
            cost(["streets", "import", str(options.map.resolve())], home)
        for count in options.places:
            for row in measure(count, home, Path(name)):
                if options.json:
                    print(json.dumps(row))
                    continue
                print("{places:7} {seconds:7.2f} s {mb:5.0f} MB  {command}".format_map(row))


if __name__ == "__main__":
    main()
