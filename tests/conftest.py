"""Fixtures every test shares: no network but loopback, a home of its own, the shared material."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest


ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


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
    """Give each test a data directory of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LENS_ROUTES_HOME", str(folder))
    return folder
