"""The benchmark of proofs runs as the documentation says, and what it measures holds."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "proofs.py"


def test_each_request_is_a_line() -> None:
    """A day on foot is proven, and no search alone finds a better one."""
    line = [sys.executable, str(SCRIPT), "--requests", "2", "--several", "0", "--json"]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    results = [json.loads(text) for text in done.stdout.splitlines()]
    assert [result["kind"] for result in results] == ["one day", "one day"]
    assert all(result["proven"] for result in results)
    assert all(result["search_gap"] >= -1e-9 for result in results)


@pytest.mark.parametrize("seed", [6, 71])
def test_two_great_places_make_room_for_three(seed: int, tmp_path: Path) -> None:
    """The search alone leaves one great place for two others, which no small step does."""
    spec = importlib.util.spec_from_file_location("proofs", SCRIPT)
    assert spec
    assert spec.loader
    proofs = importlib.util.module_from_spec(spec)
    sys.modules["proofs"] = proofs
    spec.loader.exec_module(proofs)
    supplies = proofs._supplies(tmp_path, trains=False)
    result = proofs.measure(proofs.random_request(supplies, seed, proofs.YEAR))
    assert result.proven
    assert result.search_gap < 1e-3
