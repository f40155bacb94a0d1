"""What shells complete: by the real protocol, and in a real bash where there is one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.program import environment, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

#: Loading one of these would make every press of the key a wait.
HEAVY = {"rich", "numpy", "osmnx", "scipy", "shapely", "requests", "geopy", "opening_hours"}


def _asked(**variables: str) -> str:
    """Return what the program answers a shell, which asks by variables of the environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        answer = run()
    assert answer.err == ""
    return answer.out


def _bash(*words: str, **more: str) -> list[str]:
    """Return what bash would be offered for a line whose last word is being typed."""
    return _asked(
        COMP_WORDS="\n".join(("lens-routes", *words)),
        COMP_CWORD=str(len(words)),
        _LENS_ROUTES_COMPLETE="complete_bash",
        **more,
    ).split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("plan --must ter", ["terril"]),
        ("plan --must lampe", ["musee"]),
        ("plan --theme me", ["memory"]),
        ("plan --visit par", ["parc="]),
        ("nearby gar", ["gare"]),
        ("route gare mo", ["monument"]),
        ("places show ha", ["halle"]),
        ("places list --kind mus", ["museum"]),
        ("places edit musee --set inter", ["interest="]),
        ("plan --pace fa", ["fast"]),
        ("plan --date sat", ["saturday"]),
        ("export x --to geo", ["geojson"]),
        ("export x --device ga", ["garmin"]),
        ("--lang f", ["fr"]),
        ("completion z", ["zsh"]),
        ("plan --strict", ["--strict-hours"]),
        ("conf", ["config"]),
    ],
)
def test_what_is_offered(town: Town, line: str, offered: list[str]) -> None:
    """Places by id or by a word of their name, themes, formats, devices, fields, commands."""
    *words, last = line.split()
    if words and words[0] in ("plan", "nearby", "route", "places"):
        at = 2 if words[0] == "places" else 1
        words[at:at] = ["--places", str(town.catalogue)]
    assert _bash(*words, last) == offered


def test_the_stops_of_a_saved_plan(town: Town, tmp_path: Path) -> None:
    """``replan --done`` offers what the plan has, and only that."""
    saved = tmp_path / "day.json"
    line = ("--places", town.catalogue, "--save", saved, "--lunch", "12:00-14:00,45min")
    assert run("plan", *line).code == 0
    offered = _bash("replan", str(saved), "--done", "")
    assert "Lunch" in offered
    assert "musee" in offered
    assert "hopital" not in offered


def test_profiles_are_offered(tmp_path: Path) -> None:
    """The profiles of the settings complete ``--profile``; broken settings complete to nothing."""
    file = tmp_path / "config.toml"
    file.write_text("[profile.office.plan]\ndays = 1\n")
    assert _bash("--profile", "of", LENS_ROUTES_CONFIG=str(file)) == ["office"]
    file.write_text("[profile")
    assert _bash("--profile", "of", LENS_ROUTES_CONFIG=str(file)) == []
    assert _bash("pla", LENS_ROUTES_CONFIG=str(file)) == ["plan", "places"]


@pytest.mark.parametrize("places", ["missing.geojson", "."])
def test_a_catalogue_that_cannot_be_read_offers_nothing(places: str) -> None:
    """Nobody wants an error message in the middle of typing."""
    assert _bash("plan", "--places", places, "--must", "x") == []


def test_fish_and_zsh_show_names(town: Town) -> None:
    """Shells that can, show what an id stands for, in the language in use."""
    line = f"lens-routes plan --places {town.catalogue} --must mus"
    fish = _asked(
        _LENS_ROUTES_COMPLETE="complete_fish",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS=line,
    )
    assert fish == "musee\tMuseum of the Lamp\n"
    zsh = _asked(
        _LENS_ROUTES_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line, LENS_ROUTES_LANG="fr"
    )
    assert '"musee":"Musée de la Lampe"' in zsh


def test_completing_loads_nothing_heavy() -> None:
    """A key is pressed and the answer is there: only the catalogue is read."""
    probe = (
        "import sys\nfrom lens_routes.cli.main import run\ntry:\n run([])\n"
        "except SystemExit:\n pass\n"
        "sys.stderr.write(' '.join({n.partition('.')[0] for n in sys.modules}))"
    )
    variables = environment(
        COMP_WORDS="lens-routes\nplan\n--must\nlou",
        COMP_CWORD="3",
        _LENS_ROUTES_COMPLETE="complete_bash",
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], env=variables, capture_output=True, text=True, check=True
    )
    assert "louvre-lens" in done.stdout.splitlines()
    assert not HEAVY & {*done.stderr.split()}


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_a_real_bash(town: Town, tmp_path: Path) -> None:
    """The script of ``completion bash``, sourced, fills in what the person began."""
    program = tmp_path / "lens-routes"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lens_routes.cli.start "$@"\n')
    program.chmod(0o755)
    script = tmp_path / "completion"
    script.write_text(run("completion", "bash").out)
    asked = (
        f'source "{script}"; COMP_WORDS=(lens-routes plan --places "{town.catalogue}" --must terr);'
        " COMP_CWORD=5; $(complete -p lens-routes | sed 's/.*-F \\([^ ]*\\).*/\\1/') lens-routes;"
        ' echo "${COMPREPLY[@]}"'
    )
    path = f"{tmp_path}:{environment()['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", asked],  # noqa: S607  # the shell of the person
        env=environment(PATH=path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("terril\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(shell: str) -> None:
    """Each shell has a script that calls this program; others are refused."""
    script = run("completion", shell)
    assert script.code == 0
    assert "_LENS_ROUTES_COMPLETE" in script.out
    assert run("completion", "tcsh", "--json").code == 2
