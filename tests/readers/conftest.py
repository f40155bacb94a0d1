"""What is handed out, as files for readers that the program does not use itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

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

#: Where the readers of npm are installed, for `.ci/run`.
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
    """Give what runs a reader and returns what it says; skip where it is not installed."""

    def run(name: str, *arguments: object) -> str:
        command = shutil.which(name)
        if command is None:
            pytest.skip(f"{name} is not installed")
        line = [command, *map(str, arguments)]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def module() -> Callable[[str], Path]:
    """Give where a reader of npm is; skip where it is not installed."""

    def find(name: str) -> Path:
        path = Path(MODULES, name)
        if not (MODULES and path.exists()):
            pytest.skip(f"{name} is not installed (LENS_ROUTES_READERS names its folder)")
        return path

    return find
