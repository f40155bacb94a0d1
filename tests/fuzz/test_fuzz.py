"""Whatever is typed and whatever is in the files: a contract's exit code, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from tests.fuzz import material, strategies
from tests.support import schemas
from tests.support.effort import examples
from tests.support.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fuzz.strategies import Run

#: What the contract allows, without 70: a fault of the program is what is looked for here.
CODES = {0, 1, 2, 3, 4, 5, 6, 7, 130}
settings.register_profile(
    "fuzz",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
fuzz = settings.get_profile("fuzz")


@pytest.fixture
def desk(streets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with good and bad files to work in."""
    for name, content in material.files().items():
        if name != "config.toml":
            (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LENS_ROUTES_CONFIG", str(tmp_path / "config.toml"))
    assert streets.exists()
    return tmp_path


def answered(one: Run, desk: Path) -> None:
    """Run a command line and assert that the contract holds, whatever the answer."""
    for name, content in one.files.items():
        (desk / name).write_bytes(content)
    result = run(*one.line)
    for name in one.files:
        (desk / name).unlink(missing_ok=True)
    told = f"{one.line}\n{result.err}"
    assert result.code in CODES, told
    assert "Traceback" not in result.err, told
    if result.code in {0, 1}:
        return
    if "--json" in one.line:
        schemas.assert_valid({"error": result.error})
    else:
        assert "Error: " in result.err or "Erreur" in result.err, told


@pytest.mark.usefixtures("nine_o_clock")
@given(strategies.lines().map(lambda line: strategies.Run(tuple(line), {})))
@settings(fuzz, max_examples=examples(40))
def test_any_command_line_is_answered(desk: Path, one: Run) -> None:
    """Any option with any word: an answer, or an error that the contract names."""
    answered(one, desk)


@pytest.mark.usefixtures("nine_o_clock")
@given(strategies.slips().map(lambda line: strategies.Run((*line, "--json"), {})))
@settings(fuzz, max_examples=examples(15))
def test_a_good_request_with_one_bad_word_is_answered(desk: Path, one: Run) -> None:
    """One slip in a request that makes sense."""
    answered(one, desk)


@pytest.mark.usefixtures("nine_o_clock")
@given(strategies.documents())
@settings(fuzz, max_examples=examples(50))
def test_any_file_is_answered(desk: Path, one: Run) -> None:
    """Any bytes and any value in any field of every file that is read: used, or refused."""
    answered(one, desk)
