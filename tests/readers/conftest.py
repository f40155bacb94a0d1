"""What is handed out, as files for readers that the program does not use itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from tests.output.maps import saved, streets, town, with_train

from lens_routes.output import csv_table, geojson, kml
from lens_routes.output.calendar import ics
from lens_routes.output.gpx import gpx
from lens_routes.output.gpx.device import device
from lens_routes.output.html import page
from lens_routes.output.roadbook.write import write

if TYPE_CHECKING:
    from collections.abc import Callable

#: Where the readers of npm are installed, for `.ci/run`; where it says so, none may be missing.
MODULES = os.environ.get("LENS_ROUTES_READERS", "")


@pytest.fixture(scope="session")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a day with a train in every format."""
    folder = tmp_path_factory.mktemp("handed out")
    plan = with_train(saved())
    files = {
        "day.gpx": gpx.write(saved(), device("garmin"), kinds={}).data,
        "day.kml": kml.dumps(plan),
        "day.ics": ics.dumps(plan),
        "day.geojson": geojson.dumps(plan).encode(),
        "day.csv": csv_table.dumps(plan, csv_table.DIALECTS["rfc4180"]).encode(),
        "day.html": page.dumps(plan, town(plan)),
        "day.pdf": write(plan, "a5", streets).data,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def reader() -> Callable[..., str]:
    """Give what runs a reader and returns what it says."""

    def run(name: str, *arguments: object) -> str:
        line = [shutil.which(name) or _missing(name), *map(str, arguments)]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def module() -> Callable[[str], Path]:
    """Give where a reader of npm is."""

    def find(name: str) -> Path:
        path = Path(MODULES, name)
        return path if MODULES and path.exists() else _missing(name)

    return find


def _missing(name: str) -> NoReturn:
    """Skip a test whose reader is not installed; fail where it should be."""
    if MODULES:
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed (LENS_ROUTES_READERS names the folder of those of npm)")
