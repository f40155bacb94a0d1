"""Run the program as somebody without rights over everything, as most people are."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import Result, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The number of ``nobody`` nearly everywhere.
NOBODY = 65534
#: Runs command lines in one process; says of each its code, and what it wrote on both streams.
PROGRAM = """
import contextlib, io, json, sys
from lens_routes.cli.main import run
answers = []
for line in json.loads(sys.argv[1]):
    both = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "oe"]
    with contextlib.redirect_stdout(both[0]), contextlib.redirect_stderr(both[1]):
        code = run(line)
    answers.append([code, *(stream.buffer.getvalue().decode() for stream in both)])
print(json.dumps(answers))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that an ordinary user owns, below folders that everybody may enter."""
    made = Path(tempfile.mkdtemp(prefix="lens-routes-test-"))
    if os.geteuid() == 0:
        os.chown(made, NOBODY, NOBODY)
    yield made
    for folder in (made, *made.rglob("*")):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o700)
    shutil.rmtree(made)


@functools.cache
def _python() -> str:
    """Return a Python that an ordinary user may run: this one may lie in root's own folder."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}"):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            subprocess.run(
                [python, "-c", "import lens_routes.cli.start"],
                check=True,
                capture_output=True,
                cwd="/",
                env={**environment(), "PYTHONPATH": _packages()},
                **_as_nobody(),
            )
            return python
    pytest.skip("an ordinary user has no Python of this version, or may not look in here")


def _packages() -> str:
    """Return where the source and the packages are; the standard library is Python's own."""
    return os.pathsep.join(path for path in sys.path if path.endswith(("src", "site-packages")))


def _as_nobody() -> dict[str, Any]:
    if os.geteuid():
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def run_ordinary(folder: Path, *lines: list[str], **variables: str) -> list[Result]:
    """Run command lines, one after the other, as an ordinary user who works in *folder*."""
    home = {"LENS_ROUTES_HOME": str(folder / "home"), "LENS_ROUTES_CONFIG": str(folder / "c.toml")}
    done = subprocess.run(
        [_python(), "-c", PROGRAM, json.dumps(lines)],
        capture_output=True,
        check=True,
        cwd=folder,
        env={**environment(), "PYTHONPATH": _packages(), **home, **variables},
        stdin=subprocess.DEVNULL,
        **_as_nobody(),
    )
    return [Result(code, out.encode(), err.encode()) for code, out, err in json.loads(done.stdout)]
