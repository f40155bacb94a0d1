"""Run the program inside the test, and see what a shell would see."""

from __future__ import annotations

import contextlib
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lens_routes.cli.main import run as run_command


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code, and the bytes of both streams."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    @property
    def document(self) -> Any:
        """The one JSON document on stdout, of a command that succeeded."""
        assert self.code == 0, self.err
        return json.loads(self.stdout)

    @property
    def grades(self) -> set[str]:
        """How true the walks of a plan's first day are; a break where one stands needs none."""
        legs = self.document["days"][0]["legs"]
        return {leg["source"] for leg in legs if leg["distance_m"]}

    @property
    def error(self) -> dict[str, Any]:
        """The error on the last line of stderr, of a command that failed under ``--json``."""
        assert self.code != 0, self.out
        assert self.stdout == b"", "stdout must stay empty on failure"
        document: dict[str, Any] = json.loads(self.err.splitlines()[-1])["error"]
        assert document["code"] == self.code
        return document


def environment(**more: str) -> dict[str, str]:
    """Return the environment for running this tree's program as a process."""
    source = Path(__file__).resolve().parents[2] / "src"
    return {**os.environ, "PYTHONPATH": str(source), **more}


def run(*arguments: object, encoding: str = "utf-8") -> Result:
    """Run one command line in this process; the streams are pipes, so nobody is asked anything."""
    out, err = io.BytesIO(), io.BytesIO()
    stdout = io.TextIOWrapper(out, encoding=encoding, write_through=True)
    stderr = io.TextIOWrapper(err, encoding=encoding, write_through=True)
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            code = run_command([str(argument) for argument in arguments])
        except SystemExit as left:  # as Typer does when it has told a shell what to complete
            code = int(left.code or 0)
    stdout.flush()
    stderr.flush()
    return Result(code, out.getvalue(), err.getvalue())
