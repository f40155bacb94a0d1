"""Territories side by side: each with its streets, tables and places, and nothing lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support.program import run

from lens_routes.files import territory

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def test_each_has_streets_of_its_own(home: Path, shared: Path) -> None:
    """What is installed for one is not seen in another; the first is the data folder itself."""
    streets = shared / "cases" / "osm" / "control_footway.osm"
    assert run("streets", "import", streets).code == 0
    assert (home / "streets" / "network.lrn").is_file()
    assert run("streets", "info", "--territory", "elsewhere").code == 6
    assert run("territory", "use", "Porto Alegre").code == 0
    assert run("streets", "info").code == 6
    assert run("streets", "import", streets).code == 0
    assert (home / "territories" / "porto-alegre" / "streets" / "network.lrn").is_file()
    listed = json.loads(run("territory", "list", "--json").stdout)["territories"]
    assert [one["territory"] for one in listed] == ["default", "porto-alegre"]
    assert [one["in_use"] for one in listed] == [False, True]
    assert all(one["streets"] for one in listed)
    assert run("streets", "info", "--territory", "default").code == 0


def test_a_territory_may_keep_its_own_places(home: Path, town: Town) -> None:
    """Its catalogue is the one in use, and `places` writes into it."""
    folder = territory.folder("town")
    folder.mkdir(parents=True)
    (folder / territory.PLACES).write_bytes(town.catalogue.read_bytes())
    own = run("places", "list", "--territory", "town").out
    assert own == run("places", "list", "--places", town.catalogue).out
    assert own != run("places", "list").out
    assert home in folder.parents


def test_settings_may_name_the_territory(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the file or a profile of it; the line outdoes both, and what is no name is refused."""
    config = tmp_path / "config.toml"
    config.write_text('territory = "one"\n[profile.trip]\nterritory = "two"\n')
    monkeypatch.setenv("LENS_ROUTES_CONFIG", str(config))
    for option, name in ((), "one"), (("--profile", "trip"), "two"), (("--territory", "x"), "x"):
        assert f"territory {name}" in " ".join(run("doctor", *option).out.split())
    config.write_text("territory = 3\n")
    assert run("places", "list").code == 3
    assert home.is_dir()


def test_removing_one(home: Path) -> None:
    """All of it goes, and the default one comes back into use; that one stays."""
    run("territory", "use", "monaco")
    assert run("territory", "remove", "monaco").code == 2
    assert run("territory", "remove", "monaco", "--yes").code == 0
    assert not (home / "territories" / "monaco").exists()
    assert territory.current() == territory.DEFAULT
    assert run("territory", "remove", "default", "--yes").code == 2
    assert run("territory", "remove", "atlantis", "--yes").code == 4


def test_other_streets_do_not_come_silently(home: Path, shared: Path) -> None:
    """Who imports another map over the first is told, and how to keep both."""
    cases = shared / "cases" / "osm"
    run("streets", "import", cases / "control_footway.osm")
    again = run("streets", "import", cases / "platform.osm")
    assert "--territory NAME" in again.err
    assert "--territory" not in run("streets", "import", cases / "platform.osm").err
    assert home.is_dir()


def test_a_table_is_made_for_the_plans_that_follow(home: Path, town: Town) -> None:
    """`streets table` keeps it where plans over the same places find it."""
    own = ("--places", town.catalogue)
    run("streets", "import", town.map, *own)
    tables = home / "streets" / "tables"
    for old in tables.iterdir():
        old.unlink()
    made = run("streets", "table", *own)
    assert made.code == 0, made.err
    kept = {path: path.stat().st_mtime_ns for path in tables.iterdir()}
    assert len(kept) == 1
    assert str(next(iter(kept))) in made.out
    run("nearby", *own)
    assert {path: path.stat().st_mtime_ns for path in tables.iterdir()} == kept
