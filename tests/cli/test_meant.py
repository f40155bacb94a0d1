"""What a person is asked, and what no parser may take for an option."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support import world
from tests.support.program import run

from lens_routes.cli import main
from lens_routes.cli.frame.meant import answered
from lens_routes.cli.frame.minus import spelled
from lens_routes.errors import AmbiguousError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")
CHOICES = [{"name": "Parc", "id": "parc"}, {"name": "Musée", "id": "musee"}]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("nearby Louvre", "nearby musee"),
        ("plan --start Louvre --must=Louvre", "plan --start musee --must=musee"),
        ("plan --visit Louvre=90", "plan --visit musee=90"),
        ("plan --appointment=Louvre=14:00 --theme L", "plan --appointment=musee=14:00 --theme L"),
        ("route Louvre x Louvre", "route musee x musee"),
    ],
)
def test_the_answer_takes_the_place_of_the_words(line: str, meant: str) -> None:
    """Wherever the words stand on the line, and nowhere else."""
    error = AmbiguousError("", "", "Louvre", CHOICES)
    assert answered(line.split(), error, lambda *_: 1) == meant.split()


def test_words_that_are_not_on_the_line_are_not_asked_for() -> None:
    """What a settings file says cannot be answered on the line."""
    error = AmbiguousError("", "", "Louvre", CHOICES)
    line = ["plan", "--start", "Louvre-Lens"]
    assert answered(line, error, lambda *_: pytest.fail("asked")) == line


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_numbered_list_on_a_terminal(
    town: Town, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """The person reads names and ids, answers until it is a number of the list, and has it."""
    monkeypatch.setattr(main, "interactive", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("parc\n0\n2\n"))
    result = run("nearby", "fosse", "--places", town.catalogue, "--lang", lang)
    assert result.code == 0
    lines = [line.split(maxsplit=1) for line in result.err.splitlines()]
    listed = {words[0]: words[1] for words in lines if words and words[0].isdigit()}
    assert listed["2"].rpartition(" (")[0] in result.out


def test_nobody_is_asked_elsewhere(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal, and for scripts, it is an error with the ids."""
    line = ["nearby", "fosse", "--places", town.catalogue]
    assert run(*line).code == 4
    monkeypatch.setattr(main, "interactive", lambda: True)
    error = run(*line, "--json").error
    assert error["code"] == 4
    assert len(error["details"]) > 1
    assert {"name", "id"} == set(error["details"][0])


def test_a_minus_sign_begins_no_option(tmp_path: Path) -> None:
    """South of the equator one may start, in arguments and in values of options."""
    catalogue = world.catalogue()
    for feature in catalogue["features"]:
        lon, lat = feature["geometry"]["coordinates"][:2]
        feature["geometry"]["coordinates"] = [lon + 148.4, lat - 84.23]
    catalogue["lens_routes"] |= {"timezone": "Australia/Sydney", "country": "AU"}
    south = tmp_path / "sydney.geojson"
    south.write_text(json.dumps(catalogue), encoding="utf-8")
    where = "-33.81,151.18"
    common = ["--places", south, "--json"]
    near = run("nearby", where, "--within", "1h", *common).document
    assert near["origin"]["lat"] == -33.81
    assert run("route", where, "-33.8 151.19", *common).code == 0
    for option in (["--start", where], [f"--start={where}"]):
        day = run("plan", *option, "--date", "2026-11-28", *common).document
        assert day["request"]["start"]["lat"] == -33.81


def test_only_coordinates_are_spelled_anew() -> None:
    """Options, boxes and words stay as they were typed."""
    line = ["-t", "x", "--start=-33.8,151.2", "-1", "-33.8,151.2", "--bbox", "-1,50,2,51", "-o"]
    assert spelled(line) == [*line[:4], "−33.8,151.2", *line[5:]]
