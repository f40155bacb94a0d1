"""``export``: each format from a saved plan; bad input is refused clearly, nothing is destroyed."""

from __future__ import annotations

import copy
import errno
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.output.golden_files import GOLDEN
from tests.output.plans import NASTY
from tests.support import schemas
from tests.support.effort import examples
from tests.support.program import run

from lens_routes.library.formats import FORMATS
from lens_routes.output import csv_table, geojson, kml, markdown
from lens_routes.output.calendar import ics
from lens_routes.output.gpx import gpx
from lens_routes.output.gpx.device import DEVICES
from lens_routes.plan.document import dumps, read, to_document
from lens_routes.plan.grade import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.program import Result

SAVED = GOLDEN / "day.json"
SUFFIXES = {name: form.suffix for name, form in FORMATS.items()}


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """Give a saved plan in a folder of its own."""
    file = tmp_path / "day.json"
    file.write_bytes(SAVED.read_bytes())
    return file


@pytest.fixture
def document() -> Any:
    """Give a saved plan as parsed."""
    return json.loads(SAVED.read_text(encoding="utf-8"))


def edited(day: Path, document: Any) -> Path:
    day.write_text(json.dumps(document), encoding="utf-8")
    return day


def refused(result: Result, code: int, *words: str) -> None:
    """Check an error: its code, its words, no answer and no traceback."""
    assert result.code == code, result.err
    assert result.stdout == b""
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_beside_the_plan(day: Path, name: str) -> None:
    """Without -o the file is named like the plan; with -o - the same bytes go to stdout."""
    result = run("export", day, "--to", name)
    assert result.code == 0, result.err
    made = day.with_suffix(SUFFIXES[name])
    assert str(made) in result.out
    assert run("export", day, "--to", name, "-o", "-").stdout == made.read_bytes()
    assert day.read_bytes() == SAVED.read_bytes()


def test_the_formats_are_those_of_the_library(day: Path) -> None:
    """The command adds nothing to what the library writes."""
    plan = read(day)
    expected = {
        "kml": kml.dumps(plan),
        "geojson": geojson.dumps(plan).encode(),
        "ics": ics.dumps(plan),
        "markdown": markdown.dumps(plan).encode(),
        "csv": csv_table.dumps(plan).encode(),
        "gpx": gpx.dumps(plan),
    }
    for name, data in expected.items():
        assert run("export", day, "--to", name, "-o", "-").stdout == data, name


def test_an_existing_file_is_kept_unless_forced(day: Path, tmp_path: Path) -> None:
    """The file is named in the refusal and stays as it was; --force replaces it."""
    target = tmp_path / "tour.kml"
    target.write_text("precious", encoding="utf-8")
    refused(run("export", day, "--to", "kml", "-o", target), 2, "tour.kml exists", "--force")
    assert target.read_text(encoding="utf-8") == "precious"
    assert run("export", day, "--to", "kml", "-o", target, "--force").code == 0
    assert target.read_bytes() == kml.dumps(read(day))


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 130)])
def test_a_person_is_asked(
    day: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    """In a terminal the program asks before it replaces a file, and a no changes nothing."""
    target = day.with_suffix(".kml")
    target.write_text("precious", encoding="utf-8")
    asked = []

    def confirm(question: str, *, default: bool, err: bool) -> bool:
        asked.append((question, default, err))
        return answer

    monkeypatch.setattr("lens_routes.cli.frame.console.interactive", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)
    assert run("export", day, "--to", "kml").code == code
    assert asked == [(f"{target} exists. Replace it?", False, True)]
    assert (target.read_text(encoding="utf-8") == "precious") == (not answer)


def test_the_plan_itself_is_never_overwritten(day: Path) -> None:
    """Not even with --force, not even under another name."""
    link = day.with_name("other.json")
    link.symlink_to(day)
    for target in (day, link):
        refused(run("export", day, "--to", "csv", "-o", target, "--force"), 2, "the plan itself")
    assert day.read_bytes() == SAVED.read_bytes()


def test_a_directory_or_a_device_is_no_file(day: Path, tmp_path: Path) -> None:
    """A directory is refused with a name to write instead; so is what is no regular file."""
    refused(run("export", day, "--to", "ics", "-o", tmp_path), 2, "is a directory", "day.ics")
    device = Path(os.devnull)
    refused(run("export", day, "--to", "ics", "-o", device, "--force"), 2, "not a regular file")
    assert not device.is_file()


def test_a_link_is_followed(day: Path, tmp_path: Path) -> None:
    """What a link points to is written, also where it is not there yet; the link stays a link."""
    for name in ("there", "not-yet"):
        target, link = tmp_path / f"{name}.csv", tmp_path / f"{name}-link.csv"
        link.symlink_to(target.name)
        if name == "there":
            target.write_text("precious", encoding="utf-8")
            refused(run("export", day, "--to", "csv", "-o", link), 2, "exists")
            assert target.read_text(encoding="utf-8") == "precious"
        assert run("export", day, "--to", "csv", "-o", link, "--force").code == 0
        assert link.is_symlink()
        assert target.read_bytes() == csv_table.dumps(read(day)).encode()


def test_a_path_that_leads_nowhere_is_refused(day: Path, tmp_path: Path) -> None:
    """A circle of links, a name too long, a file as a folder: exit 3 and the path, no report."""
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    for target in (circle, tmp_path / ("x" * 300), day / "tour.csv", tmp_path / "no" / "tour.csv"):
        refused(run("export", day, "--to", "csv", "-o", target), 3, str(target)[:100])
    refused(run("export", Path("/"), "--to", "csv"), 3, "it is a directory")


def test_what_was_written_is_told_as_json(day: Path) -> None:
    """With --json the answer is one document, remarks included; stdout cannot be both."""
    result = run("export", day, "--to", "gpx", "--device", "garmin", "--max-points", "9", "--json")
    schemas.assert_valid(result.document)
    made = day.with_suffix(".gpx")
    assert result.document["file"] == str(made)
    assert result.document["bytes"] == made.stat().st_size
    assert "to 9 points" in result.document["remarks"][0]
    assert result.err == ""
    refused(run("export", day, "--to", "gpx", "-o", "-", "--json"), 2, "both want stdout")
    again = run("export", day, "--to", "gpx", "--json")
    assert (again.code, again.error["kind"]) == (2, "Usage")


def test_a_full_disk_leaves_the_old_file(
    day: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full the old file is whole, no half file lies around, and exit is 3."""
    target = tmp_path / "tour.ics"
    target.write_text("precious", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(
        run("export", day, "--to", "ics", "-o", target, "--force"), 3, "disk is full", "tour.ics"
    )
    assert target.read_text(encoding="utf-8") == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["day.json", "tour.ics"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs the device that is always full")
def test_a_full_stdout_is_said(day: Path) -> None:
    """Standard output on a full disk is an error with exit 3, not a report of a fault."""
    import subprocess

    from tests.support.program import environment

    with Path("/dev/full").open("wb") as stdout:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "lens_routes.cli.start",
                "export",
                day,
                "--to",
                "csv",
                "-o",
                "-",
            ],
            env=environment(),
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3, done.stderr
    assert b"disk is full" in done.stderr


def test_a_newer_plan_is_refused(day: Path, document: Any) -> None:
    """A plan of a newer version is not guessed at."""
    document["schema"] = "lens-routes/plan/3"
    refused(run("export", edited(day, document), "--to", "kml"), 3, "lens-routes/plan/3", "Upgrade")


def test_what_is_no_plan_is_refused(tmp_path: Path) -> None:
    """No file, an empty one, another JSON document: exit 3 and the file named."""
    for text in (None, "", "{}", "[1, 2]", "\ufeffnot json", '{"schema": 3}'):
        file = tmp_path / "x.json"
        if text is not None:
            file.write_text(text, encoding="utf-8")
        refused(run("export", file, "--to", "kml"), 3, "x.json")


def test_every_fault_of_an_edited_plan_is_listed(day: Path, document: Any) -> None:
    """All faults at once, each with its path in the document."""
    del document["days"][0]["stops"][0]["begin"]
    document["days"][0]["legs"][1]["distance_m"] = "far"
    refused(
        run("export", edited(day, document), "--to", "csv"),
        3,
        "days[0].stops[0].begin: is missing",
        "days[0].legs[1].distance_m",
    )


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (lambda d: d["days"][0]["legs"][1]["geometry"].append([2.8]), "legs[1].geometry["),
        (lambda d: d.update(translations={"fr": {"Gare": 5}}), "translations.fr: "),
        (lambda d: d.update(translations={"fr": 5}), "translations.fr: 5 should be"),
        (lambda d: d.update(id=5), "id: 5 should be text"),
        (lambda d: d["days"][0]["stops"][0].update(place_kind=[]), "stops[0].place_kind: "),
    ],
)
def test_a_fault_is_named_where_it_is(day: Path, document: Any, edit: Any, where: str) -> None:
    """The position itself, not the whole line, and what Python makes of it is not said."""
    edit(document)
    result = run("export", edited(day, document), "--to", "csv")
    refused(result, 3, where)
    assert "object" not in result.err.replace("an object of texts", "")
    assert len(result.err) < 300


def test_kinds_are_those_of_the_plan(day: Path) -> None:
    """Where no catalogue is named, symbols and types are those the plan was saved with."""
    result = run("export", day, "--to", "gpx", "--device", "geotrek", "-o", "-")
    assert "<name>Museum: Musée de la Lampe</name>" in result.out


def test_times_that_run_backwards_are_refused(day: Path, document: Any) -> None:
    """A stop left before it began, and a position off the earth, are named."""
    stop = document["days"][0]["stops"][0]
    stop["leave"] = "2026-11-25T01:00:00+01:00"
    document["days"][0]["stops"][1]["lat"] = 95
    result = run("export", edited(day, document), "--to", "ics")
    refused(
        result, 3, "days[0].stops[0].leave", "is before", "days[0].stops[1]: [", "lens-routes check"
    )


def without_lines(document: Any) -> Any:
    for leg in document["days"][0]["legs"]:
        leg["geometry"], leg["steps"], leg["source"] = None, [], Grade.TABLE.value
    return document


@pytest.mark.parametrize("name", ["kml", "geojson"])
def test_missing_lines_are_said_not_drawn(day: Path, document: Any, name: str) -> None:
    """A map of a plan made without streets is written, and the person is told what lacks."""
    result = run("export", edited(day, without_lines(document)), "--to", name)
    assert result.code == 0, result.err
    assert "no line on the map" in result.err
    assert "LineString" not in day.with_suffix(SUFFIXES[name]).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DEVICES)
def test_no_track_without_streets(day: Path, document: Any, name: str) -> None:
    """GPX of a plan made without streets is refused with exit 6 and the command that helps."""
    result = run("export", edited(day, without_lines(document)), "--to", "gpx", "--device", name)
    refused(result, 6, "lens-routes streets download")
    assert not day.with_suffix(".gpx").exists()


def test_the_deviation_is_told(day: Path) -> None:
    """Thinning a track says how many points stayed and how far it strays."""
    result = run("export", day, "--to", "gpx", "--device", "garmin", "--max-points", "10")
    assert result.code == 0, result.err
    assert "to 10 points; no dropped point lies more than" in result.err


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--to", "docx"], "gpx, kml"),
        (["--to", "kml", "--device", "garmin"], "--device does nothing for kml"),
        (["--to", "gpx", "--table", "excel"], "--table does nothing for gpx"),
        (["--to", "gpx", "--device", "nokia"], "etrex-classic"),
        (["--to", "csv", "--table", "lotus"], "excel-fr"),
        (["--to", "gpx", "--max-points", "1"], "1 points are too few"),
        (["--to", "gpx", "--max-points", "-5"], "too few"),
        ([], "--to"),
    ],
)
def test_wrong_usage(day: Path, options: list[str], word: str) -> None:
    """Each wrong option is named with what may be written instead."""
    refused(run("export", day, *options), 2, word)


def test_one_day_of_several(day: Path) -> None:
    """--day exports one day; a day that is not there is exit 4."""
    plan = read(day)
    day.write_text(dumps(to_document(replace(plan, days=plan.days * 2))), encoding="utf-8")
    both = run("export", day, "--to", "csv", "-o", "-").out
    second = run("export", day, "--to", "csv", "-o", "-", "--day", "2").out
    assert len(both.splitlines()) - 2 == 2 * (len(second.splitlines()) - 2)
    refused(run("export", day, "--to", "csv", "--day", "3"), 4, "no day 3")


def test_hundreds_of_stops_and_nasty_names(day: Path, document: Any) -> None:
    """A plan of far too many stops, of every kind of name, is written in every format."""
    count = 10 * len(NASTY)
    whole = document["days"][0]
    leg, stop = whole["legs"][0], whole["stops"][0]
    moment = leg["arrive"]
    pause = {"depart": moment, "arrive": moment}
    stops = [
        {**stop, "begin": moment, "leave": moment, "name": NASTY[i % len(NASTY)]}
        for i in range(count)
    ]
    whole["stops"] = stops
    whole["legs"] = [leg, *({**leg, **pause} for _ in stops)]
    whole["end"]["time"] = moment
    edited(day, document)
    for name in FORMATS:
        result = run("export", day, "--to", name)
        assert result.code == 0, result.err
        assert day.with_suffix(SUFFIXES[name]).stat().st_size > 50 * count


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value[:2]):
            yield from _paths(item, (*path, index))


DOCUMENT = json.loads(SAVED.read_text(encoding="utf-8"))
PATHS = [path for path in _paths(DOCUMENT) if path]
LATE = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False),
    st.sampled_from(NASTY),
    st.sampled_from([*LATE, [], {}, [[]], [[1]], [{}]]),
)


@settings(
    deadline=None,
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=st.sampled_from(PATHS), junk=JUNK, name=st.sampled_from(list(FORMATS)))
def test_no_edit_of_a_plan_breaks_the_program(
    tmp_path: Path, path: tuple[Any, ...], junk: Any, name: str
) -> None:
    """Whatever is put wherever: a file is written, or an error with its code explains."""
    document = copy.deepcopy(DOCUMENT)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = junk
    file = tmp_path / "edited.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    result = run("export", file, "--to", name, "-o", "-")
    assert result.code in {0, 2, 3, 6}, result.err
    assert bool(result.stdout) == (result.code == 0)
