"""What the example of docs/library.md prints: run as a reader would run it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def library() -> str:
    """Return the output of docs/library.py as Markdown."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, ROOT / "docs" / "library.py"],
            env={**os.environ, "LENS_ROUTES_HOME": home, "PYTHONUTF8": "1"},
            cwd=home,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    return f"```text\n{done.stdout}```\n"
