"""``config``: the file of the person's own defaults, and where each value comes from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lens_routes.cli.frame import command_tree, console, options
from lens_routes.cli.frame.defaults import OF_CONTEXT
from lens_routes.errors import InterruptedByUserError, UsageError
from lens_routes.files.look import is_there
from lens_routes.net.address import is_address, public, spelled
from lens_routes.text.language import in_use, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lens_routes.output.terminal.lines import Line
    from lens_routes.settings.settings import Setting, Settings
    from lens_routes.settings.values import Option

app = typer.Typer(
    help="Keep defaults of your own in a settings file.\n\nAnd see where each value comes from.",
    rich_markup_mode=None,
)


@app.command("init")
def init(
    ctx: typer.Context,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if there is one already.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Write a settings file with every option.

    Each with its meaning and its default, all commented out.
    """
    from lens_routes.files.storage import make_folder, write_text
    from lens_routes.settings.settings import default_path
    from lens_routes.settings.template import template

    path = default_path()
    if is_there(path) and not force:
        message = tr("{file} exists.", file=path)
        if as_json or not console.interactive():
            raise UsageError(message, tr("Replace it with --force."))
        if not console.confirm(tr("{file} exists. Replace it?", file=path)):
            raise InterruptedByUserError(tr("{file} is as it was.", file=path))
    tree: Any = ctx.find_root().command
    about = {
        words: " ".join((one.help or "").split()) for words, one in command_tree.commands(tree)
    }
    text = template(command_tree.options(tree), about)
    make_folder(path.parent)
    write_text(path, text)
    _answer_path(path, as_json=as_json, message=tr("Wrote {file}.", file=path))


@app.command("path")
def show_path(as_json: options.Json = False) -> None:
    """Print where the settings file is, or would be."""
    from lens_routes.settings.settings import default_path

    _answer_path(default_path(), as_json=as_json, message=str(default_path()))


def _answer_path(path: Path, *, as_json: bool, message: str) -> None:
    if as_json:
        console.print_json(
            {
                "schema": "lens-routes/config-file/1",
                "file": str(path),
                "exists": is_there(path),
            }
        )
    else:
        console.answer(message)


@app.command("show")
def show(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(help="Only this command, such as: streets download.")
    ] = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only what differs from the built-in defaults.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Show the value of every option and where it comes from."""
    used: Settings = ctx.find_root().obj[OF_CONTEXT]
    wanted = tuple(command or ())
    known = [
        option
        for option in command_tree.options(ctx.find_root().command)
        if option.command[: len(wanted)] == wanted
    ]
    if not known:
        raise UsageError(
            tr("There is no command {command}.", command=" ".join(wanted)),
            tr("See: {command}", command="lens-routes --help"),
        )
    rows = [_Row(option, used.by_option.get((option.command, option.key))) for option in known]
    rows = [row for row in rows if not changed or row.source != "default"]
    if as_json:
        console.print_json(_document(used, rows))
    else:
        console.print_lines(_lines(used, rows))


class _Row:
    """An option, the value in force and what that comes from."""

    def __init__(self, option: Option, setting: Setting | None) -> None:
        self.option = option
        self.setting = setting
        variable = os.environ.get(option.variable) if option.variable else None
        self.value: object = option.default
        self.source, self.place = "default", str(tr("built in"))
        if variable:
            self.value, self.source, self.place = _public(variable), "environment", option.variable
        elif setting:
            # A server of one's own may be named with its password.
            self.value = _public(setting.value)
            self.source = "profile" if setting.of_profile else "file"
            self.place = f"[{setting.table}]"
            if setting.line:
                self.place = tr("line {line}, {table}", line=setting.line, table=self.place)


def _public(value: object) -> object:
    if isinstance(value, list):
        return [*map(_public, value)]
    if not isinstance(value, str):
        return value
    return public(spelled(value) if is_address(value) else value)


def _language_row(used: Settings) -> tuple[str, str]:
    from lens_routes.settings.settings import LANGUAGE_VARIABLE

    if os.environ.get(LANGUAGE_VARIABLE) == in_use():
        return "environment", LANGUAGE_VARIABLE
    if used.language and used.language.value == in_use():
        source = "profile" if used.language.of_profile else "file"
        return source, tr("line {line}", line=used.language.line)
    return "default", tr("the locale, or --lang")


def _document(used: Settings, rows: list[_Row]) -> dict[str, Any]:
    source, _ = _language_row(used)
    return {
        "schema": "lens-routes/config/1",
        "file": str(used.path),
        "exists": is_there(used.path),
        "profile": used.profile,
        "lang": {"value": in_use(), "source": source},
        "options": [
            {
                "command": " ".join(row.option.command),
                "option": row.option.key,
                "value": row.value if row.value != () else [],
                "source": row.source,
                "line": row.setting.line if row.setting and row.source != "environment" else None,
                "variable": row.option.variable or None,
            }
            for row in rows
        ],
    }


def _lines(used: Settings, rows: list[_Row]) -> Iterator[Line]:
    from lens_routes.output.terminal.lines import GOOD, NAME, QUIET, Line
    from lens_routes.settings.template import toml_value

    there = str(used.path) if is_there(used.path) else tr("{file} (none yet)", file=used.path)
    yield Line(tr("Settings: {file}", file=there))
    if used.profile:
        yield Line(tr("Profile: {name}", name=used.profile))
    _, place = _language_row(used)
    yield Line(f"{'lang':<16} {in_use():<28} ").append(place, QUIET)
    section: tuple[str, ...] = ()
    for row in rows:
        if row.option.command != section:
            section = row.option.command
            yield Line()
            yield Line(f"[{'.'.join(section)}]", NAME)
        unset = row.value is None or row.value == []
        value = "–" if unset else toml_value(row.value)
        line = Line(f"{row.option.key:<16} {value:<28} ")
        yield line.append(row.place, QUIET if row.source == "default" else GOOD)
