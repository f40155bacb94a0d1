"""Start-up is a feature: no command loads what it does not need, and each explains itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import environment

from lens_routes.cli.commands import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Town

#: Each costs a tenth of a second or much more.
HEAVY = {
    "osmnx", "pandas", "geopandas", "shapely", "networkx", "scipy", "osmium", "geopy", "requests",
    "icalendar", "anyascii", "textual",
}  # fmt: skip
#: What answers the question: runs a command line and prints what it has loaded.
PROBE = """
import sys
sys.argv = ["lens-routes", *sys.argv[1:]]
from lens_routes.cli.main import run
code = run(sys.argv[1:])
names = sorted({name.partition(".")[0] for name in sys.modules})
sys.stderr.write("\\nLOADED " + repr((code, names)))
"""


def _loaded(*arguments: object) -> set[str]:
    """Run a command line in a process of its own and return the packages it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, arguments)],
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, names = _literal(done.stderr.rpartition("LOADED ")[2])
    assert code == 0, done.stderr
    return set(names)


def _literal(text: str) -> Any:
    return json.loads(text.replace("(", "[").replace(")", "]").replace("'", '"'))


@pytest.mark.parametrize("command", ["--help", "--version", "plan --help", "streets --help"])
def test_help_loads_next_to_nothing(command: str) -> None:
    """Help and the version load neither numbers nor text tables."""
    unwanted = HEAVY | {"numpy", "rich", "opening_hours", "rapidfuzz"}
    assert not _loaded(*command.split()) & unwanted


def test_a_line_loads_the_command_it_names() -> None:
    """What other commands need is not loaded; what is not on the line is not built."""
    probe = PROBE.replace('.partition(".")[0]', "")
    done = subprocess.run(
        [sys.executable, "-c", probe, "nearby", "--help"],
        env=environment(), capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    _, names = _literal(done.stderr.rpartition("LOADED ")[2])
    homes = {name.split(".")[2] for name in names if name.startswith("lens_routes.cli.")}
    assert homes == {"main", "commands", "frame", "around"}


@pytest.mark.parametrize(
    "command", ["places list", "doctor", "nearby gare", "plan", "route gare musee"]
)
def test_answers_without_streets_load_nothing_heavy(town: Town, command: str) -> None:
    """Over the shipped table alone, every answer does without the map libraries."""
    assert not _loaded(*command.split(), "--places", town.catalogue) & HEAVY


@pytest.mark.parametrize("command", ["nearby gare", "plan --steps", "route gare musee", "doctor"])
def test_warm_answers_load_no_map_library(town: Town, home: Path, command: str) -> None:
    """With the streets compiled and their table kept, planning loads no map library."""
    shutil.copytree(town.streets, home / "streets")
    assert not _loaded(*command.split(), "--places", town.catalogue) & HEAVY


def _commands() -> Iterator[tuple[str, Any]]:
    waiting: list[tuple[str, Any]] = [("lens-routes", tree())]
    while waiting:
        name, command = waiting.pop()
        yield name, command
        waiting += [(f"{name} {n}", c) for n, c in getattr(command, "commands", {}).items()]


COMMANDS = dict(_commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    """Nobody has to guess: each command, option and argument says what it is for, as a sentence."""
    command = COMMANDS[name]
    assert command.help, name
    for parameter in command.params:
        help_text = getattr(parameter, "help", None)
        if parameter.name in ("install_completion", "show_completion"):
            continue
        assert help_text, f"{name}: {parameter.name}"
        assert help_text[0].isupper(), f"{name}: {parameter.name}: {help_text}"
        assert help_text.endswith("."), f"{name}: {parameter.name}: {help_text}"
