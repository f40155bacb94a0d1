"""Every stream has a size and every product a count, before memory is asked for it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support import world
from tests.support.program import run

from lens_routes.catalogue.check import validate
from lens_routes.catalogue.exchange import changes
from lens_routes.catalogue.file import faults
from lens_routes.files.look import json_weight
from lens_routes.streets.build import assemble

if TYPE_CHECKING:
    from tests.conftest import Town


def test_a_batch_is_counted_before_it_is_made(tmp_path: Path) -> None:
    """Lists that multiply to more tours than there are atoms are refused at once."""
    values = ", ".join(f'"{n}km"' for n in range(1, 200))
    axes = "\n".join(f"{key} = [{values}]" for key in ("max-walk", "theme", "must", "avoid"))
    file = tmp_path / "tours.toml"
    file.write_text(f"[[tour]]\n[tour.each]\n{axes}\n")
    result = run("batch", file, "-o", tmp_path / "out", "--json")
    assert result.error["kind"] == "BadInput"
    assert "more than 5000 tours" in result.error["message"]
    few = f'[[tour]]\nname = "a"\n[tour.each]\nmax-walk = [{values}]\n'
    file.write_text("".join(few.replace('"a"', f'"{n}"') for n in range(30)))
    assert "more than 5000 tours" in run("batch", file, "-o", tmp_path / "out", "--json").err


def test_a_catalogue_holds_so_many_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more than that is refused, with a sentence for all of them."""
    document = world.catalogue()
    count = len(document["features"])
    file = tmp_path / "own.geojson"
    file.write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setattr(validate, "MOST_PLACES", count)
    assert run("places", "validate", file).code == 0
    monkeypatch.setattr(validate, "MOST_PLACES", count - 1)
    result = run("places", "list", "--places", file, "--json")
    assert f"There are {count} places" in result.error["message"]


def test_a_table_holds_no_more_than_a_catalogue(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows and waypoints are counted before they are weighed, one by one, against the places."""
    monkeypatch.setattr(changes, "MOST_PLACES", 3)
    table, track = tmp_path / "own.csv", tmp_path / "own.gpx"
    for count, code in ((3, 0), (4, 3)):
        table.write_text("name,latitude,longitude\n" + "a,50.4,2.8\n" * count)
        points = '<wpt lat="50.4" lon="2.8"><name>a</name></wpt>' * count
        track.write_text(f'<gpx version="1.1" creator="t">{points}</gpx>')
        for file in (table, track):
            line = ["places", "import", file, "--places", town.catalogue, "--partial", "--dry-run"]
            result = run(*line, "--json")
            assert (result.code, "more than 3 places" in result.err) == (code, code == 3)


def test_a_heading_without_end_is_refused(town: Town, tmp_path: Path) -> None:
    """A first line of a million columns, or one of a million characters, is no table."""
    for line in (",".join(map(str, range(200_000))), "a" * 1_000_000):
        file = tmp_path / "own.csv"
        file.write_text(f"{line}\n1\n")
        result = run("places", "import", file, "--places", town.catalogue, "--json")
        assert result.error["kind"] == "BadInput"


def test_faults_without_end_are_not_hoarded(tmp_path: Path) -> None:
    """A catalogue or a plan in which everything is wrong is refused for its first faults."""
    file = tmp_path / "own.geojson"
    strange = {f"unknown{n}": n for n in range(faults.MOST + 100)}
    feature = {"type": "Feature", "id": "a", "geometry": None, "properties": strange}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    told = run("places", "validate", file, "--json").error["details"]
    assert len(told) <= faults.MOST + 1
    assert {"error", "warning"} == {fault["severity"] for fault in told}
    day = tmp_path / "day.json"
    day.write_text(json.dumps({"schema": "lens-routes/plan/1", "days": [0] * 100_000}))
    assert len(run("check", day, "--json").error["details"]) == 1000


def test_a_map_larger_than_memory_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ways are counted as they come, not when all of them are there."""
    monkeypatch.setattr(assemble, "MOST_REFS", 5)
    result = run("streets", "import", town.map, "--json")
    assert result.error["kind"] == "BadInput"
    assert "osmium extract" in result.error["hint"]


def test_a_small_file_that_fills_the_memory_is_refused(tmp_path: Path) -> None:
    """A text of a few megabytes may stand for gigabytes: it is weighed before it is read."""
    bomb = tmp_path / "bomb.geojson"
    bomb.write_text('{"type": "FeatureCollection", "features": [' + "{}," * 3_000_000 + "{}]}")
    assert "memory" in run("plan", "--places", bomb, "--json").error["message"]


def test_what_a_json_text_weighs() -> None:
    """The estimate is no less than what Python takes for the texts that weigh most."""

    def taken(value: object) -> int:
        inner = value if isinstance(value, list) else ()
        if isinstance(value, dict):
            inner = [*value.values()]
        return sys.getsizeof(value) + sum(map(taken, inner))

    for part in ("[]", "{}", '{"type": "node", "id": 123456789, "lat": 50.43, "lon": 2.83}'):
        text = f"[{', '.join([part] * 1000)}]"
        assert json_weight(text.encode()) > 0.8 * taken(json.loads(text))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix")
@pytest.mark.parametrize(
    "line",
    [
        ["places", "validate", "{zero}"],
        ["places", "import", "{zero}.csv", "--places", "{town}"],
        ["places", "import", "{zero}.gpx", "--places", "{town}"],
        ["check", "{zero}"],
        ["replan", "{zero}", "--done", "x"],
        ["export", "{zero}", "--to", "gpx"],
        ["batch", "{zero}", "-o", "out"],
        ["streets", "import", "{zero}.osm"],
        ["streets", "import", "{zero}.osm.gz"],
        ["streets", "import", "{zero}.graphml"],
        ["transit", "add", "{zero}"],
        ["transit", "add", "{folder}"],
    ],
    ids=" ".join,
)
def test_a_device_without_end_is_refused(town: Town, tmp_path: Path, line: list[str]) -> None:
    """Whatever is to be read, /dev/zero is not read to the end."""
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "stop_times.txt").symlink_to("/dev/zero")
    for ending in ("", ".csv", ".gpx", ".osm", ".osm.gz", ".graphml"):
        (tmp_path / f"zero{ending}").symlink_to("/dev/zero")
    names = {"zero": tmp_path / "zero", "town": town.catalogue, "folder": tmp_path / "feed"}
    words = [word.format(**names) for word in line]
    result = run(*words, "--json")
    assert result.code in {2, 3}, result.err
