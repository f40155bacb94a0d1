"""The commands: what each is called and where it is at home; a line loads the one it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

from lens_routes import PROGRAM
from lens_routes.cli.frame.translated import say_headings, translate
from lens_routes.text.language import in_use

#: Each command, or group of them, with its module and its name there; in the order of the help.
_HOMES = {
    "start-here": "begin:start_here",
    "plan": "plan.plan:plan",
    "replan": "plan.plan:replan",
    "check": "plan.check:check",
    "export": "export.export:export",
    "batch": "batch.batch:batch",
    "explore": "explore:explore",
    "nearby": "around:nearby",
    "route": "around:route",
    "reach": "reach:reach",
    "doctor": "doctor:doctor",
    "completion": "completion:completion",
    "places": "places.places:app",
    "streets": "streets.streets:app",
    "elevation": "streets.elevation:app",
    "transit": "transit.transit:app",
    "territory": "territory:app",
    "config": "settings.config:app",
}
#: Those that say nothing by themselves, but have commands of their own.
GROUPS = tuple(name for name, home in _HOMES.items() if home.endswith(":app"))


def tree() -> Any:
    """Return the program as one command that has all the others, in the language in use."""
    say_headings()
    return _tree(in_use())


@cache
def _tree(_language: str) -> Any:
    root: Any = get_command(_typer())
    translate(root)
    root.commands = _Commands()
    return root


class _Commands(Mapping[str, Any]):
    """The commands by their names; each is loaded when it is first asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = _load(name)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


def _load(name: str) -> Any:
    """Return a command in the language in use."""
    home, _, attribute = _HOMES[name].partition(":")
    found = getattr(import_module(f"lens_routes.cli.{home}"), attribute)
    program = _typer()
    if isinstance(found, typer.Typer):
        program.add_typer(found, name=name)
    else:
        program.command(name)(found)
    root: Any = get_command(program)
    translate(root.commands[name])
    return root.commands[name]


def _typer() -> typer.Typer:
    program = typer.Typer(
        name="lens-routes",
        help="Plan discovery tours on foot around the Louvre-Lens,"
        " or over a catalogue of your own.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    program.callback()(_program)
    return program


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(PROGRAM)
        raise typer.Exit


def _program(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    _lang: Annotated[
        str | None,
        typer.Option("--lang", help="Language: en or fr; anywhere on the line. Default: locale."),
    ] = None,
    _units: Annotated[
        str | None,
        typer.Option("--units", help="Say lengths in metric or imperial; anywhere on the line."),
    ] = None,
    _profile: Annotated[
        str | None,
        typer.Option("--profile", help="Use this profile of the settings; anywhere on the line."),
    ] = None,
    _territory: Annotated[
        str | None,
        typer.Option(
            "--territory", help="Use this territory of the machine; anywhere on the line."
        ),
    ] = None,
) -> None:
    # All are taken from the line before the commands are read: their help and defaults follow.
    pass
