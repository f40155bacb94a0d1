"""``export --to html``: the page of the library on the installed streets, and what is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.output.golden_files import GOLDEN
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

SAVED = GOLDEN / "day.json"


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """Give a saved plan in a folder of its own."""
    file = tmp_path / "day.json"
    file.write_bytes(SAVED.read_bytes())
    return file


@pytest.mark.usefixtures("nine_o_clock", "streets")
def test_a_planned_day_is_drawn_on_the_installed_streets(tmp_path: Path, town: Town) -> None:
    """From request to page: streets, stops, ways with directions, facts of the catalogue."""
    plan = tmp_path / "day.json"
    options = ("--places", town.catalogue)
    assert run("plan", "--theme", "culture", "--save", plan, *options).code == 0
    result = run("export", plan, "--to", "html", *options)
    assert result.code == 0, result.err
    assert "no line" not in result.err
    page = plan.with_suffix(".html").read_text("utf-8")
    assert "Rue des Mineurs" in page.split('id="ground"')[1]
    assert "<bdi>Arrive at " in page
    assert "not installed" not in page


def test_without_streets_the_page_is_written_and_says_so(day: Path) -> None:
    """No street network: the tour alone, and the page tells why."""
    assert run("export", day, "--to", "html").code == 0
    page = day.with_suffix(".html").read_text("utf-8")
    assert "the streets around are not installed" in page
    assert '<script type="application/json" id="ground">null</script>' in page


def test_damaged_streets_are_told_and_done_without(day: Path, home: Path) -> None:
    """A street network that cannot be read does not stop the export."""
    (home / "streets").mkdir()
    (home / "streets" / "network.lrn").write_bytes(b"nonsense")
    result = run("export", day, "--to", "html")
    assert result.code == 0, result.err
    assert "network.lrn" in result.err


def test_tiles_are_asked_for_by_name_or_address(day: Path) -> None:
    """--tiles opens the page's policy for that host; nonsense is refused with exit 2."""
    page = run("export", day, "--to", "html", "--tiles", "osm", "-o", "-").out
    assert re.search(r"img-src data: https://tile\.openstreetmap\.org;", page)
    refused = run("export", day, "--to", "html", "--tiles", "everything")
    assert refused.code == 2
    assert "is no address of map tiles" in refused.err
    assert run("export", day, "--to", "kml", "--tiles", "osm").code == 2


def test_a_page_too_long_for_a_phone_is_told(day: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond 2 MB the page is written all the same, with a remark."""
    from lens_routes.output.html import page

    monkeypatch.setattr(page, "MOST_OCTETS", 100_000)
    result = run("export", day, "--to", "html")
    assert result.code == 0
    assert "a phone may open it slowly" in result.err
    assert day.with_suffix(".html").is_file()
