"""A slice of the grid of requests ends in plans or refusals, never in a fault of the program."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "grid.py"


@pytest.fixture
def grid(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """Load the script, at its moment, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    spec = importlib.util.spec_from_file_location("grid", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "grid", module)
    spec.loader.exec_module(module)
    monkeypatch.setenv("LENS_ROUTES_NOW", module.NOW)
    return module


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_no_request_of_a_slice_ends_in_a_fault(grid: ModuleType, tmp_path: Path) -> None:
    """No exit 70, no tour that the checker refuses, and nothing that contradicts itself."""
    grid.install(tmp_path, 11)
    found = grid.summary([grid.play(request) for request in grid.requests(12, seed=11)[1:]])
    assert "2 Usage" not in found["ended"]
    assert not found["faults"]
    assert not found["refused"]


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    "request_",
    [
        "--mode transit --date 2025-03-15 --for 8h --at 9:30 --theme memory --relaxed",
        "--theme nature --mode transit --date 2025-02-12 --for 9h --at 8:30",
        "--theme culture --date 2025-02-15 --start louvre-lens --max-visits 3 --alternatives 2",
    ],
)
def test_what_ended_in_a_fault_once(grid: ModuleType, tmp_path: Path, request_: str) -> None:
    """Slack where walking gives way to waiting for a train; what bounds another tour."""
    grid.install(tmp_path, 1)
    ended = grid.play(request_)
    assert (ended.code, ended.refused) == (0, False)


def test_the_grid_is_drawn_repeatably(grid: ModuleType) -> None:
    """The same seed draws the same requests, each once."""
    drawn = grid.requests(50, seed=3)
    assert drawn == grid.requests(50, seed=3)
    assert len(set(drawn)) == 50
