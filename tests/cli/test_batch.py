"""``batch``: from a tours file to folders, an index and a manifest."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from tests.support import schemas
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock", "streets")
TOURS = """\
title = "A town & its sights"
as-of = 2026-11-25T09:00:00
formats = ["gpx", "ics", "csv"]
[export]
device = "garmin"
table = "excel-fr"
[defaults]
for = "5h"
[[tour]]
name = "walk"
[tour.each]
date = ["2026-12-05", "2026-12-06"]
theme = ["culture", ["nature", "panorama"]]
"""


@pytest.fixture
def desk(tmp_path: Path, town: Town, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "town.geojson").write_bytes(town.catalogue.read_bytes())
    (tmp_path / "tours.toml").write_text(f'places = "town.geojson"\n{TOURS}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_tours_are_built_and_vouched_for(desk: Path) -> None:
    """Every tour has its plan and the formats chosen; the manifest has every file's checksum."""
    document = run("batch", "tours.toml", "-o", "out", "--jobs", 1, "--json").document
    schemas.assert_valid(document)
    assert [tour["state"] for tour in document["tours"]] == ["built"] * 4
    out = desk / "out"
    manifest = json.loads((out / "manifest.json").read_bytes())
    schemas.assert_valid(manifest)
    listed = [manifest["index"], *(file for tour in manifest["tours"] for file in tour["files"])]
    for file in listed:
        data = (out / file["path"]).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file["sha256"], file["bytes"])
    made = {name for name in _files(out) if not name.startswith(".batch")}
    assert made == {"manifest.json", *(file["path"] for file in listed)}
    folder = out / "walk-2026-12-05-culture"
    names = {"plan.json", *(f"walk-2026-12-05-culture.{end}" for end in ("gpx", "ics", "csv"))}
    assert {path.name for path in folder.iterdir()} == names
    plan = json.loads((folder / "plan.json").read_bytes())
    schemas.assert_valid(plan)
    assert plan["created"] == "2026-11-25T09:00:00+01:00"
    assert run("check", folder / "plan.json", "--places", "town.geojson").code == 0
    assert b";" in (folder / "walk-2026-12-05-culture.csv").read_bytes().splitlines()[0]


def test_the_same_bytes_for_any_number_of_jobs(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file fixes the moment, neither processes nor the clock leave a trace."""
    assert run("batch", "tours.toml", "-o", "one", "--jobs", 1).code == 0
    monkeypatch.setenv("LENS_ROUTES_NOW", "")
    assert run("batch", "tours.toml", "-o", "two", "--jobs", 2).code == 0
    assert _files(desk / "one") == _files(desk / "two")


def test_the_language_of_a_tour_is_its_own(desk: Path) -> None:
    """The index and the answer stay in the session's language, however many jobs there are."""
    text = TOURS.partition("[tour.each]")[0]
    (desk / "tours.toml").write_text(f'places = "town.geojson"\n{text}each.lang = ["en", "fr"]\n')
    line = ("batch", "tours.toml", "--to", "csv", "--lang", "en")
    one = run(*line, "-o", "one", "--jobs", 1)
    assert one.out == "2 tours built, 0 unchanged, in one.\n"
    assert '<html lang="en">' in (desk / "one" / "index.html").read_text(encoding="utf-8")
    run(*line, "-o", "two", "--jobs", 2)
    assert _files(desk / "one") == _files(desk / "two")


@pytest.mark.parametrize("jobs", [1, 2])
def test_languages_side_by_side_are_told_apart(desk: Path, jobs: int) -> None:
    """Whatever language a process spoke first, a tour is the same to the byte."""
    text = TOURS.partition("[tour.each]")[0].replace(
        'title = "A town', 'lang = "en"\n title = "A town'
    )
    for order in ("en", "fr"), ("fr", "en"):
        (desk / "tours.toml").write_text(
            f'places = "town.geojson"\n{text}each.lang = {json.dumps(order)}\n', encoding="utf-8"
        )
        assert run("batch", "tours.toml", "-o", order[0], "--jobs", jobs).code == 0
    plans = {
        name: [(desk / first / f"walk-{name}" / "plan.json").read_bytes() for first in ("en", "fr")]
        for name in ("en", "fr")
    }
    assert plans["en"][0] == plans["en"][1]
    assert plans["fr"][0] == plans["fr"][1]
    kinds = [json.loads(plans[name][0])["days"][0]["stops"][0] for name in ("en", "fr")]
    assert kinds[0] != kinds[1]


def test_what_the_settings_say_is_not_for_batches(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Places, formats and options of the person's settings change no tour."""
    run("batch", "tours.toml", "-o", "one", "--jobs", 1)
    (desk / "config.toml").write_text(
        "[all]\nplaces = 'nowhere.geojson'\n[plan]\nmax-visits = 1\n[export]\ntable = 'excel'\n"
    )
    monkeypatch.setenv("LENS_ROUTES_CONFIG", str(desk / "config.toml"))
    assert run("batch", "tours.toml", "-o", "two", "--jobs", 1).code == 0
    assert _files(desk / "one") == _files(desk / "two")


def test_a_second_run_skips_what_is_finished(desk: Path) -> None:
    """Unchanged inputs build nothing; another catalogue, another option or a lost file do."""
    run("batch", "tours.toml", "-o", "out", "--jobs", 1)
    again = run("batch", "tours.toml", "-o", "out", "--jobs", 1)
    assert again.out == "0 tours built, 4 unchanged, in out.\n"
    dry = run("batch", "tours.toml", "-o", "out", "--dry-run", "--json").document
    schemas.assert_valid(dry)
    assert {tour["state"] for tour in dry["tours"]} == {"unchanged"}
    (desk / "out" / "walk-2026-12-05-culture" / "plan.json").unlink()
    assert run("batch", "tours.toml", "-o", "out", "--jobs", 1).out.startswith("1 tour built, 3")
    text = (desk / "town.geojson").read_text(encoding="utf-8")
    (desk / "town.geojson").write_text(text.replace("Sundays", "Mondays"), encoding="utf-8")
    assert run("batch", "tours.toml", "-o", "out", "--jobs", 1).out.startswith("4 tours built, 0")
    run("batch", "tours.toml", "-o", "out", "--to", "csv", "--jobs", 1)
    folder = desk / "out" / "walk-2026-12-05-culture"
    assert {path.suffix for path in folder.iterdir()} == {".json", ".csv"}


def test_faulty_tours_are_named_and_the_others_built(desk: Path) -> None:
    """The exit code is 1, the error says which tours and why, the manifest says it too."""
    file = desk / "tours.toml"
    more = '[[tour]]\nname = "lost"\nstart = "nowhere"\n[[tour]]\nname = "short"\nfor = "5min"\n'
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    error = run("batch", file, "-o", "out", "--jobs", 2, "--json").error
    schemas.assert_valid({"error": error})
    assert (error["code"], error["kind"]) == (1, "Incomplete")
    assert {fault["name"]: fault["kind"] for fault in error["details"]} == {
        "lost": "PlaceNotFound",
        "short": "Infeasible",
    }
    assert "lost: No place, stop or commune is called “nowhere”." in error["message"]
    manifest = json.loads((desk / "out" / "manifest.json").read_bytes())
    schemas.assert_valid(manifest)
    assert len(manifest["tours"]) == 4
    assert {fault["name"] for fault in manifest["failed"]} == {"lost", "short"}
    dry = run("batch", file, "-o", "out", "--dry-run")
    assert dry.code == 0
    assert "lost: No place, stop or commune is called" in dry.out


def test_tours_that_are_gone_from_the_file_are_left(desk: Path) -> None:
    """Nothing is deleted because a line of the file is; the person is told."""
    run("batch", "tours.toml", "-o", "out", "--jobs", 1)
    file = desk / "tours.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"2026-12-05", ', ""))
    result = run("batch", file, "-o", "out", "--jobs", 1)
    assert "walk-2026-12-05-culture" in result.err
    assert (desk / "out" / "walk-2026-12-05-culture" / "plan.json").exists()


@pytest.mark.parametrize(("lang", "says"), [("en", "4 tours"), ("fr", 'lang="fr"')])
def test_the_index_leads_to_every_file(desk: Path, lang: str, says: str) -> None:
    """The page is in the language in use, escapes what it shows and has no broken link."""
    assert run("batch", "tours.toml", "-o", "out", "--jobs", 1, "--lang", lang).code == 0
    page = (desk / "out" / "index.html").read_text(encoding="utf-8")
    assert says in page
    assert f'<html lang="{lang}">' in page
    assert ">A town &amp; its sights</h1>" in page
    assert "://" not in page
    links = re.findall(r'<a href="([^"]+)"', page)
    assert len(links) == 16
    for link in links:
        assert (desk / "out" / link).is_file()

    class Balanced(HTMLParser):
        open: list[str] = []  # noqa: RUF012  # one instance

        def handle_starttag(self, tag: str, _attributes: object) -> None:
            if tag not in {"meta", "link"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    parser = Balanced()
    parser.feed(page)
    assert parser.open == []


def test_foreign_folders_are_not_written_into(desk: Path) -> None:
    """A site that has an index of its own keeps it, and a file is no folder."""
    (desk / "site").mkdir()
    (desk / "site" / "index.html").write_text("mine")
    assert run("batch", "tours.toml", "-o", "site", "--json").error["code"] == 2
    assert (desk / "site" / "index.html").read_text() == "mine"
    assert run("batch", "tours.toml", "-o", "tours.toml", "--json").error["code"] == 3


def test_formats_that_need_streets_are_left_out_where_nobody_asked(desk: Path, home: Path) -> None:
    """Without streets the usual formats come without GPX, and say so; GPX by name is refused."""
    (home / "streets" / "network.lrn").unlink()
    file = desk / "tours.toml"
    file.write_text(re.sub("formats.*\n", "", file.read_text(encoding="utf-8")))
    result = run("batch", file, "-o", "out", "--jobs", 1)
    assert result.code == 0, result.err
    assert "4 tours have no gpx, which needs the streets" in result.err
    assert (
        run("batch", file, "-o", "other", "--jobs", 1, "--to", "gpx", "--json").error["code"] == 1
    )


def test_refusals(desk: Path) -> None:
    """A broken file is 3, an unknown format 2; nothing is made."""
    (desk / "bad.toml").write_text("[[tour]]\nnope = 1\n")
    assert run("batch", "bad.toml", "-o", "out", "--json").error["code"] == 3
    assert run("batch", "tours.toml", "-o", "out", "--to", "doc", "--json").error["code"] == 2
    assert not (desk / "out").exists()
