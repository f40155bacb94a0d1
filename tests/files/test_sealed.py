"""A table that was cut or changed says so, whatever was done to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.program import run

from lens_routes.files import shipped as data
from lens_routes.files.sealed import require_whole, sealed

ROOT = Path(__file__).resolve().parents[2]
TEXT = "# a table\nname,lat,lon\nLens,50.43,2.83\nLiévin,50.42,2.77\nArras,50.29,2.77\n"
LINES = sealed(TEXT).splitlines(keepends=True)


def test_a_seal_stands_among_the_remarks() -> None:
    """The rows and the checksum, before the columns; sealing again changes nothing."""
    assert LINES[0] == "# a table\n"
    assert LINES[1] == "# rows: 3\n"
    assert "".join(LINES[3:]) == TEXT.partition("\n")[2]
    assert sealed("".join(LINES)) == "".join(LINES)
    require_whole("".join(LINES))
    require_whole("".join(LINES).replace("\n", "\r\n"))


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, unique=True))
def test_no_line_can_be_missing(gone: list[int]) -> None:
    """Without any line or lines, those of the seal included, the table is refused."""
    with pytest.raises(ValueError, match="it "):
        require_whole("".join(line for i, line in enumerate(LINES) if i not in gone))


@given(st.integers(0, len("".join(LINES)) - 2), st.characters(categories=["L", "N"]))
def test_no_character_can_be_another(at: int, put: str) -> None:
    """Any letter or digit in the place of another is seen."""
    text = "".join(LINES)
    if text[at] != put:
        with pytest.raises(ValueError, match="it "):
            require_whole(text[:at] + put + text[at + 1 :])


#: The tables that come with the program, and a line that reads each.
SHIPPED = {
    "communes.csv": ["nearby", "commune:lens"],
    "walking_distances.csv": ["plan", "--for", "2h"],
    "cycling_distances.csv": ["plan", "--for", "2h", "--mode", "bike"],
    "driving_distances.csv": ["plan", "--for", "2h", "--mode", "car"],
}


def test_every_shipped_table_is_known_here() -> None:
    """Whoever ships another one adds it above."""
    assert {path.name for path in (ROOT / "data").glob("*.csv")} == SHIPPED.keys()


@pytest.mark.usefixtures("nine_o_clock")
@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("rows", [0.0, 0.999])
def test_a_shortened_table_changes_no_answer_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rows: float
) -> None:
    """Who reads it is told, and ``doctor`` says that it is damaged."""
    for path in (ROOT / "data").iterdir():
        if path.suffix != ".lrw":
            shutil.copy(path, tmp_path)
    lines = (tmp_path / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / name).write_text("".join(lines[: int(len(lines) * rows)]), encoding="utf-8")
    monkeypatch.setattr(data, "_FOLDERS", (tmp_path,))
    result = run(*SHIPPED[name], "--json")
    assert result.error["kind"] == "BadInput"
    assert name in result.error["message"]
    states = {f["state"] for f in run("doctor", "--json").document["findings"]}
    assert "damaged" in states
