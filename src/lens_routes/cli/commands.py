"""The commands: what each is called and where it is at home; a line loads the one it names."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import cache, partial
from importlib import import_module
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer
from typer.main import get_command

from lens_routes import PROGRAM
from lens_routes.cli.frame.translated import say_headings, translate
from lens_routes.text.language import in_use, marked, tr


class _Home(NamedTuple):
    """Where a command, or a group of them, is: its module and its name there; and what it does.

    What it does is the first sentence of its help: the list of commands loads none of them.
    """

    where: str
    does: str


#: In the order of the help.
_HOMES = {
    "start-here": _Home(
        "begin:start_here", marked("Begin with a territory: its sights, its streets, a first plan.")
    ),
    "plan": _Home("plan.plan:plan", marked("Plan a day of visits.")),
    "replan": _Home("plan.plan:replan", marked("Plan the rest of a saved day anew.")),
    "check": _Home("plan.check:check", marked("Check a saved plan against every rule.")),
    "export": _Home("export.export:export", marked("Write a saved plan in another format.")),
    "batch": _Home("batch.batch:batch", marked("Build many tours from one file.")),
    "explore": _Home(
        "explore:explore", marked("Look around, plan a day and change it, on the screen.")
    ),
    "nearby": _Home(
        "around:nearby", marked("List the places within a walk or a ride, the nearest first.")
    ),
    "route": _Home("around:route", marked("Show the way from place to place.")),
    "reach": _Home("reach:reach", marked("Show how far one gets from a place within a time.")),
    "doctor": _Home("doctor:doctor", marked("Show what is installed, and what is missing.")),
    "completion": _Home(
        "completion:completion", marked("Print the script for completion in a shell.")
    ),
    "places": _Home("places.places:app", marked("Look through the places, and keep a catalogue.")),
    "streets": _Home(
        "streets.streets:app", marked("Install and inspect the network of streets and paths.")
    ),
    "elevation": _Home(
        "streets.elevation:app", marked("Install heights, so that climbs are counted.")
    ),
    "transit": _Home(
        "transit.transit:app", marked("Install timetables, and plan journeys with them.")
    ),
    "territory": _Home(
        "territory:app", marked("Keep several territories side by side, and choose one.")
    ),
    "config": _Home("settings.config:app", marked("Keep defaults of your own in a settings file.")),
}
#: Those that say nothing by themselves, but have commands of their own.
GROUPS = tuple(name for name, home in _HOMES.items() if home.where.endswith(":app"))


def tree() -> Any:
    """Return the program as one command that has all the others, in the language in use."""
    say_headings()
    return _tree(in_use())


@cache
def _tree(_language: str) -> Any:
    root: Any = get_command(_typer(_read(_program)))
    translate(root)
    root.commands = _Commands({name: partial(_load, home.where) for name, home in _HOMES.items()})
    root.format_commands = _list
    return root


def _list(_context: typer.Context, formatter: Any) -> None:
    """Write the commands and what each does, as Typer would after loading them all."""
    with formatter.section(gettext.gettext("Commands")):
        formatter.write_dl([(name, tr(home.does)) for name, home in _HOMES.items()])


class _Commands(Mapping[str, Any]):
    """Commands by their names; each is built, in the language in use, when it is asked for."""

    def __init__(self, build: Mapping[str, Callable[[str], Any]]) -> None:
        self._build = build
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = self._build[name](name)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._build)

    def __len__(self) -> int:
        return len(self._build)


def _load(where: str, name: str) -> Any:
    home, _, attribute = where.partition(":")
    found = getattr(import_module(f"lens_routes.cli.{home}"), attribute)
    program = _typer()
    if not isinstance(found, typer.Typer):
        program.command(name)(_read(found))
        return _built(program, name)
    inner = {str(info.name): info for info in found.registered_commands}
    empty = copy(found)
    empty.registered_commands = []
    program.add_typer(empty, name=name)
    group = _built(program, name)
    group.commands = _Commands({one: partial(_build, info) for one, info in inner.items()})
    return group


def _build(info: Any, name: str) -> Any:
    program = _typer()
    _read(info.callback)
    program.registered_commands = [info]
    return _built(program, name)


def _read(command: Callable[..., Any]) -> Callable[..., Any]:
    """Evaluate the annotations of a command, once; Typer would each time it looks at them."""
    command.__annotations__ = get_type_hints(command, include_extras=True)
    return command


def _built(program: typer.Typer, name: str) -> Any:
    """Return the one command of a program in the language in use."""
    root: Any = get_command(program)
    translate(root.commands[name])
    return root.commands[name]


def _nothing() -> None:
    """Make a group even of a single command; the program's own options are built once."""


def _typer(callback: Callable[..., None] = _nothing) -> typer.Typer:
    program = typer.Typer(
        name="lens-routes",
        help="Plan discovery tours around the Louvre-Lens, or over a catalogue of your own.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    program.callback()(callback)
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
