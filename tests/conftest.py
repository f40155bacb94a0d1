"""Fixtures every test shares: no network but loopback, a home of its own, the shared material."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

# No test asserts how long anything takes, whatever else the machine has to do.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


# Where nothing compiled is kept, each new process would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A shell that runs the suite in the background lets it ignore Ctrl-C, and so all its children.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Yield the project's shared material; skip the test where it is absent."""
    folder = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared material is not here")
    return folder


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and str(address[0]) not in LOOPBACK:
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a data directory and settings of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LENS_ROUTES_HOME", str(folder))
    monkeypatch.setenv("LENS_ROUTES_CONFIG", str(folder / "config.toml"))
    # The program tells gettext its language by this variable; the next test has its own.
    monkeypatch.setenv("LANGUAGE", "")
    # No test may edit the catalogue of this source tree, whatever it types.
    monkeypatch.setattr("lens_routes.files.shipped.is_installed", lambda _path: True)
    return folder


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test in English, whatever the test before spoke or the machine speaks."""
    monkeypatch.setattr("lens_routes.text.language._in_use", "en")
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "LENS_ROUTES_LANG"):
        monkeypatch.setenv(variable, "C.UTF-8" if variable == "LANG" else "")


@dataclass(frozen=True)
class Town:
    """The made-up town of tests/support/world.py: its files, and its streets compiled."""

    catalogue: Path
    map: Path
    streets: Path


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Give the made-up town, its streets compiled once."""
    from tests.support import world

    folder = tmp_path_factory.mktemp("town")
    files = world.write_catalogue(folder), world.write_map(folder)
    return Town(*files, _compiled(files[1], folder, "--places", files[0]))


@pytest.fixture(scope="session")
def lens_streets(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the streets of the middle of Lens, compiled once from the shared extract."""
    return _compiled(shared / "osm" / "lens-centre.osm.pbf", tmp_path_factory.mktemp("lens"))


def _compiled(source: Path, folder: Path, *options: object) -> Path:
    from tests.support.program import run

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LENS_ROUTES_HOME", str(folder / "home"))
        result = run("streets", "import", source, *options)
    assert result.code == 0, result.err
    return folder / "home" / "streets"


@pytest.fixture
def nine_o_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it nine o'clock on Wednesday 25 November 2026, on a terminal of 80 columns."""
    monkeypatch.setenv("LENS_ROUTES_NOW", "2026-11-25T09:00")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.fixture
def streets(home: Path, town: Town) -> Path:
    """Install the streets of the made-up town in this test's data directory."""
    shutil.copytree(town.streets, home / "streets")
    return home / "streets"
