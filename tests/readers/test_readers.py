"""Readers of other people take what is handed out; each is skipped where it is not installed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from tests.output.maps import saved, with_train

from lens_routes.output.shared.map_links import geo_uri

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Reader = Callable[..., str]
    Module = Callable[[str], Path]

DAY = with_train(saved()).days[0]


@pytest.mark.parametrize("form", ["garmin_fit", "gtrnctr", "gdb"])
def test_a_track_survives_devices(handed: Path, tmp_path: Path, reader: Reader, form: str) -> None:
    """GPSBabel writes it as FIT, TCX and GDB and back with every point of the track."""
    there, back = tmp_path / "there", tmp_path / "back.gpx"
    reader("gpsbabel", "-i", "gpx", "-f", handed / "day.gpx", "-o", form, "-F", there)
    reader("gpsbabel", "-i", form, "-f", there, "-o", "gpx", "-F", back)
    points = [path.read_text("utf-8").count("<trkpt") for path in (handed / "day.gpx", back)]
    assert points[0] == points[1] > 10


def test_waypoints_keep_their_names(handed: Path, tmp_path: Path, reader: Reader) -> None:
    """No waypoint is dropped for being called like another."""
    back = tmp_path / "back.gpx"
    reader("gpsbabel", "-i", "gpx", "-f", handed / "day.gpx", "-o", "gpx", "-F", back)
    names = [
        re.findall(r"<wpt.*?<name>(.*?)</name>", path.read_text("utf-8"), re.DOTALL)
        for path in (handed / "day.gpx", back)
    ]
    assert names[0] == names[1]


def test_a_calendar_of_the_web_reads_every_event(
    handed: Path, tmp_path: Path, reader: Reader, module: Module
) -> None:
    """ical.js, which Thunderbird reads with, finds each stop and train at its minute."""
    script = tmp_path / "events.mjs"
    script.write_text(
        f"""import ICAL from {json.dumps(str(module("ical.js") / "dist" / "ical.js"))};
        import {{ readFileSync }} from "node:fs";
        const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
        const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
        console.log(JSON.stringify(events.map((e) => [e.summary, e.startDate.toString()])));"""
    )
    found = json.loads(reader("node", script, handed / "day.ics"))
    rides = sum(len(leg.rides) for leg in DAY.legs)
    assert len(found) == len(DAY.stops) + rides + 1
    for stop in DAY.stops:
        begins = [moment for words, moment in found if words.endswith(stop.name)]
        assert f"{stop.begin:%Y-%m-%dT%H:%M}:00" in begins


def test_a_calendar_of_the_terminal_reads_every_event(
    handed: Path, tmp_path: Path, reader: Reader
) -> None:
    """Khal shows each stop at its hour."""
    settings = tmp_path / "khal.conf"
    settings.write_text(
        f"[calendars]\n[[one]]\npath = {tmp_path}\n[locale]\ntimeformat = %H:%M\n"
        "local_timezone = Europe/Paris\ndefault_timezone = Europe/Paris\n"
    )
    told = reader(
        "khal", "-c", settings, "printics", "-f", "{start-time} {title}", handed / "day.ics"
    )
    begins = [line.partition(" ") for line in told.splitlines()]
    for stop in DAY.stops:
        assert any(
            clock == f"{stop.begin:%H:%M}" and words.endswith(stop.name)
            for clock, _, words in begins
        )


def test_a_map_of_the_web_reads_it(
    handed: Path, tmp_path: Path, reader: Reader, module: Module
) -> None:
    """check-geojson, which is stricter than the standard, has nothing to say."""
    package = module("@placemarkio/check-geojson")
    main = json.loads((package / "package.json").read_text("utf-8"))["main"]
    script = tmp_path / "check.cjs"
    script.write_text(
        f"""const {{ check }} = require({json.dumps(str(package / main))});
        check(require("fs").readFileSync(process.argv[2], "utf8"));"""
    )
    reader("node", script, handed / "day.geojson")


def test_the_page_is_valid(handed: Path, tmp_path: Path, reader: Reader, module: Module) -> None:
    """html-validate's standard rules, accessibility among them, find nothing."""
    command = module("html-validate") / "bin" / "html-validate.mjs"
    rules = tmp_path / "rules.json"
    rules.write_text('{"extends": ["html-validate:standard"]}')
    reader("node", command, "--config", rules, handed / "day.html")


def test_a_table_is_a_data_package(handed: Path, reader: Reader) -> None:
    """Frictionless finds no fault in the table."""
    reader("frictionless", "validate", "--trusted", handed / "day.csv")


def test_the_roadbook_is_sound(handed: Path, reader: Reader) -> None:
    """Qpdf finds no fault in its structure; every font is embedded."""
    reader("qpdf", "--check", handed / "day.pdf")
    lines = reader("pdffonts", handed / "day.pdf").splitlines()[2:]
    assert lines
    assert all(line.split()[-5] == "yes" for line in lines)


def test_a_telephone_reads_the_codes(handed: Path, tmp_path: Path, reader: Reader) -> None:
    """ZBar reads the position of every stop from the printed pages."""
    read: set[str] = set()
    for number, page in enumerate(pypdfium2.PdfDocument(handed / "day.pdf")):
        picture = tmp_path / f"{number}.png"
        page.render(scale=3).to_pil().save(picture)
        read |= _scanned(reader, picture)
    assert {geo_uri(stop.lon, stop.lat) for stop in DAY.stops} <= read


def _scanned(reader: Reader, picture: Path) -> set[str]:
    try:
        return set(reader("zbarimg", "--quiet", "--raw", picture).split())
    except AssertionError:  # a page without a code
        return set()
