"""What `load` makes of a file."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lens_routes.catalogue.catalogue import Term
from lens_routes.catalogue.check.validate import validate
from lens_routes.catalogue.load import load
from lens_routes.errors import BadInputError, NotInstalledError
from lens_routes.files import shipped
from lens_routes.geo import Point

Written = Callable[[Any], Path]


def test_places(sound: dict[str, Any], written: Written) -> None:
    """Places come in the file's order, with every field of the contract and the stated defaults."""
    catalogue = load(written(sound))
    assert [place.id for place in catalogue.places] == [f["id"] for f in sound["features"]]
    louvre = catalogue.by_id["louvre-lens"]
    assert louvre.point == Point(2.80333, 50.43056)
    assert louvre.name_en == "Louvre-Lens museum"
    assert louvre.themes == ("culture",)
    assert louvre.opening_hours == "We-Mo 10:00-18:00"
    assert (louvre.visit_minutes, louvre.visit_minutes_min, louvre.interest) == (150, 60, 5)
    assert louvre.checked == dt.date(2025, 11, 1)
    station = catalogue.by_id["gare-de-lens"]
    assert (station.opening_hours, station.fee, station.tourable) == (None, "unknown", True)
    assert (station.visit_minutes, station.visit_minutes_min, station.checked) == (30, None, None)


def test_header(sound: dict[str, Any], written: Written) -> None:
    """The catalogue carries the file's defaults and its checksum, for provenance."""
    path = written(sound)
    catalogue = load(path)
    assert (catalogue.title, catalogue.timezone) == ("A few places", "Europe/Paris")
    assert (catalogue.country, catalogue.school_holidays_zone) == ("FR", "B")
    assert (catalogue.default_start, catalogue.default_end) == ("gare-de-lens", "gare-de-lens")
    assert catalogue.theme_by_id["memory"] == Term("memory", "Mémoire", "Memory")
    assert catalogue.path == path
    assert catalogue.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_without_header(sound: dict[str, Any], written: Written) -> None:
    """A plain GeoJSON file is a catalogue too: nothing of another region slips in."""
    del sound["lens_routes"]
    catalogue = load(written(sound))
    assert (catalogue.title, catalogue.timezone) == ("mine", "Europe/Paris")
    assert (catalogue.country, catalogue.school_holidays_zone) == ("", "")
    assert (catalogue.default_start, catalogue.default_end) == (None, None)
    assert catalogue.themes == (
        Term("culture", "Culture", "Culture"),
        Term("memory", "Memory", "Memory"),
        Term("mining-heritage", "Mining heritage", "Mining heritage"),
    )


def test_label_of_one_language(sound: dict[str, Any], written: Written) -> None:
    """A theme labelled in one language is called so in the other."""
    sound["lens_routes"]["themes"]["sport"] = {"fr": "Le sport"}
    assert load(written(sound)).theme_by_id["sport"] == Term("sport", "Le sport", "Le sport")


def test_shipped_catalogue() -> None:
    """The catalogue that comes with the program has no error and a start and an end."""
    catalogue = load()
    assert [str(f) for f in validate(catalogue.path) if f.severity == "error"] == []
    assert len(catalogue.places) >= 100
    assert catalogue.default_start in catalogue.by_id
    assert catalogue.default_end in catalogue.by_id


def test_incomplete_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installation without its data says how to mend it."""
    monkeypatch.setattr(shipped, "_FOLDERS", (tmp_path,))
    with pytest.raises(NotInstalledError, match=r"places\.geojson"):
        load()


def test_refusal_is_short(sound: dict[str, Any], written: Written) -> None:
    """A single fault is told alone, without a count of others."""
    sound["features"][0]["properties"]["interest"] = 9
    with pytest.raises(BadInputError) as caught:
        load(written(sound))
    assert "\n" not in caught.value.message


def test_light_import() -> None:
    """Reading a catalogue pulls in none of the heavy libraries."""
    program = (
        "import sys; from lens_routes.catalogue.load import load; load();"
        "import lens_routes.geocode;"
        "heavy = {'numpy', 'shapely', 'rapidfuzz', 'geopy', 'opening_hours', 'rich', 'scipy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
