"""The commands as data: what options there are, for settings, completion and documentation."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lens_routes.settings.values import Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Set by a shell that asks what may be written next (Typer's protocol).
COMPLETION_VARIABLE = "_LENS_ROUTES_COMPLETE"
#: What cannot have a default: it answers instead of the command, or is taken before it is read.
NOT_SET = {
    "help",
    "version",
    "lang",
    "units",
    "profile",
    "territory",
    "install-completion",
    "show-completion",
}
#: What shapes a batch stands in the tours file, so that it gives the same tours everywhere.
_OF_THE_FILE = {(("batch",), parameter) for parameter in ("places", "to", "online")}
_KINDS = {"boolean": "flag", "int": "whole", "float": "number"}


def completing() -> bool:
    """Tell whether a shell asks what might come next."""
    return COMPLETION_VARIABLE in os.environ


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each command with the words that name it, in the order of the help."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words, command
        return
    for name, one in inner.items():
        yield from commands(one, (*words, name))


def options(command: Any) -> list[Option]:
    """Return every option of every command that can have a default."""
    return [
        option
        for words, one in commands(command)
        for parameter in one.params
        if (option := _option(words, parameter)) is not None
        and option.key not in NOT_SET
        and words[:1] != ("territory",)  # in the settings that names the one in use
        and (words, option.key) not in _OF_THE_FILE
    ]


def command_of(command: Any, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the command that a line names; as many as there are of a group."""
    found: list[str] = []
    for word in arguments:
        inner = getattr(command, "commands", {})
        if word in inner:
            found.append(word)
            command = inner[word]
    return tuple(found)


def _option(words: tuple[str, ...], parameter: Any) -> Option | None:
    if parameter.param_type_name != "option":
        return None
    name = parameter.type.name.removesuffix(" range")
    kind = "flag" if parameter.is_flag else _KINDS.get(name, "path" if name == "path" else "text")
    variable = parameter.envvar
    return Option(
        command=words,
        key=_long(parameter.opts),
        parameter=parameter.name,
        kind=kind,
        several=parameter.multiple,
        default=None if callable(parameter.default) else parameter.default,
        help=" ".join((parameter.help or "").split()),
        variable=variable if isinstance(variable, str) else "",
        instead=_long(parameter.secondary_opts),
    )


def _long(names: Sequence[str]) -> str:
    """Return the first long name without its dashes."""
    return next((name.lstrip("-") for name in names if name.startswith("--")), "")
