"""The program in a real terminal: drawn, interrupted, closed; the picker too."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.support.program import environment, run

from lens_routes.explore.stage.drawn import Drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Town

#: Nothing here takes longer, on whatever machine; what does is broken.
PATIENCE_S = 120.0


class Terminal:
    """A terminal of tmux with a program in it."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "tmux"
        self.home = folder

    def tmux(self, *words: str) -> str:
        """Run a command of tmux."""
        done = subprocess.run(
            ["tmux", "-f", os.devnull, "-S", str(self._socket), *words],  # noqa: S607
            capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        return done.stdout

    def start(self, *words: object, size: tuple[int, int] = (80, 24), **variables: str) -> None:
        """Start the program, and print its exit code when it has ended."""
        env = environment(LENS_ROUTES_NOW="2026-11-25T09:00", LC_ALL="C.UTF-8", **variables)
        kept = ("PYTHONPATH", "PATH", "HOME", "LC_ALL", *variables)
        kept += tuple(name for name in env if name.startswith("LENS_ROUTES"))
        set_ = [f"{name}={env[name]}" for name in dict.fromkeys(kept) if name in env]
        program = [sys.executable, "-m", "lens_routes.cli.main"]
        line = shlex.join(["env", *set_, *program, *map(str, words)])
        shell = f"{line}; echo ended with $?; exec cat"
        columns, rows = map(str, size)
        self.tmux("new-session", "-d", "-x", columns, "-y", rows, "sh", "-c", shell)

    def keys(self, *keys: str) -> None:
        """Press keys."""
        self.tmux("send-keys", *keys)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return self.tmux("capture-pane", "-p")

    def until(self, holds: Callable[[str], bool]) -> str:
        """Wait until what stands on the screen is so."""
        patience = time.monotonic() + PATIENCE_S
        while not holds(text := self.text):
            assert time.monotonic() < patience, text
            time.sleep(0.02)
        return text

    def shows(self, *words: str) -> str:
        """Wait until words stand on the screen."""
        return self.until(lambda text: all(word in text for word in words))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if not shutil.which("tmux"):
        if os.environ.get("LENS_ROUTES_TERMINAL") == "required":
            pytest.fail("tmux is not installed")
        pytest.skip("tmux is not installed")
    found = Terminal(tmp_path)
    yield found
    found.tmux("kill-server")


def test_a_session_in_a_real_terminal(terminal: Terminal, town: Town) -> None:
    """Drawn, filtered, planned, interrupted; leaving loses nothing without a word."""
    terminal.start("explore", "--places", town.catalogue, "--for", "4h")
    terminal.shows("From Gare de Fosse-Haute", "? keys")
    terminal.keys("/", "l", "a", "m", "p")
    terminal.shows("· 1 place ·", "lamp ")
    terminal.keys("Escape")
    terminal.shows("· 11 places ·", "Space wants")
    terminal.keys("p")
    terminal.shows("look around", "3 visits")
    terminal.keys("C-c")
    terminal.shows("not saved")
    terminal.keys("Down", "Enter")
    assert "Traceback" not in terminal.shows("ended with 0")


def test_a_closed_window_leaves_nothing_running(terminal: Terminal, town: Town) -> None:
    """The process that plans ends with the screen."""
    terminal.start("explore", "--places", town.catalogue)
    terminal.shows("? keys")
    terminal.keys("p")
    terminal.shows("look around")
    assert _planning_over(town.catalogue)
    terminal.tmux("kill-server")
    patience = time.monotonic() + PATIENCE_S
    while _planning_over(town.catalogue):
        assert time.monotonic() < patience
        time.sleep(0.05)


def _planning_over(catalogue: Path) -> bool:
    """Tell whether a process plans over a catalogue."""
    listed = subprocess.run(
        ["ps", "-eww", "-o", "args"],  # noqa: S607
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    lines = listed.stdout.splitlines()
    return any("stage.desk" in line and str(catalogue) in line for line in lines)


def test_an_unknown_place_is_picked(terminal: Terminal, town: Town) -> None:
    """Words that name no place open a picker with the same filter; the answer takes their place."""
    terminal.start("nearby", "lampadaire", "--places", town.catalogue)
    terminal.shows("Which one is meant?", "lampadaire")
    terminal.keys("C-u")
    terminal.shows("type to find")
    terminal.keys("l", "a", "m", "p")
    terminal.until(lambda text: "Musée de la Lampe" in text and "Halle" not in text)
    terminal.keys("Enter")
    terminal.shows("of Musée de la Lampe", "ended with 0")


def test_words_are_no_markup(terminal: Terminal, town: Town) -> None:
    """What textual would take for markup is shown as it was typed."""
    terminal.start("nearby", "[/x]", "--places", town.catalogue)
    terminal.shows("[/x]", "Which one is meant?")
    terminal.keys("Escape")
    assert "Traceback" not in terminal.shows("ended with 130")


def test_a_fault_on_the_screen_is_raised_and_not_drawn(capfd: pytest.CaptureFixture[str]) -> None:
    """What goes wrong while a screen is drawn comes out as an error, to be told as any other."""

    class Broken(Drawn[None]):
        def on_mount(self) -> None:
            raise ArithmeticError("of its own")

    with pytest.raises(ArithmeticError, match="of its own"):
        Broken().run(headless=True)
    assert "Traceback" not in capfd.readouterr().err


def test_a_missing_place_is_picked_and_escape_leaves(terminal: Terminal, town: Town) -> None:
    """A command without its place asks for it; Escape ends it as Ctrl-C does."""
    terminal.start("nearby", "--places", town.catalogue)
    terminal.shows("Which place?", "Gare de Fosse-Haute")
    terminal.keys("Escape")
    terminal.shows("ended with 130")


@pytest.mark.parametrize("keys", [("2", "C-j"), ("Down", "Enter")])
def test_ambiguous_words_are_picked(terminal: Terminal, town: Town, keys: tuple[str, str]) -> None:
    """Several places answer, each with a number: one is picked by it, or by going down to it."""
    terminal.start("nearby", "fosse", "--places", town.catalogue)
    second = re.search(r"2  (.*) \(", terminal.shows("may be several", " 2  "))
    assert second is not None
    terminal.keys(*keys)
    assert f"of {second[1]}" in terminal.shows("ended with 0")


def test_the_second_end_of_a_route_is_picked(terminal: Terminal, town: Town) -> None:
    """A route with one place asks for the other."""
    terminal.start("route", "musee", "--places", town.catalogue)
    terminal.shows("Which place?", "type to find")
    terminal.keys("t", "o", "u", "r")
    terminal.until(lambda text: "Tour des vents" in text and "Halle" not in text)
    terminal.keys("Enter")
    terminal.shows("ended with 0")


def test_without_a_terminal_a_clear_word() -> None:
    """No escape codes into a file: what to do instead is said."""
    result = run("explore")
    assert result.code == 2
    assert "terminal" in result.err
    assert "--plain" in result.err
    assert "\x1b" not in result.out + result.err


def test_a_dumb_terminal_is_told_of_the_plain_list(terminal: Terminal, town: Town) -> None:
    """Nothing is drawn where it cannot be."""
    terminal.start("explore", "--places", town.catalogue, TERM="dumb")
    terminal.shows("--plain", "ended with 2")
