"""However early or late the program is interrupted: one sentence, exit code 130, nothing left."""

from __future__ import annotations

import builtins
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.hostile_server import hostile
from tests.support.program import environment

from lens_routes.batch import processes
from lens_routes.cli import start

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def test_an_interruption_while_the_program_loads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C before there is anything to run is answered all the same."""
    whole = builtins.__import__

    def interrupted(name: str, *rest: Any, **more: Any) -> Any:
        if name == "lens_routes.cli.main":
            raise KeyboardInterrupt
        return whole(name, *rest, **more)

    handler = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(builtins, "__import__", interrupted)
    try:
        with pytest.raises(SystemExit) as left:
            start.main()
    finally:
        signal.signal(signal.SIGTERM, handler)
    assert left.value.code == 130
    assert capsys.readouterr().err.startswith("Error: Interrupted")


@posix
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_end_from_outside_is_a_ctrl_c(home: Path, sent: signal.Signals) -> None:
    """In the middle of a download: exit code 130, no traceback, no file of it left."""
    with hostile("drip") as address:
        program = subprocess.Popen(
            [sys.executable, "-m", "lens_routes.cli.start", "transit", "add", f"{address}/x.zip"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        while not [*home.rglob("feed.zip")]:
            assert program.poll() is None, program.communicate()
        program.send_signal(sent)
        _, told = program.communicate()
    assert program.returncode == 130
    assert told == b"Error: Interrupted; what was there before is as it was.\n"
    # That the shipped catalogue is sound may be known by then.
    left = {path.name for path in home.rglob("*") if path.is_file()}
    assert left <= {"sound-catalogues.txt"}


@posix
def test_new_workers_hear_no_ctrl_c() -> None:
    """Processes begun for a batch keep Ctrl-C from the first moment on to the one in charge."""
    asked = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))"

    def deaf() -> bool:
        said = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
        return said.stdout.strip() == b"True"

    with processes._undisturbed():
        assert deaf()
    assert not deaf()
