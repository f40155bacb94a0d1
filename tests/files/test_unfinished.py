"""What a killed process left is cleared away; what a living one is making is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.program import environment

from lens_routes.files import unfinished
from lens_routes.files.storage import write_text

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
import sys
from pathlib import Path
from lens_routes.files.storage import atomic_file
with atomic_file(Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""
FOLDER = """
import sys
from pathlib import Path
from lens_routes.files.unfinished import scratch
path = Path(sys.argv[1])
with scratch(path.parent, path.name) as folder:
    (folder / "inside").write_bytes(b"half")
    print("writing", flush=True)
    sys.stdin.read()
"""


def _maker(program: str, path: Path) -> subprocess.Popen[bytes]:
    maker = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert maker.stdout is not None
    assert maker.stdout.readline().strip() == b"writing"
    return maker


@pytest.mark.parametrize("program", [FILE, FOLDER], ids=["file", "folder"])
def test_what_is_killed_is_cleared_away_by_the_next(tmp_path: Path, program: str) -> None:
    """While its maker lives it stays, through the writing of others; then the next removes it."""
    path = tmp_path / "map [1]"
    maker = _maker(program, path)
    (left,) = tmp_path.iterdir()
    assert left.name.endswith(unfinished.SUFFIX)
    write_text(path, "mine")
    assert {*tmp_path.iterdir()} == {left, path}
    os.kill(maker.pid, signal.SIGKILL)
    maker.communicate()
    write_text(tmp_path / "other", "of another name")
    assert left in {*tmp_path.iterdir()}
    write_text(path, "again")
    assert {*tmp_path.iterdir()} == {path, tmp_path / "other"}


def test_two_who_write_at_once_do_not_clear_each_other_away(tmp_path: Path) -> None:
    """Both write, neither removes the other's work, and the last one's stays whole."""
    path = tmp_path / "map"
    makers = [_maker(FILE, path) for _ in range(2)]
    for maker in makers:
        maker.communicate()
        assert maker.returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["map"]
    assert path.read_text() == "half"
