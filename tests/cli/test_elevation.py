"""``elevation``: heights are added, fetched, listed and removed, and nothing good is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.streets.test_elevation import write_grid, write_hgt
from tests.streets.test_elevation_download import Shop, serving
from tests.support import schemas
from tests.support.program import run

from lens_routes.streets.elevation import store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def test_added_listed_removed(tmp_path: Path) -> None:
    """What is added is told with its range and what it may be off, and goes by its name."""
    added = run("elevation", "add", write_hgt(tmp_path), write_grid(tmp_path))
    assert added.code == 0, added.err
    assert "N50E002: 100 to 250 m, ± 5 m" in added.out
    assert "lidar: 100 to 250 m, ± 1 m, a height every 5.0 m" in added.out
    listed = run("elevation", "list", "--json").document
    schemas.assert_valid(listed)
    assert [one["name"] for one in listed["data"]] == ["N50E002", "lidar"]
    removed = run("elevation", "remove", "lidar", "mars", "--json").document
    schemas.assert_valid(removed)
    assert removed["removed"] == ["lidar"]
    assert run("elevation", "remove", "--all").out == "N50E002 was removed.\n"
    assert "No height data are installed." in run("elevation", "list").out


def test_a_broken_file_leaves_what_is_there(tmp_path: Path) -> None:
    """A file that cannot be read is named, exit code 3; what was kept stays."""
    assert run("elevation", "add", write_hgt(tmp_path)).code == 0
    cut = tmp_path / "N50E002.hgt"
    cut.write_bytes(cut.read_bytes()[:-3])
    assert run("elevation", "add", cut, "--json").error["code"] == 3
    assert run("elevation", "list", "--json").document["data"][0]["highest_m"] == 250.0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("remove", 2),
        ("remove N50E002 --all", 2),
        ("add missing.hgt", 3),
        ("download --bbox=-5,42,8,51", 2),
    ],
)
def test_slips_have_their_code(line: str, code: int) -> None:
    """What cannot be meant is refused as everywhere."""
    assert run("elevation", *line.split(), "--json").error["code"] == code


def test_download_takes_the_squares_of_the_places_once(town: Town) -> None:
    """Without streets the area is that of the places; a square that is there is not fetched."""
    own = ("--places", town.catalogue, "--json")
    with serving(Shop()) as shop:
        first = run("elevation", "download", "--address", shop.base, *own)
        assert [one["name"] for one in first.document["data"]] == ["N50E002"]
        assert run("elevation", "download", "--address", shop.base, *own).code == 0
        assert len(shop.paths) == 1


def test_open_sea_is_said() -> None:
    """A square the server does not have is told, and the others come."""
    with serving(Shop(status=404)) as shop:
        result = run("elevation", "download", "--bbox", "-20.5,50,-20.1,50.5",
                     "--address", shop.base)  # fmt: skip
    assert result.code == 0
    assert "N50W021: it lies in the sea" in result.err


def test_streets_are_draped_as_heights_come_and_go(
    town: Town, streets: Path, tmp_path: Path
) -> None:
    """Installed streets get heights when these are added, and lose them when they are removed."""
    assert streets.is_dir()
    added = run("elevation", "add", write_hgt(tmp_path), "--json").document
    schemas.assert_valid(added)
    assert added["streets_known"] == 1.0
    info = run("streets", "info", "--json").document
    schemas.assert_valid(info)
    assert info["heights"] == {"data": "N50E002", "plus_minus_m": 5.0, "known": 1.0}
    assert "N50E002, ± 5 m, for 100" in run("streets", "info").out
    leg = run("route", "gare", "musee", "--places", town.catalogue, "--json").document["legs"][0]
    assert len(leg["elevations"]) == len(leg["geometry"])
    rise = leg["elevations"][-1] - leg["elevations"][0]
    assert leg["ascent_m"] - leg["descent_m"] == pytest.approx(rise, abs=0.2)
    run("elevation", "remove", "--all")
    assert run("streets", "info", "--json").document["heights"] is None
    leg = run("route", "gare", "musee", "--places", town.catalogue, "--json").document["legs"][0]
    assert "ascent_m" not in leg


def test_an_import_drapes_what_is_there(town: Town, tmp_path: Path) -> None:
    """Heights that were added before are used by the next import."""
    run("elevation", "add", write_hgt(tmp_path))
    imported = run("streets", "import", town.map, "--places", town.catalogue, "--json").document
    assert imported["heights"]["data"] == "N50E002"


def test_heights_of_elsewhere_are_said(town: Town, streets: Path, tmp_path: Path) -> None:
    """Data that cover none of the installed streets are kept, and that is told."""
    assert streets.is_dir()
    said = run("elevation", "add", write_hgt(tmp_path, "N43E007.hgt"))
    assert said.code == 0
    assert "known for 0 % of the installed streets" in said.out
    assert run("route", "gare", "musee", "--places", town.catalogue).code == 0


def test_doctor_tells_of_heights(tmp_path: Path) -> None:
    """What is installed is named with what it may be off; damage is named with the way out."""

    def heights() -> list[dict[str, str]]:
        found = run("doctor", "--json").document["findings"]
        return [one for one in found if one["what"] == "heights"]

    assert heights() == []
    run("elevation", "add", write_hgt(tmp_path))
    assert heights()[0]["detail"].startswith("N50E002, ± 5 m, ")
    file = store.path_of("N50E002")
    file.write_bytes(file.read_bytes()[:-1])
    assert heights()[0]["state"] == "damaged"
    assert run("elevation", "list", "--json").error["code"] == 6
    assert run("elevation", "remove", "N50E002").code == 0
    assert heights() == []


def test_a_route_adds_up(town: Town, streets: Path, tmp_path: Path) -> None:
    """The document of a route sums climbs and effort, and says the steepest of each leg."""
    assert streets.is_dir()
    run("elevation", "add", write_hgt(tmp_path))
    own = ("--places", town.catalogue)
    document = run("route", "gare", "musee", "terril", *own, "--json").document
    schemas.assert_valid(document)
    legs, totals = document["legs"], document["totals"]
    assert totals["ascent_m"] == pytest.approx(sum(leg["ascent_m"] for leg in legs), abs=0.2)
    whole_m = sum(leg["distance_m"] for leg in legs)
    assert totals["effort_km"] == pytest.approx((whole_m + 10 * totals["ascent_m"]) / 1e3, abs=0.1)
    assert all(0 <= leg["steepest"] < 1 for leg in legs)
    told = run("route", "gare", "musee", *own).out.replace("\n  ", " ")
    assert "m up" in told
    assert "km + ascent / 100 m" in " ".join(told.split())


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("ascent_m", lambda leg: leg["ascent_m"] + 30),
        ("elevations", lambda leg: leg["elevations"][:-1]),
        ("elevations", lambda leg: [*leg["elevations"][:-1], leg["elevations"][-1] + 9]),
        ("duration_s", lambda leg: leg["duration_s"] - 60),
    ],
)
def test_the_checker_judges_climbs(
    town: Town, streets: Path, tmp_path: Path, field: str, change: Callable[[Any], Any]
) -> None:
    """A rise that the heights do not bear out, or that costs no time, is a fault of the plan."""
    assert streets.is_dir()
    run("elevation", "add", write_hgt(tmp_path))
    saved, own = tmp_path / "day.json", ("--places", town.catalogue)
    document = run("plan", *own, "--json", "--save", saved).document
    assert run("check", saved, *own).code == 0
    leg = max(document["days"][0]["legs"], key=lambda leg: leg["distance_m"])
    leg[field] = change(leg)
    saved.write_text(json.dumps(document), encoding="utf-8")
    found = run("check", saved, *own)
    assert found.code != 0
    assert "legs[" in found.out + found.err
