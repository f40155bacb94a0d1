"""The page for newcomers, executed on Monaco: every command it shows does what it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from tests.support.program import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "elsewhere.md"

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def _blocks() -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return [re.sub(r"(?m)^    ", "", block) for block in re.findall(r"(?m)(?:^    .+\n)+", text)]


def test_every_command_of_the_page(
    tmp_path: Path, home: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a map to a printed day, by the commands in the order of the page."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(shared / "osm" / "monaco.osm.pbf", tmp_path)
    blocks = _blocks()
    (table,) = (block for block in blocks if block.startswith("Intitulé"))
    (tmp_path / "lieux.csv").write_text(table, encoding="cp1252")
    lines = [line for block in blocks for line in block.splitlines() if "lens-routes" in line]
    assert len(lines) > 15
    for line in lines:
        done = run(*shlex.split(line)[1:])
        assert done.code == 0, f"{line}\n{done.err}"
    own = home / "territories" / "monaco"
    header = json.loads((own / "places.geojson").read_text())["lens_routes"]
    assert (header["title"], header["currency"]) == ("Principauté de Monaco", "EUR")
    assert (own / "streets" / "network.lrn").is_file()
    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")


def test_beginning_again_does_nothing_twice(
    tmp_path: Path, home: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there is left as it is; without a map or a connection it says which file to give."""
    monkeypatch.chdir(tmp_path)
    source = shared / "osm" / "monaco.osm.pbf"
    assert run("start-here", source).code == 0
    files = [p for p in (home / "territories").rglob("*.*") if p.suffix in (".geojson", ".lrn")]
    before = {path: path.read_bytes() for path in files}
    again = run("start-here", "Monaco")
    assert again.code == 0, again.err
    assert "its places are there" in again.err
    assert "Monte Carlo" in again.out
    assert {path: path.read_bytes() for path in files} == before
    monkeypatch.setenv("LENS_ROUTES_NOMINATIM_URL", "http://127.0.0.1:9")
    refused = run("start-here", "Reykjavik")
    assert refused.code == 7
    assert "reykjavik.osm.pbf" in refused.err
