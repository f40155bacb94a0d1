"""``streets``: what is installed stays whole, and what is broken is mended or done without."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.support.program import environment, run

from lens_routes.files.shipped import shipped
from lens_routes.streets.network import store
from lens_routes.travel.tables import kept as kept_table
from lens_routes.travel.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def test_import_answers_and_installs(town: Town, home: Path) -> None:
    """``streets import`` says what it made, and the next plan walks along the streets."""
    result = run("streets", "import", town.map, "--places", town.catalogue)
    assert result.code == 0
    assert "Streets and paths: 15 km, 21 nodes, 35 edges" in result.out
    assert str(town.map) in result.out
    assert str(home) in result.out
    assert "ODbL" in result.out
    assert run("plan", "--places", town.catalogue, "--json").grades == {"streets"}


def test_import_clips_to_a_box(town: Town) -> None:
    """``--bbox`` keeps the streets of the box only."""
    whole = run("streets", "import", town.map, "--places", town.catalogue, "--json").document
    box = "2.779,50.419,2.792,50.432"
    clipped = run(
        "streets", "import", town.map, "--bbox", box, "--places", town.catalogue, "--json"
    ).document
    assert 0 < clipped["edges"] < whole["edges"]
    assert clipped["bbox"][2] < whole["bbox"][2]


def test_table_writes_what_planning_reads(town: Town, streets: Path, tmp_path: Path) -> None:
    """``streets table`` writes the same table to a file and to stdout, and says how it fits."""
    file = tmp_path / "table.csv"
    own = ("--places", town.catalogue)
    told = run("streets", "table", "--output", file, *own)
    assert "55 walks between 11 places" in told.out
    assert "Detour factor" in told.out
    assert run("streets", "table", "--output", "-", *own).stdout == file.read_bytes()
    (kept,) = (streets / "tables").iterdir()
    assert dict(kept_table.load(kept).walks) == dict(table.load(file).walks)


def test_remove_takes_the_tables_along(streets: Path) -> None:
    """``streets remove`` leaves nothing of the streets, and says when there was nothing."""
    assert run("streets", "remove").out == "The streets were removed.\n"
    assert [path for path in streets.rglob("*") if path.is_file()] == []
    assert run("streets", "remove").out == "No streets were installed.\n"


def test_a_new_import_replaces_network_and_tables(town: Town, streets: Path) -> None:
    """After another import one network and one table are there: those of the new streets."""
    box = "2.779,50.419,2.792,50.432"
    assert run("streets", "import", town.map, "--bbox", box, "--places", town.catalogue).code == 0
    assert len([path for path in streets.rglob("*") if path.is_file()]) == 2


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize("harm", [_cut, _flipped, lambda _: b"", lambda _: b"rubbish"])
def test_a_damaged_network_is_named_and_done_without_or_rebuilt(
    town: Town, streets: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    """A damaged network is named; it is built again where its source can be read and is there."""
    path = streets / "network.lrn"
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    planned = run("plan", "--places", town.catalogue, "--json")
    assert str(path) in planned.err
    rebuilt = "It was built again from what it was made of." in planned.err
    assert rebuilt is (harm is _flipped or harm is _cut)
    assert planned.grades == ({"streets"} if rebuilt else {"estimate"})
    if rebuilt:
        assert run("plan", "--places", town.catalogue, "--json").err == ""
    else:
        assert "Build it again: lens-routes streets" in planned.err
        assert run("plan", "--places", town.catalogue, "--steps", "--json").error["code"] == 6
    assert tmp_path.exists()


def test_a_damaged_network_whose_source_has_gone(town: Town, home: Path, tmp_path: Path) -> None:
    """Without its source, a damaged network is named with the command, and planning goes on."""
    source = tmp_path / "moved.osm"
    shutil.copy(town.map, source)
    assert run("streets", "import", source, "--places", town.catalogue).code == 0
    path = home / "streets" / "network.lrn"
    path.write_bytes(_flipped(path.read_bytes()))
    source.unlink()
    planned = run("plan", "--places", town.catalogue, "--json")
    assert f"Build it again: lens-routes streets import {source}" in planned.err
    assert planned.grades == {"estimate"}
    source.write_bytes(b"<osm")
    planned = run("plan", "--places", town.catalogue, "--json")
    assert "Building it again failed" in planned.err
    assert planned.code == 0


def test_a_network_of_an_older_program_is_rebuilt(
    town: Town, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade that changes the format, the streets are built again, once."""
    monkeypatch.setattr(store, "FORM", store.FORM._replace(version=store.FORM.version + 1))
    planned = run("plan", "--places", town.catalogue, "--json")
    assert "older version" in planned.err
    assert planned.grades == {"streets"}
    assert run("plan", "--places", town.catalogue, "--json").err == ""
    assert (streets / "network.lrn").exists()


def test_a_damaged_table_is_made_again(town: Town, streets: Path) -> None:
    """The kept table of distances is a copy: damaged, it is named and made again."""
    (kept,) = (streets / "tables").iterdir()
    whole = dict(kept_table.load(kept).walks)
    kept.write_bytes(kept.read_bytes()[:-50])
    planned = run("plan", "--places", town.catalogue, "--json")
    assert str(kept) in planned.err
    assert "Making it again." in planned.err
    assert dict(kept_table.load(kept).walks) == whole
    assert run("plan", "--places", town.catalogue, "--json").err == ""


def test_a_table_that_cannot_be_kept_is_used_all_the_same(
    town: Town, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a read-only disk planning goes on, and says that it will be slow again."""
    shutil.rmtree(streets / "tables")

    def fails(**_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.mkstemp", fails)
    planned = run("plan", "--places", town.catalogue, "--json")
    assert "could not be kept" in planned.err
    assert planned.grades == {"streets"}


def test_a_broken_shipped_table_is_named(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program whose own data are damaged says which file, and ``doctor`` still answers."""
    broken = tmp_path / "walking_distances.csv"
    broken.write_text("from,to\n")
    monkeypatch.setattr(
        "lens_routes.files.shipped.shipped",
        lambda name: broken if name == broken.name else shipped(name),
    )
    error = run("plan", "--places", town.catalogue, "--json").error
    assert error["code"] == 3
    assert str(broken) in error["message"]
    findings = run("doctor", "--places", town.catalogue, "--json").document["findings"]
    assert {f["what"]: f["state"] for f in findings}["walking distances"] == "damaged"


@pytest.mark.parametrize("content", [b"", b"<osm", b"<osm></osm>", b"rubbish", b"\x1f\x8b\x00"])
@pytest.mark.parametrize(
    "name", ["map.osm", "map.osm.pbf", "map.osm.gz", "map.osm.bz2", "map.graphml"]
)
def test_a_broken_map_changes_nothing(
    town: Town, streets: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    """A map that cannot be read is named, and the streets installed before stay as they were."""
    before = (streets / "network.lrn").read_bytes()
    file = tmp_path / name
    file.write_bytes(content)
    error = run("streets", "import", file, "--places", town.catalogue, "--json").error
    assert error["code"] == 3
    assert str(file) in error["message"]
    assert error["hint"]
    assert (streets / "network.lrn").read_bytes() == before
    assert [path.name for path in streets.iterdir() if path.is_file()] == ["network.lrn"]


def test_a_full_disk_keeps_the_old_network(
    town: Town, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up while importing is named, and the old streets go on working."""
    before = (streets / "network.lrn").read_bytes()

    def fails(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", fails)
    error = run("streets", "import", town.map, "--places", town.catalogue, "--json").error
    assert error["code"] == 3
    assert "full" in error["message"]
    assert (streets / "network.lrn").read_bytes() == before


def test_ctrl_c_while_importing_keeps_the_old_network(
    town: Town, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the last moment of an import leaves the old streets, whole and alone."""
    before = (streets / "network.lrn").read_bytes()

    def interrupts(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupts)
    error = run("streets", "import", town.map, "--places", town.catalogue, "--json").error
    assert error["code"] == 130
    assert (streets / "network.lrn").read_bytes() == before
    assert [path.name for path in streets.iterdir() if path.is_file()] == ["network.lrn"]


def test_two_imports_at_once_leave_one_whole_network(town: Town, home: Path) -> None:
    """Processes that import at the same time do each other no harm."""
    command = [sys.executable, "-m", "lens_routes.cli.main", "streets", "import", str(town.map)]
    command += ["--places", str(town.catalogue)]
    running = [
        subprocess.Popen(
            command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in running:
        _, err = process.communicate()
        assert (process.returncode, err) == (0, b"")
    assert store.load(home / "streets" / "network.lrn").meta.edges == 35
    assert [p.name for p in (home / "streets").iterdir() if p.is_file()] == ["network.lrn"]


def test_a_real_ctrl_c_ends_with_130(town: Town, home: Path) -> None:
    """The signal itself: 130, one JSON line, no traceback, nothing left behind."""
    # A pipe nobody writes into makes the program wait where it reads the map.
    fifo = home / "map.osm"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [sys.executable, "-m", "lens_routes.cli.main", "places", "validate", str(fifo), "--json"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # Opening for writing returns when the program opens it for reading.
    writer = os.open(fifo, os.O_WRONLY)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    os.close(writer)
    assert process.returncode == 130
    assert out == b""
    assert json.loads(err.decode().splitlines()[-1])["error"]["code"] == 130
    assert b"Traceback" not in err
    assert town.map.exists()
