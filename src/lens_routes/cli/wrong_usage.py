"""What Typer says of a wrong command line, as this program says it, in the language in use.

Typer's parser words its errors in English only; its phrases are few and known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    from lens_routes.language import Said


def message_of(error: typer.TyperException) -> str:
    """Return what is wrong with the command line; a phrase unknown here stays as it is."""
    return _again(error.format_message())


def _again(text: str) -> str:
    for phrase, said in _PHRASES:
        if found := phrase.fullmatch(text):
            return said(**{name: _again(value) for name, value in found.groupdict("").items()})
    return text


#: The phrases of typer 0.28, the more particular first, and how each is said.
_PHRASES: tuple[tuple[re.Pattern[str], Callable[..., Said]], ...] = tuple(
    (re.compile(phrase, re.DOTALL), said)
    for phrase, said in (
        (
            r"No such option: (?P<option>\S+) \(Possible options: (?P<others>.*)\)",
            lambda **v: tr("No such option: {option}. Did you mean {others}?", **v),
        ),
        (
            r"No such option: (?P<option>\S+)",
            lambda **v: tr("No such option: {option}.", **v),
        ),
        (
            r"No such command '(?P<command>.*?)'\.( Did you mean (?P<others>.*)\?)",
            lambda **v: tr("No such command '{command}'. Did you mean {others}?", **v),
        ),
        (
            r"No such command '(?P<command>.*)'\.",
            lambda **v: tr("No such command '{command}'.", **v),
        ),
        (r"Missing command\.", lambda: tr("Missing command.")),
        (
            r"Missing argument '(?P<argument>.*)'\.",
            lambda **v: tr("Missing argument '{argument}'.", **v),
        ),
        (
            r"Missing option '(?P<option>.*)'\.",
            lambda **v: tr("Missing option '{option}'.", **v),
        ),
        (
            r"Invalid value for '(?P<what>.*?)': (?P<problem>.*)",
            lambda **v: tr("Invalid value for '{what}': {problem}", **v),
        ),
        (
            r"Got unexpected extra argument\(?s?\)? \((?P<arguments>.*)\)",
            lambda **v: tr("Too many arguments: {arguments}.", **v),
        ),
        (
            r"Option '(?P<option>.*)' does not take a value\.",
            lambda **v: tr("Option '{option}' does not take a value.", **v),
        ),
        (
            r"Option '(?P<option>.*)' requires an argument\.",
            lambda **v: tr("Option '{option}' requires a value.", **v),
        ),
        (
            r"'(?P<value>.*)' is not a valid int\.",
            lambda **v: tr("'{value}' is not a whole number.", **v),
        ),
        (
            r"'(?P<value>.*)' is not a valid float\.",
            lambda **v: tr("'{value}' is not a number.", **v),
        ),
        (
            r"'(?P<value>.*)' is not one of (?P<choices>.*)\.",
            lambda **v: tr("'{value}' is not one of {choices}.", **v),
        ),
        (
            r"(?P<value>\S+) is not in the range (?P<range>.*)\.",
            lambda **v: tr("{value} is not in the range {range}.", **v),
        ),
    )
)
