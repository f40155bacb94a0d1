"""Who changes a file waits for whoever else is changing it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.program import environment

from lens_routes.errors import StorageError
from lens_routes.files.lock import changing

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from lens_routes.files.lock import changing
with changing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(path: Path) -> subprocess.Popen[bytes]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"held"
    return holder


def test_a_lock_keeps_others_out_until_its_holder_is_done(tmp_path: Path) -> None:
    """Also by another name of the same file; an end by kill -9 lets it go."""
    path = tmp_path / "own.geojson"
    path.write_text("{}")
    (tmp_path / "link").symlink_to(path)
    holder = _holder(path)
    with pytest.raises(StorageError, match="Somebody else"), changing(tmp_path / "link", 0.1):
        pytest.fail("two hold one lock")
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    with changing(path, 0.1), pytest.raises(StorageError), changing(path, 0.1):
        pytest.fail("two hold one lock")
    assert path.read_text() == "{}"


def test_where_no_lock_can_be_made(tmp_path: Path) -> None:
    """A file where a folder is due is told as an error of ours."""
    (tmp_path / "no").write_text("")
    with pytest.raises(StorageError, match="cannot be written"), changing(tmp_path / "no" / "x"):
        pytest.fail("nothing was locked")
