from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "streets.py"
MAP = """<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="50.40" lon="2.80"/><node id="2" lat="50.40" lon="2.81"/>
<node id="3" lat="50.41" lon="2.81"/>
<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="path"/></way>
</osm>"""


def run(folder: Path, pairs: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "small.osm").write_text(MAP)
    (folder / "pairs.csv").write_text(pairs)
    files = [str(folder / "small.osm"), str(folder / "pairs.csv")]
    return subprocess.run(
        [sys.executable, str(SCRIPT), *files, *options],
        cwd=SCRIPT.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_json_line_each(tmp_path: Path) -> None:
    """The contract: distance along ways, both gaps, seconds; one JSON line a pair, in order."""
    pairs = "lon1,lat1,lon2,lat2\n2.80,50.4001,2.81,50.41\n2.805,50.40,2.805,50.40\n"
    done = run(tmp_path, pairs, "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert set(first) == {"distance_m", "snap_m", "seconds"}
    # 0.01 degrees of longitude at 50.40 north, then as much of latitude.
    assert first["distance_m"] == pytest.approx(708.8 + 1112.0, abs=0.5)
    assert first["snap_m"] == pytest.approx([11.1, 0.0], abs=0.05)
    assert second["distance_m"] == 0.0


def test_a_table_for_people(tmp_path: Path) -> None:
    """Without --json the same figures are set in a table."""
    done = run(tmp_path, "lon1,lat1,lon2,lat2\n2.80,50.40,2.81,50.41\n")
    assert done.returncode == 0
    assert "1,820" in done.stdout


@pytest.mark.parametrize("pairs", ["lon1,lat1,lon2\n1,2,3\n", "lon1,lat1,lon2,lat2\n2,x,2,50\n"])
def test_broken_pairs_are_named(tmp_path: Path, pairs: str) -> None:
    """A missing column or a word for a figure: exit code 3, file and line."""
    done = run(tmp_path, pairs, "--json")
    assert (done.returncode, done.stdout) == (3, "")
    assert "pairs.csv, line 2" in done.stderr
