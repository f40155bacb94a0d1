"""Start-up is a feature: no command loads what it does not need, and each explains itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.program import environment, run

from lens_routes.cli.commands import tree
from lens_routes.text.language import LANGUAGES, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Town

#: Each costs a tenth of a second or much more.
HEAVY = {
    "osmnx", "pandas", "geopandas", "shapely", "networkx", "scipy", "osmium", "geopy", "requests",
    "icalendar", "anyascii", "textual",
}  # fmt: skip
#: What answers the question: runs command lines, and tells of each what is loaded after it.
PROBE = """
import io, json, sys
from contextlib import redirect_stdout
from lens_routes.cli.main import run
for line in json.loads(sys.argv[1]):
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
        code = run(line)
    print(json.dumps([code, sorted(sys.modules)]))
"""


def _loaded(*lines: list[str]) -> list[tuple[int, list[str]]]:
    """Run command lines, one after the other, in a new process; return codes and modules."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(lines)],
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(answer) for answer in done.stdout.splitlines()]


def _load_none_of(unwanted: set[str], *lines: str, places: Path | None = None) -> None:
    """Assert which packages none of some command lines loads."""
    catalogue = [] if places is None else ["--places", str(places)]
    answers = _loaded(*([*line.split(), *catalogue] for line in lines))
    for line, (code, modules) in zip(lines, answers, strict=True):
        assert code == 0, line
        assert not unwanted & {name.partition(".")[0] for name in modules}, line


def test_help_loads_next_to_nothing() -> None:
    """Help and the version load neither numbers nor text tables."""
    unwanted = HEAVY | {"numpy", "rich", "opening_hours", "rapidfuzz"}
    _load_none_of(unwanted, "--help", "--version", "plan --help", "streets --help")


@pytest.mark.parametrize(
    ("line", "more"), [("--help", set()), ("nearby --help", {"around"})], ids=["all", "one"]
)
def test_a_line_loads_the_command_it_names(line: str, more: set[str]) -> None:
    """What other commands need is not loaded; what is not on the line is not built."""
    ((_, names),) = _loaded(line.split())
    homes = {name.split(".")[2] for name in names if name.startswith("lens_routes.cli.")}
    assert homes == {"main", "commands", "frame", *more}


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_list_of_commands_says_what_their_help_says_first(spoken: str) -> None:
    """The list is written without loading the commands; it says the same."""
    with speaking(spoken):
        listed = run("--help", "--lang", spoken).out.replace("\u00a0", " ")  # as Typer breaks it
        for name, command in tree().commands.items():
            first = command.get_short_help_str(80)
            assert re.search(rf"^  {name} +{re.escape(first)}$", listed, re.MULTILINE), name


def test_answers_without_streets_load_nothing_heavy(town: Town) -> None:
    """Over the shipped table alone, every answer does without the map libraries."""
    lines = ("places list", "doctor", "nearby gare", "plan", "route gare musee")
    _load_none_of(HEAVY, *lines, places=town.catalogue)


#: What few questions need: colours where they are not seen, streets and timetables on a machine
#: that has none, addresses, other countries' words.
RARE = {
    "rich.text", "babel", "holidays", "lens_routes.geocode.geocoder", "lens_routes.geocode.known",
    "lens_routes.streets.network.store", "lens_routes.streets.route.search",
    "lens_routes.timetable.network.network", "lens_routes.catalogue.check.validate",
    "lens_routes.cli.frame.maps",
}  # fmt: skip
#: Lists and single ways need neither arrays nor what plans are written as.
OF_PLANS = {
    "numpy", "lens_routes.plan.document", "lens_routes.plan.plan",
    "lens_routes.travel.vehicles.driving", "lens_routes.tour", "lens_routes.judge",
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "unwanted"),
    [
        ("places list", {*RARE, *OF_PLANS, "lens_routes.catalogue.hours"}),
        ("nearby gare-de-lens", {*RARE, *OF_PLANS}),
        ("route gare-de-lens louvre-lens", {*RARE, *OF_PLANS}),
        ("plan --theme culture --date 2026-11-25", RARE),
    ],
)
def test_a_bare_machine_loads_what_the_question_needs(line: str, unwanted: set[str]) -> None:
    """Over the shipped catalogue, once it has been found sound, nothing is loaded in vain."""
    run("places", "list")
    ((code, modules),) = _loaded(line.split())
    assert code == 0
    assert not unwanted.intersection(modules)


@pytest.mark.usefixtures("streets")
def test_warm_answers_load_no_map_library(town: Town) -> None:
    """With the streets compiled and their table kept, planning loads no map library."""
    lines = ("nearby gare", "plan --steps", "route gare musee", "doctor")
    _load_none_of(HEAVY, *lines, places=town.catalogue)


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
