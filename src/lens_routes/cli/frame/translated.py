"""The help pages in the language in use: every text of the command tree, said again."""

from __future__ import annotations

import gettext
import inspect
import os
from typing import TYPE_CHECKING, Any

from lens_routes.text.language import DOMAIN, LANGUAGES, LOCALE, in_use, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def texts(command: Any) -> Iterator[str]:
    """Yield every help text of a command, its parameters and its commands."""
    for text in (command.help, command.epilog, command.short_help):
        if text:
            yield text
    for parameter in command.params:
        if getattr(parameter, "help", None):
            yield parameter.help
    for inner in getattr(command, "commands", {}).values():
        yield from texts(inner)


def say_headings() -> None:
    """Say the headings of help pages in the language in use.

    They come from Typer, through gettext and this program's catalogue.
    """
    if in_use() == LANGUAGES[0]:
        # One process may have spoken another language before.
        gettext.textdomain("messages")
    else:
        os.environ["LANGUAGE"] = in_use()
        gettext.bindtextdomain(DOMAIN, LOCALE)
        gettext.textdomain(DOMAIN)


def translate(command: Any) -> None:
    """Say the help texts of a command and of those below it in the language in use, in place."""
    if in_use() == LANGUAGES[0]:
        return
    for name in ("help", "epilog", "short_help"):
        if text := getattr(command, name, None):
            setattr(command, name, _again(text))
    command.options_metavar = str(tr("[OPTIONS]"))
    for parameter in command.params:
        if text := getattr(parameter, "help", None):
            parameter.help = _again(text)
        if parameter.param_type_name == "option" and parameter.metavar is None:
            parameter.metavar = _metavar(parameter.type.name)
    command.format_usage = lambda context, formatter: formatter.write_usage(
        context.command_path,
        " ".join(command.collect_usage_pieces(context)),
        prefix=tr("Usage: {command}", command=""),
    )
    if hasattr(command, "commands"):
        command.subcommand_metavar = str(tr("COMMAND [ARGS]..."))
    command.get_help_option = _with_translated_help(command.get_help_option)
    for one in getattr(command, "commands", {}).values():
        translate(one)


def _with_translated_help(made: Callable[..., Any]) -> Callable[..., Any]:
    """Return what gives a command its ``--help``, with a help text that can be read."""

    def again(context: Any) -> Any:
        option = made(context)
        if option is not None:
            option.help = _again(option.help)
        return option

    return again


def _metavar(type_name: str) -> str | None:
    """Return what stands for the value of an option, or None to leave it to Typer."""
    return {
        "str": tr("<text>"),
        "path": tr("<file>"),
        "int": tr("<number>"),
        "int range": tr("<number>"),
        "float": tr("<number>"),
    }.get(type_name)


def _again(text: str) -> str:
    return str(tr(inspect.cleandoc(text)))
